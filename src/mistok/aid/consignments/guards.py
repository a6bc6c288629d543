"""What must be there before a consignment passes on, by the rules in force on the day (section 9).

Old ways: before rule R03 there was no code; while rule R26 holds, papers do without one.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.accounts.models import Office
from mistok.aid.clocks import (
    CODE,
    COPIES,
    MEDICAL_REDISTRIBUTION,
    PUBLICATION_OF_PROPERTY,
    REDISTRIBUTION,
    REPORT,
    blocks,
    in_force,
    open_deadlines,
    report_late,
    title_of,
)
from mistok.aid.consignments.refusing import STATE_WORDS, kept_short
from mistok.aid.lifecycle import CODED, WITHOUT_GOODS, Account, State
from mistok.aid.models import Balance, Consignment
from mistok.kernel.errors import Conflict

PAPER_WAY: Final = "R26"
CLOSING: Final = (
    REPORT,
    REDISTRIBUTION,
    MEDICAL_REDISTRIBUTION,
    COPIES,
    PUBLICATION_OF_PROPERTY,
)
"""Rules by which something is still owed: no consignment is closed before."""
NOT_YET: Final = tuple(
    account.value
    for account in (
        Account.IN_TRANSIT,
        Account.CUSTOMS,
        Account.STORE,
        Account.DAMAGED,
    )
)
"""Accounts that hold nothing any more when a consignment is closed."""

CODE_PAPERS: Final[Mapping[str, frozenset[str]]] = {
    "need_letter": frozenset({"need_letter"}),
    "donor_offer": frozenset({"donor_offer", "donation_letter"}),
    "distribution_plan": frozenset({"distribution_plan"}),
}
"""What the state's system asks for before it gives a code (F4-08 to F4-10), as files or papers."""
EXPORT_PAPERS: Final[Mapping[str, frozenset[str]]] = {
    "invoice": frozenset({"invoice", "proforma_invoice"}),
    "packing_list": frozenset({"packing_list"}),
}
"""Of the usual pack for export (F4-30) what every country asks for."""
_PAPER_WORDS: Final[Mapping[str, Any]] = {
    "need_letter": gettext_lazy("the need letter"),
    "donor_offer": gettext_lazy("the donor's offer or donation letter"),
    "distribution_plan": gettext_lazy("the distribution plan"),
    "invoice": gettext_lazy("the invoice or proforma invoice"),
    "packing_list": gettext_lazy("the packing list"),
}
_BY_ACT: Final = frozenset(
    {
        State.RECEIVED,
        State.ON_BALANCE,
        State.DISTRIBUTING,
        State.DISTRIBUTED,
        State.LOST,
        State.SEIZED,
        State.RETURNED,
    }
)
"""States that acts bring about, where there are goods to act on."""
_NEVER_BY_HAND: Final = frozenset(
    {
        State.CODE_ISSUED,
        State.DECLARED,
        State.DISPATCHED,
        State.REPORTED,
        State.CODE_EXPIRED,
        State.DECLARATION_EXPIRED,
    }
)


def check_guards(consignment: Consignment, state: State, day: dt.date) -> None:
    """Raise Conflict where something is missing for a passage that no act makes."""
    by_act = state in _BY_ACT and consignment.regime not in WITHOUT_GOODS
    if by_act or state in _NEVER_BY_HAND:
        raise Conflict(
            _(
                "The state “%(state)s” comes with its own record: the code, the declaration, the "
                "dispatch, the report or the act. Record that instead."
            )
            % {"state": STATE_WORDS[state]},
            code="needs_act",
            details={"state": str(state)},
        )
    if state == State.CUSTOMS_CLEARED:
        _check_cleared(consignment, day)
    if state == State.CLOSED:
        check_nothing_left(consignment)


def code_needed(consignment: Consignment, day: dt.date) -> bool:
    """Whether goods of this consignment need the unique code on a day."""
    crosses = consignment.abroad and consignment.regime in CODED
    return crosses and in_force(CODE, day) and not in_force(PAPER_WAY, day)


