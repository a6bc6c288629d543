"""Reading letters: whom they are shown to, and what went out."""

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.lifecycle import OfficeState
from mistok.accounts.permissions import ROLE_PERMISSIONS, Permission, Role
from mistok.accounts.scopes import WORLD
from mistok.accounts.selectors import scopes_of
from mistok.kernel.errors import NotFound
from mistok.needs.lifecycle import AppealState
from mistok.needs.models import Appeal, Letter

WENT_OUT = (AppealState.SENT, AppealState.CLOSED, AppealState.RECALLED)


def appeals_shown_to(viewer: Actor) -> QuerySet[Appeal]:
    """Letters that this viewer may read.

    All of her own office; those that went out to the municipality of her verified office; for a
    coordinator those that went out from offices inside her scopes.
    """
    person = viewer.person
    rows = person.memberships.current(timezone.now()).select_related("office") if person else []
    own = [
        one.office
        for one in rows
        if one.office is not None
        and one.office.state in (OfficeState.CLAIMED, OfficeState.VERIFIED)
        and not one.office.contested
        and Permission.READ_NEEDS in ROLE_PERMISSIONS[Role(one.role)]
    ]
    places = [office.place for office in own if office.state == OfficeState.VERIFIED]
    shown = Q(office__in=own) | Q(addressees__place__in=places, state__in=WENT_OUT)
    scopes = scopes_of(viewer)
    inside = Q(office__country__in=scopes) | Q(office__region__in=scopes)
    inside |= Q(office__place__in=scopes)
    shown |= (Q() if WORLD in scopes else inside) & Q(state__in=WENT_OUT)
    return Appeal.objects.filter(shown).select_related("office").distinct()


def appeal_shown_to(viewer: Actor, public_id: str) -> Appeal:
    """One of these. Raises NotFound (`appeal_unknown`), also for one that is not shown."""
    appeal = appeals_shown_to(viewer).filter(public_id=public_id[:40]).first()
    if appeal is None:
        raise NotFound(
            _("There is no letter with this address that you may read. Look at the register."),
            code="appeal_unknown",
        )
    return appeal


def newest_letters(appeal: Appeal) -> tuple[Letter, ...]:
    """The latest version of each addressee's letter, in the order of the addressees."""
    found: dict[int, Letter] = {}
    rows = Letter.objects.filter(addressee__appeal=appeal).select_related("addressee")
    for letter in rows.order_by("addressee", "number"):
        found[letter.addressee_id] = letter
    return tuple(found.values())
