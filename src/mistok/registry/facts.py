"""Evidence and facts: statements of an event, joined where they say the very same thing. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from mistok.kernel.dates import PartialDate
from mistok.kernel.ids import public_id
from mistok.provenance.values import TieEvent
from mistok.registry.lifecycle import EVENT_ORDER

LONG_AGO = PartialDate(1, bound="<")
SAME = tuple(
    """
    date kind body act instrument act_number votes mode place effective_on end_date renewal
    review_date supersedes leads_to mandate ending signatures_needed
    """.split()
)
"""Fields that must agree for two statements to be one fact; notes and grounds need not."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One statement of an event, with what the rules need to know of its source."""

    statement: str
    event: TieEvent
    trust: int
    published: PartialDate | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing said of a tie, with everybody who says exactly it."""

    event: TieEvent
    statements: tuple[str, ...]
    trust: int
    spoken: PartialDate | None

    @property
    def id(self) -> str:
        """The id under which offices confirm or dispute it."""
        return fact_id(self.event)

    @property
    def when(self) -> PartialDate | None:
        """The date of the event itself, as stated."""
        return self.event.when

    @property
    def placed(self) -> PartialDate | None:
        """Where it stands on the time line: its date, else the day its source speaks of."""
        return self.when or self.spoken


def sameness_of(event: TieEvent) -> tuple[str, ...]:
    """What two statements must share to be one fact."""
    signed = (repr(sorted(part.items())) for part in event.signatures)
    words = (str(getattr(event, name)) for name in SAME)
    return (event.event, str(event.planned), *words, *sorted(signed))


def fact_id(event: TieEvent) -> str:
    """The id of the fact that this event states: the same whoever says it, and when."""
    return public_id("fact", *sameness_of(event))


def gather(evidence: Iterable[Evidence]) -> tuple[Fact, ...]:
    """Join statements of the very same fact, and put facts in the order of a life.

    `as_of`, notes and fields do not make two facts: who says so, and until when, is evidence.
    """

    def sameness(item: Evidence) -> tuple[str, ...]:
        return sameness_of(item.event)

    facts = []
    for _key, group in groupby(sorted(evidence, key=sameness), key=sameness):
        said = sorted(group, key=lambda item: (-item.trust, item.statement))
        days = [day for item in said if (day := item.event.stated_as_of or item.published)]
        facts.append(
            Fact(
                said[0].event,
                tuple(item.statement for item in said),
                said[0].trust,
                max(days, default=None),
            )
        )
    return tuple(sorted(facts, key=_life_order))


def _life_order(fact: Fact) -> tuple[object, ...]:
    placed = fact.placed
    day = (placed.earliest, placed.latest) if placed else (LONG_AGO.earliest,) * 2
    return (*day, EVENT_ORDER[fact.event.event], fact.event.planned, fact.statements)


def weight(fact: Fact) -> tuple[object, ...]:
    """What decides between two facts: the later; of one day the better source; then the order."""
    placed = fact.placed or LONG_AGO
    return (placed.earliest, fact.trust, EVENT_ORDER[fact.event.event], fact.statements)
