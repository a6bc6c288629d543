"""What the reader hands from one step to the next, and what it gives in the end.

Offsets are positions in `Text.text` (characters, end excluded), so that `text[start:end]` is the
very wording. Nothing is invented: what the text does not say stays empty or None.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mistok.kernel.dates import PartialDate

LANGUAGES = ("en", "uk", "de", "pl")
"""Languages whose words for ties are known; texts in others give no proposals."""

TIE_KINDS = (
    "solidarity",
    "twinning",
    "partner",
    "friendship",
    "cooperation",
    "memorandum",
    "unknown",
)
"""The label that a text uses for a pair, the one that wins first (corpus README)."""

TIE_EVENTS = (
    "proposed",
    "negotiating",
    "approved",
    "signed",
    "active",
    "suspended",
    "severed",
)
"""The latest stage of a tie that a text asserts (corpus README)."""

LEVELS = ("city", "hromada", "district", "region", "state", "country")
"""What a party is; `state` is one of a federation."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, heading or list item, and where it stands.

    `role`: "title", "heading", "body", "item" (of a list), "dateline", or "furniture" (menus,
    teasers of other articles, comments, notices: never annotated). `paragraph` counts blocks of
    text that belong together, in order.
    """

    start: int
    end: int
    paragraph: int
    role: str


@dataclass(frozen=True, slots=True)
class Text:
    """A document as it is read: its words, and what is known of it.

    `lang` is an ISO 639 code, empty when it cannot be told. `published` is the date that the text
    prints of itself (a dateline or a time stamp) or that came with it.
    """

    text: str
    lang: str
    sentences: tuple[Sentence, ...]
    published: PartialDate | None = None
    title: str = ""
    publisher: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """An authority: its key in the world (empty when none is known), usual English name, country.

    `country` is an ISO 3166-1 code; `level` is one of LEVELS.
    """

    key: str
    name: str
    country: str
    level: str

    def as_document(self) -> dict[str, str]:
        """The party for programs."""
        return {
            "key": self.key,
            "name": self.name,
            "country": self.country,
            "level": self.level,
        }


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a place, and which place that is here.

    `start`, `end` cover the name with what belongs to it ("the Ukrainian city of Kryvyi Rih" has
    its mention at "Kryvyi Rih"); `sentence` is a position in `Text.sentences`. `role`: "name",
    "adjective" ("Duisburger", "закарпатський", "Kyiv's" is a name), "capital" ("the Ukrainian
    capital"), "country" (a country by name), "nationality" ("German", "польський": a hint only),
    "passing" (a place that is named but cannot be a party: in a person's, street's, club's, river's
    or paper's name, as the venue of a dateline). `sure` from 0 to 1.
    """

    start: int
    end: int
    sentence: int
    party: Party
    role: str = "name"
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date that a text tells: as exact as it allows; None when it cannot be made certain."""

    start: int
    end: int
    sentence: int
    date: PartialDate | None


@dataclass(frozen=True, slots=True)
class Page:
    """All that is known of a text before its facts are read."""

    text: Text
    mentions: tuple[Mention, ...]
    dates: tuple[DateMention, ...]


@dataclass(frozen=True, slots=True)
class Stage:
    """An earlier or planned stage of a tie, with its own evidence."""

    event: str
    date: str
    planned: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class TieFact:
    """What a text says of a pair: label, latest stage, its date (empty when not certain).

    `parties` are all that share one instrument (two or more); `a` and `b` are the pair.
    """

    a: Party
    b: Party
    kind: str
    event: str
    date: str
    start: int
    end: int
    confidence: float = 0.5
    parties: tuple[Party, ...] = ()
    history: tuple[Stage, ...] = ()
    label: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """Something given: what, how much, in which unit; `bound` is ">" for "more than", "<" "up to".

    Money has `what` "money" and the currency's code as unit. `quantity` None: not told.
    """

    what: str
    quantity: float | None = None
    unit: str = ""
    bound: str = ""
    start: int = 0
    end: int = 0

    def as_document(self) -> dict[str, object]:
        """The item for programs."""
        quantity = self.quantity
        if quantity is not None and quantity == int(quantity):
            quantity = int(quantity)
        return {
            "what": self.what,
            "quantity": quantity,
            "unit": self.unit or None,
            "bound": self.bound,
        }


@dataclass(frozen=True, slots=True)
class AidFact:
    """Help given: by whom, to whom (parties, or their words where they are none), what, when.

    `status`: "delivered", "promised" or "total" (a sum that must not be added to the others).
    """

    giver: Party | str
    receiver: Party | str
    items: tuple[Item, ...]
    date: str
    status: str
    start: int
    end: int
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class ProjectFact:
    """A commitment to build, rebuild, repair or equip something."""

    by: Party | str
    receiver: Party | str
    what: str
    amount: float | None
    currency: str
    start: int
    end: int
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read in one document."""

    id: str
    text: Text
    ties: tuple[TieFact, ...] = ()
    aid: tuple[AidFact, ...] = ()
    projects: tuple[ProjectFact, ...] = ()
    mentions: tuple[Mention, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def as_document(self) -> Mapping[str, Any]:
        """The reading for programs: one JSON object, the shape of `mistok read`."""
        from mistok.reading.telling import document_of

        return document_of(self)
