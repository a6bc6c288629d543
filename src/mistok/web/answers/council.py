"""What a city has committed, or was promised, on one sheet for its council."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts import sentences
from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.kernel.errors import NotAllowed
from mistok.needs.lifecycle import COUNTING, CommitmentState
from mistok.needs.lines import partner_places
from mistok.needs.models import Commitment
from mistok.needs.models.answers import COMMITMENT_STATES
from mistok.web.answers.need_view import NeedView
from mistok.web.answers.words import giver_words
from mistok.web.appeals.words import commitment_badge
from mistok.web.cards import Choice
from mistok.web.needs.words import day_words, steps_text
from mistok.web.offices.places import card_of
from mistok.web.offices.words import moment_words
from mistok.web.procedure.seats import offices_of
from mistok.web.words import StateBadge, reading_order

GIVEN, PROMISED = "given", "promised"
MOST_ROWS = 1000
_YEAR = re.compile(r"20\d\d", re.ASCII)
SHOWN_STATES = [pair for pair in COMMITMENT_STATES if pair[0] != CommitmentState.UNCONFIRMED]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One commitment on the sheet; `other` is whom it goes to, or whom it comes from."""

    other: str
    thing: str
    amount: str
    state: StateBadge
    arrives: str
    entered: str
    url: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """One thing in one unit over all rows: waiting for a word, counting, and of that kept."""

    thing: str
    waiting: str
    counting: str
    kept: str


@dataclass(frozen=True)
class Sheet:
    """The sheet that was asked for: whose, which side of it, year and state."""

    request: HttpRequest
    offices: Sequence[Office]

    @cached_property
    def office(self) -> Office:
        """The office whose sheet it is."""
        asked = self.request.GET.get("office", "")
        return next((one for one in self.offices if one.public_id == asked), self.offices[0])

    @cached_property
    def side(self) -> str:
        """Given by the city, or promised to it; without a choice the one that there is."""
        asked = self.request.GET.get("side", "")
        if asked in (GIVEN, PROMISED):
            return asked
        return PROMISED if self.office.country == "UA" and not self._given().exists() else GIVEN

    @cached_property
    def year(self) -> int:
        """The year in which it was entered; 0 for all."""
        told = self.request.GET.get("year", "")
        return int(told) if _YEAR.fullmatch(told) else 0

    @cached_property
    def state(self) -> str:
        """The state; empty for all."""
        told = self.request.GET.get("state", "")
        return told if told in dict(SHOWN_STATES) else ""

    def _given(self) -> "QuerySet[Commitment]":
        rows = Commitment.objects.exclude(state=CommitmentState.UNCONFIRMED)
        return rows.filter(giver_place=self.office.place)

    def all_rows(self) -> "QuerySet[Commitment]":
        """Every commitment of that side."""
        if self.side == GIVEN:
            return self._given()
        rows = Commitment.objects.exclude(state=CommitmentState.UNCONFIRMED)
        return rows.filter(need__office=self.office)

    def rows(self) -> list[Commitment]:
        """Those of the year and state that were asked for, newest first."""
        rows = self.all_rows().select_related("need").order_by("-made_at", "-pk")
        if self.year:
            rows = rows.filter(made_at__year=self.year)
        if self.state:
            rows = rows.filter(state=self.state)
        return list(rows[: MOST_ROWS + 1])


def sheet_of(request: HttpRequest) -> Sheet:
    """The sheet of one's own offices. Raises NotAllowed for who is of none."""
    actor = Actor(user=request.user)
    offices = list(offices_of(actor, Permission.READ_NEEDS))
    if actor.person is None:
        raise sentences.sign_in_needed()
    if not offices:
        raise NotAllowed(
            _(
                "Commitments are read by the people of an office, and you are of none. Do you "
                "work for a municipality? Claim its office, or ask it to invite you."
            ),
            code="role_cannot",
        )
    return Sheet(request, offices)


def sheet_context(sheet: Sheet) -> dict[str, Any]:
    """Everything that answers/commitments.html shows."""
    found = sheet.rows()
    rows = found[:MOST_ROWS]
    views = _views(sheet, rows)
    return {
        "place": card_of(sheet.office),
        "given": sheet.side == GIVEN,
        "year": sheet.year or "",
        "rows": [_row(one, views[one.pk], given=sheet.side == GIVEN) for one in rows],
        "totals": totals((one, views[one.pk].thing) for one in rows),
        "more": len(found) > MOST_ROWS,
        "today": timezone.localdate(),
        "filtered": bool(sheet.year or sheet.state),
        "state_words": dict(SHOWN_STATES).get(sheet.state, ""),
        **_choices(sheet),
    }


def _views(sheet: Sheet, rows: Sequence[Commitment]) -> dict[int, NeedView]:
    """Each need as the office may read it: partners are asked for once, not row by row."""
    known = {sheet.office.place} | partner_places([sheet.office.place])
    return {
        one.pk: NeedView.of(one.need, sheet.office, asker=one.need.place in known) for one in rows
    }


def _row(one: Commitment, view: NeedView, *, given: bool) -> Row:
    return Row(
        other=view.place.name if given else giver_words(one),
        thing=view.thing,
        amount=steps_text(one.covers, one.unit or one.need.unit),
        state=_state(one, given=given),
        arrives=day_words(one.arrives_on),
        entered=moment_words(one.made_at),
        url=reverse("answers:commitment", args=[one.public_id]),
        note=one.instead,
    )


def _state(one: Commitment, *, given: bool) -> StateBadge:
    """Where it stands; the side whose word is awaited reads that it is its own."""
    badge = commitment_badge(one.state)
    awaited = one.asks == ("giver" if given else "asker")
    return replace(badge, label=_("waits for your word")) if awaited else badge


def totals(rows: Iterable[tuple[Commitment, str]]) -> list[Total]:
    """By thing and unit; exact, for amounts are whole thousandths."""
    sums: dict[tuple[str, str], dict[str, int]] = {}
    for one, thing in rows:
        of_it = sums.setdefault(
            (thing, one.unit or one.need.unit), dict.fromkeys(("waiting", "counting", "kept"), 0)
        )
        of_it["waiting"] += one.covers if one.state == CommitmentState.PROPOSED else 0
        of_it["counting"] += one.covers if one.state in COUNTING else 0
        of_it["kept"] += one.covers if one.state == CommitmentState.KEPT else 0
    ordered = sorted(sums.items(), key=lambda pair: reading_order(pair[0][0]))
    return [_total(thing, unit, of_it) for (thing, unit), of_it in ordered if any(of_it.values())]


def _total(thing: str, unit: str, of_it: Mapping[str, int]) -> Total:
    return Total(thing=thing, **{name: steps_text(steps, unit) for name, steps in of_it.items()})


def _choices(sheet: Sheet) -> dict[str, list[Choice]]:
    years = sorted({day.year for day in sheet.all_rows().dates("made_at", "year")}, reverse=True)
    sides = ((GIVEN, _("committed by us")), (PROMISED, _("promised to us")))
    return {
        "offices": [
            Choice(value=one.public_id, label=card_of(one).name, selected=one == sheet.office)
            for one in sheet.offices
        ],
        "sides": [Choice(value=v, label=w, selected=v == sheet.side) for v, w in sides],
        "years": [Choice(value=str(y), label=str(y), selected=y == sheet.year) for y in years],
        "states": [
            Choice(value=value, label=str(label), selected=value == sheet.state)
            for value, label in SHOWN_STATES
        ],
    }
