"""What the pages of rounds show: to everybody without the names that are not to be told."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.selectors import scopes_of
from mistok.kernel.dates import PartialDate
from mistok.kernel.ids import is_public_id
from mistok.partnering.models import Proposal, Round
from mistok.partnering.policies import Actor, can, check_can_coordinate
from mistok.partnering.rounds.answers import blocking_sentence
from mistok.partnering.rounds.lifecycle import PUBLISHED, ROUND_TRANSITIONS, RoundState, Side
from mistok.partnering.rounds.links import answer_token
from mistok.partnering.rounds.selectors import (
    ShownParty,
    ShownProposal,
    published_rounds,
    round_by_id,
    seekers_of,
    shown_proposals,
    shown_unserved,
)
from mistok.partnering.rounds.sentences import class_label
from mistok.web.cards import Figure
from mistok.web.maps import Map, MapArc, MapPoint, build_map
from mistok.web.partnering.bars import points
from mistok.web.partnering.pages import part_of
from mistok.web.partnering.round_words import answer_badge, round_badge
from mistok.web.registry.present import country_name, place_url
from mistok.web.words import date_words, grouped, lang

ON_THE_MAP = 300
"""Pairs drawn on the map of a round; the table has them all."""


def coordinates(request: HttpRequest, kept: Round | None = None) -> bool:
    """Whether this reader sees all names and the drafts: of every round, or of this one.

    A round is kept by who coordinates all that seek in it, however small the scope.
    """
    actor = Actor(user=request.user)
    if can(check_can_coordinate, actor):
        return True
    if kept is None or not scopes_of(actor):
        return False
    return can(check_can_coordinate, actor, *seekers_of(kept))


def kept_round(request: HttpRequest, public_id: str) -> Round:
    """The round for whoever may move it on. Raises NotAllowed, NotFound.

    Alike for a round that is not and one that is not theirs: drafts are not to be guessed.
    """
    actor = Actor(user=request.user)
    keys: set[str] = set()
    if scopes_of(actor) and is_public_id(public_id, "round"):
        keys = {
            key for kept in Round.objects.filter(public_id=public_id) for key in seekers_of(kept)
        }
    check_can_coordinate(actor, *keys)
    return round_by_id(public_id, reveal=True)


def rounds_context(request: HttpRequest) -> dict[str, Any]:
    """Rounds, newest first; coordinators also see theirs that are not published."""
    if coordinates(request):
        rounds, reveal = list(Round.objects.all()), True
    else:
        own = {kept.pk for kept in _unpublished(request) if coordinates(request, kept)}
        seen = {kept.pk for kept in published_rounds()} | own
        rounds, reveal = list(Round.objects.filter(pk__in=seen)), bool(own)
    return {"rounds": [_row(kept) for kept in rounds], "reveal": reveal}


def _unpublished(request: HttpRequest) -> list[Round]:
    """Drafts and rounds taken back; none for a reader who coordinates nothing."""
    rounds = Round.objects.exclude(state__in=PUBLISHED)
    return list(rounds) if scopes_of(Actor(user=request.user)) else []


def _row(kept: Round) -> dict[str, Any]:
    return {
        "url": reverse("rounds:round", args=[kept.public_id]),
        "title": kept.title,
        "state": round_badge(kept.state),
        "made_iso": _day(kept),
        "made": date_words(PartialDate.parse(_day(kept))),
        "variant": kept.get_variant_display(),
        "figures": figures(kept.figures),
    }


def _day(kept: Round) -> str:
    return timezone.localdate(kept.made_at).isoformat()


def round_context(request: HttpRequest, public_id: str) -> dict[str, Any]:
    """One round: figures, floors, pairs, who got nobody and why. Raises NotFound."""
    kept, reveal = _round(request, public_id)
    pairs = shown_proposals(kept=kept, lang=lang(), reveal=reveal)
    unserved = shown_unserved(kept=kept, lang=lang(), reveal=reveal)
    pager, shown = part_of(request, pairs, "page")
    left_pager, left = part_of(request, unserved, "left")
    return {
        "round": _row(kept),
        "algorithm": kept.algorithm,
        "input_hash": kept.input_hash,
        "floors": _floors(kept.figures),
        "explained": _explained(kept.figures),
        "pairs": [_pair(one) for one in shown],
        "pager": pager,
        "unserved": [(_party(one.party), one.sentence) for one in left],
        "unserved_pager": left_pager,
        "idle": kept.passed_over.filter(side=Side.OFFERER).count(),
        "unnamed": any(not (one.seeker.key and one.offerer.key) for one in pairs),
        "reveal": reveal,
        "map": _map(pairs),
        "acts": _acts(kept) if reveal else [],
        "links": _links(kept, shown) if reveal and kept.state == RoundState.PROPOSED else {},
    }


def _round(request: HttpRequest, public_id: str) -> tuple[Round, bool]:
    """The round, and whether this reader sees all of it. Raises NotFound."""
    kept = round_by_id(public_id, reveal=True)
    reveal = coordinates(request, kept)
    return (kept if reveal else round_by_id(public_id)), reveal


def figures(told: dict[str, Any]) -> list[Figure]:
    """How many sought, offered, and got each other."""
    counts = (
        ("seekers", _("municipalities that sought a partner")),
        ("offerers", _("that offered themselves")),
        ("pairs", _("pairs proposed")),
        ("unserved", _("seekers without a partner")),
    )
    return [
        Figure(value=grouped(str(told[name])), label=label)
        for name, label in counts
        if name in told
    ]


def _explained(told: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Total, bound, gap, price and blocking pairs, each with what it means."""
    rows = []
    if "welfare" in told:
        meaning = _("The sum of the fits of all pairs, both sides counted alike.")
        rows.append((_("Total fit"), f"{told['welfare']:.2f}", meaning))
    if "upper_bound" in told:
        meaning = _("No round with these floors could reach more.")
        rows.append((_("Upper bound"), f"{told['upper_bound']:.2f}", meaning))
        meaning = _("By so much at most a better round could be better.")
        rows.append((_("Gap to the bound"), _percent(told["gap"]), meaning))
    if "price_of_fairness" in told:
        meaning = _("The part of the total fit that was given up so that nobody is left out.")
        rows.append((_("Price of fairness"), _percent(told["price_of_fairness"]), meaning))
    if "blocking_pairs" in told:
        count = told["blocking_pairs"]
        rows.append((_("Blocking pairs"), grouped(str(count)), blocking_sentence(count)))
    return rows


