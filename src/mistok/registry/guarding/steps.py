"""From state to state by the table, with what guards each step (facts.md section 9)."""

from collections.abc import Callable
from itertools import pairwise

from django.utils.translation import gettext as _

from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Conflict
from mistok.registry.guarding.approvals import lacks_before_approval
from mistok.registry.guarding.declaring import declares
from mistok.registry.guarding.known import Case, Order
from mistok.registry.guarding.scope import Scope, scope_of
from mistok.registry.guarding.signing import is_signing
from mistok.registry.lifecycle import (
    BEFORE_SIGNING,
    BY_DECLARATION,
    GUARDS,
    TRANSITIONS,
    Guard,
    TieState,
    path,
)
from mistok.registry.signings import paper_key, partial
from mistok.registry.terms import paper_reference, parse_reference
from mistok.registry.words import event_words, paper_words, state_words

S = TieState
DECLARABLE = frozenset({Guard.LEGAL_REVIEW, Guard.APPROVALS, Guard.IN_FORCE_CONDITION})
"""Guards that an office may vouch for; of APPROVALS only the partner's side, which the law of
another country may not ask to decide at all."""
PASSED_ON_THE_WAY = frozenset({S.ACTIVE, S.UNDER_REVIEW})
"""States in force that an event may pass through without a word of their own."""
LETTERS = frozenset({"", "letter_of_intent", "protocol_of_intent", "protocol"})
SHOW_A_DRAFT = frozenset({"decided", "submitted", "approved", "signed"})
TAKEN_UP_AGAIN = frozenset({S.EXTENDED, S.UPGRADED})
"""States that a tie may enter again, by a new review."""


def way_to(before: TieState, goal: TieState, *, declared: bool = False) -> tuple[TieState, ...]:
    """The steps from a state to a goal, both ends included; empty when the table has none.

    `declared`: a declaration of all sides leads past the signing.
    """
    if declared:
        return (*path(before, BY_DECLARATION[0]), goal)
    if before == goal and goal in TAKEN_UP_AGAIN:
        return (before, S.UNDER_REVIEW, goal)
    return path(before, goal)


def check_way(case: Case, goal: TieState) -> None:
    """Refuse a step that the table does not have; steps without papers are taken on the way."""
    if is_record_of_the_past(case):
        return
    way = way_to(case.before, goal, declared=declares(case))
    if not way and case.told.event == "signed" and case.before is not S.SUSPENDED:
        raise _further_paper(case)
    if not way or not _may_pass(way):
        raise _no_way(case, goal, way)


def _further_paper(case: Case) -> Conflict:
    """How a paper is told that a tie in force gets beside or after its first."""
    return Conflict(
        _(
            "%(names)s: this tie is in force. A further paper is told as “%(more)s” or "
            "“%(longer)s”, and names the paper that it replaces."
        )
        % {
            "names": case.names,
            "more": event_words("upgraded"),
            "longer": event_words("extended"),
        },
        code="further_paper",
        details={"before": str(case.before)},
    )


def check_papers(case: Case, goal: TieState) -> None:
    """Refuse a step whose papers are not there; what is missing is listed, step by step."""
    if is_record_of_the_past(case) or declares(case):
        return
    way = way_to(case.before, goal)
    unmet = [
        (guard, paper)
        for step in pairwise(way)
        for guard in GUARDS.get(step, ())
        if (paper := CHECKS[guard](case))
    ]
    if unmet:
        raise _missing(case, goal, unmet)


def check_link(case: Case) -> None:
    """Refuse one side's signature under a further paper that could not become one.

    The tie must be one that gets further papers, and the paper must name the one that it replaces.
    """
    told, when = case.told, case.when
    part = not told.planned and partial(told, len(case.known.parties))
    starts = [fact.when for fact in case.known.starts if fact.when]
    if not part or not when or not all(one.latest < when.earliest for one in starts):
        return
    if case.before not in BEFORE_SIGNING:
        check_way(case, case.target)
    if told.event != "signed" and (paper := _new_paper(case)):
        raise _missing(case, case.target, [(Guard.NEW_PAPER, paper)])


def _missing(case: Case, goal: TieState, unmet: list[tuple[Guard, str]]) -> Conflict:
    return Conflict(
        _("%(names)s: from “%(before)s” to “%(goal)s” is missing: %(papers)s. Tell it first.")
        % _words(case, goal, [paper for _guard, paper in unmet]),
        code=f"{unmet[0][0]}_missing",
        details={"guards": [str(guard) for guard, _paper in unmet]},
    )


def is_record_of_the_past(case: Case) -> bool:
    """A paper signed before the law took effect is recorded without the steps before it."""
    legacy = scope_of(case.known.parties, case.when, case.rules) is Scope.LEGACY
    return legacy and case.before in BEFORE_SIGNING and case.told.event in ("signed", "active")


def _may_pass(way: tuple[TieState, ...]) -> bool:
    between = set(way[1:-1])
    if way[0] in BEFORE_SIGNING:
        return between <= set(BEFORE_SIGNING)
    return between <= PASSED_ON_THE_WAY and not (between and way[0] is S.SUSPENDED)


