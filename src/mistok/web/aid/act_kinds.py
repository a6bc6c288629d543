"""Acts on goods by kind: which form, which right, which service, and when they are offered."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.accounts.permissions import Permission
from mistok.aid.acts import (
    accept,
    file_report,
    give_back,
    issue,
    living_acts,
    record_loss,
    record_seizure,
    redistribute,
    to_count,
    unvalued_lines,
    value,
    write_off,
)
from mistok.aid.lifecycle import AFTER_RECEIPT, ENDED, HELD, MOVEMENTS, MOVING, ActKind, State
from mistok.aid.models import AidLine, Balance
from mistok.needs.models.lines import EndUser
from mistok.web.acting import Act, Done, Told
from mistok.web.aid.act_forms import ActForm, DisposalForm, IssueForm
from mistok.web.aid.counting_forms import AcceptanceForm, ValuationForm
from mistok.web.aid.report_form import ReportForm
from mistok.web.aid.seats import AidSeat
from mistok.web.aid.words import act_word

K, P, S = ActKind, Permission, State
REPORT = "report"
IN_BOOKS = frozenset({S.ON_BALANCE, S.DISTRIBUTING})
"""Goods may be given out or passed on."""
REPORTABLE = (AFTER_RECEIPT | MOVING) - ENDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of act as a page offers it. `open` tells whether it can be done now."""

    right: Permission
    make: Callable[[AidSeat], Callable[..., Any]]
    do: Callable[..., Any]
    rows: str
    open: Callable[[AidSeat], bool]
    title: Any
    follows: Any = ""


def balances_of(seat: AidSeat, kind: ActKind) -> list[Balance]:
    """What lies of the consignment's lots in accounts from which this act may take."""
    sources = {source.value for source, _target in MOVEMENTS[kind]}
    rows = Balance.objects.filter(
        lot__line__consignment=seat.consignment, account__in=sources, amount__gt=0
    )
    return list(rows.select_related("lot__line").order_by("lot__line__position", "lot", "account"))


def _held(seat: AidSeat) -> bool:
    return seat.consignment.state in HELD


def _arriving(seat: AidSeat) -> bool:
    return seat.consignment.state in MOVING and bool(to_count(seat.consignment))


def _in_books(seat: AidSeat, kind: ActKind) -> bool:
    return seat.consignment.state in IN_BOOKS and bool(balances_of(seat, kind))


def _movable(kind: ActKind) -> Callable[[AidSeat], bool]:
    """Whether something lies where this act may take it."""
    return lambda seat: (
        seat.consignment.state in (*MOVING, *HELD)
        and bool(balances_of(seat, kind) or _uncounted(seat, kind))
    )


def _uncounted(seat: AidSeat, kind: ActKind) -> list[AidLine]:
    """Lines on the way that were told without an exact number and so have no lot to choose."""
    if kind not in (K.RETURN, K.LOSS, K.SEIZURE) or seat.consignment.state not in MOVING:
        return []
    return [one.line for one in to_count(seat.consignment) if one.lot is None]


def _disposal(kind: ActKind) -> Callable[[AidSeat], Callable[..., Any]]:
    return lambda seat: partial(
        DisposalForm,
        balances_of(seat, kind),
        _uncounted(seat, kind),
        passed_on=kind == K.REDISTRIBUTION,
        commission=kind == K.WRITE_OFF,
    )