def _percent(share: float) -> str:
    return _("%(number).2f %%") % {"number": 100 * share}


def _floors(told: dict[str, Any]) -> list[tuple[str, str, str, bool]]:
    """What was promised to each class, what it got, and whether that is kept."""
    return [
        (
            class_label(floor["name"]),
            grouped(str(floor["asked"])),
            grouped(str(floor["served"])),
            floor["served"] >= floor["asked"],
        )
        for floor in told.get("floors", [])
    ]


def _party(party: ShownParty) -> dict[str, str]:
    return {
        "shown": party.shown,
        "url": place_url(party.key) if party.key else "",
        "country": country_name(party.country, lang()) if party.key else "",
    }


def _pair(one: ShownProposal) -> dict[str, Any]:
    return {
        "id": one.public_id,
        "seeker": _party(one.seeker),
        "offerer": _party(one.offerer),
        "fit": "" if one.fit is None else points(one.fit),
        "state": answer_badge(one.state),
    }


def _map(pairs: Sequence[ShownProposal]) -> Map | None:
    """Pairs of which both are named; who is not named has no place on any map."""
    named = [one for one in pairs if one.seeker.key and one.offerer.key][:ON_THE_MAP]
    parties = [party for one in named for party in (one.seeker, one.offerer)]
    counts = {party.key: 0 for party in parties}
    for party in parties:
        counts[party.key] += 1
    return build_map(
        id="round-map",
        title=_("The pairs of this round"),
        description=_("Each arc is a proposal; it is not a tie. Only pairs that are named."),
        points=[
            MapPoint(p.key, p.shown, p.lat, p.lon, counts[p.key], place_url(p.key))
            for p in parties
            if p.lat is not None and p.lon is not None
        ],
        arcs=[_arc(one) for one in named],
        caption=_("Places on this map"),
    )


def _arc(one: ShownProposal) -> MapArc:
    title = f"{one.seeker.shown} ⌒ {one.offerer.shown}"
    tone = answer_badge(one.state).tone
    return MapArc(one.seeker.key, one.offerer.key, title, "", tone)


ACTS = {
    RoundState.PROPOSED: "publish",
    RoundState.CLOSED: "close",
    RoundState.WITHDRAWN: "withdraw",
}
"""The act that brings a round into a state."""


def _acts(kept: Round) -> list[str]:
    """What a coordinator may do with the round now."""
    return [
        act for state, act in ACTS.items() if state in ROUND_TRANSITIONS[RoundState(kept.state)]
    ]


def _links(kept: Round, shown: Sequence[ShownProposal]) -> dict[str, tuple[str, str]]:
    """For each pair shown, the links by which its two sides answer; for coordinators to send."""
    ids = [one.public_id for one in shown]
    rows = Proposal.objects.filter(round=kept, public_id__in=ids)
    return {row.public_id: (_link(row, Side.SEEKER), _link(row, Side.OFFERER)) for row in rows}


def _link(row: Proposal, side: Side) -> str:
    return reverse("rounds:answer", args=[answer_token(row, side)])
