"""Tables of ties: tried, taken, taken once, gone on with, and told row by row."""

import csv
import io
import json

import pytest
import read_cast
from django.core.management import call_command

from factories import BUCHA, DORTMUND, GDYNIA, ZHYTOMYR
from mistok.accounts.actors import Actor
from mistok.ingest.models import ImportRun, SetAsideRow
from mistok.ingest.runs import engine, refused_csv
from mistok.ingest.tables import choices_of, import_table
from mistok.ingest.tables.opening import table_of
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.provenance.models import AuditEvent, Retrieval, Source, Statement
from mistok.provenance.values import TieEvent
from mistok.registry.models import Tie
from mistok.registry.services import provisional_key, tie_subject
from office_cast import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]
crew, ground = read_cast.crew, read_cast.ground
SHELL = Actor(shell="tester")
CITED = {"title": "Partners of our towns", "publisher": "Association", "published": "2024-05"}
HEAD = "a_key,a_name,a_country,b_key,b_name,b_country,kind,event,date\n"


def bring_in(text, *, actor=SHELL, choices=None, **how):
    table = table_of(text.encode(), name="ties.csv")
    told = {"source": CITED} | (choices or {})
    return import_table(actor=actor, table=table, choices=choices_of(told), **how)


def events(*keys):
    said = Statement.objects.filter(subject=tie_subject(keys), prop="event")
    return sorted(
        (TieEvent.from_text(one.value) for one in said), key=lambda event: event.to_text()
    )


def everything():
    return {
        "statements": sorted(Statement.objects.values_list("pk", "origin", "locator")),
        "ties": sorted(Tie.objects.values_list("public_id", "state", "kind", "sources_count")),
        "set_aside": sorted(SetAsideRow.objects.values_list("line", "code")),
        "sources": sorted(Source.objects.values_list("slug", flat=True)),
        "counts": sorted(ImportRun.objects.values_list("done", "taken", "known", "refused")),
    }


def some_rows(number=9):
    """Rows of many lengths of life: each with a partner of its own, and a bad one now and then."""
    keys = [2886242, 2950159, 2911298, 2867714, 2925533, 2825297, 2934691, 2935517, 2928810]
    return HEAD + "".join(
        f"{ZHYTOMYR},,,geonames:{keys[place % 9]},,,twinning,signed,{1990 + place}\n"
        if place % 4
        else f"{ZHYTOMYR},,,nothing,,,twinning,signed,{1990 + place}\n"
        for place in range(number)
    )


def test_row_becomes_a_tie_with_its_source_words_and_reading():
    report = bring_in(
        HEAD + f",Zhytomyr,UA,{DORTMUND},Dortmund,DE,Partnerstadt,signed,23.02.2023\n"
    )
    assert (report.rows, report.taken, report.refused) == (1, 4, 0)
    tie = Tie.objects.get(public_id=tie_subject([ZHYTOMYR, DORTMUND]))
    assert (tie.kind, tie.since, tie.sources_count) == ("partnership", "2023-02-23", 1)
    said = Statement.objects.get(prop="party", value=DORTMUND)
    assert said.original_value == f"Dortmund, DE [{DORTMUND}]"
    assert (said.locator, said.origin) == ("row 2", "table")
    assert said.source.title == "Partners of our towns"
    assert Retrieval.objects.get().sha256 == ImportRun.objects.get().sha256
    assert Retrieval.objects.get().file
    assert Statement.objects.get(prop="label").value == "Partnerstadt"


def test_trial_tells_the_same_numbers_and_writes_nothing():
    text = some_rows() + some_rows().removeprefix(HEAD)
    trial = bring_in(text, dry_run=True)
    assert everything() == {name: [] for name in everything()}
    real = bring_in(text)
    assert (trial.taken, trial.known, trial.refused) == (real.taken, real.known, real.refused)
    assert [one.line for one in trial.set_aside] == [one.line for one in real.set_aside]
    assert trial.dry_run
    assert not real.dry_run


