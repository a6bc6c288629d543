"""Documents whose facts are known: JSON lines in the form of the corpus."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mistok.kernel.errors import Invalid, NotFound
from mistok.reading.model import TIE_EVENTS, TIE_KINDS


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document and what a person found in it; `ties`, `aid`, `projects` as in the corpus."""

    id: str
    lang: str
    text: str
    published: str
    ties: tuple[dict[str, Any], ...]
    aid: tuple[dict[str, Any], ...]
    projects: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class SetAside:
    """A line that could not be used, and one sentence why."""

    line: int
    sentence: str


def read_labelled(path: Path) -> tuple[list[Labelled], list[SetAside]]:
    """Read labelled documents; lines that cannot be used are set aside.

    Raises NotFound (code `file_missing`) and Invalid (codes `file_unreadable`,
    `documents_missing`).
    """
    documents, aside = [], []
    for number, line in enumerate(_lines(path), start=1):
        if not line.strip():
            continue
        try:
            documents.append(_document(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            sentence = f"The line is no labelled document ({str(error)[:80]})."
            aside.append(SetAside(number, sentence))
    if not documents:
        raise Invalid(
            f"{path.name} has no labelled document. Write one JSON object a line, with id, lang, "
            "text, ties, aid and projects.",
            code="documents_missing",
        )
    return documents, aside


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8") as lines:
            yield from lines
    except FileNotFoundError as error:
        raise NotFound(
            f"There is no file {path.name}. Check its name and folder.", code="file_missing"
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(
            f"{path.name} cannot be read as UTF-8 text. Save it anew.", code="file_unreadable"
        ) from error


def _document(content: dict[str, Any]) -> Labelled:
    ties = tuple(content["ties"])
    for tie in ties:
        if tie["kind"] not in TIE_KINDS or tie["event"] not in TIE_EVENTS:
            raise ValueError(f"{tie['kind']} {tie['event']} is no kind and event")
        for side in ("a", "b"):
            _ = tie[side]["name"], tie[side]["country"]
    return Labelled(
        id=str(content["id"]),
        lang=str(content["lang"]),
        text=str(content["text"]),
        published=str(content.get("published") or ""),
        ties=ties,
        aid=tuple(content["aid"]),
        projects=tuple(content["projects"]),
    )
