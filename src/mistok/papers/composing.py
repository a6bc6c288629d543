"""A paper composed: the template's blocks with what was filled in, in one to three languages."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mistok.kernel.errors import Invalid
from mistok.papers.filling import Filled, Row, Said, filled, language_unknown
from mistok.papers.format import (
    LANGUAGES,
    OPTIONAL,
    PLACEHOLDER,
    SEVERAL,
    Block,
    Column,
    Template,
)
from mistok.papers.inserting import paragraphs, written
from mistok.papers.templates import template
from mistok.papers.wording import bare_number, begun, joined, languages_in_words, typeset

MOST_LANGUAGES = 3
"""More columns than these cannot be read on A4."""
_NOTHING = "—"
_CLOSED = ".;:!?,…"
_SHORTENED = ("\u00a0r.", " r.")
"""Polish days end so: this full stop does not close an item."""
_SALUTATION, _NUMBER = "{salutation}", "number"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a paper: a text in each language, or a table, or the places for signatures.

    `block`: the word of the template's format; `number`: "1." or "1.2." or nothing;
    `texts`: by language, a line break is a line break;
    `cells`: of a table the rows, first the titles, each cell by language; of signatures one row
    for each hand with what stands above and below the line, by language;
    `right`: which columns hold numbers; `address`: what a qr holds.
    """

    block: str
    texts: Said = ()
    number: str = ""
    cells: tuple[tuple[Said, ...], ...] = ()
    right: tuple[bool, ...] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper ready to be rendered; equal papers render to equal bytes."""

    kind: str
    version: int
    since: str
    languages: tuple[str, ...]
    titles: Said
    office: str
    landscape: bool
    pieces: tuple[Piece, ...]


def compose(
    kind: str,
    languages: Sequence[str],
    slots: Mapping[str, Any],
    *,
    office: str = "",
    version: int | None = None,
) -> Paper:
    """The paper of that kind with the slots filled in, in the languages given, left to right.

    `languages`: one to three of uk, en, de, pl, fr; `office`: who makes the paper, for the head of
    each page; `version`: of the template, the latest unless told. What each slot takes is told by
    `mistok.papers.filling.filled`. Raises NotFound (`paper_unknown`) and Invalid
    (`languages_wrong`, `language_unknown`, `slot_missing`, `slot_wrong`, `slot_unknown`).
    """
    _check_languages(languages)
    found = template(kind, version)
    pieces = _Composer(found, tuple(languages), filled(found, languages, slots)).pieces()
    return Paper(
        kind=found.kind,
        version=found.version,
        since=found.since,
        languages=tuple(languages),
        titles=tuple(found.title[language] for language in languages),
        office=" ".join(office.split()),
        landscape=found.landscape or len(languages) > 2,
        pieces=tuple(pieces),
    )


def _check_languages(languages: Sequence[str]) -> None:
    for language in languages:
        if language not in LANGUAGES:
            raise language_unknown(language, {})
    if not 1 <= len(languages) <= MOST_LANGUAGES or len(set(languages)) < len(languages):
        raise Invalid(
            f"A paper has one to {MOST_LANGUAGES} languages, each once. Choose them again.",
            code="languages_wrong",
            details={"languages": list(languages)},
        )


class _Composer:
    """Walks the blocks once and counts headings and clauses on the way."""

    def __init__(self, found: Template, languages: tuple[str, ...], values: Filled) -> None:
        self.template = found
        self.languages = languages
        self.values = values
        self.heading = 0
        self.clause = 0
        self.under = ""
        self.salutation: Said = ()

    def pieces(self) -> Iterator[Piece]:
        shown = [block for block in self.template.blocks if self._shown(block)]
        for block, after in zip(shown, [*shown[1:], None], strict=True):
            if block.block == "table":
                yield self._table(block)
            elif block.block == "signatures":
                yield from self._signatures(block)
            elif block.block == "list":
                yield from self._list(block, after)
            else:
                for texts in self._all_texts(block):
                    yield from self._counted(block, self._after_salutation(block, texts))

    def _shown(self, block: Block) -> bool:
        if block.when and not self._holds(block.when):
            return False
        if block.unless and self._holds(block.unless):
            return False
        if block.each and not self.values.has(block.each):
            return False
        if block.address and not self.values.has(block.address):
            return False
        bare = OPTIONAL.sub("", block.text.get("en", ""))
        named = {name for name, _ in PLACEHOLDER.findall(bare)} - {"row", "languages"}
        return all(self.values.has(name) for name in named)

    def _holds(self, name: str) -> bool:
        return len(self.languages) > 1 if name == SEVERAL else self.values.has(name)

    def _all_texts(self, block: Block) -> list[Said]:
        """The block's texts, once or for each item; those with an empty field are left out."""
        if not block.each:
            return [_present for _present in [self._texts(block, 0)] if _present]
        count = len(self.values.rows.get(block.each) or self.values.lists[block.each])
        found = (self._texts(block, number) for number in range(1, count + 1))
        return [texts for texts in found if texts]

    def _texts(self, block: Block, number: int) -> Said:
        """By language; empty when a field that the text must name is empty in this row."""
        said = []
        for place, language in enumerate(self.languages):
            words = _Words(self, block, place, number)
            text = written(block.text[language], words.of)
            if text is None:
                return ()
            said.append(typeset(text, language))
        return tuple(said)

    def _after_salutation(self, block: Block, texts: Said) -> Said:
        """The texts as they are; but the first of a letter begins as its salutation asks for.

        Words that somebody filled in keep the letter that they have.
        """
        before, self.salutation = self.salutation, ()
        if block.text.get("en") == _SALUTATION:
            self.salutation = texts
        if not before or block.text.get("en", "{").startswith("{"):
            return texts
        told = zip(texts, before, self.languages, strict=True)
        return tuple(begun(text, greeting, language) for text, greeting, language in told)

    def _counted(self, block: Block, texts: Said) -> Iterator[Piece]:
        """The pieces of one text: paragraphs pair by pair, numbers on headings and clauses."""
        number = ""
        if block.block in ("heading", "annex"):
            self.clause = 0
            self.heading += block.numbered
            number = f"{self.heading}." if block.numbered else ""
            self.under = number
        if block.block == "clause":
            self.clause += 1
            number = f"{self.under}{self.clause}."
        for place, pair in enumerate(paragraphs(texts)):
            address = self.values.words[block.address][0] if block.address else ""
            yield Piece(block.block, pair, "" if place else number, address=address)

    def _list(self, block: Block, after: Block | None) -> Iterator[Piece]:
        """Items with the stops that a list has; a comma where the sentence goes on below it."""
        items = self._all_texts(block)
        goes_on = after is not None and after.text.get("en", "")[:1].islower()
        last = "," if goes_on else "."
        for place, texts in enumerate(items, 1):
            stop = last if place == len(items) else ";"
            said = (
                _stopped(text, stop, lang) for text, lang in zip(texts, self.languages, strict=True)
            )
            yield Piece("list", tuple(said))

    def _table(self, block: Block) -> Piece:
        """Titles and rows; a column that is empty in every row is left out."""
        rows = self.values.rows[block.each]
        slot = self.template.slot(block.each)
        found = [
            (column, [self._cell(block, column, number) for number in range(1, len(rows) + 1)])
            for column in block.columns
        ]
        columns, held = [c for c, cells in found if any(cells)], [c for _, c in found if any(c)]
        titles = tuple(tuple(c.title[lang] for lang in self.languages) for c in columns)
        nothing = (_NOTHING,) * len(self.languages)
        cells = tuple(tuple(cells[n] or nothing for cells in held) for n in range(len(rows)))
        return Piece(
            "table",
            self._texts(block, 0) if block.text else (),
            cells=(titles, *cells),
            right=tuple(
                bool(c.field) and slot.field(c.field).type in ("number", "money") for c in columns
            ),
        )

    def _cell(self, block: Block, column: Column, number: int) -> Said:
        """One cell by language; empty when its field is, or all fields of its text are."""
        if column.field:
            return self.values.rows[block.each][number - 1].get(column.field, ())
        said = []
        for place, language in enumerate(self.languages):
            text = written(column.text[language], _Words(self, block, place, number).of)
            said.append(typeset((text or "").strip(), language))
        return tuple(said) if all(said) else ()

    def _signatures(self, block: Block) -> Iterator[Piece]:
        """All hands in one piece, so that they can stand side by side."""
        hands = []
        for texts in self._all_texts(block):
            parts = [re.split(r"(?m)^___$", text, maxsplit=1) for text in texts]
            above = tuple(part[0].strip() for part in parts)
            below = tuple(part[-1].strip() if len(part) > 1 else "" for part in parts)
            hands.append((above, below))
        yield Piece("signatures", cells=tuple(hands))


