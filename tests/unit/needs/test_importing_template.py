"""The template: opened as a person would, filled in, and read again."""

import io
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from mistok.kernel.errors import Invalid
from mistok.needs.importing import fields, import_lines, map_columns, read_table, template
from mistok.needs.importing.vocabulary import PRIORITIES, vocabulary
from mistok.needs.items import LANGUAGES, items, units


@pytest.mark.parametrize("language", LANGUAGES)
def test_template_as_it_is_holds_an_example_that_is_left_out(language):
    table = read_table(template(language))
    columns = map_columns(table)
    assert [column.field for column in columns.columns] == [field.code for field in fields()]
    report = import_lines(table, columns)
    assert (report.lines, report.problems) == ((), ())
    assert [one.code for one in report.skipped] == ["example_row"]
    assert table.notes == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_template_filled_from_its_lists_is_read_as_meant(language):
    book = load_workbook(io.BytesIO(template(language)))
    sheet, lists = book.worksheets
    order = [field.code for field in fields()]
    wished = list(zip(items(), items(), strict=True))
    for row, (item, _) in enumerate(wished, 3):
        sheet.cell(row, order.index("item") + 1, item.name(language))
        sheet.cell(row, order.index("amount") + 1, row)
        unit = units()[row % len(units())]
        sheet.cell(row, order.index("unit") + 1, unit.names[language][0])
        priority = vocabulary().priority_names[PRIORITIES[row % 3]][language]
        sheet.cell(row, order.index("priority") + 1, priority)
    out = io.BytesIO()
    book.save(out)
    table = read_table(out.getvalue())
    report = import_lines(table, map_columns(table), language=language)
    assert report.problems == ()
    assert [line.item for line in report.lines] == [item.code for item in items()]
    assert all(line.unit == units()[line.row % len(units())].code for line in report.lines)
    assert all(line.priority == PRIORITIES[line.row % 3] for line in report.lines)
    assert report.lines[0].amount == Decimal(3)
    assert lists.sheet_state == "hidden"


def test_template_offers_lists_and_help():
    sheet = load_workbook(io.BytesIO(template("uk"))).worksheets[0]
    lists = [one for one in sheet.data_validations.dataValidation if one.type == "list"]
    assert [str(one.sqref) for one in lists] == ["A2:A5001", "D2:D5001", "E2:E5001", "I2:I5001"]
    assert not any(one.showErrorMessage for one in lists)
    prompts = [one.prompt for one in sheet.data_validations.dataValidation if one.prompt]
    assert prompts == [field.help["uk"] for field in fields()]
    assert all(len(prompt) <= 255 for prompt in prompts)
    assert sheet.cell(1, 1).font.bold
    assert not sheet.cell(1, 2).font.bold


def test_template_in_another_language_is_refused():
    with pytest.raises(Invalid, match="Choose one of uk, en, de, pl, fr"):
        template("xx")
