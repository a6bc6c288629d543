"""The aggressor-state sweep: ties with Russian and Belarusian municipalities, and what to do.

F2-05: Law 3668-IX forbids interterritorial cooperation with the aggressor state; F2-32: Belarus is
not named there, ties were ended by local decisions. D2-11: the list of states is data with a date.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.provenance.models import Statement
from mistok.registry.lifecycle import ENDED, IN_FORCE, TieState
from mistok.registry.models import Tie
from mistok.registry.selectors import evidence_for

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise


@dataclass(frozen=True, slots=True)
class AggressorState:
    """A state against which ties are swept: since when, and the ground."""

    country: str
    since: str
    ground: "StrPromise"


AGGRESSOR_STATES = (
    AggressorState(
        "RU",
        "2015-01-27",
        gettext_lazy("Recognised as an aggressor state by the Verkhovna Rada, No. 129-VIII."),
    ),
    AggressorState(
        "BY",
        "2022-02-24",
        gettext_lazy("Councils ended ties by their own decisions; Law 3668-IX does not name it."),
    ),
)


@dataclass(frozen=True, slots=True)
class Swept:
    """A tie with an aggressor state, the statements on its state, and the next step."""

    tie: Tie
    evidence: list[Statement]
    next_step: str


def sweep(*, against: Iterable[str]) -> list[Swept]:
    """Public ties with these countries, those still in force first."""
    ties = list(Tie.objects.public().with_country(*against).with_parties())
    ties.sort(key=lambda tie: (_urgency(tie), tie.latest, tie.public_id))
    said = evidence_for(subjects=[tie.public_id for tie in ties])
    return [Swept(tie, _events(said[tie.public_id].values()), next_step(tie)) for tie in ties]


def states_of(swept: Iterable[Swept]) -> list[tuple[str, int]]:
    """How many ties stand in which state, most first."""
    return Counter(item.tie.state for item in swept).most_common()


def _urgency(tie: Tie) -> int:
    if tie.state in ENDED:
        return 2
    return 1 if tie.state in (TieState.SUSPENDED, TieState.DORMANT) else 0


def _events(statements: Iterable[Statement]) -> list[Statement]:
    events = [statement for statement in statements if statement.prop == "event"]
    return sorted(events, key=lambda said: (-said.source.trust, said.source.slug, said.pk))


def next_step(tie: Tie) -> str:
    """What the council should do now, in one sentence."""
    ukrainian = any(party.municipality.country == "UA" for party in tie.parties.all())
    if tie.state in ENDED:
        return _("Nothing more to decide. Keep the act and its publication as evidence.")
    if tie.state == TieState.SUSPENDED:
        return _("Set a review date, or put the end of the tie on the council's agenda.")
    if tie.state == TieState.DORMANT:
        return _("Dormant is not ended: put the end of the tie on the council's agenda.")
    if tie.state not in IN_FORCE:
        return _("Give the plan up in writing, so that nobody continues it by mistake.")
    if ukrainian:
        return _(
            "Check whether it was ended since; if not, end it by a council decision or the mayor's "
            "order and tell the other side: cooperation with the aggressor state is forbidden."
        )
    return _(
        "Check whether it was suspended or ended since; if not, ask the council to decide and "
        "publish the decision."
    )
