"""Days, numbers, money and lists as each language writes them; checked against style guides."""

import datetime
from decimal import Decimal

import pytest

from mistok.papers.wording import (
    bare_number,
    begun,
    day_in_words,
    joined,
    languages_in_words,
    money_in_words,
    number_in_words,
    typeset,
)


def plain(text):
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "9 лютого 2023 року"),
        ("en", "9 February 2023"),
        ("de", "9. Februar 2023"),
        ("pl", "9 lutego 2023 r."),
        ("fr", "9 février 2023"),
    ],
)
def test_day_is_written_as_the_language_writes_it(language, words):
    assert plain(day_in_words(datetime.date(2023, 2, 9), language)) == words


def test_first_of_a_month_is_ordinal_in_french_only():
    day = datetime.date(2026, 3, 1)
    assert plain(day_in_words(day, "fr")) == "1er mars 2026"
    assert plain(day_in_words(datetime.date(2026, 3, 11), "fr")) == "11 mars 2026"
    assert plain(day_in_words(day, "en")) == "1 March 2026"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "20 000,50 EUR"),
        ("en", "EUR 20,000.50"),
        ("de", "20.000,50 EUR"),
        ("pl", "20 000,50 EUR"),
        ("fr", "20 000,50 EUR"),
    ],
)
def test_money_bears_the_code_of_its_currency(language, words):
    assert plain(money_in_words(Decimal("20000.5"), "EUR", language)) == words


def test_money_in_whole_has_no_cents():
    assert plain(money_in_words(Decimal("20000.00"), "UAH", "uk")) == "20 000 UAH"


def test_number_keeps_all_its_decimals():
    assert plain(number_in_words(Decimal("1234.56789"), "de")) == "1.234,56789"
    assert plain(number_in_words(Decimal("261624"), "uk")) == "261 624"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uk", "а, б і в"),
        ("en", "а, б and в"),
        ("de", "а, б und в"),
        ("pl", "а, б i в"),
        ("fr", "а, б et в"),
    ],
)
def test_list_is_joined_without_a_comma_before_and(language, words):
    assert joined(["а", "б", "в"], language) == words


@pytest.mark.parametrize(
    ("language", "one", "two"),
    [
        ("uk", "польською мовою", "польською та українською мовами"),
        ("en", "in Polish", "in Polish and Ukrainian"),
        ("de", "in polnischer Sprache", "in polnischer und ukrainischer Sprache"),
        ("pl", "w języku polskim", "w językach polskim i ukraińskim"),
        ("fr", "en polonais", "en polonais et en ukrainien"),
    ],
)
def test_languages_of_a_paper_stand_ready_for_a_sentence(language, one, two):
    assert languages_in_words(["pl"], language) == one
    assert languages_in_words(["pl", "uk"], language) == two


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("uk", "Житомир — місто з і для", "Житомир~— місто з~і~для"),
        ("uk", "рішення № 5", "рішення №~5"),
        ("en", "tel. +380 412 00 00 00", "tel.~+380~412~00~00~00"),
        ("fr", "tél. +380 412 00 00 00", "tél.~+380~412~00~00~00"),
        ("uk", "майдан ім. С. П. Корольова", "майдан ім. С.~П.~Корольова"),
        ("fr", "N° 7, n° 8", "N°~7, n°~8"),
        ("pl", "Nr 7", "Nr~7"),
        ("de", "Wege und -zeiten, S.-P.-Platz, 2-3", "Wege und \u2011zeiten, S.-P.-Platz, 2-3"),
        ("pl", "w mieście, nr 7 i 8", "w~mieście, nr~7 i~8"),
        ("fr", "les « Parties » : oui ; non", "les «~Parties~»~: oui~; non"),
        ("de", "Nr. 3 : so", "Nr.~3 : so"),
    ],
)
def test_blanks_hold_where_a_line_must_not_end(language, before, after):
    assert typeset(before, language) == after.replace("~", "\u00a0")


@pytest.mark.parametrize(
    ("told", "number"),
    [
        ("№ 123/45-VIII", "123/45-VIII"),
        ("№77-р", "77-р"),
        ("No. 5", "5"),
        ("no 5", "5"),
        ("Nr. 26702-23", "26702-23"),
        ("nr 7", "7"),
        ("n° 12 bis", "12 bis"),
        ("N°\u00a012", "12"),
        ("280/97-ВР", "280/97-ВР"),
        ("12 № 3", "12 № 3"),
        ("Nord 5", "Nord 5"),
    ],
)
def test_number_of_an_act_loses_its_sign_and_nothing_else(told, number):
    assert bare_number(told) == number


@pytest.mark.parametrize(
    ("language", "salutation", "first"),
    [
        ("uk", "Шановний пане голово!", "Д"),
        ("uk", "Шановний пане голово,", "д"),
        ("de", "Sehr geehrte Frau Meier, ", "d"),
        ("de", "Liebe Freunde!", "D"),
        ("pl", "Szanowny Panie,", "d"),
        ("pl", "Szanowni Państwo!", "D"),
    ],
)
def test_letter_begins_as_its_salutation_asks_for(language, salutation, first):
    big, small = ("Дозвольте", "дозвольте") if language == "uk" else ("Da", "da")
    for text in (big, small):
        assert begun(text, salutation, language) == first + big[1:]


@pytest.mark.parametrize(
    ("language", "salutation"), [("en", "Dear Mayor,"), ("fr", "Madame la Maire,"), ("de", "____")]
)
def test_letter_begins_as_it_stands_where_nothing_asks_for_another(language, salutation):
    assert [begun(text, salutation, language) for text in ("Da", "da")] == ["Da", "da"]
