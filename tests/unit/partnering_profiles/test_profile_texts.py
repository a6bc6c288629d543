"""Free text of a profile: what wartime forbids is found, ordinary prose is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.partnering.profiles.texts import LONGEST, text_problem

PLACES = [
    "We lie at 50.2547, 28.6587.",
    "50,2547; 28,6587",
    "-33.8688 151.2093",
    "50.254N 28.658E",
    "50°15′ north",
    "50 ° 15",
    "50.25° N",
    "５０.２５４７, ２８.６５８７",
    "٥٠.٢٥٤٧, ٢٨.٦٥٨٧",
    "50.2547\u200b, 28.6587",
    "36U UA 12345 67890",
    "see 9GFX7M3P+2R",
    "https://maps.example.org/x",
    "goo.gl/abc",
    "example.org/maps/place",
    "what3words",
]
EMAILS = [
    "Write to mayor@zt-rada.gov.ua",
    "міський.голова @ місто.укр",
    "mayor (at) example.org",
    "mayor [ат] example.org",
    "a\u200b@b.c",
]
PHONES = [
    "+380 412 48-12-12",
    "+49 (0)231 50-0 11",
    "Call 0412 48 12 12",
    "(0231) 5022111",
    "0231/50-22111",
    "067-123-45-67",
    "380671234567",
    "тел. 48-12-12",
    "Viber: 48 12 12",
    "0049 231 5022111",
    "１０ and ＋３８０６７１２３４５６７",
]
PROSE = [
    "",
    "A city of 261 624 inhabitants, founded in 884.",
    "Population 1 234 567; budget 2 500 000 000 UAH in 2021-2025.",
    "Partners since 01.02.2023 and 2023-02-23, and 04/05/2024.",
    "From 24.02.2022 to 31.12.2024 we took in 12 000 people.",
    "Open 08:00-17:00, at 25 °C; 3,5 % unemployment; 1.25 million.",
    "EU-funded, Interreg VI-A 2021-2027; ISO 9001; E40; M06.",
    "A4 paper, 12.5 km of river, 3.14, 100.000 trees, 1,000.50 t.",
    "Місто машинобудівників; тепломережі, водоканал; телемарафон 2022.",
    "@zhytomyr on social networks",
    "Agreements of 2023-02-23, 2024-01-01 and 2025-03-04 2026-05-06.",
    "Mapping of needs; a map of the roads; our telephone museum of 1911.",
    "Between 10 000, 20 000 and 30 000 trees.",
]


def word_of(text):
    """Which refusal it is, by a word that only it has."""
    told = text_problem(text)
    assert told == "" or told.endswith(".")
    words = {"coordinates": "place", "e-mail": "email", "telephone": "phone"}
    return next((name for word, name in words.items() if word in told), told)


@pytest.mark.parametrize("text", PLACES)
def test_coordinates_and_map_links_are_refused(text):
    assert word_of(text) == "place"


@pytest.mark.parametrize("text", EMAILS)
def test_email_addresses_are_refused(text):
    assert word_of(text) == "email"


@pytest.mark.parametrize("text", PHONES)
def test_telephone_numbers_are_refused(text):
    assert word_of(text) == "phone"


@pytest.mark.parametrize("text", PROSE)
def test_ordinary_prose_is_kept(text):
    assert text_problem(text) == ""


@given(st.floats(-89, 89), st.floats(-179, 179), st.sampled_from([", ", " ", ";", " / "]))
def test_every_decimal_coordinate_is_found_in_the_middle_of_a_text(lat, lon, mark):
    assert word_of(f"here {lat:.4f}{mark}{lon:.4f} it is") == "place"


@given(st.text(max_size=1_200))
def test_any_text_gets_an_answer(text):
    told = text_problem(text)
    assert told == "" or told.endswith(".")


def test_text_is_measured_in_letters():
    assert text_problem("ї" * LONGEST) == ""
    assert "1001" in text_problem("ї" * (LONGEST + 1))


@pytest.mark.parametrize("text", ["a\x00b", "a\x1bb", "\ud800"])
def test_signs_that_cannot_be_read_are_refused(text):
    assert "cannot be read" in text_problem(text)


def test_lines_and_tabs_are_signs_like_others():
    assert text_problem("one\r\ntwo\tthree") == ""
