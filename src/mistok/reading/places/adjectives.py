"""Adjectives of places: "Харківська область", "obwód zakarpacki", "Duisburger", "Zviahelska".

Where a word for a unit stands beside it (область, powiat, громада, Rat), the adjective is that
unit's name; without one it is the town's, and only well-known towns are believed.
"""

from mistok.reading.places.forms import adjective_stem, towns_of_adjective
from mistok.reading.places.lookup import (
    ADJECTIVE,
    DISTRICT,
    HROMADA,
    MUNICIPALITY,
    REGION,
    Gazetteer,
    Options,
)
from mistok.reading.places.spans import Span
from mistok.reading.places.wording import Words
from mistok.world import fold
from mistok.world.model import NameKind
from mistok.world.sounding import sound

_UNITS = {
    "region": "область області областю областей областями областях обл ова ода обласна обласної "
    "обласній обласну обласною облрада облради обласного обласному регіон регіону регіоні "
    "воєводство воєводства воєводстві воєводством воєводствами край краю краєм краї "
    "obwód obwodu obwodowi obwodem obwodzie obwodami obwodach obwodowa obwodowej obwodową "
    "województwo województwa województwu województwem województwie województwami województwach "
    "sejmik sejmiku oblast gebiet region",
    "district": "район району районі районом районна районної районній районну рва рда повіт "
    "повіту повіті powiat powiatu powiatem powiecie rejon rejonu rejonem rejonie "
    "районами районах powiatami powiatach rejonami",
    "hromada": "громада громади громаді громаду громадою тг отг hromada hromady hromadzie hromadę "
    "hromadą gmina gminy gminie gminę gminą ґміна ґміни",
    "city": "міський міська міської міській міську міською міського міському міським мер мера "
    "мером мерія мерії міськрада міськради міськраді місто міста rada rady radzie radę magistrat "
    "stadtrat rat gemeinderat oberbürgermeister oberbürgermeisterin bürgermeister "
    "bürgermeisterin rathaus stadtverwaltung verwaltung rats stadtspitze stadtrats gemeinderats "
    "delegation",
}
_LEVELS = {fold(word): level for level, words in _UNITS.items() for word in words.split()}
_PADDING = frozenset(
    map(
        fold,
        "міська міської міській міську міською сільська сільської сільській сільську сільською "
        "селищна селищної селищній селищну селищною територіальна територіальної територіальній "
        "територіальну територіальною об'єднана об'єднаної об'єднаній об'єднану військова "
        "військової державна miejska miejskiej wiejska terytorialna terytorialnej "
        "місцева".split(),
    )
)
_UNIT_NAMES = {
    ("uk", "region"): ("{}а область", "{}е воєводство", "{}ии краи"),
    ("uk", "district"): ("{}ии раион", "{}ии повіт"),
    ("uk", "hromada"): ("{}а",),
    ("uk", "city"): ("{}а",),
    ("pl", "region"): ("obwod {}i", "wojewodztwo {}ie"),
    ("pl", "district"): ("powiat {}i", "rejon {}i"),
}
_DISTRICT_NAMES = ("{} county", "{} district", "landkreis {}", "kreis {}", "{} raion", "{} rayon")
_LISTED = frozenset((", ", " i ", " oraz ", " та ", " і ", " й "))
_TOWNS = (HROMADA, MUNICIPALITY)
_KNOWN = 0.56
_KNOWN_BESIDE_UNIT = 0.3
_KNOWN_SMALL = 0.62
_FAMOUS = 0.68
_NEAR = frozenset(("UA", "PL", "DE", "AT", "CH"))
_SHORTEST_TOWN = 4
_AHEAD = 3
_MOST_TOWNS = 30


