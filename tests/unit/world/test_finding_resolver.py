"""Resolving in a small world: what a place's score is made of, and what is told of it."""

from pathlib import Path

import pytest

from mistok.kernel.errors import Invalid, NotFound
from mistok.world import World
from mistok.world.building import write_world
from mistok.world.gather import Gathered
from mistok.world.model import NameKind, PlaceRecord, Renaming

KOELN, LONDON_DE, LONDON_CA = "geonames:2886242", "geonames:2643743", "geonames:6058560"
BUCHA = "katottg:UA32080070000050759"


def _town(number: int, name: str, *names: str, people: int = 50_000) -> PlaceRecord:
    return PlaceRecord(
        f"geonames:{number}",
        name,
        name,
        "DE",
        "municipality",
        people,
        51.0,
        7.0 + number / 100,
        parent="iso:DE",
        is_municipality=True,
        names=[(other, NameKind.ALIAS) for other in names],
    )


def _world(folder: Path, *towns: PlaceRecord) -> World:
    country = PlaceRecord("iso:DE", "Germany", "Deutschland", "DE", "country", 83_000_000)
    folder.mkdir(exist_ok=True)
    write_world(folder, Gathered([country, *towns], []))
    return World.open(folder)


@pytest.mark.parametrize("query", ["Butcha", "Bucxa", "Butscha", "Buča", "Butschi"])
def test_more_spellings_of_a_place_never_make_it_less_likely(tmp_path: Path, query: str) -> None:
    few = _world(tmp_path / "few", _town(1, "Bucha", "Bucza"))
    many = _world(tmp_path / "many", _town(1, "Bucha", "Bucza", "Bucsha", "Boutcha", "Butsha"))
    scores = [sum(match.score for match in world.find(query)) for world in (few, many)]
    assert 0 < scores[1] >= scores[0]


def test_a_sole_place_is_as_likely_by_sound_as_its_points_say(tmp_path: Path) -> None:
    spellings = [f"{first}{last}" for first in ("Bu", "Bou") for last in ("cza", "tscha", "sha")]
    crowd = _world(tmp_path / "crowd", _town(1, "Bucha", *spellings))
    alone = _world(tmp_path / "alone", _town(1, "Bucha"))
    assert crowd.find("Butchya")[0].score >= alone.find("Butchya")[0].score


def test_scores_of_different_places_share_what_there_is(tmp_path: Path) -> None:
    world = _world(tmp_path, _town(1, "Halle"), _town(2, "Halle"), _town(3, "Halle", people=90_000))
    found = world.find("Halle")
    assert [match.place.key for match in found] == ["geonames:3", "geonames:1", "geonames:2"]
    assert found[1].score == found[2].score < found[0].score
    assert sum(match.score for match in found) <= 1.0001


def test_the_surest_way_in_which_a_place_was_found_is_told(tmp_path: Path) -> None:
    town = _town(1, "Mirne", "Mirne Selo", people=0)
    town.add(NameKind.FORMER, "Тельманове", "Telmanove")
    town.renamings.append(Renaming("Тельманове", "2016-05-12", "act"))
    world = _world(tmp_path, town)
    for query in ("Тельманове", "Telmanove", "ТЕЛЬМАНОВЕ", "с. Тельманове"):
        match = world.find(query)[0]
        assert (match.matched, match.renaming) == ("former name", town.renamings[0]), query


def test_a_name_of_today_tells_no_renaming(tmp_path: Path) -> None:
    town = _town(1, "Mirne")
    town.add(NameKind.FORMER, "Telmanove")
    town.renamings.append(Renaming("Telmanove", "2016"))
    assert _world(tmp_path, town).find("Mirne")[0].renaming is None


def test_of_several_renamings_the_one_that_ended_the_name_is_told(tmp_path: Path) -> None:
    town = _town(1, "Donezk")
    town.add(NameKind.FORMER, "Stalino", "Juzowka", "Trotzk")
    town.renamings += [Renaming("Юзівка", "1924"), Renaming("Stalino", "1961")]
    world = _world(tmp_path, town)
    told = [world.find(name)[0].renaming for name in ("Stalino", "Juzowka")]
    assert told == [town.renamings[1], town.renamings[0]]


