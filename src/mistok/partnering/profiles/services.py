"""Every write to profiles: who may is checked first, the audit event is part of the write."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mistok.kernel.errors import Conflict
from mistok.matching.declared import SETS
from mistok.partnering.models.profiles import DeclaredProfile
from mistok.partnering.profiles.entry import ProfileEntry, check
from mistok.partnering.profiles.policies import Editor, check_can_edit
from mistok.partnering.profiles.selectors import profiled_place
from mistok.provenance.services import record

NEW = 0
"""The version that a profile has before it is written."""


@transaction.atomic
def save_profile(
    *, actor: Editor, key: str, data: ProfileEntry, expected_version: int, at: dt.datetime
) -> DeclaredProfile:
    """Write a municipality's profile, as a whole; saving it says that it is right on this day.

    `expected_version` is the one that was read before editing, 0 for none. A profile that was
    taken back stands again. Raises NotAllowed, Invalid (profile_invalid), Conflict
    (profile_changed) when somebody else has saved in the meantime, and what `profiled_place` does.
    """
    key = profiled_place(key).key
    check_can_edit(actor, key)
    check(data)
    columns = _columns(data)
    before: dict[str, Any] = {}
    stamp = {"confirmed_on": at.date(), "updated_at": at}
    if expected_version == NEW:
        _made, created = DeclaredProfile.objects.get_or_create(key=key, defaults=columns | stamp)
        if not created:
            raise _changed()
    else:
        before = DeclaredProfile.objects.filter(key=key).values(*columns).first() or {}
        _set(key, expected_version, columns | stamp | {"withdrawn_at": None})
    changed = {name: value for name, value in columns.items() if before.get(name) != value}
    record(
        actor=actor.name,
        verb="save_profile",
        subject=key,
        before={name: before[name] for name in changed if name in before},
        after=changed,
    )
    return _row(key)


@transaction.atomic
def confirm_profile(
    *, actor: Editor, key: str, expected_version: int, at: dt.datetime
) -> DeclaredProfile:
    """Say that a profile is still right as it is. Raises NotAllowed, Conflict."""
    key = profiled_place(key).key
    check_can_edit(actor, key)
    _set(key, expected_version, {"confirmed_on": at.date(), "updated_at": at}, standing=True)
    record(
        actor=actor.name,
        verb="confirm_profile",
        subject=key,
        after={"confirmed_on": at.date().isoformat()},
    )
    return _row(key)


@transaction.atomic
def withdraw_profile(
    *, actor: Editor, key: str, expected_version: int, at: dt.datetime
) -> DeclaredProfile:
    """Take a profile back: nobody sees it and no search uses it until it is saved again.

    Raises NotAllowed, Conflict.
    """
    key = profiled_place(key).key
    check_can_edit(actor, key)
    changes = {"withdrawn_at": at, "updated_at": at, "public": False}
    _set(key, expected_version, changes, standing=True)
    record(actor=actor.name, verb="withdraw_profile", subject=key)
    return _row(key)


def _row(key: str) -> DeclaredProfile:
    row: DeclaredProfile = DeclaredProfile.objects.get(key=key)
    return row


def _set(
    key: str, expected_version: int, changes: dict[str, Any], *, standing: bool = False
) -> None:
    """Compare and set: one statement, so that of two who save at once one is refused."""
    rows = DeclaredProfile.objects.filter(key=key, version=expected_version)
    rows = rows.standing() if standing else rows
    if not rows.update(**changes, version=expected_version + 1):
        raise _changed()


def _changed() -> Conflict:
    return Conflict(
        _(
            "This profile was changed in the meantime, so nothing was saved. Open it again to see "
            "what it says now."
        ),
        code="profile_changed",
    )


def _columns(data: ProfileEntry) -> dict[str, Any]:
    wishes = data.profile.wishes
    return {
        **{name: sorted(getattr(data.profile, name)) for name in SETS},
        "countries": sorted(wishes.countries),
        "not_countries": sorted(wishes.not_countries),
        "population_from": wishes.population_from,
        "population_to": wishes.population_to,
        "max_km": wishes.max_km,
        "capacity": data.profile.capacity,
        "about_en": data.about_en.strip(),
        "about_uk": data.about_uk.strip(),
        "public": data.public,
    }
