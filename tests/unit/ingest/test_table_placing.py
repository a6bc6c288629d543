"""Places in lists: by key, by exact name in a country, never by likeness (facts D2-12)."""

import pytest

from mistok.ingest.tables.countries import country_code
from mistok.ingest.tables.placing import Placer, Said
from mistok.kernel.errors import Invalid
from mistok.registry.services import provisional_key

LVIV = "katottg:UA46060250000025047"
LUBLIN = "geonames:765876"


@pytest.fixture
def placer(world):
    return Placer()


@pytest.mark.parametrize(
    ("said", "key"),
    [
        (Said(key=LVIV), LVIV),
        (Said(key="gn765876"), LUBLIN),
        (Said(key="765876"), LUBLIN),
        (Said(key="gn702550"), LVIV),
        (Said(key="UA46060250000025047"), LVIV),
        (Said(geonames="765876"), LUBLIN),
        (Said(geonames="765876.0"), LUBLIN),
        (Said(name="Lviv", country="UA"), LVIV),
        (Said(name="Lwów", country="Ukraina"), LVIV),
        (Said(name="Лемберг", country="UA", key=LVIV), LVIV),
        (Said(name="Lublin", country="PL"), LUBLIN),
        (Said(name="Lublin", country="PL", level="region"), "iso:PL-06"),
        (Said(name="Köln", country="DE"), "geonames:2886242"),
        (Said(name="Frankfurt", country="DE", lat="52.34", lon="14,55"), "geonames:2925535"),
        (Said(name="Oleksandriia", country="UA", region="Рівненська область"),
         "katottg:UA56060430000081857"),
    ],
)  # fmt: skip
def test_place_is_settled(placer, said, key):
    assert placer.seat(said).key == key


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (Said(), "place_missing"),
        (Said(country="PL"), "place_missing"),
        (Said(name="Lublin"), "country_missing"),
        (Said(name="Lublin", country="Polska Ludowa Druga"), "country_unknown"),
        (Said(name="Köln", country="PL"), "place_unsure"),
        (Said(name="Xqwrtzxx", country="PL"), "place_unknown"),
        (Said(name="Kolnn", country="DE"), "place_unsure"),
        (Said(name="Halle", country="DE"), "place_unsure"),
        (Said(name="Springfield", country="US"), "place_unsure"),
        (Said(name="Mykolaiv", country="UA"), "place_unsure"),
        (Said(name="Чортківської міської ради", country="UA"), "place_unsure"),
        (Said(name="Lublin", country="PL", lat="54", lon="18"), "place_elsewhere"),
        (Said(name="Lublin", country="PL", lat="north", lon="18"), "position_malformed"),
        (Said(name="Lublin", country="PL", lat="100", lon="18"), "position_malformed"),
        (Said(key="geonames:1"), "key_unknown"),
        (Said(key="rubbish"), "key_unknown"),
    ],
)
def test_what_is_not_sure_is_refused(placer, said, code):
    for _time in range(2):
        with pytest.raises(Invalid) as caught:
            placer.seat(said)
        assert caught.value.code == code


def test_candidates_are_named_by_key(placer):
    with pytest.raises(Invalid) as caught:
        placer.seat(Said(name="Halle", country="DE"))
    assert "geonames:2911522" in str(caught.value)
    assert "geonames:2911522" in caught.value.details["candidates"]


def test_place_without_gazetteer_goes_by_the_name_that_people_write(placer):
    seat = placer.seat(Said(key="x:DE:rhein neckar kreis", name="Rhein-Neckar-Kreis"))
    assert seat.key == provisional_key("DE", "Rhein-Neckar-Kreis")
    assert (seat.country, seat.name, seat.is_new) == ("DE", "Rhein-Neckar-Kreis", True)


def test_grammatical_cases_count_where_they_are_allowed(world):
    said = Said(name="Чортківської міської ради", country="UA")
    assert Placer(cases=True).seat(said).key == "katottg:UA61060430000094264"


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("", ""),
        ("PL", "PL"),
        ("pl", "PL"),
        ("iso:PL", "PL"),
        ("EL", "GR"),
        ("UK", "GB"),
        ("Polen", "PL"),
        ("Республіка Польща", "PL"),
        ("Федеративна Республіка Німеччина", "DE"),
        ("Литовська Республіка", "LT"),
        ("Сполучене Королівство Великої Британії та Північної Ірландії", "GB"),
    ],
)
def test_country_is_read(world, written, code):
    assert country_code(written) == code


@pytest.mark.parametrize("written", ["Литовська Респубілка", "XX", "Europe"])
def test_country_that_is_none_is_refused(world, written):
    with pytest.raises(Invalid) as caught:
        country_code(written)
    assert caught.value.code == "country_unknown"
