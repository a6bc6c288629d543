"""Languages of countries and how near countries are by them."""

import numpy as np
import pycountry
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.kernel.errors import Invalid
from mistok.world import Languages, World, sources
from mistok.world.country_sources import languages_of, read_country_facts, read_kinship
from mistok.world.languages import Kinship, language_likeness, likeness

KINSHIP = {
    "uk": Kinship("sla", "ine"),
    "pl": Kinship("sla", "ine"),
    "de": Kinship("gem", "ine"),
    "hu": Kinship("hu", "urj"),
}


def _speaks(*official: str) -> Languages:
    return Languages(official, official)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (_speaks("uk"), _speaks("uk", "pl"), 1.0),
        (_speaks("uk", "de"), _speaks("pl", "de"), 0.75),
        (_speaks("uk"), _speaks("pl"), 0.5),
        (_speaks("uk"), _speaks("de"), 0.25),
        (_speaks("uk"), _speaks("hu"), 0.0),
        (_speaks("uk"), _speaks("xx"), 0.0),
        (_speaks("xx"), _speaks("xx"), 1.0),
        (_speaks("uk"), _speaks(), 0.0),
        (_speaks(), _speaks(), 0.0),
        (Languages((), ("de",)), _speaks("de"), 1.0),
    ],
)
def test_likeness_by_closeness(one: Languages, other: Languages, expected: float) -> None:
    assert likeness(one, other, KINSHIP) == expected
    assert likeness(other, one, KINSHIP) == expected


CODES = st.sampled_from(["uk", "pl", "de", "hu", "xx"])
COUNTRIES = st.lists(st.lists(CODES, unique=True, max_size=3), max_size=5)


@given(COUNTRIES)
def test_matrix_is_symmetric_and_holds_the_likeness(countries: list[list[str]]) -> None:
    known = [_speaks(*codes) for codes in countries]
    matrix = language_likeness(known, KINSHIP)
    assert matrix.dtype == np.float32
    assert np.array_equal(matrix, matrix.T)
    assert (np.diag(matrix) == 1).all()
    for row, one in enumerate(known):
        for column, other in enumerate(known):
            if row != column:
                assert matrix[row, column] == likeness(one, other, KINSHIP)


def test_languages_of_joins_scripts_regions_and_dialects() -> None:
    found = languages_of(["sr_Latn", "sr", "nb"], ["no", "ru-UA", "sh", "", "rom"])
    assert found == Languages(("sr", "no"), ("sr", "no", "ru", "rom"))
    assert found.first == "sr"


def test_families_are_groups_of_iso_639_5() -> None:
    groups = {family.alpha_3 for family in pycountry.language_families}
    for code, kin in read_kinship().items():
        assert kin.branch in groups | {code}
        assert kin.family in groups | {code}


def test_branches_lie_in_one_family_each() -> None:
    families: dict[str, set[str]] = {}
    for kin in read_kinship().values():
        families.setdefault(kin.branch, set()).add(kin.family)
    assert all(len(found) == 1 for found in families.values())


def test_country_facts_know_every_official_language_and_border() -> None:
    facts = read_country_facts()
    official = {code for known in facts.languages.values() for code in known.official}
    assert official <= set(facts.kinship)
    assert facts.languages["UA"].official == ("uk",)
    assert facts.languages["CH"].official == ("de", "fr", "it")
    assert facts.languages["KZ"].first == "kk"
    assert "PL" in facts.neighbours["UA"]
    assert facts.neighbours["IS"] == ()


def test_corrected_countries_exist() -> None:
    rows = sources.data_table("country_languages")
    assert {row["country"] for row in rows} <= set(sources.country_rows())
    assert all(row["official"] for row in rows)


def test_world_without_facts_knows_no_languages(small_world: World) -> None:
    assert small_world.languages("UA") == Languages()
    assert np.array_equal(small_world.columns.language_likeness, np.eye(3))
    with pytest.raises(Invalid) as refused:
        small_world.languages("XX")
    assert refused.value.code == "country_unknown"


@pytest.mark.world
@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("UA", "UA", 1.0),
        ("DE", "AT", 1.0),
        ("CH", "FR", 0.75),
        ("FI", "SE", 0.75),
        ("UA", "PL", 0.5),
        ("UA", "BG", 0.5),
        ("FR", "RO", 0.5),
        ("UA", "LT", 0.25),
        ("UA", "DE", 0.25),
        ("FI", "HU", 0.25),
        ("UA", "HU", 0.0),
        ("UA", "JP", 0.0),
    ],
)
def test_likeness_of_known_countries(
    whole_world: World, one: str, other: str, expected: float
) -> None:
    columns = whole_world.columns
    codes = columns.country_codes
    assert columns.language_likeness[codes.index(one), codes.index(other)] == expected


@pytest.mark.world
def test_languages_of_known_countries(whole_world: World) -> None:
    assert whole_world.languages("ua").official == ("uk",)
    assert whole_world.languages("BE").official == ("nl", "fr", "de")
    assert whole_world.languages("PL").spoken[0] == "pl"