KINDS: dict[str, Kind] = {
    K.ACCEPTANCE: Kind(
        right=P.RECEIVE_GOODS,
        make=lambda seat: partial(AcceptanceForm, to_count(seat.consignment)),
        do=accept,
        rows="counted",
        open=_arriving,
        title=gettext_lazy("Count what came"),
        follows=gettext_lazy(
            "What is sound goes into the store. A discrepancy act follows by itself where it is "
            "not as declared."
        ),
    ),
    K.VALUATION: Kind(
        right=P.DISPOSE_OF_GOODS,
        make=lambda seat: partial(ValuationForm, unvalued_lines(seat.consignment)),
        do=value,
        rows="values",
        open=lambda seat: _held(seat) and bool(unvalued_lines(seat.consignment)),
        title=gettext_lazy("Value what was received"),
        follows=gettext_lazy("When every line has a value, the consignment is in the books."),
    ),
    K.ISSUE: Kind(
        right=P.ISSUE_GOODS,
        make=lambda seat: partial(
            IssueForm, balances_of(seat, K.ISSUE), initial={"category": _usual(seat)}
        ),
        do=issue,
        rows="issued",
        open=partial(_in_books, kind=K.ISSUE),
        title=gettext_lazy("Issue goods"),
        follows=gettext_lazy("Counts of people only: no names and no addresses."),
    ),
    K.REDISTRIBUTION: Kind(
        right=P.DISPOSE_OF_GOODS,
        make=_disposal(K.REDISTRIBUTION),
        do=redistribute,
        rows="disposed",
        open=partial(_in_books, kind=K.REDISTRIBUTION),
        title=gettext_lazy("Pass goods on"),
        follows=gettext_lazy("Certified copies are due within the days of the rule."),
    ),
    K.RETURN: Kind(
        right=P.DISPOSE_OF_GOODS,
        make=_disposal(K.RETURN),
        do=give_back,
        rows="disposed",
        open=_movable(K.RETURN),
        title=gettext_lazy("Return goods to the giver"),
    ),
    K.WRITE_OFF: Kind(
        right=P.DISPOSE_OF_GOODS,
        make=_disposal(K.WRITE_OFF),
        do=write_off,
        rows="disposed",
        open=_movable(K.WRITE_OFF),
        title=gettext_lazy("Write goods off"),
    ),
    K.LOSS: Kind(
        right=P.DISPOSE_OF_GOODS,
        make=_disposal(K.LOSS),
        do=record_loss,
        rows="disposed",
        open=_movable(K.LOSS),
        title=gettext_lazy("Record a loss"),
    ),
    K.SEIZURE: Kind(
        right=P.DISPOSE_OF_GOODS,
        make=_disposal(K.SEIZURE),
        do=record_seizure,
        rows="disposed",
        open=_movable(K.SEIZURE),
        title=gettext_lazy("Record a seizure"),
    ),
}


def _usual(seat: AidSeat) -> str:
    """For whom the first line was meant."""
    first = seat.consignment.lines.filter(removed_at=None).order_by("position").first()
    return first.end_user if first else EndUser.ADMINISTRATION


def act_of_kind(seat: AidSeat, name: str) -> Act:
    """The form of one kind of act, whether it can be done now or not."""
    kind = KINDS[name]
    return Act(
        title=str(kind.title),
        button=_("Record the %(act)s") % {"act": act_word(name)},
        make=kind.make(seat),
        do=partial(_do, seat, name),
        right=kind.right,
        office=seat.office,
        subject=seat.consignment.public_id,
        version=seat.consignment.version,
        follows=str(kind.follows),
        on=kind.open(seat),
    )


def _do(seat: AidSeat, name: str, told: Told) -> Done:
    form, kind = told.form, KINDS[name]
    if not isinstance(form, ActForm):
        raise TypeError(type(form))
    act = kind.do(
        actor=told.actor,
        consignment=seat.consignment,
        key=told.key,
        expected=told.expected,
        **form.common,
        **{kind.rows if kind.rows in ("counted", "values") else "rows": getattr(form, kind.rows)()},
    )
    words = {"act": act_word(act.kind), "number": f"{act.number}/{act.year}"}
    return Done(_("Recorded: %(act)s No. %(number)s.") % words, _overview(seat))


def report_act(seat: AidSeat) -> Act:
    """That the report on presence and distribution was filed."""

    def do(told: Told) -> Done:
        made = file_report(
            actor=told.actor,
            consignment=seat.consignment,
            number=told.values["number"],
            filed_on=told.values["filed_on"],
            final=told.values["final"],
            expected=told.expected,
        )
        return Done(_("Report %(number)s is recorded.") % {"number": made.number}, _overview(seat))

    return Act(
        title=_("File a report"),
        button=_("Record the report"),
        make=ReportForm,
        do=do,
        right=P.FILE_AID_REPORT,
        office=seat.office,
        subject=seat.consignment.public_id,
        version=seat.consignment.version,
        follows=_("It ends the term of the report, and what a late report blocks."),
        on=seat.consignment.state in REPORTABLE
        and living_acts(seat.consignment, K.ACCEPTANCE).exists(),
    )


def _overview(seat: AidSeat) -> str:
    return reverse("aid:consignment", args=[seat.consignment.public_id])
