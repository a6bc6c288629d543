"""Which place a party of a list is: codes and exact names, and what stays open."""

import pytest

from mistok.ingest.comparing.placing import MOST_FITS, Placer
from mistok.ingest.comparing.rows import Named

LVIV = "katottg:UA46060250000025047"


@pytest.fixture(scope="module")
def seat(world):
    placer = Placer(world)
    return lambda name, country="UA", **more: placer.seat(Named(name, country, **more))


@pytest.mark.parametrize(
    ("name", "country", "key"),
    [
        ("Lviv", "UA", LVIV),
        ("Львів", "UA", LVIV),
        ("Lemberg", "UA", LVIV),
        ("місто Львів", "UA", LVIV),
        ("City of Lviv", "UA", LVIV),
        ("Köln", "DE", "geonames:2886242"),
        ("Cologne", "DE", "geonames:2886242"),
        ("Kassel", "DE", "geonames:2892518"),
        ("Frankfurt (Oder)", "DE", "geonames:2925535"),
        ("Springfield, Illinois", "US", "geonames:4250542"),
        ("Lviv Oblast", "UA", "katottg:UA46000000000026241"),
    ],
)
def test_exact_name_in_its_country_is_the_place(seat, name, country, key):
    found = seat(name, country)
    assert (found.key, found.how) == (key, "name")


@pytest.mark.parametrize(
    ("name", "country"), [("Kolm", "DE"), ("Lvivv", "UA"), ("Köln", "PL"), ("Lviv", "")]
)
def test_likeness_and_other_countries_place_nothing(seat, name, country):
    found = seat(name, country)
    assert (found.key, found.how) == ("", "unknown")


def test_name_of_several_towns_stays_open_with_all_of_them(seat):
    found = seat("Springfield", "US")
    assert (found.key, found.how) == ("", "several")
    assert 5 < len(found.fits) <= MOST_FITS
    assert "geonames:4250542" in found.fits


@pytest.mark.parametrize(
    "beside", [{"region": "Illinois"}, {"point": (39.80, -89.64)}, {"keys": ("geonames:4250542",)}]
)
def test_region_position_or_code_settles_a_name_of_several(seat, beside):
    assert seat("Springfield", "US", **beside).key == "geonames:4250542"


def test_level_tells_the_oblast_from_its_city(seat):
    assert seat("Lviv", level="city").key == LVIV
    assert seat("Rivne Raion", level="district").key.startswith("katottg:")
    assert seat("Lviv", level="state").key == ""


def test_municipality_that_is_a_region_of_iso_is_found_as_a_city(seat):
    assert seat("Rõuge", "EE", level="city").fits[0].startswith(("iso:EE", "geonames:"))


def test_former_name_is_told_as_such_by_name_and_by_code(seat):
    by_name = seat("Artemivsk")
    assert (by_name.name, by_name.former) == ("Bakhmut", True)
    by_key = seat("Artemivsk", keys=(by_name.key,))
    assert (by_key.how, by_key.former) == ("key", True)
    assert not seat("Bakhmut", keys=(by_name.key,)).former


def test_settlement_knows_the_hromada_that_it_lies_in(seat):
    assert seat("Vynnyky").within == (LVIV,)
    assert seat("Lviv").within == ()


def test_code_that_no_gazetteer_has_is_kept_as_it_is(seat):
    found = seat("Nowhere", "DE", keys=("geonames:999999999",), point=(50.0, 8.0))
    assert (found.key, found.how, found.point) == ("geonames:999999999", "key", (50.0, 8.0))


def test_identity_is_the_key_then_the_item_then_the_words(seat):
    assert seat("Lviv").identity == LVIV
    assert seat("Nowhere County", "US", wikidata="Q5").identity == "wikidata:Q5"
    one, two = seat("Nowhere County", "US"), seat("NOWHERE county", "US", others=("x",))
    assert one.identity == two.identity == "name:US:::nowhere county"


def test_tokens_hold_codes_places_and_names_without_empty_ones(seat):
    tokens = seat("Vynnyky", wikidata="Q7", others=("Винники",)).tokens
    assert {"wikidata:Q7", LVIV, "name:UA:vynnyky", "name:UA:винники"} < set(tokens)
    assert "" not in tokens
