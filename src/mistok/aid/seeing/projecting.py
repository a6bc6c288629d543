"""What the public would read of a consignment: a projection that holds nothing else (D7-02)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from mistok.aid.acts import distribution_table, living_acts
from mistok.aid.acts.standing import received_lines
from mistok.aid.consignments.flags import is_controlled
from mistok.aid.lifecycle import AFTER_RECEIPT, WITHOUT_GOODS, ActKind, Regime, State
from mistok.aid.models import AidLine, Consignment
from mistok.aid.seeing.arrival import received_on
from mistok.kernel.errors import Conflict
from mistok.kernel.ids import content_hash
from mistok.needs.lines.publishing import CRITICAL_FIELDS, CRITICAL_USERS
from mistok.needs.lines.zones import exposed
from mistok.needs.scanning import DateGrain, Subject, coarse_date, coarse_place, level_of
from mistok.registry.gazetteer import the_world

RULES: Final = "2026-11"
"""Of which making a projection is; a publication keeps it."""
WEIGHT_CLASSES: Final = (100, 1_000, 5_000, 20_000)
"""Upper bounds of the classes of weight in kilograms; the last class has none."""
GRAMS: Final = 1_000
GIVEN_OUT: Final = frozenset({State.DISTRIBUTED, State.REPORTED, State.CLOSED})
"""States in which nothing lies in the store any more."""


def may_be_public(consignment: Consignment) -> bool:
    """Whether anything of it may ever be public: it has come, and something open is in it."""
    if consignment.restricted or consignment.regime == Regime.MILITARY:
        return False
    if consignment.state not in AFTER_RECEIPT or received_on(consignment) is None:
        return False
    return bool(public_lines(consignment))


def public_lines(consignment: Consignment) -> list[AidLine]:
    """Lines that came and may be told of: neither restricted, dual-use, military nor for defence.

    Of a grant of money no commission counts anything, so all of its lines are told.
    """
    lines = [
        line
        for line in consignment.lines.filter(removed_at__isnull=True, restricted=False)
        if not is_controlled(line)
    ]
    if consignment.regime in WITHOUT_GOODS:
        return lines
    came = received_lines(consignment)
    return [line for line in lines if line.public_id in came]


def project(consignment: Consignment, *days: dt.date) -> dict[str, Any]:
    """What the public would read: place, month, fields of help, class of weight, for whom.

    The place is the hromada, or the oblast where something points to energy, water or
    communication, or the hromada lies in a zone on one of the days; the month, in a zone the
    quarter (D7-04). No title, amount, settlement, note or day is in it, and never whether
    something still lies in a store. Raises Conflict (`aid_never_public`).
    """
    received, lines = received_on(consignment), public_lines(consignment)
    if received is None or not may_be_public(consignment):
        raise _never_public()
    office = consignment.office
    days = (received, *days)
    in_zone = exposed(office.place, *days)
    subject = Subject.CRITICAL if any(map(_critical, lines)) else Subject.CONSIGNMENT
    level = level_of(subject, exposed=in_zone)
    grain = DateGrain.QUARTER if in_zone else DateGrain.MONTH
    return {
        "rules": RULES,
        "place": coarse_place(the_world(), office.place, level),
        "region": office.region,
        "level": int(level),
        "giver": _giver(consignment, days),
        "month": coarse_date(received, grain),
        "stage": "distributed" if _given_out(consignment) else "received",
        "clusters": sorted({line.cluster for line in lines}),
        "weight": weight_class(lines),
        "for": _for_whom(consignment, lines),
    }


def fingerprint(projection: dict[str, Any]) -> int:
    """A number of at most nine digits that is another for another projection.

    So whoever approves approves what she saw.
    """
    return int(content_hash(repr(sorted(projection.items())))[:7], 16)


def giver_place(consignment: Consignment) -> str:
    """The key of the municipality that gave; empty where a person or nobody known gave."""
    if consignment.donor_office is not None:
        return consignment.donor_office.place
    return consignment.donor_place


def weight_class(lines: Iterable[AidLine]) -> int | None:
    """The upper bound in kg of the class of the gross weight; 0 above all, None if nobody told."""
    grams = [line.gross_grams or line.net_grams for line in lines]
    told = [one for one in grams if one]
    if not told:
        return None
    return next((bound for bound in WEIGHT_CLASSES if sum(told) <= bound * GRAMS), 0)


def _giver(consignment: Consignment, days: Sequence[dt.date]) -> str:
    """Who gave, no nearer than a municipality; of a hromada in a zone the oblast."""
    key = giver_place(consignment)
    if not key:
        return ""
    level = level_of(Subject.CONSIGNMENT, exposed=exposed(key, *days))
    return coarse_place(the_world(), key, level)


def _given_out(consignment: Consignment) -> bool:
    """Whether nothing is left of it, and something of it went to people."""
    passed_on = living_acts(consignment, ActKind.ISSUE, ActKind.REDISTRIBUTION)
    return consignment.state in GIVEN_OUT and passed_on.exists()


def _critical(line: AidLine) -> bool:
    return line.cluster in CRITICAL_FIELDS or line.end_user in CRITICAL_USERS


def _for_whom(consignment: Consignment, lines: Sequence[AidLine]) -> dict[str, int | None]:
    """Persons by category, small numbers hidden; None where hidden or never counted."""
    table = distribution_table(consignment, for_whom="public", lines=lines)
    return dict(table.persons_by_category)


def _never_public() -> Conflict:
    return Conflict(
        _(
            "The public reads of a consignment after it was received, and never of goods for "
            "defence, of dual use, or marked so. Nothing of this one can be shown."
        ),
        code="aid_never_public",
    )
