"""Words that are no places: ordinary words, first names, titles; and words that announce places.

`data/ordinary_*.txt` hold folded words of a language that are also the name of some place and far
likelier mean what they mean to everybody: those that are frequent (in the lists of wordfreq 3.1)
for the number of people who live there, and some by hand. `data/first_names.txt` holds given names
of Europe (from Faker, MIT, and by hand); `data/cues.csv` the words by which a text
says what stands beside them.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from mistok.world import fold

_DATA = Path(__file__).parent / "data"
_LISTED = ("en", "uk", "de", "pl")


@cache
def ordinary_words(lang: str) -> frozenset[str]:
    """Give the folded words of a language that are places only where the text says so."""
    langs = {lang, "en"} if lang in _LISTED else set(_LISTED)
    return frozenset().union(*(_lines(f"ordinary_{code}.txt") for code in sorted(langs)))


@cache
def first_names() -> frozenset[str]:
    """Give folded first names, in their dictionary form."""
    return frozenset(_lines("first_names.txt"))


@cache
def cues(sort: str) -> frozenset[str]:
    """Give the folded words and phrases of a sort (the column `sort` of `data/cues.csv`)."""
    return frozenset(_cues()[sort])


@cache
def _cues() -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    with (_DATA / "cues.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            found[row["sort"]].update(filter(None, map(fold, row["words"].split())))
    return found


def _lines(name: str) -> list[str]:
    return (_DATA / name).read_text(encoding="utf-8").split()
