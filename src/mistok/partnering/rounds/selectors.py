"""Rounds as they are read: by the public without the names that are not to be told."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mistok.kernel.errors import NotFound
from mistok.kernel.ids import is_public_id
from mistok.partnering.models import PassedOver, Proposal, Round
from mistok.partnering.rounds.anonymous import description
from mistok.partnering.rounds.lifecycle import Answer, Side
from mistok.partnering.rounds.sentences import unserved_sentence
from mistok.registry.gazetteer import the_world


@dataclass(frozen=True, slots=True)
class ShownParty:
    """A municipality by name, or by what it has in common with others; then `key` is empty."""

    shown: str
    key: str
    country: str
    lat: float | None
    lon: float | None


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """A pair as it may be shown. `fit` is None beside an unnamed party.

    A fit can be worked out again for every place of the world: it would tell who is meant.
    """

    public_id: str
    seeker: ShownParty
    offerer: ShownParty
    fit: float | None
    state: Answer
    seeker_answer: Answer
    offerer_answer: Answer


@dataclass(frozen=True, slots=True)
class ShownUnserved:
    """Somebody who got nobody, and why."""

    party: ShownParty
    side: Side
    sentence: str


def published_rounds() -> list[Round]:
    """Rounds that anybody may see, newest first."""
    return list(Round.objects.published())


def round_by_id(public_id: str, *, reveal: bool = False) -> Round:
    """A published round; with `reveal`, which is for coordinators, any. Raises NotFound."""
    rounds = Round.objects.all() if reveal else Round.objects.published()
    found = rounds.filter(public_id=public_id).first() if is_public_id(public_id, "round") else None
    if found is None:
        raise NotFound(
            _("There is no round with this address. Look for it among all rounds."),
            code="round_unknown",
            details={"id": public_id[:40]},
        )
    return found


def seekers_of(kept: Round) -> set[str]:
    """The municipalities for whom a round seeks; it is kept by who coordinates all of them."""
    passed_over = kept.passed_over.filter(side=Side.SEEKER)
    paired = kept.proposals.values_list("seeker", flat=True)
    return {*paired, *passed_over.values_list("municipality", flat=True)}


def shown_proposals(*, kept: Round, lang: str, reveal: bool = False) -> list[ShownProposal]:
    """The pairs of a round, the fittest first; `reveal` names all and is for coordinators.

    In public, pairs with an unnamed party come last and in the order of their ids, which are
    made by chance: their rank would tell their fit.
    """
    shown = [_proposal(one, lang, reveal) for one in kept.proposals.all()]
    return sorted(shown, key=lambda one: (one.fit is None, -(one.fit or 0), one.public_id))


def shown_unserved(
    *, kept: Round, lang: str, side: Side = Side.SEEKER, reveal: bool = False
) -> list[ShownUnserved]:
    """Whom a round passed over on one side, with the reason.

    In the order of the keys; of thousands of offerers most may be among them.
    """
    return [_unserved(row, lang, reveal) for row in kept.passed_over.filter(side=side)]


def _proposal(one: Proposal, lang: str, reveal: bool) -> ShownProposal:
    open_about_fit = reveal or (one.seeker_named and one.offerer_named)
    return ShownProposal(
        public_id=one.public_id,
        seeker=shown_party(one.seeker, reveal or one.seeker_named, lang),
        offerer=shown_party(one.offerer, reveal or one.offerer_named, lang),
        fit=one.fit if open_about_fit else None,
        state=one.state,
        seeker_answer=Answer(one.seeker_answer),
        offerer_answer=Answer(one.offerer_answer),
    )


def _unserved(row: PassedOver, lang: str, reveal: bool) -> ShownUnserved:
    sentence = unserved_sentence(row.reason, row.facts, reveal=reveal)
    return ShownUnserved(
        shown_party(row.municipality, reveal or row.named, lang), Side(row.side), sentence
    )


def shown_party(key: str, named: bool, lang: str) -> ShownParty:
    """A municipality as it may be shown; unnamed it has no position either."""
    place: Any = the_world().get(key)
    if named:
        return ShownParty(place.name_in(lang), place.key, place.country, place.lat, place.lon)
    return ShownParty(description(place, lang), "", place.country, None, None)
