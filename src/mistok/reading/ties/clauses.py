"""A clause: tokens, the places in them, and the groups in which these are listed."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from mistok.reading.model import Party
from mistok.reading.ties.cues import Line, Token


@dataclass(slots=True)
class Place:
    """A place in a clause: its token's position, the word that leads to it, and what it is.

    `lead` is "with", "between", "of", "to", "by", "from", "as", "in" or ""; `before` the tag of
    what stands before that; `bound` the position of the tie of which it is a part ("twin of X");
    `part` is "party", "soft" (one only when no other is there), "context" or "org" (the owner of a
    body that is no authority).
    """

    at: int
    token: Token
    party: Party
    lead: str = ""
    before: str = ""
    part: str = "party"
    bound: int = -1


@dataclass(slots=True)
class Clause:
    """A part of a sentence with its places, and the groups in which they are listed."""

    line: Line
    tokens: Sequence[Token]
    places: list[Place] = field(default_factory=list)
    groups: list[list[Place]] = field(default_factory=list)
    ends: str = ""

    index: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note where the tokens of each tag stand."""
        for n, token in enumerate(self.tokens):
            self.index.setdefault(token.tag, []).append(n)

    def find(self, tag: str, *subs: str) -> list[int]:
        """Positions of the tokens of a tag (and of one of those kinds)."""
        found = self.index.get(tag, [])
        return [n for n in found if self.tokens[n].sub in subs] if subs else list(found)

    def has(self, tag: str, *subs: str) -> bool:
        """Whether a token of that tag (and one of those kinds) is there."""
        found = self.index.get(tag)
        if not found:
            return False
        return not subs or any(self.tokens[n].sub in subs for n in found)

    def stands_for(self, *subs: str) -> bool:
        """Whether words stand for parties ("both cities"), and not for partners ("two twins")."""
        words = [self.tokens[n] for n in self.find("R", *subs)]
        ties = [self.tokens[n].start for n in self.find("T")] if words else []
        return any(not any(word.start < tie < word.end for tie in ties) for word in words)


def name_of(party: Party) -> str:
    """What tells a party from others: its key, or its name and country where it has none."""
    return party.key or f"{party.country}:{party.name}"
