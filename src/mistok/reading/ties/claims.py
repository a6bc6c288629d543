"""A claim: what one clause says of one pair; facts are made of all claims about a pair."""

from dataclasses import dataclass, field

from mistok.reading.model import Party
from mistok.reading.ties.clauses import name_of


@dataclass(slots=True)
class Claim:
    """A pair, its label, and the stage that a clause asserts.

    `form` is the shape of the words (role, state, paper, verb, follow); `event` may be empty (only
    named); `coming` is the date of a signature to come; `start`, `end` are the evidence; `line` is
    the sentence's position; `how` tells by which rule the parties were found.
    """

    a: Party
    b: Party
    kind: str
    form: str
    event: str
    line: int
    start: int
    end: int
    date: str = ""
    coming: str = ""
    planned: bool = False
    rejected: bool = False
    denied: bool = False
    told: bool = True
    draft: bool = False
    how: str = "both"
    role: str = "body"
    label: str = ""
    parties: tuple[Party, ...] = ()
    features: dict[str, float] = field(default_factory=dict)

    @property
    def pair(self) -> tuple[str, str]:
        """The pair's names in a fixed order."""
        one, other = sorted((name_of(self.a), name_of(self.b)))
        return one, other
