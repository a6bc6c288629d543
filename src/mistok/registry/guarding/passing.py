"""The whole judgement of what an office tells: every guard in order, then what the tie becomes."""

from django.utils.translation import gettext as _

from mistok.kernel.errors import Conflict, Invalid
from mistok.registry.guarding.countries import check_countries
from mistok.registry.guarding.dates import check_dates
from mistok.registry.guarding.declaring import check_declaration
from mistok.registry.guarding.ending import check_ending
from mistok.registry.guarding.known import Case, Passage
from mistok.registry.guarding.scope import check_counterpart
from mistok.registry.guarding.signing import check_signing
from mistok.registry.guarding.steps import TAKEN_UP_AGAIN, check_link, check_papers, check_way
from mistok.registry.guarding.votes import check_votes
from mistok.registry.lifecycle import BEFORE_SIGNING, ENDED, TieState
from mistok.registry.projection import STARTS, STOPS
from mistok.registry.signings import partial
from mistok.registry.stages import ADVISERS
from mistok.registry.words import state_words


def passage(case: Case) -> Passage:
    """From where to where the tie passes by what is told.

    Raises a refusal of the kernel's family with a stable code. What it lets pass keeps to the
    table of transitions, and the projection of the facts then reads the state that it gives.
    """
    check_counterpart(case)
    _check_parties(case)
    remarks = check_countries(case)
    check_dates(case)
    remarks += check_votes(case.told, _country_of_body(case), case.rules)
    _check_body(case)
    remarks += check_ending(case)
    _check_not_over(case)
    goal, is_step = _led(case)
    if is_step:
        check_way(case, goal)
    else:
        check_link(case)
    remarks += check_signing(case)
    remarks += check_declaration(case)
    if is_step:
        check_papers(case, goal)
        _check_order(case, goal)
    return Passage(case.before, goal, tuple(remarks))


def _check_parties(case: Case) -> None:
    """A search mandate has one party; everything else two or more (D3-05)."""
    parties = len(case.known.parties)
    if case.told.event == "search_mandate" and parties > 1:
        raise Invalid(
            _(
                "%(names)s: a search mandate is given before a partner is known. Tell it of your "
                "own municipality alone, or tell the first contact with this partner."
            )
            % {"names": case.names},
            code="mandate_has_partner",
        )
    if case.told.event != "search_mandate" and parties < 2:
        raise Invalid(
            _("Only one party is named. Choose the partner, or tell a search mandate."),
            code="partner_missing",
        )


def _country_of_body(case: Case) -> str:
    party = case.known.party(case.told.body)
    return party.country if party else ""


def _check_body(case: Case) -> None:
    """A recommendation is no decision (F3-05, F3-06)."""
    if case.told.event == "decided" and not case.told.body:
        raise Invalid(
            _("Say who decided: choose the party whose council it was."), code="body_missing"
        )
    if case.told.event == "decided" and case.told.body_kind in ADVISERS:
        raise Invalid(
            _(
                "A board or committee recommends, the council decides. Tell this as “proposed”, "
                "and the decision when the council has taken it."
            ),
            code="recommendation_is_no_decision",
        )


def _check_not_over(case: Case) -> None:
    """What is ended is not continued; what lies before the end may still be told."""
    if case.before not in ENDED or case.told.event in STOPS:
        return
    until = case.known.view.until
    if until and case.when and case.when.latest < until.earliest:
        return
    raise Conflict(
        _(
            "%(names)s: this tie ended (%(date)s), and an ended tie is not continued. If the "
            "partners have begun anew, write to the stewards of the registry with the paper."
        )
        % {"names": case.names, "date": until or _("date not stated")},
        code="tie_is_over",
        details={"state": str(case.before)},
    )


def _led(case: Case) -> tuple[TieState, bool]:
    """The state that the event leads to, and whether it is a step there.

    What only prepares or adds up leads where the registry reads it to; what lies before the last
    step is history and moves nothing.
    """
    after = case.known.with_told(case.told, trust=case.trust).state
    goal = _goal(case)
    if goal is None or (after == case.before and _is_history(case)):
        return after, after != case.before
    if goal == case.before and goal not in TAKEN_UP_AGAIN:
        raise Conflict(
            _(
                "%(names)s: that is where the tie stands already. Confirm what is shown instead "
                "of telling it again."
            )
            % {"names": case.names},
            code="already_so",
            details={"state": str(goal)},
        )
    return goal, True


def _check_order(case: Case, goal: TieState) -> None:
    """The registry orders by dates, so a date must say what came last."""
    after = case.known.with_told(case.told, trust=case.trust).state
    if after != goal:
        raise Conflict(
            _(
                "%(names)s: with this date the tie would read “%(after)s”, for something else is "
                "told of the same day or later. Give the day on which it happened more exactly."
            )
            % {"names": case.names, "after": state_words(after)},
            code="order_unclear",
            details={"after": str(after), "goal": str(goal)},
        )


def _goal(case: Case) -> TieState | None:
    """The state that the event is meant to bring; none for what only prepares or adds up.

    A decision or a signature of one side counts with those of the others; steps towards the next
    paper leave a tie in force as it is.
    """
    told = case.told
    if told.planned or told.event == "decided" or partial(told, len(case.known.parties)):
        return None
    if told.event == "approved" and told.body:
        return None
    if told.event in STARTS | STOPS:
        return case.target
    if case.before not in BEFORE_SIGNING:
        return None
    back = told.event == "returned" and case.before is TieState.PENDING_APPROVALS
    ahead = BEFORE_SIGNING.index(case.target) > BEFORE_SIGNING.index(case.before)
    return case.target if back or ahead else None


def _is_history(case: Case) -> bool:
    """Whether it lies surely before what brought the tie to where it stands."""
    if case.told.event in STOPS or case.when is None:
        return False
    movers = [fact.when for fact in case.known.real if fact.event.event in STARTS | STOPS]
    return any(when and case.when.latest < when.earliest for when in movers)