def test_trial_counts_across_chunks_what_would_be_known(monkeypatch):
    monkeypatch.setattr(engine, "CHUNK", 2)
    text = some_rows() + some_rows().removeprefix(HEAD)
    trial, real = bring_in(text, dry_run=True), bring_in(text)
    assert (trial.taken, trial.known) == (real.taken, real.known)


def test_second_time_takes_nothing_and_again_goes_through_it():
    first = bring_in(some_rows())
    before = everything()
    second = bring_in(some_rows())
    assert second.unchanged
    assert (second.taken, second.known) == (0, first.taken + first.known)
    assert bring_in(some_rows(), dry_run=True).unchanged
    third = bring_in(some_rows(), again=True)
    assert (third.taken, third.refused, third.unchanged) == (0, first.refused, False)
    assert bring_in(some_rows(), again=True, dry_run=True).taken == 0
    assert everything()["statements"] == before["statements"]
    assert "anew" not in [event.verb for event in AuditEvent.objects.all()]


@pytest.mark.parametrize("broken_at", [1, 2, 3, 4])
def test_stopped_import_goes_on_and_ends_as_if_undisturbed(monkeypatch, broken_at):
    monkeypatch.setattr(engine, "CHUNK", 2)
    calls = []

    def breaks(**given):
        calls.append(given)
        if len(calls) == broken_at:
            raise KeyboardInterrupt
        return project(**given)

    project = engine.project_ties
    monkeypatch.setattr(engine, "project_ties", breaks)
    with pytest.raises(KeyboardInterrupt):
        bring_in(some_rows())
    stopped = ImportRun.objects.get()
    assert (stopped.state, stopped.done) == ("stopped", 2 * (broken_at - 1))
    monkeypatch.setattr(engine, "project_ties", project)
    report = bring_in(some_rows())
    assert report.resumed_at == 2 * (broken_at - 1)
    disturbed = everything()
    Tie.objects.all().delete()
    Statement.objects.all()._raw_delete("default")
    ImportRun.objects.all().delete()
    bring_in(some_rows())
    assert everything() == disturbed


def test_two_processes_on_one_import_only_one_goes_on(monkeypatch):
    monkeypatch.setattr(engine, "CHUNK", 2)
    real = engine._claim

    def quicker(run, done, cursor):
        ImportRun.objects.filter(pk=run.pk).update(done=done)
        real(run, done, cursor)

    monkeypatch.setattr(engine, "_claim", quicker)
    with pytest.raises(Conflict) as caught:
        bring_in(some_rows())
    assert caught.value.code == "import_elsewhere"
    assert ImportRun.objects.get().state == "running"
    assert not Statement.objects.exists()


def test_import_that_another_process_has_ended_is_not_ended_twice(monkeypatch):
    real = engine._go

    def ended_elsewhere(work, *given):
        real(work, *given)
        ImportRun.objects.update(state="done")

    monkeypatch.setattr(engine, "_go", ended_elsewhere)
    with pytest.raises(Conflict) as caught:
        bring_in(some_rows(2))
    assert caught.value.code == "import_elsewhere"
    assert AuditEvent.objects.filter(verb="refused_finish_import").exists()


