"""Dates of what is told: a plan is no fact, and nothing comes before what it follows."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Conflict, Invalid
from mistok.registry.facts import Fact
from mistok.registry.guarding.known import Case
from mistok.registry.projection import STARTS, STOPS
from mistok.registry.words import event_words

FOLLOWS: dict[str, frozenset[str]] = {
    "returned": frozenset({"submitted"}),
    "active": frozenset({"signed"}),
    **dict.fromkeys(
        ("under_review", "extended", "upgraded", "not_suspended", *sorted(STOPS - {"abandoned"})),
        STARTS,
    ),
}
"""What each event follows: it cannot lie before the first of these."""
AHEAD = ("end_date", "review_date", "effective_on")


def check_dates(case: Case) -> None:
    """Refuse an undated fact, a fact in the future, a plan in the past, and an order of time
    that cannot be."""
    told = case.told
    if told.planned:
        _check_plan(case)
    else:
        _check_happened(case, case.when)
        for signature in told.signatures:
            if signature.get("date"):
                _check_happened(case, PartialDate.parse(signature["date"]))
        _check_notice(case)
        _check_order(case)
    _check_terms(case)


def _check_plan(case: Case) -> None:
    if case.when and case.when.latest < case.today:
        raise Invalid(
            _(
                "%(date)s has passed, so it is no plan any more. Say what happened that day, or "
                "give the new day."
            )
            % {"date": case.when},
            code="plan_has_passed",
        )


def _check_happened(case: Case, when: PartialDate | None) -> None:
    if when is None:
        raise Invalid(
            _("Say when it happened: a day, a month or a year, for example 2023-02-09."),
            code="date_missing",
        )
    if when.earliest > case.today:
        raise Invalid(
            _(
                "%(date)s lies ahead. A planned date is not a fact: mark it as planned, and tell "
                "the event when it has happened."
            )
            % {"date": when},
            code="future_is_a_plan",
        )


def _check_notice(case: Case) -> None:
    """Refuse a notice that is still to be sent, and one from before there was a tie to end."""
    sent = PartialDate.parse_or_none(case.told.notice_on)
    if sent is None:
        return
    _check_happened(case, sent)
    first = _first(case.known.starts)
    if first and first.when and sent.latest < first.when.earliest:
        raise Conflict(
            _(
                "%(names)s: the notice of %(date)s lies before %(before)s, when the tie began. "
                "Correct the day of the notice."
            )
            % {"names": case.names, "date": sent, "before": first.when},
            code="notice_before_the_tie",
            details={"field": "notice_on"},
        )


def _check_order(case: Case) -> None:
    wanted = FOLLOWS.get(case.told.event, frozenset())
    first = _first(fact for fact in case.known.real if fact.event.event in wanted)
    if first and first.when and case.when and case.when.latest < first.when.earliest:
        raise Conflict(
            _(
                "%(names)s: %(date)s lies before %(before)s, on which what it follows took place "
                "(%(event)s). Correct the date, or correct the earlier one first."
            )
            % {
                "names": case.names,
                "date": case.when,
                "before": first.when,
                "event": event_words(first.event.event),
            },
            code="date_before_its_act",
            details={"date": str(case.when), "before": str(first.when), "fact": first.id},
        )


def _first(facts: Iterable[Fact]) -> Fact | None:
    dated = ((fact.when.earliest, fact.statements, fact) for fact in facts if fact.when)
    return min(dated, default=(None, None, None))[2]


def _check_terms(case: Case) -> None:
    """Dates that a paper sets lie after the paper; an end that is told looks back on its term."""
    if case.when is None or case.told.event in STOPS - {"suspended"}:
        return
    for name in AHEAD:
        date = PartialDate.parse_or_none(getattr(case.told, name))
        if date and date.latest < case.when.earliest:
            raise Invalid(
                _("%(later)s lies before %(date)s, which sets it. Correct one of the two dates.")
                % {"later": date, "date": case.when},
                code="term_before_its_act",
                details={"field": name},
            )
