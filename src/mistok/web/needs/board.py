"""The board of needs: what is public for everybody, for offices their own and their partners'."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db.models import Case, F, QuerySet, Value, When
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mistok.needs.lifecycle import LIVING_NEEDS, NeedState
from mistok.needs.lines import needs_shown_to, public_needs
from mistok.needs.models import Need
from mistok.needs.models.lines import NEED_STATES, Priority
from mistok.web.cards import Choice
from mistok.web.needs.cards import card_of, public_amounts, public_card, totals
from mistok.web.needs.filters import Asked, filters_of
from mistok.web.needs.needs_map import needs_map
from mistok.web.needs.opening import drafts_among
from mistok.web.needs.seats import actor_of, readers_offices, writes_for
from mistok.web.registry.lists import paged

WHOSE = {
    "shown": _("own and partners' needs"),
    "own": _("own needs"),
    "partners": _("partners' needs"),
    "public": _("all public needs"),
}
"""Which list is shown; the last one is there for everybody."""
COLUMNS = {name: name for name in ("region", "cluster", "kind", "priority", "place")}
PUBLIC_COLUMNS = {
    "region": "need__region",
    "cluster": "projection__cluster",
    "kind": "projection__kind",
    "priority": "projection__priority",
    "place": "projection__place",
}
"""The region of a need is in its projection too, where this tells the oblast or less of it."""


def board_context(request: HttpRequest) -> dict[str, Any]:
    """Everything that needs/board.html shows."""
    actor = actor_of(request)
    offices = readers_offices(actor)
    mine = needs_shown_to(actor)
    sees = bool(offices) or mine.exists()
    asked = Asked.of(request, "shown" if sees else "public", WHOSE if sees else ("public",))
    own = [office.pk for office in offices]
    told = _public(request, asked) if asked.whose == "public" else _shown(request, asked, mine, own)
    writing = writes_for(actor, offices)
    return told | {
        "asked": asked,
        "whose": _whose(asked.whose) if sees else [],
        "writes": writing[0] if writing else None,
        "sees": sees,
    }


def _whose(chosen: str) -> list[Choice]:
    return [
        Choice(value=code, label=str(label).capitalize(), selected=code == chosen)
        for code, label in WHOSE.items()
    ]


def _shown(
    request: HttpRequest, asked: Asked, mine: QuerySet[Need], own: Sequence[int]
) -> dict[str, Any]:
    """Lines that this viewer's offices may read; `own` are the numbers of these offices."""
    if asked.whose == "own":
        mine = mine.filter(office__in=own)
    elif asked.whose == "partners":
        mine = mine.exclude(office__in=own)
    rows = mine.exclude(state=NeedState.WITHDRAWN)
    if asked.state:
        rows = mine.filter(state=asked.state)
    rows = asked.narrow(rows, COLUMNS)
    pager, page = paged(
        request,
        rows.order_by(_urgency("priority"), F("needed_by").asc(nulls_last=True), "-pk"),
    )
    living = rows.filter(state__in=LIVING_NEEDS)
    return {
        "filters": filters_of(asked, mine.order_by().values(*COLUMNS).distinct()),
        "states": _states(mine, asked.state),
        "pager": pager,
        "cards": [card_of(need, own=need.office_id in own) for need in page],
        "drafts": drafts_among(page, own),
        "totals": totals(living.values_list("cluster", "committed", "still_open")),
        "map": needs_map(Counter(rows.values_list("place", flat=True))),
    }


def _public(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """What anybody may read today; the filters look at what is shown, and at nothing else."""
    standing = public_needs(timezone.localdate())
    rows = asked.narrow(standing, PUBLIC_COLUMNS)
    pager, page = paged(request, rows.order_by(_urgency("projection__priority"), "-pk"))
    found = [
        {name: row[column] for name, column in PUBLIC_COLUMNS.items()}
        for row in standing.order_by().values(*PUBLIC_COLUMNS.values()).distinct()
    ]
    amounts = [(one.projection, *public_amounts(one)) for one in rows]
    return {
        "filters": filters_of(asked, found),
        "states": [],
        "pager": pager,
        "cards": [public_card(one) for one in page],
        "totals": totals((told["cluster"], all_ - open_, open_) for told, all_, open_ in amounts),
        "map": needs_map(Counter(told["place"] for told, _asked, _open in amounts)),
    }


def _urgency(column: str) -> Case:
    """The most urgent first."""
    ranks = (When(**{column: code}, then=Value(n)) for n, code in enumerate(Priority.values))
    return Case(*ranks, default=Value(len(Priority.values)))


def _states(mine: QuerySet[Need], chosen: str) -> list[Choice]:
    held = set(mine.order_by().values_list("state", flat=True).distinct())
    return [
        Choice(value=code, label=str(label).capitalize(), selected=code == chosen)
        for code, label in NEED_STATES
        if code in held
    ]
