"""Suggestions as rows: an offer and a need, why they may meet, and the way to propose it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.urls import reverse

from mistok.needs.answers import Reason, Suggestion, told_reason
from mistok.needs.answers.matching import HIGHEST
from mistok.registry.gazetteer import the_world
from mistok.web.answers.need_view import NeedView
from mistok.web.cards import PlaceCard, ReasonBar
from mistok.web.needs.words import steps_text
from mistok.web.offers.words import offer_title
from mistok.web.registry.present import place_card
from mistok.web.words import stated_words

WHOLE = 40
"""Points of the weightiest reason: the very thing that is needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRow:
    """One suggestion; `other` is the offer or the need that the reader does not know yet."""

    title: str
    url: str
    place: PlaceCard
    left: str
    for_words: str
    for_url: str
    fit: str
    reasons: list[ReasonBar]
    propose_url: str


def needs_rows(found: Iterable[Suggestion], *, proposes: bool) -> list[MatchRow]:
    """Needs that an offer may meet, for the office that offers."""
    return [_of_need(one, proposes=proposes) for one in found]


def offers_rows(found: Iterable[Suggestion], *, proposes: bool) -> list[MatchRow]:
    """Offers that may meet needs of the reader's own office."""
    return [_of_offer(one, proposes=proposes) for one in found]


def _of_need(one: Suggestion, *, proposes: bool) -> MatchRow:
    view = NeedView(one.need, one.publication is None, one.publication)
    return MatchRow(
        title=view.words(),
        url=_need_url(one),
        place=view.place,
        left=steps_text(view.line.open, one.need.unit),
        for_words="",
        for_url="",
        fit=f"{one.score * 100 // HIGHEST}",
        reasons=bars(one.reasons),
        propose_url=_propose_url(one) if proposes else "",
    )


def _of_offer(one: Suggestion, *, proposes: bool) -> MatchRow:
    return MatchRow(
        title=offer_title(one.offer),
        url=reverse("offers:offer", args=[one.offer.public_id]),
        place=place_card(the_world().get(one.offer.place)),
        left=steps_text(one.offer.left, one.offer.unit),
        for_words=NeedView(one.need, True).words(),
        for_url=_need_url(one),
        fit=f"{one.score * 100 // HIGHEST}",
        reasons=bars(one.reasons),
        propose_url=_propose_url(one) if proposes else "",
    )


def _need_url(one: Suggestion) -> str:
    return reverse("needs:need", args=[one.need.public_id])


def _propose_url(one: Suggestion) -> str:
    return reverse("offers:propose", args=[one.offer.public_id, one.need.public_id])


def bars(reasons: Iterable[Reason]) -> list[ReasonBar]:
    """Reasons with what each is worth, the weightiest first."""
    told = sorted(reasons, key=lambda one: -abs(one.points))
    return [
        ReasonBar(
            criterion=one.code,
            label="",
            sentence=reason_words(one),
            contribution=float(one.points),
            width=min(round(abs(one.points) * 100 / WHOLE), 100),
            negative=one.points < 0,
        )
        for one in told
    ]


def reason_words(reason: Reason) -> str:
    """A reason in the reader's language, its day written out."""
    if "day" not in reason.params:
        return told_reason(reason)
    day = stated_words(str(reason.params["day"]))
    return told_reason(replace(reason, params={**reason.params, "day": day}))
