"""Which rule was in force on a day, and which deadline follows from it."""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mistok.kernel.deadlines import DAY, Unit, due_on
from mistok.kernel.errors import Invalid, NotFound
from mistok.law.calendars import calendar_of
from mistok.law.models import Rule
from mistok.law.services import load_rules
from mistok.law.versions import Deadline, RuleInForce, precedence


def rule_on(code: str, day: dt.date) -> RuleInForce:
    """The version of a rule that was in force on a day.

    The version that began last before the day (or on it) holds, from its first day until another
    begins; of two that begin on one day, what an administrator added, and then what came later.
    Once that version has ended, no older one comes back.

    Raises NotFound (code `rule_unknown`), Invalid (code `rule_not_in_force`).
    """
    rows = _versions(code)
    begun = [row for row in rows if row.first_day is None or row.first_day <= day]
    found = max(begun, key=precedence, default=None)
    if found is None or (found.last_day is not None and found.last_day < day):
        raise _not_in_force(RuleInForce.of(found or min(rows, key=precedence)), day)
    return RuleInForce.of(found)


def rules_in_force(day: dt.date, *, jurisdiction: str = "") -> list[RuleInForce]:
    """All rules in force on a day in the order of their codes, of one jurisdiction when named."""
    by_code: dict[str, Rule] = {}
    begun = _rows(Q(first_day__isnull=True) | Q(first_day__lte=day))
    for row in sorted(begun, key=precedence):
        by_code[row.code] = row
    return [
        RuleInForce.of(row)
        for _code, row in sorted(by_code.items())
        if (row.last_day is None or row.last_day >= day)
        and (not jurisdiction or jurisdiction in row.jurisdiction.split())
    ]


def values_missing(day: dt.date) -> list[RuleInForce]:
    """Rules in force on a day whose value nobody has told: an administrator should set it."""
    missing = Rule.SetBy.ADMINISTRATOR
    return [rule for rule in rules_in_force(day) if rule.value is None and rule.set_by == missing]


def versions_of(code: str) -> list[RuleInForce]:
    """All versions of a rule, the newest first. Raises NotFound (code `rule_unknown`)."""
    return [RuleInForce.of(row) for row in sorted(_versions(code), key=precedence, reverse=True)]


def version(public_id: str) -> RuleInForce:
    """The version with which a deadline was stored. Raises NotFound (code `rule_unknown`)."""
    row = Rule.objects.filter(public_id=public_id).first()
    if row is None:
        raise _unknown(public_id)
    return RuleInForce.of(row)


def deadline(code: str, start: dt.date, *, country: str | None = None) -> Deadline:
    """The day that the rule in force on the day of the event sets for it.

    Working days are counted in the calendar of `country` (two letters), else of the country in
    which the rule holds.

    Raises NotFound (`rule_unknown`), Invalid: `rule_not_in_force`, `rule_sets_no_term` for a rule
    that is no term at all, `rule_value_missing` for a term that nobody has told or that each
    decision sets itself, `calendar_missing`, `country_without_calendar`.
    """
    rule = rule_on(code, start)
    if rule.tells == Rule.Tells.NOTHING:
        raise _no_term(rule)
    if rule.value is None:
        raise _value_missing(rule)
    unit = Unit(rule.unit)
    where = country or rule.country
    calendar = None
    if where and (rule.rolls or unit is Unit.WORKING):
        calendar = calendar_of(where, start, _horizon(start, rule.value, unit))
    counted = due_on(start, rule.value, unit, calendar)
    due = due_on(start, rule.value, unit, calendar, rolls=rule.rolls)
    return Deadline(
        code=rule.code, start=start, due_on=due, counted=counted, country=where, rule=rule
    )


def _horizon(start: dt.date, value: int, unit: Unit) -> dt.date:
    """A day that the term surely does not pass: nowhere is every second day a day off."""
    days = {Unit.CALENDAR: value, Unit.WORKING: 2 * value, Unit.MONTHS: 31 * value}[unit] + 40
    return start + min(days * DAY, dt.date.max - start)


def _versions(code: str) -> list[Rule]:
    rows = _rows(Q(code=code))
    if not rows:
        raise _unknown(code)
    return rows


def _rows(condition: Q) -> list[Rule]:
    """The rows of a condition; a table that nobody has filled yet is filled first."""
    rows = list(Rule.objects.filter(condition))
    if not rows and not Rule.objects.exists():
        load_rules()
        rows = list(Rule.objects.filter(condition))
    return rows


def _named(rule: RuleInForce) -> dict[str, Any]:
    return {"code": rule.code, "title": rule.title(get_language() or "en")}


def _unknown(code: str) -> NotFound:
    return NotFound(
        _("There is no rule “%(code)s”. Look up its code in the list of rules.")
        % {"code": code[:40]},
        code="rule_unknown",
        details={"code": code[:40]},
    )


def _not_in_force(rule: RuleInForce, day: dt.date) -> Invalid:
    return Invalid(
        _(
            "Rule %(code)s (%(title)s) was not in force on %(day)s. Check the date of the event, "
            "or look up in the list of rules from when to when the rule held."
        )
        % (_named(rule) | {"day": day.isoformat()}),
        code="rule_not_in_force",
        details={"code": rule.code, "day": day.isoformat()},
    )


def _no_term(rule: RuleInForce) -> Invalid:
    return Invalid(
        _(
            "Rule %(code)s (%(title)s) is not a term, so no date follows from it. Read what it "
            "says in the list of rules."
        )
        % _named(rule),
        code="rule_sets_no_term",
        details={"code": rule.code},
    )


def _value_missing(rule: RuleInForce) -> Invalid:
    if rule.set_by == Rule.SetBy.DECISION:
        sentence = _(
            "Rule %(code)s (%(title)s) names no number of days: each decision sets the date "
            "itself. Enter the date that the decision names."
        )
    else:
        sentence = _(
            "How long the term of rule %(code)s (%(title)s) is, is not known. An administrator "
            "sets it in the staff pages under Law, Rules, Add rule; until then enter the date by "
            "hand."
        )
    return Invalid(
        sentence % _named(rule),
        code="rule_value_missing",
        details={"code": rule.code, "set_by": rule.set_by, "where": "admin:law_rule_add"},
    )
