"""A side of a comparison as somebody names it at the shell: `registry`, a table, an answer."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from mistok.ingest.comparing.lists import (
    ANSWER,
    REGISTRY,
    Listed,
    from_answer,
    from_registry,
    from_table,
)
from mistok.ingest.tables.choosing import Choices, choices_of, named_map, with_pairs
from mistok.ingest.tables.opening import open_table

HEAD = 4096


def side_of(text: str, maps: Sequence[str]) -> Listed:
    """The list that is meant; `maps` are mapping files and pairs COLUMN=FIELD for its columns.

    Raises what opening a table, a mapping file or an answer raises.
    """
    if text == REGISTRY:
        return from_registry()
    path = Path(text)
    if is_answer(path):
        written = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC).date()
        return from_answer(path.read_bytes(), name=path.name, retrieved=written)
    return from_table(open_table(path), choices_from(maps))


def choices_from(maps: Sequence[str]) -> Choices:
    """What columns and words mean; a file of that name goes before a pair."""
    given: dict[str, object] = {}
    for name in maps:
        if "=" not in name:
            given |= named_map(name)
    return choices_of(with_pairs(given, [name for name in maps if "=" in name], "columns"))


def is_answer(path: Path) -> bool:
    """Whether the file is JSON, as Wikidata answers, and no table."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(HEAD).lstrip().startswith(ANSWER)
