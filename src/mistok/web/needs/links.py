"""Needs as other pages show them: the home page, a place's page, the desk of an office."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.needs.lifecycle import LIVING_NEEDS, AppealState, CommitmentState, NeedState
from mistok.needs.lines import needs_shown_to, public_needs
from mistok.needs.models import Appeal, Commitment, Need
from mistok.web.living.seats import why_not
from mistok.web.needs.cards import NeedCard, card_of, public_card
from mistok.web.needs.seats import actor_of, readers_offices

AT_HOME = 5
AT_A_PLACE = 8


@dataclass(frozen=True, slots=True)
class DeskLine:
    """One line of the desk: what there is, where it lies, how many; `waits` for the office."""

    label: str
    url: str
    count: int
    waits: bool = False


def newest_public() -> list[NeedCard]:
    """What became public last."""
    rows = public_needs(timezone.localdate()).order_by("-not_before", "-pk")
    return [public_card(one) for one in rows[:AT_HOME]]


def needs_of_place(request: HttpRequest, key: str) -> dict[str, Any]:
    """Needs of a municipality or oblast: the public ones, for those who may read them all."""
    actor = actor_of(request)
    mine = needs_shown_to(actor).filter(Q(place=key) | Q(region=key), state__in=LIVING_NEEDS)
    own = any(office.place == key for office in readers_offices(actor))
    if own or (actor.person is not None and mine.exists()):
        rows = mine.order_by("-opened_at", "-pk")
        cards = [card_of(need, own=need.place == key and own) for need in rows[:AT_A_PLACE]]
        whose, name = "shown", "place" if own or mine.filter(place=key).exists() else "region"
    else:
        # An oblast's needs are also those of its hromadas, as far as the public may know these.
        here = Q(projection__place=key) | Q(need__region=key)
        public = public_needs(timezone.localdate()).filter(here)
        cards = [public_card(one) for one in public.order_by("-not_before", "-pk")[:AT_A_PLACE]]
        whose, name = "public", "region" if public.filter(need__region=key).exists() else "place"
    query = urlencode({"whose": whose, name: key})
    return {
        "needs": cards,
        "needs_url": f"{reverse('needs:board')}?{query}",
        "needs_own": own,
    }


def desk_of_needs(office: Office) -> list[DeskLine]:
    """Needs, letters, promises of an office, with what waits for its word."""
    needs = Counter(Need.objects.of(office).values_list("state", flat=True))
    letters = Counter(Appeal.objects.of(office).values_list("state", flat=True))
    board = reverse("needs:board")
    waiting = Commitment.objects.filter(
        Q(need__office=office, asks="asker") | Q(giver_office=office, asks="giver"),
        state=CommitmentState.PROPOSED,
    ).count()
    return [
        DeskLine(
            _("Needs that partners see"),
            f"{board}?whose=own",
            needs[NeedState.OPEN] + needs[NeedState.COMMITTED],
        ),
        DeskLine(
            _("Needs that are still drafts"),
            f"{board}?whose=own&state=draft",
            needs[NeedState.DRAFT],
            waits=bool(needs[NeedState.DRAFT]),
        ),
        DeskLine(
            _("Letters of appeal before the approver"),
            reverse("appeals:register"),
            letters[AppealState.IN_REVIEW],
            waits=bool(letters[AppealState.IN_REVIEW]),
        ),
        DeskLine(
            _("Letters that are approved and not sent"),
            reverse("appeals:register"),
            letters[AppealState.APPROVED],
            waits=bool(letters[AppealState.APPROVED]),
        ),
        DeskLine(
            _("Commitments that wait for your word"),
            reverse("answers:commitments"),
            waiting,
            waits=bool(waiting),
        ),
    ]


def doors_of_desk(actor: Actor, office: Office) -> list[tuple[str, str]]:
    """Where the work of an office on needs and ties is done, for who may do it."""
    named = urlencode({"office": office.public_id})
    doors = (
        (_("Write needs"), reverse("needs:catalogue"), Permission.WRITE_NEED),
        (_("Write a letter of appeal"), reverse("appeals:new"), Permission.WRITE_APPEAL),
        (_("Offers of help"), reverse("offers:board"), Permission.READ_NEEDS),
        (_("Commitments"), reverse("answers:commitments"), Permission.READ_NEEDS),
        (_("Tell of a tie that is missing here"), reverse("living:new"), Permission.TELL_EVENT),
        (_("End several ties by one act"), reverse("living:end"), Permission.END_TIE),
    )
    return [
        (label, f"{url}?{named}")
        for label, url, right in doors
        if not why_not(actor, right, office)
    ]
