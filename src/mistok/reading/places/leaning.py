"""Leaning: the states, provinces and counties that a text is about, as clues to its towns.

American and Canadian news name a town without its state where everybody knows it: an article on
Connecticut means Connecticut's Westport. What counts: states named anywhere, those behind other
towns ("Duluth, Minn.", "Durham, N.C."), counties, towns that can hardly be mistaken, and, where
nothing else tells, states in a site's menus and teasers.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from mistok.reading.model import Text
from mistok.reading.places.lookup import COUNTRY, DISTRICT, MUNICIPALITY, REGION, Gazetteer, Option
from mistok.reading.places.spans import Span
from mistok.reading.places.told import Clues
from mistok.reading.places.wording import Words
from mistok.world import fold
from mistok.world.finding.nations import nation_of
from mistok.world.model import NameKind

_OF_STATES = frozenset(("US", "CA", "AU"))
"""Countries whose towns are known by their state."""
_STATE_TOLD, _COUNTY_TOLD, _TOWN_MET, _IN_FURNITURE = 4.0, 2.0, 0.8, 2.0
_MOST_TOWNS = 2
_CLEAR, _KNOWN = 1.5, 0.5
_COMPANY, _LEAST_COMPANY, _MOST_COMPANY = 1.0, 2, 3
_HOME = "UA"
_STATES = frozenset(("country", "nationality"))
_DOTTED = {"man": "CA-MB", "sask": "CA-SK", "que": "CA-QC", "alta": "CA-AB"}
"""States in short that are other words without their full stop."""
_BEFORE_STATE = frozenset((", ", " (", ",", "("))
_CAPITALISED = re.compile(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?")
_LONGEST_FURNITURE = 4_000


class Leaning:
    """What one text leans to."""

    def __init__(
        self,
        text: Text,
        words: Words,
        spans: Sequence[Span],
        clues: Sequence[Clues],
        gazetteer: Gazetteer,
    ) -> None:
        self._gazetteer, self._words = gazetteer, words
        self._regions_of = gazetteer.world.columns.region
        self._parents = gazetteer.world.columns.parent
        self._regions: dict[int, float] = {}
        self._counties: set[int] = set()
        self._company: Mapping[int, tuple[str, float]] = {}
        if not any(one.country in _OF_STATES for span in spans for one in span.options):
            return
        self._company = self._companies(spans)
        self._read_states(spans, clues)
        self._read_towns(spans, clues)
        if not self._regions and text.lang == "en":
            self._read_furniture(text)

    def sentence(self, span: Span) -> int:
        """Give the sentence (its number) in which a name stands."""
        return self._words.sentences[span.first]

    def is_about(self, option: Option) -> bool:
        """Whether the text names the state in which a town lies."""
        return self._regions.get(int(self._regions_of[option.place]), 0.0) >= _IN_FURNITURE

    def points(self, option: Option, sentences: set[int], rivals: Sequence[Option]) -> float:
        """Give the points of a place that is named in these sentences; `rivals` share the name."""
        company = self._company
        total = 0.0
        if company and option.country != _HOME:
            told = [company[one] for one in sentences if one in company]
            total = max((points for code, points in told if code == option.country), default=0.0)
        if option.country in _OF_STATES and option.kind != REGION:
            region = int(self._regions_of[option.place])
            if all(one.place != region for one in rivals):  # Maryland is not Maryland City.
                total += self._regions.get(region, 0.0)
            total += _COUNTY_TOLD * (int(self._parents[option.place]) in self._counties)
        return total

    def _read_states(self, spans: Sequence[Span], clues: Sequence[Clues]) -> None:
        """States by name, behind towns, and counties."""
        kinds = self._gazetteer.world.columns.kind
        for span, clue in zip(spans, clues, strict=True):
            for area in clue.within:
                if int(kinds[area]) == REGION:
                    self._regions[area] = _STATE_TOLD
            option = span.options[0] if span.options else None
            if option is None or clue.is_person:
                continue
            state = _told_state(span, clue)
            if state is not None:
                self._regions[state.place] = _STATE_TOLD
            elif option.kind == DISTRICT and option.country in _OF_STATES:
                self._counties.add(option.place)
        for code in _states_behind(self._words):
            place = self._gazetteer.world.position(f"iso:{code}")
            if place is not None:
                self._regions[place] = _STATE_TOLD

    def _read_towns(self, spans: Sequence[Span], clues: Sequence[Clues]) -> None:
        """Towns whose name no other town of their size bears."""
        met: dict[int, set[int]] = defaultdict(set)
        for span, clue in zip(spans, clues, strict=True):
            if span.how == "name" and not span.ordinary and not clue.is_person:
                option = _clear_town(span)
                if option is not None and option.country in _OF_STATES:
                    met[int(self._regions_of[option.place])].add(option.place)
        for region, towns in met.items():
            points = _TOWN_MET * min(_MOST_TOWNS, len(towns))
            self._regions[region] = max(points, self._regions.get(region, 0.0))

    def _read_furniture(self, text: Text) -> None:
        """States in menus and teasers of the same site."""
        left = _LONGEST_FURNITURE
        for sentence in text.sentences:
            if sentence.role != "furniture" or left <= 0:
                continue
            left -= sentence.end - sentence.start
            for found in _CAPITALISED.finditer(text.text, sentence.start, sentence.end):
                for name in {found[0], *found[0].split()}:
                    options = self._gazetteer.options(fold(name))
                    if options and _is_state(options[0]) and _no_town_beside(options):
                        self._regions[options[0].place] = _IN_FURNITURE

    def _companies(self, spans: Sequence[Span]) -> Mapping[int, tuple[str, float]]:
        """Sentences all of whose sure places abroad lie in one country: "Chicago, Cincinnati"."""
        met: dict[int, Counter[str]] = defaultdict(Counter)
        for span in spans:
            if span.how != "name" or span.ordinary:
                continue
            option = _clear_town(span)
            if option is not None and option.country != _HOME:
                met[self._words.sentences[span.first]][option.country] += 1
        tops = [(span.how, span.options[0]) for span in spans if span.options]
        told = {top.country for how, top in tops if how in _STATES or top.kind == COUNTRY}
        found = {}
        for sentence, countries in met.items():
            code, towns = countries.most_common(1)[0]
            others = countries.total() - towns
            if towns >= _LEAST_COMPANY and (
                not others or (others == 1 < towns - 1 and code in told <= {code, _HOME})
            ):
                found[sentence] = (code, _COMPANY * min(_MOST_COMPANY, towns))
        return found


def _told_state(span: Span, clue: Clues) -> Option | None:
    """The state that a name means: one that no city is known by, or one that is called so."""
    states = [option for option in span.options if _is_state(option)]
    if not states or span.how != "name":
        return None
    called = "state" in (span.level, *clue.levels)
    plain = states[0] is span.options[0] and _no_town_beside(span.options)
    return states[0] if called or plain else None


def _is_state(option: Option) -> bool:
    return (
        option.kind == REGION
        and option.country in _OF_STATES
        and option.way in (NameKind.NAME, NameKind.SPELLING)
    )


def _no_town_beside(options: Sequence[Option]) -> bool:
    """Whether no city of the name is as well known as the state."""
    return not any(
        one.kind == MUNICIPALITY and one.importance >= options[0].importance for one in options[1:]
    )


def _clear_town(span: Span) -> Option | None:
    """The town that a name means wherever it stands; None where another is nearly as likely."""
    if not span.options:
        return None
    top = span.options[0]
    if top.kind != MUNICIPALITY or top.importance < _KNOWN:
        return None
    second = span.options[1].points if len(span.options) > 1 else -9.0
    return top if top.points - second > _CLEAR else None


def _states_behind(words: Words) -> set[str]:
    """Codes of states in short behind a town: "Duluth, Minn.", "Durham, N.C.", "Davis (CA)"."""
    found = set()
    for at in range(1, len(words)):
        if words.capital[at] and words.before[at] in _BEFORE_STATE:
            code = state_in_short(words, at)
            if code:
                found.add(code)
    return found


def state_in_short(words: Words, at: int) -> str:
    """Give the code of the state that is told in short at a word; "" where none is."""
    text, end = words.texts[at], words.ends[at]
    dotted = words.source[end : end + 1] == "."
    if len(text) == 1 and dotted and at + 1 < len(words) and words.gap(at + 1) in (".", ". "):
        code = nation_of(f"{words.folds[at]} {words.folds[at + 1]}", set_off=True) or ""
    elif len(text) <= 6 and (dotted or (len(text) == 2 and text.isupper())):
        short = words.folds[at]
        code = nation_of(short, set_off=True) or (_DOTTED.get(short, "") if dotted else "")
    else:
        return ""
    return code if code[:2] in _OF_STATES and "-" in code else ""
