"""From a name as a text bends it to the forms that a gazetteer may hold.

Ukrainian words are looked up in a dictionary of forms (pymorphy3 with pymorphy3-dicts-uk, loaded
when first needed, about 30 MB); where it is not installed, and for all other languages, the suffix
rules of `endings` answer alone. Everything here is a guess: the caller looks each one up.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from heapq import nsmallest
from threading import Lock
from typing import Any

from mistok.world.finding.endings import families_of, genders, name_forms, town_forms
from mistok.world.folding import fold

LONGEST_TEXT = 200
"""Longest text that is looked at, in characters; the gazetteer holds no longer name."""

_MOST_WORDS = 5
_MOST_PARTS = 8
_LONGEST_WORD = 40
_MOST_TOWNS = 40
_WIDEST = 60

_SAME_COST = 1.35
_PERSON_COST = 0.5
_DISAGREEING_COST = 0.8
_OTHER_LANGUAGE_COST = 0.6
_FAMILY_COST = 0.05

_WORD = re.compile("[^\\W_]+(?:['’ʼ`´‘][^\\W_]+)*['’ʼ`´‘]?")
_MARKS = re.compile("[\u0300-\u036f]")
_CYRILLIC_WORD = re.compile("[а-яіїєґ]+(?:'[а-яіїєґ]+)*")
_TWINS = str.maketrans("aceiopxy", "асеіорху")
_APOSTROPHES = str.maketrans("’ʼ`´‘", "'''''")

_ELIDED = re.compile("(?:de |à )?([dl])['’ʼ](?=\\w)", re.IGNORECASE)
_BEFORE = {
    "uk": "у в до з із зі від під біля на по за для про при поблизу",
    "ru": "во со из от около возле под для при",
    "pl": "w we z ze do od pod na u k ku koło przy dla",
    "de": "in im aus von vom bei zu zum zur nach der des dem den",
    "en": "in of from to at near the",
    "cs": "v ve z ze do od u k ke na při",
    "fr": "de du des au aux à en",
}
"""Words that stand before a name and are no part of it."""

_ARTICLES = {"du": "le", "au": "le", "des": "les", "aux": "les"}
_LINKS = frozenset(
    map(fold, "на над під при за am an der im in nad pod na sur sous en upon".split())
)
"""Words inside a name after which nothing is bent: Ростова-на-Дону, Frankfurts am Main."""

_SIGNS = {"pl": "ąćęłńśźż", "de": "äß", "cs": "ěřůčďťňľĺŕ", "lt": "ėįų", "lv": "āēīļķņģ"}
"""Letters by which a language is known."""

_PERSONS = frozenset({"Surn", "Name", "Patr"})
_ADJECTIVES = frozenset({"ADJF", "PRTF"})
_AGREEING = {
    "ий": {"masc": "ий", "femn": "а", "neut": "е", "plur": "і"},
    "ій": {"masc": "ій", "femn": "я", "neut": "є", "plur": "і"},
}
_LETTERS = {"masc": "m", "femn": "f", "neut": "n", "plur": "p"}

_loading = Lock()

Word = tuple[str, str]
"""A word in small letters with plain apostrophes, and folded."""

Form = tuple[float, str, str]
"""The cost of taking a word (or words) for this folded form, and its possible genders."""


def base_forms(text: str, *, limit: int = 40) -> list[str]:
    """Give the forms that a name of one to five words may have in a gazetteer, likeliest first.

    At most `limit` folded forms, each once, without the folded text itself. A longer text has
    none, nor has one in other alphabets than Latin and Cyrillic.
    """
    if len(text) > LONGEST_TEXT or limit < 1:
        return []
    rest, langs, opened = _without_opening(text)
    words = _words(rest)
    if not 1 <= len(words) <= _MOST_PARTS or len(rest.split()) > _MOST_WORDS:
        return []
    guesses = [(0.0, form) for form in opened]
    for order, family in enumerate(families_of(" ".join(folded for _, folded in words))):
        unlike = 0.0 if _speaks(family, text, langs) else _OTHER_LANGUAGE_COST
        forms = [list(_taken(words, at, family)) for at in range(len(words))]
        guesses += [
            (cost + unlike + _FAMILY_COST * order, form)
            for cost, form, _ in _joined(forms, min(limit + 1, _WIDEST))
        ]
    return _ordered(guesses, fold(text), limit)


def word_forms(word: str, langs: Sequence[str], *, limit: int) -> list[str]:
    """Give the folded forms that one word of a text in a known language may have, as `base_forms`.

    `langs` are one family of `endings.FAMILIES`; only its rules are put to the word, and no
    dictionary is asked, which for the many words of a text takes too long and finds no more.
    """
    written = word.lower().translate(_APOSTROPHES)
    folded = fold(written)
    costs: dict[str, float] = {}
    guesses = [(cost, base) for base, cost in name_forms(folded, langs)]
    for cost, base in guesses:
        if base != folded and cost < costs.get(base, 99.0):
            costs[base] = cost
    return nsmallest(limit, costs, key=lambda base: (costs[base], base))


def adjective_bases(text: str) -> list[str]:
    """Give the towns that an adjective of one to five words may be made from, likeliest first.

    "Dortmunder", "żytomierskiego", "Бучанська": folded names as in `base_forms`, at most 40.
    Words before the last are kept.
    """
    if len(text) > LONGEST_TEXT or len(text.split()) > _MOST_WORDS:
        return []
    own = fold(text)
    before, _, last = own.rpartition(" ")
    if not 1 <= len(last) <= _LONGEST_WORD:
        return []
    guesses = [
        (cost + _FAMILY_COST * order, f"{before} {town}")
        for order, family in enumerate(families_of(last))
        for town, cost in town_forms(last, family)
    ]
    return _ordered(guesses, own, _MOST_TOWNS)


def _ordered(guesses: Iterable[tuple[float, str]], own: str, limit: int) -> list[str]:
    """The forms by cost, folded, each once, without the name itself."""
    found: dict[str, None] = {}
    for _, guess in sorted(guesses):
        if len(found) == limit:
            break
        form = fold(guess)
        if form and form != own:
            found[form] = None
    return list(found)


def _without_opening(text: str) -> tuple[str, frozenset[str], list[str]]:
    """What follows "in", "of" or "d'", the languages that have this word, what it may mean."""
    composed = _MARKS.sub("", unicodedata.normalize("NFC", text)).strip()
    elided = _ELIDED.match(composed)
    if elided:
        rest = composed[elided.end() :]
        article = ["l" + fold(rest)] if elided[1].lower() == "l" else []
        return rest, frozenset({"fr"}), [*article, fold(rest)]
    first, _, rest = composed.partition(" ")
    langs = _prepositions().get(fold(first), frozenset())
    if not langs or not rest:
        return composed, frozenset(), []
    article = [f"{_ARTICLES[first.lower()]} {fold(rest)}"] if first.lower() in _ARTICLES else []
    return rest, langs, [*article, fold(rest)]


@cache
def _prepositions() -> dict[str, frozenset[str]]:
    folded = {lang: fold(words).split() for lang, words in _BEFORE.items()}
    every = {word for words in folded.values() for word in words}
    return {
        word: frozenset(lang for lang, words in folded.items() if word in words) for word in every
    }


def _words(text: str) -> list[Word]:
    """The words of a text; where spelling and folding part words otherwise, both folded."""
    own = fold(text)
    written = [word.lower().translate(_APOSTROPHES) for word in _WORD.findall(text)]
    words = [(word, folded) for word in written if (folded := fold(word))]
    if " ".join(folded for _, folded in words) != own:
        return [(word, word) for word in own.split()]
    return words


def _speaks(family: tuple[str, ...], text: str, langs: frozenset[str]) -> bool:
    """Whether no word and no letter tells that the text is in another family's language."""
    letters = set(text.lower())
    told = langs | {lang for lang, signs in _SIGNS.items() if letters & set(signs)}
    return not told or not told.isdisjoint(family)


