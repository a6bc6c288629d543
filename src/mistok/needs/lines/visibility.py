"""Who sees which lines: the own office, its partners, coordinators; and what anybody may read."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.lifecycle import LIVING, OfficeState
from mistok.accounts.models import Membership, Office
from mistok.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from mistok.accounts.scopes import WORLD
from mistok.accounts.selectors import scopes_of
from mistok.kernel.errors import NotFound
from mistok.needs.lifecycle import LIVING_NEEDS, NeedState
from mistok.needs.lines.zones import lies_in, zones_on
from mistok.needs.models import Need, Publication
from mistok.needs.models.lines import STEPS_PER_UNIT
from mistok.needs.scanning import PlaceLevel
from mistok.registry.lifecycle import IN_FORCE, RESTING
from mistok.registry.models import TieParty
from mistok.registry.models.ties import Kind

SHOWN: Final = (*LIVING_NEEDS, NeedState.FULFILLED)
"""States in which partners and coordinators see a line; what was withdrawn is no longer shown."""
LIVING_TIES: Final = (*IN_FORCE, *RESTING)


def needs_shown_to(viewer: Actor) -> QuerySet[Need]:
    """Lines that this viewer may read.

    Those of the own office (drafts for who reads its working papers); for a verified office those
    of municipalities that have a living tie with its own, once they are shown; for a coordinator
    those inside her scopes, once they are shown.
    """
    own = reading_offices(viewer, Permission.READ_NEEDS)
    papers = reading_offices(viewer, Permission.READ_WORKING_PAPERS)
    verified = [office.place for office in own if office.state == OfficeState.VERIFIED]
    seen = Q(office__in=own) & ~Q(state=NeedState.DRAFT) | Q(office__in=papers)
    seen |= Q(place__in=partner_places(verified), state__in=SHOWN)
    scopes = scopes_of(viewer)
    if WORLD in scopes:
        seen |= Q(state__in=SHOWN)
    elif scopes:
        inside = Q(country__in=scopes) | Q(region__in=scopes) | Q(place__in=scopes)
        seen |= inside & Q(state__in=SHOWN)
    return Need.objects.filter(seen).select_related("office")


def need_shown_to(viewer: Actor, public_id: str) -> Need:
    """One of these lines. Raises NotFound (`need_unknown`), also for one that is not shown."""
    need = needs_shown_to(viewer).filter(public_id=public_id[:40]).first()
    if need is None:
        raise NotFound(
            _("There is no need with this address that you may read. Look at the list of needs."),
            code="need_unknown",
        )
    return need


def public_needs(today: dt.date) -> QuerySet[Publication]:
    """What anybody may read today: approved, due, not taken back, of a line that still lives.

    What was approved by hromada is hidden as soon as the hromada comes into a zone, until it is
    approved anew.
    """
    standing = Publication.objects.standing(today).filter(
        need__state__in=LIVING_NEEDS, need__restricted=False
    )
    zones = zones_on(today)
    if zones:
        near = Q(projection__level__lt=int(PlaceLevel.OBLAST))
        places = standing.filter(near).values_list("need__place", flat=True).distinct()
        hidden = [place for place in places if lies_in(place, zones)]
        standing = standing.exclude(near & Q(need__place__in=hidden))
    return standing.select_related("need", "need__office")


def open_to_public(publication: Publication) -> Decimal:
    """How much of a published line is open: never more than was approved to be told."""
    need = publication.need
    told = Decimal(publication.projection["asked"])
    return min(told, Decimal(need.still_open) / STEPS_PER_UNIT)


def reading_offices(viewer: Actor, permission: Permission) -> list[Office]:
    """Offices that the viewer belongs to with a role that gives this right to read."""
    person = viewer.person
    if person is None or not person.is_active:
        return []
    rows: Iterable[Membership] = person.memberships.current(timezone.now()).select_related("office")
    return [
        one.office
        for one in rows
        if one.office is not None
        and one.office.state in LIVING
        and not one.office.contested
        and permission in ROLE_PERMISSIONS[Role(one.role)]
    ]


def partner_places(places: Iterable[str]) -> frozenset[str]:
    """Municipalities that have a tie in force or resting with one of these; networks are none."""
    own = list(places)
    if not own:
        return frozenset()
    tied = TieParty.objects.filter(
        tie__state__in=LIVING_TIES,
        tie__public=True,
        tie__parties__municipality__key__in=own,
    ).exclude(tie__kind=Kind.NETWORK)
    return frozenset(tied.values_list("municipality__key", flat=True)) - frozenset(own)
