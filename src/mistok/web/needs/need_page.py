"""The page of one need: for its office, for partners and coordinators, and for everybody."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from mistok.accounts.permissions import Permission
from mistok.needs.answers import offers_for
from mistok.needs.lifecycle import LIVING_NEEDS, NeedState
from mistok.needs.lines import passages, standing_publication
from mistok.needs.models import Need, Publication
from mistok.registry.gazetteer import the_world
from mistok.web.needs.acting import Acts, Mistake, shown
from mistok.web.needs.cards import public_bar, span_words
from mistok.web.needs.facts import need_facts, public_facts
from mistok.web.needs.guard_present import marked_texts
from mistok.web.needs.need_acts import own_acts
from mistok.web.needs.need_seat import NeedSeat, unknown
from mistok.web.needs.publishing import publication_context
from mistok.web.needs.talk import commitments_of, story_of
from mistok.web.needs.words import (
    bar_of,
    day_words,
    field_of,
    priority_of,
    public_title,
    state_of,
    title_of,
)
from mistok.web.offers.matching import MatchRow, offers_rows
from mistok.web.registry.present import place_card

MOST_OFFERS = 3


def acts_of(seat: NeedSeat) -> Acts:
    """What this person may do with the need."""
    need = seat.need
    if need is None or seat.own is None:
        return {}
    return own_acts(seat, need, passages(need, need.office), standing_publication(need))


def need_page(
    seat: NeedSeat,
    *,
    typed: Mapping[str, forms.Form] | None = None,
    mistake: Mistake | None = None,
) -> HttpResponse:
    """The page, with the form that was not accepted if there is one."""
    typed = typed or {}
    if seat.need is None:
        template, context = "needs/public.html", public_context(seat)
    else:
        seat.need.refresh_from_db()
        template, context = "needs/need.html", need_context(seat, seat.need, typed)
    wrong = [field for form in typed.values() for field in form if field.errors]
    context |= {
        "mistake": mistake.message if mistake else "",
        "factor": mistake.factor if mistake else "",
        "wrong": wrong,
    }
    return render(seat.request, template, context, status=mistake.status if mistake else 200)


def need_context(seat: NeedSeat, need: Need, typed: Mapping[str, forms.Form]) -> dict[str, Any]:
    """What those read who may read the need itself."""
    found = passages(need, need.office)
    acts = acts_of(seat)
    context = {
        **_head(need),
        "seat": seat,
        "own": seat.own is not None,
        "facts": need_facts(need, seat.own is not None),
        "found": marked_texts(need, found) if seat.own is not None else [],
        "danger": any(one.danger for one in found),
        "acts": shown(acts, typed, ("open", "fulfil", "renew", "withdraw")),
        "edit_url": _edit_url(seat, need),
        "commitments": commitments_of(seat, need),
        "story": story_of(seat, need),
        **_doors(seat, need),
    }
    if seat.own is not None:
        context |= publication_context(need, acts, typed) | {"offers": _offers(seat, need)}
    return context


def _head(need: Need) -> dict[str, Any]:
    return {
        "need": need,
        "title": title_of(need),
        "place": place_card(the_world().get(need.place)),
        "state": state_of(need),
        "priority": priority_of(need.priority),
        "field": field_of(need.cluster),
        "cluster": need.cluster,
        "needed_by": day_words(need.needed_by),
        "bar": bar_of(need),
        "renewed": Need.objects.filter(renews=need).first(),
    }


def _edit_url(seat: NeedSeat, need: Need) -> str:
    editable = need.state in (NeedState.DRAFT, *LIVING_NEEDS)
    return reverse("needs:edit", args=[need.public_id]) if seat.writes and editable else ""


def _offers(seat: NeedSeat, need: Need) -> list[MatchRow]:
    """Offers that may meet what is open of an own need, the likeliest first."""
    if need.state != NeedState.OPEN:
        return []
    likely = offers_for(need, most=MOST_OFFERS)
    return offers_rows(likely, proposes=seat.may(Permission.ACCEPT_HELP))


def _doors(seat: NeedSeat, need: Need) -> dict[str, str]:
    """Where somebody of a helping office goes on: to commit, to ask."""
    gives = need.state in LIVING_NEEDS and bool(seat.helpers(Permission.COMMIT_HELP))
    asks = need.state != NeedState.DRAFT and bool(seat.helpers(Permission.ANSWER_APPEAL))
    return {
        "commit_url": reverse("answers:commit", args=[need.public_id]) if gives else "",
        "ask_url": reverse("answers:ask", args=[need.public_id]) if asks else "",
    }


def public_context(seat: NeedSeat) -> dict[str, Any]:
    """What everybody reads: the projection, and nothing else of the need."""
    publication = seat.publication
    if publication is None:  # pragma: no cover - a seat has the need or its publication
        raise unknown()
    told = publication.projection
    return {
        **projected(publication),
        "seat": seat,
        "place": place_card(the_world().get(told["place"])),
        "bar": public_bar(publication),
        "approved": day_words(timezone.localdate(publication.approved_at)),
        "commit_url": reverse("answers:commit", args=[seat.public_id])
        if seat.helpers(Permission.COMMIT_HELP)
        else "",
        "private_url": reverse("answers:private", args=[seat.public_id]),
    }


def projected(publication: Publication) -> dict[str, Any]:
    """A projection in words."""
    told = publication.projection
    return {
        "title": public_title(told),
        "priority": priority_of(told["priority"]),
        "field": field_of(told["cluster"]),
        "cluster": told["cluster"],
        "needed_by": span_words(told["needed_by"]),
        "facts": public_facts(told),
    }
