"""Who is meant where a sentence does not say: the municipalities that a text is about."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from mistok.reading.aid.words import NAMING
from mistok.reading.model import Mention, Page, Party

UKRAINE = "UA"
NOT_HELPED = frozenset({"RU", "BY"})
"""Countries whose places are named in such texts for other reasons than help."""

_NEAR = 3
_RECENT = 4.0
_JUST_NAMED = 20.0
_TITLE = 2
_OFTEN = 2
_HOME = 3.0
_HOMES = {"de": frozenset({"DE", "AT", "CH"}), "pl": frozenset({"PL"})}
"""Where a text in a language was likely written: "our convoy" is from there."""
_WIDE = ("region", "state")
_INSIDE = re.compile(r"(?<!\w)(?:in|in the|im|у|в|w|na)\s$", re.IGNORECASE)
_AREA = 3.0


@dataclass(frozen=True, slots=True)
class Hint:
    """What a sentence says of who is meant: levels of the giver ("the region"), his countries ("the
    Latvians"), levels of the receiver ("the oblast").
    """

    levels: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    receivers: frozenset[str] = frozenset()


class Context:
    """The parties of a page by how often and where they are named."""

    def __init__(self, page: Page) -> None:
        sentences = self._sentences = page.text.sentences
        self._home = _HOMES.get(page.text.lang, frozenset())
        text = page.text.text
        self._venues = {
            m.start
            for m in page.mentions
            if m.party.level in _WIDE and _INSIDE.search(text[max(0, m.start - 9) : m.start])
        }
        self._mentions = [
            m
            for m in page.mentions
            if m.role in NAMING and sentences[m.sentence].role != "furniture"
        ]
        self._starts = [m.start for m in self._mentions]
        self._count: Counter[Party] = Counter()
        for mention in self._mentions:
            title = sentences[mention.sentence].role == "title" or mention.sentence == 0
            self._count[mention.party] += _TITLE if title else 1
        self.ukraine = next((p for p in self._count if p.level == "country" and _ua(p)), None)

    def giver(self, position: int, sentence: int, to: Party | None, hint: Hint) -> Mention | None:
        """The likeliest giver at a position, of another country than who gets."""
        country = to.country if to is not None else UKRAINE

        def fits(party: Party) -> bool:
            near = not hint.countries or party.country in hint.countries
            return near and party.country != country

        if hint.levels:
            found = self._best(position, sentence, lambda p: fits(p) and p.level in hint.levels)
            if found is not None:
                return found
        return self._best(position, sentence, fits)

    def receiver(
        self, position: int, sentence: int, by: Party | None, hint: Hint | None = None
    ) -> Mention | None:
        """The likeliest receiver at a position: in Ukraine, unless the giver is from there."""
        if hint is not None and hint.receivers:
            levels = hint.receivers
            return self._best(position, sentence, lambda p: _ua(p) and p.level in levels)
        if by is not None and _ua(by):
            return self._best(position, sentence, lambda p: p.key != by.key or p.name != by.name)
        return self._best(position, sentence, _ua)

    def _best(self, position: int, sentence: int, fits: Callable[[Party], bool]) -> Mention | None:
        best: tuple[float, int] | None = None
        upto = bisect_right(self._starts, position)
        for place, mention in enumerate(self._mentions[:upto][-60:], max(0, upto - 60)):
            score = self._score(mention, fits)
            if score is None:
                continue
            if mention.party.level != "country" and mention.start not in self._venues:
                score += self._recent(sentence, mention.sentence)
            if best is None or (score, place) > best:
                best = (score, place)
        if best is not None:
            return self._mentions[best[1]]
        for mention in self._mentions[upto : upto + 20]:
            if self._score(mention, fits) is not None:
                return mention
        return None

    def _recent(self, sentence: int, other: int) -> float:
        """What was just named counts most, less so across a paragraph's end."""
        away = sentence - other
        items = (self._sentences[sentence].role, self._sentences[other].role) == ("item", "item")
        if away > _NEAR or (items and away):
            return 0.0
        same = self._sentences[sentence].paragraph == self._sentences[other].paragraph
        return (_JUST_NAMED if same else _RECENT) / (1 + away)

    def _score(self, mention: Mention, fits: Callable[[Party], bool]) -> float | None:
        party = mention.party
        if party.country in NOT_HELPED or not fits(party):
            return None
        count = min(self._count[party], 5)
        if party.level == "country":
            return None if _ua(party) or count < _OFTEN else count - _AREA
        home = _HOME if party.country in self._home else 0.0
        return count + home - (_AREA if party.level in _WIDE else 0.0)


def _ua(party: Party) -> bool:
    return party.country == UKRAINE