def _joined(forms: list[list[Form]], width: int) -> list[Form]:
    """The cheapest ways to take all words together; neighbours had better agree."""
    most = {1: width, 2: 12}.get(len(forms), 6)
    joined: list[Form] = [(0.0, "", "mfnp")]
    for own in forms:
        own = nsmallest(most, own)
        joined = nsmallest(
            width,
            (
                (
                    before + cost + (_DISAGREEING_COST if not set(letters) & set(others) else 0.0),
                    f"{text} {form}",
                    letters,
                )
                for before, text, others in joined
                for cost, form, letters in own
            ),
        )
    return joined


def _taken(words: list[Word], at: int, family: tuple[str, ...]) -> Iterator[Form]:
    """The forms that one of the words may have by itself, cheapest not always first."""
    written, folded = words[at]
    if any(word in _LINKS for _, word in words[1 : at + 1]) or len(folded) > _LONGEST_WORD:
        yield 0.0, folded, "mfnp"
        return
    costs: dict[str, tuple[float, str]] = {folded: (_SAME_COST, genders(folded))}
    guesses = [(cost, base, genders(base)) for base, cost in name_forms(folded, family)]
    if "uk" in family:
        guesses += _of_dictionary(written)
    for cost, base, letters in guesses:
        if base not in costs or cost < costs[base][0]:
            costs[base] = (cost, letters)
    for base, (cost, letters) in costs.items():
        yield cost, base, letters


@lru_cache(maxsize=4096)
def _of_dictionary(written: str) -> tuple[Form, ...]:
    """What the dictionary of Ukrainian forms takes a word for; nothing where it lacks the word.

    Its guesses at words that it lacks are slow and find nothing that the rules do not.
    """
    word = written.translate(_TWINS)
    dictionary = _dictionary() if _CYRILLIC_WORD.fullmatch(word) else None
    if dictionary is None or not dictionary.word_is_known(word):
        return ()
    found: dict[tuple[str, str], float] = {}
    for parse in dictionary.parse(word):
        cost = _PERSON_COST if parse.tag.grammemes & _PERSONS else 0.0
        for base, letters in _bases(parse):
            key = (fold(base), letters)
            found[key] = min(cost, found.get(key, cost))
    return tuple((cost, base, letters) for (base, letters), cost in found.items())


def _bases(parse: Any) -> Iterator[tuple[str, str]]:
    """The nominatives of a parse, with their genders: an adjective keeps its own."""
    grammemes, normal = parse.tag.grammemes, str(parse.normal_form)
    number = next((name for name in _LETTERS if name in grammemes), "")
    if grammemes & _ADJECTIVES:
        endings = _AGREEING.get(normal[-2:])
        if endings and number:
            yield normal[:-2] + endings[number], _LETTERS[number]
    elif "NOUN" in grammemes:
        if number == "plur" and "Pltm" not in grammemes:
            plural = parse.inflect({"nomn", "plur"})
            if plural:
                yield str(plural.word), "p"
        yield normal, genders(fold(normal))


def _dictionary() -> Any:
    """The Ukrainian dictionary, loaded once whoever asks first; None where it is missing."""
    with _loading:
        return _loaded()


@cache
def _loaded() -> Any:
    # Loading takes a tenth of a second and 30 MB, which a process without Cyrillic never pays.
    try:
        import pymorphy3  # type: ignore[import-untyped]

        return pymorphy3.MorphAnalyzer(lang="uk")
    except (ImportError, ValueError):
        # pymorphy3 says ValueError when it has no dictionary of this language.
        return None
