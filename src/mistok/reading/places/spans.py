"""Spans: the runs of words that the gazetteer knows as names, longest first."""

from dataclasses import dataclass, field

from mistok.reading.places.forms import bases
from mistok.reading.places.lookup import (
    COUNTRY,
    HROMADA,
    INFLECTED,
    MUNICIPALITY,
    Entry,
    Gazetteer,
    Option,
    Options,
)
from mistok.reading.places.vocabulary import cues, ordinary_words
from mistok.reading.places.wording import Words
from mistok.world.finding.words import unit_words
from mistok.world.model import NameKind

_CONNECTORS = frozenset(
    "am an der im in ob bei vor upon on under by de la le les sur du des del della di da do dos "
    "das nad na над на під під pod the of und and y i sous en aux a op aan den van ter zu w l d st "
    "region oblast district raion rayon community municipality county state province voivodeship "
    "hromada область області областю район району районі громада громади".split()
)
"""Words in small letters that may stand inside a name."""
_UNITS = {
    **dict.fromkeys(
        "region oblast область області областю province voivodeship woiwodschaft gebiet obwod "
        "wojewodztwo воєводство provinz".split(),
        "region",
    ),
    **dict.fromkeys(
        "district raion rayon county район раион раиону раионі landkreis kreis powiat rejon "
        "rajon".split(),
        "district",
    ),
    **dict.fromkeys(
        "community municipality gmina gminy gminie gmine gemeinde hromada громада "
        "громади громаді громаду громадою".split(),
        "hromada",
    ),
    "state": "state",
}
"""Words of a name that say the level, folded; a municipality is a community in Ukraine only."""
_SAINTS = frozenset(("st", "sankt", "sanct", "sint"))
_SHORT = frozenset("st mt ft pt skt sw b d a o".split())
_MOST_WORDS = 6
_STRONG = 0.45
_APOSTROPHES = frozenset("'’ʼ‘`´")
_PLAIN_GAPS = frozenset((" ", "-", "‑", "‐"))


@dataclass(slots=True)
class Span:
    """Words (positions of the first and the last) that may name a place, and the places.

    how: "name", "adjective", "country", "nationality", "capital"; level: what a word of the span
    says ("region" in "Kharkiv region"), or "".
    """

    first: int
    last: int
    options: Options
    how: str = "name"
    level: str = ""
    base: str = ""
    ordinary: bool = False
    closed: bool = False
    notes: set[str] = field(default_factory=set)


class Spanner:
    """Finds the names that may stand at a word."""

    def __init__(self, gazetteer: Gazetteer, lang: str) -> None:
        self._gazetteer = gazetteer
        self._lang = lang
        self._ordinary = ordinary_words(lang)
        self._council, self._units = cues("council"), unit_words(lang)

    def at(self, words: Words, first: int) -> Span | None:
        """Give the longest name that begins with a word; None when there is none."""
        found: list[tuple[int, str, Options, bool]] = []
        folded = words.folds[first]
        entry = self._gazetteer.entry(folded)
        if entry.options:
            found.append((first, folded, entry.options, False))
        longer = first + 1 < len(words) and self._may_go_on(words, first + 1)
        if longer:
            start = "saint" if folded in _SAINTS else folded
            self._walk(words, first + 1, start, self._gazetteer.entry(start), found)
        for base in self._bases(words, first, entry, longer=longer):
            bent = self._gazetteer.entry(base)
            if bent.options:
                found.append((first, base, bent.options, True))
            if longer and bent.goes_on:
                self._walk(words, first + 1, base, bent, found, bent=True)
        return self._longest(words, first, found) if found else None

    def _bases(self, words: Words, at: int, entry: Entry, *, longer: bool) -> tuple[str, ...]:
        """The nominatives of the first word, where looking for them may be of use."""
        if any(o.importance >= _STRONG and _is_plain(o) for o in entry.options):
            return ()
        folded = words.folds[at]
        told = at > 0 and words.follows(at) and words.folds[at - 1] in self._units
        if folded in self._ordinary and not told and not (longer and words.capital[at + 1]):
            return ()
        return bases(words.texts[at], folded, self._lang)

    def _walk(
        self,
        words: Words,
        at: int,
        text: str,
        entry: Entry,
        found: list[tuple[int, str, Options, bool]],
        *,
        bent: bool = False,
        depth: int = 1,
    ) -> None:
        if not entry.goes_on or depth >= _MOST_WORDS:
            return
        folded = words.folds[at]
        forms = [(folded, bent)]
        if words.capital[at]:
            forms += [(base, True) for base in bases(words.texts[at], folded, self._lang)]
        more = at + 1 < len(words) and self._may_go_on(words, at + 1)
        for form, is_bent in forms:
            name = f"{text} {form}"
            longer = self._gazetteer.entry(name, entry)
            if longer.options:
                found.append((at, name, longer.options, is_bent))
            if more and longer.goes_on:
                self._walk(words, at + 1, name, longer, found, bent=is_bent, depth=depth + 1)

    def _may_go_on(self, words: Words, at: int) -> bool:
        """Whether a name may go on with a word after what stands before it."""
        gap = words.gap(at)
        if gap not in _PLAIN_GAPS:
            if gap in ("/", " / "):
                return words.capital[at]
            if gap == " (":
                return words.capital[at] and self._is_bracketed(words, at)
            return gap in (". ", ".") and words.folds[at - 1] in _SHORT
        if words.capital[at] or gap != " " or words.folds[at] in _CONNECTORS:
            return True
        return len(words.texts[at]) > 2 and words.texts[at][1] in _APOSTROPHES

    def _is_bracketed(self, words: Words, at: int) -> bool:
        end = words.ends[at]
        return words.gap(at) == " (" and words.source[end : end + 1] == ")"

    def _goes_too_far(self, words: Words, first: int, last: int, options: Options) -> bool:
        """Whether the last word of a longer name belongs to what follows: Valencia | City Council.

        "X municipality" that is known as a region only is X: what it is then, X tells.
        """
        if last == first:
            return False
        folded, nxt = words.folds[last], last + 1
        if folded == "city" and nxt < len(words) and words.follows(nxt):
            return words.folds[nxt] in self._council
        if _UNITS.get(folded) != "hromada":
            return False
        return not any(option.kind in (HROMADA, MUNICIPALITY) for option in options)

    def _longest(
        self, words: Words, first: int, found: list[tuple[int, str, Options, bool]]
    ) -> Span | None:
        found = [one for one in found if not self._goes_too_far(words, first, one[0], one[2])]
        if not found:
            return None
        last = max(at for at, _, _, _ in found)
        merged: dict[int, Option] = {}
        base, top = "", -99.0
        for at, name, options, bent in found:
            if at != last:
                continue
            for option in options:
                one = option.found(INFLECTED) if bent else option
                if one.place not in merged or merged[one.place].points < one.points:
                    merged[one.place] = one
                if one.points > top:
                    base, top = name, one.points
        options = tuple(sorted(merged.values(), key=lambda o: (-o.points, o.place)))
        span = Span(first, last, options, base=base)
        if last > first:
            span.level = _UNITS.get(words.folds[last], "") or _UNITS.get(words.folds[first], "")
            span.closed = bool(span.level)
        span.ordinary = (last == first or not words.capital[last]) and (
            words.folds[first] in self._ordinary
        )
        return span


def _is_plain(option: Option) -> bool:
    """Whether a name is so surely the place's own that no case needs to be undone."""
    return option.way == NameKind.NAME and option.kind in (COUNTRY, HROMADA, MUNICIPALITY)
