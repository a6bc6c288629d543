"""The waiting list: joining, first contact, a partner found, leaving. Kept by coordinators."""

import datetime as dt
import secrets
from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.kernel.errors import Conflict, Invalid, NotAllowed
from mistok.kernel.ids import public_id
from mistok.partnering.matchers import CLOSED
from mistok.partnering.models import Seeking
from mistok.partnering.policies import Actor, check_can_keep_waiting
from mistok.partnering.rounds.entries import MOST_PARTNERS, class_word
from mistok.partnering.rounds.lifecycle import WAIT_TRANSITIONS, Side, Wait
from mistok.provenance.services import record
from mistok.registry.gazetteer import the_world
from mistok.registry.selectors import resolve_place
from mistok.world import Place


@transaction.atomic
def join_waiting_list(
    *,
    actor: Actor,
    key: str,
    side: Side,
    since: dt.date,
    capacity: int = 1,
    classes: Iterable[str] = (),
    named: bool = False,
    at: dt.datetime | None = None,
) -> Seeking:
    """Give a municipality its place on the list; it is named in public only when it says so.

    Raises NotAllowed without the right and for an aggressor state, Invalid for a place that is no
    municipality, a day in the future or a capacity outside 1 to 1,000, NotFound for an unknown
    key, Conflict when the municipality stands on this side of the list already.
    """
    at = at or timezone.now()
    place = the_world().get(resolve_place(key)[0])
    check_can_keep_waiting(actor, place.key)
    _check_place(place)
    _check_terms(since, capacity, timezone.localdate(at))
    entry = Seeking(
        public_id=public_id("seeking", secrets.token_hex(16)),  # by chance: it must tell nothing
        municipality=place.key,
        side=side,
        since=since,
        capacity=capacity,
        classes=sorted({class_word(word) for word in classes} - {""}),
        named=named,
    )
    _add(entry, place)
    record(
        actor=str(actor),
        verb="join_waiting_list",
        subject=entry.public_id,
        after={"municipality": place.key, "side": side, "since": since.isoformat()},
    )
    return entry


def _add(entry: Seeking, place: Place) -> None:
    """The database itself keeps a municipality from standing there twice."""
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(
            _("%(name)s stands on the waiting list already. Look for it there.")
            % {"name": place.name},
            code="waiting_already",
        ) from error


@transaction.atomic
def record_first_contact(*, actor: Actor, entry: Seeking, on: dt.date) -> Seeking:
    """Note the first day on which the municipality was in touch with a possible partner.

    Raises NotAllowed without the right, Invalid for a day before the waiting began or in the
    future, Conflict when the entry does not wait.
    """
    check_can_keep_waiting(actor, entry.municipality)
    _check_day(entry, on)
    return contact(actor=str(actor), entry=entry, on=on)


@transaction.atomic
def wait_again(*, actor: Actor, entry: Seeking) -> Seeking:
    """The contact led nowhere: the municipality waits on, with the age that it has.

    Raises NotAllowed without the right, Conflict when it is not in contact.
    """
    check_can_keep_waiting(actor, entry.municipality)
    return _move(str(actor), "wait_again", entry, Wait.WAITING)


@transaction.atomic
def record_partner_found(*, actor: Actor, entry: Seeking, on: dt.date) -> Seeking:
    """The municipality has its partner and leaves the list; raises as `record_first_contact`."""
    check_can_keep_waiting(actor, entry.municipality)
    _check_day(entry, on)
    first = entry.first_contact_on or on
    return _move(
        str(actor),
        "record_partner_found",
        entry,
        Wait.PARTNERED,
        ended_on=on,
        first_contact_on=first,
    )


@transaction.atomic
def leave_waiting_list(*, actor: Actor, entry: Seeking, on: dt.date, reason: str = "") -> Seeking:
    """The municipality seeks no more; raises as `record_first_contact`."""
    check_can_keep_waiting(actor, entry.municipality)
    _check_day(entry, on)
    return _move(
        str(actor), "leave_waiting_list", entry, Wait.LEFT, told={"reason": reason}, ended_on=on
    )


def contact(*, actor: str, entry: Seeking, on: dt.date) -> Seeking:
    """Move an entry that waits into contact; the first day of all stays. For callers who checked.

    Raises Conflict when it does not wait.
    """
    first = entry.first_contact_on or on
    return _move(actor, "record_first_contact", entry, Wait.CONTACTED, first_contact_on=first)


def _move(
    actor: str,
    verb: str,
    entry: Seeking,
    to: Wait,
    told: dict[str, str] | None = None,
    **changes: dt.date,
) -> Seeking:
    """Compare and set, with the audit event of the same transaction."""
    before = Wait(entry.state)
    found = Seeking.objects.filter(pk=entry.pk, state=before)
    if to not in WAIT_TRANSITIONS[before] or not found.update(state=to, **changes):
        raise Conflict(
            _("This place on the waiting list has changed meanwhile. Open the list again."),
            code="waiting_changed",
        )
    entry.refresh_from_db()
    days = {name: day.isoformat() for name, day in changes.items()}
    record(
        actor=actor,
        verb=verb,
        subject=entry.public_id,
        before={"state": before},
        after={"state": to, **days, **(told or {})},
    )
    return entry


def _check_place(place: Place) -> None:
    if place.country in CLOSED:
        raise NotAllowed(
            _("Partners are not sought for municipalities of an aggressor state."),
            code="aggressor_state",
        )
    if not place.is_municipality:
        raise Invalid(
            _("%(name)s is no municipality. Write the key of one of its municipalities.")
            % {"name": place.name},
            code="not_a_municipality",
        )


def _check_terms(since: dt.date, capacity: int, today: dt.date) -> None:
    if since > today:
        raise Invalid(
            _("Nobody can wait since %(day)s, which is still to come. Write the day it began.")
            % {"day": since.isoformat()},
            code="day_in_the_future",
        )
    if not 1 <= capacity <= MOST_PARTNERS:
        raise Invalid(
            _("%(count)s new partners cannot be sought at once. Write 1 to %(most)s.")
            % {"count": capacity, "most": MOST_PARTNERS},
            code="capacity_out_of_range",
        )


def _check_day(entry: Seeking, on: dt.date) -> None:
    if not entry.since <= on <= timezone.localdate():
        raise Invalid(
            _("%(day)s is not between the day the waiting began (%(since)s) and today. Correct it.")
            % {"day": on.isoformat(), "since": entry.since.isoformat()},
            code="day_out_of_range",
        )
