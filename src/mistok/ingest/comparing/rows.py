"""Rows of a list of ties as the list tells them: who is named, and what happened when. Pure."""

from dataclasses import dataclass, field

from mistok.kernel.dates import PartialDate
from mistok.kernel.ids import public_id
from mistok.world import fold

Point = tuple[float, float]
"""Latitude and longitude in degrees, WGS 84."""


@dataclass(frozen=True, slots=True)
class Named:
    """A party as a list names it: words and codes, nothing looked up.

    `keys` in the forms of places' keys; `wikidata` an item's id (Q…); `level` one of LEVELS or
    empty; `region` where it lies by the list; `others` further names that the list gives it.
    """

    name: str
    country: str = ""
    keys: tuple[str, ...] = ()
    wikidata: str = ""
    point: Point | None = None
    level: str = ""
    region: str = ""
    others: tuple[str, ...] = ()

    @property
    def folded(self) -> tuple[str, ...]:
        """All its names in the form in which they are compared."""
        names = (fold(name) for name in (self.name, *self.others))
        return tuple(dict.fromkeys(name for name in names if name))

    @property
    def mark(self) -> str:
        """What makes it the same words in another list: country, codes and name."""
        words = (fold(self.name), fold(self.region), self.level)
        return "|".join((self.country, *self.keys, self.wikidata, *words))


@dataclass(frozen=True, slots=True)
class Event:
    """What a row says happened: a word of the vocabulary, the kind of tie, dates as stated."""

    event: str = "active"
    kind: str = "unknown"
    date: PartialDate | None = None
    as_of: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class TieRow:
    """One row: its id within the list (the line where it has none), its parties, its event."""

    id: str
    line: int
    parties: tuple[Named, ...]
    event: Event = field(default_factory=Event)
    source: str = ""
    note: str = ""
    tie: str = ""

    @property
    def told_id(self) -> str:
        """The same id for the same words in any list, so that a judgement is met again."""
        return public_id("told", *sorted(party.mark for party in self.parties))
