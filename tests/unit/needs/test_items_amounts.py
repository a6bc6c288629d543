import pickle
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mistok.kernel.errors import Invalid
from mistok.needs.items import (
    LANGUAGES,
    LARGEST,
    Amount,
    amount_text,
    amount_words,
    convert,
    exact_amount,
    find_units,
    item,
    parse_amount,
    read_number,
    unit,
    units,
)

NB = "\u00a0"


@pytest.mark.parametrize(
    ("text", "number", "code"),
    [
        ("8 шт.", "8", "piece"),
        ("8шт", "8", "piece"),
        ("шт. 8", "8", "piece"),
        ("Stk: 8", "8", "piece"),
        ("2,5 т", "2.5", "tonne"),
        ("2.5 t", "2.5", "tonne"),
        (".5 t", "0.5", "tonne"),
        ("1 200 л", "1200", "litre"),
        ("1\u00a0200 л", "1200", "litre"),
        ("1\u202f200,5 l", "1200.5", "litre"),
        ("1'000 kg", "1000", "kilogram"),
        ("1.200.000 kg", "1200000", "kilogram"),
        ("1,200.50 kg", "1200.5", "kilogram"),
        ("1.200,50 kg", "1200.5", "kilogram"),
        ("1200,500 kg", "1200.5", "kilogram"),
        ("0,250 t", "0.25", "tonne"),
        ("012,500 kg", "12.5", "kilogram"),
        ("12 м2", "12", "square_metre"),
        ("12 кв. м", "12", "square_metre"),
        ("м2 12", "12", "square_metre"),
        ("120 м³", "120", "cubic_metre"),
        ("5 куб. м", "5", "cubic_metre"),
        ("3 тис. шт", "3", "thousand"),
        ("10 tys. szt.", "10", "thousand"),
        ("12 к-т", "12", "set"),
        ("20 Stück", "20", "piece"),
        ("20 Kartons", "20", "box"),
        ("20 ящиків", "20", "box"),
        ("5 пар", "5", "pair"),
        ("100 pcs", "100", "piece"),
        ("5. шт", "5", "piece"),
        ("30 дітей", "30", "person"),
        ("2 dozen", "2", "dozen"),
    ],
)
def test_parse_amount_reads_what_people_write(text, number, code):
    assert parse_amount(text) == Amount(Decimal(number), code)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "amount_missing"),
        ("  ", "amount_missing"),
        ("5–7", "amount_range"),
        ("5 - 7 kg", "amount_range"),
        ("від 5 до 7 шт", "amount_range"),
        ("5 or 6 pcs", "amount_range"),
        ("5 bis 7 Stück", "amount_range"),
        ("about 5", "amount_about"),
        ("~5 шт", "amount_about"),
        ("близько 100 шт.", "amount_about"),
        ("ca. 20 Stück", "amount_about"),
        (">5 t", "amount_bound"),
        ("5+ pcs", "amount_bound"),
        ("до 50 кг", "amount_bound"),
        ("mindestens 5 Stück", "amount_bound"),
        ("12 pcs + 3 boxes", "amount_several"),
        ("12 шт 3 кор", "amount_several"),
        ("20 Stück, 3 Kartons", "amount_several"),
        ("10 x 20 kg", "amount_several"),
        ("5 pcs and 3 kg", "amount_several"),
        ("1e30", "amount_too_large"),
        ("1e999999999 kg", "amount_too_large"),
        ("999999999999 kg", "amount_too_large"),
        ("9" * 60, "amount_too_large"),
        ("1e3 kg", "amount_exponent"),
        ("5*10^3 kg", "amount_exponent"),
        ("1e-999999999 kg", "amount_exponent"),
        ("-3", "amount_negative"),
        ("−3 шт", "amount_negative"),
        ("0 шт", "amount_zero"),
        ("0,000 kg", "amount_zero"),
        ("5.5 шт", "amount_not_whole"),
        ("12,5555 kg", "amount_too_fine"),
        ("1,200 kg", "amount_ambiguous"),
        ("1.200 шт", "amount_ambiguous"),
        ("1 2 3 kg", "amount_malformed"),
        ("1.20.300 kg", "amount_malformed"),
        ("1,200.300,5 kg", "amount_malformed"),
        ("0 123 kg", "amount_malformed"),
        ("1,2 5 kg", "amount_malformed"),
        ("1 2,200.5 kg", "amount_malformed"),
        ("п'ять", "amount_malformed"),
        ("½ t", "amount_malformed"),
        ("٣ kg", "amount_malformed"),
        ("5 kg/day", "amount_malformed"),
        ("5 шт " + "і" * 200, "amount_malformed"),
        ("5", "unit_missing"),
        ("5 генераторів", "unit_unknown"),
        ("2 gal", "unit_ambiguous"),
        ("5 Dosen", "unit_ambiguous"),
    ],
)
def test_parse_amount_that_is_not_one_exact_amount_is_refused_in_a_sentence(text, code):
    with pytest.raises(Invalid) as caught:
        parse_amount(text)
    assert caught.value.code == code
    assert str(caught.value).startswith(("The amount", "“"))
    assert str(caught.value).endswith(".")


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="0123456789 .,-+–xeE~<>/шткгpcs²m\u00a0", max_size=12))
def test_parse_amount_of_any_text_is_exact_or_refused(text):
    try:
        amount = parse_amount(text, unit="kilogram")
    except Invalid as refusal:
        told = refusal.code.split("_")[0]
    else:
        told = exact_amount(amount.number, amount.unit) == amount
    assert told in ("amount", "unit", True)


