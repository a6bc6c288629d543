"""Aid in people's words: badges of states, accounts, acts, amounts of lines, names of givers."""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from mistok.aid.lifecycle import Account, State
from mistok.aid.models import AidLine, Consignment
from mistok.aid.models.acts import ACT_KINDS
from mistok.aid.models.consignments import REGIMES, STATES, Bound
from mistok.registry.gazetteer import the_world
from mistok.web.needs.words import day_words, field_of, steps_text
from mistok.web.words import StateBadge, lang

S = State
LOOKS: Mapping[str, tuple[str, str]] = {
    S.OFFERED: ("amber", "○"),
    S.ACCEPTED: ("river", "○"),
    S.CODE_ISSUED: ("river", "◔"),
    S.DECLARED: ("river", "◔"),
    S.DISPATCHED: ("river", "▶"),
    S.EXPORT_CLEARED: ("river", "▶"),
    S.AT_BORDER: ("river", "▶"),
    S.CUSTOMS_CLEARED: ("river", "◑"),
    S.RECEIVED: ("moss", "●"),
    S.ON_BALANCE: ("moss", "●"),
    S.DISTRIBUTING: ("moss", "◕"),
    S.DISTRIBUTED: ("moss", "✓"),
    S.REPORTED: ("moss", "✓"),
    S.CLOSED: ("slate", "✓"),
    S.REFUSED: ("clay", "✕"),
    S.CODE_EXPIRED: ("clay", "◌"),
    S.DECLARATION_EXPIRED: ("clay", "◌"),
    S.SEIZED: ("clay", "✕"),
    S.LOST: ("clay", "✕"),
    S.RETURNED: ("slate", "↩"),
}
PHASES: tuple[tuple[str, object, tuple[State, ...]], ...] = (
    ("offered", pgettext_lazy("consignments", "offered"), (S.OFFERED,)),
    (
        "on_paper",
        gettext_lazy("on paper"),
        (S.ACCEPTED, S.CODE_ISSUED, S.DECLARED, S.CODE_EXPIRED, S.DECLARATION_EXPIRED),
    ),
    (
        "on_the_way",
        gettext_lazy("on the way"),
        (S.DISPATCHED, S.EXPORT_CLEARED, S.AT_BORDER, S.CUSTOMS_CLEARED, S.SEIZED, S.LOST),
    ),
    ("in_store", gettext_lazy("in the store"), (S.RECEIVED, S.ON_BALANCE, S.DISTRIBUTING)),
    ("to_report", gettext_lazy("to be reported"), (S.DISTRIBUTED,)),
    ("done", gettext_lazy("done"), (S.REPORTED, S.CLOSED, S.REFUSED, S.RETURNED)),
)
"""The states in six heaps, as a desk is read: code, name, states."""
ACCOUNTS: Mapping[str, object] = {
    Account.DONOR: gettext_lazy("with the giver"),
    Account.SURPLUS: gettext_lazy("more than was declared"),
    Account.IN_TRANSIT: gettext_lazy("on the way"),
    Account.CUSTOMS: gettext_lazy("cleared by customs"),
    Account.STORE: gettext_lazy("in the store"),
    Account.DAMAGED: gettext_lazy("damaged"),
    Account.SHORTAGE: gettext_lazy("missing"),
    Account.ISSUED: gettext_lazy("issued"),
    Account.REDISTRIBUTED: gettext_lazy("passed on"),
    Account.RETURNED: gettext_lazy("returned"),
    Account.WRITTEN_OFF: gettext_lazy("written off"),
    Account.LOST: pgettext_lazy("goods", "lost"),
    Account.SEIZED: pgettext_lazy("goods", "seized"),
}
_BOUNDS: Mapping[str, object] = {
    Bound.MORE: gettext_lazy("more than %(amount)s"),
    Bound.LESS: gettext_lazy("less than %(amount)s"),
    Bound.ABOUT: gettext_lazy("about %(amount)s"),
}


def state_of(consignment: Consignment) -> StateBadge:
    """Where a consignment stands, as a word with a mark."""
    return state_badge(consignment.state)


def state_badge(state: str) -> StateBadge:
    """The same of a state alone."""
    tone, icon = LOOKS[state]
    return StateBadge(state, state_word(state), tone, icon)


def state_word(state: str) -> str:
    """A state in a word."""
    return str(dict(STATES)[state])


def regime_word(regime: str) -> str:
    """Under which law it comes."""
    return str(dict(REGIMES)[regime])


def act_word(kind: str) -> str:
    """What an act is called."""
    return str(dict(ACT_KINDS)[kind])


def account_word(account: str) -> str:
    """Where goods are."""
    return str(ACCOUNTS[account])


def line_name(line: AidLine) -> str:
    """What a line holds: in the reader's language, else in one that it has."""
    names = line.names
    return names.get(lang()) or names.get("en") or next(iter(names.values()), _("goods"))


def other_names(line: AidLine) -> list[tuple[str, str]]:
    """Its further names, by language."""
    shown = line_name(line)
    return [(code, name) for code, name in line.names.items() if name != shown]


def amount_of(line: AidLine) -> str:
    """How much, as it was told: "12 pcs", "more than 5 t", or that nobody told it."""
    if line.amount is None:
        return _("not told")
    text = steps_text(line.amount, line.unit)
    frame = _BOUNDS.get(line.bound)
    return str(frame) % {"amount": text} if frame is not None else text


def weight_words(grams: int | None) -> str:
    """A weight in kilograms; empty for none."""
    return "" if grams is None else steps_text(grams, "kilogram")


def field_word(line: AidLine) -> str:
    """The field of help, with a capital."""
    return field_of(line.cluster).capitalize() if line.cluster else ""


def giver_of(consignment: Consignment) -> str:
    """Who gives, as far as the office that gets it knows."""
    if consignment.donor_name:
        return consignment.donor_name
    key = consignment.donor_place
    if not key and consignment.donor_office is not None:
        key = consignment.donor_office.place
    return the_world().get(key).name_in(lang()) if key else _("giver not known")


def days_left(due: dt.date, today: dt.date) -> str:
    """How near a day is: "3 days late", "due today", "in 12 days"."""
    days = (due - today).days
    if days < 0:
        return ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}
    if days == 0:
        return _("due today")
    return ngettext("in %(days)s day", "in %(days)s days", days) % {"days": days}


def day_of(day: dt.date | None) -> str:
    """A day written out; a dash for none."""
    return day_words(day) or "–"