class Adjectives:
    """Finds the places of adjectives in one language's texts."""

    def __init__(self, gazetteer: Gazetteer, lang: str, ordinary: frozenset[str]) -> None:
        self._gazetteer = gazetteer
        self._lang = lang
        self._ordinary = ordinary

    def at(self, words: Words, first: int, beside: Span | None = None) -> Span | None:
        """Give the place whose adjective a word is; None for other words.

        `beside` is what was found before: "województwami podkarpackim, lubelskim".
        """
        last, folded = self._whole(words, first)
        stem = adjective_stem(folded, self._lang)
        if not stem:
            return None
        level, unit = self._unit_after(words, last)
        start = first
        if not level:
            level = self._unit_before(words, first)
            unit = last
            start = first - 1 if level in ("region", "district", "hromada") else first
        if not level and beside is not None and self._is_listed(words, beside, first):
            level, start = beside.level, first
        if not level and folded in self._ordinary:
            return None
        if not words.capital[first] and (self._lang in ("en", "de")):
            return None
        options = self._options(folded, stem, level)
        if not level and not words.capital[first]:
            options = tuple(one for one in options if one.importance >= _KNOWN_SMALL)
        if not options:
            return None
        end = unit if level in ("region", "district", "hromada") else last
        if script_of(stem, self._lang) == "en":
            level = "hromada"
        return Span(start, end, options, how="adjective", level=level, base=folded, closed=True)

    def _is_listed(self, words: Words, beside: Span, first: int) -> bool:
        """Whether a word goes on with a list of regions or districts by their adjectives."""
        if beside.how != "adjective" or beside.level not in ("region", "district"):
            return False
        between = words.source[words.ends[beside.last] : words.starts[first]]
        return between in _LISTED and words.sentences[beside.last] == words.sentences[first]

    def _whole(self, words: Words, first: int) -> tuple[int, str]:
        """The last word and the folded text of an adjective, hyphens and all."""
        last, text = first, words.folds[first]
        while last + 1 < len(words) and words.is_joined(last + 1) and last - first < 2:
            last += 1
            text += " " + words.folds[last]
        return last, text

    def _unit_after(self, words: Words, last: int) -> tuple[str, int]:
        """What the words after say: the unit, and where its word stands (not that of a council)."""
        for at in range(last + 1, min(last + 1 + _AHEAD, len(words))):
            if not words.follows(at):
                break
            folded = words.folds[at]
            level = _LEVELS.get(folded, "")
            if level and not (level == "city" and folded in _PADDING):
                return level, at if level != "city" else last
            if folded not in _PADDING:
                if level == "city":
                    return level, last
                break
            if level == "city" and self._is_council(words, at):
                return level, last
        return "", last

    def _is_council(self, words: Words, at: int) -> bool:
        nxt = at + 1
        if nxt >= len(words) or not words.follows(nxt):
            return False
        return _LEVELS.get(words.folds[nxt], "") != "hromada" and words.folds[nxt] not in _PADDING

    def _unit_before(self, words: Words, first: int) -> str:
        if self._lang != "pl" or first == 0 or not words.follows(first):
            return ""
        level = _LEVELS.get(words.folds[first - 1], "")
        return level if level in ("region", "district", "hromada", "city") else ""

    def _options(self, folded: str, stem: str, level: str) -> Options:
        script = script_of(stem, self._lang)
        for pattern in _UNIT_NAMES.get((script, level), ()):
            if found := self._named(pattern.format(stem), level):
                return found
        for pattern in _UNIT_NAMES.get((script, level), ()):
            if found := self._sounding(pattern.format(stem), level):
                return found
        if script == "uk" and level in ("", "city", "hromada"):
            # Ukraine's communities bear their adjective as a name: Криворізька.
            found = self._named(f"{stem}а", "hromada")
            if found and (level or found[0].importance >= _KNOWN):
                return found
        if self._lang == "en" and script == "en":
            return self._towns(folded, "hromada", ua_only=True)
        found = self._towns(folded, level, ua_only=False)
        if found and level in ("region", "district"):
            return self._unit_of(found, level)
        if not found and script == "pl" and level == "district":
            return self._sounding(f"{stem}ii раион", level)  # Of Ukraine: rejon buczański.
        return found

    def _named(self, name: str, level: str) -> Options:
        kinds = {"region": (REGION,), "district": (DISTRICT, REGION)}.get(level, _TOWNS)
        return tuple(
            option
            for option in self._gazetteer.options(name)
            if option.kind in kinds and option.way in (NameKind.NAME, NameKind.ALIAS)
        )

    def _sounding(self, name: str, level: str) -> Options:
        """What the unit's name sounds like: "Свєнтокшиське воєводство"."""
        world = self._gazetteer.world
        kinds = (REGION,) if level == "region" else (DISTRICT,)
        found = []
        for position in world.sounds.exact(sound(name)).tolist():
            for place in world.names.places_of(position)[0].tolist():
                option = self._gazetteer.option(place, ADJECTIVE)
                if option.kind in kinds and option not in found:
                    found.append(option)
        return tuple(found) if level in ("region", "district") else ()

    def _towns(self, folded: str, level: str, *, ua_only: bool) -> Options:
        """Towns, by the rules of endings, that are known well enough to be believed."""
        least = _KNOWN_BESIDE_UNIT if level else _KNOWN
        found = {}
        for town in towns_of_adjective(folded)[:_MOST_TOWNS]:
            for option in self._gazetteer.options(town):
                way = NameKind.ALIAS if level else NameKind.FORMER
                fits = option.kind in _TOWNS and option.way <= way
                if ua_only and option.country != "UA":
                    continue
                near = option.country in _NEAR or option.importance >= _FAMOUS
                if not level and not (near and len(town) >= _SHORTEST_TOWN):
                    continue
                if fits and option.importance >= least and option.place not in found:
                    found[option.place] = option.found(ADJECTIVE)
            if found:
                break
        return tuple(found.values())

    def _unit_of(self, towns: Options, level: str) -> Options:
        """The region or district that bears the name of a town in it."""
        found = []
        for town in towns:
            place = unit_of_town(self._gazetteer, town.place, level)
            if place is not None:
                found.append(self._gazetteer.option(place, ADJECTIVE))
        return tuple(found)


def script_of(stem: str, lang: str) -> str:
    """Give "uk" for a Cyrillic stem, else the language of the text."""
    return "uk" if stem[-1] == "к" else lang


def unit_of_town(gazetteer: Gazetteer, town: int, level: str) -> int | None:
    """Give the region or district that is named for a town, and in which it lies."""
    if level in ("region", "state"):
        return _parent(gazetteer, town, REGION)
    found = _parent(gazetteer, town, DISTRICT)
    if found is not None:
        return found
    columns = gazetteer.world.columns
    name = fold(gazetteer.world.place_at(town).name)
    for pattern in _DISTRICT_NAMES:
        for option in gazetteer.options(pattern.format(name)):
            if option.kind == DISTRICT and columns.country[option.place] == columns.country[town]:
                return option.place
    return _parent(gazetteer, town, REGION)


def _parent(gazetteer: Gazetteer, town: int, kind: int) -> int | None:
    columns = gazetteer.world.columns
    name = fold(gazetteer.world.place_at(town).name).removesuffix(" city")
    length = max(3, len(name) - 3)
    at = int(columns.parent[town])
    while at >= 0:
        own = fold(gazetteer.world.place_at(at).name)
        if int(columns.kind[at]) == kind and own[:length] == name[:length]:
            return at
        at = int(columns.parent[at])
    return None


UNIT_WORDS = frozenset(_LEVELS) | _PADDING
"""Folded words for units and what stands between them and a name; none is a place."""
