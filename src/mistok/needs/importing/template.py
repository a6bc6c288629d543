"""The workbook to fill in: headings in the reader's language, lists to choose from, an example."""

import datetime
import io
from collections.abc import Sequence
from typing import Any, Final

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Font, PatternFill  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.worksheet.datavalidation import DataValidation  # type: ignore[import-untyped]

from mistok.kernel.errors import Invalid
from mistok.needs.importing.limits import MOST_ROWS
from mistok.needs.importing.vocabulary import PRIORITIES, REQUIRED, Vocabulary, vocabulary
from mistok.needs.items.catalogue import item as item_of
from mistok.needs.items.catalogue import items, units
from mistok.needs.items.model import LANGUAGES

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_EXAMPLE: Final = "generator_diesel_75"
_MADE: Final = datetime.datetime(2026, 1, 1)  # noqa: DTZ001  (a workbook knows no time zones)
_WIDTHS: Final = {"item": 44, "specification": 40, "note": 44, "needed_by": 16, "unit": 18}
_WIDTH: Final = 15
_HEAD: Final = PatternFill("solid", fgColor="DCE6F1")
_PALE: Final = Font(italic=True, color="7F7F7F")
_DAY: Final = "DD.MM.YYYY"


def template(language: str) -> bytes:
    """An XLSX workbook with headings, lists of items, units, priorities and currencies, and one
    example row, which is marked as such and left out when the file is read.

    Raises Invalid (code `language_unknown`).
    """
    if language not in LANGUAGES:
        raise Invalid(
            f"There is no template in the language “{language[:20]}”. Choose one of"
            f" {', '.join(LANGUAGES)}.",
            code="language_unknown",
            details={"language": language[:50]},
        )
    words = vocabulary()
    book = Workbook()
    book.properties.creator = "Mistok"
    book.properties.created = book.properties.modified = _MADE
    sheet = book.active
    sheet.title = words.sheets["needs"][language]
    lists = book.create_sheet(words.sheets["lists"][language])
    lists.sheet_state = "hidden"
    _head(sheet, words, language)
    _example(sheet, words, language)
    for place, (field, choices) in enumerate(_choices(words, language).items(), 1):
        _offer(sheet, lists, list(words.fields).index(field) + 1, place, choices)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _head(sheet: Any, words: Vocabulary, language: str) -> None:
    for place, field in enumerate(words.fields.values(), 1):
        cell = sheet.cell(1, place, field.names[language])
        cell.font = Font(bold=field.code in REQUIRED)
        cell.fill = _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = _WIDTHS.get(field.code, _WIDTH)
        if field.code == "needed_by":
            for row in range(2, 202):
                sheet.cell(row, place).number_format = _DAY
        told = DataValidation(allow_blank=True, showInputMessage=True)
        told.promptTitle, told.prompt = field.names[language][:32], field.help[language]
        told.add(f"{letter}1")
        sheet.add_data_validation(told)
    sheet.freeze_panes = "B2"


def _example(sheet: Any, words: Vocabulary, language: str) -> None:
    example = {
        "item": item_of(_EXAMPLE).name(language),
        "amount": 2,
        "unit": units()[0].names[language][0],
        "priority": words.priority_names["urgent"][language],
        "needed_by": datetime.date(_MADE.year, 12, 15),
        "value": 30_000,
        "currency": "EUR",
        "note": words.example[language],
    }
    for place, field in enumerate(words.fields, 1):
        if field in example:
            sheet.cell(2, place, example[field]).font = _PALE


def _choices(words: Vocabulary, language: str) -> dict[str, list[str]]:
    return {
        "item": sorted(one.name(language) for one in items()),
        "unit": [one.names[language][0] for one in units()],
        "priority": [words.priority_names[code][language] for code in PRIORITIES],
        "currency": sorted(set(words.currencies.values())),
    }


def _offer(sheet: Any, lists: Any, column: int, place: int, choices: Sequence[str]) -> None:
    """A list to choose from; other words may be written too, the import will tell."""
    for row, choice in enumerate(choices, 1):
        lists.cell(row, place, choice)
    letter, there = get_column_letter(column), get_column_letter(place)
    title = lists.title.replace("'", "''")
    offered = DataValidation(
        type="list",
        formula1=f"'{title}'!${there}$1:${there}${len(choices)}",
        allow_blank=True,
        showErrorMessage=False,
    )
    offered.add(f"{letter}2:{letter}{MOST_ROWS + 1}")
    sheet.add_data_validation(offered)