def test_unsure_places_are_set_aside_with_candidates_and_never_guessed():
    report = bring_in(
        HEAD + f"{BUCHA},,,,Halle,DE,,,\n{BUCHA},,,,Kolnn,DE,,,\n{BUCHA},,,,Lublin,,,,\n"
    )
    assert [one.code for one in report.set_aside] == [
        "place_unsure",
        "place_unsure",
        "country_missing",
    ]
    assert "geonames:2911522" in report.set_aside[0].sentence
    assert not Tie.objects.exists()


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (f"{BUCHA},,,{BUCHA},,,,,", "parties_missing"),
        (f"{BUCHA},,,,,,,,", "place_missing"),
        (f"{BUCHA},,,{DORTMUND},,,marriage,,", "kind_unknown"),
        (f"{BUCHA},,,{DORTMUND},,,,dissolved in air,", "event_unknown"),
        (f"{BUCHA},,,{DORTMUND},,,,,5/6/2014", "date_ambiguous"),
        (f"{BUCHA},,,{DORTMUND},,,,,someday", "date_malformed"),
        (f"{BUCHA},,,{DORTMUND},,,,,,beyond the headings", "row_width"),
        (f"{BUCHA},,,{DORTMUND},,,=SUM(A1:A2),,", "formula_without_value"),
    ],
)
def test_bad_row_is_told_and_drops_no_good_one(row, code):
    report = bring_in(HEAD + row + f"\n{BUCHA},,,{GDYNIA},,,,,\n")
    assert [(one.line, one.code) for one in report.set_aside] == [(2, code)]
    assert report.set_aside[0].sentence.endswith(".")
    assert Tie.objects.get().public_id == tie_subject([BUCHA, GDYNIA])


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (",signed,2014", {"event": "signed", "date": "2014"}),
        (",,2014-05-17", {"event": "signed", "date": "2014-05-17"}),
        (",,", {"event": "active", "as_of": "2024-05"}),
        ("twinning,active,2014-05-17", {"event": "active", "as_of": "2014-05-17"}),
        ("twinning,active,1990", {"event": "active", "date": "1990", "as_of": "2024-05"}),
        (",розірвано,03.2022", {"event": "severed", "date": "2022-03"}),
        ("memorandum,signed,2023", {"event": "signed", "instrument": "memorandum"}),
    ],
)
def test_event_of_a_row(cells, expected):
    bring_in(HEAD + f"{BUCHA},,,{DORTMUND},,,{cells}\n")
    (event,) = events(BUCHA, DORTMUND)
    assert {name: getattr(event, name) for name in expected} == expected


def test_list_of_a_place_and_words_of_its_own():
    text = f"City,Tie,Called,More\n{DORTMUND},blood brothers,Waffenbrüder,Nowhere\n"
    choices = {
        "told": {"a_key": BUCHA},
        "columns": {"City": "b_key", "Tie": "kind", "Called": "label", "More": ""},
        "kinds": {"blood brothers": "friendship"},
    }
    bring_in(text, choices=choices)
    assert Tie.objects.get().kind == "friendship"
    assert Statement.objects.get(prop="label").value == "Waffenbrüder"
    third = bring_in(text, choices=choices | {"columns": {"City": "b_key", "More": "more_parties"}})
    assert third.set_aside[0].code == "country_missing"


def test_codes_of_kinds_and_events_are_understood_as_they_are():
    bring_in(HEAD + f"{BUCHA},,,{DORTMUND},,,patronage,not_suspended,2022\n")
    (event,) = events(BUCHA, DORTMUND)
    assert (event.kind, event.event) == ("patronage", "not_suspended")


def test_row_that_names_its_page_has_the_page_as_source():
    head = "a_key,b_key,source_url,source_title,publisher,published,note,fields,more_parties,until"
    text = (
        f"{head}\n{BUCHA},{DORTMUND},https://example.org/a/b.html,A treaty,Town,2.2023,of three,"
        "culture; sport,Lublin|PL;Lutsk (UA),2027\n"
    )
    bring_in(text)
    source = Source.objects.get()
    assert (source.title, source.publisher, source.published) == ("A treaty", "Town", "2023-02")
    assert source.slug.startswith("example-org-a-b-html-")
    tie = Tie.objects.get()
    assert tie.parties.count() == 4
    (event,) = [TieEvent.from_text(one.value) for one in Statement.objects.filter(prop="event")]
    assert (event.fields, event.note, event.end_date) == (
        ("culture", "sport"),
        {"en": "of three"},
        "2027",
    )


def test_list_without_a_source_is_refused_before_its_first_row():
    for choices, code in (
        ({"source": {}}, "source_missing"),
        ({"source": {"slug": "of-nobody"}}, "source_unknown"),
    ):
        with pytest.raises(Invalid) as caught:
            bring_in(some_rows(), choices=choices)
        assert caught.value.code == code
    assert not ImportRun.objects.exists()


def test_row_without_its_own_page_needs_the_list_as_source():
    text = f"a_key,b_key,source_url\n{BUCHA},{DORTMUND},\n{BUCHA},{GDYNIA},ftp://example.org/x\n"
    report = bring_in(text, choices={"source": {}})
    assert [one.code for one in report.set_aside] == ["source_missing", "url_malformed"]


