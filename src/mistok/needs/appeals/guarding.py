"""The wartime guard over a letter: every text that an office wrote is scanned before it goes out.

What is dangerous is taken out, or let pass by the approver with a reason that is kept (D7-08).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from mistok.accounts.services.texts import words
from mistok.kernel.errors import Invalid
from mistok.kernel.ids import content_hash
from mistok.needs.appeals.filling import KIND, Source
from mistok.needs.scanning import REASONS, Finding, Level, scan
from mistok.papers import slots_of as asked_slots

MOST_REASON: Final = 400
_MARK: Final = 16


@dataclass(frozen=True, slots=True)
class Passage:
    """A finding with where it stands: slot, line of the list of needs (0: none), language."""

    slot: str
    line: int
    language: str
    finding: Finding

    @property
    def key(self) -> str:
        """By what a form names it, the same while the passage stays; it does not tell its words."""
        found = self.finding
        told = (self.slot, str(self.line), self.language, found.why, found.excerpt)
        return content_hash(*told)[:_MARK]

    @property
    def dangerous(self) -> bool:
        """Whether it must be taken out, or let pass with a reason."""
        return self.finding.level is Level.DANGER

    def sentence(self) -> str:
        """What is dangerous and what to do instead."""
        return _(REASONS[self.finding.why].sentence) % self.finding.params


@dataclass(frozen=True, slots=True, kw_only=True)
class Overruled:
    """A passage, by its key, that the approver lets pass, and why."""

    key: str
    reason: str


def passages_of(sources: Sequence[Source]) -> tuple[Passage, ...]:
    """What the guard finds in these letters, each once, dangers first."""
    found: dict[str, Passage] = {}
    for source in sources:
        allowed = _allowed(source)
        for slot, line, language, text in _texts(source):
            for finding in scan(text, allowed=allowed):
                passage = Passage(slot, line, language, finding)
                found.setdefault(passage.key, passage)
    return tuple(sorted(found.values(), key=lambda one: not one.dangerous))


def check_safe(sources: Sequence[Source], overruled: Sequence[Overruled]) -> list[dict[str, Any]]:
    """What of the dangers is let pass, to be kept without the words themselves.

    Raises Invalid (`text_dangerous`) for what is not let pass, (`text_missing`) for what is let
    pass without a reason.
    """
    reasons = {
        one.key: words(one.reason, what=_("The reason"), most=MOST_REASON) for one in overruled
    }
    dangers = [passage for passage in passages_of(sources) if passage.dangerous]
    left = [passage for passage in dangers if passage.key not in reasons]
    if left:
        raise Invalid(
            _("%(sentence)s Take it out, or let it pass as approver with a reason.")
            % {"sentence": left[0].sentence()},
            code="text_dangerous",
            details={"passages": [told(one) for one in left]},
        )
    return [
        {"key": one.key, "why": one.finding.why, "slot": one.slot, "reason": reasons[one.key]}
        for one in dangers
    ]


def check_words(text: str, source_texts: frozenset[str] = frozenset()) -> None:
    """Raise Invalid (`text_dangerous`) for one text that goes out alone: a reason of a recall."""
    for finding in scan(text, allowed=source_texts):
        if finding.level is Level.DANGER:
            raise Invalid(
                _(REASONS[finding.why].sentence) % finding.params,
                code="text_dangerous",
                details={"passages": [{"why": finding.why, "excerpt": finding.excerpt}]},
            )


def told(passage: Passage) -> dict[str, Any]:
    """A passage as a form shows it."""
    return {
        "key": passage.key,
        "slot": passage.slot,
        "line": passage.line,
        "language": passage.language,
        "why": passage.finding.why,
        "excerpt": passage.finding.excerpt,
        "told": passage.sentence(),
    }


def _allowed(source: Source) -> frozenset[str]:
    """What the office gives on purpose: its contacts and its own seat."""
    entry, office = source.entry, source.office
    given = {
        entry.contact_mail,
        entry.contact_phone,
        office.official_email,
        office.callback_phone,
        *entry.words.get("sender_seat", {}).values(),
    }
    return frozenset(given - {""})


def _texts(source: Source) -> Iterator[tuple[str, int, str, str]]:
    """Slot, line, language and text of everything that an office wrote."""
    entry = source.entry
    free: Mapping[str, Mapping[str, str]] = {
        **entry.words,
        "contact_unit": entry.contact_unit,
        "signatory": entry.signatory,
        "signatory_office": entry.signatory_office,
    }
    for slot in asked_slots(KIND):
        for language, text in free.get(slot.name, {}).items():
            yield slot.name, 0, language, text
    for number, line in enumerate(source.lines, 1):
        for texts in (line.need.text, line.need.specification):
            for language, text in texts.items():
                yield "needs", number, language, text
