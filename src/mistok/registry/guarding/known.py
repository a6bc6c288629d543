"""What the guards are told: the event, the tie as it is known, the rules of the day."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from mistok.kernel.dates import PartialDate
from mistok.provenance.values import TieEvent
from mistok.registry.aggressors import AGGRESSOR_STATES, AggressorState
from mistok.registry.facts import Evidence, Fact, gather
from mistok.registry.lifecycle import STATE_AFTER, Guard, TieState
from mistok.registry.projection import STARTS, TieView, project
from mistok.registry.signings import lacking

OFFICE_TRUST = 4
"""An office's own word about itself: as much as a municipality's own page."""


class Order(StrEnum):
    """Which of the two Ukrainian consents must come first; the sources leave it open (F2-15)."""

    ANY = "any"
    MINISTRY_FIRST = "ministry_first"
    COUNCIL_FIRST = "council_first"


class Counterpart(StrEnum):
    """With whom a paper is concluded (F2-08): only the first two make ties."""

    AUTHORITY = "authority"
    ASSOCIATION = "association"
    BUSINESS = "business"
    INTERNATIONAL_ORGANISATION = "international_organisation"


@dataclass(frozen=True, slots=True)
class Party:
    """A party to the tie: canonical key, country (two letters), name in the reader's language."""

    key: str
    country: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardRules:
    """Values of rules of law in force on the day, passed in so that guards stay pure.

    `itc_from`: from when Law 3668-IX asks for consents (F2-02); `majority`: whether R17 is in
    force; the standings are shown wherever a rule refuses.
    """

    itc_from: dt.date
    itc_standing: str = "unverified"
    majority: bool = True
    majority_standing: str = "unverified"
    order: Order = Order.ANY
    aggressors: tuple[AggressorState, ...] = AGGRESSOR_STATES


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know that does not stop the act."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Passage:
    """From which state to which a tie passes by what is told."""

    before: TieState
    after: TieState
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class TieKnown:
    """Parties and facts of a tie, internal ones too."""

    parties: tuple[Party, ...]
    facts: tuple[Fact, ...] = ()

    @property
    def view(self) -> TieView:
        """The registry's reading of it."""
        return project(self.facts, parties=len(self.parties))

    @property
    def state(self) -> TieState:
        """Where it stands."""
        return self.view.state

    @property
    def real(self) -> list[Fact]:
        """What happened, without plans."""
        return [fact for fact in self.facts if not fact.event.planned]

    @property
    def starts(self) -> list[Fact]:
        """What put it in force; a signing that lacks a party did not."""
        short = lacking(self.real, len(self.parties))
        return [f for f in self.real if f.event.event in STARTS and f.statements not in short]

    def party(self, key: str) -> Party | None:
        """The party with this key."""
        return next((party for party in self.parties if party.key == key), None)

    def with_told(self, event: TieEvent, *, statement: str = "told", trust: int) -> "TieKnown":
        """As it will be known when the event is written down."""
        before = [
            Evidence(one, fact.event, fact.trust, fact.spoken)
            for fact in self.facts
            for one in fact.statements
        ]
        said = Evidence(statement, event, trust, None)
        return TieKnown(self.parties, gather([*before, said]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One office tells one event of one tie, on a day.

    `declared`: guards that no paper here can show and that the office vouches for.
    """

    told: TieEvent
    known: TieKnown
    rules: GuardRules
    today: dt.date
    declared: frozenset[Guard] = frozenset()
    counterpart: Counterpart = Counterpart.AUTHORITY
    trust: int = OFFICE_TRUST
    before: TieState = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "before", self.known.state)

    @property
    def target(self) -> TieState:
        """The state that the event, taken alone, says the tie is in."""
        return STATE_AFTER[self.told.event]

    @property
    def names(self) -> str:
        """The parties for a sentence."""
        return " – ".join(party.name for party in self.known.parties)

    @property
    def when(self) -> PartialDate | None:
        """The date told."""
        return self.told.when
