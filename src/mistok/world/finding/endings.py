"""Suffix rules by language: `data/endings.csv`, read once, and how a rule is put to a word.

Words and rules are folded here, so accents and apostrophes do not matter. A cost says how bold a
guess is: smaller is likelier; only the order of costs has a meaning.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from mistok.world.folding import fold

FAMILIES = (("uk", "ru"), ("pl",), ("de", "en"), ("cs", "sk"), ("lt",), ("lv",))
"""Languages whose rules may meet in one name; of several families the earlier is likelier."""

_CYRILLIC_FAMILIES = FAMILIES[:1]
_LATIN_FAMILIES = FAMILIES[1:]

_TABLE = Path(__file__).parent / "data" / "endings.csv"
_SHORTEST_STEM = 2
_RULE_COST = 1.0
_ROW_COST = 0.02
_SHIFT_COST = 0.03

# After these letters nothing was left off; behind a soft sign there is a rule of its own.
_NO_LOSS = frozenset("аеєиіоуюяыэьaeiouy")
# Львова, Рогу, Ірпеня: о and е before a last closed syllable become і (Львів, Ріг, Ірпінь).
_CLOSED = re.compile("[оеє](?=[бвгджзклмнпрстфхцчшщ]+ь?$)")
_CONSONANTS = frozenset("бвгдзйклмнпрстфхц")
_MASCULINE = ("ии", "іи", "ыи", "ои", "аи", "еи")
_GENDERS = {
    **dict.fromkeys("аa", "f"),
    **dict.fromkeys("оo", "n"),
    **dict.fromkeys("еєe", "np"),
    **dict.fromkeys("иіы", "p"),
    **dict.fromkeys("yi", "mp"),
    "я": "fn",
}
_ADJECTIVE_ENDINGS = {
    "uk": "ий а е і ого ому им ім ої ій у ою их ими",
    "ru": "ий ая ое ие ого ому им ом ой ую их ими ый ые ым ых ыми",
    "pl": "i a ie iego iemu im iej ich imi",
    "cs": "ý á é í ého ému ém ou ých ými",
    "sk": "ý á é í ého ému om ej ou ých ými y e eho emu ych ymi",
    "de": "e er es em en",
}


@dataclass(frozen=True, slots=True)
class Ending:
    """A row of the table: an ending, what stands in its place, a word of which it is true."""

    makes: str
    lang: str
    ending: str
    base: str
    sample: str
    name: str


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rules of one language for one purpose, by folded ending, likeliest first."""

    by_ending: dict[str, tuple[str, ...]]
    longest: int

    def applied(self, word: str) -> Iterator[tuple[str, float]]:
        for length in range(min(self.longest, len(word)), -1, -1):
            stem, ending = word[: len(word) - length], word[len(word) - length :]
            if 0 < len(stem) < _SHORTEST_STEM or (not ending and word[-1] in _NO_LOSS):
                continue
            for row, base in enumerate(self.by_ending.get(ending, ())):
                if len(stem + base) >= _SHORTEST_STEM:
                    yield stem + base, _RULE_COST + 0.5 / (1 + length) + _ROW_COST * row


@cache
def endings() -> tuple[Ending, ...]:
    """Give the reviewed table of endings, in its own order and spelling."""
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return tuple(Ending(**row) for row in rows)


def families_of(folded: str) -> tuple[tuple[str, ...], ...]:
    """Give the families of languages that write in the alphabets of a folded text."""
    cyrillic = any("а" <= letter <= "ў" for letter in folded)
    latin = any("a" <= letter <= "z" for letter in folded)
    return _CYRILLIC_FAMILIES * cyrillic + _LATIN_FAMILIES * latin


def name_forms(word: str, langs: Iterable[str]) -> Iterator[tuple[str, float]]:
    """Give what a folded word in some case may be by itself: folded forms and their costs."""
    for lang in langs:
        for base, cost in _rules("name", lang).applied(word):
            yield base, cost
            if lang == "uk" and (shifted := _CLOSED.sub("і", base)) != base:
                yield shifted, cost + _SHIFT_COST


def town_forms(word: str, langs: Iterable[str]) -> Iterator[tuple[str, float]]:
    """Give the towns of which a folded word may be the adjective, in whatever case.

    A compound comes in one piece and in its parts: новокаховка, нова каховка.
    """
    for lang in langs:
        stems = {word} | {
            word.removesuffix(ending)
            for ending in _adjective_endings(lang)
            if len(word) - len(ending) >= _SHORTEST_STEM
        }
        for stem in stems:
            for town, cost in _rules("town", lang).applied(stem):
                yield town, cost
                for parted in _parted(town, lang):
                    yield parted, cost + _SHIFT_COST


def genders(base: str) -> str:
    """Say of which genders (m, f, n) or number (p) a folded base form may be, by its end."""
    if base.endswith(_MASCULINE):
        return "m"
    return _GENDERS.get(base[-1:], "m" if base[-1:] in _CONSONANTS else "mf")


@cache
def _rules(makes: str, lang: str) -> _Rules:
    found: dict[str, dict[str, None]] = {}
    for row in endings():
        if (row.makes, row.lang) == (makes, lang):
            found.setdefault(fold(row.ending), {})[fold(row.base)] = None
    by_ending = {ending: tuple(bases) for ending, bases in found.items()}
    return _Rules(by_ending, max(map(len, by_ending), default=-1))


@cache
def _adjective_endings(lang: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(_ADJECTIVE_ENDINGS.get(lang, "")).split()))


@cache
def _first_parts(lang: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    rows = [row for row in endings() if (row.makes, row.lang) == ("parts", lang)]
    return tuple((fold(row.ending), tuple(fold(row.base).split())) for row in rows)


def _parted(town: str, lang: str) -> Iterator[str]:
    """The town with the first part of the compound as an adjective that agrees."""
    for part, forms in _first_parts(lang):
        rest = town.removeprefix(part)
        if rest != town and len(rest) >= _SHORTEST_STEM:
            letters = genders(rest)
            for letter, form in dict(zip("mfnp", forms, strict=True)).items():
                if letter in letters:
                    yield f"{form} {rest}"