@dataclass(frozen=True, slots=True)
class _Words:
    """What the placeholders of one block stand for, in one language and row (0: no row)."""

    composer: _Composer
    block: Block
    place: int
    number: int

    def of(self, name: str, field: str) -> str:
        """The words, or nothing when the slot is empty."""
        composer, values = self.composer, self.composer.values
        language = composer.languages[self.place]
        if name == "row":
            return str(self.number)
        if name == "languages":
            return languages_in_words(composer.languages, language)
        if name in values.words:
            said = values.words[name][self.place]
            return bare_number(said) if name == _NUMBER else said
        at_hand = self.number and name == self.block.each
        if name in values.lists:
            items = values.lists[name]
            chosen = [items[self.number - 1]] if at_hand else items
            return joined([item[self.place] for item in chosen], language)
        rows: Sequence[Row] = values.rows.get(name, ())
        rows = [rows[self.number - 1]] if at_hand else rows
        told = [row[field][self.place] for row in rows if field in row]
        return joined([bare_number(one) for one in told] if field == _NUMBER else told, language)


def _stopped(text: str, stop: str, language: str) -> str:
    """The item of a list with its stop, unless it brings one."""
    shortened = stop != "." and language == "pl" and text.endswith(_SHORTENED)
    if text.endswith(tuple(_CLOSED)) and not shortened:
        return text
    return f"{text}\u00a0;" if stop == ";" and language == "fr" else text + stop
