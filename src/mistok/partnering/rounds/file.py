"""A round's file, CSV or JSON, to lines of named cells; pure, and forgiving line by line.

What the cells mean is read by `mistok.partnering.rounds.entries`. The form is described in
docs/reference/round-file.md.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unicodedata import category

from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid, Refusal, Unavailable

LARGEST = 32 * 1024 * 1024
"""Bytes; twenty thousand municipalities with every column filled take a fifth of it."""
JSON_LISTS = {"seekers": "seeker", "offerers": "offerer", "floors": "floor"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: its cells by column, without blanks around them.

    `number`: the line of a CSV file, or the position in its list of a JSON file, from 1; `part`:
    the list's name, empty in CSV.
    """

    number: int
    cells: Mapping[str, str]
    part: str = ""

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class SetAside:
    """A line that was not taken: where it stands and one sentence why."""

    line: int
    part: str
    sentence: str
    code: str

    @property
    def where(self) -> str:
        """The place in the file as people say it."""
        if self.part:
            return _("%(list)s, entry %(number)s") % {"list": self.part, "number": self.line}
        return _("line %(number)s") % {"number": self.line}


@dataclass(slots=True)
class Lines:
    """What a file holds: its lines in order, pairs that may not be, and what was set aside."""

    lines: list[Line] = field(default_factory=list)
    exclusions: list[Line] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)

    def set_aside(self, line: Line, refusal: Refusal) -> None:
        """Keep a bad line's place and reason; the good lines go on."""
        self.aside.append(SetAside(line.number, line.part, str(refusal), refusal.code))


def read_lines(path: Path) -> Lines:
    """The lines of a round's file; its ending or its first letter tells which form it has.

    Raises Unavailable when the file cannot be read, Invalid when it is no UTF-8 text, too large,
    has no header, or is no JSON object.
    """
    text = _text(path)
    if path.suffix.lower() == ".json" or text.lstrip()[:1] in ("{", "["):
        return _json_lines(text, path.name)
    return _csv_lines(text, path.name)


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Unavailable(
            _("The file %(name)s cannot be read (%(why)s). Check its name and its rights.")
            % {"name": path.name, "why": error.strerror or error},
            code="round_file_unreadable",
        ) from error
    if len(data) > LARGEST:
        raise Invalid(
            _("The file %(name)s is larger than %(most)s MB. Leave out what a round does not need.")
            % {"name": path.name, "most": LARGEST // 1024**2},
            code="round_file_too_large",
        )
    if data.startswith(b"PK"):
        raise Invalid(
            _("%(name)s is a workbook. Open it, save the sheet as “CSV UTF-8”, and use that file.")
            % {"name": path.name},
            code="round_file_workbook",
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid(
            _("%(name)s is not written in UTF-8. Save it as “CSV UTF-8” and try again.")
            % {"name": path.name},
            code="round_file_encoding",
        ) from error


def _csv_lines(text: str, name: str) -> Lines:
    # A line at a time: a forgotten quotation mark then costs one line, not the rest of the file.
    rows = enumerate(io.StringIO(text, newline=None), start=1)
    head = next(((number, line) for number, line in rows if line.strip()), None)
    separator = max(",;\t", key=head[1].count) if head else ","
    header = [cell.lower() for cell in _cells(head[1], separator)] if head else []
    if "role" not in header or not {"key", "name"} & set(header):
        raise Invalid(
            _(
                "%(name)s lacks the column “role”, or both “key” and “name”. Write the names of "
                "the columns into its first line."
            )
            % {"name": name},
            code="columns_missing",
            details={"columns": header},
        )
    found = Lines()
    for number, line in rows:
        try:
            cells = _cells(line, separator)
            if any(cells):
                found.lines.append(_line(number, header, cells))
        except Refusal as refusal:
            found.set_aside(Line(number, {}), refusal)
    return found


def _cells(line: str, separator: str) -> list[str]:
    try:
        return [
            cell.strip()
            for row in csv.reader([line.rstrip("\n")], delimiter=separator, strict=True)
            for cell in row
        ]
    except csv.Error as error:
        raise Invalid(
            _(
                "The line cannot be read (%(why)s). Check its quotation marks: a text in them "
                "needs one before and one behind."
            )
            % {"why": error},
            code="line_unreadable",
        ) from error


def _line(number: int, header: list[str], cells: list[str]) -> Line:
    if any(cells[len(header) :]):
        raise Invalid(
            _(
                "The line has %(cells)s cells, the first line %(columns)s. Put quotation marks "
                "around a text that holds the sign between the columns."
            )
            % {"cells": len(cells), "columns": len(header)},
            code="line_width",
        )
    return Line(number, _clean(dict(zip(header, cells, strict=False))))


def _clean(cells: Mapping[str, str]) -> Mapping[str, str]:
    """The cells with single blanks; a hard blank from a word processor is one too."""
    cleaned = {column: " ".join(cell.split()) for column, cell in cells.items()}
    odd = "".join(cell for cell in cleaned.values() if not cell.isprintable())
    if any(category(letter) in ("Cc", "Cs") for letter in odd):
        raise Invalid(
            _("The line holds letters that cannot be printed. Type its text anew."),
            code="control_characters",
        )
    return cleaned


def _json_lines(text: str, name: str) -> Lines:
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Invalid(
            _("%(name)s is not JSON (%(why)s). Mend it there, or hand in the round as CSV.")
            % {"name": name, "why": error},
            code="round_file_not_json",
        ) from error
    if not isinstance(document, dict) or not all(
        isinstance(document.get(part, []), list) for part in (*JSON_LISTS, "exclusions")
    ):
        raise Invalid(
            _(
                "%(name)s needs one object with the lists “seekers” and “offerers”, and where "
                "wanted “floors” and “exclusions”."
            )
            % {"name": name},
            code="round_file_shape",
        )
    found = Lines()
    for part, role in JSON_LISTS.items():
        for line in _entries(document, part, found):
            cells = (
                {"classes": line["class"]} | dict(line.cells) if part == "floors" else line.cells
            )
            found.lines.append(Line(line.number, {**cells, "role": role}, part))
    found.exclusions = list(_entries(document, "exclusions", found))
    return found


def _entries(document: Mapping[str, Any], part: str, found: Lines) -> Iterator[Line]:
    for number, entry in enumerate(document.get(part, []), start=1):
        try:
            yield Line(number, _clean(_cells_of_json(entry)), part)
        except Refusal as refusal:
            found.set_aside(Line(number, {}, part), refusal)


def _cells_of_json(entry: object) -> dict[str, str]:
    """An object's values as cells; a list of two keys, which is an exclusion, as `a` and `b`."""
    if isinstance(entry, list) and len(entry) == 2:
        entry = {"a": entry[0], "b": entry[1]}
    if not isinstance(entry, dict):
        raise Invalid(
            _("The entry is not an object with names and values, or a list of two keys."),
            code="entry_shape",
        )
    return {str(column).lower(): _cell_of_json(value) for column, value in entry.items()}


def _cell_of_json(value: object) -> str:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ";".join(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or isinstance(value, str | int | float):
        return "" if value is None else str(value).strip()
    raise Invalid(
        _("The entry holds a list or an object where one value or a list of texts is meant."),
        code="entry_shape",
    )