def _no_way(case: Case, goal: TieState, way: tuple[TieState, ...]) -> Conflict:
    """Which steps would lead there, or which are possible instead."""
    words = _words(case, goal, [state_words(state) for state in way[1:-1]])
    if way:
        text = _(
            "%(names)s: “%(goal)s” does not follow “%(before)s”. First come: %(papers)s. Tell "
            "them in this order, each with its date."
        )
    else:
        nexts = [state_words(state) for state in sorted(TRANSITIONS[case.before])]
        words = _words(case, goal, nexts or [_("nothing")])
        text = _(
            "%(names)s: “%(goal)s” cannot follow “%(before)s”. What can: %(papers)s. Look at the "
            "life of the tie and tell what came next."
        )
    return Conflict(
        text % words,
        code="transition_not_allowed",
        details={"before": str(case.before), "goal": str(goal), "steps": [*map(str, way[1:-1])]},
    )


def _words(case: Case, goal: TieState, papers: list[str]) -> dict[str, str]:
    return {
        "names": case.names,
        "before": state_words(case.before),
        "goal": state_words(goal),
        "papers": "; ".join(papers),
    }


def _letter(case: Case) -> str:
    met = case.told.instrument in LETTERS
    return "" if met else _("a letter or protocol of intent, not another paper")


def _draft(case: Case) -> str:
    told = case.told
    shown = told.event in SHOW_A_DRAFT or bool(told.instrument)
    drafted = any(f.event.event in SHOW_A_DRAFT or f.event.instrument for f in case.known.facts)
    return "" if shown or drafted else _("a draft: name the kind of paper that is drafted")


def _legal_review(case: Case) -> str:
    taken = SHOW_A_DRAFT - {"submitted"}
    met = Guard.LEGAL_REVIEW in case.declared or case.told.event in taken
    return "" if met else _("the legal review of the draft: say that it is done")


def _approvals(case: Case) -> str:
    lacks = lacks_before_approval(case)
    if case.told.event == "decided" and case.rules.order is not Order.MINISTRY_FIRST:
        # The last council may decide before the ministry (F2-15); the signature waits for both.
        lacks = [lack for lack in lacks if lack.code != "ministry_order"]
    return "; ".join(lack.paper for lack in lacks)


def _in_force_condition(case: Case) -> str:
    told = [fact.event for fact in case.known.starts if fact.event.effective_on]
    days = [case.told.effective_on, *(event.effective_on for event in reversed(told))]
    effective = next((PartialDate.parse(day) for day in days if day), None)
    if Guard.IN_FORCE_CONDITION in case.declared or effective is None or case.when is None:
        return ""
    early = case.when.latest < effective.earliest
    return _("the day of entry into force, %(date)s") % {"date": effective} if early else ""


def _review_due(case: Case) -> str:
    told = case.told
    due = PartialDate.parse_or_none(case.known.view.terms.review_on)
    reached = due is not None and case.when is not None and due.earliest <= case.when.latest
    asked = told.reason or told.body or told.act_number or is_signing(told)
    met = reached or bool(asked)
    return "" if met else _("a review that is due, or who asks for it and why")


def _review_outcome(case: Case) -> str:
    told = case.told
    met = told.body or told.act_number or is_signing(told)
    return "" if met else _("the decision on the review: who decided, under which number")


def _new_paper(case: Case) -> str:
    """The new paper names the one that it replaces, where the tie has any."""
    signed = {paper_key(fact.event)[1]: fact for fact in case.known.starts if _is_paper(fact.event)}
    _tie, kind, date = parse_reference(case.told.supersedes)
    if not signed or (kind in signed and _agrees(signed[kind].when, date)):
        return ""
    return _("the paper that the new one replaces, one of: %(papers)s") % {
        "papers": ", ".join(
            paper_words(paper_reference(kind, fact.event.date))
            for kind, fact in sorted(signed.items())
        )
    }


def _is_paper(event: object) -> bool:
    return getattr(event, "event", "") in ("signed", "extended", "upgraded")


def _agrees(when: PartialDate | None, date: str) -> bool:
    stated = PartialDate.parse_or_none(date)
    return when is None or stated is None or when.agrees_with(stated)


def _looked_at_elsewhere(case: Case) -> str:
    """Signatures and ends have refusals of their own (`signing`, `ending`), which come first."""
    return ""


CHECKS: dict[Guard, Callable[[Case], str]] = {
    Guard.LETTER: _letter,
    Guard.DRAFT: _draft,
    Guard.LEGAL_REVIEW: _legal_review,
    Guard.APPROVALS: _approvals,
    Guard.SIGNATURES: _looked_at_elsewhere,
    Guard.IN_FORCE_CONDITION: _in_force_condition,
    Guard.REVIEW_DUE: _review_due,
    Guard.REVIEW_OUTCOME: _review_outcome,
    Guard.NEW_PAPER: _new_paper,
    Guard.ACT_REASON_REVIEW: _looked_at_elsewhere,
    Guard.ACT_AND_NOTICE: _looked_at_elsewhere,
    Guard.TERM_OVER: _looked_at_elsewhere,
    Guard.SILENCE: _looked_at_elsewhere,
}
"""What each guard finds missing, in words; empty when it is met."""
