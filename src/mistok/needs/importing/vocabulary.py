"""The words of a spreadsheet of needs: headings, priorities, currencies, rows that are no needs.

They stand in `data/columns.json`: `fields` (code, name and help in five languages, aliases), words
of a column of running numbers, `priorities`, `currencies` by ISO 4217 code, words of a row with
totals, and the sentence that marks the example of the template.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from mistok.needs.items.folding import fold
from mistok.needs.items.stems import stem

REQUIRED: Final = ("item", "amount")
PRIORITIES: Final = ("life_saving", "urgent", "important")
_FILE: Final = Path(__file__).parent / "data" / "columns.json"

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a column can hold."""

    code: str
    names: Texts = field(hash=False, repr=False)
    help: Texts = field(hash=False, repr=False)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words, ready to be looked up: folded, headings also as stems."""

    fields: Mapping[str, Field]
    headings: Mapping[str, str]
    stems: Mapping[tuple[str, ...], str]
    numbering: frozenset[str]
    totals: frozenset[str]
    priorities: Mapping[str, str]
    priority_names: Mapping[str, Texts]
    currencies: Mapping[str, str]
    example: Texts
    examples: frozenset[str]
    sheets: Mapping[str, Texts]


@cache
def vocabulary() -> Vocabulary:
    """The words; read once a process."""
    data = json.loads(_FILE.read_text(encoding="utf-8"))
    headings = {
        fold(word): row["code"]
        for row in data["fields"]
        for word in (*row["aliases"], *row["names"].values())
    }
    return Vocabulary(
        fields=_frozen(
            {
                r["code"]: Field(r["code"], _frozen(r["names"]), _frozen(r["help"]))
                for r in data["fields"]
            }
        ),
        headings=_frozen(headings),
        stems=_frozen({stems_of(word): code for word, code in headings.items() if word}),
        numbering=frozenset(map(fold, data["numbering"])) | frozenset(data["numbering"]),
        totals=frozenset(map(fold, data["totals"])),
        priorities=_frozen(
            {
                fold(word): code
                for code, row in data["priorities"].items()
                for word in (*row["aliases"], *row["names"].values(), code)
            }
        ),
        priority_names=_frozen(
            {code: _frozen(row["names"]) for code, row in data["priorities"].items()}
        ),
        currencies=_frozen(
            {
                folded_currency(word): code
                for code, words in data["currencies"].items()
                for word in (*words, code)
            }
        ),
        example=_frozen(data["example"]),
        examples=frozenset(map(fold, data["example"].values())),
        sheets=_frozen({name: _frozen(texts) for name, texts in data["sheets"].items()}),
    )


def fields() -> tuple[Field, ...]:
    """What a column can hold, in the order of the template."""
    return tuple(vocabulary().fields.values())


def stems_of(heading: str) -> tuple[str, ...]:
    """The stems of a heading's words, small words too: they tell "price" from "price per unit"."""
    return tuple(stem(word) for word in fold(heading).split())


def folded_currency(text: str) -> str:
    """The form under which names and signs of money are compared; a sign is no letter."""
    return " ".join(text.casefold().replace(".", " ").split())


def _frozen(data: Mapping[Any, Any]) -> Any:
    return MappingProxyType(dict(data))
