"""What forms give: a commitment, a whole answer by a link, an offer."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from mistok.needs.models.lines import NeedKind, Season


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentEntry:
    """What somebody will give against one line.

    `number` of `unit` (empty: the line's own unit); without a number all that is still open.
    `beyond_open`: more than is open is meant, and waits for the asker's word. `instead`: another
    thing than asked, in words, `instead_item` by its code; the number is then what it counts for.
    """

    number: Decimal | None = None
    unit: str = ""
    beyond_open: bool = False
    instead: str = ""
    instead_item: str = ""
    arrives_on: dt.date | None = None
    shelf_life_months: int | None = None
    wear_percent: int | None = None
    note: str = ""

    @property
    def is_alternative(self) -> bool:
        """Whether another thing is given than was asked."""
        return bool(self.instead.strip() or self.instead_item)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAnswer:
    """What is committed for one line of a letter; `need` is its public id."""

    need: str
    entry: CommitmentEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenBack:
    """An earlier commitment of the same addressee that is taken back; `commitment` a public id."""

    commitment: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkAnswer:
    """The whole form behind a one-time link. That the letter came is said by sending it.

    `name`: who writes, as the asker shall read it; empty for the municipality alone.
    """

    name: str = ""
    lines: tuple[LineAnswer, ...] = ()
    refusal: str = ""
    question: str = ""
    taken_back: tuple[TakenBack, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferEntry:
    """Everything that the form of an offer gives.

    With an `item` of the catalogue `kind`, `cluster` and `season` may stay empty and are the
    item's own; without one `text` (by language), `kind`, `cluster` and `unit` say what it is.
    `countries`: two letters each; none means every country.
    """

    number: Decimal
    unit: str = ""
    item: str = ""
    text: Mapping[str, str] = field(default_factory=dict)
    kind: NeedKind | str = ""
    cluster: str = ""
    season: Season | str = ""
    available_from: dt.date | None = None
    available_until: dt.date | None = None
    countries: tuple[str, ...] = ()
    condition: str = ""
    transport: str = ""
    restricted: bool = False
    public: bool = False
