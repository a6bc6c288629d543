"""Loading the starter files: whole, again, and when somebody has spoiled them."""

import pytest

from factories import BUCHA, DORTMUND, GDYNIA, ZHYTOMYR, write_starter
from mistok.ingest.report import Report
from mistok.ingest.starter.parser import read_rows
from mistok.ingest.starter.run import DATA, load_starter
from mistok.kernel.errors import Invalid, Unavailable
from mistok.provenance.models import AuditEvent, Retrieval, Source, Statement
from mistok.registry.models import Municipality, Support, Tie, TieLabel

pytestmark = pytest.mark.django_db
HOSTILE = ["<script>alert(1)</script>", "'; DROP TABLE registry_tie; --", "&amp; <b>Ж</b> {{ 7 }}"]


def refused(report):
    return [(row.file, row.line, row.code) for row in report.refused]


def test_files_are_loaded_with_ties_help_and_sources(tmp_path):
    report = load_starter(folder=write_starter(tmp_path))
    assert (report.rows, report.taken, report.known, report.refused) == (4, 5, 0, [])
    assert Tie.objects.public().count() == 1
    assert Support.objects.get().receiver.key == ZHYTOMYR
    assert Retrieval.objects.get().source.slug == "minutes"
    event = AuditEvent.objects.get(verb="load_starter")
    assert event.after["taken"] == 5


def test_files_loaded_before_are_not_read_again(tmp_path):
    folder = write_starter(tmp_path)
    load_starter(folder=folder)
    again = load_starter(folder=folder)
    assert again.unchanged
    assert (again.rows, again.taken, again.known) == (0, 0, 0)


def test_files_loaded_again_by_force_change_nothing(tmp_path):
    folder = write_starter(tmp_path)
    load_starter(folder=folder)
    before = sorted(Statement.objects.values_list("pk", "first_seen"))
    forced = load_starter(folder=folder, force=True)
    assert (forced.unchanged, forced.taken, forced.known) == (False, 0, 5)
    assert sorted(Statement.objects.values_list("pk", "first_seen")) == before


def test_changed_file_adds_what_is_new_and_withdraws_what_is_gone(tmp_path):
    load_starter(folder=write_starter(tmp_path))
    more = {"parties": f"{ZHYTOMYR};{GDYNIA}", "party_names": "Zhytomyr;Gdynia"}
    report = load_starter(folder=write_starter(tmp_path, ties=[more]))
    assert (report.taken, report.known) == (4, 1)
    (tie,) = Tie.objects.all()
    assert {party.municipality.key for party in tie.parties.all()} == {ZHYTOMYR, GDYNIA}
    assert Statement.objects.filter(withdrawn_at__isnull=False).count() == 4


def test_progress_reaches_the_end(tmp_path):
    told = []
    load_starter(folder=write_starter(tmp_path), progress=lambda *step: told.append(step))
    assert told[-1] == (2, 2)


@pytest.mark.parametrize(
    ("name", "changes", "code"),
    [
        ("sources", {"slug": "other", "trust": "6"}, "source_malformed"),
        ("sources", {"slug": "", "trust": "3"}, "source_malformed"),
        ("sources", {"slug": "other", "kind": "gossip"}, "source_kind_unknown"),
        ("sources", {"slug": "other", "published": "yesterday"}, "date_malformed"),
        ("retrievals", {"source": "hearsay"}, "retrieval_malformed"),
        ("retrievals", {"retrieved_on": "2026"}, "retrieval_malformed"),
        ("retrievals", {"retrieved_on": ""}, "date_malformed"),
        ("ties", {"date": "2023-02-30"}, "date_malformed"),
        ("ties", {"parties": f"{ZHYTOMYR};geonames:999999999"}, "key_unknown"),
        ("ties", {"source": ""}, "source_unknown"),
        ("ties", {"label": "bell\x07"}, "control_characters"),
        ("ties", {"label": "x" * 5_000}, "value_length"),
        ("ties", {"event": "married"}, "word_unknown"),
        ("support", {"quantity": "-3"}, "quantity_malformed"),
        ("support", {"sensitivity": "restricted"}, "public_words_missing"),
        ("support", {"giver": "Dortmund"}, "key_unknown"),
    ],
)
def test_bad_row_is_set_aside_and_the_rest_loaded(tmp_path, name, changes, code):
    report = load_starter(folder=write_starter(tmp_path, **{name: [changes, {}]}))
    assert refused(report) == [(f"{name}.csv", 2, code)]
    sentence = report.refused[0].sentence
    assert sentence.endswith(".")
    assert len(sentence) < 400
    assert (Tie.objects.count(), Support.objects.count(), Source.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("sources", {"slug": "s" * 500}),
        ("sources", {"slug": "other", "title": "t" * 5_000}),
        ("sources", {"slug": "other", "publisher": "p" * 5_000}),
        ("sources", {"slug": "other", "url": "https://example.org/" + "u" * 5_000}),
        ("sources", {"slug": "other", "language": "l" * 500}),
        ("retrievals", {"sha256": "f" * 500}),
        ("retrievals", {"note": "n" * 5_000}),
        ("ties", {"locator": "l" * 5_000}),
        ("ties", {"label_language": "l" * 500}),
        ("ties", {"act": "a" * 500, "event": "severed"}),
        ("ties", {"act_number": "n" * 500, "body": ZHYTOMYR, "event": "decided"}),
        ("ties", {"body": "b" * 500, "event": "decided"}),
        ("ties", {"instrument": "i" * 500}),
        ("ties", {"mode": "m" * 500}),
        ("ties", {"parties": f"{ZHYTOMYR};x:US:{'n' * 500}"}),
        ("support", {"giver": f"[{'g' * 500}]"}),
    ],
)
def test_text_longer_than_its_column_is_set_aside_on_both_databases(tmp_path, name, changes):
    report = load_starter(folder=write_starter(tmp_path, **{name: [changes, {}]}))
    assert [(row.file, row.line) for row in report.refused] == [(f"{name}.csv", 2)]
    assert Tie.objects.count() == 1


