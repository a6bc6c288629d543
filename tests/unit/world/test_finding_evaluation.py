"""Reading labelled names, asking for them, and summing up what came."""

import gzip
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.kernel.errors import Invalid, NotFound
from mistok.world import World
from mistok.world.finding.answers import Match
from mistok.world.finding.evaluation import Answer, Metrics, evaluate, measure, refused
from mistok.world.finding.labelled import NamedPlace, read_named_places
from mistok.world.model import Place

HEADER = "name,country,lat,lon,other_labels\n"
KOELN = NamedPlace(2, ("Köln",), "DE", 50.93, 6.95)


def written(folder: Path, text: str, name: str = "names.csv") -> Path:
    path = folder / name
    data = text.encode()
    path.write_bytes(gzip.compress(data, mtime=0) if name.endswith(".gz") else data)
    return path


def match(score: float, name: str = "Köln") -> Match:
    place = Place("geonames:2886242", name, name, "DE", "municipality", lat=50.93, lon=6.95)
    return Match(place, score, "exact")


def answered(
    score: float, *, rank: int | None = 1, query: str = "Köln", seconds: float = 0.001
) -> Answer:
    return Answer(query, KOELN, seconds, rank, match(score), 0.0 if rank == 1 else 900.0)


def asked(world: World, *places: NamedPlace, **ways: Any) -> list[Answer]:
    return evaluate(world, places, **({"radius_km": 25.0, "with_country": True} | ways))


@pytest.mark.parametrize("name", ["names.csv", "names.csv.gz"])
def test_named_places_are_read_with_all_their_labels(tmp_path: Path, name: str) -> None:
    text = f"\ufeff{HEADER}Windhoek,NA,-22.56,17.08,\nKöln,DE,50.93,6.95,Cologne| Köln |Keulen|\n"
    places, aside = read_named_places(written(tmp_path, text, name))
    assert places == [
        NamedPlace(2, ("Windhoek",), "NA", -22.56, 17.08),
        NamedPlace(3, ("Köln", "Cologne", "Keulen"), "DE", 50.93, 6.95),
    ]
    assert aside == []


def test_other_columns_are_passed_over_and_labels_may_be_missing(tmp_path: Path) -> None:
    path = written(tmp_path, "lon,population,lat,country,name\n6.95,1000,50.93,DE,Köln\n")
    assert read_named_places(path) == ([KOELN], [])


@pytest.mark.parametrize(
    ("row", "word"),
    [
        (",DE,50.93,6.95,", "no name"),
        ("Köln,DE,,6.95,", "no position"),
        ("Köln,DE", "no position"),
        ("Köln,DE,fifty,6.95,", "fifty"),
        ("Köln,DE,nan,6.95,", "nan"),
        ("Köln,DE,90.1,6.95,", "90.1"),
        ("Köln,DE,50.93,-180.5,", "180"),
    ],
)
def test_a_row_that_cannot_be_used_is_set_aside_with_its_line(
    tmp_path: Path, row: str, word: str
) -> None:
    good = "Köln,DE,50.93,6.95,\n"
    places, (aside,) = read_named_places(written(tmp_path, f"{HEADER}{good}{row}\n{good}"))
    assert [place.line for place in places] == [2, 4]
    assert aside.line == 3
    assert word in aside.sentence
    assert aside.sentence.endswith(".")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "columns_missing"),
        ("name,lat,lon\nKöln,50.93,6.95\n", "columns_missing"),
        (HEADER, "rows_missing"),
        (f"{HEADER}Köln,DE,,,\n", "rows_missing"),
        (f"{HEADER}{'x' * 200_000},DE,1,1,\n", "file_unreadable"),
    ],
)
def test_a_file_without_what_is_needed_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_named_places(written(tmp_path, text))
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("names.csv", b"name,country,lat,lon\nK\xf6ln,DE,50.93,6.95\n"),
        ("names.csv.gz", b"name,country,lat,lon\n"),
        ("names.csv.gz", gzip.compress(b"name,country,lat,lon\n" * 100, mtime=0)[:-12]),
    ],
)
def test_a_file_that_is_no_text_or_no_gzip_is_refused(
    tmp_path: Path, name: str, data: bytes
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Invalid, match="cannot be read") as caught:
        read_named_places(tmp_path / name)
    assert caught.value.code == "file_unreadable"


def test_a_path_that_leads_to_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_named_places(tmp_path / "none.csv")
    with pytest.raises(Invalid):
        read_named_places(tmp_path)


def test_every_name_of_a_place_is_asked_for(small_world: World) -> None:
    ticks: list[int] = []
    place = replace(KOELN, names=("Köln", "Cologne", "Nowhereville"))
    answers = asked(small_world, place, asked=lambda: ticks.append(1))
    assert [(answer.query, answer.rank) for answer in answers] == [
        ("Köln", 1),
        ("Cologne", 1),
        ("Nowhereville", None),
    ]
    assert [answer.is_main for answer in answers] == [True, False, False]
    assert len(ticks) == 3


def test_the_country_is_given_or_it_is_not(small_world: World) -> None:
    village = NamedPlace(2, ("London",), "DE", 52.0, 8.0)
    (given,) = asked(small_world, village)
    assert (given.rank, given.km) == (1, pytest.approx(0, abs=0.1))
    (not_given,) = asked(small_world, village, with_country=False)
    assert not_given.rank == 2
    assert not_given.first is not None
    assert not_given.first.place.country == "CA"
    assert not_given.km == pytest.approx(6_320, abs=50)


