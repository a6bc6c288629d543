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
    Template,
)
from mistok.papers.templates import template
from mistok.papers.wording import joined, languages_in_words, typeset

MOST_LANGUAGES = 3
"""More columns than these cannot be read on A4."""
_NOTHING = "—"
_CLOSED = ".;:!?,…"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a paper: a text in each language, or a table, or the places for signatures.

    `block`: the word of the template's format; `number`: "1." or "1.2." or nothing;
    `texts`: by language, a line break is a line break;
    `cells`: of a table the rows, first the titles, each cell by language; of signatures one row
    for each hand with what stands above and below the line, by language;
    `right`: which columns hold numbers.
    """

    block: str
    texts: Said = ()
    number: str = ""
    cells: tuple[tuple[Said, ...], ...] = ()
    right: tuple[bool, ...] = ()


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
                    yield from self._counted(block, texts)

    def _shown(self, block: Block) -> bool:
        if block.when and not self._holds(block.when):
            return False
        if block.unless and self._holds(block.unless):
            return False
        if block.each and not self.values.has(block.each):
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
            yield Piece(block.block, pair, "" if place else number)

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
        columns = [column for column in block.columns if any(column.field in row for row in rows)]
        titles = tuple(tuple(c.title[lang] for lang in self.languages) for c in columns)
        nothing = (_NOTHING,) * len(self.languages)
        cells = tuple(tuple(row.get(c.field, nothing) for c in columns) for row in rows)
        return Piece(
            "table",
            self._texts(block, 0) if block.text else (),
            cells=(titles, *cells),
            right=tuple(slot.field(c.field).type in ("number", "money") for c in columns),
        )

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
            return values.words[name][self.place]
        at_hand = self.number and name == self.block.each
        if name in values.lists:
            items = values.lists[name]
            chosen = [items[self.number - 1]] if at_hand else items
            return joined([item[self.place] for item in chosen], language)
        rows: Sequence[Row] = values.rows.get(name, ())
        rows = [rows[self.number - 1]] if at_hand else rows
        return joined([row[field][self.place] for row in rows if field in row], language)


def written(text: str, words: Any) -> str | None:
    """The text with its placeholders put into words; None when one that must be there is empty.

    `words`: takes a name and a field and gives the words, or "". A full stop after words that
    end with one ("2026 r.") is not doubled.
    """
    parts: list[str] = []
    for place, piece in enumerate(OPTIONAL.split(text)):
        found = _replaced(piece, words)
        if found is None and place % 2 == 0:
            return None
        for part in found or ():
            doubled = part.startswith(".") and parts and parts[-1].endswith((".", "!", "?"))
            parts.append(part[1:] if doubled else part)
    return "".join(parts)


def _replaced(piece: str, words: Any) -> list[str] | None:
    parts, end = [], 0
    for match in PLACEHOLDER.finditer(piece):
        value = words(match[1], match[2] or "")
        if not value:
            return None
        parts += [piece[end : match.start()], value]
        end = match.end()
    return [part for part in (*parts, piece[end:]) if part]


def paragraphs(texts: Said) -> list[Said]:
    """Paragraph by paragraph where the languages have equally many, else all in one."""
    parted = [text.split("\n\n") for text in texts]
    if len({len(parts) for parts in parted}) > 1:
        return [texts]
    return list(zip(*parted, strict=True))


def _stopped(text: str, stop: str, language: str) -> str:
    """The item of a list with its stop, unless it brings one."""
    if text.endswith(tuple(_CLOSED)) and not (stop == ";" and text.endswith(" r.")):
        return text
    return f"{text}\u00a0;" if stop == ";" and language == "fr" else text + stop
