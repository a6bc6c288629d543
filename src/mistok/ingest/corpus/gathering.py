"""From the names on a command line to documents, one after another, never all at once."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from mistok.kernel.errors import NotFound
from mistok.reading.batch import Given

ENDINGS = frozenset((".txt", ".md", ".html", ".htm", ".xhtml", ".pdf", ".docx"))
"""Files of a folder that are documents; `.jsonl` holds one document a line."""
MOST_BYTES = 16_000_000
"""Of a line: longer ones are set aside without being held."""
PART, PART_BYTES = 16, 2_000_000
"""Documents in one part at most, and about how much they may weigh together."""


def documents_in(paths: Iterable[Path]) -> Iterator[Given]:
    """Every document in these files and folders, in order.

    Raises NotFound (code `file_missing`) for a path that is not there, before anything is read.
    """
    paths = list(paths)
    for path in paths:
        if not path.exists():
            raise NotFound(
                f"There is no file or folder {path}. Check its name.",
                code="file_missing",
                details={"path": str(path)},
            )
    for path in paths:
        yield from _of_folder(path) if path.is_dir() else _of_file(path, path.name)


def parts_of(documents: Iterable[Given]) -> Iterator[tuple[Given, ...]]:
    """Documents in parts that are small in number and in weight."""
    part: list[Given] = []
    weight = 0
    for given in documents:
        part.append(given)
        weight += given.size
        if len(part) >= PART or weight >= PART_BYTES:
            yield tuple(part)
            part, weight = [], 0
    if part:
        yield tuple(part)


def _of_folder(folder: Path) -> Iterator[Given]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix.lower() in ENDINGS | {".jsonl"}:
            yield from _of_file(path, path.relative_to(folder).as_posix())


def _of_file(path: Path, name: str) -> Iterator[Given]:
    if path.suffix.lower() == ".jsonl":
        yield from _of_lines(path, name)
    else:
        yield Given(id=name, path=str(path.absolute()))


def _of_lines(path: Path, name: str) -> Iterator[Given]:
    """The documents of a .jsonl file; what is no document is told under its line's number."""
    with path.open("rb") as lines:
        number = 0
        while line := lines.readline(MOST_BYTES + 1):
            number += 1
            whole = len(line) <= MOST_BYTES
            while not line.endswith(b"\n") and len(line) > MOST_BYTES:
                line = lines.readline(MOST_BYTES + 1) or b"\n"
            if line.strip() or not whole:
                yield _of_line(line if whole else b"", f"{name}:{number}")


def _of_line(line: bytes, where: str) -> Given:
    if not line:
        sentence = f"{where}: the line is longer than {MOST_BYTES:,} bytes. Split the document."
        return Given(id=where, problem=(sentence, "document_too_large"))
    try:
        told = json.loads(line)
        text = told["text"]
        if not isinstance(text, str):
            raise TypeError
    except (ValueError, KeyError, TypeError, RecursionError):
        sentence = (
            f"{where}: the line is no document. Write one JSON object a line, with id, text and, "
            "if known, published."
        )
        return Given(id=where, problem=(sentence, "line_malformed"))
    known = (str(told.get(field) or "") for field in ("id", "published", "url"))
    identifier, published, url = known
    return Given(id=identifier or where, text=text, published=published, url=url)