def test_a_place_without_a_country_is_asked_for_without_it_only(small_world: World) -> None:
    somewhere = replace(KOELN, country="")
    assert asked(small_world, somewhere) == []
    assert [one.rank for one in asked(small_world, somewhere, with_country=False)] == [1]


def test_the_radius_decides_what_is_right(small_world: World) -> None:
    beside = NamedPlace(2, ("Gelsenkirchen",), "DE", KOELN.lat, KOELN.lon)
    assert [one.rank for one in asked(small_world, beside, radius_km=60)] == [None]
    assert [one.rank for one in asked(small_world, beside, radius_km=70)] == [1]


def test_an_answer_without_a_position_is_wrong(small_world: World) -> None:
    village = NamedPlace(2, ("Blystavytsia",), "UA", 50.6, 30.2)
    (answer,) = asked(small_world, village, radius_km=20_037)
    assert answer.first is not None
    assert (answer.rank, answer.km) == (None, None)
    (mistake,) = measure([answer], worst=1).worst
    assert (mistake.answer, mistake.km) == ("Blystavytsia", None)


@pytest.mark.parametrize(
    ("name", "country", "word"), [("x" * 201, "DE", "201"), ("Köln", "XQ", "XQ")]
)
def test_a_refused_query_is_a_wrong_answer_with_a_sentence(
    small_world: World, name: str, country: str, word: str
) -> None:
    answers = asked(small_world, NamedPlace(7, (name,), country, 50.93, 6.95), KOELN)
    assert [answer.rank for answer in answers] == [None, 1]
    (told,) = refused(answers)
    assert told.line == 7
    assert word in told.sentence
    metrics = measure(answers, worst=5)
    assert (metrics.unanswered, metrics.names.recall_at_1) == (1, 0.5)


def test_recall_is_told_apart_for_names_and_other_labels() -> None:
    answers = [answered(0.9), answered(0.8, rank=3), answered(0.7, rank=None)]
    answers += [answered(0.9, query="Cologne"), Answer("Keulen", KOELN, 0.001)]
    metrics = measure(answers, worst=5)
    assert (metrics.names.queries, metrics.names.recall_at_1) == (3, pytest.approx(1 / 3))
    assert metrics.names.recall_at_5 == pytest.approx(2 / 3)
    assert (metrics.other_labels.queries, metrics.other_labels.recall_at_1) == (2, 0.5)
    assert (metrics.all.queries, metrics.all.recall_at_1) == (5, 0.4)
    assert metrics.unanswered == 1


def test_calibration_puts_each_score_into_its_band() -> None:
    answers = [answered(1.0), answered(0.9), answered(0.96, rank=None), answered(0.899, rank=2)]
    bands = measure(answers, worst=0).calibration
    assert [(band.low, band.answers, band.right) for band in bands if band.answers] == [
        (0.8, 1, 0),
        (0.9, 3, 2),
    ]
    assert bands[9].share_right == pytest.approx(2 / 3)
    assert bands[9].mean_score == pytest.approx((1.0 + 0.9 + 0.96) / 3)
    assert bands[0].share_right is None


def test_calibration_error_weighs_bands_by_their_answers() -> None:
    answers = [answered(0.95)] * 3 + [answered(0.35, rank=None)]
    assert measure(answers, worst=0).calibration_error == pytest.approx(0.75 * 0.05 + 0.25 * 0.35)
    perfect = [answered(0.5), answered(0.5, rank=None)]
    assert measure(perfect, worst=0).calibration_error == pytest.approx(0)


def test_times_are_told_by_their_middle_and_their_late_end() -> None:
    answers = [answered(0.9, seconds=ms / 1000) for ms in range(100, 0, -1)]
    metrics = measure(answers, worst=0)
    assert metrics.median_ms == pytest.approx(50.5)
    assert metrics.p95_ms == pytest.approx(95)


def test_worst_are_wrong_answers_with_the_highest_score_first() -> None:
    scores = [0.2, 0.9, 0.5, 0.7]
    answers = [answered(score, rank=2, query=str(score)) for score in scores]
    worst = measure([*answers, answered(1.0)], worst=3).worst
    assert [(wrong.query, wrong.score) for wrong in worst] == [
        ("0.9", 0.9),
        ("0.7", 0.7),
        ("0.5", 0.5),
    ]
    assert (worst[0].line, worst[0].country, worst[0].km) == (2, "DE", 900.0)


def test_nothing_asked_gives_no_numbers() -> None:
    metrics = measure([], worst=5)
    assert metrics.all.recall_at_1 is None
    assert metrics.median_ms is None
    assert metrics.calibration_error is None


@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.one_of(st.none(), st.integers(1, 5))), min_size=1, max_size=30
    ),
    st.randoms(use_true_random=False),
)
def test_metrics_hold_together_and_the_order_changes_nothing(
    drawn: list[tuple[float, int | None]], chance: Any
) -> None:
    answers = [answered(score, rank=rank) for score, rank in drawn]
    metrics = measure(answers, worst=0)
    assert sum(band.answers for band in metrics.calibration) == len(answers)
    right = sum(band.right for band in metrics.calibration)
    assert metrics.all.recall_at_1 == pytest.approx(right / len(answers))
    assert metrics.all.recall_at_5 is not None
    assert right / len(answers) <= metrics.all.recall_at_5
    for band in metrics.calibration:
        if band.mean_score is not None:
            assert band.low - 1e-9 <= band.mean_score <= band.high + 1e-9
    chance.shuffle(answers)
    assert same(measure(answers, worst=0), metrics)


def same(one: Metrics, other: Metrics) -> bool:
    errors = (one.calibration_error or 0.0, other.calibration_error or 0.0)
    return one.all == other.all and math.isclose(*errors, abs_tol=1e-9)
