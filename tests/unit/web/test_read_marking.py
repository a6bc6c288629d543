"""A text with its passages marked: nothing is lost, whatever overlaps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.web.read.marking import AROUND, FIRST, WHOLE, Span, windows


def span(number, start, end, what="tie"):
    return Span(number, what, start, end)


def told(text, *spans):
    shown, left = windows(text, spans)
    return [[(piece.text, piece.kinds) for piece in one.pieces] for one in shown], left


def test_text_without_passages_is_one_piece():
    assert told("some words") == ([[("some words", "")]], 0)


def test_nested_and_overlapping_passages_make_pieces():
    text = "0123456789"
    shown, left = told(text, span(1, 1, 6), span(2, 3, 5, "aid"), span(3, 4, 8, "project"))
    assert shown == [
        [
            ("0", ""),
            ("12", "is-tie"),
            ("3", "is-aid is-tie"),
            ("4", "is-aid is-project is-tie"),
            ("5", "is-project is-tie"),
            ("67", "is-project"),
            ("89", ""),
        ]
    ]
    assert left == 0


def test_passages_open_where_they_begin_the_longer_first():
    shown, _left = windows("0123456789", [span(2, 1, 3), span(1, 1, 6)])
    opened = [[one.number for one in piece.opens] for piece in shown[0].pieces]
    assert opened == [[], [1, 2], [], []]


@pytest.mark.parametrize("wrong", [(-1, 3), (3, 3), (5, 2), (8, 99)])
def test_passages_that_lie_outside_are_left_out(wrong):
    assert told("0123456789", span(1, *wrong)) == ([[("0123456789", "")]], 0)


def test_long_text_is_cut_around_its_passages():
    text = "x" * (WHOLE * 3)
    shown, left = windows(text, [span(1, 5000, 5010), span(2, 5500, 5600), span(3, 30_000, 30_001)])
    lengths = [sum(len(piece.text) for piece in one.pieces) for one in shown]
    assert [one.skipped for one in shown] == [5000 - AROUND, 30_000 - AROUND - 5600 - AROUND]
    assert lengths == [600 + 2 * AROUND, 1 + 2 * AROUND]
    assert left == len(text) - 30_001 - AROUND


def test_long_text_without_passages_shows_its_beginning():
    shown, left = windows("x" * (WHOLE + 1), [])
    assert (len(shown[0].pieces[0].text), left) == (FIRST, WHOLE + 1 - FIRST)


def test_long_text_is_cut_between_words():
    text = "words " * WHOLE
    shown, left = windows(text, [span(1, 6000, 6005), span(2, 6, 11)])
    parts = ["".join(piece.text for piece in one.pieces) for one in shown]
    assert all(not part.strip().startswith(("ords", "rds")) for part in parts)
    assert all(part.endswith("words ") for part in parts)
    assert sum(map(len, parts)) + sum(one.skipped for one in shown) + left == len(text)


@given(
    st.text(max_size=80),
    st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=6),
)
def test_pieces_are_the_text_again(text, borders):
    shown, left = windows(text, [span(n, *two) for n, two in enumerate(borders)])
    assert "".join(piece.text for one in shown for piece in one.pieces) == text
    assert left == 0
