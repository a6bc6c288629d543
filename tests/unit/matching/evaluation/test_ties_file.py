"""Files of ties: each way to say which place is meant, and lines that are told and set aside."""

import gzip

import pytest

from mistok.kernel.errors import Invalid, NotFound
from mistok.matching.evaluation.ties_file import read_ties

pytestmark = pytest.mark.world

KOELN, BUCHA = "geonames:2886242", "geonames:711390"


@pytest.fixture
def read(world, tmp_path):
    """Read a file of these lines; gives pairs of keys, years, early, and the lines set aside."""

    def reading(*lines, name="ties.csv"):
        path = tmp_path / name
        text = "\n".join(lines) + "\n"
        path.write_bytes(gzip.compress(text.encode()) if name.endswith(".gz") else text.encode())
        ties, aside = read_ties(path, world)
        keys = [tuple(sorted(world.key_at(end) for end in pair)) for pair in ties.ends.tolist()]
        return (
            keys,
            ties.year.tolist(),
            ties.early.tolist(),
            [(row.line, row.sentence) for row in aside],
        )

    return reading


def key(world, name):
    return world.get(name).key


@pytest.mark.parametrize("name", ["ties.csv", "ties.csv.gz"])
def test_ends_are_told_by_key_node_or_name(world, read, name):
    pair = tuple(sorted((key(world, KOELN), key(world, BUCHA))))
    columns = "key_1,node_id_1,name_1,country_1,lat_1,lon_1,key_2"
    for told in (f"{KOELN},,,,,", ",gn2886242,,,,", ",,Köln,DE,,", ",,Köln,DE,50.9,6.9"):
        keys, years, early, aside = read(columns, f"{told},{BUCHA}", name=name)
        assert (keys, years, early, aside) == ([pair], [0], [False], [])


def test_node_without_a_number_of_geonames_is_told_by_its_name(world, read):
    keys, *_ = read("node_id_1,name_1,country_1,key_2", f"x:DE:Köln,Köln,DE,{BUCHA}")
    assert key(world, KOELN) in keys[0]
    keys, *_ = read("node_id_1,name_1,country_1,key_2", f"gn1,Köln,DE,{BUCHA}")
    assert key(world, KOELN) in keys[0]


def test_name_with_a_position_is_the_place_that_is_near(world, read):
    columns = "name_1,country_1,lat_1,lon_1,key_2"
    keys, _, _, aside = read(
        columns, f"Frankfurt,DE,52.34,14.55,{BUCHA}", f"Frankfurt,DE,0,0,{BUCHA}"
    )
    (pair,) = keys
    foreign = next(one for one in pair if one != key(world, BUCHA))
    assert world.get(foreign).name.startswith("Frankfurt (Oder)")
    assert [line for line, _ in aside] == [3]


def test_name_of_a_land_and_a_town_is_the_town_at_the_position(world, read):
    # The land called so is known better, but no municipality, though the position lies within.
    assert not world.resolve("Luxembourg").matches[0].place.is_municipality
    columns = "name_1,country_1,lat_1,lon_1,key_2"
    (pair,), *_ = read(columns, f"Luxembourg,,49.61,6.13,{BUCHA}")
    (town,) = (world.get(one) for one in pair if one != key(world, BUCHA))
    assert (town.country, town.is_municipality, town.name) == ("LU", True, "Luxembourg")


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("Nowhereville,DE,Köln,DE", "“Nowhereville” (DE) is not known for sure"),
        ("Nowhereville,,Köln,DE", "“Nowhereville” (country not given) is not known for sure"),
        (",,Köln,DE", "is not known for sure"),
        ("Köln,DE,Cologne,DE", "Both ends are the same municipality."),
        ("Köln,DE", "is not known for sure"),
    ],
)
def test_lines_that_cannot_be_used_are_told(read, line, sentence):
    good = "Köln,DE,Kryvyi Rih,UA"
    keys, _, _, aside = read("name_1,country_1,name_2,country_2", good, line, good)
    assert len(keys) == 1
    assert [number for number, _ in aside] == [3]
    assert sentence in aside[0][1]


def test_places_that_are_no_municipality_are_told_each_time(read):
    *_, aside = read("key_1,key_2", f"{KOELN},{BUCHA}", f"{KOELN},iso:UA", f"iso:UA,{BUCHA}")
    assert [number for number, _ in aside] == [3, 4]
    assert {sentence for _, sentence in aside} == {
        "Ukraine is not a municipality, and only such are ranked."
    }


def test_pairs_told_twice_count_once_with_the_first_year(read):
    keys, years, early, _ = read(
        "key_1,key_2,since_year,sources",
        f"{KOELN},{BUCHA},2023,",
        f"{BUCHA},{KOELN},1999,",
        f"{KOELN},{BUCHA},,wp2026",
    )
    assert (len(keys), years, early) == (1, [1999], [True])


@pytest.mark.parametrize(
    ("year", "sources", "told"),
    [
        ("2021", "", (2021, True)),
        ("2022", "wp2014", (2022, False)),
        ("", "wp2026|rgre2015", (0, True)),
        ("", "wp2026", (0, False)),
        ("about 1990", "", (0, False)),
    ],
)
def test_early_is_by_year_and_else_by_the_lists(read, year, sources, told):
    _, years, early, _ = read("key_1,key_2,since_year,sources", f"{KOELN},{BUCHA},{year},{sources}")
    assert (years[0], early[0]) == told


def test_early_stays_known_from_an_earlier_line(read):
    lines = (f"{KOELN},{BUCHA},wd2016", f"{KOELN},{BUCHA},wp2026")
    for order in (lines, lines[::-1]):
        assert read("key_1,key_2,sources", *order)[2] == [True]


def test_files_that_cannot_be_used_are_refused(world, read, tmp_path):
    with pytest.raises(NotFound) as missing:
        read_ties(tmp_path / "none.csv", world)
    with pytest.raises(Invalid) as columns:
        read("key_1,town", f"{KOELN},Bucha")
    with pytest.raises(Invalid) as rows:
        read("key_1,key_2", f"{KOELN},{KOELN}")
    codes = [refused.value.code for refused in (missing, columns, rows)]
    assert codes == ["file_missing", "columns_missing", "rows_missing"]
    assert "1 lines were set aside" in str(rows.value)


def test_ties_can_be_chosen_and_taken_out(world, tmp_path):
    path = tmp_path / "ties.csv"
    path.write_text(f"key_1,key_2,since_year\n{KOELN},{BUCHA},2023\n{KOELN},geonames:706483,1990\n")
    ties, _ = read_ties(path, world)
    assert ties.recent.tolist() == [True, False]
    rest = ties.without(ties.some(ties.recent))
    assert (len(rest), rest.year.tolist(), rest.early.tolist()) == (1, [1990], [True])
