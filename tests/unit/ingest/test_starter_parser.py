"""Starter files: rows with line numbers, bad ones set aside with a sentence."""

import pytest

from factories import SOUND, write_file
from mistok.ingest.report import Report
from mistok.ingest.starter.parser import COLUMNS, read_rows
from mistok.kernel.errors import Invalid, Unavailable


def read(path):
    report = Report()
    return list(read_rows(path, report)), report


@pytest.mark.parametrize("name", COLUMNS)
def test_row_is_read_by_column(tmp_path, name):
    (row,), report = read(write_file(tmp_path, name, {}))
    assert {column: row[column] for column in SOUND[name]} == SOUND[name]
    assert (row.file, row.line, report.rows, report.refused) == (name, 2, 1, [])


def test_row_loses_surrounding_blanks_only(tmp_path):
    (row,), _report = read(write_file(tmp_path, "ties.csv", {"label": " sister  cities\t"}))
    assert row["label"] == "sister  cities"


def test_texts_come_by_language(tmp_path):
    path = write_file(tmp_path, "support.csv", {"condition_uk": "за умови"})
    (row,), _report = read(path)
    assert row.languages("what") == {"en": "two generators", "uk": "два генератори"}
    assert row.languages("condition") == {"uk": "за умови"}


def test_text_with_a_line_break_keeps_the_line_numbers(tmp_path):
    path = write_file(tmp_path, "ties.csv", {"note_en": "one\ntwo"}, {"date": "2024"})
    (first, second), _report = read(path)
    assert first["note_en"] == "one\ntwo"
    assert (first.line, second.line) == (3, 4)


def test_file_with_a_byte_order_mark_and_another_column_order_is_read(tmp_path):
    columns = [*reversed(COLUMNS["retrievals.csv"]), "remark"]
    text = ",".join(columns) + "\r\nnote,hash,2026-11-22,minutes,why\r\n"
    path = tmp_path / "retrievals.csv"
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    (row,), _report = read(path)
    assert (row["source"], row["note"], row["remark"]) == ("minutes", "note", "why")


@pytest.mark.parametrize("line", ["minutes,2026-11-22", "minutes,2026-11-22,hash,a,b", "x"])
def test_row_of_another_width_is_set_aside_and_the_rest_read(tmp_path, line):
    path = write_file(tmp_path, "retrievals.csv", {}, {"sha256": "1" * 64})
    lines = path.read_text().splitlines()
    path.write_text("\n".join([lines[0], line, *lines[1:]]))
    rows, report = read(path)
    assert [row.line for row in rows] == [3, 4]
    (aside,) = report.refused
    assert (aside.file, aside.line, aside.code) == ("retrievals.csv", 2, "row_width")
    assert str(aside).startswith("retrievals.csv, line 2: The row has ")


@pytest.mark.parametrize("letter", ["\x00", "\x07", "\x1b", "\x1f"])
def test_row_with_control_characters_is_set_aside(tmp_path, letter):
    path = write_file(tmp_path, "ties.csv", {"label": f"a{letter}b"}, {})
    rows, report = read(path)
    assert [row.line for row in rows] == [3]
    assert [aside.code for aside in report.refused] == ["control_characters"]


def test_file_without_a_column_is_refused_whole(tmp_path):
    path = tmp_path / "retrievals.csv"
    path.write_text("source,note\nminutes,none\n")
    with pytest.raises(Invalid) as refused:
        read(path)
    assert refused.value.code == "columns_missing"
    assert refused.value.details["columns"] == ["retrieved_on", "sha256"]


def test_empty_file_is_refused_whole(tmp_path):
    path = tmp_path / "ties.csv"
    path.write_text("")
    with pytest.raises(Invalid):
        read(path)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", "слово".encode("cp1251")])
def test_file_that_cannot_be_read_is_refused_whole(tmp_path, content):
    path = tmp_path / "ties.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Unavailable) as refused:
        read(path)
    assert refused.value.code == "starter_unreadable"


def test_cell_longer_than_the_csv_reader_takes_is_set_aside(tmp_path):
    path = write_file(tmp_path, "ties.csv", {"note_en": "x" * 200_000}, {})
    rows, report = read(path)
    assert [row.line for row in rows] == [3]
    assert [(aside.line, aside.code) for aside in report.refused] == [(2, "row_unreadable")]


def test_text_with_a_line_separator_of_unicode_stays_one_cell(tmp_path):
    (row,), _report = read(write_file(tmp_path, "ties.csv", {"label": "one\u2028two\x85three"}))
    assert row["label"] == "one\u2028two\x85three"


def test_report_tells_programs_what_was_set_aside():
    report = Report(rows=2, taken=1)
    report.set_aside("ties.csv", 7, Invalid("Not so.", code="why"))
    assert report.as_json() == {
        "rows": 2,
        "taken": 1,
        "known": 0,
        "unchanged": False,
        "refused": [{"file": "ties.csv", "line": 7, "code": "why", "sentence": "Not so."}],
    }