def test_a_former_name_without_a_record_tells_no_renaming(tmp_path: Path) -> None:
    town = _town(1, "Donezk")
    town.add(NameKind.FORMER, "Trotzk")
    match = _world(tmp_path, town).find("Trotzk")[0]
    assert (match.matched, match.renaming) == ("former name", None)


def test_among_asker_and_near_colour_the_answer(small_world: World) -> None:
    def best(**colour: object) -> str:
        return small_world.find("London", **colour)[0].place.key  # type: ignore[arg-type]

    assert best() == LONDON_CA
    assert best(near=KOELN) == best(among=[KOELN, "iso:DE", "geonames:2921466"]) == LONDON_DE
    plain = {match.place.key: match.score for match in small_world.find("London")}
    asked = {match.place.key: match.score for match in small_world.find("London", asker="de")}
    assert asked[LONDON_DE] > plain[LONDON_DE]
    assert asked[LONDON_CA] < plain[LONDON_CA]


def test_a_place_without_position_colours_nothing_by_distance(small_world: World) -> None:
    plain = [(match.place.key, match.score) for match in small_world.find("London")]
    near = [(m.place.key, m.score) for m in small_world.find("London", near="iso:UA")]
    assert near == plain


def test_colours_that_do_not_exist_are_refused(small_world: World) -> None:
    with pytest.raises(Invalid) as refused:
        small_world.find("London", asker="QQ")
    assert refused.value.code == "country_unknown"
    with pytest.raises(NotFound) as unknown:
        small_world.find("London", among=["geonames:1"])
    assert unknown.value.code == "place_unknown"


def test_find_together_gives_a_list_for_each_name(small_world: World) -> None:
    found = small_world.find_together(["Köln", "", "London", " ", "Gelsenkirchen", "qqqqqqqq"])
    assert [bool(matches) for matches in found] == [True, False, True, False, True, False]
    assert found[2][0].place.key == LONDON_DE
    assert small_world.find_together([]) == []


def test_find_together_of_names_that_are_all_unclear_is_as_alone(tmp_path: Path) -> None:
    world = _world(tmp_path, _town(1, "Halle"), _town(2, "Halle"))
    assert world.find_together(["Halle", "Halle"]) == [world.find("Halle")] * 2


def test_country_of_several_codes(small_world: World) -> None:
    assert [m.place.key for m in small_world.find("London", country=" de ")] == [LONDON_DE]


@pytest.mark.parametrize(
    ("kind", "found"),
    [("region", False), ("city", True), ("town", True), ("hromada", True), ("HROMADA", True)],
)
def test_kinds_in_words_of_the_field(small_world: World, kind: str, found: bool) -> None:
    keys = [match.place.key for match in small_world.find("Bucha", kind=kind)]
    assert (BUCHA in keys) is found


def test_answer_as_json_tells_renaming_and_part(tmp_path: Path) -> None:
    town = _town(1, "Mirne")
    town.add(NameKind.FORMER, "Telmanove")
    town.renamings.append(Renaming("Telmanove", "2016", "act", "https://example.org/", True))
    shape = _world(tmp_path, town).find("Telmanove")[0].as_json()
    assert shape["renamed"] == {
        "former": "Telmanove",
        "date": "2016",
        "act": "act",
        "address": "https://example.org/",
        "verified": True,
    }
    assert "part" not in shape


def test_answer_as_json_tells_the_part(tmp_path: Path) -> None:
    city, suburb = _town(1, "Antwerp", people=500_000), _town(2, "Ekeren", people=20_000)
    best = _world(tmp_path, city, suburb).find("Antwerp – Ekeren")[0]
    assert (best.place.key, best.matched) == ("geonames:1", "part of")
    assert best.as_json()["part"].lower() == "ekeren"
    assert "renamed" not in best.as_json()
