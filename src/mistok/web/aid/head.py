"""What stands above every page of one consignment: whose, from whom, where it stands, its rooms."""

from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from mistok.aid.lifecycle import CODED, WITHOUT_GOODS, State
from mistok.web.aid.seats import AidSeat
from mistok.web.aid.words import day_of, giver_of, regime_word, state_of
from mistok.web.offices.places import card_of


def head_of(seat: AidSeat, here: str = "") -> dict[str, Any]:
    """For the templates aid/head.html; `here` is the room that is shown."""
    consignment = seat.consignment
    return {
        "seat": seat,
        "consignment": consignment,
        "place": card_of(consignment.office),
        "giver": giver_of(consignment),
        "state": state_of(consignment),
        "since": day_of(consignment.state_since),
        "regime": regime_word(consignment.regime),
        "desk_url": reverse("aid:desk", args=[seat.office.public_id]),
        "rooms": _rooms(seat, here),
    }


def _rooms(seat: AidSeat, here: str) -> list[tuple[str, str, bool]]:
    """Address, name, whether one is there. The giver sees the lines while it still offers them."""
    rooms = [("consignment", _("Overview"))]
    if not seat.gives or seat.consignment.state == State.OFFERED:
        rooms.append(("lines", _("Lines")))
    if not seat.gives and seat.consignment.regime not in WITHOUT_GOODS:
        rooms.append(("customs", _("Code and customs") if crosses(seat) else _("Vehicles")))
    rooms += [("papers", _("Papers")), ("files", _("Files and photos"))]
    if not seat.gives:
        rooms.append(("public", _("For the public")))
    found = ((address_of(seat, name), label, name == here) for name, label in rooms)
    return [room for room in found if room[0]]


def crosses(seat: AidSeat) -> bool:
    """Whether it goes the way by code and declaration."""
    return seat.consignment.abroad and seat.consignment.regime in CODED


def address_of(seat: AidSeat, name: str) -> str:
    """The address of a room of the consignment; empty where this installation has none."""
    try:
        return reverse(f"aid:{name}", args=[seat.consignment.public_id])
    except NoReverseMatch:
        return ""