def test_known_source_is_used_by_its_slug_and_stays_as_it_is():
    first = bring_in(some_rows(2), choices={"source": CITED | {"slug": "our-list"}})
    assert first.taken
    bring_in(some_rows(3), choices={"source": {"slug": "our-list"}})
    source = Source.objects.get()
    assert (source.slug, source.title) == ("our-list", "Partners of our towns")


TWIN_HEAD = (
    "node_id_1,name_1,country_1,lat_1,lon_1,wikidata_1,node_id_2,name_2,country_2,lat_2,lon_2,"
    "wikidata_2,distance_km,sources,n_sources,n_independent,since_year,form,listed_2026,"
    "checkable_2026,confidence,source_url\n"
)


def twin(other="gn2935517", name="Dortmund", sources="wp2026", year="", form="", sure="high"):
    return (
        f"gn686967,Zhytomyr,UA,50.2,28.6,Q156747,{other},{name},DE,51.5,7.4,Q1295,1500,{sources},"
        f"1,1,{year},{form},1,1,{sure},\n"
    )


def twin_choices(**more):
    from mistok.ingest.tables import named_map

    return named_map("twin_edges") | more


def test_twin_edges_each_list_is_a_source_and_says_only_what_it_told():
    text = TWIN_HEAD + twin(sources="wp2026|wp2014|rgre2015", year="1975", form="friendship")
    report = bring_in(text, choices=twin_choices())
    assert report.refused == 0
    told = {
        one.source.slug.removeprefix("twin-edges-"): TieEvent.from_text(one.value)
        for one in Statement.objects.filter(prop="event").select_related("source")
    }
    assert told["rgre-2015"] == TieEvent(event="signed", kind="friendship", date="1975")
    assert told["wikipedia-2026"] == TieEvent(event="active", kind="twinning", as_of="2026-02")
    assert told["wikipedia-2014"] == TieEvent(event="active", kind="twinning", as_of="<2016-07")
    assert Tie.objects.get().sources_count == 3
    assert Statement.objects.get(prop="label").value == "friendship"
    party = Statement.objects.filter(prop="party", value=DORTMUND).first()
    assert "Q1295" in party.original_value


def test_twin_edges_doubtful_rows_are_left_out_unless_kept():
    text = TWIN_HEAD + twin(sure="low") + twin(other="x:DE:kreis unna", name="Kreis Unna")
    report = bring_in(text, choices=twin_choices())
    assert [one.code for one in report.set_aside] == ["left_out_low"]
    assert "brought" not in " ".join(report.sentences())
    kept = bring_in(text, choices=twin_choices(keep=["low"]))
    assert kept.refused == 0
    assert provisional_key("DE", "Kreis Unna") in str(list(Statement.objects.values_list("value")))


def test_twin_edges_source_that_is_not_described_sets_the_row_aside():
    text = TWIN_HEAD + twin(sources="wp2026|myspace") + twin(sources="")
    report = bring_in(text, choices=twin_choices())
    assert [one.code for one in report.set_aside] == ["source_unknown", "source_missing"]


def test_coordinator_brings_in_rows_of_the_scope_alone(crew):
    text = HEAD + f"{BUCHA},,,{DORTMUND},,,,,\ngeonames:2935517,,,{GDYNIA},,,,,\n"
    report = bring_in(text, actor=crew.of_ukraine)
    assert [(one.line, one.code) for one in report.set_aside] == [(3, "outside_scope")]
    assert bring_in(text, actor=crew.of_all).refused == 0


def test_somebody_without_the_right_brings_in_nothing():
    with pytest.raises(NotAllowed):
        bring_in(some_rows(), actor=Actor(user=person("nobody")))
    assert not ImportRun.objects.exists()


def test_rows_set_aside_can_be_written_to_a_file_that_no_program_carries_out():
    report = bring_in(HEAD + f"{BUCHA},@cmd,,nowhere,=1+1,,,,\n", dry_run=True)
    rows = list(csv.reader(io.StringIO(refused_csv(report.set_aside))))
    assert rows[0][:3] == ["line", "why_not_taken", "a_key"]
    assert "'@cmd" in rows[1]
    assert not any(cell.startswith(("=", "@")) for cell in rows[1])