def test_read_number_of_a_word_is_refused():
    with pytest.raises(Invalid, match="in digits"):
        read_number("ten")


def test_parse_amount_without_unit_takes_the_one_that_is_meant():
    assert parse_amount("5", unit="kilogram") == Amount(Decimal(5), "kilogram")
    assert parse_amount("5 Dosen", unit="dose") == Amount(Decimal(5), "dose")
    assert parse_amount("5 t", unit="kilogram") == Amount(Decimal(5), "tonne")


def test_parse_amount_in_a_language_reads_its_signs():
    assert parse_amount("1,200 kg", language="en").number == 1200
    assert parse_amount("1.200 kg", language="en").number == Decimal("1.2")
    assert parse_amount("1.200 kg", language="de").number == 1200
    assert parse_amount("1,234 kg", language="uk").number == Decimal("1.234")
    with pytest.raises(Invalid) as caught:
        parse_amount("1.200 kg", language="uk")
    assert caught.value.details["readings"] == ["1200", "1.2"]
    assert "Which one is it? Write 1200 or 1.2." in str(caught.value)


def test_read_number_ambiguous_to_the_last_digit_says_how_to_be_clear():
    with pytest.raises(Invalid, match=r"Write 1234 or 1\.2340\."):
        read_number("1,234")
    assert read_number("1.2340") == Decimal("1.234")


@pytest.mark.parametrize(
    ("number", "code", "refusal"),
    [
        (Decimal("NaN"), "piece", "amount_not_a_number"),
        (Decimal("Infinity"), "piece", "amount_not_a_number"),
        (Decimal("1e400"), "piece", "amount_too_large"),
        (Decimal("-1e400"), "piece", "amount_too_large"),
        (LARGEST + 1, "piece", "amount_too_large"),
        (Decimal(-1), "piece", "amount_negative"),
        (Decimal("-0.0"), "piece", "amount_zero"),
        (Decimal("1e-400"), "kilogram", "amount_too_fine"),
        (Decimal("0.5"), "person", "amount_not_whole"),
        (Decimal(1), "furlong", "unit_unknown"),
    ],
)
def test_exact_amount_that_makes_no_sense_is_refused(number, code, refusal):
    with pytest.raises(Invalid) as caught:
        exact_amount(number, code)
    assert caught.value.code == refusal
    assert len(str(caught.value)) < 200


def test_exact_amount_is_kept_without_zeros_and_travels():
    amount = exact_amount(Decimal("5.000"), "tonne")
    assert str(amount) == "5 tonne"
    assert pickle.loads(pickle.dumps(amount)) == amount
    assert exact_amount(Decimal("1E+3"), "litre") == Amount(Decimal(1000), "litre")


@pytest.mark.parametrize(
    ("number", "here", "there", "expected"),
    [
        ("2.5", "tonne", "kilogram", "2500"),
        ("18", "piece", "piece", "18"),
        ("3", "dozen", "piece", "36"),
        ("1.5", "thousand", "piece", "1500"),
        ("1", "cubic_metre", "litre", "1000"),
        ("2", "day", "hour", "48"),
        ("2", "year", "month", "24"),
        ("1.2", "hectare", "square_metre", "12000"),
    ],
)
def test_convert_inside_a_dimension_is_exact(number, here, there, expected):
    assert convert(exact_amount(Decimal(number), here), there) == Amount(Decimal(expected), there)


def test_convert_that_is_not_safe_is_refused():
    five = exact_amount(Decimal(5), "box")
    for amount, there, code in (
        (five, "piece", "conversion_impossible"),
        (five, "furlong", "unit_unknown"),
        (exact_amount(Decimal(1), "kilogram"), "pound", "conversion_inexact"),
        (exact_amount(Decimal(5), "milligram"), "kilogram", "conversion_inexact"),
        (exact_amount(Decimal(18), "piece"), "dozen", "amount_not_whole"),
        (exact_amount(LARGEST, "tonne"), "gram", "amount_too_large"),
        (exact_amount(Decimal(1), "pair"), "piece", "conversion_impossible"),
    ):
        with pytest.raises(Invalid) as caught:
            convert(amount, there)
        assert caught.value.code == code


