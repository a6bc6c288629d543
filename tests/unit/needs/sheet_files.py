"""Spreadsheets for the tests of importing, made as programs make them, and some as none would."""

import csv
import io
import re
import zipfile

from openpyxl import Workbook

_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)
_KIND = "application/vnd.oasis.opendocument.spreadsheet"


def csv_file(rows, encoding="utf-8", separator=";"):
    """A text table; letters that the encoding has not are lost, as in real life."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode(encoding, errors="replace")


def xlsx_file(rows, *, more=(), hidden=False):
    """A workbook; `more` are further sheets as (title, rows); `hidden` hides the first."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Потреби"
    for row in rows:
        sheet.append(row)
    for title, others in more:
        other = book.create_sheet(title)
        for row in others:
            other.append(row)
    if hidden:
        sheet.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def changed(archive, change, add=()):
    """The same archive with its parts changed by `change(name, content)` and others added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            content = change(member.filename, old.read(member))
            if content is not None:
                new.writestr(member.filename, content, zipfile.ZIP_DEFLATED)
        for name, content in add:
            new.writestr(name, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def with_stored_value(book, cell, value):
    """A workbook in which the formula of a cell has its result beside it, as Excel leaves it."""

    def change(name, content):
        if not name.startswith("xl/worksheets/"):
            return content
        pattern = (
            rf'(<c r="{cell}"[^>]*><f>[^<]*</f>)<v\s*/>|(<c r="{cell}"[^>]*><f>[^<]*</f>)<v></v>'
        )
        told = re.sub(pattern, lambda m: f"{m[1] or m[2]}<v>{value}</v>", content.decode("utf-8"))
        return told.encode("utf-8")

    return changed(book, change)


def ods_file(body, *, manifest="", add=(), head=""):
    """An OpenDocument spreadsheet; `body` is the XML of its tables."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", _KIND, zipfile.ZIP_STORED)
        content = (
            f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content {_NAMES}>'
            f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body>"
            "</office:document-content>"
        )
        archive.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
        archive.writestr("META-INF/manifest.xml", f"<manifest>{manifest}</manifest>")
        for name, more in add:
            archive.writestr(name, more)
    return out.getvalue()


def ods_table(rows, name="Sheet1"):
    """The XML of a table; a cell is XML, or a text that becomes a paragraph."""
    told = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    return f'<table:table table:name="{name}">{told}</table:table>'


def ods_cell(attributes, text="", inner=""):
    """The XML of one cell."""
    paragraph = f"<text:p>{text}</text:p>" if text else ""
    return f"<table:table-cell {attributes}>{paragraph}{inner}</table:table-cell>"


def _cell(cell):
    if cell.startswith("<"):
        return cell
    return ods_cell('office:value-type="string"', cell) if cell else "<table:table-cell/>"
