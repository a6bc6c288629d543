"""Rules and deadlines in sentences for people, in the reader's language, for any page or letter."""

import datetime as dt
from collections.abc import Callable

from django.utils import dateformat
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mistok.law.choices import chosen
from mistok.law.models import Rule
from mistok.law.versions import Deadline, RuleInForce


def deadline_sentence(deadline: Deadline) -> str:
    """“due on 18 June 2025: approval of the draft (30 days from its submission; act; standing)”.

    What the date tells leads: due on, not before, valid until, silence counts as consent after,
    in force on. A day that moved off a weekend or holiday says so.
    """
    rule = deadline.rule
    told = _leads()[rule.tells] % {
        "date": _date(deadline.due_on),
        "title": rule.title(_lang()),
        "ground": ground(rule),
    }
    if deadline.due_on == deadline.counted:
        return told
    return _("%(sentence)s; moved from %(date)s, which is not a working day") % {
        "sentence": told,
        "date": _date(deadline.counted),
    }


def rule_sentence(rule: RuleInForce) -> str:
    """What a rule says, without a date: “approval of the draft (30 days from …; act; standing)”."""
    return _("%(title)s (%(ground)s)") % {"title": rule.title(_lang()), "ground": ground(rule)}


def ground(rule: RuleInForce) -> str:
    """Why: the term and its event, the act, and how sure we are, parted by semicolons."""
    parts = [counted(rule), act_words(rule), str(Rule.Standing(rule.standing).label)]
    return "; ".join(part for part in parts if part)


def counted(rule: RuleInForce) -> str:
    """“30 days from the submission”, “at least 10 percent”; empty for a rule without an amount."""
    if rule.value is None:
        return _missing(rule)
    way = chosen(rule.code, rule.value)
    if way:
        return way
    amount = _amount(rule)
    bound = Rule.Bound(rule.bound)
    if bound:
        amount = f"{bound.label} {amount}"
    start = rule.start(_lang())
    if rule.unit == Rule.Unit.NONE or not start:
        return amount
    if not rule.value:
        return _("on the day of %(event)s") % {"event": start}
    return _("%(term)s from %(event)s") % {"term": amount, "event": start}


def act_words(rule: RuleInForce) -> str:
    """“Law on …, No. 3668-IX, art. 11”; where no act is named, the source's title."""
    act = rule.act_named(_lang())
    if not act:
        return rule.source_title
    number = _("No. %(number)s") % {"number": rule.number} if rule.number else ""
    article = _("art. %(article)s") % {"article": rule.article} if rule.article else ""
    return ", ".join(part for part in (act, number, article) if part)


def days_left_words(deadline: Deadline, today: dt.date) -> str:
    """“in 3 days”, “today”, “2 days ago”."""
    left = deadline.days_left(today)
    if not left:
        return _("today")
    if left < 0:
        return ngettext("%(count)s day ago", "%(count)s days ago", -left) % {"count": -left}
    return ngettext("in %(count)s day", "in %(count)s days", left) % {"count": left}


def _leads() -> dict[str, str]:
    return {
        Rule.Tells.DUE: _("due on %(date)s: %(title)s (%(ground)s)"),
        Rule.Tells.EARLIEST: _("not before %(date)s: %(title)s (%(ground)s)"),
        Rule.Tells.UNTIL: _("valid until %(date)s: %(title)s (%(ground)s)"),
        Rule.Tells.CONSENT: _("silence counts as consent after %(date)s: %(title)s (%(ground)s)"),
        Rule.Tells.EFFECT: _("in force on %(date)s: %(title)s (%(ground)s)"),
    }


def _missing(rule: RuleInForce) -> str:
    if rule.unit == Rule.Unit.NONE:
        return ""
    if rule.set_by == Rule.SetBy.DECISION:
        return _("the date is set by each decision")
    return _("the number of days is not known")


def _amount(rule: RuleInForce) -> str:
    count = rule.value or 0
    told = _UNITS.get(rule.unit) or _UNITS.get(rule.measure)
    return told(count) % {"count": count} if told else f"{count} {rule.measure}".strip()


def _date(day: dt.date) -> str:
    """As the pages write a day: “18 June 2025”, “18 червня 2025”."""
    return dateformat.format(day, "j E Y")


def _lang() -> str:
    return (get_language() or "en").partition("-")[0]


_UNITS: dict[str, Callable[[int], str]] = {
    "calendar": lambda n: ngettext("%(count)s day", "%(count)s days", n),
    "working": lambda n: ngettext("%(count)s working day", "%(count)s working days", n),
    "months": lambda n: ngettext("%(count)s month", "%(count)s months", n),
    "percent": lambda n: ngettext("%(count)s percent", "%(count)s percent", n),
    "euro": lambda n: ngettext("%(count)s euro", "%(count)s euros", n),
    "kilogram": lambda n: ngettext("%(count)s kilogram", "%(count)s kilograms", n),
    "case": lambda n: ngettext("%(count)s case", "%(count)s cases", n),
    "day of the month": lambda n: _("day %(count)s of the next month"),
}
