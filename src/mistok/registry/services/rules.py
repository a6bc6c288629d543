"""Rules of law for the guards, as they were in force on a day."""

import datetime as dt
from dataclasses import replace

from mistok.kernel.errors import Invalid, Refusal
from mistok.law.selectors import rule_on, versions_of
from mistok.law.versions import RuleInForce
from mistok.registry.aggressors import AGGRESSOR_STATES, AggressorState
from mistok.registry.guarding import GuardRules
from mistok.registry.guarding.known import Order

CONSENT, MAJORITY = "R01", "R17"
"""Approval of a draft by the ministry; a council's majority of its total composition."""
BELARUS, ORDER = "G01", "G02"
"""Whether new ties with Belarus are refused; which of ministry and council comes first."""
ORDERS = (Order.ANY, Order.MINISTRY_FIRST, Order.COUNCIL_FIRST)
"""What the values 0, 1 and 2 of G02 mean (law.choices)."""
UNVERIFIED = "unverified"


def rules_on(day: dt.date) -> GuardRules:
    """The values that guards need on a day.

    From the first day of rule R01 the ministry's approval is asked of Ukrainian signatures; that
    this is the day on which Law 3668-IX took effect is not verified (F2-02). An administrator
    changes either rule by adding a version to it.
    """
    first = [rule.first_day for rule in versions_of(CONSENT) if rule.first_day]
    rules = GuardRules(
        itc_from=min(first),
        itc_standing=UNVERIFIED,
        order=order_on(day),
        aggressors=aggressors_on(day),
    )
    try:
        majority = rule_on(MAJORITY, day)
    except Invalid:
        return replace(rules, majority=False)
    return replace(rules, majority_standing=majority.standing)


def order_on(day: dt.date) -> Order:
    """Which of the two Ukrainian consents must come first, as an administrator decided (F2-15)."""
    rule = _choice(ORDER, day)
    return ORDERS[rule.value] if rule and rule.value else Order.ANY


def aggressors_on(day: dt.date) -> tuple[AggressorState, ...]:
    """The dated list, with Belarus refused where an administrator decided so (D2-11).

    What lies before the first day of the decision may still be recorded.
    """
    rule = _choice(BELARUS, day)
    if rule is None or not rule.value:
        return AGGRESSOR_STATES
    begun = rule.first_day.isoformat() if rule.first_day else ""
    return tuple(
        replace(state, refused=True, rule=rule.code, since=max(state.since, begun))
        if state.country == "BY"
        else state
        for state in AGGRESSOR_STATES
    )


def _choice(code: str, day: dt.date) -> RuleInForce | None:
    """The rule, or none where it is not there yet (a database from before it) or has ended."""
    try:
        return rule_on(code, day)
    except Refusal:
        return None
