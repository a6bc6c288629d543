"""Autocomplete: whole names, importance, weights, scripts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.kernel.errors import Invalid
from mistok.world import World

BUCHA = "katottg:UA32080070000050759"
LVIV = "katottg:UA46060250000025047"
ZHYTOMYR = "katottg:UA18040190000029215"


def _keys(world: World, prefix: str, **more: object) -> list[str]:
    return [match.place.key for match in world.suggest(prefix, **more)]  # type: ignore[arg-type]


@pytest.mark.parametrize("prefix", ["Bu", "БУ", "б", "buc", "Bucz", "  буч ", "Старо", "Бучанська"])
def test_suggest_completes_any_name_in_any_script(small_world: World, prefix: str) -> None:
    assert BUCHA in _keys(small_world, prefix)


def test_suggest_lists_a_place_once_and_says_prefix(small_world: World) -> None:
    matches = small_world.suggest("bu")
    keys = [match.place.key for match in matches]
    assert len(keys) == len(set(keys))
    assert {match.matched for match in matches} == {"prefix"}
    assert all(0.0 <= match.score <= 1.0 for match in matches)


def test_suggest_larger_places_first(small_world: World) -> None:
    assert _keys(small_world, "Lon") == ["geonames:6058560", "geonames:2643743"]


def test_suggest_weights_turn_the_order(small_world: World) -> None:
    weights = np.zeros(len(small_world), np.float32)
    weights[small_world.index("geonames:2643743")] = 1.0
    assert _keys(small_world, "Lon", weights=weights)[0] == "geonames:2643743"


def test_suggest_country_and_kind_narrow(small_world: World) -> None:
    assert _keys(small_world, "Lon", country="DE") == ["geonames:2643743"]
    assert _keys(small_world, "K", country="DE", kind="city") == ["geonames:2886242"]
    assert _keys(small_world, "Bu", kind="settlement") == []


@pytest.mark.parametrize("limit", [0, 1, 2, 50])
def test_suggest_limit_is_kept(small_world: World, limit: int) -> None:
    found = _keys(small_world, "L", limit=limit)
    assert len(found) == min(limit, 2)


def test_suggest_unknown_beginning_is_an_empty_list(small_world: World) -> None:
    assert small_world.suggest("qqqq") == []
    assert small_world.suggest("...") == []
    assert small_world.suggest("’") == []


@pytest.mark.parametrize(
    ("prefix", "only", "code"),
    [
        ("", {}, "query_empty"),
        (" ", {}, "query_empty"),
        ("x" * 201, {}, "query_too_long"),
        ("Bu", {"country": "QQ"}, "country_unknown"),
        ("Bu", {"kind": "planet"}, "kind_unknown"),
    ],
)
def test_suggest_impossible_question_is_refused(
    small_world: World, prefix: str, only: dict[str, str], code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        small_world.suggest(prefix, **only)  # type: ignore[arg-type]
    assert refused.value.code == code


@given(prefix=st.text(min_size=1, max_size=60).filter(str.strip))
def test_suggest_any_text_gives_a_list_in_order(small_world: World, prefix: str) -> None:
    scores = [match.score for match in small_world.suggest(prefix)]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.world
@pytest.mark.parametrize(
    ("prefix", "key"),
    [
        ("Lvi", LVIV),
        ("Льв", LVIV),
        ("ЛЬВІ", LVIV),
        ("Lemberg", LVIV),
        ("Жит", ZHYTOMYR),
        ("Zhyt", ZHYTOMYR),
        ("Schyto", ZHYTOMYR),
        ("Kyi", "katottg:UA80000000000093317"),
        ("Chervonohr", "katottg:UA46120130000026331"),
        ("القاه", "geonames:360630"),
        ("القدس", "geonames:281184"),
        ("دمش", "geonames:170654"),
        ("東京", "geonames:1850147"),
        ("st pe", "geonames:498817"),
        ("Saint Pe", "geonames:498817"),
        ("Berlin", "geonames:2950159"),
        ("Wars", "geonames:756135"),
        ("Варш", "geonames:756135"),
        ("Буч", BUCHA),
    ],
)
def test_suggest_in_the_whole_world(whole_world: World, prefix: str, key: str) -> None:
    assert _keys(whole_world, prefix)[0] == key


@pytest.mark.world
@pytest.mark.parametrize("prefix", ["a", "s", "б", "San", "Saint", "ber", "В", "م", "新"])
def test_suggest_a_full_list_of_different_places(whole_world: World, prefix: str) -> None:
    keys = _keys(whole_world, prefix, limit=20)
    assert len(keys) == len(set(keys)) == 20
    assert keys[:5] == _keys(whole_world, prefix, limit=5)


@pytest.mark.world
def test_suggest_whole_names_come_first(whole_world: World) -> None:
    assert _keys(whole_world, "Lviv")[:1] == [LVIV]
    # Buchach has more names that begin so; Bucha is the whole name.
    assert _keys(whole_world, "Bucha", country="UA")[0] == BUCHA
    longer = whole_world.suggest("Buch", country="UA")
    whole = whole_world.suggest("Bucha", country="UA")
    assert whole[0].score > next(m.score for m in longer if m.place.key == BUCHA)


@pytest.mark.world
def test_suggest_ties_lift_a_place(whole_world: World) -> None:
    weights = np.zeros(len(whole_world), np.float32)
    weights[whole_world.index(ZHYTOMYR)] = 0.4
    assert _keys(whole_world, "Zhy", weights=weights)[0] == ZHYTOMYR


@pytest.mark.world
def test_suggest_country_leaves_others_out(whole_world: World) -> None:
    matches = whole_world.suggest("Ber", country="PL")
    assert {match.place.country for match in matches} == {"PL"}
