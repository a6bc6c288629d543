"""Files of all kinds: what is read, and what is refused before it can do harm."""

import datetime as dt
import io
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sheet_files import (
    changed,
    csv_file,
    ods_cell,
    ods_file,
    ods_table,
    with_stored_value,
    xlsx_file,
)

from mistok.kernel.errors import Invalid
from mistok.needs.importing import limits, read_table
from mistok.needs.importing.table import Row, Unreadable, formula, shown

ROWS = [["Назва", "Кількість"], ["Ковдри", "100"], ["Їжа", "5"]]


def refused(content):
    with pytest.raises(Invalid) as caught:
        read_table(content)
    assert str(caught.value).endswith(".")
    return caught.value.code


def texts(table):
    return [[shown(cell) for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"]
)
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_read_csv_in_every_encoding_and_with_every_separator(encoding, separator):
    table = read_table(csv_file(ROWS, encoding, separator))
    assert texts(table) == ROWS
    assert table.kind == "csv"
    named = encoding.removesuffix("-sig").removesuffix("-le").removesuffix("-be")
    assert named in table.notes[0].sentence


@pytest.mark.parametrize(
    ("encoding", "word"),
    [("cp1250", "śpiwór"), ("cp1252", "Löschgerät"), ("cp1252", "générateur")],
)
def test_read_csv_of_old_western_programs(encoding, word):
    table = read_table(csv_file([["x", "y"], [word, "5"]], encoding))
    assert table.rows[1].cells == (word, "5")


def test_read_csv_with_quotes_breaks_and_a_told_separator():
    table = read_table('sep=,\r\nНазва,К-сть\r\n"намет, ""зимовий""\nвеликий",3\r\n'.encode())
    assert texts(table)[1] == ['намет, "зимовий"\nвеликий', "3"]
    assert table.rows[0].number == 2


def test_read_csv_with_a_separator_of_its_own():
    assert texts(read_table(b"sep=^\na^b\n1^2\n")) == [["a", "b"], ["1", "2"]]


def test_read_csv_formula_is_no_value():
    table = read_table(csv_file([["a", "b"], ["=HYPERLINK(1)", "=A1*2"], ["= not", "x"]]))
    assert isinstance(table.rows[1].cells[0], Unreadable)
    assert table.rows[1].cells[1].code == "formula_without_value"
    assert table.rows[2].cells[1] == "x"


def test_read_csv_that_is_no_table_is_refused():
    assert refused(b"\x00\x01\x02\x03" * 100) == "table_not_text"
    assert refused(bytes(range(1, 256)) * 20) == "table_not_text"
    assert refused(b"abc\x00" + b"d" * 500) == "table_not_text"
    assert refused(b"\xef\xbb\xbfabc\xff") == "table_broken"
    assert refused(b'a;b\n"' + b"x" * 200_000 + b'";1\n') == "table_broken"


def test_read_csv_ends_after_a_long_gap():
    rows = [*ROWS, *([["", ""]] * limits.MOST_EMPTY_ROWS), ["далеко", "1"]]
    assert texts(read_table(csv_file(rows))) == ROWS


def test_read_csv_with_one_column_is_read():
    assert texts(read_table("ковдри\nнамети\n".encode())) == [["ковдри"], ["намети"]]


def test_read_row_beyond_its_end_is_empty():
    assert Row(1, ("a",)).cell(5) == ""


@pytest.mark.parametrize("content", [b"", b"  \n", b"\xef\xbb\xbf", b";;\n;;\n"])
def test_read_empty_file_is_refused(content):
    assert refused(content) == "table_empty"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"%PDF-1.7", "table_other_kind"),
        (b"{\\rtf1", "table_other_kind"),
        (b"\x89PNG\r\n", "table_other_kind"),
        (b"<!DOCTYPE html><table>", "table_other_kind"),
        (b'<?xml version="1.0"?><a/>', "table_other_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "table_old_excel"),
        (b"PK\x03\x04" + b"x" * 99, "table_broken"),
    ],
)
def test_read_file_of_another_kind_is_refused(content, code):
    assert refused(content) == code


