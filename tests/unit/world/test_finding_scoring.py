"""Scores: probabilities from points, and weights that say what they should."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.world import World
from mistok.world.finding import scoring
from mistok.world.finding.answers import GUESSED, Match, Resolution, Verdict
from mistok.world.finding.contexts import Anchor
from mistok.world.finding.scoring import (
    FEATURES,
    MATCHED,
    Candidates,
    Way,
    chances,
    country_points,
    features,
    measures,
    points,
    weights,
)
from mistok.world.model import NameKind

POINTS = st.lists(st.floats(-60, 60), max_size=30).map(np.array)
WEIGHTS = weights()


@given(total=POINTS)
def test_chances_sum_below_one_with_none_of_these(total: np.ndarray) -> None:
    likely = chances(total)
    assert ((likely >= 0) & (likely <= 1)).all()
    top = max(0.0, total.max(initial=0.0))
    none = np.exp(-top) / (np.exp(total - top).sum() + np.exp(-top))
    assert likely.sum() + none == pytest.approx(1.0)


@given(total=POINTS.filter(len))
def test_chances_are_in_the_order_of_points(total: np.ndarray) -> None:
    likely = chances(total)
    order = np.argsort(total)
    assert (np.diff(likely[order]) >= 0).all()


def test_chances_of_no_points_are_even_with_none_of_these() -> None:
    assert chances(np.array([0.0])).tolist() == [0.5]
    assert chances(np.zeros(3)).tolist() == [0.25] * 3
    assert chances(np.array([])).tolist() == []


def test_chances_of_very_high_points_do_not_overflow() -> None:
    assert chances(np.array([2000.0, 1000.0])).tolist() == [1.0, 0.0]
    assert chances(np.array([-2000.0])).tolist() == [0.0]


def test_weights_file_is_complete_and_of_known_features() -> None:
    path = Path(scoring.__file__).parent / "data" / "weights.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        named = [row["feature"] for row in csv.DictReader(lines)]
    assert named == list(FEATURES)
    assert len(set(FEATURES)) == len(FEATURES)
    assert np.isfinite(list(weights().values())).all()


@pytest.mark.parametrize(
    "feature",
    ["size", "context agrees", "level agrees", "country given", "length, found by a guess"],
)
def test_weight_speaks_for_the_place(feature: str) -> None:
    assert WEIGHTS[feature] > 0


@pytest.mark.parametrize(
    "feature",
    [
        "by an alias",
        "by a former name",
        "by a foreign spelling",
        "other accents",
        "context disagrees",
        "level disagrees",
        "settlement of a hromada",
    ],
)
def test_weight_never_speaks_for_the_place(feature: str) -> None:
    assert WEIGHTS[feature] <= 0


@pytest.mark.parametrize(
    ("surer", "bolder"),
    [
        (Way.NAME, Way.FORMER),
        (Way.NAME, Way.ALIAS),
        (Way.NAME, Way.INFLECTED),
        (Way.NAME, Way.SOUND),
        (Way.INFLECTED, Way.ADJECTIVE),
        (Way.SOUND, Way.TYPO),
        (Way.TYPO, Way.TYPOS),
        (Way.PART_OF, Way.PART),
        (Way.PART_OF, Way.PARENT),
        (Way.TYPO, Way.PARTIAL),
    ],
)
def test_surer_ways_weigh_more(surer: Way, bolder: Way) -> None:
    assert _typical(surer) > _typical(bolder)


def _typical(way: Way) -> float:
    """The points of a way for a town of ten thousand people with a name of eight letters."""
    total = WEIGHTS[f"way {way.name.lower()}"]
    if way > Way.SPELLING:
        total += 4.0 * WEIGHTS["size, found by a guess"]
        total += 0.5 * WEIGHTS["length, found by a guess"]
    if way == Way.SOUND:
        total += 4.0 * WEIGHTS["size, found by sound"]
    return total


def test_size_counts_for_a_guess_too() -> None:
    assert WEIGHTS["size"] + WEIGHTS["size, found by a guess"] > 0


def test_every_way_is_told_in_words_of_the_answer() -> None:
    assert set(MATCHED) == set(Way)
    guesses = {way for way in Way if MATCHED[way] in GUESSED}
    derived = {Way.SOUND, Way.TYPO, Way.TYPOS, Way.PARTIAL, Way.PREFIX, Way.PARENT, Way.PART_OF}
    assert derived == guesses


def test_country_points_are_of_countries_and_moderate(small_world: World) -> None:
    known = country_points()
    assert {"UA", "DE", "PL"} <= set(known)
    assert all(len(code) == 2 and code.isupper() for code in known)
    assert all(abs(value) <= 4 for value in known.values())


def _row(world: World, key: str, way: Way, **more: object) -> dict[str, float]:
    found = Candidates.found(np.array([world.index(key)]), way, np.array([int(NameKind.ALIAS)]))
    measured = list(
        measures(
            found,
            world.columns,
            more.get("levels", ()),  # type: ignore[arg-type]
            more.get("anchors", ()),  # type: ignore[arg-type]
            name=str(more.get("name", "bucha")),
            in_country=bool(more.get("in_country")),
        )
    )
    row = features(found, measured)
    assert row.shape == (1, len(FEATURES))
    # What the product adds up is what the training fits.
    by_hand = row @ np.array([WEIGHTS[feature] for feature in FEATURES])
    assert points(found, measured) == pytest.approx(by_hand)
    return dict(zip(FEATURES, row[0].tolist(), strict=True))


UNASKED = [feature for feature in FEATURES if feature.endswith("unasked")]
BUCHA = "katottg:UA32080070000050759"


def test_features_mark_one_way_and_the_kind_of_name_of_a_guess(small_world: World) -> None:
    row = _row(small_world, BUCHA, Way.TYPO)
    assert [name for name in FEATURES if name.startswith("way ") and row[name]] == ["way typo"]
    assert row["by an alias"] == 1.0
    assert row["by a former name"] == row["by a foreign spelling"] == 0.0
    assert row["size, found by a guess"] == row["size"] > 0
    exact = _row(small_world, BUCHA, Way.NAME)
    assert exact["by an alias"] == exact["size, found by a guess"] == 0.0


def test_features_of_a_level(small_world: World) -> None:
    agrees = _row(small_world, BUCHA, Way.NAME, levels=("municipality",))
    assert (agrees["level agrees"], agrees["level disagrees"]) == (1.0, 0.0)
    disagrees = _row(small_world, BUCHA, Way.NAME, levels=("region",))
    assert (disagrees["level agrees"], disagrees["level disagrees"]) == (0.0, 1.0)
    unasked = _row(small_world, BUCHA, Way.NAME)
    assert (unasked["level agrees"], unasked["level disagrees"]) == (0.0, 0.0)
    oblast = _row(small_world, "iso:UA-32", Way.NAME)
    assert [name for name in UNASKED if oblast[name]] == [UNASKED[0]]
    asked = _row(small_world, "iso:UA-32", Way.NAME, levels=("region",))
    assert not any(asked[name] for name in UNASKED)


def test_features_of_contexts(small_world: World) -> None:
    ukraine = Anchor((small_world.index("iso:UA"),))
    germany = Anchor((small_world.index("iso:DE"),))
    joined = Anchor((small_world.index("iso:DE"),), joined=True)
    row = _row(small_world, BUCHA, Way.NAME, anchors=(ukraine, germany, joined))
    assert (row["context agrees"], row["context disagrees"]) == (1.0, 1.0)


def test_features_of_length_alphabet_and_country(small_world: World) -> None:
    short = _row(small_world, BUCHA, Way.TYPO, name="bukha")
    long = _row(small_world, BUCHA, Way.TYPO, name="буча" * 9, in_country=True)
    assert short["length, found by a guess"] == 5 / 16
    assert long["length, found by a guess"] == 1.0
    assert (short["Cyrillic, found by a guess"], long["Cyrillic, found by a guess"]) == (0, 1)
    assert (short["country given"], long["country given"]) == (0, 1)


def test_candidates_together_and_kept() -> None:
    one = Candidates.found(np.array([1, 2]), Way.TYPO)
    both = Candidates.together([one, Candidates.found(np.array([3]), Way.NAME), Candidates.none()])
    assert both.places.tolist() == [1, 2, 3]
    assert both.ways.tolist() == [Way.TYPO, Way.TYPO, Way.NAME]
    assert both.kept(both.ways == Way.TYPO).places.tolist() == [1, 2]


def _resolution(world: World, score: float, matched: str) -> Verdict:
    return Resolution((Match(world.get(BUCHA), score, matched),)).verdict


@pytest.mark.parametrize("matched", sorted(GUESSED))
def test_verdict_of_a_guess_is_never_sure(small_world: World, matched: str) -> None:
    assert _resolution(small_world, 1.0, matched) == Verdict.PROBABLY


def test_verdict_by_score(small_world: World) -> None:
    said = [_resolution(small_world, score, "exact") for score in (0.9, 0.89, 0.6, 0.59, 0.15)]
    assert said == ["sure", "probably", "probably", "ask", "ask"]
    assert _resolution(small_world, 0.14, "typo") == Verdict.NONE
    assert Resolution(()).verdict == Verdict.NONE
    assert Resolution(()).best is Resolution(()).runner_up is None