def test_row_of_another_width_is_set_aside_and_the_rest_loaded(tmp_path):
    folder = write_starter(tmp_path)
    path = folder / "ties.csv"
    path.write_text(path.read_text() + "one,two\n")
    assert refused(load_starter(folder=folder)) == [("ties.csv", 3, "row_width")]
    assert Tie.objects.count() == 1


def test_file_that_cannot_be_used_changes_nothing(tmp_path):
    write_starter(tmp_path)
    (tmp_path / "support.csv").write_text("giver\n")
    with pytest.raises(Invalid):
        load_starter(folder=tmp_path)
    (tmp_path / "support.csv").unlink()
    with pytest.raises(Unavailable):
        load_starter(folder=tmp_path)
    assert not Source.objects.exists()
    assert not Statement.objects.exists()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_field_is_stored_and_shown_escaped(tmp_path, client, text):
    party = f"{ZHYTOMYR};x:DE:{text.replace(';', ',')}"
    write_starter(
        tmp_path,
        sources=[{"title": text, "publisher": text, "url": f"https://example.org/?{text}"}],
        retrievals=[{"note": text}],
        ties=[
            {
                "parties": party,
                "party_names": f"{text};{text}",
                "label": text,
                "body": text,
                "act": text[:80],
                "act_number": text,
                "instrument": text[:40],
                "mode": text[:20],
                "event": "signed",
                "fields": text,
                "locator": text,
                "note_en": text,
            },
            {"parties": party, "event": "decided", "body": text},
        ],
        support=[{"giver": f"[{text}]", "what_en": text, "condition_en": text, "unit": text[:20]}],
    )
    report = load_starter(folder=tmp_path)
    assert report.refused == []
    assert TieLabel.objects.filter(label=text).exists()
    tie = Tie.objects.get()
    source = Source.objects.get()
    for path in (
        "/en/",
        "/en/ties/",
        "/en/places/",
        f"/en/places/{ZHYTOMYR}/",
        f"/en/places/{Municipality.objects.exclude(key=ZHYTOMYR).get().key}/",
        f"/en/ties/{tie.public_id}/",
        f"/en/sources/{source.public_id}/",
    ):
        page = client.get(path).content.decode()
        assert "<script>alert" not in page
        assert "<b>Ж</b>" not in page


def test_script_in_the_address_of_a_source_is_refused(tmp_path):
    folder = write_starter(tmp_path, sources=[{"url": "javascript:alert(1)"}])
    report = load_starter(folder=folder)
    assert refused(report)[0] == ("sources.csv", 2, "url_malformed")
    assert not Source.objects.exists()


def test_retrieval_without_its_source_is_set_aside_after_a_bad_source(tmp_path):
    folder = write_starter(tmp_path, sources=[{"trust": "0"}])
    report = load_starter(folder=folder)
    assert [row.code for row in report.refused] == [
        "source_malformed",
        "retrieval_malformed",
        "source_unknown",
        "source_unknown",
    ]
    assert not Tie.objects.exists()


def test_several_ties_are_projected_from_one_file(tmp_path):
    rows = [{"parties": f"{one};{two}"} for one, two in ((BUCHA, DORTMUND), (BUCHA, GDYNIA))]
    load_starter(folder=write_starter(tmp_path, ties=rows))
    assert Tie.objects.count() == 2
    assert Municipality.objects.count() == 4


@pytest.mark.parametrize("name", ["sources.csv", "retrievals.csv", "ties.csv", "support.csv"])
def test_projects_own_files_are_sound(name):
    report = Report()
    assert len(list(read_rows(DATA / name, report))) > 3
    assert report.refused == []


def test_projects_own_files_are_loaded_whole(starter):
    assert [str(row) for row in starter.refused] == []
    assert starter.taken > 1000
    assert load_starter().unchanged
