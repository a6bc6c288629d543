"""What a person writes into a paper beside the record: purposes, addresses, names of institutions.

Words come under flat names: `purpose.uk` (one language), `acquirer_code` or `signatory` (all of
them), `lines.2.acquirer.uk` (one row), `lines.acquirer.uk` (every row). Amounts, days, money,
numbers of acts and people of a commission come from the record alone: who finds one wrong
corrects it there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Final

from django.utils.translation import gettext as _

from mistok.aid.papers.kinds import KINDS
from mistok.aid.papers.phrases import Languages, Texts, everywhere, person
from mistok.kernel.errors import Invalid
from mistok.papers import LANGUAGES, Slot, slots_of
from mistok.papers.format import Field

_OPEN: Final = frozenset(
    "number title giver giver_address receiver receiver_address receiver_code ground purpose "
    "category remarks signatory_office signatory acquirer acquirer_address acquirer_code users "
    "papers taken_over new_acquirer new_acquirer_code request consent decision export_document "
    "disposal salutation results".split()
)
_OPEN_CELLS: Final = frozenset("name note state acquirer acquirer_code settlement users".split())
_SETTLED: Final = frozenset({"issue_sheet", "aid_report", "redistribution_act"})
"""Papers whose settlements, if any, the record tells."""
_PEOPLE: Final = frozenset({"signatory"})
MOST_WORDS: Final = 2000

Slots = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A name of words taken apart: slot, row (0 for every row), field, language ("" for all)."""

    slot: Slot
    row: int
    field: Field | None
    language: str

    @property
    def per_language(self) -> bool:
        return self.field.per_language if self.field else self.slot.per_language


def open_slots(kind: str) -> list[Slot]:
    """The slots of a kind of paper that words may fill, in the order of its form."""
    by_act = KINDS[kind].act is not None
    closed = {"number"} if by_act else set[str]()
    return [slot for slot in slots_of(kind) if slot.name in _OPEN - closed]


def open_cells(kind: str) -> list[Field]:
    """The fields of the paper's lines that words may fill."""
    closed = {"settlement"} if kind in _SETTLED else set[str]()
    lines = next(slot for slot in slots_of(kind) if slot.name == "lines")
    return [field for field in lines.fields if field.name in _OPEN_CELLS - closed]


def with_words(
    kind: str, languages: Languages, known: Mapping[str, Any], words: Mapping[str, str]
) -> Slots:
    """What the record knows, with what a person wrote over it; empty words change nothing.

    Raises Invalid (`paper_words_unknown`) for words that the paper does not take.
    """
    if len(words) > MOST_WORDS:
        raise _unknown(kind)
    slots = {name: _copy(value) for name, value in known.items()}
    # Words for all languages first, so that those of one come over them.
    for name in sorted(words, key=lambda name: name.rpartition(".")[2] in LANGUAGES):
        if words[name].strip():
            _write(slots, _named(kind, name), words[name].strip(), languages)
    return slots


def _copy(value: Any) -> Any:
    if isinstance(value, list):
        return [_copy(one) for one in value]
    return dict(value) if isinstance(value, Mapping) else value


def _named(kind: str, name: str) -> _Named:
    parts = name.split(".")
    language = parts.pop() if parts[-1] in LANGUAGES and len(parts) > 1 else ""
    slot = next((one for one in open_slots(kind) if one.name == parts[0]), None)
    if slot is not None and len(parts) == 1:
        return _Named(slot=slot, row=0, field=None, language=language)
    lines = next(one for one in slots_of(kind) if one.name == "lines")
    field = next((one for one in open_cells(kind) if one.name == parts[-1]), None)
    row = parts[1] if len(parts) == 3 else "0"
    if parts[0] != "lines" or field is None or len(parts) not in (2, 3) or not _is_row(row):
        raise _unknown(kind)
    return _Named(slot=lines, row=int(row), field=field, language=language)


def _is_row(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 3


def _write(slots: Slots, named: _Named, text: str, languages: Languages) -> None:
    if named.field is None:
        before = slots.get(named.slot.name)
        slots[named.slot.name] = _value(named, text, before, languages)
        return
    for number, row in enumerate(slots.get("lines", []), 1):
        if named.row in (0, number):
            name = named.field.name
            row[name] = _value(named, text, row.get(name), languages)


def _value(named: _Named, text: str, before: Any, languages: Languages) -> Any:
    """The words as the slot takes them, beside those of other languages that are there."""
    if named.slot.type == "list" and named.field is None:
        return _listed(named, text, before, languages)
    if not named.per_language:
        return text
    texts: Texts = dict(before) if isinstance(before, Mapping) else {}
    if named.language:
        return _completed(named, texts | {named.language: text}, languages)
    return texts | _in_all(named, text, languages)


def _listed(named: _Named, text: str, before: Any, languages: Languages) -> list[Texts]:
    """One item a line; items of a further language join those that are there.

    What a language has no line for any more loses it, and goes when no language is left.
    """
    told = [line.strip() for line in text.splitlines() if line.strip()]
    if not named.language:
        return [everywhere(one, languages) for one in told]
    there: list[Texts] = [dict(one) for one in before or []]
    joined = [
        {lang: words for lang, words in (one or {}).items() if lang != named.language}
        | ({named.language: item} if item else {})
        for one, item in zip_longest(there, told)
    ]
    return [one for one in joined if one]


def _in_all(named: _Named, text: str, languages: Languages) -> Texts:
    """The same words in every language; of a person's name the letters of each."""
    in_letters = person if named.slot.name in _PEOPLE else everywhere
    return in_letters(text, languages)


def _completed(named: _Named, texts: Texts, languages: Languages) -> Texts:
    """A name told in Ukrainian alone is written in the letters of the other languages too."""
    own = texts.get("uk", "")
    if not own or named.slot.name not in (*_PEOPLE, "signatory_office"):
        return texts
    if named.slot.name in _PEOPLE:
        return person(own, languages) | texts
    kept = everywhere(own, languages)
    return {lang: text for lang, text in kept.items() if text != own} | texts


def _unknown(kind: str) -> Invalid:
    return Invalid(
        _(
            "A part of the paper was written that the record tells, or that it does not have. "
            "Open the form of the paper again and fill in what it asks for."
        ),
        code="paper_words_unknown",
        details={"kind": kind},
    )
