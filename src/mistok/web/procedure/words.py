"""Words and badges of procedures for pages."""

import datetime as dt

from mistok.kernel.dates import PartialDate
from mistok.partnering.procedure.words import STATES
from mistok.web.words import StateBadge, date_words

LOOKS = {
    "blocked": ("slate", "◌"),
    "open": ("river", "▶"),
    "waiting": ("amber", "◐"),
    "returned": ("amber", "↩"),
    "done": ("moss", "✓"),
    "skipped": ("slate", "–"),
    "not_needed": ("slate", "–"),
}


def badge(state: str) -> StateBadge:
    """The badge of a step's state: word, sign and tone."""
    tone, icon = LOOKS[state]
    return StateBadge(state, str(STATES[state]), tone, icon)


def day_words(day: dt.date | None) -> str:
    """A day in the reader's words; empty for none."""
    return date_words(PartialDate(day.year, day.month, day.day)) if day else ""


def size_words(count: int) -> str:
    """A size of a file, for example 340 kB."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(count // 1000, 1)} kB"
