"""What the name of an area says: the word for its kind ("Landkreis", "County") and the rest.

The words are those that GeoNames writes, in the table `data/area_words.csv`; the countries whose
areas of the second level are the municipalities, in `data/area_countries.csv`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from mistok.world.folding import fold
from mistok.world.sources import data_table

DISTRICT, MUNICIPALITY = "district", "municipality"

_LONGEST = 4
_HYPHENED = ("JP", "KR", "KP", "CN")
_KREIS = "kreis"
_BRACKET = re.compile(r"\s*\([^)]*\)?$")
_SHORTEST = 2
_ADJECTIVE = re.compile(r"(?P<long>(?P<short>[^ ]{4,}?)(?:ov|ev|in)?)sk(?:iy|ii|ij|i|y|yi|oye|aya)")
_GENITIVES = {"DK": "s", "SE": "s", "HU": "i"}
"""What stands at the end of the bare name before its word: Varbergs kommun, Pécsi járás."""


class Word(NamedTuple):
    """What a word says of an area; `alone`, whether it makes an area of any name it stands by."""

    level: str
    alone: bool


@dataclass(frozen=True, slots=True)
class AreaName:
    """A name, the same without its word, and what the word says (None where there is none)."""

    full: str
    bare: str
    word: Word | None


def read_name(name: str, country: str) -> AreaName:
    """Part an area's name into its word and the rest, which may be the whole."""
    parts = (_BRACKET.sub("", name) or name).replace("’", "'").split()
    if country in _HYPHENED and "-" in parts[-1]:
        stem, _dash, last = parts[-1].rpartition("-")
        parts = [*parts[:-1], stem, last]
    cut = _cut(parts)
    if cut is not None:
        word, rest = cut
        return AreaName(name, " ".join(rest), word)
    ends = [part for part in (parts[0], parts[-1]) if fold(part).endswith(_KREIS)]
    if country == "DE" and ends:
        return AreaName(name, name, Word(DISTRICT, alone=True))
    return AreaName(name, " ".join(parts), None)


def _cut(parts: Sequence[str]) -> tuple[Word, Sequence[str]] | None:
    """The longest word at either end, and the rest, which is never empty."""
    before, after = _words()
    for size in range(min(_LONGEST, len(parts) - 1), 0, -1):
        for words, said, rest in (
            (before, parts[:size], parts[size:]),
            (after, parts[-size:], parts[:-size]),
        ):
            word = words.get(fold(" ".join(said)))
            if word is not None and len(fold(" ".join(rest))) > 1:
                return word, rest
    return None


def bare_forms(name: AreaName, country: str) -> list[str]:
    """Give the folded forms under which a town has the area's name, the likeliest first."""
    folded = fold(name.bare)
    forms = [folded]
    if name.word:
        ending = _KREIS if country == "DE" else _GENITIVES.get(country, "")
        short = folded.removesuffix(ending).strip()
        if ending and len(short) > _SHORTEST:
            forms.append(short)
        inner = _cut(name.bare.split())  # "Politischer Bezirk Graz Stadt"
        if inner is not None and inner[0].level == name.word.level:
            forms.append(fold(" ".join(inner[1])))
    return [form for form in dict.fromkeys(forms) if form]


def stems(name: AreaName) -> list[str]:
    """Give the beginnings of the towns after which a Slavic adjective names an area.

    Kagalnitskiy Rayon is that of Kagalnitskaya, Slantsevsky District that of Slantsy.
    """
    found = _ADJECTIVE.fullmatch(fold(name.bare))
    if found is None or name.word is None:
        return []
    return list(dict.fromkeys((found["long"], found["short"])))


def level_of(name: AreaName, country: str, *, has_town: bool, tier: int) -> str:
    """Say whether an area is a district or a municipality.

    `has_town`: whether a town in it has its name; `tier`: its level in GeoNames.
    """
    if name.word is not None:
        return name.word.level
    if country not in _municipal():
        return DISTRICT
    if has_town:
        return MUNICIPALITY
    return _municipal()[country] if tier > 1 else DISTRICT


def is_area(name: AreaName) -> bool:
    """Whether the name says by itself that it is an area's."""
    return name.word is not None and name.word.alone


@cache
def _words() -> tuple[Mapping[str, Word], Mapping[str, Word]]:
    """The words that stand before a name and those that stand after it, folded."""
    rows = data_table("area_words")
    return _side(rows, "before"), _side(rows, "after")


def _side(rows: Iterable[Mapping[str, str]], side: str) -> dict[str, Word]:
    return {
        fold(row["word"]): Word(row["level"], row["alone"] == "yes")
        for row in rows
        if row["side"] == side
    }


@cache
def _municipal() -> Mapping[str, str]:
    """Countries where areas are municipalities: what they are that no town bears the name of."""
    return {row["code"]: row["without_town"] for row in data_table("area_countries")}
