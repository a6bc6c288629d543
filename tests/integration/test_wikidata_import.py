"""Statements of Wikidata in the registry: places, sources, events, both directions, again and
again."""

import datetime as dt
import gzip
import json
import os

import pytest

from factories import BUCHA, DORTMUND, GDYNIA, SMOLENSK, ZHYTOMYR
from mistok.accounts.actors import Actor
from mistok.ingest.models import ImportRun, SetAsideRow
from mistok.ingest.wikidata.client import Wikidata
from mistok.ingest.wikidata.importing import import_answer, import_service
from mistok.kernel.errors import Invalid, Unavailable
from mistok.provenance.models import Retrieval, Source, Statement
from mistok.provenance.values import TieEvent
from mistok.registry.models import Tie
from mistok.registry.services import tie_subject
from wikidata_cast import BLANK, QueryService, answer, binding, uri, word

pytestmark = pytest.mark.django_db
SHELL = Actor(shell="tests")
DAY = dt.date(2026, 11, 20)
CITY = {"q": "Q1", "en": "Zhytomyr", "uk": "Житомир", "country": "UA", "katottg": ZHYTOMYR[8:]}
FRIEND = {"q": "Q2", "en": "Dortmund", "country": "DE", "geonames": "2935517"}
RUSSIAN = {"q": "Q3", "en": "Smolensk", "country": "RU", "geonames": SMOLENSK[9:]}


@pytest.fixture
def bring(tmp_path):
    def _bring(*bindings, name="answer.json", **more):
        path = tmp_path / name
        path.write_bytes(answer(*bindings))
        return import_answer(actor=SHELL, path=path, **{"retrieved": DAY} | more)

    return _bring


def events(*keys):
    said = Statement.objects.filter(subject=tie_subject(keys or (ZHYTOMYR, DORTMUND)), prop="event")
    return [TieEvent.from_text(one.value) for one in said.order_by("pk")]


def refused(report):
    return [one.code for one in report.set_aside]


def test_statement_becomes_a_tie_with_its_item_as_the_source(bring):
    report = bring(
        binding(
            "Q1-abc",
            CITY,
            FRIEND,
            start="2024-05",
            reference=uri("http://www.wikidata.org/reference/1"),
            refUrl=uri("https://example.org/twins"),
        )
    )
    assert (report.rows, report.taken, report.refused) == (1, 4, 0)
    tie = Tie.objects.public().get()
    assert (tie.state, tie.kind, tie.since) == ("signed", "twinning", "2024-05")
    source = Source.objects.get()
    assert (source.slug, source.title) == ("wikidata-q1", "Wikidata: Zhytomyr (Q1)")
    assert (source.publisher, source.licence) == ("Wikidata", "CC0 1.0")
    assert source.url == "https://www.wikidata.org/wiki/Q1"
    party = Statement.objects.get(prop="party", value=DORTMUND)
    assert party.original_value == "Dortmund (Q2)"
    assert party.locator == "P190, Q1-abc; https://example.org/twins"
    assert party.origin == "wikidata"
    assert Retrieval.objects.get().at == DAY


def test_both_directions_are_one_tie_with_two_sources(bring):
    report = bring(
        binding("Q1-a", CITY, FRIEND, start="2024"), binding("Q2-a", FRIEND, CITY, start="2024")
    )
    assert report.refused == 0
    assert Tie.objects.get().sources_count == 2
    assert set(Source.objects.values_list("slug", flat=True)) == {"wikidata-q1", "wikidata-q2"}


def test_statement_without_dates_says_that_the_tie_is_listed_that_day(bring):
    bring(binding("Q1-a", CITY, FRIEND))
    (event,) = events()
    assert (event.event, event.date, event.as_of) == ("active", "", "2026-11-20")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"start": "2004"}, [("signed", "2004", "", "", False)]),
        ({"point": "2004-05"}, [("signed", "2004-05", "", "", False)]),
        ({"start": "2030"}, [("signed", "2030", "", "", True)]),
        ({"end": "2022-03"}, [("severed", "2022-03", "", "", False)]),
        (
            {"start": "2004", "end": "2022"},
            [("severed", "2022", "", "", False), ("signed", "2004", "", "", False)],
        ),
        ({"end": BLANK}, [("severed", "", "2026-11-20", "", False)]),
        ({"end": "2031"}, [("active", "", "2026-11-20", "2031", False)]),
        ({"start": "2004", "end": "2031"}, [("signed", "2004", "", "2031", False)]),
        ({"start": BLANK}, [("active", "", "2026-11-20", "", False)]),
    ],
)
def test_events_say_no_more_than_wikidata(bring, told, expected):
    bring(binding("Q1-a", CITY, FRIEND, **told))
    got = [(one.event, one.date, one.as_of, one.end_date, one.planned) for one in events()]
    assert sorted(got) == expected


