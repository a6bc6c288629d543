"""A composed paper as a page shows it: paragraph pairs, each in its own language."""

from dataclasses import dataclass

from mistok.papers import Paper, Piece
from mistok.papers.filling import Said

Pair = tuple[tuple[str, str], ...]
"""A text in each language: (language, text)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PieceView:
    """One piece. `rows` of a table: the first holds the titles; of signatures: above, below."""

    block: str
    number: str
    texts: Pair
    rows: tuple[tuple[Pair, ...], ...]


def pieces_of(paper: Paper) -> list[PieceView]:
    """All pieces of a paper in their order."""
    return [_view(piece, paper.languages) for piece in paper.pieces]


def _view(piece: Piece, languages: tuple[str, ...]) -> PieceView:
    return PieceView(
        block=piece.block,
        number=piece.number,
        texts=_pair(piece.texts, languages),
        rows=tuple(tuple(_pair(cell, languages) for cell in row) for row in piece.cells),
    )


def _pair(said: Said, languages: tuple[str, ...]) -> Pair:
    return tuple(zip(languages, said, strict=False))
