"""Our codes in people's words: dates written out, states with mark and tone, kinds, languages."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import dateformat
from django.utils.translation import (
    get_language,
    get_language_info,
)
from django.utils.translation import gettext as _

from mistok.kernel.dates import PartialDate
from mistok.registry.lifecycle import ENDED, IN_FORCE, TieState
from mistok.registry.models import STATE_LABELS, Kind
from mistok.web.labels import BODY_LABELS, PLACE_KIND_LABELS

_FORMATS = {"day": "j E Y", "month": "F Y", "year": "Y"}


def lang() -> str:
    """The reader's language: en or uk."""
    return (get_language() or "en")[:2]


def date_words(date: PartialDate | None) -> str:
    """ "23 February 2023", "February 2023", "2023", "before 2014"; empty when not stated."""
    if date is None:
        return ""
    frame = {
        "": "%(date)s",
        "<": _("before %(date)s"),
        ">": _("after %(date)s"),
        "~": _("about %(date)s"),
    }[date.bound]
    day = dt.date(date.year, date.month or 1, date.day or 1)
    # After a word that says "before" Ukrainian wants the month in the genitive.
    form = "E Y" if date.bound and date.precision == "month" else _FORMATS[date.precision]
    words = dateformat.format(day, form)
    # Django writes the Ukrainian nominative of a month with a capital; Ukrainian does not.
    return frame % {"date": words.lower() if lang() == "uk" else words}


def stated_words(text: str) -> str:
    """A stored date in words; empty when not stated."""
    return date_words(PartialDate.parse_or_none(text))


def month_words(text: str) -> str:
    """No more exact than the month: what the public may know of a delivery (D7-04)."""
    date = PartialDate.parse_or_none(text)
    return date_words(date and PartialDate(date.year, date.month, None, date.bound))


@dataclass(frozen=True, slots=True)
class StateBadge:
    """A state for the eye: word, tone and a mark, so that colour never speaks alone."""

    code: str
    label: str
    tone: str
    icon: str


def state_badge(state: str) -> StateBadge:
    """The badge of a tie's state."""
    if state in IN_FORCE:
        tone, icon = "moss", "●"
    elif state == TieState.SUSPENDED or state == TieState.DORMANT:
        tone, icon = "amber", "◐"
    elif state in ENDED:
        tone, icon = "clay", "✕"
    else:
        tone, icon = "river", "○"
    return StateBadge(state, str(STATE_LABELS[TieState(state)]), tone, icon)


def kind_label(kind: str) -> str:
    """The kind of a tie in words."""
    return str(Kind(kind).label)


SPECIAL_CITIES = ("katottg:UA80", "katottg:UA85")
"""Kyiv and Sevastopol, which the codifier keeps apart from hromadas."""


def place_kind_label(key: str, kind: str) -> str:
    """What a place is; Ukraine's own levels by their own names."""
    if key.startswith(SPECIAL_CITIES):
        kind = "district" if kind == "district" else "city"
    elif key.startswith("katottg:"):
        kind = {"region": "oblast", "district": "raion"}.get(kind, kind)
    return label_of(PLACE_KIND_LABELS, kind)


def body_label(body: str) -> str:
    """An acting body that is no municipality, in the reader's language where we have the words."""
    return str(BODY_LABELS.get(body, body))


def in_language(texts: Mapping[str, str]) -> str:
    """The text in the reader's language, else in English; empty where there is none."""
    return texts.get(lang()) or texts.get("en", "")


def grouped(number: str) -> str:
    """A number with narrow spaces between thousands, as both languages allow."""
    whole, point, rest = number.partition(".")
    return f"{int(whole):,}".replace(",", "\u202f") + point + rest


ALPHABET = {letter: place for place, letter in enumerate("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя")}
"""The Ukrainian order; code points would put і, ї and є before а."""


def reading_order(text: str) -> list[tuple[int, str]]:
    """A sort key that follows the Ukrainian alphabet, and the Latin one before it."""
    return [(ALPHABET.get(letter, -1), letter) for letter in text.casefold()]


def by_name(named: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Pairs of name and code in the order in which readers look for names."""
    return sorted(named, key=lambda pair: (reading_order(pair[0]), pair[1]))


def language_name(code: str) -> str:
    """A language by its name in the reader's language; an unknown code stays as it is."""
    try:
        return str(_(get_language_info(code)["name"]))
    except KeyError:
        return code


def label_of(labels: Mapping[str, object], code: str) -> str:
    """The word for a code; a code that has none yet is shown with spaces for underscores."""
    return str(labels[code]) if code in labels else code.replace("_", " ")
