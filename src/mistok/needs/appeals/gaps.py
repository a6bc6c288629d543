"""What a letter still lacks: slots that are empty, and texts that are not in its languages.

No letter may hold an untranslated word: each free text must stand in both languages, in the letters
of each, and not as a copy of another language.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid
from mistok.needs.appeals.filling import HOME, KIND, Source, letter_of, slots_of, trimmed
from mistok.needs.appeals.place_names import CYRILLIC
from mistok.papers import LANGUAGES, Slot, to_pdf
from mistok.papers import slots_of as asked_slots
from mistok.papers.filling import LONGEST
from mistok.papers.format import Field

_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_LATIN: Final = re.compile(r"[A-Za-zÀ-ž]{4,}")
_A_COPY: Final = 4
"""Words from which on two languages cannot agree by chance; below, it may be a name or a type."""
_FREE: Final = frozenset(
    "situation recipient sender_authority sender_seat users papers contact_unit contact_person"
    " signatory_office item specification".split()
)
"""Slots and cells that an office writes itself."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What is missing. `slot`: of the paper; `line`: of the list of needs, 0 elsewhere; `field`:
    its cell; `language`: in which it is missing, "" where it is missing at all; `why`: empty,
    untranslated, letters (of another alphabet), copy (of another language), long (for the paper) or
    name (the addressee `place` has no Ukrainian name that is known).
    """

    slot: str
    why: str
    language: str = ""
    line: int = 0
    field: str = ""
    place: str = ""

    def sentence(self) -> str:
        """What is missing where, and what to do."""
        words = {
            "what": self._label(),
            "language": _named(self.language),
            "line": self.line,
            "place": self.place,
        }
        where = _("line %(line)s, “%(what)s”") if self.line else _("“%(what)s”")
        told = {
            "empty": _("The letter lacks %(where)s. Write it."),
            "untranslated": _("%(where)s is not written in %(language)s. Translate it."),
            "letters": _(
                "%(where)s in %(language)s has letters of another alphabet. Translate it."
            ),
            "long": _("%(where)s in %(language)s is too long for the paper. Shorten it."),
            "name": _(
                "How %(place)s is called in Ukrainian is not known. Write it with the addressee."
            ),
            "copy": _("%(where)s in %(language)s is a copy of another language. Translate it."),
        }[self.why]
        sentence = told % {**words, "where": where % words}
        return sentence[:1].upper() + sentence[1:]

    def _label(self) -> str:
        slot = next(one for one in asked_slots(KIND) if one.name == self.slot)
        thing = slot.field(self.field) if self.field else slot
        return thing.label["uk" if (get_language() or "en")[:2] == "uk" else "en"]


def gaps_of(source: Source) -> tuple[Gap, ...]:
    """Everything that keeps this letter from going out, in the order of the paper."""
    slots = slots_of(source)
    found = []
    if not source.addressee.names.get(HOME):
        found.append(
            Gap("addressee_office", "name", HOME, place=source.addressee.names[source.language])
        )
        slots["addressee_office"] = dict.fromkeys(source.languages, "–")
    for slot in asked_slots(KIND):
        found += _of_slot(slot, slots.get(slot.name), source.languages)
    return tuple(dict.fromkeys(found))


def check_whole(sources: Sequence[Source]) -> None:
    """Raise Invalid (`letter_not_whole`) with every gap of every letter; the first is told."""
    gaps = [gap for source in sources for gap in gaps_of(source)]
    found = list(dict.fromkeys(gaps))
    if not found:
        return
    sentences = [gap.sentence() for gap in found]
    more = len(sentences) - 1
    told = sentences[0]
    if more:
        told += " " + _("%(more)s more are told beside the letter.") % {"more": more}
    raise Invalid(
        told,
        code="letter_not_whole",
        details={
            "gaps": [
                {"slot": g.slot, "why": g.why, "language": g.language, "line": g.line, "told": said}
                for g, said in zip(found, sentences, strict=True)
            ]
        },
    )


def unprintable(sources: Sequence[Source]) -> Invalid | None:
    """The refusal of a sign that no paper can show, found by printing a letter in each language.

    Takes its time: to be asked outside of transactions, of letters that are whole.
    """
    for source in {one.language: one for one in sources}.values():
        try:
            to_pdf(letter_of(source, trimmed(slots_of(source), source.languages)))
        except Invalid as refusal:
            return refusal
    return None


def _of_slot(slot: Slot, value: Any, languages: Sequence[str]) -> Iterator[Gap]:
    if not value:
        if slot.required:
            yield Gap(slot.name, "empty")
    elif slot.type == "rows":
        for row in value:
            for field in slot.fields:
                for gap in _of_text(field, row.get(field.name), languages):
                    yield Gap(slot.name, gap.why, gap.language, int(row["line"]), field.name)
    else:
        for item in value if slot.type == "list" else [value]:
            yield from _of_text(slot, item, languages)


def _of_text(thing: Slot | Field, value: Any, languages: Sequence[str]) -> Iterator[Gap]:
    if not value:
        if thing.required:
            yield Gap(thing.name, "empty")
    elif thing.per_language:
        for language in languages:
            why = _wrong(thing, value, language)
            if why:
                yield Gap(thing.name, why, language)


def _wrong(thing: Slot | Field, value: Mapping[str, str], language: str) -> str:
    """Why a text is not in the language, or nothing."""
    text = value.get(language, "")
    if not text.strip():
        return "untranslated"
    if len(text) > LONGEST[thing.type]:
        return "long"
    if thing.name not in _FREE:
        return ""
    if (language == HOME) != bool(CYRILLIC.search(text)) and _letters_matter(text, language):
        return "letters"
    others = {value[other] for other in LANGUAGES if other != language and value.get(other)}
    copied = language != HOME and text in others
    return "copy" if copied and len(_WORD.findall(text)) >= _A_COPY else ""


def _letters_matter(text: str, language: str) -> bool:
    """A type ("20-50 kVA", "Euro 5") has no language; any Cyrillic letter abroad has."""
    return language != HOME or len(_LATIN.findall(text)) >= _A_COPY


def _named(language: str) -> str:
    return {
        "": "",
        "uk": _("Ukrainian"),
        "en": _("English"),
        "de": _("German"),
        "pl": _("Polish"),
        "fr": _("French"),
    }[language]
