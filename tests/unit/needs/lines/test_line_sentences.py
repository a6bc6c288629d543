"""What the pure rooms say in English, word for word in the translators' list, and translated."""

import ast
import datetime as dt
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils import translation

from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Invalid, Refusal
from mistok.needs.importing import RowProblem, import_lines, map_columns, read_table, template
from mistok.needs.importing.table import error, formula
from mistok.needs.importing.values import currency_of, day_of, money_of, priority_of
from mistok.needs.items import (
    Amount,
    cluster,
    convert,
    exact_amount,
    item,
    parse_amount,
    specification,
    unit,
)
from mistok.needs.lines import told, told_finding, told_row
from mistok.needs.lines.english import KINDS, SENTENCES, SEPARATORS
from mistok.needs.scanning import DateGrain, coarse_date, scan, weight_class

ROOT = Path(__file__).resolve().parents[4]
PLACE = re.compile(r"%\(\w+\)s")


class Ukrainian:
    """Stands in for the catalogue of translations: every source gets a mark before it."""

    def __call__(self, source):
        return f"УКР {source}"


@pytest.fixture
def marked(monkeypatch):
    monkeypatch.setattr("mistok.needs.lines.sentences._", Ukrainian())


def refusal_of(act, *given, **told):
    with pytest.raises(Refusal) as caught:
        act(*given, **told)
    return caught.value


def csv(*rows):
    return map_columns(table := read_table("\n".join(rows).encode())), table


AMOUNTS = (
    *("", "-3", "0", "1e30", "2 x 10^3", "5-7", "about 5", "5 pcs and 3 kg", "at least 5"),
    *("9999999999", "1.23456", "2,5 pcs", "1,200 pcs", "12 xyz", "12", "12 gal", "@@", "x" * 200),
)
ACTS = {
    **{f"amount {text[:12]!r}": (parse_amount, text) for text in AMOUNTS},
    "not a number": (exact_amount, Decimal("NaN"), "piece"),
    "zero": (exact_amount, Decimal(0), "piece"),
    "whole": (exact_amount, Decimal("1.5"), "pair"),
    "digits": (parse_amount, "1.2.3.4 kg"),
    "apart": (convert, Amount(Decimal(5), "piece"), "kilogram"),
    "inexact": (convert, Amount(Decimal(1), "foot"), "kilometre"),
    "unit": (unit, "parsec"),
    "item": (item, "moon"),
    "cluster": (cluster, "moon"),
    "field": (specification, "moon"),
    "priority": (priority_of, "whenever"),
    "day": (day_of, "soon"),
    "day over": (day_of, dt.date(2020, 1, 1), dt.date(2026, 11, 23)),
    "day of two": (day_of, "03/04/2027"),
    "value below": (money_of, "-5", "EUR"),
    "value great": (money_of, Decimal("1e13"), "EUR"),
    "value fine": (money_of, Decimal("1.234"), "EUR"),
    "value no number": (money_of, "a; b", "EUR"),
    "value no currency": (money_of, "15", ""),
    "currency": (currency_of, "moons"),
    "template": (template, "xx"),
    "a PDF": (read_table, b"%PDF-1.7"),
    "old": (read_table, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1...."),
    "empty": (read_table, b"\n\n"),
    "broken": (read_table, b"PK\x03\x04nothing"),
    "large": (read_table, b"a" * (10 * 1024 * 1024 + 1)),
    "no text": (read_table, bytes(range(1, 9)) * 9),
    "rows": (read_table, b"1\n" * 6000),
    "no columns": (lambda: import_lines(*reversed(csv("a;b", "1;2"))),),
    "field twice": (lambda: map_columns(csv("a;b", "1;2")[1], {0: "item", 1: "item"}),),
    "no field": (lambda: map_columns(csv("a;b", "1;2")[1], {0: "moon"}),),
    "unbounded": (coarse_date, PartialDate.parse("<2024"), DateGrain.MONTH),
    "weight": (weight_class, -1),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
def test_every_refusal_of_a_pure_room_is_translated_with_its_values(act, marked):
    refusal = refusal_of(*act)
    assert refusal.code in SENTENCES
    with translation.override("en"):
        assert told(refusal).replace("УКР ", "") == str(refusal)
        assert told(refusal) != str(refusal)


def rows_told():
    columns, table = csv(
        "Назва;Кількість;Одиниця;Пріоритет;Примітка",
        "Генератор;5 кг;шт;;",
        ";5;шт;;",
        "Генератор;5;шт;;" + "x" * 2001,
        "Генератор;=A1+1;шт;;",
        "Разом;5;;;",
        "Назва;Кількість;Одиниця;Пріоритет;Примітка",
        "1;2;3;4;5",
    )
    report = import_lines(table, columns)
    return (*report.problems, *report.skipped, *report.notes)


def test_every_row_is_told_in_the_reader_s_language(marked):
    found = rows_told()
    assert {one.code for one in found} >= {
        "unit_conflict",
        "item_missing",
        "text_too_long",
        "formula_without_value",
        "total_row",
        "heading_again",
        "numbers_of_columns",
        "read_as",
    }
    for one in found:
        assert told_row(one).startswith("УКР "), one
        assert told_row(one).replace("УКР ", "") == one.sentence


@pytest.mark.parametrize("cell", [formula("=1+1"), error("#REF!")])
def test_cells_without_a_value_are_told(cell, marked):
    problem = RowProblem(1, "A", "item", cell.code, cell.sentence)
    assert told_row(problem) == f"УКР {cell.sentence}"


def test_words_inside_a_sentence_are_translated_too():
    with translation.override("uk"):
        whole = told(refusal_of(exact_amount, Decimal("1.5"), "piece"))
        two = told(refusal_of(parse_amount, "12 gal"))
        columns = told(refusal_of(*ACTS["no columns"]))
    assert unit("piece").names["uk"][-1] in whole
    assert all(unit(code).names["uk"][-1] in two for code in ("gallon_us", "gallon_uk"))
    assert "Item" not in columns


def test_a_unit_or_column_that_nobody_knows_stays_as_it_is():
    sentence = SENTENCES["amount_not_whole"][0] % {"value": "1", "units": "moons"}
    assert told(Invalid(sentence, code="amount_not_whole")) == sentence
    sentence = SENTENCES["columns_missing"][0] % {"fields": "moons"}
    assert told(Invalid(sentence, code="columns_missing")) == sentence


def test_a_refusal_that_is_told_already_stays_as_it_is():
    assert told(Invalid("Готове речення.", code="amount_zero")) == "Готове речення."
    assert told(Invalid("Of another room.", code="no_such_code")) == "Of another room."


def test_a_finding_is_told(marked):
    (found,) = scan("Дзвоніть +380 67 123 45 67")
    assert told_finding(found).startswith("УКР “+380 67 123 45 67”")


def said_in(room):
    """The texts of a room's modules, of f-strings what stands between the values."""
    for path in sorted((ROOT / "src/mistok/needs" / room).glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_every_sentence_of_the_list_is_said_by_a_pure_room():
    said = "\n".join(
        " ".join(text.split())
        for room in ("items", "importing", "scanning")
        for text in said_in(room)
    )
    sources = [text for texts in SENTENCES.values() for text in texts]
    for source in (*sources, *KINDS, *SEPARATORS):
        for part in PLACE.split(source):
            words = part.strip(" “”.,:")
            assert words in said, source
