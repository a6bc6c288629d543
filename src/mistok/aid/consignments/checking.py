"""What a form says of a consignment, checked: where it comes from, under which regime."""

import datetime as dt
from typing import Any, Final

from django.utils.translation import gettext as _

from mistok.accounts.models import Office
from mistok.accounts.selectors import verified_office
from mistok.accounts.services.texts import words
from mistok.aid.consignments.entries import FIELDS, ConsignmentEntry
from mistok.aid.lifecycle import Regime
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.needs.models import Need
from mistok.registry.aggressors import AggressorState
from mistok.registry.gazetteer import the_world
from mistok.registry.services.rules import aggressors_on

LONGEST: Final = {
    "title": 200,
    "donor_name": 200,
    "donor_contact": 254,
    "carrier": 200,
    "route": 400,
    "unloading": 400,
    "note": 2000,
}


def checked(entry: ConsignmentEntry, office: Office, day: dt.date) -> dict[str, Any]:
    """The fields of a `Consignment` by name; `day` is when it is first told.

    Raises Invalid (`text_missing`, `text_too_long`, `regime_unknown`, `donor_is_receiver`),
    NotFound (`need_unknown`, and what `World.get` raises), Conflict (`need_not_standing`),
    NotAllowed (`donor_barred`).
    """
    if entry.regime not in set(Regime):
        raise Invalid(
            _("“%(value)s” is not in the list of regimes. Choose one of the list.")
            % {"value": entry.regime[:40]},
            code="regime_unknown",
        )
    told = {name: _words(entry, name) for name in LONGEST}
    place = _donor_place(entry.donor_place, office, day)
    return told | {
        "regime": entry.regime,
        "abroad": entry.abroad,
        "donor_place": place,
        "donor_office": verified_office(place) if place else None,
        "series": _series(entry.series, office),
        "restricted": entry.restricted or entry.regime == Regime.MILITARY,
    }


def barred(country: str, day: dt.date) -> AggressorState | None:
    """The row of the dated list of aggressor states, where the country stands on it that day."""
    for state in aggressors_on(day):
        if state.country == country and day >= state.first_day:
            return state
    return None


def check_donor_country(country: str, day: dt.date) -> None:
    """Raise NotAllowed (`donor_barred`) where the registry refuses a new tie (D2-11)."""
    state = barred(country, day)
    if state is not None and state.refused:
        raise NotAllowed(
            _(
                "Nothing is taken from %(country)s: %(ground)s Since %(since)s no new tie is made "
                "with it, and no aid is recorded from it."
            )
            % {"country": state.name, "ground": state.ground, "since": state.since},
            code="donor_barred",
            details={"country": country, "since": state.since},
        )


def _words(entry: ConsignmentEntry, name: str) -> str:
    return words(
        getattr(entry, name),
        what=str(FIELDS[name]),
        most=LONGEST[name],
        needed=name == "title",
    )


def _donor_place(key: str, office: Office, day: dt.date) -> str:
    """The canonical key of the giving municipality, or "" where none is told."""
    if not key.strip():
        return ""
    place = the_world().get(key.strip())
    if place.key == office.place:
        raise Invalid(
            _("The giver and the receiver are the same municipality. Choose another giver."),
            code="donor_is_receiver",
        )
    check_donor_country(place.country, day)
    return place.key


def _series(public_id: str, office: Office) -> Need | None:
    """The standing need of the receiving office that repeated consignments serve."""
    if not public_id:
        return None
    need = Need.objects.of(office).filter(public_id=public_id[:40]).first()
    if need is None:
        raise NotFound(
            _("The receiving office has no such need. Choose one of its standing needs."),
            code="need_unknown",
        )
    if not need.repeat:
        raise Conflict(
            _("This need does not come back, so no series serves it. Choose a standing need."),
            code="need_not_standing",
        )
    return need
