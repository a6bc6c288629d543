"""Who is told of a letter on the page: the own office, and the offices that get it."""

from collections.abc import Iterable

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.needs.appeals.place_names import named
from mistok.needs.appeals.register import register_number
from mistok.needs.models import Addressee, Appeal
from mistok.needs.notices import tell

_READERS = ("en", "uk")
"""Languages of the pages."""


def tell_own(kind: str, appeal: Appeal, actor: Actor | None = None, **params: object) -> None:
    """Tell those in the own office whose work it is, but for who did it."""
    tell(
        kind=kind,
        subject=appeal.public_id,
        params={"title": appeal.title, **params},
        offices=[appeal.office],
        but=actor,
    )


def tell_addressees(kind: str, appeal: Appeal, addressees: Iterable[Addressee]) -> None:
    """Tell the verified offices of the municipalities that get the letter."""
    places = [one.place for one in addressees]
    offices = list(Office.objects.verified().filter(place__in=places))
    if not offices:
        return
    tell(
        kind=kind,
        subject=appeal.public_id,
        params={
            "who": dict(named(appeal.office.place, _READERS).names),
            "number": register_number(appeal),
        },
        offices=offices,
    )