def test_several_starts_stand_side_by_side(bring):
    bring(binding("Q1-a", CITY, FRIEND, start="2004"), binding("Q1-a", CITY, FRIEND, start="2006"))
    assert sorted(one.date for one in events()) == ["2004", "2006"]


@pytest.mark.parametrize(
    ("cause", "event", "reason"),
    [
        ("2022 Russian invasion of Ukraine", "severed", "2022 Russian invasion of Ukraine"),
        ("expiration", "expired", "expiration"),
        ("", "severed", ""),
    ],
)
def test_ended_tie_with_an_aggressor_is_told_with_its_cause(bring, cause, event, reason):
    cells = {"endCauseEn": word(cause, "en")} if cause else {"endCause": BLANK}
    bring(binding("Q1-a", CITY, RUSSIAN, end="2022-03", **cells))
    (told,) = events(ZHYTOMYR, SMOLENSK)
    assert (told.event, told.reason) == (event, reason)
    assert Tie.objects.get().until == "2022-03"


@pytest.mark.parametrize(
    ("one", "two", "code"),
    [
        (CITY, {"q": BLANK}, "value_unknown"),
        (CITY, {**CITY, "q": "Q9"}, "parties_missing"),
        (CITY, {**FRIEND, "country": "PL"}, "country_differs"),
        (CITY, {**FRIEND, "katottg": BUCHA[8:]}, "codes_differ"),
        (CITY, {"q": "Q9", "en": "FC Dynamo", "country": "UA"}, "place_unsure"),
        (CITY, {"q": "Q9"}, "place_unsure"),
        (
            CITY,
            {"q": "Q9", "en": "Poland", "country": "PL", "geonames": "798544"},
            "not_a_municipality",
        ),
        (
            CITY,
            {"q": "Q9", "en": "Poland", "country": "PL", "point": (52.0, 20.0)},
            "place_unsure",
        ),
        (CITY, {"q": "Q9", "en": "Gdynia", "country": "PL", "point": (50.0, 20.0)}, "place_unsure"),
        (
            CITY,
            {"q": "Q9", "en": "Gdinyja", "country": "PL", "point": (54.5, 18.5)},
            "place_unsure",
        ),
        (CITY, {"q": "Q9", "en": "Gdynia", "country": "PL"}, "place_unsure"),
        ({"q": "Q9", "en": "FC", "country": "UA", "geonames": "999999999"}, CITY, "place_unsure"),
    ],
)
def test_what_is_not_surely_a_tie_is_set_aside_with_a_sentence(bring, one, two, code):
    report = bring(binding("Q1-bad", one, two), binding("Q1-good", CITY, FRIEND))
    assert (refused(report), report.rows) == ([code], 2)
    kept = SetAsideRow.objects.get()
    assert kept.sentence.endswith(".")
    assert kept.cells["statement"] == "Q1-bad"
    assert Tie.objects.count() == 1


def test_exact_name_in_its_country_and_position_is_enough(bring):
    near = {"q": "Q9", "en": "Gdynia", "country": "PL", "point": (54.51, 18.53)}
    report = bring(binding("Q1-a", CITY, near))
    assert report.refused == 0
    assert Statement.objects.filter(prop="party", value=GDYNIA).exists()


def test_deprecated_statement_is_not_taken(bring):
    assert refused(bring(binding("Q1-a", CITY, FRIEND, rank="Deprecated"))) == [
        "statement_deprecated"
    ]


def test_long_references_are_shortened_to_what_the_column_holds(bring):
    bring(
        binding(
            "Q1-a",
            CITY,
            FRIEND,
            reference=uri("http://www.wikidata.org/reference/1"),
            refUrl=uri("https://example.org/" + "x" * 700),
        )
    )
    locator = Statement.objects.filter(prop="party").first().locator
    assert (len(locator), locator[-1]) == (400, "…")


def test_same_answer_again_takes_nothing_whenever_its_file_was_written(bring, tmp_path):
    bring(binding("Q1-a", CITY, FRIEND))
    copy = tmp_path / "copy.json.gz"
    copy.write_bytes(gzip.compress((tmp_path / "answer.json").read_bytes()))
    again = import_answer(actor=SHELL, path=copy)
    assert (again.unchanged, ImportRun.objects.count()) == (True, 1)


def test_day_of_the_file_is_the_day_of_retrieval(bring, tmp_path):
    path = tmp_path / "answer.json"
    path.write_bytes(answer(binding("Q1-a", CITY, FRIEND)))
    os.utime(path, (1_700_000_000, 1_700_000_000))
    import_answer(actor=SHELL, path=path)
    assert events()[0].as_of == "2023-11-14"


def test_trial_tells_the_numbers_and_writes_nothing(bring):
    report = bring(binding("Q1-a", CITY, FRIEND), binding("Q2-a", FRIEND, CITY), dry_run=True)
    assert (report.taken, report.rows) == (8, 2)
    assert (Source.objects.count(), Statement.objects.count(), ImportRun.objects.count()) == (
        0,
        0,
        0,
    )