def check_coded(consignment: Consignment) -> None:
    """Raise Conflict (`no_code_needed`) for goods that go another way than by code."""
    if consignment.regime not in CODED or not consignment.abroad:
        raise Conflict(
            _(
                "Codes and declarations are for humanitarian aid from abroad. Take this "
                "consignment on without them."
            ),
            code="no_code_needed",
        )


def check_no_block(office: Office, day: dt.date) -> None:
    """Raise Conflict (`report_overdue`): rule R06, with the consignment and the days late."""
    found = blocks(office, day)
    if found:
        first = found[0]
        name = first.consignment.public_id
        refusal = Conflict(
            first.sentence + " " + _("File the report first."),
            code="report_overdue",
            details={"consignment": name, "days": first.days_late},
        )
        raise kept_short(refusal, report_late(name, first.days_late))


def check_papers(consignment: Consignment, needed: Mapping[str, frozenset[str]]) -> None:
    """Raise Conflict (`papers_missing`) naming the papers that are neither made nor added."""
    missing = missing_papers(consignment, needed)
    if missing:
        raise Conflict(
            _("Papers are missing: %(papers)s. Make them here, or add them as files.")
            % {"papers": paper_words(missing)},
            code="papers_missing",
            details={"papers": missing},
        )


def missing_papers(consignment: Consignment, needed: Mapping[str, frozenset[str]]) -> list[str]:
    """Which of these papers a consignment does not have yet, by their names."""
    present = set(consignment.files.values_list("kind", flat=True))
    present |= set(consignment.papers.values_list("kind", flat=True))
    return [name for name, kinds in needed.items() if kinds.isdisjoint(present)]


def paper_words(names: Iterable[str]) -> str:
    """These papers in one list of words."""
    return ", ".join(str(_PAPER_WORDS[name]) for name in names)


def declaration_missing() -> Conflict:
    """For goods that may not come without a declaration."""
    return Conflict(
        _(
            "Humanitarian aid from abroad needs its code and a declaration for each vehicle "
            "first. Record the code, then the declaration."
        ),
        code="declaration_missing",
    )


def check_not_seized(consignment: Consignment) -> None:
    """Raise Conflict (`goods_still_seized`) while the ledger holds goods as seized."""
    held = Balance.objects.filter(lot__line__consignment=consignment, amount__gt=0)
    if held.filter(account=Account.SEIZED.value).exists():
        raise Conflict(
            _("Goods are still recorded as seized. Reverse the act of seizure first."),
            code="goods_still_seized",
        )


def _check_cleared(consignment: Consignment, day: dt.date) -> None:
    """Each declaration is cleared by its own record; without any, the day says what holds."""
    if consignment.state == State.SEIZED:
        check_not_seized(consignment)
    living = consignment.declarations.filter(expired_on__isnull=True)
    if living.filter(cleared_on__isnull=True).exists():
        raise Conflict(
            _("A declaration is not cleared yet. Record the clearance of each declaration."),
            code="needs_act",
            details={"state": State.CUSTOMS_CLEARED.value},
        )
    if not living.exists() and code_needed(consignment, day):
        raise declaration_missing()


def check_nothing_left(consignment: Consignment) -> None:
    """Raise Conflict while something is left to do: goods to account for, or something owed."""
    left = Balance.objects.filter(
        lot__line__consignment=consignment, account__in=NOT_YET, amount__gt=0
    )
    if left.exists():
        raise Conflict(
            _(
                "Goods of this consignment are still on the way or in the store. Account for them "
                "first: issue, pass on, return or write off."
            ),
            code="goods_left",
        )
    owed = open_deadlines(consignment).filter(rule__in=CLOSING).order_by("due_on", "pk").first()
    if owed is not None:
        raise Conflict(
            _("“%(title)s” is still to be done. Record it, then close the consignment.")
            % {"title": title_of(owed)},
            code="still_due",
            details={"rule": owed.rule},
        )
