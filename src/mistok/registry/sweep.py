"""The aggressor-state sweep: ties with Russian and Belarusian municipalities, and what to do.

F2-05: Law 3668-IX forbids interterritorial cooperation with the aggressor state; F2-32: Belarus is
not named there, ties were ended by local decisions. D2-11: the list of states is data with a date.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mistok.kernel.dates import PartialDate
from mistok.provenance.models import Statement
from mistok.registry.aggressors import AGGRESSOR_STATES, AggressorState
from mistok.registry.gazetteer import the_world
from mistok.registry.lifecycle import ENDED, IN_FORCE, RESTING, TieState
from mistok.registry.models import Municipality, Tie
from mistok.registry.selectors import evidence_for
from mistok.world import Renaming

__all__ = [
    "AGGRESSOR_STATES",
    "UKRAINIAN",
    "AggressorState",
    "Renamed",
    "Swept",
    "as_document",
    "can_be_ended",
    "next_step",
    "renamings_of",
    "states_of",
    "sweep",
]

UKRAINIAN = "ukrainian"
"""The side that a sweep may be narrowed to: ties with a Ukrainian party."""

INDEPENDENCE = PartialDate(1991, 8, 24)


@dataclass(frozen=True, slots=True)
class Renamed:
    """A party that lists may hold under another name: the place, and a name that it bore."""

    place: Municipality
    renaming: Renaming


@dataclass(frozen=True, slots=True)
class Swept:
    """A tie with an aggressor state, the statements on its state, and the next step.

    `councils`: the parties outside of these states, each of which can end its part;
    `remaining`: who would still be tied to one another when the swept parties have gone, empty
    for a tie of two; `review_on`: the stated day of review of a suspended tie.
    """

    tie: Tie
    evidence: list[Statement]
    next_step: str
    councils: tuple[Municipality, ...]
    remaining: tuple[Municipality, ...]
    renamed: tuple[Renamed, ...]
    review_on: str

    @property
    def suspended(self) -> bool:
        """Suspended is not ended: it comes up for review."""
        return bool(self.tie.state == TieState.SUSPENDED)

    @property
    def open(self) -> bool:
        """Whether there is something to end, so that drafts can be made."""
        return can_be_ended(self.tie) and bool(self.councils)


def sweep(*, against: Iterable[str], side: str = "") -> list[Swept]:
    """Public ties with these countries, those still in force first; `side`: see UKRAINIAN."""
    countries = frozenset(against)
    found = Tie.objects.public().with_country(*countries)
    ties = list((found.with_country("UA") if side == UKRAINIAN else found).with_parties())
    ties.sort(key=lambda tie: (_urgency(tie), tie.latest, tie.public_id))
    said = evidence_for(subjects=[tie.public_id for tie in ties])
    return [_swept(tie, countries, said[tie.public_id].values()) for tie in ties]


def states_of(swept: Iterable[Swept]) -> list[tuple[str, int]]:
    """How many ties stand in which state, most first."""
    return Counter(item.tie.state for item in swept).most_common()


def can_be_ended(tie: Tie) -> bool:
    """Whether the tie was in force and has not ended: a suspended one can still be ended."""
    return tie.state in (*IN_FORCE, *RESTING)


def renamings_of(row: Municipality, tie: Tie) -> tuple[Renaming, ...]:
    """Names that a party bore while the tie stood, so that its papers and old lists have them.

    Where nobody tells when the tie began, those given up since Ukraine's independence.
    """
    position = the_world().position(row.key)
    if position is None:
        return ()
    began = PartialDate.parse_or_none(tie.since) or INDEPENDENCE
    found = the_world().place_at(position).renamings
    return tuple(one for one in found if one.date and PartialDate.parse(one.date) > began)


def next_step(tie: Tie) -> str:
    """What the council should do now, in one sentence."""
    if tie.state in ENDED:
        return _("Nothing more to decide. Keep the act and its publication as evidence.")
    if tie.state == TieState.SUSPENDED:
        return _("Set a review date, or put the end of the tie on the council's agenda.")
    if tie.state == TieState.DORMANT:
        return _("Dormant is not ended: put the end of the tie on the council's agenda.")
    if tie.state not in IN_FORCE:
        return _("Give the plan up in writing, so that nobody continues it by mistake.")
    countries = {party.municipality.country for party in tie.parties.all()}
    if "UA" in countries and countries & _FORBIDDEN:
        return _(
            "Check whether it was ended since; if not, end it by a council decision or the mayor's "
            "order and tell the other side: cooperation with the aggressor state is forbidden."
        )
    if "UA" in countries:
        return _(
            "Check whether it was ended since; if not, let the council decide on its own reasons: "
            "the law names Russia and not Belarus, and councils ended such ties by their decisions."
        )
    return _(
        "Check whether it was suspended or ended since; if not, ask the council to decide and "
        "publish the decision."
    )


_FORBIDDEN = frozenset(state.country for state in AGGRESSOR_STATES if state.refused)


def _swept(tie: Tie, against: frozenset[str], said: Iterable[Statement]) -> Swept:
    rows = [party.municipality for party in tie.parties.all()]
    others = tuple(row for row in rows if row.country not in against)
    return Swept(
        tie=tie,
        evidence=_events(said),
        next_step=next_step(tie),
        councils=others,
        remaining=others if len(others) > 1 else (),
        renamed=tuple(Renamed(row, one) for row in rows for one in renamings_of(row, tie)),
        review_on=tie.review_on,
    )


def _urgency(tie: Tie) -> int:
    if tie.state in ENDED:
        return 2
    return 1 if tie.state in RESTING else 0


def _events(statements: Iterable[Statement]) -> list[Statement]:
    events = [statement for statement in statements if statement.prop == "event"]
    return sorted(events, key=lambda said: (-said.source.trust, said.source.slug, said.pk))


def as_document(swept: Swept) -> dict[str, Any]:
    """A swept tie for programs."""
    return {
        "tie": swept.tie.public_id,
        "parties": [
            {
                "key": p.municipality.key,
                "name": p.municipality.name,
                "country": p.municipality.country,
            }
            for p in swept.tie.parties.all()
        ],
        "state": swept.tie.state,
        "evidence": [
            {
                "source": said.source.public_id,
                "title": said.source.title,
                "url": said.source.url,
                "statement": said.pk,
            }
            for said in swept.evidence
        ],
        "next": swept.next_step,
        "remaining": [row.key for row in swept.remaining],
        "renamed": [
            {"key": one.place.key, "former": one.renaming.former, "until": one.renaming.date}
            for one in swept.renamed
        ],
        "review_on": swept.review_on,
        "drafts": swept.open,
    }
