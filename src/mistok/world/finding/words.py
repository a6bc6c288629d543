"""The administrative words that people write around a name: "city of", "Landkreis", "м.".

The table `data/words.csv` lists them by language. Columns: `phrase` as people write it, in lower
case, one row for every inflected form (a phrase that ends in an apostrophe, "ville d'", stands
glued to the next word; a Chinese, Japanese or Korean one also to the word before it); `lang`,
ISO 639-1; `level`, one of LEVELS, empty for words that say nothing about the kind of place;
`side`, where it stands: before the name, after it, or both. A phrase with two senses has a row
for each; the order of rows is the order of preference.
"""

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from mistok.world.folding import fold

LEVELS = (
    "",
    "municipality",
    "settlement",
    "hromada",
    "district",
    "region",
    "part",
    "country",
)
"""What a phrase says about the place: `municipality` has a council of its own at the lowest tier,
`hromada` is said of Ukraine's only, `district` lies between municipality and region, `part` is
one of a city."""

SIDES = ("before", "after", "both")

_TABLE = Path(__file__).parent / "data" / "words.csv"
_ROUNDS = 6

# What joins a phrase to the name; in brackets people leave it out: "Siena (provincia)".
_LINKS = frozenset("of de di da do du des del della dei dos das la i e von van w we v".split())
_LEAST_ELIDED = 3
_OPENS_ELIDED = frozenset("aeiouyh")

# Names of one character keep their suffix: 津市, 赵县, 중구. A folded Korean syllable is two or
# three letters.
_LEAST_UNGLUED, _LEAST_UNGLUED_KOREAN = 2, 4

Levels = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stripped:
    """A name without the phrases around it, all folded.

    `phrases` in the order in which they were taken off; `levels` what they say of the place,
    without repetition, the likelier first.
    """

    name: str
    levels: tuple[str, ...]
    phrases: tuple[str, ...]


class _Cut(NamedTuple):
    """A phrase at one end of a text, and the words that are left without it."""

    size: int
    phrase: str
    levels: Levels
    rest: list[str]


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """The table, folded, with what finds a phrase in a few look-ups.

    `openings` and `closings` give the sizes in words, longest first, of the phrases that begin
    (end) with a word. `elided` gives what may be glued to the name after a phrase, `glued` the
    suffixes that end with a character.
    """

    before: Mapping[str, Levels]
    after: Mapping[str, Levels]
    alone: Mapping[str, Levels]
    elided: Mapping[str, tuple[tuple[str, Levels], ...]]
    openings: Mapping[str, tuple[int, ...]]
    closings: Mapping[str, tuple[int, ...]]
    glued: Mapping[str, tuple[str, ...]]


def strip_words(folded: str) -> Stripped:
    """Take administrative phrases off both ends of a folded text, the longest first.

    At most six are taken and never the whole text: of a text that is nothing but such phrases
    the last one stays. Parts of a word stay ("Darmstadt"), but for 市 and the like.
    """
    lexicon = _lexicon()
    words = folded.split(" ")
    levels: list[str] = []
    phrases: list[str] = []
    for _ in range(_ROUNDS):
        if " ".join(words) in lexicon.alone:
            break
        front, back = _front(words, lexicon), _back(words, lexicon)
        cut = back if front is None or (back and back.size > front.size) else front
        if cut is None:
            break
        words = cut.rest
        phrases.append(cut.phrase)
        levels += cut.levels
    return Stripped(" ".join(words), tuple(dict.fromkeys(levels)), tuple(phrases))


def level_of(folded: str) -> tuple[str, ...]:
    """Give the levels of a folded text that is nothing but a phrase, as people put in brackets.

    The likelier level first; empty when the text is no phrase, or one that says no level.
    """
    return _lexicon().alone.get(folded.removeprefix("the "), ())


def levels_before(folded: str) -> tuple[str, ...] | None:
    """Give the levels that a folded phrase says of a name after it; None when it is no phrase."""
    return _lexicon().before.get(folded)


def levels_after(folded: str) -> tuple[str, ...] | None:
    """Give the levels that a folded phrase says of a name before it; None when it is no phrase."""
    return _lexicon().after.get(folded)


@cache
def words_beside() -> tuple[frozenset[str], frozenset[str]]:
    """Give the words that may stand right before a name, and right after it, in some phrase."""
    lexicon = _lexicon()
    before = frozenset(phrase.rpartition(" ")[2] for phrase in lexicon.before)
    after = frozenset(phrase.partition(" ")[0] for phrase in lexicon.after)
    return before, after


