"""What the wartime guard can find in a text: kinds, levels, reasons and their sentences."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a passage gives away."""

    COORDINATES = "coordinates"
    STREET_ADDRESS = "street_address"
    VEHICLE_PLATE = "vehicle_plate"
    PHONE = "phone"
    MILITARY_UNIT = "military_unit"
    ROUTE = "route"
    TRANSPORT_TIME = "transport_time"
    STORAGE = "storage"
    INFRASTRUCTURE = "infrastructure"
    PERSONAL_DATA = "personal_data"


class Level(StrEnum):
    """DANGER must be removed, or confirmed by an approver who gives a reason; WARNING is told."""

    DANGER = "danger"
    WARNING = "warning"


class Reason(NamedTuple):
    """Why a passage is pointed out; `sentence` is English source for gettext, with params."""

    kind: Kind
    level: Level
    sentence: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A passage that should not become visible to others.

    `start` and `end` count characters of the text that was scanned; `excerpt` is that passage;
    `why` is a key of REASONS and `params` what its sentence needs.
    """

    kind: Kind
    level: Level
    start: int
    end: int
    excerpt: str
    why: str
    params: Mapping[str, str] = field(hash=False)


class Hit(NamedTuple):
    """A passage of the folded text that a searcher found, before it becomes a finding."""

    why: str
    start: int
    end: int


def gettext_noop(text: str) -> str:
    """Mark a sentence for translators; whoever shows it translates it."""
    return text


_ = gettext_noop
_D, _W = Level.DANGER, Level.WARNING

REASONS: Mapping[str, Reason] = {
    "decimal_degrees": Reason(
        Kind.COORDINATES,
        _D,
        _("“%(excerpt)s” are coordinates. Name the hromada instead of the point."),
    ),
    "degrees_minutes": Reason(
        Kind.COORDINATES,
        _D,
        _("“%(excerpt)s” are coordinates in degrees and minutes. Name the hromada instead."),
    ),
    "grid_reference": Reason(
        Kind.COORDINATES, _D, _("“%(excerpt)s” is a grid reference. Name the hromada instead.")
    ),
    "plus_code": Reason(
        Kind.COORDINATES,
        _D,
        _("“%(excerpt)s” is a code of a point on the map. Name the hromada instead."),
    ),
    "map_link": Reason(
        Kind.COORDINATES, _D, _("“%(excerpt)s” leads to a point on a map. Take the link out.")
    ),
    "address": Reason(
        Kind.STREET_ADDRESS,
        _D,
        _("“%(excerpt)s” is an address. Name the hromada, and tell the address by phone."),
    ),
    "house": Reason(
        Kind.STREET_ADDRESS, _D, _("“%(excerpt)s” points to one house. Take the number out.")
    ),
    "street": Reason(
        Kind.STREET_ADDRESS,
        _W,
        _("“%(excerpt)s” is a street. Leave it out unless everybody may know the place."),
    ),
    "foreign_address": Reason(
        Kind.STREET_ADDRESS,
        _W,
        _("“%(excerpt)s” is an address abroad. Leave it out unless it is a public office."),
    ),
    "plate": Reason(
        Kind.VEHICLE_PLATE,
        _D,
        _("“%(excerpt)s” looks like the plate of a vehicle. Plates are never published."),
    ),
    "phone": Reason(
        Kind.PHONE,
        _D,
        _("“%(excerpt)s” is a telephone number. Give only the office's own call-back number."),
    ),
    "unit_number": Reason(
        Kind.MILITARY_UNIT,
        _D,
        _("“%(excerpt)s” names a military unit. Units are never named here (Order No. 73)."),
    ),
    "unit_name": Reason(
        Kind.MILITARY_UNIT,
        _D,
        _("“%(excerpt)s” names a military unit. Units are never named here (Order No. 73)."),
    ),
    "military_body": Reason(
        Kind.MILITARY_UNIT,
        _W,
        _("“%(excerpt)s” speaks of armed forces. Needs of the military do not belong here."),
    ),
    "crossing": Reason(
        Kind.ROUTE,
        _D,
        _("“%(excerpt)s” says where a transport crosses the border. Leave the crossing out."),
    ),
    "route": Reason(
        Kind.ROUTE, _D, _("“%(excerpt)s” describes a route. Routes of transports are not told.")
    ),
    "departure": Reason(
        Kind.ROUTE,
        _D,
        _("“%(excerpt)s” says when a transport sets off. Agree on it with the partner alone."),
    ),
    "convoy": Reason(
        Kind.ROUTE,
        _D,
        _("“%(excerpt)s” speaks of a convoy that is to come. Convoys are not announced."),
    ),
    "under_way": Reason(
        Kind.ROUTE,
        _D,
        _("“%(excerpt)s” says that a transport is under way. Write it after the arrival."),
    ),
    "route_word": Reason(
        Kind.ROUTE,
        _W,
        _("“%(excerpt)s” speaks of a route. Check that no transport can be followed by it."),
    ),
    "transport_time": Reason(
        Kind.TRANSPORT_TIME,
        _D,
        _("“%(excerpt)s” tells when a transport is where. Give the month after its arrival."),
    ),
    "transport_day": Reason(
        Kind.TRANSPORT_TIME,
        _W,
        _("“%(excerpt)s” tells the day of a transport. Give the month after its arrival."),
    ),
    "storage": Reason(
        Kind.STORAGE,
        _D,
        _("“%(excerpt)s” tells where aid is stored or unloaded. Name the hromada at most."),
    ),
    "storage_building": Reason(
        Kind.STORAGE,
        _W,
        _("“%(excerpt)s” tells in which building aid lies. Leave the building out."),
    ),
    "air_defence": Reason(
        Kind.INFRASTRUCTURE,
        _D,
        _("“%(excerpt)s” speaks of air defence. That is never published."),
    ),
    "critical_object": Reason(
        Kind.INFRASTRUCTURE,
        _D,
        _("“%(excerpt)s” names a critical object and its place. Name the sector and the oblast."),
    ),
    "critical_mention": Reason(
        Kind.INFRASTRUCTURE,
        _W,
        _("“%(excerpt)s” is a critical object near the name of a place. Name the oblast at most."),
    ),
    "critical_weakness": Reason(
        Kind.INFRASTRUCTURE,
        _W,
        _("“%(excerpt)s” tells where a critical object can be hit. Say what is needed, not why."),
    ),
    "private_mail": Reason(
        Kind.PERSONAL_DATA,
        _D,
        _("“%(excerpt)s” is somebody's own mailbox. Give the office's official address."),
    ),
    "mail": Reason(
        Kind.PERSONAL_DATA,
        _W,
        _("“%(excerpt)s” may be a person's address. Give the office's official address."),
    ),
    "messenger": Reason(
        Kind.PERSONAL_DATA, _W, _("“%(excerpt)s” is a person's account. Take it out.")
    ),
    "identity_paper": Reason(
        Kind.PERSONAL_DATA, _D, _("“%(excerpt)s” is the number of a person's paper. Take it out.")
    ),
    "tax_number": Reason(
        Kind.PERSONAL_DATA, _D, _("“%(excerpt)s” is a person's tax number. Take it out.")
    ),
    "bank_card": Reason(
        Kind.PERSONAL_DATA, _D, _("“%(excerpt)s” is the number of a bank card. Take it out.")
    ),
    "birth_date": Reason(
        Kind.PERSONAL_DATA, _D, _("“%(excerpt)s” is a date of birth. Tell the age group instead.")
    ),
    "person_helped": Reason(
        Kind.PERSONAL_DATA,
        _D,
        _("“%(excerpt)s” names somebody who is helped. Tell how many people, never who."),
    ),
    "driver": Reason(
        Kind.PERSONAL_DATA, _D, _("“%(excerpt)s” names a driver. Drivers are never published.")
    ),
}
"""Every reason by its code."""


def sentence_of(finding: Finding) -> str:
    """The finding as an English sentence: what is dangerous and what to do instead."""
    return REASONS[finding.why].sentence % finding.params