def test_command_tells_columns_tries_takes_and_writes_what_was_set_aside(tmp_path, capsys):
    path = tmp_path / "ties.csv"
    path.write_text(some_rows(), encoding="utf-8")
    source = ("--title", "A list", "--publisher", "Somebody")
    call_command("ingest", "table", str(path), "--columns")
    assert json.loads(capsys.readouterr().out)["a_key"] == "a_key"
    call_command("ingest", "table", str(path), *source, "--dry-run")
    assert "nothing was written" in capsys.readouterr().out
    refused = tmp_path / "refused.csv"
    call_command("ingest", "table", str(path), *source, "--json", "--refused", str(refused))
    told = json.loads(capsys.readouterr().out)
    assert told["refused_rows"] == len(told["refused"]) == 3
    assert refused.read_text(encoding="utf-8-sig").count("key_unknown") == 0
    assert "No place has the key" in refused.read_text(encoding="utf-8-sig")
    call_command("ingest", "table", str(path), *source)
    assert "brought in before" in capsys.readouterr().out


def test_command_takes_choices_from_a_file_and_from_pairs(tmp_path, capsys):
    path, chosen = tmp_path / "ties.csv", tmp_path / "map.json"
    path.write_text(f"Ort;Stadt\nDortmund;{BUCHA}\n", encoding="cp1251")
    chosen.write_text(json.dumps({"columns": {"Ort": "b_name"}, "source": {"title": "File"}}))
    call_command(
        "ingest",
        "table",
        str(path),
        *("--map", str(chosen), "--map", "Stadt=a_key", "--set", "b_country=DE"),
        *("--source-kind", "association", "--trust", "4", "--source", "of-a-file", "--json"),
    )
    assert json.loads(capsys.readouterr().out)["taken"] == 3
    source = Source.objects.get()
    assert (source.slug, source.title, source.kind, source.trust) == (
        "of-a-file",
        "File",
        "association",
        4,
    )


def test_command_writes_a_template_that_is_understood(tmp_path, capsys):
    path = tmp_path / "template.csv"
    call_command("ingest", "table", str(path), "--template")
    report = bring_in(path.read_text(encoding="utf-8-sig"), choices={"source": {}})
    assert (report.rows, report.refused) == (2, 0)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ("{", "map_malformed"),
        ("[]", "map_malformed"),
        ('{"colours": {}}', "map_malformed"),
        ('{"kinds": {"x": "marriage"}}', "map_malformed"),
        ('{"events": {"x": "wedding"}}', "map_malformed"),
        ('{"told": {"mayor": "x"}}', "map_malformed"),
        ('{"source": {"colour": "red"}}', "map_malformed"),
        ('{"source": {"trust": 9}}', "map_malformed"),
        ('{"source": {"kind": "marriage"}}', "map_malformed"),
        ('{"source": {"published": "once"}}', "date_malformed"),
        ('{"columns": 5}', "map_malformed"),
    ],
)
def test_mapping_file_that_cannot_be_used_is_refused(tmp_path, given, code):
    from mistok.ingest.tables import named_map

    path = tmp_path / "map.json"
    path.write_text(given)
    with pytest.raises(Invalid) as caught:
        choices_of(named_map(str(path)), "map.json")
    assert caught.value.code == code


def test_files_that_are_not_there_are_refused(tmp_path):
    for arguments, code, error in (
        (("table", str(tmp_path / "no.csv")), "file_missing", NotFound),
        (("table", str(tmp_path), "--map", "no.json"), "file_unreadable", Exception),
    ):
        with pytest.raises(error) as caught:
            call_command("ingest", *arguments)
        assert caught.value.code == code
    path = tmp_path / "ties.csv"
    path.write_text(some_rows())
    for arguments, code in (
        (("--map", "no.json"), "map_missing"),
        (("--set", "a_country"), "pair_malformed"),
    ):
        with pytest.raises(Invalid) as caught:
            call_command("ingest", "table", str(path), *arguments)
        assert caught.value.code == code
