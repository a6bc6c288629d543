"""The format of a paper's template: one JSON file a kind and version under `data/`.

A file is an object with these keys:
`kind` (the file's name), `version` (1, 2, …: a changed paper is a new file `<kind>.<version>.json`
beside the old one), `since` (ISO day), `title` (five languages), `about` and `source` (en, uk: what
the paper is for; what its structure follows and how sure that is), `binding` (a word of BINDING),
`slots`, `blocks`, and at wish `landscape` (true for wide tables).

A slot: `name`, `type` (a word of SLOT_TYPES), `label` and `help` (en, uk), and at wish `required`
and `per_language` (both false unless told); a slot of type `rows` has `fields`, each with `name`,
`type` (a word of FIELD_TYPES), `label`, `required`, `per_language`. `least` tells how many items a
list or rows must have when they have any (two parties, for example).

A block: `block` (a word of BLOCKS) and `text` in the five languages. In a text
- `{name}` is a slot; a list is joined to "a, b and c";
- `{rows.field}` is a field of rows: of the row at hand in a block with `each`, else all, joined;
- `{name}` of the list that `each` names is the item at hand; `{row}` is the number of the row;
- `{languages}` says in which languages the paper is made, ready to stand in a sentence: "in
  Ukrainian and German", "українською та німецькою мовами", "in ukrainischer und deutscher Sprache";
- `[[ … {name} … ]]` is left out when a slot in it is empty (no nesting);
- a line break is a line break; a blank line begins a new paragraph.
A block is left out when a slot that its text names outside of `[[ ]]` is empty, when the slot of
`when` is empty, or when the slot of `unless` is filled. `when` and `unless` also take the word
`several_languages`. `each` names a list or rows: the block is repeated for each item.
`numbered` (true) on a heading numbers it; clauses count 1., 2., … under a plain heading and 1.1.,
1.2., … under a numbered one. A `table` has `each` (rows) and `columns` (`title`, and `field` or a
`text` made of fields of the row), its text is the caption and may be missing. In `signatures` a
line `___` is where the hand signs. An `annex` begins a new page with its heading. `meta` is a line
of the letterhead: number, date, addressee. A `qr` shows the address in the slot that `address`
names as a code that a telephone reads, with its text beside it; it stands in the PDF only, and is
left out where the slot is empty. A `copy` is a line of the DOCX only.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

LANGUAGES: Final = ("uk", "en", "de", "pl", "fr")
BINDING: Final = ("no", "usually_not", "political", "internal")
SLOT_TYPES: Final = ("text", "words", "date", "number", "money", "list", "rows", "place")
FIELD_TYPES: Final = ("text", "words", "date", "number", "money", "place")
BLOCKS: Final = tuple(
    "meta title heading paragraph clause list table signatures annex qr copy".split()
)
MADE: Final = ("languages", "row")
"""Names that the library fills itself."""
SEVERAL: Final = "several_languages"

PLACEHOLDER: Final = re.compile(r"\{([a-z_]+)(?:\.([a-z_]+))?\}")
OPTIONAL: Final = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Field:
    """One cell of a row."""

    name: str
    type: str
    label: Texts
    required: bool
    per_language: bool


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing to fill in; `label` and `help` are in English and Ukrainian."""

    name: str
    type: str
    label: Texts
    help: Texts
    required: bool
    per_language: bool
    least: int
    fields: tuple[Field, ...]

    def field(self, name: str) -> Field:
        """The field of that name; the check has seen to it that it is there."""
        return next(field for field in self.fields if field.name == name)


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its title, and which field of the row, or a text made of fields."""

    field: str
    title: Texts
    text: Texts


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a paper as it stands in the file; empty words mean that nothing is told."""

    block: str
    text: Texts
    when: str
    unless: str
    each: str
    columns: tuple[Column, ...]
    numbered: bool
    address: str


@dataclass(frozen=True, slots=True)
class Template:
    """One version of one kind of paper."""

    kind: str
    version: int
    since: str
    title: Texts
    about: Texts
    binding: str
    source: Texts
    slots: tuple[Slot, ...]
    blocks: tuple[Block, ...]
    landscape: bool

    def slot(self, name: str) -> Slot:
        """The slot of that name; the check has seen to it that it is there."""
        return next(slot for slot in self.slots if slot.name == name)


def parse(data: Mapping[str, Any]) -> Template:
    """A checked file as a template; run `mistok.papers.checking.problems` on it before."""
    return Template(
        **{key: data[key] for key in ("kind", "version", "since", "title", "about", "binding")},
        source=data["source"],
        slots=tuple(_slot(slot) for slot in data["slots"]),
        blocks=tuple(_block(block) for block in data["blocks"]),
        landscape=data.get("landscape", False),
    )


def _slot(data: Mapping[str, Any]) -> Slot:
    return Slot(
        name=data["name"],
        type=data["type"],
        label=data["label"],
        help=data["help"],
        required=data.get("required", False),
        per_language=data.get("per_language", False),
        least=data.get("least", 1),
        fields=tuple(
            Field(
                name=field["name"],
                type=field["type"],
                label=field["label"],
                required=field.get("required", False),
                per_language=field.get("per_language", False),
            )
            for field in data.get("fields", ())
        ),
    )


def _block(data: Mapping[str, Any]) -> Block:
    return Block(
        block=data["block"],
        text=data.get("text", {}),
        when=data.get("when", ""),
        unless=data.get("unless", ""),
        each=data.get("each", ""),
        columns=tuple(
            Column(c.get("field", ""), c["title"], c.get("text", {}))
            for c in data.get("columns", ())
        ),
        numbered=data.get("numbered", False),
        address=data.get("address", ""),
    )
