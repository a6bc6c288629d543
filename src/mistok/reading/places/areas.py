"""Areas: the country or region that stands beside a name and says where it lies."""

from collections.abc import Mapping

from mistok.reading.places.leaning import state_in_short
from mistok.reading.places.lookup import COUNTRY, REGION, Gazetteer
from mistok.reading.places.spans import Span
from mistok.reading.places.wording import Words
from mistok.world import fold
from mistok.world.finding.nations import nation_of

_SHORT_CODE = 3
_GOVERNORS = frozenset(("gov", "governor", "gouverneur", "губернатор", "gubernator"))
_STATES = frozenset(map(fold, "state states bundesland штат штату штаті stan stanu stanie".split()))
_STATES_SAID = 2


def speaks_of_states(words: Words) -> bool:
    """Whether a text speaks of a state and its governor: Washington is then the state."""
    governors = sum(folded in _GOVERNORS for folded in words.folds)
    return governors + sum(folded in _STATES for folded in words.folds) >= _STATES_SAID


class Areas:
    """Knows the countries and regions that were found in one text, by their first word."""

    def __init__(self, words: Words, spans: Mapping[int, Span], gazetteer: Gazetteer) -> None:
        self._words = words
        self._spans = spans
        self._gazetteer = gazetteer

    def positions(self, code: str) -> list[int]:
        """Give the position of the country or region of a code, if there is one."""
        place = self._gazetteer.world.position(f"iso:{code}")
        return [] if place is None else [place]

    def follows_at(self, at: int) -> bool:
        """Whether a region follows without a word between: "громада Київської області"."""
        span = self._spans.get(at)
        return span is not None and span.how == "adjective" and span.level in ("region", "district")

    def area_at(self, at: int, *, alone: bool) -> int | None:
        """The country or region that begins at a word; `alone` after a comma or bracket."""
        words = self._words
        span = self._spans.get(at)
        if span is not None and span.how in ("country", "name", "adjective"):
            called = at > 0 and words.folds[at - 1] in _STATES
            for option in span.options if called else span.options[:1]:
                if option.kind in (COUNTRY, REGION):
                    return option.place
            if called and span.options:
                # "Зі штату Нью-Йорк": of the city alone the name is known.
                return int(self._gazetteer.world.columns.region[span.options[0].place])
        if span is not None and span.level in ("region", "district") and span.options:
            return span.options[0].place
        if alone and (short := state_in_short(words, at)):
            return self._gazetteer.world.position(f"iso:{short}")
        text = words.folds[at]
        if not alone or not words.capital[at]:
            return None
        if len(text) <= 3 and not words.texts[at].isupper():
            end = words.ends[at]
            if words.source[end : end + 1] != ".":
                return None
        return (
            self._gazetteer.world.position(f"iso:{code}")
            if (code := nation_of(text, set_off=True))
            else None
        )
