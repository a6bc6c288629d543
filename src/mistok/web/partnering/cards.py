"""What the pages of partner search show beside a place: small frozen values."""

from dataclasses import dataclass, field

from mistok.web.cards import CandidateCard, Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion(CandidateCard):
    """A candidate of the list: its strongest reasons, and what can be done with it.

    `more` counts the reasons that only the comparison tells; `anchor` is the id of its row.
    """

    anchor: str
    more: int
    kept: bool
    compare_url: str
    profile_url: str = ""
    hints: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One criterion with its weight and the factors that the reader may choose."""

    name: str
    label: str
    description: str
    weight: str
    choices: list[Choice]
