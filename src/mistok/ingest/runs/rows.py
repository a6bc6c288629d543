"""What goes into an import and what is left out of it: rows, and rows set aside."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal

ROW_REFUSALS = (Invalid, NotFound, NotAllowed, Conflict)
"""What concerns one row. Anything else, such as a missing gazetteer, ends the whole import."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list: its line as a person would count it, and its cells by name.

    `cursor` is where to go on after it, for sources that are asked page by page; `refusal` says
    why the row could not even be read.
    """

    line: int
    cells: Mapping[str, str] = field(default_factory=dict)
    cursor: str = ""
    refusal: Refusal | None = None

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that was not taken: its line, a stable code, one sentence why, and what it held."""

    line: int
    code: str
    sentence: str
    cells: Mapping[str, str]

    def __str__(self) -> str:
        return f"line {self.line}: {self.sentence}"


def set_aside(row: Row, refusal: Refusal) -> SetAside:
    """The row as it is set aside for this reason."""
    return SetAside(row.line, refusal.code[:60], str(refusal)[:600], row.cells)


def in_chunks(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    """The rows in lists of this many, the last perhaps shorter."""
    chunk: list[Row] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
