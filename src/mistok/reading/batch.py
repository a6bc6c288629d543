"""Many documents: a part of them read in one go, here, in a process beside, or on a cluster.

A worker gets the place of the world and the documents, never the reader: it opens its own once.
"""

import gc
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from mistok.kernel.errors import Invalid, Refusal
from mistok.reading.intake import open_bytes
from mistok.reading.intake.limits import MOST_BYTES
from mistok.reading.model import Text
from mistok.reading.reader import Reader
from mistok.world import World


@dataclass(frozen=True, slots=True)
class Given:
    """A document to be read: its words, or its bytes, or the path where these lie.

    `problem` says in one sentence why there is nothing to read, with its code.
    """

    id: str
    text: str = ""
    data: bytes = b""
    path: str = ""
    published: str = ""
    url: str = ""
    problem: tuple[str, str] = ("", "")

    @property
    def size(self) -> int:
        """About how much memory it takes, in bytes."""
        return 2 * len(self.text) + len(self.data) + 200


@lru_cache(maxsize=1)
def reader_of(world: str) -> Reader:
    """The reader of the world in this folder, kept for the next part."""
    reader = Reader(World.open(world))
    # What was loaded stays: looking through it for garbage again and again costs a sixth.
    gc.collect()
    gc.freeze()
    return reader


def read_part(world: str, part: Sequence[Given]) -> list[str]:
    """One line of JSON for each document, in order; see `read_line`."""
    reader = reader_of(world)
    return [read_line(reader, given) for given in part]


def read_line(reader: Reader, given: Given) -> str:
    """What one document states, as a line of JSON in the shape of `mistok read`.

    A document that cannot be read has empty lists and an `error` with `code` and `message`: it
    never stops the others.
    """
    try:
        reading = reader.read(_words(given), id=given.id, published=given.published)
        told: dict[str, Any] = dict(reading.as_document())
    except Refusal as refusal:
        told = {"id": given.id, "lang": "", "published": None}
        told |= {"ties": [], "aid": [], "projects": [], "notes": []}
        told["error"] = {"code": refusal.code, "message": str(refusal)}
    return json.dumps(told, ensure_ascii=False)


def carried(given: Given) -> Given:
    """The document with its bytes instead of a path, for a machine that does not have the file."""
    if not given.path:
        return given
    path = Path(given.path)
    try:
        with path.open("rb") as file:
            # One byte more than is taken tells that it is too large.
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        sentence = f"{path.name} cannot be read ({error.strerror}). Check the file and its rights."
        return replace(given, path="", problem=(sentence, "file_unreadable"))
    if not data:
        return replace(given, path="", problem=(f"{path.name} is empty.", "document_empty"))
    return replace(given, path="", data=data)


def _words(given: Given) -> str | Text:
    given = carried(given)
    sentence, code = given.problem
    if sentence:
        raise Invalid(sentence, code=code)
    if not given.data:
        return given.text
    return open_bytes(given.data, name=given.id, published=given.published, url=given.url)
