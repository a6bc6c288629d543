"""DOCX files: paragraphs, list items and rows of tables in order, without hidden words."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from mistok.reading.intake.cleaning import tidied
from mistok.reading.intake.limits import (
    LEAST_RATIO_SIZE,
    MOST_CHARACTERS,
    MOST_RATIO,
    MOST_UNPACKED,
    broken,
    too_large,
    too_long,
)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SKIPPED = frozenset((f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", _FALLBACK))
_OFF = frozenset(("0", "false", "off", "none"))
_SMALLEST = 4
_WHITES = frozenset(("FFFFFF", "FEFEFE", "FDFDFD", "FCFCFC"))


def docx_text(data: bytes, name: str = "") -> tuple[str, str]:
    """Give the text and the title of a DOCX file.

    Raises Invalid: `docx_broken`, and `document_too_large` for an archive that unpacks to more
    than is allowed (a zip bomb), before anything is unpacked.
    """
    try:
        _check_archive(data, name)
        document = _opened(data)
        text = "\n".join(_lines(document.element.body, name))
        title = str(document.core_properties.title or "")
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, OSError) as error:
        raise broken(name, "DOCX", "docx_broken") from error
    except (EOFError, AttributeError, IndexError, RuntimeError, SyntaxError) as error:
        # lxml's errors of syntax are errors of Python's own.
        raise broken(name, "DOCX", "docx_broken") from error
    return tidied(text), " ".join(title.split())[:300]


def _check_archive(data: bytes, name: str) -> None:
    """Refuse bombs by the sizes in the archive's list, and parts that define entities."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        unpacked = sum(entry.file_size for entry in entries)
        packed = max(sum(entry.compress_size for entry in entries), 1)
        if unpacked > MOST_UNPACKED or (
            unpacked > LEAST_RATIO_SIZE and unpacked > packed * MOST_RATIO
        ):
            raise too_large(name, f"unpacked it has {unpacked // 1_000_000} MB")
        for entry in entries:
            if entry.filename.endswith((".xml", ".rels")):
                with archive.open(entry) as part:
                    if b"<!DOCTYPE" in part.read(4096).upper().replace(b"\x00", b""):
                        raise broken(name, "DOCX", "docx_broken")


def _opened(data: bytes) -> Any:
    import docx
    from docx.opc.exceptions import OpcError

    try:
        return docx.Document(io.BytesIO(data))
    except OpcError as error:
        raise ValueError("no document in the package") from error


def _lines(body: Any, name: str) -> Iterator[str]:
    """A line for each paragraph and for each row of a table."""
    letters = 0
    for element in _blocks(body):
        if element.tag == f"{_W}tr":
            cells = (
                " ".join(filter(None, (_words(p) for p in cell.iter(f"{_W}p"))))
                for cell in element.iterchildren(f"{_W}tc")
            )
            line = "\t".join(cells).strip()
        else:
            line = _words(element)
            if line and element.find(f"{_W}pPr/{_W}numPr") is not None:
                line = f"- {line}"
        letters += len(line)
        if letters > MOST_CHARACTERS:
            raise too_long(name)
        yield line


def _blocks(body: Any) -> Iterator[Any]:
    """Paragraphs and rows from top to bottom; a row is one block, with all that is in it."""
    stack = [iter(body)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag in (f"{_W}p", f"{_W}tr"):
            yield element
        elif isinstance(element.tag, str) and element.tag not in _SKIPPED:
            stack.append(iter(element))


def _words(paragraph: Any) -> str:
    """The visible words of a paragraph, inserted ones with them, deleted ones without."""
    parts: list[str] = []
    stack = [iter(paragraph)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
            continue
        tag = element.tag
        if not isinstance(tag, str) or tag in _SKIPPED:
            continue
        if tag == f"{_W}t":
            parts.append(element.text or "")
        elif tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
            parts.append(" ")
        elif tag == f"{_W}noBreakHyphen":
            parts.append("-")
        elif not (tag == f"{_W}r" and _is_hidden(element)):
            stack.append(iter(element))
    return " ".join("".join(parts).split())


def _is_hidden(run: Any) -> bool:
    """Hidden by its own layout: marked as hidden, white, or too small to see."""
    layout = run.find(f"{_W}rPr")
    if layout is None:
        return False
    vanish = layout.find(f"{_W}vanish")
    if vanish is not None and vanish.get(f"{_W}val", "1") not in _OFF:
        return True
    size = layout.find(f"{_W}sz")
    half_points = size.get(f"{_W}val", "") if size is not None else ""
    if half_points.isdigit() and int(half_points) < _SMALLEST:
        return True
    colour = layout.find(f"{_W}color")
    grounded = layout.find(f"{_W}shd") is not None or layout.find(f"{_W}highlight") is not None
    return colour is not None and not grounded and colour.get(f"{_W}val", "").upper() in _WHITES
