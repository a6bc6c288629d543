"""Papers as PDF: one Typst layout, its embedded fonts, and the paper as data beside it.

The fonts come with the `typst` package: Libertinus Serif has the letters of all five languages
(Cyrillic with Ґ Є І Ї, Polish, French, German); the fonts of the machine are left alone, so that
the same paper has the same bytes everywhere. Tagged for screen readers (PDF/UA-1).
"""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import typst

from mistok.kernel.errors import Invalid
from mistok.papers.codes import code_of
from mistok.papers.composing import Paper, Piece

LAYOUT = Path(__file__).parent / "paper.typ"
_UNPRINTABLE = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_LONG_WORD = re.compile(r"\S{34,}")
_JOINT = re.compile(r"(?<=[@./_\-])(?=.)")
_PAGES = ("https://", "http://")
_STRETCH = 30
_BREAK = "\u200b"
_NARROWEST, _WIDEST, _EDGES = 4, 40, 4
_UNPARTED = 20
"""Letters up to which a text in a table is not hyphenated."""
_IN_A_LINE, _MOST_LINES = 95, 24
"""Letters of a table that a page takes beside each other, and lines of a row that stay together:
fewer than any page has, since what does not fit on one would be cut off."""
_ON_ITS_SIDE = 143
"""Letters beside each other on a page that lies on its side."""


def to_pdf(paper: Paper) -> bytes:
    """The paper as an A4 PDF, its languages side by side; equal papers give equal bytes.

    Raises Invalid (code `sign_unprintable`) for a letter that the fonts do not have: an empty box
    in a name must not be signed.
    """
    try:
        made: bytes = typst.compile(
            _layout(),
            format="pdf",
            ignore_system_fonts=True,
            sys_inputs={"paper": json.dumps(_data(paper), ensure_ascii=False)},
            timestamp=0,
            pdf_standards="ua-1",
        )
    except typst.TypstError as error:
        found = _UNPRINTABLE.search(str(error))
        if not found:
            raise
        raise Invalid(
            f"The sign “{found[1]}” cannot be printed: the paper's fonts do not have it. "
            "Write the word in the letters of the paper's languages.",
            code="sign_unprintable",
            details={"sign": found[1], "kind": paper.kind},
        ) from error
    return made


@cache
def _layout() -> bytes:
    return LAYOUT.read_bytes()


def _data(paper: Paper) -> dict[str, Any]:
    return {
        "title": " / ".join(paper.titles),
        "author": paper.office or "Mistok",
        "office": breakable(paper.office),
        "languages": paper.languages,
        "landscape": paper.landscape,
        "pieces": list(
            _pieces(
                [piece for piece in paper.pieces if piece.block != "copy"],
                _ON_ITS_SIDE if paper.landscape else _IN_A_LINE,
            )
        ),
    }


def _pieces(pieces: Sequence[Piece], room: int) -> Iterator[dict[str, Any]]:
    """Each piece as the layout takes it, with what it must know of its neighbours; `room`: letters
    that a line of the page takes.
    """
    under, level = "", 1
    for piece, after in zip(pieces, (*pieces[1:], None), strict=True):
        yield {
            "block": piece.block,
            "number": piece.number,
            "texts": [breakable(text) for text in piece.texts],
            "code": {"address": piece.address, "image": code_of(piece.address)}
            if piece.address
            else None,
            "cells": [[[breakable(t) for t in cell] for cell in row] for row in piece.cells],
            "right": piece.right,
            "widths": widths(piece, room) if piece.block == "table" else (),
            "parts": parting(piece, room) if piece.block == "table" else (),
            "under": under == "clause",
            "level": level,
            "holds": after is not None and _holds(piece.block, after.block),
        }
        under = under if piece.block == "list" else piece.block
        level = 2 if piece.block in ("title", "heading", "annex") else level


def _holds(block: str, after: str) -> bool:
    """Whether a piece may not be parted from the next by the end of a page."""
    return after == "signatures" or (after in ("list", "table") and block != "list")


def widths(piece: Piece, room: int = _IN_A_LINE) -> list[float]:
    """How wide each column of a table is beside the others: by its longest texts, within bounds,
    and wide enough for its longest word, which is not parted when it is short.

    `room`: letters that a line of the page takes.
    """
    found, words = [], []
    numbers = piece.right or (False,) * len(piece.cells[0])
    for column, number in zip(zip(*piece.cells, strict=True), numbers, strict=True):
        texts = [text for cell in column for text in cell]
        longest = max(map(len, texts))
        found.append(float(min(max(longest, _NARROWEST), _WIDEST) + _EDGES))
        # A number stays on one line: "30 000 EUR" has blanks that are not broken.
        lengths = [len(word) for text in texts for word in text.split(" " if number else None)]
        words.append(max((length for length in lengths if length <= _UNPARTED), default=0) + _EDGES)
    return _widened(found, words, room)


def _widened(shares: list[float], least: list[int], room: int) -> list[float]:
    """The shares with more for columns that would get fewer letters than they need at least; where
    the page has no room for all of them, each gives way by the same part.
    """
    if sum(least) >= room:
        return [float(low) for low in least]
    for _ in shares:
        whole = sum(shares)
        short = [share / whole * room < low for share, low in zip(shares, least, strict=True)]
        if not any(short):
            break
        rest = sum(share for share, lacks in zip(shares, short, strict=True) if not lacks)
        left = room - sum(low for low, lacks in zip(least, short, strict=True) if lacks)
        shares = [
            float(low) if lacks else share / rest * left
            for share, low, lacks in zip(shares, least, short, strict=True)
        ]
    return shares


def parting(piece: Piece, room: int = _IN_A_LINE) -> list[bool]:
    """Of each row of a table but the titles, whether the end of a page may part it: long ones.

    It reckons with an upright page also where the page lies on its side, which is lower.
    """
    shares = widths(piece, room)
    shares = [_IN_A_LINE * share / sum(shares) for share in shares]
    return [
        any(
            sum(1 + len(text) // share for text in cell) > _MOST_LINES
            for cell, share in zip(row, shares, strict=True)
        )
        for row in piece.cells[1:]
    ]


def breakable(text: str) -> str:
    """The text with places where a long mail address or word without blanks may be broken.

    The address of a page stays as it is, to be copied; the layout knows where to break it.
    """
    return _LONG_WORD.sub(
        lambda word: word[0] if word[0].startswith(_PAGES) else _broken(word[0]), text
    )


def _broken(word: str) -> str:
    parts = _JOINT.split(word)
    cut = [part[i : i + _STRETCH] for part in parts for i in range(0, len(part), _STRETCH)]
    return _BREAK.join(cut)
