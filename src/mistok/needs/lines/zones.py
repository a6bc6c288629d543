"""Zones of hostilities (D7-06): where details are told one class higher, by a dated list."""

import datetime as dt
from collections.abc import Iterable
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.services.texts import words
from mistok.kernel.errors import Conflict, Invalid, NotAllowed
from mistok.needs.models import Zone
from mistok.registry.gazetteer import the_world
from mistok.registry.guarding.zones import LIST, Listed, listed

LONGEST_SOURCE: Final = 300
ADD: Final = "needs.add_zone"
CHANGE: Final = "needs.change_zone"
CRIMEA: Final = ("katottg:UA01000000000013043", "katottg:UA85000000000065278")
CRIMEA_SINCE: Final = dt.date(2014, 2, 20)
"""By Law No. 1207-VII, article 1."""
_KINDS: Final = {
    "possible": Zone.Kind.POSSIBLE,
    "active": Zone.Kind.ACTIVE,
    "occupied": Zone.Kind.OCCUPIED,
}


def zones_on(day: dt.date) -> frozenset[str]:
    """Keys of the territories that are in a zone on a day."""
    rows = Zone.objects.filter(Q(until__isnull=True) | Q(until__gte=day), since__lte=day)
    return frozenset(rows.values_list("place", flat=True))


def load_zones() -> int:
    """Take in the official list that came with the program; rows that are known stay as they are.

    Crimea and Sevastopol, which it does not list row by row, are occupied. Gives how many came new.
    """
    rows = [*listed(), *(Listed(key, "occupied", CRIMEA_SINCE) for key in CRIMEA)]
    before = Zone.objects.count()
    Zone.objects.bulk_create(
        (Zone(place=row.key, kind=_KINDS[row.zone], since=row.since, source=LIST) for row in rows),
        ignore_conflicts=True,
    )
    return Zone.objects.count() - before


def exposed(place: str, *days: dt.date) -> bool:
    """Whether a place lies in a zone on any of the days; raises what `World.get` raises."""
    zones = frozenset[str]().union(*map(zones_on, days))
    return lies_in(place, zones)


def lies_in(place: str, territories: Iterable[str]) -> bool:
    """Whether a place is one of the territories or lies in one."""
    wanted = frozenset(territories)
    if not wanted:
        return False
    world = the_world()
    above = {one.key for one in (world.get(place), *world.parents(place))}
    return not wanted.isdisjoint(above)


def add_zone(
    *,
    actor: Actor,
    place: str,
    kind: str,
    since: dt.date,
    source: str,
    until: dt.date | None = None,
) -> Zone:
    """Take a territory of the list in, under its canonical key.

    Raises NotAllowed (`zone_not_yours`), Conflict (`zone_known`), and what `checked_zone` raises.
    """
    with audited(actor, "add_zone", place[:60]) as act:
        _check_may(actor, ADD)
        key = checked_zone(place=place, kind=kind, since=since, source=source, until=until)
        zone = Zone(place=key, kind=kind, since=since, until=until, source=source.strip())
        _save_once(zone)
        act.done(about=key, after={"kind": kind, "since": since.isoformat()})
    return zone


def checked_zone(
    *, place: str, kind: str, since: dt.date, source: str, until: dt.date | None
) -> str:
    """The canonical key of the territory.

    Raises Invalid (`text_missing`, `text_too_long`, `zone_ends_before`, `zone_kind_unknown`), and
    what `World.get` raises.
    """
    words(source, what=_("The list by which it is a zone"), most=LONGEST_SOURCE)
    check_days(since, until)
    if kind not in Zone.Kind.values:
        raise Invalid(
            _("“%(kind)s” is no kind of zone. Choose one of the list.") % {"kind": kind[:40]},
            code="zone_kind_unknown",
        )
    return the_world().get(place.strip()).key


def end_zone(*, actor: Actor, zone: Zone, until: dt.date | None) -> Zone:
    """Say until when it was a zone, or that it still is one. Raises as `add_zone`."""
    with audited(actor, "end_zone", zone.place) as act:
        _check_may(actor, CHANGE)
        check_days(zone.since, until)
        zone.until = until
        zone.save(update_fields=["until"])
        act.done(after={"kind": zone.kind, "until": until.isoformat() if until else None})
    return zone


def _check_may(actor: Actor, permission: str) -> None:
    """Django's permission, as for all that stewards keep; or whoever sits at the machine."""
    person = actor.person
    if not actor.shell and not (person and person.is_active and person.has_perm(permission)):
        raise NotAllowed(
            _("Only an administrator of zones may change the list. Ask one to do it."),
            code="zone_not_yours",
        )


def check_days(since: dt.date, until: dt.date | None) -> None:
    """Raise Invalid (`zone_ends_before`) for a zone that ends before it began."""
    if until is not None and until < since:
        raise Invalid(
            _("The zone would end before it began (%(since)s). Correct one of the days.")
            % {"since": since.isoformat()},
            code="zone_ends_before",
        )


def _save_once(zone: Zone) -> None:
    try:
        with transaction.atomic():
            zone.save()
    except IntegrityError as error:
        raise Conflict(
            _("This territory is in the list from that day already. Correct the other row."),
            code="zone_known",
        ) from error
