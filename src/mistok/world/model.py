"""What the gazetteer knows: places, matches, columns; and the records it is compiled from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from enum import IntEnum, IntFlag
from typing import Any

import numpy as np
import numpy.typing as npt

KINDS = ("country", "region", "district", "hromada", "municipality", "settlement")
"""Kinds of places; a place's number in `Columns.kind` is its position here.

`hromada` is a Ukrainian territorial community together with its centre (and Kyiv and
Sevastopol), `municipality` any municipality or populated place outside Ukraine, `settlement` a
Ukrainian settlement inside a hromada that is not its centre, `district` a Ukrainian raion, a
part of a Ukrainian city or a county or district elsewhere, `region` an oblast or a subdivision
of ISO 3166-2.
"""

LANGUAGES = ("en", "uk", "de", "pl", "fr")
"""Languages in which countries, and where known other places, have a label."""

Point = tuple[float, float]
"""Latitude and longitude in degrees, WGS 84."""


class NameKind(IntEnum):
    """How a name stands to its place; smaller is closer."""

    NAME = 0
    FORMER = 1
    ALIAS = 2
    SPELLING = 3


class Position(IntFlag):
    """What a place is by where it lies and by its rank; a bit each in `Columns.position`.

    COAST: the sea is at most about 15 km away. BORDER: a town or village of a country with
    which its own shares a land border is at most 35 km away, and not across the sea. MOUNTAIN: see
    `mistok.world.relief`. CAPITAL: of a country or territory. SEAT: of a first-level region, an
    oblast for example. SEAPORT: ships from abroad call. RURAL and SETTLEMENT: of Ukraine's
    hromadas, those whose centre is a village or a settlement; the others are urban.
    """

    COAST = 1
    BORDER = 2
    MOUNTAIN = 4
    CAPITAL = 8
    SEAT = 16
    SEAPORT = 32
    RURAL = 64
    SETTLEMENT = 128


@dataclass(frozen=True, slots=True)
class Renaming:
    """A name that a place bore until it was renamed.

    `date` is the first day of the new name (YYYY-MM-DD, or YYYY where no more is known, or
    empty), `act` the decision, `address` where it can be read; `verified` says whether somebody
    saw it there.
    """

    former: str
    date: str = ""
    act: str = ""
    address: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """One place. Coordinates are WGS 84 degrees, None where unknown.

    `population` None means unknown; `population_basis` says what it is: "settlement", "city" or
    "country" (as GeoNames has it), "settlements" (their sum), "estimate" (their sum, with the
    mean for those that GeoNames lacks), "hromadas" (the sum of theirs).
    `approximate` marks a position that is not the place's own but made from its settlements'.
    """

    key: str
    name: str
    local_name: str
    country: str
    kind: str
    population: int | None = None
    lat: float | None = None
    lon: float | None = None
    parent: str | None = None
    region: str | None = None
    timezone: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    approximate: bool = False
    official_name: str | None = None
    population_basis: str | None = None
    aliases: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()
    is_municipality: bool = False
    renamings: tuple[Renaming, ...] = ()

    def name_in(self, lang: str) -> str:
        """Give the name in a language; the English name where none is known."""
        return self.labels.get(lang, self.name)

    def all_names(self) -> tuple[str, ...]:
        """Give every name once: English, local, labels, former, then all other spellings."""
        return tuple(
            dict.fromkeys(
                (self.name, self.local_name, *self.labels.values(), *self.former_names, *self.names)
            )
        )


PLACE_FIELDS = tuple(field.name for field in fields(Place))
"""The fields of a place, in the order in which the compiled world holds them."""


def place_of_line(line: Sequence[Any]) -> Place:
    """Make a place of its values in the order of PLACE_FIELDS; None and missing are defaults."""
    pairs = zip(PLACE_FIELDS, line, strict=False)
    values = {name: value for name, value in pairs if value is not None}
    for name in ("aliases", "names", "former_names"):
        if name in values:
            values[name] = tuple(values[name])
    if "renamings" in values:
        values["renamings"] = tuple(Renaming(*renaming) for renaming in values["renamings"])
    return Place(**values)


@dataclass(frozen=True, slots=True)
class Columns:
    """Read-only arrays over all places, all in the order of `World.index`.

    lat, lon: float32 degrees, nan unknown; population: int64, 0 unknown; country: uint16,
    a position in country_codes; kind: uint8, a position in KINDS; is_municipality: bool,
    whether the place may be a partner; importance: float32 from 0 to 1, how likely a name
    without more means this place; parent, region: int32 places, -1 none; position: uint8,
    bits of `Position`; utc_offset: int8 quarter hours of standard time before UTC, -128 unknown.
    language_likeness: float32, country by country (in the order of country_codes), from 0 to 1,
    by `mistok.world.languages.language_likeness`. renown: uint16, how many names the place has;
    namesake: int32, the same for places whose English names are alike.
    """

    lat: npt.NDArray[np.float32]
    lon: npt.NDArray[np.float32]
    population: npt.NDArray[np.int64]
    country: npt.NDArray[np.uint16]
    kind: npt.NDArray[np.uint8]
    is_municipality: npt.NDArray[np.bool_]
    importance: npt.NDArray[np.float32]
    parent: npt.NDArray[np.int32]
    region: npt.NDArray[np.int32]
    position: npt.NDArray[np.uint8]
    utc_offset: npt.NDArray[np.int8]
    language_likeness: npt.NDArray[np.float32]
    renown: npt.NDArray[np.uint16]
    namesake: npt.NDArray[np.int32]
    country_codes: tuple[str, ...]


@dataclass(slots=True)
class PlaceRecord:
    """A place on its way into the compiled world, with all names it answers to.

    `prominence` ranks a place whose population is not known exactly (a region): people, or 0;
    `marks` are the bits of `Position` that a source tells (the others come of coordinates).
    """

    key: str
    name: str
    local_name: str
    country: str
    kind: str
    population: int = 0
    lat: float | None = None
    lon: float | None = None
    parent: str | None = None
    region: str | None = None
    timezone: str | None = None
    labels: dict[str, str] = field(default_factory=dict)
    approximate: bool = False
    official_name: str | None = None
    population_basis: str | None = None
    is_municipality: bool = False
    prominence: int = 0
    marks: int = 0
    aliases: list[str] = field(default_factory=list)
    renamings: list[Renaming] = field(default_factory=list)
    names: list[tuple[str, NameKind]] = field(default_factory=list)
    forms: list[tuple[str, NameKind]] = field(default_factory=list)

    def add(self, kind: NameKind, *names: str) -> None:
        """Let the place answer to more names (empty ones are passed over)."""
        self.names.extend((name, kind) for name in names if name)

    def answer(self, kind: NameKind, *forms: str) -> None:
        """Let the place be found by forms that are made from its names and never shown."""
        self.forms.extend((form, kind) for form in forms if form)


@dataclass(slots=True)
class GeoRow:
    """A populated place as GeoNames has it; population 0 is unknown."""

    id: int
    name: str
    lat: float
    lon: float
    country: str
    admin1: str
    population: int
    timezone: str
    names: list[str]

    @property
    def key(self) -> str:
        """The place's key, `geonames:` and the number."""
        return f"geonames:{self.id}"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the codifier KATOTTG; `parents` from the oblast down to the direct parent."""

    code: str
    category: str
    name: str
    parents: tuple[str, ...]

    @property
    def key(self) -> str:
        """The unit's key, `katottg:` and the code."""
        return f"katottg:{self.code}"

    @property
    def is_settlement(self) -> bool:
        """Whether people live in it: a city, a settlement, a village."""
        return self.category in "MTXC"

    @property
    def is_centre(self) -> bool:
        """Whether it is the first settlement of its hromada, which is its centre."""
        return self.is_settlement and self.code[9:12] == "001"


@dataclass(frozen=True, slots=True)
class Subdivision:
    """A region of a country as ISO 3166-2 has it; `others` are (name, language) pairs."""

    code: str
    name: str
    type: str
    parent: str | None
    lat: float | None
    lon: float | None
    others: tuple[tuple[str, str], ...]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CountryRow:
    """A country with its labels by language, its other names and its capital's name.

    `local` is its name in its first official language that CLDR knows.
    """

    code: str
    local: str
    labels: Mapping[str, str]
    others: tuple[str, ...]
    population: int
    capital: str
