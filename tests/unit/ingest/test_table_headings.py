"""Columns of lists of ties: recognised in four languages, in any order, and corrected."""

import pytest

from mistok.ingest.tables.headings import letter, recognise
from mistok.kernel.errors import Invalid


def fields(text, chosen=None, told=None):
    return dict(recognise(text.split(";"), chosen or {}, told or {}).understood())


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (
            "Ukrainian city;Partner city;Country;Since;Link",
            {
                "a_name": "Ukrainian city",
                "b_name": "Partner city",
                "b_country": "Country",
                "since": "Since",
                "source_url": "Link",
            },
        ),
        (
            "Громада;Місто-побратим;Країна;Вид співпраці;Дата підписання;Примітка",
            {
                "a_name": "Громада",
                "b_name": "Місто-побратим",
                "b_country": "Країна",
                "kind": "Вид співпраці",
                "date": "Дата підписання",
                "note": "Примітка",
            },
        ),
        (
            "Partnerstadt;Land;Gemeinde;Bundesland;Art der Partnerschaft;Seit",
            {
                "b_name": "Partnerstadt",
                "b_country": "Land",
                "a_name": "Gemeinde",
                "a_region": "Bundesland",
                "kind": "Art der Partnerschaft",
                "since": "Seit",
            },
        ),
        (
            "Gmina;Województwo;Miasto partnerskie;Kraj partnera;Rok podpisania",
            {
                "a_name": "Gmina",
                "a_region": "Województwo",
                "b_name": "Miasto partnerskie",
                "b_country": "Kraj partnera",
                "since": "Rok podpisania",
            },
        ),
        (
            "name1;country_1;lat 1;name2;country_2;lat 2;wikidata_2;geonames id 1",
            {
                "a_name": "name1",
                "a_country": "country_1",
                "a_lat": "lat 1",
                "b_name": "name2",
                "b_country": "country_2",
                "b_lat": "lat 2",
                "b_wikidata": "wikidata_2",
                "a_geonames": "geonames id 1",
            },
        ),
        (
            "City;Country;City;Country",
            {"a_name": "City", "a_country": "Country", "b_name": "City", "b_country": "Country"},
        ),
        ("Partner ctiy;Munincipality", {"b_name": "Partner ctiy", "a_name": "Munincipality"}),
    ],
)
def test_headings_are_recognised(headings, expected):
    assert fields(headings) == expected


def test_headings_that_mean_nothing_are_told_and_not_guessed():
    columns = recognise(["A name", "Population", "Twinned with", "Mayor"], {}, {})
    assert columns.unknown == ("Population", "Mayor")
    assert columns.missing == ()


def test_choice_by_heading_letter_or_number_goes_before_the_guess():
    headings = "City;Partner city;Country;Date"
    chosen = {"City": "b_name", "B": "a_name", "3": "a_country", "date": ""}
    assert fields(headings, chosen) == {
        "b_name": "City",
        "a_name": "Partner city",
        "a_country": "Country",
    }


def test_what_is_told_for_all_rows_needs_no_column():
    columns = recognise(["City", "Country"], {}, {"a_key": "geonames:765876"})
    assert columns.places == {"b_name": 0, "b_country": 1}
    assert columns.missing == ()


@pytest.mark.parametrize(
    ("chosen", "code"),
    [
        ({"City": "mayor"}, "field_unknown"),
        ({"City": "a_name", "2": "a_name"}, "field_twice"),
        ({"Nothing": "a_name"}, "column_unknown"),
        ({"9": "a_name"}, "column_unknown"),
        ({"Z": "a_name"}, "column_unknown"),
    ],
)
def test_choice_that_cannot_be_is_refused(chosen, code):
    with pytest.raises(Invalid) as caught:
        recognise(["City", "Partner city"], chosen, {})
    assert caught.value.code == code


def test_missing_party_is_told_with_the_columns_that_were_not_understood():
    with pytest.raises(Invalid) as caught:
        recognise(["City", "Elevation"], {}, {}).check()
    assert caught.value.code == "columns_missing"
    assert "Elevation" in str(caught.value)
    assert "b_name" in str(caught.value)


@pytest.mark.parametrize(("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_letters_of_columns(place, name):
    assert letter(place) == name
