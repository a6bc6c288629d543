"""What the files under `data/` hold, as frozen rows; `mistok.needs.items.checking` checks them.

`items.json`: `code` (stable for ever), `kind` (a word of KINDS), `cluster`, `unit` in which it is
usually counted, `hs6` (heading of the Harmonized System of 2022, or null where none is sure),
`flags` (words of FLAGS), `season` (a word of SEASONS), `offered` (whether Ukrainian hromadas
themselves can offer it), `specification` (codes of fields that are usually asked for), `capacity`
(of what generators and transformers are classed by: more than `over`, `up_to` inclusive), `names`
and `aliases` in five languages. HS headings were checked against the EU's Combined Nomenclature.

Names of an item that is counted in pieces stand in the forms of FORMS, as they follow a number:
"1 генератор, 2 генератори, 5 генераторів, 2,5 генератора". All others have in Ukrainian and Polish
the name and its genitive ("паливні пелети", "5 тонн паливних пелет"), else the name alone.

`units.json`: `rec20` (UN/ECE recommendation 20 or 21, null where there is none), `ucum`,
`dimension`, `factor` to the dimension's base as a fraction, `whole` (comes in whole numbers only),
`names` in the forms of FORMS, `symbols`, and `aliases` as people write them.
`clusters.json`: OCHA's global clusters with their code in `ocha`, and ours without.
`specifications.json`: fields of a specification.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Final

LANGUAGES: Final = ("uk", "en", "de", "pl", "fr")
FORMS: Final[Mapping[str, tuple[str, ...]]] = {
    "uk": ("one", "few", "many", "other"),
    "en": ("one", "other"),
    "de": ("one", "other"),
    "pl": ("one", "few", "many", "other"),
    "fr": ("one", "other"),
}
"""Plural categories of CLDR, in the order in which the files give them. French has a further one,
`many` for whole millions, which is made with "de"."""

KINDS: Final = ("goods", "knowhow", "hosting", "partnership")
FLAGS: Final = tuple(
    "dual_use military medicine medical_device vehicle food cold_chain dangerous excisable"
    " vet_phyto".split()
)
"""Goods that special rules stand for (facts 4.6, D6-04); the first two never become public."""
RESTRICTED: Final = frozenset({"dual_use", "military"})
SEASONS: Final = ("none", "winter", "school_year")
COUNTED: Final = "piece"
"""The unit of items whose name stands right after the number."""

Names = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Capacity:
    """A class by size: more than `over` and at most `up_to`; None is no bound. Unit: kVA."""

    unit: str
    over: Decimal | None
    up_to: Decimal | None

    def holds(self, size: Decimal) -> bool:
        """Whether a thing of that size belongs to the class."""
        return (self.over is None or size > self.over) and (
            self.up_to is None or size <= self.up_to
        )


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is commonly asked for."""

    code: str
    kind: str
    cluster: str
    unit: str
    hs6: str | None
    flags: frozenset[str]
    season: str
    offered: bool
    specification: tuple[str, ...]
    capacity: Capacity | None
    names: Names = field(hash=False, repr=False)
    aliases: Names = field(hash=False, repr=False)

    def name(self, language: str) -> str:
        """As a list or a heading gives it: one piece, nominative."""
        return self.names[language][0]

    @property
    def counted(self) -> bool:
        """Whether the name stands right after a number, without a unit between them."""
        return self.unit == COUNTED

    @property
    def restricted(self) -> bool:
        """Whether a line of it must never become public (D7-01, table 7.2)."""
        return bool(self.flags & RESTRICTED)


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit; `factor` times a number gives the number in the base of the dimension."""

    code: str
    rec20: str | None
    ucum: str
    dimension: str
    factor: Fraction
    whole: bool
    names: Names = field(hash=False, repr=False)
    symbols: Mapping[str, str] = field(hash=False, repr=False)
    aliases: tuple[str, ...] = field(hash=False, repr=False)


@dataclass(frozen=True, slots=True)
class Cluster:
    """A field of help; `ocha` is the code of a global cluster, empty for our own."""

    code: str
    ocha: str
    names: Mapping[str, str] = field(hash=False, repr=False)


@dataclass(frozen=True, slots=True)
class Specification:
    """A field that a line may specify."""

    code: str
    names: Mapping[str, str] = field(hash=False, repr=False)
