"""Rules of law for the guards, as they were in force on a day."""

import datetime as dt

from mistok.kernel.errors import Invalid
from mistok.law.selectors import rule_on, versions_of
from mistok.registry.guarding import GuardRules

CONSENT, MAJORITY = "R01", "R17"
"""Approval of a draft by the ministry; a council's majority of its total composition."""
UNVERIFIED = "unverified"


def rules_on(day: dt.date) -> GuardRules:
    """The values that guards need on a day.

    From the first day of rule R01 the ministry's approval is asked of Ukrainian signatures; that
    this is the day on which Law 3668-IX took effect is not verified (F2-02). An administrator
    changes either rule by adding a version to it.
    """
    first = [rule.first_day for rule in versions_of(CONSENT) if rule.first_day]
    try:
        majority = rule_on(MAJORITY, day)
    except Invalid:
        return GuardRules(itc_from=min(first), itc_standing=UNVERIFIED, majority=False)
    return GuardRules(
        itc_from=min(first),
        itc_standing=UNVERIFIED,
        majority_standing=majority.standing,
    )
