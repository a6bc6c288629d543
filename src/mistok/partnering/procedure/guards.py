"""What must be stated when a step is done, by the names that the data files use. Pure.

A guard takes what was written down and raises Invalid with a code and a sentence. Guards on
states of ties, on votes and on countries are the registry's (mistok.registry.guards).
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid

Data = Mapping[str, Any]


def number_stated(data: Data) -> None:
    """An act is known by its number."""
    _stated(data, "number", _("Write the number of the act, as it stands on the paper."))


def ground_stated(data: Data) -> None:
    """A military administration acts for a council on a stated legal ground only (D2-05)."""
    _stated(
        data,
        "ground",
        _(
            "Write the legal ground on which the administration acts for the council: the act "
            "of parliament that gave it these powers, with its date and number."
        ),
    )


def amount_stated(data: Data) -> None:
    """A French convention states the forecast amount of financial commitments (F3-22)."""
    _stated(data, "amount", _("Write the forecast amount of the commitments, or “0” for none."))


def community_named(data: Data) -> None:
    """A Polish resolution on aid names the community and a concrete amount or thing (F3-17)."""
    _stated(data, "community", _("Write the official name of the community that gets the aid."))
    _stated(data, "help", _("Write the amount or the thing that the resolution gives."))


def reasons_stated(data: Data) -> None:
    """A tie is suspended or ended for reasons that both sides can read later."""
    _stated(data, "reason", _("Write why the tie is suspended or ended: the reason is kept."))


def review_stated(data: Data) -> None:
    """A suspension is looked at again on a day that the decision names."""
    _stated(data, "review_on", _("Write the day on which the suspension is looked at again."))


def end_date_stated(data: Data) -> None:
    """A term that runs out has a last day."""
    _stated(data, "end_date", _("Write the last day of the term, as the agreement names it."))


def manager_named(data: Data) -> None:
    """A British link is managed by the authority, an association, or both (F3-18)."""
    _stated(
        data, "manager", _("Write who manages the link: the authority, an association, or both.")
    )


def _stated(data: Data, name: str, sentence: str) -> None:
    if not str(data.get(name) or "").strip():
        raise Invalid(sentence, code=f"{name}_missing", details={"name": name})


GUARDS: Mapping[str, Callable[[Data], None]] = {
    guard.__name__: guard
    for guard in (
        number_stated,
        ground_stated,
        amount_stated,
        community_named,
        reasons_stated,
        review_stated,
        end_date_stated,
        manager_named,
    )
}
ASKED: Mapping[str, tuple[str, ...]] = {
    "number_stated": ("number",),
    "ground_stated": ("ground",),
    "amount_stated": ("amount",),
    "community_named": ("community", "help"),
    "reasons_stated": ("reason",),
    "review_stated": ("review_on",),
    "end_date_stated": ("end_date",),
    "manager_named": ("manager",),
}
"""What a form asks for, by guard."""