def test_convert_with_places_rounds():
    kilogram = exact_amount(Decimal(1), "kilogram")
    assert convert(kilogram, "pound", places=2) == Amount(Decimal("2.2"), "pound")
    assert convert(kilogram, "pound", places=9) == Amount(Decimal("2.205"), "pound")


steps = st.integers(1, 999_999_999).map(lambda n: Decimal(n) / 1000)
pairs = st.sampled_from(
    [
        (here.code, there.code)
        for here in units()
        for there in units()
        if here.dimension == there.dimension and here != there and not here.whole
    ]
)


@settings(max_examples=60, deadline=None)
@given(steps, pairs)
def test_convert_there_and_back_changes_nothing(number, pair):
    here, there = pair
    amount = exact_amount(number, here)
    try:
        turned = convert(amount, there)
    except Invalid:  # no exact value of three places there, or too much of it
        return
    assert convert(turned, here) == amount


@settings(max_examples=80, deadline=None)
@given(st.integers(1, 999_999_999), st.sampled_from(units()), st.sampled_from(LANGUAGES))
def test_parse_amount_reads_what_is_printed(thousandths, one, language):
    number = Decimal(thousandths) if one.whole else Decimal(thousandths) / 1000
    amount = exact_amount(number, one.code)
    for printed in (amount_words(amount, language), amount_text(amount, language)):
        assert parse_amount(printed, unit=one.code, language=language) == amount


@pytest.mark.parametrize("language", LANGUAGES)
def test_units_every_name_finds_its_unit(language):
    for one in units():
        for name in (*one.names[language], one.symbols[language], *one.aliases):
            assert one in find_units(name), name


def test_units_have_codes_of_the_recommendation_and_bases():
    assert {unit(code).rec20 for code in ("kilogram", "litre", "metre", "piece")} == {
        "KGM",
        "LTR",
        "MTR",
        "H87",
    }
    bases = {one.dimension for one in units() if one.factor == 1}
    assert {one.dimension for one in units()} == bases


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("1", ("1 генератор", "1 generator", "1 wóz strażacki", "1 ноші")),
        ("2", ("2 генератори", "2 generators", "2 wozy strażackie", "2 нош")),
        ("5", ("5 генераторів", "5 generators", "5 wozów strażackich", "5 нош")),
        ("21", ("21 генератор", "21 generators", "21 wozów strażackich", "21 ноші")),
        ("112", ("112 генераторів", "112 generators", "112 wozów strażackich", "112 нош")),
    ],
)
def test_amount_words_take_the_plural_of_the_language(number, words):
    amount = exact_amount(Decimal(number), "piece")
    told = [
        amount_words(amount, "uk", item("generator_petrol")).replace("портативний ", ""),
        amount_words(amount, "en", item("generator_petrol")).replace("portable ", ""),
        amount_words(amount, "pl", item("fire_engine")),
        amount_words(amount, "uk", item("stretcher")).replace("медичні ", ""),
    ]
    told[0] = told[0].replace("портативні ", "").replace("портативних ", "")
    told[3] = told[3].replace("медичних ", "")
    assert [text.replace(NB, " ") for text in told] == list(words)


@pytest.mark.parametrize(
    ("number", "code", "name", "words"),
    [
        (
            "2.5",
            "tonne",
            "wood_pellets",
            (
                "2,5 тонни паливних пелет",
                "2.5 tonnes of wood pellets",
                "2,5 Tonnen Holzpellets",
                "2,5 tony pelletu drzewnego",
                "2,5 tonnes de granulés de bois",
            ),
        ),
        (
            "1",
            "box",
            "bandage",
            (
                "1 коробка бинтів",
                "1 box of bandages",
                "1 Karton Mullbinden",
                "1 karton bandaży",
                "1 carton de bandages",
            ),
        ),
        (
            "5",
            "pack",
            "antibiotics",
            (
                "5 упаковок антибіотиків",
                "5 packs of antibiotics",
                "5 Packungen Antibiotika",
                "5 opakowań antybiotyków",
                "5 paquets d’antibiotiques",
            ),
        ),
        (
            "12",
            "place",
            "host_summer_school",
            (
                "літня школа (12 місць)",
                "summer school (12 places)",
                "Sommerschule (12 Plätze)",
                "szkoła letnia (12 miejsc)",
                "école d’été (12 places)",
            ),
        ),
    ],
)
def test_amount_words_of_measured_things(number, code, name, words):
    amount = exact_amount(Decimal(number), code)
    told = [amount_words(amount, language, item(name)) for language in LANGUAGES]
    assert [text.replace(NB, " ") for text in told] == list(words)


def test_amount_words_of_french_millions_take_de():
    millions = exact_amount(Decimal(2_000_000), "piece")
    assert amount_words(millions, "fr").endswith("de pièces")
    assert amount_words(millions, "fr", item("ambulance")).endswith("d’ambulances")
    assert amount_words(exact_amount(Decimal("1.5"), "tonne"), "fr") == f"1,5{NB}tonne"
