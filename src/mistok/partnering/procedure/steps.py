"""A step of a procedure, as the data files tell it: who does it, after what, with which papers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Aim(StrEnum):
    """What a run is for."""

    TIE = "tie"
    SUSPENSION = "suspension"
    TERMINATION = "termination"


class Role(StrEnum):
    """Who acts: a role in the office of a side, or a body outside it."""

    OFFICER = "officer"
    APPROVER = "approver"
    OUTSIDE = "outside"


class Doer(StrEnum):
    """Whose step it is: the side's whose track it stands on, the other side's, or everybody's."""

    OWN = "own"
    OTHER = "other"
    BOTH = "both"


class Record(StrEnum):
    """What is written down when the step is done; each has a service of its own."""

    NONE = ""
    DECISION = "decision"
    APPROVAL = "approval"
    SIGNATURES = "signatures"
    REGISTRATION = "registration"
    EVALUATION = "evaluation"


PHASES = (
    *("prepare", "contact", "intent", "draft", "approval", "decision"),
    *("text", "signing", "effect", "registration", "life", "review", "end"),
)
"""Parts of a track, in their order; a step waits for a whole part by `phase:…`."""
STANDINGS = ("verified", "opening", "unverified", "unknown", "ours")
"""How sure a step is (facts.md part 0); `ours` is our own advice and no rule of anybody."""
KIND_GROUPS = {
    "light": frozenset({"solidarity", "contact"}),
    "project": frozenset({"project", "operator"}),
    "full": frozenset({"twinning", "partnership", "friendship", "patronage", "network", "unknown"}),
}
"""Kinds of tie (D1-03) that go one way: with few formalities, for one purpose, in full form."""


@dataclass(frozen=True, slots=True)
class DueRule:
    """By when a step should be done: a rule of law, counted from the start.

    `start` is `submitted` for the step's own submission, else the codes of other steps, of which
    the first one done counts.
    """

    rule: str
    start: str


@dataclass(frozen=True, slots=True)
class Bar:
    """The step `step` may not be done before the rule's time since this one has passed."""

    step: str
    rule: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a step comes from, so that a reader can check it."""

    text: str
    url: str = ""
    dated: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step. `after` holds codes of steps, `phase:…` for whole parts of a track, and
    `submitted:…` for a step that only has to be under way at its body.

    `silence` names the rule after whose time no answer is a yes. `optional_kinds` are kinds of
    tie for which the step may be left out; `kinds`, where given, are the only ones that have it.
    `event` is the word by which the registry is told (provenance.values.EVENTS); who may read it
    there, the registry decides. `rules` are rules of law to be read beside the step, besides
    those that give it a day. `outcomes` are findings of the evaluation that lead to the step;
    after another finding it is not needed. `only_if` is a choice of the run without which the
    step falls away.
    """

    code: str
    titles: Mapping[str, str]
    phase: str
    side: Doer = Doer.OWN
    role: Role = Role.OFFICER
    outside: str = ""
    papers: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    after_if: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    alternatives: tuple[str, ...] = ()
    optional: bool = False
    optional_kinds: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    only_if: str = ""
    due: DueRule | None = None
    bars: Bar | None = None
    silence: str = ""
    submitted_first: bool = False
    guards: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    record: Record = Record.NONE
    event: str = ""
    origin: tuple[Origin, ...] = ()
    standing: str = "unverified"

    def title(self, lang: str) -> str:
        """The title in a language, else in English."""
        return self.titles.get(lang) or self.titles["en"]


@dataclass(frozen=True, slots=True)
class Track:
    """The steps of one side, or of all together, for one kind of tie.

    `left_out` are steps that this kind of tie does not have: what would come after one of them
    comes after its predecessors.
    """

    code: str
    version: str
    steps: tuple[Step, ...]
    left_out: tuple[Step, ...] = ()
    chosen: frozenset[str] = frozenset()
    """Words chosen among the template's options, such as `ministry_first`."""

    def __hash__(self) -> int:
        """Of what tells tracks apart: the titles of steps, which are kept in tables, do not."""
        return hash((self.code, self.version, self.chosen, tuple(s.code for s in self.steps)))

    def predecessors(self, step: Step) -> tuple[str, ...]:
        """What the step comes after, by the options that were chosen."""
        extra = (codes for word, codes in step.after_if.items() if word in self.chosen)
        return step.after + tuple(code for codes in extra for code in codes)
