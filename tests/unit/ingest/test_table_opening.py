"""Files of tables: any encoding and separator, packed, spreadsheets, and what is none of them."""

import gzip
import io

import pytest
from openpyxl import Workbook

from mistok.ingest.tables import opening
from mistok.ingest.tables.opening import open_table, table_of
from mistok.kernel.errors import Invalid, NotFound, Unavailable

TABLE = "Громада;Місто-партнер;Країна\nЛьвів;Люблін;Польща\n\nБуча;Бергіш-Гладбах;Німеччина\n"
ROWS = [
    (2, ["Львів", "Люблін", "Польща"]),
    (4, ["Буча", "Бергіш-Гладбах", "Німеччина"]),
]


def rows_of(data, **how):
    table = table_of(data, name="x", **how)
    return [(row.line, list(row.cells.values())) for row in table.rows()]


def workbook(rows):
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("utf-16"),
        TABLE.encode("cp1251"),
        TABLE.replace(";", "\t").encode(),
        gzip.compress(TABLE.encode(), mtime=0),
        gzip.compress(TABLE[:40].encode(), mtime=0) + gzip.compress(TABLE[40:].encode(), mtime=0),
        workbook([line.split(";") for line in TABLE.splitlines()]),
    ],
    ids=["utf-8", "marked", "utf-16", "cp1251", "tabs", "gzip", "gzip twice", "xlsx"],
)
def test_table_is_read(data):
    assert rows_of(data) == ROWS


def test_rows_can_be_gone_through_as_often_as_one_likes():
    table = table_of(TABLE.encode(), name="x.csv")
    assert table.count() == table.count() == len(list(table.rows())) == 2


def test_headings_are_found_below_a_title_and_numbers_of_columns_are_no_row():
    text = "Our list;;\n;;\nCity;Partner city;Country\n1;2;3\nLviv;Lublin;PL\n"
    table = table_of(text.encode(), name="x.csv")
    assert (table.heading_row, table.count()) == (3, 1)


def test_headings_that_come_twice_or_are_missing_have_names_of_their_own():
    text = "City;Country;;City;Country\nLviv;UA;x;Lublin;PL\n"
    (row,) = table_of(text.encode(), name="x.csv").rows()
    assert row.cells == {
        "City": "Lviv",
        "Country": "UA",
        "C": "x",
        "City (4)": "Lublin",
        "Country (5)": "PL",
    }


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "table_empty"),
        (b"  \n", "table_empty"),
        (b"%PDF-1.7 and more", "table_other_kind"),
        (b"PK\x03\x04 and no more", "table_broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "table_old_excel"),
        (gzip.compress(TABLE.encode(), mtime=0)[:-9], "table_broken"),
        (b"\x1f\x8b\x08 is no packed file", "table_broken"),
        (b"Elevation;Mayor\n1;2\n", "table_no_headings"),
    ],
)
def test_what_is_no_table_is_refused(data, code):
    with pytest.raises(Invalid) as caught:
        table_of(data, name="x")
    assert caught.value.code == code


def test_bomb_is_refused_before_it_is_unpacked():
    with pytest.raises(Invalid) as caught:
        table_of(gzip.compress(b"a;b\n" * 1_000_000), name="x", most_bytes=100_000)
    assert caught.value.code == "table_too_large"


def test_too_many_rows_are_refused():
    text = "City;Partner city\n" + "a;b\n" * 6
    for data in (text.encode(), workbook([line.split(";") for line in text.splitlines()])):
        with pytest.raises(Invalid) as caught:
            rows_of(data, most_rows=5)
        assert caught.value.code == "table_too_many_rows"


def test_files_that_cannot_be_opened_are_told(tmp_path, monkeypatch):
    path = tmp_path / "ties.csv"
    with pytest.raises(NotFound):
        open_table(path)
    with pytest.raises(Unavailable):
        open_table(tmp_path)
    path.write_text(TABLE, encoding="utf-8")
    assert open_table(path).name == "ties.csv"
    monkeypatch.setattr(opening, "MOST_BYTES", 10)
    with pytest.raises(Invalid) as caught:
        open_table(path)
    assert caught.value.code == "table_too_large"
