"""PDF files: the text of their pages, without running heads, with lines put together again."""

import io
import re
import time
from collections import Counter
from typing import Any

from mistok.kernel.errors import Invalid
from mistok.reading.intake.cleaning import tidied
from mistok.reading.intake.limits import (
    MOST_CHARACTERS,
    MOST_PAGES,
    MOST_SECONDS,
    broken,
    called,
    too_large,
    too_long,
)

_MOST_PAGE_BYTES = 4_000_000
_LEAST_LETTERS = 20
_EDGE_LINES = 2
_REPEATED = 3
_FULL = 0.75
_PAGE_NUMBER = re.compile(
    r"\W*(?:(?:page|seite|strona|str\.?|сторінка|стор\.?)\s*)?\d{1,4}(?:\s*(?:/|of|von|z|із|з)\s*\d{1,4})?\W*",
    re.I,
)
_BULLET = re.compile(r"(?:[-–—•▪●*]|\d{1,2}[.)]|§|[a-zа-я]\))\s")
_DIGITS = re.compile(r"\d+")


def pdf_text(data: bytes, name: str = "") -> tuple[str, str]:
    """Give the text and the title of a PDF file.

    Raises Invalid: `pdf_broken`, `pdf_encrypted`, `pdf_without_text` (a scan), and
    `document_too_large` for more pages or longer work than is allowed.
    """
    from pypdf.errors import PyPdfError

    try:
        pages, title = _pages(data, name)
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise broken(name, "PDF", "pdf_broken") from error
    except (RecursionError, OverflowError, MemoryError, OSError, ArithmeticError) as error:
        raise broken(name, "PDF", "pdf_broken") from error
    text = tidied(unbroken(pages))
    if sum(letter.isalpha() for letter in text[:5000]) < _LEAST_LETTERS:
        raise Invalid(
            f"{called(name)} is a PDF of pictures without text, such as a scan; "
            "run text recognition (OCR) on it first, or paste its words.",
            code="pdf_without_text",
        )
    return text, title


def _pages(data: bytes, name: str) -> tuple[list[str], str]:
    from pypdf import PdfReader

    began = time.monotonic()
    reader = PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted:
        _unlock(reader, name)
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise too_large(name, f"a PDF may have {MOST_PAGES} pages, and it has {count}")
    pages, letters = [], 0
    for page in reader.pages:
        pages.append(_page_text(page))
        letters += len(pages[-1])
        if letters > MOST_CHARACTERS:
            raise too_long(name)
        if time.monotonic() - began > MOST_SECONDS:
            raise too_large(name, f"its pages take longer than {MOST_SECONDS:.0f} seconds")
    return pages, _title(reader)


def _unlock(reader: Any, name: str) -> None:
    """Open a file that anybody may read; refuse one that asks for a password."""
    from pypdf.errors import DependencyError, PyPdfError

    try:
        opened = reader.decrypt("")
    except (DependencyError, PyPdfError, RuntimeError, ValueError):
        opened = 0
    if not opened:
        raise Invalid(
            f"{called(name)} is locked with a password; "
            "save a copy without the password, or paste its text.",
            code="pdf_encrypted",
        )


def _page_text(page: Any) -> str:
    contents = page.get_contents()
    if contents is None or len(contents.get_data()) > _MOST_PAGE_BYTES:
        return ""
    return str(page.extract_text() or "")


def _title(reader: Any) -> str:
    title = getattr(reader.metadata, "title", None) or ""
    # Programs put file names there, which are no titles.
    words = " ".join(str(title).split())
    return words[:300] if " " in words and not words.lower().endswith((".doc", ".docx")) else ""


def unbroken(pages: list[str]) -> str:
    """Put broken lines together again, and drop what stands on every page."""
    rows = [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]
    heads = _running_heads(rows)
    lines = [
        line
        for page in rows
        for at, line in enumerate(page)
        if not _is_running(line, at, len(page), heads)
    ]
    if not lines:
        return ""
    lengths = sorted(map(len, lines))
    width = lengths[len(lengths) * 9 // 10]
    whole: list[list[str]] = []
    before = ""
    for line in lines:
        if before and _goes_on(before, line, width):
            whole[-1].append(line)
        else:
            whole.append([line])
        before = line
    return "\n".join(_joined(parts) for parts in whole)


def _running_heads(rows: list[list[str]]) -> set[str]:
    seen = Counter(
        _DIGITS.sub("#", line)
        for page in rows
        for line in {*page[:_EDGE_LINES], *page[-_EDGE_LINES:]}
    )
    return {line for line, times in seen.items() if times >= max(_REPEATED, len(rows) // 2)}


def _is_running(line: str, at: int, count: int, heads: set[str]) -> bool:
    if _EDGE_LINES <= at < count - _EDGE_LINES:
        return False
    return _PAGE_NUMBER.fullmatch(line) is not None or _DIGITS.sub("#", line) in heads


def _goes_on(before: str, line: str, width: int) -> bool:
    if _BULLET.match(line):
        return False
    if before.endswith("-") and before[-2:-1].isalpha():
        return True
    if len(before) >= width * _FULL and width > 30:
        return not (before[-1] in ".!?:" and len(before) < width * 0.9)
    return line[0].islower() and before[-1] not in ".!?:;" and len(before) > 20


def _joined(parts: list[str]) -> str:
    """One line of several; a hyphen at a line's end goes where a small letter follows."""
    text = parts[0]
    for part in parts[1:]:
        if text.endswith("-") and text[-2:-1].isalpha():
            text = (text[:-1] if part[0].islower() else text) + part
        else:
            text = f"{text} {part}"
    return text
