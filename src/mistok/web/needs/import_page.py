"""A spreadsheet becomes needs: sent, columns recognised, rows looked at, taken."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid, Refusal
from mistok.needs.importing import (
    MOST_BYTES,
    Columns,
    DraftLine,
    Report,
    Table,
    import_lines,
    map_columns,
    read_table,
)
from mistok.needs.importing.lines import preview
from mistok.needs.lines import take_lines
from mistok.web.needs import keeping
from mistok.web.needs.import_form import DefaultsForm
from mistok.web.needs.import_present import report_context, table_context, taken_context
from mistok.web.needs.seats import Writer
from mistok.web.needs.sentences import told
from mistok.web.words import lang

MOST_COLUMNS = 60
_NOT_SENT = "file_missing"


@dataclass(frozen=True)
class Sheet:
    """A spreadsheet that was sent, with what its reader says of its columns and rows."""

    token: str
    table: Table
    columns: Columns
    chosen: Mapping[int, str]
    chosen_items: Mapping[int, str]

    @cached_property
    def report(self) -> Report | None:
        """The rows read; None where a column that is needed is missing."""
        if self.columns.missing:
            return None
        report = import_lines(self.table, self.columns, today=timezone.localdate(), language=lang())
        return replace(report, lines=tuple(self._named(line) for line in report.lines))

    def _named(self, line: DraftLine) -> DraftLine:
        """The line with the item that its reader chose among the suggestions."""
        code = self.chosen_items.get(line.row, "")
        return replace(line, item=code) if code in line.suggestions else line


def import_page(writer: Writer) -> HttpResponse:
    """The form to send a file, the look at its rows, or what became of them."""
    request = writer.request
    if request.method != "POST":
        return _page(writer)
    token = request.POST.get("token", "")
    try:
        if request.POST.get("act") == "read" or not token:
            token = keeping.keep(_sent(request), _person(writer))
        sheet = _sheet(writer, token)
    except Refusal as refusal:
        return _page(writer, mistake=told(refusal), status=refusal.status)
    except _Twice as twice:
        return _look(writer, twice.sheet, mistake=twice.sentence, status=400)
    if request.POST.get("act") == "take" and sheet.report is not None:
        return _take(writer, sheet)
    return _look(writer, sheet)


class _Twice(Exception):
    """Columns were chosen that do not go together; the guess of the sheet stands instead."""

    def __init__(self, sheet: Sheet, sentence: str) -> None:
        super().__init__(sentence)
        self.sheet, self.sentence = sheet, sentence


def _sent(request: HttpRequest) -> bytes:
    """The bytes of the file. Raises Invalid for none, or one that is too large to be read."""
    file = request.FILES.get("file")
    if file is None or not file.name:
        raise Invalid(_("Choose a file first: XLSX, ODS or CSV."), code=_NOT_SENT)
    content = file.read(MOST_BYTES + 1)
    read_table(content)
    return bytes(content)


def _sheet(writer: Writer, token: str) -> Sheet:
    """The sheet as its reader maps it. Raises Conflict for a file that is gone, or _Twice."""
    table = read_table(keeping.kept(token, _person(writer)))
    values = writer.request.POST
    rows = {
        int(name[5:]): str(code)
        for name, code in values.items()
        if name.startswith("item_") and name.isascii() and name[5:].isdigit() and len(name) < 15
    }
    chosen = {
        place: str(values[f"column_{place}"])
        for place in range(MOST_COLUMNS)
        if f"column_{place}" in values
    }
    try:
        return Sheet(token, table, map_columns(table, chosen or None), chosen, rows)
    except Invalid as refusal:
        guessed = Sheet(token, table, map_columns(table), chosen, rows)
        raise _Twice(guessed, told(refusal)) from None


def _take(writer: Writer, sheet: Sheet) -> HttpResponse:
    """The good rows become drafts; the file is given up first, so that nothing is taken twice."""
    form, report = _defaults(writer, sheet), sheet.report
    if report is None or not form.is_valid():
        return _look(writer, sheet, mistake=_("Say first what counts for all rows."), status=400)
    try:
        keeping.drop(sheet.token, _person(writer))
        taken = take_lines(
            actor=writer.actor,
            office=writer.office,
            drafts=report.lines,
            defaults=form.defaults(),
        )
    except Refusal as refusal:
        return _page(writer, mistake=told(refusal), status=refusal.status)
    context = taken_context(taken, report) | {"writer": writer}
    return render(writer.request, "needs/imported.html", context)


def _look(writer: Writer, sheet: Sheet, *, mistake: str = "", status: int = 200) -> HttpResponse:
    """The columns and rows of a file that was sent."""
    form = _defaults(writer, sheet)
    context: dict[str, Any] = {
        "writer": writer,
        "mistake": mistake,
        "token": sheet.token,
        "defaults": form,
        "wrong_defaults": [form[name] for name in form.errors],
        **table_context(preview(sheet.table, sheet.columns), sheet.chosen),
        **(report_context(sheet.report) if sheet.report is not None else {}),
    }
    return render(writer.request, "needs/import_look.html", context, status=status)


def _defaults(writer: Writer, sheet: Sheet) -> DefaultsForm:
    """What counts for all rows: as it was sent, else as the file lets guess."""
    values = writer.request.POST
    lines = sheet.report.lines if sheet.report is not None else ()
    return DefaultsForm(
        values if values.get("act") == "take" and "priority" in values else None,
        typed=values,
        language=sheet.columns.language or "",
        own_words=any(not line.item for line in lines),
    )


def _page(writer: Writer, *, mistake: str = "", status: int = 200) -> HttpResponse:
    context = {"writer": writer, "mistake": mistake, "megabytes": MOST_BYTES // 1024 // 1024}
    return render(writer.request, "needs/import.html", context, status=status)


def _person(writer: Writer) -> str:
    return str(writer.actor)
