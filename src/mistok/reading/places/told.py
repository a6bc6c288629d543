"""What is told of a name: the clues that the words around it give."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Clues:
    """What speaks for a name being a place, and for which.

    levels: what units say, likeliest first; within: countries and regions (positions) in which it
    is said to lie; is_told: by more than a comma; standing: the first word of that country or
    region, where it stands after the name; strength: 0 nothing, 1 a preposition or a list, 2 a
    word that only a place has beside it; is_kind: a unit or a partner says that it is a place;
    is_announced: right before the name; after_article: an article stands right before; unit_end:
    the last word of a unit that stands after the name and belongs to it, or -1; is_person: it is
    a part of somebody's name; is_joined_on: a hyphen stands before it.
    """

    levels: list[str] = field(default_factory=list)
    within: list[int] = field(default_factory=list)
    is_told: bool = False
    is_kind: bool = False
    is_announced: bool = False
    strength: int = 0
    after_article: bool = False
    unit_end: int = -1
    is_person: bool = False
    standing: int = -1
    is_joined_on: bool = False


NO_CLUES = Clues()
"""For words that need none: names of countries and nations."""
