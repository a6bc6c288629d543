"""What a paper still lacks, by name: every obligatory slot, cell and language that is empty."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from mistok.aid.papers.kinds import title_of
from mistok.aid.papers.phrases import Languages
from mistok.kernel.errors import Invalid
from mistok.papers import Slot, slots_of
from mistok.papers.format import Field

MOST_NAMED: Final = 12
LANGUAGE_WORDS: Final[Mapping[str, Any]] = {
    "uk": gettext_lazy("in Ukrainian"),
    "en": gettext_lazy("in English"),
    "de": gettext_lazy("in German"),
    "pl": gettext_lazy("in Polish"),
    "fr": gettext_lazy("in French"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """An empty slot, or a cell of its row (0: none), in a language ("": in none at all)."""

    slot: Slot
    row: int = 0
    field: Field | None = None
    language: str = ""

    @property
    def key(self) -> str:
        """The name under which words for it are given."""
        parts = [self.slot.name, str(self.row or ""), self.field.name if self.field else ""]
        return ".".join(filter(None, [*parts, self.language]))

    @property
    def label(self) -> str:
        """What it is called, in the reader's language: "Acquirer (line 2, in German)"."""
        lang = "uk" if (get_language() or "")[:2] == "uk" else "en"
        name = self.field.label[lang] if self.field else self.slot.label[lang]
        notes = [_("line %(number)s") % {"number": self.row}] if self.row else []
        notes += [str(LANGUAGE_WORDS[self.language])] if self.language else []
        return f"{name} ({', '.join(notes)})" if notes else name


def missing_in(kind: str, languages: Languages, slots: Mapping[str, Any]) -> list[Missing]:
    """Everything that the paper lacks, in the order of its form."""
    return [one for slot in slots_of(kind) for one in _in_slot(slot, languages, slots)]


def check_complete(kind: str, languages: Languages, slots: Mapping[str, Any]) -> None:
    """Raise Invalid (`paper_incomplete`) naming what is empty."""
    missing = missing_in(kind, languages, slots)
    if missing:
        raise Invalid(
            sentence_of(kind, missing),
            code="paper_incomplete",
            details={"kind": kind, "missing": [one.key for one in missing]},
        )


def sentence_of(kind: str, missing: Sequence[Missing]) -> str:
    """What is missing, in one sentence."""
    named = list(dict.fromkeys(one.label for one in missing))
    shown = "; ".join(named[:MOST_NAMED])
    if len(named) > MOST_NAMED:
        shown = _("%(some)s; and %(count)s more") % {
            "some": shown,
            "count": len(named) - MOST_NAMED,
        }
    return _("“%(paper)s” is not made yet. Still to be told: %(missing)s.") % {
        "paper": title_of(kind),
        "missing": shown,
    }


def _in_slot(slot: Slot, languages: Languages, slots: Mapping[str, Any]) -> Iterator[Missing]:
    value = slots.get(slot.name)
    if slot.type == "rows":
        yield from _in_rows(slot, languages, value or [])
    elif slot.type == "list":
        for number, item in enumerate(value or [], 1):
            for language in _lacking(item, languages):
                yield Missing(slot=slot, row=number, language=language)
    elif not value:
        if slot.required:
            yield Missing(slot=slot)
    elif slot.per_language:
        for language in _lacking(value, languages):
            yield Missing(slot=slot, language=language)


def _in_rows(
    slot: Slot, languages: Languages, rows: Sequence[Mapping[str, Any]]
) -> Iterator[Missing]:
    if slot.required and len(rows) < max(slot.least, 1):
        yield Missing(slot=slot)
    for number, row in enumerate(rows, 1):
        for field in slot.fields:
            value = row.get(field.name)
            if not value:
                if field.required:
                    yield Missing(slot=slot, row=number, field=field)
            elif field.per_language:
                for language in _lacking(value, languages):
                    yield Missing(slot=slot, row=number, field=field, language=language)


def _lacking(texts: Mapping[str, str], languages: Languages) -> list[str]:
    return [language for language in languages if not texts.get(language)]
