"""Ends and pauses: what must have been, what must be told, what is only a warning (D2-10)."""

from django.utils.translation import gettext as _

from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Conflict, Invalid
from mistok.registry.guarding.known import Case, Remark
from mistok.registry.lifecycle import ENDED, TieState
from mistok.registry.projection import STOPS


def check_ending(case: Case) -> list[Remark]:
    """Refuse an end of what never was or ended before, and an end that is told without its act."""
    told = case.told
    if told.planned or told.event not in STOPS:
        return []
    if told.event != "abandoned":
        _check_was(case)
    _check_not_ended(case)
    check = _OWN.get(told.event)
    return check(case) if check else []


def _check_was(case: Case) -> None:
    if case.known.starts or case.before in ENDED:
        return
    raise Conflict(
        _(
            "%(names)s: there is no tie to end or pause, for nothing says that it was ever signed "
            "or in force. Tell first when it began; if it was only a plan, give the plan up."
        )
        % {"names": case.names},
        code="tie_never_was",
    )


def _check_not_ended(case: Case) -> None:
    if case.before not in ENDED or (
        case.before is TieState.EXPIRED and case.target is TieState.SUPERSEDED
    ):
        return
    until = case.known.view.until
    raise Conflict(
        _(
            "%(names)s: this tie ended already (%(date)s). Confirm the end that is shown, or "
            "correct it if the day or the act is wrong."
        )
        % {"names": case.names, "date": until or _("date not stated")},
        code="already_ended",
        details={"state": str(case.before), "until": str(until or "")},
    )


def _severed(case: Case) -> list[Remark]:
    told = case.told
    if not told.body and not told.act_number:
        raise Invalid(
            _(
                "%(names)s: an end needs its act. Name the body that decided (council, mayor), "
                "or the number of the act."
            )
            % {"names": case.names},
            code="act_missing",
        )
    if not told.ending or told.ending == "expiry":
        raise Invalid(
            _(
                "%(names)s: say how the tie was ended: by both sides, by one, by law, or replaced. "
                "That its term ran out is told as “expired”."
            )
            % {"names": case.names},
            code="way_of_ending_missing",
        )
    if told.ending == "unilateral" and not told.notice:
        text = _(
            "%(names)s: one side has ended the tie, and nothing says that the other was told. "
            "Send a written notice and add its date; whether the law asks for it is not known."
        )
        return [Remark("notice_missing", text % {"names": case.names})]
    return []


def _suspended(case: Case) -> list[Remark]:
    told = case.told
    missing = {
        _("the act or the body that decided"): not (told.body or told.act_number),
        _("the reason"): not told.reason,
        _("the date of review"): not told.review_date,
    }
    papers = [paper for paper, lacks in missing.items() if lacks]
    if papers:
        raise Invalid(
            _("%(names)s: to suspend a tie, add %(papers)s.")
            % {"names": case.names, "papers": "; ".join(papers)},
            code="suspension_incomplete",
        )
    text = _("%(names)s: suspended is not ended. By %(date)s decide to resume or to end it.")
    said = {"names": case.names, "date": told.review_date}
    return [Remark("suspended_is_not_ended", text % said)]


def _expired(case: Case) -> list[Remark]:
    terms = case.known.view.terms
    ends = PartialDate.parse_or_none(case.told.end_date or terms.ends_on)
    names = {"names": case.names}
    if ends is None:
        raise Conflict(
            _(
                "%(names)s: no paper here names an end date, so the tie cannot have expired. Tell "
                "the end date, or end the tie by an act."
            )
            % names,
            code="term_unknown",
        )
    if case.told.renewal != "none" and terms.renewal == "automatic":
        raise Conflict(
            _(
                "%(names)s: the paper renews itself, so it did not expire on %(date)s. End it by "
                "an act, or correct the clause."
            )
            % (names | {"date": str(ends)}),
            code="renews_itself",
        )
    if case.when is None or case.when.latest < ends.latest:
        raise Conflict(
            _("%(names)s: the term runs until %(date)s. Tell its end when that day has passed.")
            % (names | {"date": str(ends)}),
            code="term_not_over",
        )
    return []


def _dormant(case: Case) -> list[Remark]:
    text = _(
        "%(names)s: dormant is a warning, not an end. Any activity that is told wakes the tie."
    )
    return [Remark("dormant_is_a_warning", text % {"names": case.names})]


_OWN = {
    "severed": _severed,
    "suspended": _suspended,
    "expired": _expired,
    "dormant": _dormant,
}
