"""A round's file: forgiving about its form, line by line, and plain about what it is not."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.kernel.errors import Invalid, Refusal, Unavailable
from mistok.partnering.rounds import file as round_file
from mistok.partnering.rounds.file import Line, read_lines


def written(folder, text, name="round.csv", encoding="utf-8"):
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_is_read_however_a_spreadsheet_saved_it(tmp_path, separator, encoding, end):
    rows = [["Role", "name", "classes"], ["шукає", " Буча ", '"rural;front_line"']]
    text = end.join(separator.join(row) for row in rows)
    (line,) = read_lines(written(tmp_path, text, encoding=encoding)).lines
    assert line == Line(2, {"role": "шукає", "name": "Буча", "classes": "rural;front_line"})


def test_blank_lines_and_hard_blanks_do_no_harm(tmp_path):
    text = "\n\nrole,name\n,\n\nseeker,Bila\u00a0 Tserkva\n"
    (line,) = read_lines(written(tmp_path, text)).lines
    assert (line.number, line["name"], line["key"]) == (6, "Bila Tserkva", "")


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        ('seeker,"Bucha', "line_unreadable"),
        ('seeker,"Bucha" town', "line_unreadable"),
        ("seeker,Bucha,UA", "line_width"),
        ("seeker,Bu\x07cha", "control_characters"),
        ("seeker," + "a" * 140_000, "line_unreadable"),
    ],
)
def test_bad_line_is_set_aside_and_the_good_ones_stay(tmp_path, bad, code):
    lines = read_lines(written(tmp_path, f"role,name\nseeker,Irpin\n{bad}\nofferer,Dortmund\n"))
    assert [line["name"] for line in lines.lines] == ["Irpin", "Dortmund"]
    (row,) = lines.aside
    assert (row.line, row.code, row.where) == (3, code, "line 3")
    assert row.sentence.endswith(".")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "columns_missing"),
        (b"name,country\nBucha,UA\n", "columns_missing"),
        (b"role,country\nseeker,UA\n", "columns_missing"),
        (b'role,"name\n', "line_unreadable"),
        (b"PK\x03\x04sheet", "round_file_workbook"),
        ("role,name\nseeker,Буча".encode("cp1251"), "round_file_encoding"),
        ("role,name\n".encode("utf-16"), "round_file_encoding"),
        (b"[]", "round_file_shape"),
        (b'{"seekers": {}}', "round_file_shape"),
        (b'{"exclusions": "none"}', "round_file_shape"),
        (b'{"seekers": [', "round_file_not_json"),
        (b"[" * 100_000, "round_file_not_json"),
    ],
)
def test_file_that_is_no_round_is_refused_as_a_whole(tmp_path, content, code):
    with pytest.raises(Invalid) as refused:
        read_lines(written(tmp_path, content))
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


def test_file_that_cannot_be_read_is_refused(tmp_path):
    for path in (tmp_path / "missing.csv", tmp_path):
        with pytest.raises(Unavailable, match="cannot be read"):
            read_lines(path)


def test_file_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(round_file, "LARGEST", 20)
    with pytest.raises(Invalid) as refused:
        read_lines(written(tmp_path, "role,name\nseeker,Bucha\n"))
    assert refused.value.code == "round_file_too_large"


def test_json_gives_the_same_lines_as_csv(tmp_path):
    document = {
        "seekers": [{"name": "Bucha", "capacity": 2, "classes": ["rural", "x"], "since": None}],
        "offerers": [{"key": "geonames:1", "anonymous": True, "excludes": "DE"}],
        "floors": [{"class": "rural", "share": 0.5}, {"classes": "x", "at_least": 1}],
        "exclusions": [["geonames:1", "geonames:2"]],
    }
    lines = read_lines(written(tmp_path, json.dumps(document), "round.json"))
    assert lines.lines == [
        Line(
            1,
            {"name": "Bucha", "capacity": "2", "classes": "rural;x", "since": "", "role": "seeker"},
            "seekers",
        ),
        Line(
            1,
            {"key": "geonames:1", "anonymous": "yes", "excludes": "DE", "role": "offerer"},
            "offerers",
        ),
        Line(1, {"class": "rural", "classes": "rural", "share": "0.5", "role": "floor"}, "floors"),
        Line(2, {"classes": "x", "at_least": "1", "role": "floor"}, "floors"),
    ]
    assert [dict(line.cells) for line in lines.exclusions] == [
        {"a": "geonames:1", "b": "geonames:2"}
    ]
    assert lines.aside == []


@pytest.mark.parametrize(
    "entry", ["Bucha", 7, None, ["geonames:1"], {"name": {"en": "B"}}, {"classes": [1, 2]}]
)
def test_entry_of_another_shape_is_set_aside(tmp_path, entry):
    document = {"seekers": [entry, {"name": "Irpin"}]}
    lines = read_lines(written(tmp_path, json.dumps(document)))
    assert [line["name"] for line in lines.lines] == ["Irpin"]
    assert [(row.where, row.code) for row in lines.aside] == [("seekers, entry 1", "entry_shape")]


def test_half_a_letter_in_json_is_set_aside(tmp_path):
    lines = read_lines(written(tmp_path, '{"seekers": [{"name": "\\ud800"}]}'))
    assert [row.code for row in lines.aside] == ["control_characters"]


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_file_whatever_breaks_the_reader(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "round"
    path.write_bytes(content)
    try:
        lines = read_lines(path)
    except Refusal as refusal:
        told = [str(refusal)]
    else:
        told = [row.sentence for row in lines.aside]
    assert [sentence for sentence in told if not sentence.endswith(".")] == []