@cache
def unit_words(lang: str) -> frozenset[str]:
    """Give the folded single words of a language, and of English, that say a level."""
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        return frozenset(
            fold(row["phrase"])
            for row in csv.DictReader(lines)
            if row["level"] and row["lang"] in (lang, "en") and " " not in row["phrase"]
        )


def _front(words: list[str], lexicon: _Lexicon) -> _Cut | None:
    """Find the longest phrase that the words begin with, and that leaves some."""
    for size in lexicon.openings.get(words[0], ()):
        if size >= len(words):
            continue
        phrase = " ".join(words[:size])
        for ending, levels in lexicon.elided.get(phrase, ()):
            name = words[size].removeprefix(ending)
            if name != words[size] and len(name) >= _LEAST_ELIDED and name[0] in _OPENS_ELIDED:
                return _Cut(size, f"{phrase} {ending}", levels, [name, *words[size + 1 :]])
        if phrase in lexicon.before:
            return _Cut(size, phrase, lexicon.before[phrase], words[size:])
    return None


def _back(words: list[str], lexicon: _Lexicon) -> _Cut | None:
    """Find the longest phrase that the words end with, and that leaves some."""
    last = words[-1]
    for size in lexicon.closings.get(last, ()):
        if size >= len(words):
            continue
        phrase = " ".join(words[-size:])
        if phrase in lexicon.after:
            return _Cut(size, phrase, lexicon.after[phrase], words[:-size])
    suffix = _suffix(last, lexicon)
    # What ends in a suffix even then bears it in its name: 太宰府市 is the city of 太宰府.
    if suffix and not _suffix(last.removesuffix(suffix), lexicon):
        rest = [*words[:-1], last.removesuffix(suffix)]
        return _Cut(1, suffix, lexicon.after[suffix], rest)
    return None


def _suffix(word: str, lexicon: _Lexicon) -> str:
    """Give the administrative suffix of a Chinese, Japanese or Korean word; "" for none."""
    for suffix in lexicon.glued.get(word[-1:], ()):
        least = _LEAST_UNGLUED_KOREAN if _is_korean(suffix) else _LEAST_UNGLUED
        if word.endswith(suffix) and len(word) - len(suffix) >= least:
            return suffix
    return ""


@cache
def _lexicon() -> _Lexicon:
    before: dict[str, Levels] = {}
    after: dict[str, Levels] = {}
    alone: dict[str, Levels] = {}
    elided: dict[str, dict[str, Levels]] = defaultdict(dict)
    with _TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            phrase, level, side = row["phrase"], row["level"], row["side"]
            if phrase.endswith("'"):
                stem, _, ending = phrase.rpartition(" ")
                _add(elided[fold(stem)], fold(ending), level)
                continue
            folded = fold(phrase)
            _add(alone, _without_link(folded), level)
            _add(alone, folded, level)
            if side != "before":
                _add(after, folded, level)
            if side != "after":
                # Folded before a word, since "st" there is read as "saint": m.st. Warszawa.
                _add(before, fold(f"{phrase} x").removesuffix(" x"), level)
    glued: dict[str, list[str]] = defaultdict(list)
    for phrase in sorted(after, key=len, reverse=True):
        if _is_glued(phrase):
            glued[phrase[-1]].append(phrase)
    return _Lexicon(
        before,
        after,
        alone,
        {stem: _longest_first(endings) for stem, endings in elided.items()},
        _sizes(0, *before, *elided),
        _sizes(-1, *after),
        {last: tuple(suffixes) for last, suffixes in glued.items()},
    )


def _longest_first(endings: Mapping[str, Levels]) -> tuple[tuple[str, Levels], ...]:
    return tuple(sorted(endings.items(), key=lambda item: -len(item[0])))


def _add(levels: dict[str, Levels], phrase: str, level: str) -> None:
    known = levels.get(phrase, ())
    levels[phrase] = known if not level or level in known else (*known, level)


def _without_link(phrase: str) -> str:
    words = phrase.split()
    while len(words) > 1 and words[-1] in _LINKS:
        words.pop()
    return " ".join(words)


def _sizes(at: int, *phrases: str) -> dict[str, tuple[int, ...]]:
    sizes: dict[str, set[int]] = defaultdict(set)
    for words in map(str.split, phrases):
        sizes[words[at]].add(len(words))
    return {word: tuple(sorted(numbers, reverse=True)) for word, numbers in sizes.items()}


def _is_glued(phrase: str) -> bool:
    """Whether a folded phrase is in a script in which such suffixes stand without a space."""
    return _is_korean(phrase) or "\u3040" <= phrase[-1] <= "\u9fff"


def _is_korean(phrase: str) -> bool:
    return "\u1100" <= phrase[-1] <= "\u11ff"
