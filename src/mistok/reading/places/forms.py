"""Forms: what a word in some grammatical case, or an adjective of a place, may be the form of.

Everything here is a guess that is looked up afterwards. English has only its possessive 's, which
`wording` takes off; German a genitive -s and adjectives in -er; Ukrainian and Polish bend names.
"""

import re
from functools import lru_cache

from mistok.world.finding.inflection import adjective_bases, word_forms

_CYRILLIC = re.compile("[а-яіїєґ]")
_UKRAINIAN_ADJECTIVE = re.compile(
    "(.{2,}(?:ськ|цьк|зьк))(?:ии|ого|ому|им|ім|а|оі|іи|у|ою|е|і|их|ими)$"
)
_POLISH_ADJECTIVE = re.compile("(.{2,}(?:sk|ck|dzk))(?:iego|iemu|imi|iej|im|ich|ie|i|a)$")
_GERMAN_ADJECTIVE = re.compile("(.{3,})er$")
_LATIN_COMMUNITY = re.compile("(.{3,}(?:sk|tsk|zk))(?:a|yi|yy|iy|oi)$")
_FLEETING = re.compile("(?<=[kgc])wia?$")
"""Żółkwią and Żółkwi are Żółkiew."""
_SHORTEST_BENT, _SHORTEST_CYRILLIC = 4, 3
_MOST_FORMS = 6
_CYRILLIC_LANGS, _POLISH = ("uk", "ru"), ("pl",)


@lru_cache(maxsize=60_000)
def bases(word: str, folded: str, lang: str) -> tuple[str, ...]:
    """Give the folded names that a word in some case may stand for, without the word itself."""
    if _CYRILLIC.search(folded) and len(folded) >= _SHORTEST_CYRILLIC:
        return tuple(word_forms(word, _CYRILLIC_LANGS, limit=_MOST_FORMS))
    if len(folded) < _SHORTEST_BENT:
        return ()
    if lang == "pl":
        forms = tuple(word_forms(word, _POLISH, limit=_MOST_FORMS))
        fleeting = _FLEETING.sub("iew", folded)
        return forms if fleeting == folded else (fleeting, *forms)
    if lang == "de" and folded[-1] == "s" and folded[-2] != "s":
        return (folded[:-1],)
    return ()


def adjective_stem(folded: str, lang: str) -> str:
    """Give the stem of a word that looks like an adjective of a place; "" for other words.

    The stem of Ukrainian and Polish ones ends in -ськ-, -sk- and their like (київськ, lubelsk).
    """
    if _CYRILLIC.search(folded):
        found = _UKRAINIAN_ADJECTIVE.fullmatch(folded)
    elif lang == "pl":
        found = _POLISH_ADJECTIVE.fullmatch(folded)
    elif lang == "de":
        found = _GERMAN_ADJECTIVE.fullmatch(folded)
    else:
        found = _LATIN_COMMUNITY.fullmatch(folded)
    return found[1] if found else ""


@lru_cache(maxsize=20_000)
def towns_of_adjective(word: str) -> tuple[str, ...]:
    """Give the folded towns of which a word may be the adjective, likeliest first."""
    return tuple(adjective_bases(word))
