"""Choosing: which of several places of one name is meant, in the light of the whole text.

All mentions of a name in a text mean one place. What is said beside one of them (a country, a
region, a unit) counts for all; then the countries of the other places, the language, and whether
a longer form of the name was given ("Frankfurt (Oder)", then "Frankfurt").
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp

from mistok.reading.places.leaning import Leaning
from mistok.reading.places.lookup import (
    COUNTRY,
    DISTRICT,
    HROMADA,
    MUNICIPALITY,
    REGION,
    SETTLEMENT,
    Gazetteer,
    Option,
    Options,
)
from mistok.reading.places.spans import Span
from mistok.reading.places.told import Clues
from mistok.world import fold
from mistok.world.model import NameKind

_WITHIN, _NOT_WITHIN = 6.0, -3.0
_COUNTRY_TOLD, _COUNTRY_MET = 1.8, 1.5
_UKRAINE = 0.8
_REGION_TOLD = 1.5
_LANGUAGE = 0.6
_LONGER_FORM = 7.0
_LEVEL, _OTHER_LEVEL = 4.0, -3.0
_CITY_FIRST = 3.0
_STATE_MEANT = 5.0
_STEPS = 5
_TOWN = 5_000
ALIAS = int(NameKind.ALIAS)
_AT_HOME = {"uk": ("UA",), "pl": ("PL",), "de": ("DE", "AT", "CH"), "en": ("US", "GB", "CA")}
_LEVEL_KINDS = {
    "region": (REGION,),
    "state": (REGION,),
    "district": (DISTRICT,),
    "hromada": (HROMADA,),
    "city": (MUNICIPALITY, HROMADA, SETTLEMENT),
    "country": (COUNTRY,),
}


@dataclass(slots=True)
class Chosen:
    """A place for a span, and how sure that is (0 to 1)."""

    option: Option
    sure: float


class Chooser:
    """Chooses for all spans of one text."""

    def __init__(self, gazetteer: Gazetteer, lang: str, *, of_states: bool = False) -> None:
        self._states = of_states
        self.countries: set[str] = set()
        self.leaning: Leaning | None = None
        self._gazetteer = gazetteer
        self._columns = gazetteer.world.columns
        self._codes = gazetteer.world.columns.country_codes
        self._home = _AT_HOME.get(lang, ())

    def choose(
        self, spans: Sequence[Span], clues: Sequence[Clues], leaning: Leaning
    ) -> list[Chosen | None]:
        """Give each span its place; None where the name means none."""
        self.leaning = leaning
        groups: dict[tuple[str, str], list[int]] = defaultdict(list)
        for at, (span, clue) in enumerate(zip(spans, clues, strict=True)):
            if span.options:
                groups[(span.base or str(span.first), _unit(span, clue))].append(at)
        told = self._countries_told(spans)
        met = self._countries_met(spans, clues, groups.values())
        self.countries = told | set(met)
        longer = self._longer_forms(spans)
        regions = self._regions_told(spans)
        chosen: list[Chosen | None] = [None] * len(spans)
        for (base, unit), group in groups.items():
            options = self._with_longer(spans[group[0]].options, longer.get(base, ()))
            options = options if unit else self._with_centres(options)
            if len(options) == 1:
                for at in group:
                    chosen[at] = Chosen(options[0], 1.0)
                continue
            unit = unit or _town_level(clues[at] for at in group)
            said = self._said_of(options, [clues[at] for at in group], unit)
            said_in = {leaning.sentence(spans[at]) for at in group}
            points = [
                option.points
                + of_clues
                + self._of_text(option, told, met)
                + _REGION_TOLD * any(self.lies_in(option.place, area) for area in regions)
                + leaning.points(option, said_in, options)
                + _LONGER_FORM * (option.place in longer.get(base, ()))
                for option, of_clues in zip(options, said, strict=True)
            ]
            best = max(range(len(points)), key=lambda at: (points[at], -options[at].place))
            top = points[best]
            sure = 1.0 / sum(exp(max(-40.0, one - top)) for one in points)
            for at in group:
                chosen[at] = Chosen(options[best], sure)
        return chosen

    def _of_text(self, option: Option, told: set[str], met: Mapping[str, float]) -> float:
        """What the countries of the whole text say, and its language."""
        country = option.country
        points = _COUNTRY_MET * met.get(country, 0.0) + _LANGUAGE * (country in self._home)
        if country in told:
            points += _COUNTRY_TOLD + _UKRAINE * (country == "UA")
        return points

    def _said_of(self, options: Options, clues: Sequence[Clues], unit: str) -> list[float]:
        """What is said beside the name, in points of each option."""
        return [
            self._said(option, clues, options)
            + self._level(option, options, unit)
            + _STATE_MEANT * (self._states and _is_state(option))
            for option in options
        ]

    def _with_longer(self, options: Options, places: Iterable[int]) -> Options:
        """The options and what a longer form of the name meant earlier."""
        known = {option.place for option in options}
        more = [self._gazetteer.option(place, ALIAS) for place in sorted(set(places) - known)]
        return (*options, *more)

    def _with_centres(self, options: Options) -> Options:
        """The options, and the town of a raion of which alone the name is known."""
        if any(option.kind in (HROMADA, MUNICIPALITY) for option in options):
            return options
        more = []
        for raion in options:
            if raion.kind == DISTRICT and raion.country == "UA":
                name = fold(self._gazetteer.world.place_at(raion.place).name).removesuffix(" raion")
                more += [o for o in self._gazetteer.options(name) if o.kind == HROMADA]
        return (*options, *more)

    def lies_in(self, place: int, area: int) -> bool:
        """Whether a place is, or lies in, a country, region or district."""
        columns = self._columns
        if int(columns.kind[area]) == COUNTRY:
            return bool(columns.country[place] == columns.country[area])
        for _ in range(_STEPS):
            if place == area or int(columns.region[place]) == area:
                return True
            place = int(columns.parent[place])
            if place < 0:
                return False
        return False

    def _said(self, option: Option, clues: Iterable[Clues], options: Sequence[Option]) -> float:
        """What countries and regions beside the name say."""
        total = 0.0
        areas = {area for clue in clues for area in clue.within}
        for area in areas:
            if self.lies_in(option.place, area):
                # Not the area itself: "Luxembourg, Luxembourg" is the city.
                total += _WITHIN if option.place != area else 0.0
            elif any(self.lies_in(other.place, area) for other in options):
                total += _NOT_WITHIN
        return total

    def _level(self, option: Option, options: Sequence[Option], unit: str) -> float:
        """What the unit says; without one, a city comes before the region of its name."""
        if not unit:
            if option.kind not in (REGION, DISTRICT):
                return 0.0
            rivals = [o for o in options if o.kind in (HROMADA, MUNICIPALITY)]
            known = all(option.importance > one.importance for one in rivals)
            if _is_state(option) and (self._states or known):
                return 0.0
            same = any(o.country == option.country and o.population > _TOWN for o in rivals)
            return -_CITY_FIRST if same else 0.0
        kinds = _LEVEL_KINDS.get(unit, ())
        if option.kind in kinds:
            return _LEVEL
        if unit == "district" and option.kind == REGION:
            return _LEVEL / 2
        return _OTHER_LEVEL if any(other.kind in kinds for other in options) else 0.0

    def _countries_told(self, spans: Sequence[Span]) -> set[str]:
        """Countries that the text names."""
        return {
            span.options[0].country
            for span in spans
            if span.options
            and (span.how in ("country", "nationality") or span.options[0].kind == COUNTRY)
        }

    def _regions_told(self, spans: Sequence[Span]) -> set[int]:
        """Oblasts and other regions that the text names as such."""
        return {
            span.options[0].place
            for span in spans
            if span.level == "region" and span.options and span.options[0].kind == REGION
        }

    def _countries_met(
        self, spans: Sequence[Span], clues: Sequence[Clues], groups: Iterable[list[int]]
    ) -> Mapping[str, float]:
        """Countries of places that can hardly be mistaken, each with its share."""
        found: Counter[str] = Counter()
        for group in groups:
            span = spans[group[0]]
            top = span.options[0]
            if span.ordinary or clues[group[0]].is_person or top.importance < 0.5:
                continue
            second = span.options[1].points if len(span.options) > 1 else -9.0
            if top.points - second > 1.5:
                found[top.country] += 1
        total = sum(found.values())
        return {code: 2.0 * number / total for code, number in found.items()} if total else {}

    def _longer_forms(self, spans: Sequence[Span]) -> Mapping[str, set[int]]:
        """Places of names with several words, by the shorter forms of these names."""
        found: dict[str, set[int]] = defaultdict(set)
        for span in spans:
            words = span.base.split()
            if len(words) > 1 and span.options and span.how == "name":
                top = span.options[0]
                if top.kind not in (HROMADA, MUNICIPALITY) or words[-1] == "city":
                    continue
                for size in range(1, len(words)):
                    found[" ".join(words[:size])].add(top.place)
        return found


def _is_state(option: Option) -> bool:
    return option.kind == REGION and option.country == "US" and option.way == NameKind.NAME


def _unit(span: Span, clue: Clues) -> str:
    """The unit that makes the name another one: region, state or district; "" for towns."""
    told = span.level or (clue.levels[0] if clue.levels else "")
    return told if told in ("region", "state", "district") else ""


def _town_level(clues: Iterable[Clues]) -> str:
    """Whether one of the mentions is called a town."""
    return "city" if any(clue.levels and clue.levels[0] == "city" for clue in clues) else ""
