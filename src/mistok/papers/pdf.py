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
from mistok.papers.composing import Paper, Piece

LAYOUT = Path(__file__).parent / "paper.typ"
_UNPRINTABLE = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_LONG_WORD = re.compile(r"\S{34,}")
_JOINT = re.compile(r"(?<=[@./_\-])(?=.)")
_STRETCH = 30
_BREAK = "\u200b"
_NARROWEST, _WIDEST, _EDGES = 4, 40, 4


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
        "pieces": list(_pieces(paper.pieces)),
    }


def _pieces(pieces: Sequence[Piece]) -> Iterator[dict[str, Any]]:
    """Each piece as the layout takes it, with what it must know of its neighbours."""
    under, level = "", 1
    for piece, after in zip(pieces, (*pieces[1:], None), strict=True):
        yield {
            "block": piece.block,
            "number": piece.number,
            "texts": [breakable(text) for text in piece.texts],
            "cells": [[[breakable(t) for t in cell] for cell in row] for row in piece.cells],
            "right": piece.right,
            "widths": widths(piece) if piece.block == "table" else (),
            "under": under == "clause",
            "level": level,
            "holds": after is not None and _holds(piece.block, after.block),
        }
        under = under if piece.block == "list" else piece.block
        level = 2 if piece.block in ("title", "heading", "annex") else level


def _holds(block: str, after: str) -> bool:
    """Whether a piece may not be parted from the next by the end of a page."""
    return after == "signatures" or (after in ("list", "table") and block != "list")


def widths(piece: Piece) -> list[float]:
    """How wide each column of a table is beside the others: by its longest texts, within bounds."""
    found = []
    for column in zip(*piece.cells, strict=True):
        longest = max(len(text) for cell in column for text in cell)
        found.append(float(min(max(longest, _NARROWEST), _WIDEST) + _EDGES))
    return found


def breakable(text: str) -> str:
    """The text with places where a long address or word without blanks may be broken."""
    return _LONG_WORD.sub(lambda word: _broken(word[0]), text)


def _broken(word: str) -> str:
    parts = _JOINT.split(word)
    cut = [part[i : i + _STRETCH] for part in parts for i in range(0, len(part), _STRETCH)]
    return _BREAK.join(cut)