@pytest.mark.parametrize(
    "data", [None, b"\x1f\x8b broken", gzip.compress(b"x" * 999, mtime=0)[:20]]
)
def test_file_that_cannot_be_read_is_told(tmp_path, data):
    path = tmp_path / "answer.json"
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(Unavailable) as refused:
        import_answer(actor=SHELL, path=path)
    assert refused.value.code == "file_unreadable"


@pytest.mark.parametrize("packed", [True, False])
def test_file_that_is_too_large_is_refused(tmp_path, monkeypatch, packed):
    path = tmp_path / "answer.json"
    data = b"x" * 5000
    path.write_bytes(gzip.compress(data) if packed else data)
    monkeypatch.setattr("mistok.ingest.wikidata.importing.MOST_BYTES", 1000)
    with pytest.raises(Invalid) as refused:
        import_answer(actor=SHELL, path=path)
    assert refused.value.code == "answer_too_large"


def recorded(root):
    path = root / "tests" / "data" / "wikidata" / "answer_ua.json"
    return path, json.loads(path.read_bytes())["results"]["bindings"]


def test_recorded_answer_is_brought_in_at_the_shell_and_again(mistok, root):
    path, _lines = recorded(root)
    words = ("ingest", "wikidata", str(path), "--retrieved", "2026-11-20", "--json")
    first, second = json.loads(mistok(*words).out), json.loads(mistok(*words).out)
    assert (first["rows"], first["taken"], first["refused_rows"]) == (178, 661, 13)
    assert second["unchanged"]
    assert Tie.objects.public().with_country("RU", "BY").count() > 8
    both = Tie.objects.filter(sources_count=2).count()
    assert both > 40
    assert Statement.objects.count() == 661


def test_service_broken_off_goes_on_and_takes_everything_once(root, monkeypatch):
    _path, lines = recorded(root)
    sound = [line for line in lines if "/statement/" in line.get("statement", {}).get("value", "")]
    ours = [line for line in sound if line.get("itemCountry", {}).get("value") == "UA"]
    monkeypatch.setattr("mistok.ingest.runs.engine.CHUNK", 20)
    with QueryService(ours) as service:
        wikidata = Wikidata(url=service.url, page=30, sleep=lambda _seconds: None)
        service.troubles = []
        ask, asked = Wikidata.ask, []

        def stops(self, *words):
            asked.append(words)
            if len(asked) == 3:
                raise Unavailable("The line is down.", code="endpoint_unreachable")
            return ask(self, *words)

        monkeypatch.setattr(Wikidata, "ask", stops)
        with pytest.raises(Unavailable):
            import_service(actor=SHELL, service=wikidata, countries=["ua"], today=DAY)
        run = ImportRun.objects.get()
        assert (run.state, 0 < run.done <= 60, run.cursor[:3]) == ("stopped", True, "UA ")
        later = DAY + dt.timedelta(days=3)
        report = import_service(actor=SHELL, service=wikidata, countries=["UA"], today=later)
    statements = {line["statement"]["value"] for line in ours}
    assert (report.rows, report.resumed_at) == (len(statements), run.done)
    assert ImportRun.objects.get().choices["retrieved"] == "2026-11-20"
    as_of = {
        event.as_of
        for said in Statement.objects.filter(prop="event")
        if (event := TieEvent.from_text(said.value)).as_of
    }
    assert as_of == {"2026-11-20"}
    numbers = list(SetAsideRow.objects.values_list("line", flat=True))
    assert len(numbers) == len(set(numbers)) == report.refused


def test_command_asks_the_service_for_each_country(mistok):
    polish = {"q": "Q7", "en": "Gdynia", "country": "PL", "geonames": GDYNIA[9:]}
    with QueryService([binding("Q1-a", CITY, FRIEND), binding("Q7-a", polish, CITY)]) as service:
        words = ("ingest", "wikidata", "--url", service.url)
        told = mistok(*words, "--country", "UA", "--country", "PL")
        assert "Statements taken: 8" in told.out
        assert "known before: 0" in told.out
        assert mistok(*words, "--json", "--dry-run").status == 0
    assert Tie.objects.count() == 2


def test_command_takes_several_files_and_refuses_a_day_that_is_none(mistok, tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).write_bytes(answer(binding(f"Q1-{name}", CITY, FRIEND)))
    files = (str(tmp_path / "a"), str(tmp_path / "b"))
    told = mistok("ingest", "wikidata", *files, "--json")
    assert [one["taken"] for one in json.loads(told.out)] == [4, 0]
    wrong = mistok("ingest", "wikidata", *files, "--retrieved", "yesterday")
    assert (wrong.status, "is not a day" in wrong.err) == (1, True)
