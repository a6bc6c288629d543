"""A template's text with words in the place of its placeholders, and its paragraphs."""

from typing import Any

from mistok.papers.filling import Said
from mistok.papers.format import OPTIONAL, PLACEHOLDER


def written(text: str, words: Any) -> str | None:
    """The text with its placeholders put into words; None when one that must be there is empty.

    `words`: takes a name and a field and gives the words, or "". A full stop after words that
    end with one ("2026 r.") is not doubled.
    """
    parts: list[str] = []
    for place, piece in enumerate(OPTIONAL.split(text)):
        found = _replaced(piece, words)
        if found is None and place % 2 == 0:
            return None
        for part in found or ():
            doubled = part.startswith(".") and parts and parts[-1].endswith((".", "!", "?"))
            parts.append(part[1:] if doubled else part)
    return "".join(parts)


def _replaced(piece: str, words: Any) -> list[str] | None:
    parts, end = [], 0
    for match in PLACEHOLDER.finditer(piece):
        value = words(match[1], match[2] or "")
        if not value:
            return None
        parts += [piece[end : match.start()], value]
        end = match.end()
    return [part for part in (*parts, piece[end:]) if part]


def paragraphs(texts: Said) -> list[Said]:
    """Paragraph by paragraph where the languages have equally many, else all in one."""
    parted = [text.split("\n\n") for text in texts]
    if len({len(parts) for parts in parted}) > 1:
        return [texts]
    return list(zip(*parted, strict=True))
