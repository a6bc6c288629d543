"""Reading profiles: who may see which, what searches may use, how fresh they are."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Sum
from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid, NotAllowed
from mistok.matching.declared import Profile
from mistok.partnering.models.profiles import DeclaredProfile
from mistok.partnering.profiles.entry import ProfileEntry
from mistok.partnering.profiles.policies import Editor, can_edit
from mistok.registry.gazetteer import the_world
from mistok.registry.selectors import resolve_place
from mistok.registry.sweep import AGGRESSOR_STATES
from mistok.world import Place


@dataclass(frozen=True, slots=True)
class Freshness:
    """When a profile was last said to be right; stale after more than twelve months."""

    confirmed_on: dt.date
    stale: bool


def profiled_place(key: str) -> Place:
    """The municipality that a profile of this key is about; aliases and merged keys lead on.

    Raises NotFound for an unknown key, Invalid (key_malformed, profile_of_no_municipality) for
    what is no municipality of the gazetteer, NotAllowed (aggressor_state).
    """
    standing = resolve_place(key)[0]
    place = None if standing.startswith("place_") else the_world().get(standing)
    if place is None or not place.is_municipality:
        raise Invalid(
            _("Only municipalities have a profile, and this is none. Open one of its own."),
            code="profile_of_no_municipality",
            details={"key": key[:200]},
        )
    if place.country in {state.country for state in AGGRESSOR_STATES}:
        raise NotAllowed(
            _("Municipalities of an aggressor state have no profile here."),
            code="aggressor_state",
        )
    return place


def profile_of(key: str) -> DeclaredProfile | None:
    """The row of this standing key, whoever may see it, also one that was taken back."""
    return DeclaredProfile.objects.filter(key=key).first()


def readable_profile(key: str, editor: Editor) -> DeclaredProfile | None:
    """The profile if this reader may see it: a public one, or their own private one."""
    row = DeclaredProfile.objects.standing().filter(key=key).first()
    return row if row is not None and (row.public or can_edit(editor, key)) else None


def profile_for_search(key: str, editor: Editor) -> Profile | None:
    """What the municipality's own search may use; a private profile only for who may edit it."""
    row = readable_profile(key, editor)
    return row.declared if row is not None else None


def public_profiles() -> dict[str, Profile]:
    """Every profile that others' searches may use, by key in alphabetical order."""
    return {row.key: row.declared for row in DeclaredProfile.objects.public().order_by("key")}


def profiles_stamp() -> tuple[object, ...]:
    """Changes whenever `public_profiles` may: to ask before reading them all again."""
    rows = DeclaredProfile.objects.public()
    told = rows.aggregate(Count("pk"), Sum("version"), Max("updated_at"))
    return tuple(told[name] for name in sorted(told))


def entry_of(row: DeclaredProfile) -> ProfileEntry:
    """A row as it was written down."""
    return ProfileEntry(
        profile=row.declared, about_en=row.about_en, about_uk=row.about_uk, public=row.public
    )


def freshness(confirmed_on: dt.date, today: dt.date) -> Freshness:
    """How fresh a profile is on a day."""
    # Clipped, because the 29th of February has no counterpart a year before.
    day = min(today.day, 28) if today.month == 2 else today.day
    return Freshness(confirmed_on, confirmed_on < today.replace(year=today.year - 1, day=day))
