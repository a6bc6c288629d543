"""The aid of one office: what comes and what it gives, what it holds, what is late."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from mistok.accounts.permissions import Permission
from mistok.aid.clocks import board
from mistok.aid.consignments import consignments_of, given_by
from mistok.aid.ledger import held
from mistok.aid.models import Consignment
from mistok.aid.models.consignments import REGIMES, STATES
from mistok.web.aid.due import DueRow, consignment_url, due_row
from mistok.web.aid.seats import DeskSeat
from mistok.web.aid.strip import Strip, strip_of
from mistok.web.aid.words import PHASES, field_word, giver_of, regime_word, state_of
from mistok.web.needs.words import day_words, steps_text
from mistok.web.offices.places import card_of
from mistok.web.registry.lists import paged
from mistok.web.words import StateBadge

URGENT = 5
"""How many late days are told on the desk; the board has them all."""
MOST_HELD = 12
GETS, GIVES = "gets", "gives"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One consignment of the list."""

    url: str
    title: str
    other: str
    regime: str
    state: StateBadge
    since: str
    due: DueRow | None
    restricted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the address asks for."""

    side: str
    state: str
    regime: str

    @property
    def narrowed(self) -> bool:
        """Whether something is left out."""
        return bool(self.state or self.regime)


def desk_page(seat: DeskSeat) -> HttpResponse:
    """The list with its picture, what is late above it."""
    asked = _asked(seat)
    every = _every(seat, asked.side)
    urgent = _urgent(seat)
    rows = _narrowed(every, asked)
    pager, page = paged(seat.request, rows)
    context = {
        "seat": seat,
        "place": card_of(seat.office),
        "asked": asked,
        "late": [row for row in urgent.values() if row.badge.code == "late"][:URGENT],
        "soon": sum(row.badge.code == "soon" for row in urgent.values()),
        "rows": [_row(one, asked.side, urgent) for one in page],
        "pager": pager,
        "strip": _strip(every),
        "held": held_sums(seat),
        **_choices(asked, every),
        **_doors(seat),
    }
    return render(seat.request, "aid/desk.html", context)


def _asked(seat: DeskSeat) -> Asked:
    told = seat.request.GET
    return Asked(
        side=GIVES if told.get("side") == GIVES else GETS,
        state=told.get("state", "") if told.get("state") in _codes() else "",
        regime=told.get("regime", "") if told.get("regime") in dict(REGIMES) else "",
    )


def _codes() -> set[str]:
    return {code for code, _name, _states in PHASES} | set(dict(STATES))


def _every(seat: DeskSeat, side: str) -> QuerySet[Consignment]:
    find = given_by if side == GIVES else consignments_of
    return find(seat.actor, seat.office).select_related("office", "donor_office")


def _narrowed(rows: QuerySet[Consignment], asked: Asked) -> QuerySet[Consignment]:
    phases = {code: states for code, _name, states in PHASES}
    if asked.state:
        states = phases.get(asked.state, (asked.state,))
        rows = rows.filter(state__in=[str(one) for one in states])
    if asked.regime:
        rows = rows.filter(regime=asked.regime)
    return rows.order_by("-changed_at", "-pk")


def _urgent(seat: DeskSeat) -> dict[int, DueRow]:
    """The most urgent open day of each consignment that the office gets."""
    today = timezone.localdate()
    found: dict[int, DueRow] = {}
    for row in board(seat.office, today):
        if row.due_on is not None and row.state != "done":
            found.setdefault(row.consignment.pk, due_row(row, today))
    return found


def _row(one: Consignment, side: str, urgent: dict[int, DueRow]) -> Row:
    return Row(
        url=consignment_url(one),
        title=one.title,
        other=card_of(one.office).name if side == GIVES else giver_of(one),
        regime=regime_word(one.regime),
        state=state_of(one),
        since=day_words(one.state_since),
        due=urgent.get(one.pk) if side == GETS else None,
        restricted=one.restricted,
    )


def _strip(rows: QuerySet[Consignment]) -> Strip | None:
    counts = Counter(rows.order_by().values_list("state", flat=True))
    return strip_of(counts)


def held_sums(seat: DeskSeat) -> list[tuple[str, str]]:
    """What lies in the store, by field of help and unit, the names in order."""
    totals: Counter[tuple[str, str]] = Counter()
    for one in held(seat.office):
        totals[(field_word(one.lot.line), one.lot.unit)] += one.amount
    rows = sorted(totals.items())[:MOST_HELD]
    return [(field, steps_text(steps, unit)) for (field, unit), steps in rows]


def _choices(asked: Asked, every: QuerySet[Consignment]) -> dict[str, Any]:
    """What the filters offer: what there is."""
    regimes = set(every.order_by().values_list("regime", flat=True).distinct())
    states = [(code, str(name)) for code, name, _states in PHASES]
    if asked.state and asked.state not in dict(states):
        states.append((asked.state, str(dict(STATES)[asked.state])))
    return {
        "sides": _marked([(GETS, _("what comes")), (GIVES, _("what we give"))], asked.side),
        "states": _marked(states, asked.state),
        "regimes": _marked(
            [(code, str(name)) for code, name in REGIMES if code in regimes], asked.regime
        ),
    }


def _marked(choices: Sequence[tuple[str, str]], chosen: str) -> list[tuple[str, str, bool]]:
    return [(code, name, code == chosen) for code, name in choices]


def works_in_store(seat: DeskSeat) -> bool:
    """Whether this person receives or issues goods."""
    return seat.may(Permission.RECEIVE_GOODS) or seat.may(Permission.ISSUE_GOODS)


def _doors(seat: DeskSeat) -> dict[str, str]:
    """Where this person goes on from here; empty for what is not hers."""
    here = [seat.office.public_id]
    writes, gives = seat.may(Permission.WRITE_CONSIGNMENT), seat.may(Permission.GIVE_AID)
    return {
        "new_url": reverse("aid:new", args=here) if writes else "",
        "offer_url": reverse("aid:offer", args=here) if gives else "",
        "deadlines_url": reverse("aid:deadlines", args=here),
        "store_url": reverse("store:store", args=here) if works_in_store(seat) else "",
        "all_url": f"{reverse('aid:desk', args=here)}?{urlencode({'side': GETS})}",
    }
