"""Columns in any order and language; every good row becomes a line, every bad one a sentence."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheet_files import csv_file, xlsx_file

from mistok.kernel.errors import Invalid
from mistok.needs.importing import (
    PRIORITIES,
    fields,
    import_lines,
    map_columns,
    preview,
    read_table,
)
from mistok.needs.importing.mapping import letters
from mistok.needs.importing.table import Row, Table
from mistok.needs.importing.values import Money, currency_of, day_of, money_of, priority_of
from mistok.needs.importing.vocabulary import vocabulary
from mistok.needs.items import LANGUAGES

TODAY = dt.date(2026, 11, 22)


def mapped(*headings):
    columns = map_columns(read_table(csv_file([headings, ["x"] * len(headings)])))
    return {column.heading: column.field for column in columns.columns}


def report(rows, **told):
    table = read_table(csv_file(rows))
    return import_lines(table, map_columns(table), **told)


def one(row, heading=("Назва", "Кількість", "Од. вим."), **told):
    """The only line or the problems of one row."""
    found = report([list(heading), row], **told)
    return found.lines[0] if found.lines else found.problems


@pytest.mark.parametrize("language", LANGUAGES)
def test_map_columns_by_the_names_of_each_language_in_any_order(language):
    names = [field.names[language] for field in reversed(fields())]
    assert mapped(*names) == {field.names[language]: field.code for field in fields()}


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (
            ("№", "Найменування необхідного обладнання", "К-сть", "Од.вим.", "Ціна за од., грн"),
            ["item", "amount", "unit", "unit_value"],
        ),
        (
            ("Lp.", "Nazwa towaru", "Ilość sztuk", "j.m.", "Uwagi", "Termin"),
            ["item", "amount", "unit", "note", "needed_by"],
        ),
        (
            ("Artikelbezeichnung", "Stückzahl", "Dringlichkeit", "Bemerkungen", "Farbe"),
            ["item", "amount", "priority", "note"],
        ),
        (("QUANTITY NEEDED", "item requested", "Deadline"), ["amount", "item", "needed_by"]),
        (("Desription", "Quantety"), ["item", "amount"]),  # with slips of the keyboard
        (("Назва", "Найменування", "Кількість"), ["item", "amount"]),
        (("Désignation", "Qté", "Coût estimé (EUR)"), ["item", "amount", "value"]),
    ],
)
def test_map_columns_by_what_people_write_above(headings, found):
    assert list(mapped(*headings).values()) == found


def test_map_columns_takes_what_a_heading_adds():
    table = read_table(
        csv_file([["Назва", "Кількість (шт)", "Вартість, тис. грн", "Ціна, млн євро"], ["x"] * 4])
    )
    columns = map_columns(table)
    assert columns.find("amount").unit == "piece"
    assert (columns.find("value").currency, columns.find("value").scale) == ("UAH", 1000)
    assert (columns.find("unit_value").currency, columns.find("unit_value").scale) == (
        "EUR",
        1_000_000,
    )
    assert columns.find("note") is None


def test_map_columns_finds_the_heading_below_a_title():
    rows = [["Заявка громади на 2026 рік"], [], ["", "Назва", "Кількість"], ["", "Ковдри", "5 шт"]]
    columns = map_columns(read_table(csv_file(rows)))
    assert columns.heading_row == 3
    assert [column.place for column in columns.columns] == [1, 2]
    assert columns.unknown == ((0, ""),)


def test_map_columns_without_headings_looks_at_what_stands_there():
    rows = [
        [str(number), name, "шт", amount, dt.date(2026, 12, number)]
        for number, (name, amount) in enumerate(
            [("Ковдри", 100), ("Намети", 5), ("Спальні мішки", "10 шт"), ("Щось інше", 1)], 1
        )
    ]
    columns = map_columns(read_table(xlsx_file(rows)))
    assert columns.heading_row is None
    assert {column.field: column.place for column in columns.columns} == {
        "item": 1,
        "unit": 2,
        "amount": 3,
        "needed_by": 4,
    }
    assert [column.name for column in columns.columns] == ["B", "C", "D", "E"]


def test_map_columns_of_something_else_finds_nothing_and_import_says_so():
    table = read_table(csv_file([["так", "ні"], ["може", "колись"]]))
    columns = map_columns(table)
    assert columns.missing == ("item", "amount")
    with pytest.raises(Invalid, match="No column was found for Item and Quantity"):
        import_lines(table, columns)


def test_map_columns_as_a_person_chose():
    table = read_table(csv_file([["Назва", "Кількість", "Всього"], ["Ковдри", "5 шт", "7 шт"]]))
    columns = map_columns(table, {2: "amount", 0: "item"})
    assert [(column.place, column.field) for column in columns.columns] == [
        (0, "item"),
        (2, "amount"),
    ]
    assert import_lines(table, columns).lines[0].amount == 7
    assert map_columns(table, {1: ""}).missing == ("amount",)
    assert map_columns(table, {9: "note"}).find("note").name == "J"
    for chosen, code in (({0: "moon"}, "field_unknown"), ({0: "item", 1: "item"}, "field_twice")):
        with pytest.raises(Invalid) as caught:
            map_columns(table, chosen)
        assert caught.value.code == code


@pytest.mark.parametrize(("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ")])
def test_letters_of_columns(place, name):
    assert letters(place) == name


def test_import_of_a_full_row_gives_a_line():
    heading = ("Назва", "Характеристики", "Кількість", "Од.", "Пріоритет", "Потрібно до")
    row = ["Генератор 60 кВт", "автозапуск", "2", "шт.", "Терміново", "до 15 грудня 2026 р."]
    line = one(
        [*row, "1 250 000,50", "грн", "для лікарні"],
        (*heading, "Сума", "Валюта", "Примітка"),
        today=TODAY,
    )
    assert (line.row, line.item, line.text) == (2, "generator_diesel_75", "Генератор 60 кВт")
    assert (line.amount, line.unit, line.priority) == (Decimal(2), "piece", "urgent")
    assert line.needed_by == dt.date(2026, 12, 15)
    assert (line.value, line.currency) == (Decimal("1250000.50"), "UAH")
    assert (line.specification, line.note) == ("автозапуск", "для лікарні")
    assert line.suggestions == ()


def test_import_item_that_may_be_several_is_left_to_the_person():
    line = one(["генератор", "2", "шт"])
    assert line.item == ""
    assert line.suggestions[:2] == ("generator_petrol", "generator_diesel_75")
    unknown = one(["шубідубі", "2", "шт"])
    assert (unknown.item, unknown.suggestions, unknown.text) == ("", (), "шубідубі")


@pytest.mark.parametrize(
    ("amount", "unit", "heading", "expected"),
    [
        ("5 ящиків", "", "Кількість", (5, "box")),
        ("5", "ящ", "Кількість", "unit_unknown"),
        ("5", "", "Кількість, кг", (5, "kilogram")),
        ("5", "", "Кількість", (5, "piece")),  # the usual unit of blankets
        ("5 шт", "шт", "Кількість", (5, "piece")),
        ("5 шт", "кор", "Кількість", "unit_conflict"),
        ("", "шт", "Кількість", "amount_missing"),
        ("5-7", "шт", "Кількість", "amount_range"),
        ("1.200", "шт", "Кількість", "amount_ambiguous"),
        ("5", "gal", "Кількість", "unit_ambiguous"),
        ("=2+3", "шт", "Кількість", "formula_without_value"),
        ("9" * 2001, "шт", "Кількість", "text_too_long"),
    ],
)
def test_import_amount_and_unit(amount, unit, heading, expected):
    found = one(["Ковдри", amount, unit], ("Назва", heading, "Од. вим."))
    if isinstance(expected, str):
        assert [problem.code for problem in found] == [expected]
        assert found[0].row == 2
    else:
        assert (found.amount, found.unit) == expected


def test_import_cells_of_a_workbook_keep_their_kind():
    rows = [
        ["Назва", "Кількість", "Потрібно до", "Вартість, EUR"],
        ["Ковдри", 2.125, dt.date(2026, 12, 1), 10.5],
        ["пелети", 2.125, None, 0],
        ["Ковдри", dt.date(2026, 7, 5), None, None],
        ["шубідубі", 5, None, None],
        ["Ковдри", True, None, None],
    ]
    table = read_table(xlsx_file(rows))
    found = import_lines(table, map_columns(table))
    assert [(line.amount, line.unit, line.value) for line in found.lines] == [
        (Decimal("2.125"), "tonne", None)
    ]
    assert [(problem.row, problem.code) for problem in found.problems] == [
        (2, "amount_not_whole"),
        (4, "amount_malformed"),
        (5, "unit_missing"),
        (6, "amount_malformed"),
    ]
    assert "5-7" in found.problems[1].sentence


def test_import_ambiguous_unit_of_a_known_item_is_its_own():
    line = one(["вакцини", "5", "Dosen"])
    assert (line.item, line.unit) == ("vaccines", "dose")


def test_import_ambiguous_unit_is_that_of_the_language_of_the_headings():
    row = ["шубідубі", "5", "dose"]
    assert one(row, ("Item", "Quantity", "Unit")).unit == "dose"
    assert one(row, ("Bezeichnung", "Menge", "Einheit")).unit == "can"
    assert one(row, ("товар", "к-сть", "од. вим."))[0].code == "unit_ambiguous"


def test_import_price_of_one_times_the_amount_is_the_value():
    heading = ("Назва", "Кількість", "Од.", "Ціна за одиницю", "Валюта")
    line = one(["пелети", "2,5", "т", "100,33", "EUR"], heading)
    assert (line.value, line.currency) == (Decimal("250.83"), "EUR")
    assert one(["пелети", "2,5", "т", "", "EUR"], heading).value is None
    problems = one(["пелети", "0", "т", "-5", "дукати"], heading)
    assert {problem.code for problem in problems} == {
        "amount_zero",
        "value_negative",
        "currency_unknown",
    }
    both = one(["пелети", "2", "т", "5", "7"], ("Назва", "К-сть", "Од.", "Ціна, EUR", "Сума, UAH"))
    assert (both.value, both.currency) == (Decimal(7), "UAH")


def test_import_rows_that_are_no_needs_are_left_out_and_told():
    found = report(
        [
            ["№", "Назва", "Кількість", "Од."],
            ["1", "2", "3", "4"],
            ["1", "Ковдри", "5", "шт"],
            ["№", "Назва", "Кількість", "Од."],
            ["", "Приклад ковдри", "5", "шт"],
            ["", vocabulary().example["uk"], "", ""],
            ["", "Разом:", "5", ""],
            ["", "Всього по розділу", "5", ""],
            ["Total", "", "5", ""],
        ]
    )
    assert [line.row for line in found.lines] == [3, 5]
    assert [(one.row, one.code) for one in found.skipped] == [
        (2, "numbers_of_columns"),
        (4, "heading_again"),
        (6, "example_row"),
        (7, "total_row"),
        (8, "total_row"),
        (9, "total_row"),
    ]


def test_import_tells_every_problem_of_a_row_and_keeps_the_good_rows():
    found = report(
        [
            ["Назва", "Кількість", "Од.", "Пріоритет", "Потрібно до"],
            ["Ковдри", "5", "шт", "", ""],
            ["", "багато", "шт", "якось", "колись"],
            ["Намети", "3", "шт", "1", "2027-01-31"],
        ],
        today=TODAY,
    )
    assert [line.row for line in found.lines] == [2, 4]
    assert found.bad_rows == 1
    assert [(one.column, one.code) for one in found.problems] == [
        ("Назва", "item_missing"),
        ("Кількість", "amount_malformed"),
        ("Пріоритет", "priority_unknown"),
        ("Потрібно до", "date_unknown"),
    ]
    assert str(found.problems[0]).startswith("Row 3, column “Назва”: ")


def test_import_five_thousand_rows_with_three_hundred_bad_ones_loses_none():
    names = ["Ковдри", "Генератор 60 кВт", "Feuerwehrfahrzeug", "hospital beds", "пелети"]
    rows = [
        [names[n % 5], "5-7" if n % 16 == 0 and n < 4800 else str(n + 1), "шт"] for n in range(5000)
    ]
    found = report([["Назва", "Кількість", "Од."], *rows])
    assert (len(found.lines), found.bad_rows, found.skipped) == (4700, 300, ())
    assert {line.row for line in found.lines} | {one.row for one in found.problems} == set(
        range(2, 5002)
    )


def test_import_of_more_rows_than_allowed_is_refused():
    table = read_table(csv_file([["Назва", "Кількість"], *[["Ковдри", "5"]] * 5001]))
    columns = map_columns(table)
    for act in (preview, import_lines):
        with pytest.raises(Invalid) as caught:
            act(table, columns)
        assert caught.value.code == "table_too_many_rows"


def test_preview_shows_the_first_rows_with_all_columns():
    table = read_table(csv_file([["Назва", "Кількість", ""], *[["Ковдри", "5", "x"]] * 20]))
    shown = preview(table, map_columns(table), rows=3)
    assert shown.headings == ("Назва", "Кількість", "C")
    assert shown.rows == tuple((number, ("Ковдри", "5", "x")) for number in (2, 3, 4))
    assert shown.count == 20
    assert shown.notes == table.notes


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), min_size=3, max_size=6), min_size=1, max_size=5))
def test_import_of_any_texts_gives_each_row_one_fate(rows):
    table = Table(
        "csv", "", tuple(Row(n, tuple(row)) for n, row in enumerate(rows, 2) if any(row)), ()
    )
    columns = map_columns(table, {0: "item", 1: "amount", 2: "needed_by"})
    below = [row for row in table.rows if row.number > (columns.heading_row or 0)]
    below = [row for row in below if any(cell.strip() for cell in row.cells)]
    found = import_lines(Table("csv", "", tuple(below), ()), columns)
    fates = [one.row for one in (*found.lines, *found.skipped)]
    fates += {problem.row for problem in found.problems}
    assert sorted(fates) == [row.number for row in below]


@pytest.mark.parametrize(
    ("text", "priority"),
    [
        ("", ""),
        ("Критично", "life_saving"),
        ("life-saving", "life_saving"),
        ("HOCH", "urgent"),
        ("pilne", "urgent"),
        ("2", "urgent"),
        ("вaжливо", "important"),  # with a Latin a
    ],
)
def test_priority_of_words_of_all_languages(text, priority):
    assert priority_of(text) == priority


def test_priorities_have_names_in_every_language():
    for code in PRIORITIES:
        for language in LANGUAGES:
            assert priority_of(vocabulary().priority_names[code][language]) == code


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-12-15", "2026-12-15"),
        ("15.12.2026", "2026-12-15"),
        ("15.12.26", "2026-12-15"),
        ("15/12/2026", "2026-12-15"),
        ("12/15/2026", "2026-12-15"),
        ("05/05/2027", "2027-05-05"),
        ("15-12-2026", "2026-12-15"),
        ("до 15.12.2026 р.", "2026-12-15"),
        ("15 грудня 2026 року", "2026-12-15"),
        ("15. Dezember 2026", "2026-12-15"),
        ("bis zum 15. Dez. 2026", "2026-12-15"),
        ("15 grudnia 2026 r.", "2026-12-15"),
        ("1er décembre 2026", "2026-12-01"),
        ("December 15, 2026", "2026-12-15"),
        ("Dec 15th, 2026", "2026-12-15"),
        ("грудень 2026", "2026-12-31"),
        ("02.2028", "2028-02-29"),
    ],
)
def test_day_of_what_people_write(text, day):
    assert day_of(text) == dt.date.fromisoformat(day)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("01/02/2027", "date_ambiguous"),
        ("31.02.2027", "date_unknown"),
        ("13.2027", "date_unknown"),
        ("15 червоного 2027", "date_unknown"),
        ("якнайшвидше", "date_unknown"),
        ("15.12.1026", "date_unknown"),
        (Decimal(46371), "date_unknown"),
        (dt.date(2026, 11, 21), "date_past"),
    ],
)
def test_day_of_what_is_no_day_to_come_is_refused(value, code):
    with pytest.raises(Invalid) as caught:
        day_of(value, TODAY)
    assert caught.value.code == code


def test_day_of_an_empty_cell_is_none_and_of_today_is_today():
    assert day_of("  ") is None
    assert day_of(TODAY, TODAY) == TODAY


@pytest.mark.parametrize(
    ("value", "currency", "money"),
    [
        ("1 500 €", "", Money(Decimal(1500), "EUR")),
        ("€1,500.00", "", Money(Decimal(1500), "EUR")),
        ("EUR 1500", "UAH", Money(Decimal(1500), "EUR")),
        ("1500", "USD", Money(Decimal(1500), "USD")),
        ("12,5 тис. грн", "", Money(Decimal(12500), "UAH")),
        ("2 млн", "EUR", Money(Decimal(2_000_000), "EUR")),
        ("1500 zł", "", Money(Decimal(1500), "PLN")),
        ("100 aud", "", Money(Decimal(100), "AUD")),
        (Decimal("10.5"), "EUR", Money(Decimal("10.5"), "EUR")),
        ("", "EUR", None),
        ("0", "EUR", None),
    ],
)
def test_money_of_what_people_write(value, currency, money):
    assert money_of(value, currency) == money


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("-5 EUR", "value_negative"),
        (Decimal(-5), "value_negative"),
        ("1e30 EUR", "value_malformed"),
        ("9" * 14 + " EUR", "value_too_large"),
        ("1,2345 EUR", "value_too_fine"),
        ("багато", "value_malformed"),
        ("5 або 6 EUR", "value_malformed"),
        ("100", "currency_missing"),
        ("100 дукатів", "currency_unknown"),
        ("1,200 EUR", "amount_ambiguous"),
    ],
)
def test_money_of_what_is_no_value_is_refused(value, code):
    with pytest.raises(Invalid) as caught:
        money_of(value, "")
    assert caught.value.code == code


def test_currency_of_nothing_is_nothing():
    assert currency_of(" ") == ""
