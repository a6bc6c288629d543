"""Places are found under the names they bore, with the day of the renaming."""

import pytest

from mistok.world import World, sources
from mistok.world.finding.answers import Match
from mistok.world.folding import fold

pytestmark = pytest.mark.world

UKRAINE = [row for row in sources.data_table("renamings_ua") if row["date"]]
ABROAD = [row for row in sources.data_table("renamings") if row["date"]]

# Towns to which GeoNames still gives the old name: it is found as a name of today.
STILL_NAMED = {
    "geonames:2937959",
    "geonames:3034111",
    "geonames:3023953",
    "geonames:3020964",
    "geonames:3004630",
    "geonames:2990056",
    "geonames:3028215",
    "geonames:2975314",
    "geonames:2967972",
    "geonames:3019256",
    "geonames:1278149",
    "geonames:2523578",
    "geonames:963516",
    "geonames:1000501",
}


def _match(found: list[Match], key: str) -> Match | None:
    return next((match for match in found if match.place.key == key), None)


def test_tables_hold_hundreds_of_renamings_with_a_date() -> None:
    assert len(UKRAINE) > 300
    assert len(ABROAD) > 180


def test_units_of_ukraine_are_found_under_their_former_names(whole_world: World) -> None:
    wrong = []
    for row in UKRAINE:
        key = whole_world.canonical(f"katottg:{row['katottg']}")
        # Where only the hromada was called otherwise, its name.
        name = row["former"] or f"{row['former_hromada']} громада"
        match = _match(whole_world.find(name, country="UA", limit=200), str(key))
        date = match.renaming.date if match and match.renaming else None
        if date != row["date"]:
            wrong.append((name, row["centre"], row["date"], match and match.matched))
    assert wrong == []


def test_places_abroad_are_found_under_their_former_names(whole_world: World) -> None:
    wrong = []
    for row in ABROAD:
        place = whole_world.get(row["key"])
        found = whole_world.find(row["former"], country=place.country, limit=200)
        match = _match(found[:3], place.key)
        date = match.renaming.date if match and match.renaming else None
        if date != row["date"] and place.key not in STILL_NAMED:
            wrong.append((row["former"], place.name, row["date"], match and match.matched))
    assert wrong == []


@pytest.mark.parametrize("key", sorted(STILL_NAMED))
def test_places_that_geonames_still_calls_so_are_found_at_once(
    whole_world: World, key: str
) -> None:
    place = whole_world.get(key)
    row = next(row for row in ABROAD if row["key"] == key)
    assert fold(row["former"]) in map(fold, (place.name, place.local_name, *place.names))
    best = whole_world.find(row["former"], country=place.country)[0]
    assert (best.place.key, best.matched) == (key, "exact")


@pytest.mark.parametrize(
    ("name", "key", "date"),
    [
        ("Chervonohrad", "katottg:UA46120130000026331", "2024-09-26"),
        ("Червоноград", "katottg:UA46120130000026331", "2024-09-26"),
        ("Novohrad-Volynskyi", "katottg:UA18080150000022496", "2022"),
        ("Dnipropetrovsk", "katottg:UA12020010000033698", "2016-05-19"),
        ("Kirovohrad", "katottg:UA35040210000014072", "2016-07-14"),
        ("Кіровоград", "katottg:UA35040210000014072", "2016-07-14"),
        ("Dniprodzerzhynsk", "katottg:UA12040150000015189", "2016-06-03"),
        ("Artemivsk", "katottg:UA14020010000088496", "2016-02-18"),
        ("Illichivsk", "katottg:UA51100370000040590", "2016-02-18"),
        ("Красноград", "katottg:UA63060050000033240", "2024-09-26"),
        ("Pereyaslav-Khmelnytskyi", "katottg:UA32040110000047477", "2019"),
        ("Stanislau", "katottg:UA26040190000081578", "1962"),
        ("Nazareth Illit", "geonames:294097", "2019"),
    ],
)
def test_well_known_former_name_is_first_with_its_date(
    whole_world: World, name: str, key: str, date: str
) -> None:
    best = whole_world.find(name)[0]
    assert (best.place.key, best.matched) == (key, "former name")
    assert best.renaming is not None
    assert best.renaming.date.startswith(date)


def test_table_names_each_former_name_once_for_a_unit() -> None:
    pairs = [(row["katottg"], row["former"], row["former_hromada"]) for row in UKRAINE]
    assert len(pairs) == len(set(pairs))
