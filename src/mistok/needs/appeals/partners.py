"""To whom an office may write: the other sides of its living ties, with what is known of them."""

from dataclasses import dataclass

from django.utils.translation import get_language

from mistok.accounts.models import Office
from mistok.needs.appeals.place_names import language_of
from mistok.registry.lifecycle import IN_FORCE, RESTING
from mistok.registry.models import Tie, TieParty
from mistok.registry.models.ties import Kind


@dataclass(frozen=True, slots=True)
class Partner:
    """The other side of living ties. `ties`: their public ids, `tie` the oldest; `language`: in
    which a letter is written to it; `email`: the official mail of its verified office, or "".
    """

    place: str
    name: str
    country: str
    language: str
    tie: str
    ties: tuple[str, ...]
    email: str


def partners_of(office: Office) -> tuple[Partner, ...]:
    """Municipalities with a tie to this one in force or resting, by name; networks are none."""
    own = TieParty.objects.filter(municipality__key=office.place).values("tie")
    ties = Tie.objects.public().filter(pk__in=own, state__in=(*IN_FORCE, *RESTING))
    ties = ties.exclude(kind=Kind.NETWORK)
    seats = TieParty.objects.filter(tie__in=ties).exclude(municipality__key=office.place)
    seats = seats.exclude(municipality__kind="country").select_related("tie", "municipality")
    found: dict[str, list[TieParty]] = {}
    for seat in seats.order_by("tie__since", "tie__public_id"):
        found.setdefault(seat.municipality.key, []).append(seat)
    mails = dict(
        Office.objects.verified().filter(place__in=found).values_list("place", "official_email")
    )
    lang = (get_language() or "en")[:2]
    partners = [
        Partner(
            place=place,
            name=rows[0].municipality.name_in(lang),
            country=rows[0].municipality.country,
            language=language_of(rows[0].municipality.country),
            tie=rows[0].tie.public_id,
            ties=tuple(row.tie.public_id for row in rows),
            email=mails.get(place, ""),
        )
        for place, rows in found.items()
    ]
    return tuple(sorted(partners, key=lambda one: one.name.casefold()))
