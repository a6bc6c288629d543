"""Our codes in people's words: dates written out, states with mark and tone, kinds, languages."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import dateformat
from django.utils.translation import (
    get_language,
    get_language_info,
    gettext_lazy,
    pgettext_lazy,
)
from django.utils.translation import gettext as _

from mistok.kernel.dates import PartialDate
from mistok.registry.lifecycle import ENDED, IN_FORCE, TieState
from mistok.registry.models import STATE_LABELS, Kind

_FORMATS = {"day": "j E Y", "month": "F Y", "year": "Y"}


def lang() -> str:
    """The reader's language: en or uk."""
    return (get_language() or "en")[:2]


def date_words(date: PartialDate | None) -> str:
    """ "23 February 2023", "February 2023", "2023", "before 2014"; empty when not stated."""
    if date is None:
        return ""
    day = dt.date(date.year, date.month or 1, date.day or 1)
    # After a word that says "before" Ukrainian wants the month in the genitive.
    form = "E Y" if date.bound and date.precision == "month" else _FORMATS[date.precision]
    words = dateformat.format(day, form)
    frames = {
        "": "%(date)s",
        "<": _("before %(date)s"),
        ">": _("after %(date)s"),
        "~": _("about %(date)s"),
    }
    return frames[date.bound] % {"date": words}


def stated_words(text: str) -> str:
    """A stored date in words; empty when not stated."""
    return date_words(PartialDate.parse_or_none(text))


def month_words(text: str) -> str:
    """No more exact than the month: what the public may know of a delivery (D7-04)."""
    date = PartialDate.parse_or_none(text)
    return date_words(date and PartialDate(date.year, date.month, None, date.bound))


def year_text(text: str) -> str:
    """The year of a stored date with its bound; empty when not stated."""
    date = PartialDate.parse_or_none(text)
    return date_words(date and PartialDate(date.year, None, None, date.bound))


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


EVENT_LABELS = {
    "proposed": gettext_lazy("Proposed"),
    "offered": gettext_lazy("Cooperation offered"),
    "search_mandate": gettext_lazy("Decided to look for a partner"),
    "contact": gettext_lazy("First contact"),
    "letter_of_intent": gettext_lazy("Letter of intent"),
    "negotiating": gettext_lazy("Negotiations"),
    "decided": gettext_lazy("Decided by one side"),
    "approved": gettext_lazy("Approved"),
    "signed": gettext_lazy("Signed"),
    "active": pgettext_lazy("event of a tie", "Stated to exist"),
    "extended": gettext_lazy("Extended"),
    "upgraded": gettext_lazy("Upgraded"),
    "dormant": gettext_lazy("Dormant"),
    "suspended": gettext_lazy("Suspended"),
    "severed": gettext_lazy("Ended"),
    "expired": gettext_lazy("Expired"),
    "abandoned": gettext_lazy("Given up"),
    "not_suspended": gettext_lazy("Suspension refused"),
}

PAPER_LABELS = {
    "agreement": gettext_lazy("Agreement"),
    "memorandum": gettext_lazy("Memorandum"),
    "letter_of_intent": gettext_lazy("Letter of intent"),
    "protocol_of_intent": gettext_lazy("Protocol of intent"),
    "declaration": gettext_lazy("Declaration"),
    "charter": gettext_lazy("Charter"),
    "pact": gettext_lazy("Pact"),
    "protocol": gettext_lazy("Protocol"),
    "resolution": gettext_lazy("Resolution"),
    "order": gettext_lazy("Order"),
    "extension": gettext_lazy("Extension"),
}

VOTE_LABELS = {
    "for": gettext_lazy("for"),
    "against": gettext_lazy("against"),
    "abstained": gettext_lazy("abstained"),
    "not_voting": gettext_lazy("did not vote"),
    "absent": gettext_lazy("absent"),
}

SUPPORT_KIND_LABELS = {
    "goods": gettext_lazy("goods"),
    "money": gettext_lazy("money"),
    "hosting": gettext_lazy("hosting people"),
    "reconstruction": gettext_lazy("rebuilding"),
    "expertise": gettext_lazy("know-how"),
    "general": gettext_lazy("general support"),
}

SUPPORT_STATUS_LABELS = {
    "offered": gettext_lazy("offered"),
    "announced": gettext_lazy("announced"),
    "promised": gettext_lazy("promised"),
    "delivered": gettext_lazy("delivered"),
    "under_construction": gettext_lazy("under construction"),
    "completed": gettext_lazy("completed"),
    "paused": gettext_lazy("paused"),
    "total": gettext_lazy("total over a period"),
}

PLACE_KIND_LABELS = {
    "country": gettext_lazy("state"),
    "region": gettext_lazy("region"),
    "district": gettext_lazy("district"),
    "hromada": gettext_lazy("hromada"),
    "municipality": gettext_lazy("municipality"),
    "city": gettext_lazy("city"),
    "settlement": gettext_lazy("settlement"),
}

TRUST_LABELS = {
    5: gettext_lazy("official act or register"),
    4: gettext_lazy("the municipality's or ministry's own page"),
    3: gettext_lazy("specialised portal or association"),
    2: gettext_lazy("news"),
    1: gettext_lazy("old list or blog"),
}

DISAGREEMENT_LABELS = {
    "date": gettext_lazy("Sources give different dates for: %(event)s"),
    "plan": gettext_lazy("A planned date proved wrong: %(event)s"),
    "kind": gettext_lazy("Sources disagree on what kind of tie this was: %(event)s"),
    "ending": gettext_lazy("Sources disagree on whether it was suspended or ended"),
}


def language_name(code: str) -> str:
    """A language by its name in the reader's language; an unknown code stays as it is."""
    try:
        return str(_(get_language_info(code)["name"]))
    except KeyError:
        return code


def label_of(labels: Mapping[str, object], code: str) -> str:
    """The word for a code; a code that has none yet is shown with spaces for underscores."""
    return str(labels[code]) if code in labels else code.replace("_", " ")
