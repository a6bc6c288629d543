"""Needs in people's words: badges, amounts, fields of help, days, bars."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.kernel.dates import PartialDate
from mistok.needs.items import Amount, amount_text, cluster, clusters, convert, item
from mistok.needs.lifecycle import NeedState
from mistok.needs.lines.words import line_of, line_words, words_of_projection
from mistok.needs.models import Need
from mistok.needs.models.lines import NEED_STATES, STEPS_PER_UNIT, NeedKind, Priority
from mistok.web.words import StateBadge, by_name, date_words, lang

LOOKS: Mapping[str, tuple[str, str]] = {
    NeedState.DRAFT: ("slate", "○"),
    NeedState.OPEN: ("river", "▶"),
    NeedState.COMMITTED: ("moss", "●"),
    NeedState.FULFILLED: ("moss", "✓"),
    NeedState.WITHDRAWN: ("clay", "✕"),
}
URGENCY: Mapping[str, tuple[str, str]] = {
    Priority.LIFE_SAVING: ("clay", "!"),
    Priority.URGENT: ("amber", "◆"),
    Priority.IMPORTANT: ("slate", "◇"),
}
PARTS = (
    ("committed", gettext_lazy("committed")),
    ("open", gettext_lazy("still open")),
    ("withdrawn", gettext_lazy("no longer asked for")),
)


def state_of(need: Need) -> StateBadge:
    """Where a need stands, as a word with a mark."""
    tone, icon = LOOKS[need.state]
    return StateBadge(need.state, str(dict(NEED_STATES)[need.state]), tone, icon)


def priority_of(code: str) -> StateBadge:
    """How urgent it is, as a word with a mark."""
    tone, icon = URGENCY[code]
    return StateBadge(code, str(Priority(code).label), tone, icon)


def kind_of(code: str) -> str:
    """Goods, know-how, hosting, partnership."""
    return str(NeedKind(code).label)


def field_of(code: str) -> str:
    """A field of help by its name in the reader's language."""
    return cluster(code).names[lang()]


@cache
def field_choices(language: str) -> tuple[tuple[str, str], ...]:
    """Fields of help by name, for a list to choose from."""
    named = by_name((one.names[language], one.code) for one in clusters())
    return tuple((code, name[:1].upper() + name[1:]) for name, code in named)


def title_of(need: Need) -> str:
    """How much of what is asked for, without the specification, which stands beside it."""
    return line_words(line_of(need)._replace(specification={}), lang())


def public_title(told: Mapping[str, Any]) -> str:
    """The same of what everybody may read."""
    return words_of_projection({**told, "specification": {}}, lang())


def thing_of(code: str, texts: Mapping[str, str]) -> str:
    """What it is without how many: the catalogue's name, or the words that were written."""
    if code:
        return item(code).name(lang())
    return texts.get(lang()) or texts.get("en") or next(iter(texts.values()), "")


def steps_text(steps: int, unit: str) -> str:
    """Thousandths of a unit as a table has them: "12 pcs"; nothing is "0 pcs" too."""
    return amount_text(Amount(Decimal(steps) / STEPS_PER_UNIT, unit), lang())


def steps_in(amount: Amount, need: Need) -> int:
    """An amount in thousandths of the need's own unit. Raises Invalid where it cannot be one."""
    return int(convert(amount, need.unit).number * STEPS_PER_UNIT)


def number_of(steps: int) -> str:
    """Thousandths as a form takes them: "2.5"."""
    return f"{(Decimal(steps) / STEPS_PER_UNIT).normalize():f}"


def money_words(value: Decimal | None, currency: str) -> str:
    """An amount of money with its currency's code; empty for none."""
    if value is None:
        return ""
    number = f"{value:,.2f}".removesuffix(".00").replace(",", "\u202f")
    return f"{number} {currency}"


def day_words(day: dt.date | None) -> str:
    """A day written out; empty for none."""
    return date_words(PartialDate(day.year, day.month, day.day)) if day else ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of what was asked for; `left` and `width` in percent of the whole."""

    code: str
    label: str
    text: str
    left: float
    width: float
    steps: int

    @property
    def percent(self) -> int:
        """Its share, rounded; what is not nothing is never told as 0 percent, nor all as 100."""
        whole = round(self.width)
        return whole if whole in (0, 100) and self.width in (0, 100) else min(max(whole, 1), 99)


@dataclass(frozen=True, slots=True)
class Bar:
    """What was asked for and what became of it, to be drawn and to be read."""

    asked: str
    parts: tuple[Part, ...]

    @property
    def told(self) -> str:
        """The bar in a sentence."""
        parts = ", ".join(f"{part.text} {part.label}" for part in self.parts if part.steps)
        return _("Of %(asked)s: %(parts)s.") % {"asked": self.asked, "parts": parts}


def bar_of(need: Need) -> Bar:
    """The amounts of a need."""
    amounts = (need.committed, need.still_open, need.withdrawn)
    return bar_from(need.asked, amounts, need.unit)


def bar_from(asked: int, amounts: tuple[int, int, int], unit: str) -> Bar:
    """The same of thousandths: committed, still open, withdrawn."""
    parts, left = [], 0.0
    for (code, label), steps in zip(PARTS, amounts, strict=True):
        width = steps * 100 / asked
        parts.append(
            Part(code, str(label), steps_text(steps, unit), round(left, 2), round(width, 2), steps)
        )
        left += width
    return Bar(steps_text(asked, unit), tuple(parts))
