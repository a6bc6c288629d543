"""The public trace of one consignment: what everybody reads of it, and what stays hidden and why.

The same words show an approver, before she decides, what the public would read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.aid.models import Consignment
from mistok.aid.seeing import public_trace
from mistok.needs.models.lines import EndUser
from mistok.needs.scanning import PlaceLevel
from mistok.registry.gazetteer import the_world
from mistok.web.aid.seats import unknown
from mistok.web.cards import PlaceCard
from mistok.web.needs.cards import span_words
from mistok.web.needs.words import field_of
from mistok.web.registry.present import place_card
from mistok.web.words import StateBadge

Told = Mapping[str, Any]
"""A projection as it is stored, or a trace with its id."""
WEIGHTS: Mapping[int, object] = {
    100: gettext_lazy("up to 100 kg"),
    1_000: gettext_lazy("100 kg to 1 t"),
    5_000: gettext_lazy("1 to 5 t"),
    20_000: gettext_lazy("5 to 20 t"),
    0: gettext_lazy("more than 20 t"),
}
"""Classes of weight by their upper bound in kilograms, as `aid.seeing` tells them."""


@dataclass(frozen=True)
class TraceCard:
    """A trace in words, for a list and for its page."""

    told: Told

    @cached_property
    def url(self) -> str:
        """Its page; empty for what is only looked at before it is approved."""
        known = self.told.get("id")
        return reverse("aid:consignment", args=[known]) if known else ""

    @cached_property
    def place(self) -> PlaceCard:
        """Where it came to, as exactly as everybody may know."""
        return place_card(the_world().get(self.told["place"]))

    @cached_property
    def giver(self) -> PlaceCard | None:
        """The municipality that gave it; none where nobody is named."""
        key = self.told["giver"]
        return place_card(the_world().get(key)) if key else None

    @property
    def giver_name(self) -> str:
        """The same as a name."""
        return self.giver.name if self.giver else _("giver not named")

    @property
    def title(self) -> str:
        """From whom to whom."""
        return _("Aid: %(giver)s – %(place)s") % {
            "giver": self.giver_name,
            "place": self.place.name,
        }

    @property
    def month(self) -> str:
        """When it came: a month, or a quarter."""
        return span_words(self.told["month"])

    @property
    def fields(self) -> str:
        """Fields of help, the first with a capital."""
        words = ", ".join(field_of(code) for code in self.told["clusters"])
        return words[:1].upper() + words[1:]

    @property
    def weight(self) -> str:
        """The class of its weight; empty where nobody told it."""
        return str(WEIGHTS.get(self.told["weight"], ""))

    @property
    def stage(self) -> StateBadge:
        """Whether it was given out to people, as far as it was told."""
        if self.told["stage"] == "distributed":
            return StateBadge("distributed", _("received and distributed"), "moss", "✓")
        return StateBadge("received", _("received"), "moss", "●")

    @property
    def reached(self) -> list[tuple[str, int | None]]:
        """For whom it was, with how many persons; none where that is not told."""
        rows = [(str(EndUser(code).label), n) for code, n in self.told["for"].items()]
        return sorted(rows, key=lambda row: (-(row[1] or 0), row[0]))

    @property
    def hidden(self) -> list[str]:
        """What is not told, and why."""
        return hidden_of(self.told)


def public(request: HttpRequest, consignment: Consignment) -> HttpResponse:
    """The trace for everybody. Raises NotFound where nothing of it is public today."""
    told = public_trace(consignment)
    if told is None:
        raise unknown()
    giver = told["giver"]
    context = {
        "trace": TraceCard(told),
        "more_url": f"{reverse('aid:totals')}?{urlencode({'giver': giver})}" if giver else "",
    }
    return render(request, "aid/public_trace.html", context)


def hidden_of(told: Told) -> list[str]:
    """Sentences on what is left out of a trace."""
    if "-Q" in told["month"]:
        when = _("The month: in a zone of hostilities only the quarter is told.")
    else:
        when = _(
            "The day: only the month is told, so that nobody learns when goods are on the way."
        )
    if told["level"] < PlaceLevel.OBLAST:
        where = _("Stores, addresses and places of distribution: only the hromada is named.")
    else:
        where = _(
            "The hromada: only the oblast is named where hostilities are near, or where goods "
            "serve energy, water or communication."
        )
    sentences = [
        when,
        where,
        _(
            "Routes, crossings, carriers, vehicles and drivers: they are never told, so that the "
            "next consignment comes safely."
        ),
        _(
            "Lists of goods, amounts and stocks: only fields of help and a class of weight "
            "are told."
        ),
        _("Goods of dual use and goods for defence: they are never told of, nor counted here."),
    ]
    if None in told["for"].values():
        sentences.append(
            _(
                "Numbers of people below ten, and numbers that would give them away: nobody "
                "shall be recognised."
            )
        )
    return sentences