def test_read_file_that_is_too_large_is_refused():
    assert refused(b"a;b\n" * (limits.MOST_BYTES // 4 + 1)) == "table_too_large"
    assert refused(b"a;b\n" * (limits.MOST_ROWS + 60)) == "table_too_many_rows"


def test_read_columns_beyond_the_last_are_left_out_and_told():
    wide = ["a"] * 60 + ["b"]
    cells = "".join(ods_cell("", cell) for cell in wide)
    for content in (csv_file([wide]), xlsx_file([wide]), ods_file(ods_table([[cells]]))):
        table = read_table(content)
        assert table.rows[0].cells == ("a",) * 60
        assert table.notes[-1].code == "columns_left_out"


def test_read_xlsx_keeps_values_and_numbers_of_rows():
    book = xlsx_file(
        [
            ["Назва", "Кількість", "Дата", "Так"],
            [],
            ["Ковдри", 100, dt.datetime(2026, 12, 15, 8), True],  # noqa: DTZ001
            ["Вугілля", 0.1 + 0.2, dt.date(2027, 1, 1), None],
        ]
    )
    table = read_table(book)
    assert [row.number for row in table.rows] == [1, 3, 4]
    assert table.rows[1].cells == ("Ковдри", Decimal(100), dt.date(2026, 12, 15), True)
    assert table.rows[2].cells[1] == Decimal("0.3")
    assert [shown(cell) for cell in table.rows[1].cells] == ["Ковдри", "100", "2026-12-15", "TRUE"]
    assert (table.kind, table.sheet, table.notes) == ("xlsx", "Потреби", ())


def test_read_xlsx_formula_is_never_carried_out():
    book = xlsx_file([["Назва", "Кількість"], ["Ковдри", "=40+2"], ["Намети", "=1/0"]])
    cell = read_table(book).rows[1].cells[1]
    assert cell.code == "formula_without_value"
    assert "save it again" in cell.sentence
    stored = read_table(with_stored_value(book, "B2", "41"))
    assert stored.rows[1].cells[1] == Decimal(41)  # what is stored, though 40+2 is another number
    assert shown(stored.rows[2].cells[1]) == "=1/0"


def test_read_xlsx_error_is_told():
    book = xlsx_file([["Назва", "Кількість"], ["Ковдри", "#REF!"]])
    assert read_table(book).rows[1].cells[1].code == "cell_error"


def test_read_xlsx_macros_are_left_out_and_told():
    book = changed(xlsx_file(ROWS), lambda name, content: content, [("xl/vbaProject.bin", b"x")])
    table = read_table(book)
    assert texts(table) == ROWS
    assert [note.code for note in table.notes] == ["macros_ignored"]


def test_read_xlsx_takes_the_first_visible_sheet_with_rows_and_says_so():
    table = read_table(xlsx_file([], more=[("Друга", ROWS), ("Третя", [["x"]])]))
    assert table.sheet == "Друга"
    assert [note.code for note in table.notes] == ["one_sheet"]
    assert "Третя" in table.notes[0].sentence
    assert read_table(xlsx_file([["y"]], more=[("Друга", ROWS)], hidden=True)).sheet == "Друга"


def test_read_xlsx_without_rows_is_empty():
    assert refused(xlsx_file([])) == "table_empty"


def test_read_xlsx_sparse_sheet_ends_after_a_long_gap():
    rows = [*ROWS, *([[]] * limits.MOST_EMPTY_ROWS), ["далеко", 1]]
    assert texts(read_table(xlsx_file(rows))) == ROWS
    far = read_table(xlsx_file([*ROWS, [None] * 300 + ["x"]]))
    assert [note.code for note in far.notes] == ["columns_left_out"]


def test_read_xlsx_rows_far_below_are_too_many(monkeypatch):
    monkeypatch.setattr("mistok.needs.importing.gathering.MOST_SHEET_ROWS", 10)
    assert refused(xlsx_file([*ROWS, *([[]] * 10), ["x"]])) == "table_too_many_rows"


def test_read_xlsx_that_is_damaged_is_refused():
    book = xlsx_file(ROWS)
    assert refused(book[: len(book) // 2]) == "table_broken"
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        cut = changed(book, lambda name, content, p=part: b"<x" if name == p else content)
        assert refused(cut) == "table_broken"
    gone = changed(book, lambda n, content: None if n == "xl/worksheets/sheet1.xml" else content)
    assert refused(gone) == "table_broken"


def test_read_xlsx_with_a_wrong_checksum_is_refused():
    book = xlsx_file(ROWS)
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        at = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    assert refused(book[: at + 90] + b"\x00\x00" + book[at + 92 :]) == "table_broken"


def test_read_xlsx_bombs_are_refused(monkeypatch):
    book = xlsx_file(ROWS)
    laughs = b'<!DOCTYPE a [<!ENTITY b "&#120;">]><worksheet/>'
    for hidden in (laughs, b"<a>" + b" " * 400_000 + laughs, laughs.decode().encode("utf-16")):
        bomb = changed(book, lambda n, c, h=hidden: h if n.endswith("sheet1.xml") else c)
        assert refused(bomb) == "table_unsafe"
    hidden = changed(book, lambda n, c: c, [("xl/sheet.dat", laughs.decode().encode("utf-16-le"))])
    assert refused(hidden) == "table_unsafe"
    assert texts(read_table(changed(book, lambda n, c: c, [("xl/media/a.svg", laughs)]))) == ROWS
    monkeypatch.setattr("mistok.needs.importing.archives.MOST_UNPACKED", 1_000_000)
    big = changed(book, lambda n, c: c + b" " * 2_000_000 if n.endswith("sheet1.xml") else c)
    assert len(big) < 20_000
    assert refused(big) == "table_too_large"
    monkeypatch.setattr("mistok.needs.importing.archives.MOST_MEMBERS", 3)
    assert refused(book) == "table_too_large"


def test_read_xlsx_that_is_locked_is_refused():
    book = bytearray(xlsx_file(ROWS))
    at = book.rindex(b"PK\x01\x02")
    book[at + 8] |= 1
    assert refused(bytes(book)) == "table_locked"


def test_read_ods_keeps_values():
    sheet = ods_table(
        [
            ["Назва", "Кількість"],
            [
                "Ковдри",
                ods_cell('office:value-type="float" office:value="2.5"', "2,5"),
                ods_cell('office:value-type="date" office:date-value="2026-12-15T00:00:00"', "x"),
                ods_cell('office:value-type="boolean" office:boolean-value="true"', "ІСТИНА"),
                ods_cell('office:value-type="string" office:string-value="слово"'),
                ods_cell('office:value-type="currency" office:value="x"', "5 €"),
                ods_cell('office:value-type="date" office:date-value="колись"', "колись"),
            ],
        ]
    )
    table = read_table(ods_file(sheet))
    assert table.rows[1].cells == (
        "Ковдри",
        Decimal("2.5"),
        dt.date(2026, 12, 15),
        True,
        "слово",
        "5 €",
        "колись",
    )
    assert (table.kind, table.sheet, table.notes) == ("ods", "Sheet1", ())


def test_read_ods_texts_are_those_that_are_seen():
    note = "<office:annotation><text:p>таємно</text:p></office:annotation>"
    marked = ods_cell("", "а<text:s text:c='2'/>б<text:tab/>в<text:line-break/>г", note)
    inner = "<table:table><table:table-row><table:table-cell><text:p>x</text:p>"
    inner += "</table:table-cell></table:table-row></table:table>"
    sheet = ods_table([[marked, ods_cell("", "д", inner), "<table:covered-table-cell/>", "е"]])
    changes = "<table:tracked-changes><table:table-cell><text:p>старе</text:p></table:table-cell>"
    table = read_table(ods_file(f"{changes}</table:tracked-changes>{sheet}"))
    assert texts(table) == [["а  б в г", "д", "", "е"]]


def test_read_ods_formula_and_error_are_no_values():
    sheet = ods_table(
        [
            [
                ods_cell('table:formula="of:=1+1"'),
                ods_cell('table:formula="of:=1+1" office:value-type="float" office:value="2"'),
                ods_cell('calcext:value-type="error" table:formula="of:=1/0"', "#DIV/0!"),
            ]
        ]
    )
    cells = read_table(ods_file(sheet)).rows[0].cells
    assert [getattr(cell, "code", cell) for cell in cells] == [
        "formula_without_value",
        Decimal(2),
        "cell_error",
    ]


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999999999", "1e-999999", "1e308"])
def test_read_number_that_is_none_stays_text(number):
    sheet = ods_table([[ods_cell(f'office:value-type="float" office:value="{number}"')]])
    assert isinstance(read_table(ods_file(sheet)).rows[0].cells[0], str)
    rows = read_table(xlsx_file([["x", 1e308, 10**40]])).rows
    assert rows[0].cells == ("x", "1E+308", "1E+40")


def test_read_ods_repeated_rows_and_cells_count():
    row = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    cell = '<table:table-cell table:number-columns-repeated="{}">{}</table:table-cell>'
    body = row.format(2, cell.format(2, "<text:p>a</text:p>") + cell.format(16000, ""))
    body += row.format(3, cell.format("x", "")) + row.format(
        1, cell.format(1, "<text:p>b</text:p>")
    )
    body += row.format(1_048_576, cell.format(16_384, "")) + row.format(1, "<text:p>c</text:p>")
    table = read_table(ods_file(f'<table:table table:name="S">{body}</table:table>'))
    assert [(row.number, row.cells) for row in table.rows] == [
        (1, ("a", "a")),
        (2, ("a", "a")),
        (6, ("b",)),
    ]
    many = row.format(1_048_576, cell.format(1, "<text:p>a</text:p>"))
    assert refused(ods_file(f"<table:table>{many}</table:table>")) == "table_too_many_rows"
    wide = row.format(1, cell.format(16_384, "<text:p>a</text:p>"))
    assert read_table(ods_file(f"<table:table>{wide}</table:table>")).rows[0].cells == ("a",) * 60


def test_read_ods_takes_the_first_sheet_with_rows_and_leaves_macros():
    body = ods_table([], "Порожня") + ods_table(ROWS, "Друга") + ods_table([["x"]], "Третя")
    table = read_table(ods_file(body, add=[("Basic/Standard/script.xml", "<x/>")]))
    assert texts(table) == ROWS
    assert table.sheet == "Друга"
    assert [note.code for note in table.notes] == ["macros_ignored", "one_sheet"]


def test_read_ods_that_is_not_what_it_seems_is_refused():
    sheet = ods_table(ROWS)
    assert refused(ods_file(sheet, manifest="<manifest:encryption-data/>")) == "table_locked"
    assert refused(ods_file("<table:table>")) == "table_broken"
    assert refused(ods_file(sheet, head="<!DOCTYPE x>")) == "table_unsafe"
    assert refused(ods_file(ods_table([]))) == "table_empty"
    assert refused(ods_file(ods_table([[ods_cell("", "<text:s text:c='x'/>")]]))) == "table_broken"
    bare = changed(ods_file(sheet), lambda n, c: None if n == "content.xml" else c)
    assert refused(bare) == "table_broken"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("readme.txt", "x", "table_broken"),
        ("xl/workbook.bin", "x", "table_other_kind"),
        ("word/document.xml", "<x/>", "table_other_kind"),
        ("mimetype", "application/vnd.oasis.opendocument.text", "table_other_kind"),
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet", "table_broken"),
        ("xl/workbook.xml", "<x/>", "table_broken"),
    ],
)
def test_read_archive_that_is_no_spreadsheet_is_refused(name, content, code):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, content)
    assert refused(out.getvalue()) == code


SOUND = {
    "csv": csv_file(ROWS, "cp1251"),
    "xlsx": xlsx_file([*ROWS, ["Намети", "=1+1"]]),
    "ods": ods_file(ods_table(ROWS)),
}


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(sorted(SOUND)), st.data())
def test_read_file_with_changed_bytes_is_read_or_refused(kind, data):
    content = bytearray(SOUND[kind])
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        table = read_table(bytes(content[: data.draw(st.integers(1, len(content)))]))
    except Invalid as refusal:
        told = refusal
    else:
        told = table.rows
    assert told


def test_formula_shows_its_beginning_only():
    assert shown(formula("=" + "A" * 100)) == "=" + "A" * 39
