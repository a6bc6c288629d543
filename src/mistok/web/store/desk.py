"""What comes to a store and what lies in it, and the frame that its pages share."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.aid.lifecycle import MOVING, Account, State
from mistok.aid.models import AidLine, Balance, Consignment, Lot
from mistok.aid.models.consignments import Bound
from mistok.web.aid.seats import DeskSeat
from mistok.web.aid.words import amount_of, giver_of, line_name, state_of
from mistok.web.needs.words import day_words, steps_text
from mistok.web.store.words import script_words
from mistok.web.store.worker import script_addresses
from mistok.web.words import StateBadge

MOST_LOTS = 400
"""Further lots are found by the code on their boxes."""
ON_THE_WAY = (Account.IN_TRANSIT, Account.CUSTOMS)
IN_BOOKS = frozenset({State.ON_BALANCE, State.DISTRIBUTING})
"""States in which goods may be given out (`aid.acts.issue`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A consignment on its way, with what is to be counted of it."""

    title: str
    giver: str
    state: StateBadge
    url: str
    things: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lying:
    """A lot in the store: how much of it is there, sound and damaged."""

    name: str
    title: str
    amount: str
    damaged: str
    label: str
    batch: str
    expires: str
    url: str
    waits: str


def frame(request: HttpRequest) -> dict[str, Any]:
    """What every page of the store tells its scripts: whose it is, and where to send."""
    person = Actor(user=request.user).person
    return {
        "store_scripts": script_addresses(),
        "store_told": {
            "person": person.public_id if person is not None else "",
            "at": timezone.now().isoformat(timespec="seconds"),
            "token": reverse("store:token"),
            "worker": reverse("store:worker"),
            "scopes": [reverse("store:home"), "/store/"],
            "box": reverse("store:find_box"),
            "signIn": reverse("account_login"),
            "words": script_words(),
        },
    }


def store_context(seat: DeskSeat) -> dict[str, Any]:
    """The page of one store."""
    lying = list(lying_in(seat.office))
    return {
        "office": seat.office,
        "receives": seat.may(Permission.RECEIVE_GOODS),
        "issues": seat.may(Permission.ISSUE_GOODS),
        "coming": list(coming_to(seat.office)),
        "lying": lying[:MOST_LOTS],
        "more": len(lying) > MOST_LOTS,
    }


def coming_to(office: Office) -> Iterable[Coming]:
    """What comes, in the reader's words, the longest on the way first."""
    rows = Consignment.objects.of(office).filter(state__in=MOVING)
    coming = list(rows.select_related("office", "donor_office").order_by("state_since", "pk"))
    things = _things(coming)
    for consignment in coming:
        told = things[consignment.pk]
        yield Coming(
            title=consignment.title,
            giver=giver_of(consignment),
            state=state_of(consignment),
            url=reverse("store:receive", args=(office.public_id, consignment.public_id)),
            things=tuple(text for _label, text in told),
            labels=tuple(label for label, _text in told if label),
        )


def _things(coming: Sequence[Consignment]) -> Mapping[int, list[tuple[str, str]]]:
    """What is on the way by consignment, as (code on the box, what and how much).

    Read at once for all of them; a line that nobody told exactly has no box yet.
    """
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    moving = Balance.objects.filter(
        lot__line__consignment__in=coming, account__in=ON_THE_WAY, amount__gt=0
    )
    sums: dict[Lot, int] = defaultdict(int)
    for row in moving.select_related("lot__line").order_by("lot__line__position", "lot"):
        sums[row.lot] += row.amount
    for lot, amount in sums.items():
        text = f"{line_name(lot.line)}: {steps_text(amount, lot.unit)}"
        found[lot.line.consignment_id].append((lot.label, text))
    lines = AidLine.objects.filter(consignment__in=coming, removed_at__isnull=True)
    for line in lines.exclude(amount__isnull=False, bound=Bound.EXACT).order_by("position"):
        found[line.consignment_id].append(("", f"{line_name(line)}: {amount_of(line)}"))
    return found


def lying_in(office: Office) -> Iterable[Lying]:
    """What lies in the store, by consignment."""
    issue = reverse("store:issue", args=(office.public_id,))
    for lot, amounts in _held(office):
        line, damaged = lot.line, amounts.get(Account.DAMAGED, 0)
        yield Lying(
            name=line_name(line),
            title=line.consignment.title,
            amount=_amount(lot, amounts),
            damaged=steps_text(damaged, lot.unit) if damaged else "",
            label=lot.label,
            batch=lot.batch or lot.serial,
            expires=day_words(lot.expires_on),
            url=f"{issue}?lot={lot.label}" if _can_leave(lot, amounts) else "",
            waits=_waits(lot, amounts),
        )


def lot_choices(seat: DeskSeat) -> list[tuple[str, str]]:
    """Lots to give out: those in the store that are valued and in the books."""
    return [
        (lot.label, f"{line_name(lot.line)} · {_amount(lot, amounts)} · {lot.label}")
        for lot, amounts in _held(seat.office)
        if _can_leave(lot, amounts)
    ][:MOST_LOTS]


def _can_leave(lot: Lot, amounts: Mapping[str, int]) -> bool:
    """Whether something of it is sound and in the books."""
    return bool(amounts.get(Account.STORE)) and lot.line.consignment.state in IN_BOOKS


def _waits(lot: Lot, amounts: Mapping[str, int]) -> str:
    """Why what is sound cannot be given out yet; empty when it can."""
    state = lot.line.consignment.state
    if not amounts.get(Account.STORE) or state in IN_BOOKS:
        return ""
    if state in MOVING:
        return _("More of this consignment is on the way: it is given out when all of it is here.")
    return _("It is not valued yet: an approver records the valuation, then it can be given out.")


def _amount(lot: Lot, amounts: Mapping[str, int]) -> str:
    return steps_text(amounts.get(Account.STORE, 0), lot.unit)


def _held(office: Office) -> Iterable[tuple[Lot, dict[str, int]]]:
    """Lots with something in the store, sound or damaged, each with both balances."""
    rows = Balance.objects.filter(
        lot__office=office, account__in=(Account.STORE, Account.DAMAGED), amount__gt=0
    )
    found: dict[Lot, dict[str, int]] = {}
    for row in rows.select_related("lot__line__consignment").order_by(
        "lot__line__consignment", "lot__line__position", "lot"
    ):
        found.setdefault(row.lot, {})[row.account] = row.amount
    return found.items()
