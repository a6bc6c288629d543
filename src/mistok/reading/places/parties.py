"""Parties: the name, country and level under which a place is proposed."""

from functools import lru_cache

from mistok.kernel.dates import PartialDate
from mistok.reading.model import Party
from mistok.reading.places.lookup import (
    COUNTRY,
    DISTRICT,
    HROMADA,
    REGION,
    Gazetteer,
)
from mistok.world import Place, Position, fold, romanise

FEDERATIONS = frozenset("US DE AT CH BR IN MX AU NG MY VE AR ET NP".split())
"""Countries whose first-level regions are states."""

_ENGLISH_NAMES = {
    "iso:PL-02": "Lower Silesian Voivodeship",
    "iso:PL-04": "Kuyavian-Pomeranian Voivodeship",
    "iso:PL-06": "Lublin Voivodeship",
    "iso:PL-08": "Lubusz Voivodeship",
    "iso:PL-10": "Łódź Voivodeship",
    "iso:PL-12": "Lesser Poland Voivodeship",
    "iso:PL-14": "Masovian Voivodeship",
    "iso:PL-16": "Opole Voivodeship",
    "iso:PL-18": "Podkarpackie Voivodeship",
    "iso:PL-20": "Podlaskie Voivodeship",
    "iso:PL-22": "Pomeranian Voivodeship",
    "iso:PL-24": "Silesian Voivodeship",
    "iso:PL-26": "Świętokrzyskie Voivodeship",
    "iso:PL-28": "Warmian-Masurian Voivodeship",
    "iso:PL-30": "Greater Poland Voivodeship",
    "iso:PL-32": "West Pomeranian Voivodeship",
    "iso:US-WA": "Washington",
    "geonames:618426": "Chișinău",
    "geonames:2797656": "Ghent",
    "geonames:734077": "Thessaloniki",
    "geonames:1790630": "Xi'an",
    "geonames:293918": "Petah Tikva",
}
"""Names where the gazetteer's English name is not the usual one."""
_ROMANIAN = str.maketrans("şţŞŢ", "șțȘȚ")  # the gazetteer has the cedillas of older computers
_DISTRICTS = (
    ("Landkreis ", "{} District"),
    ("Kreis ", "{} District"),
    ("Arrondissement de ", "Arrondissement of {}"),
)


class Parties:
    """Makes parties of places of one world."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._world = gazetteer.world
        self._at = lru_cache(maxsize=20_000)(self._world.place_at)

    def place(self, position: int) -> Place:
        """Give the place at a position."""
        return self._at(position)

    def party(self, position: int, told: str, surface: str, published: PartialDate | None) -> Party:
        """Make the party of a place; `told` is the level that the text says, or "".

        `surface` is how the text writes it: a name that was the right one on the day of the text
        is kept in its English form.
        """
        place = self._at(position)
        name = _ENGLISH_NAMES.get(place.key) or self._name(place)
        if published is not None and place.renamings:
            name = _name_then(place, surface, published) or name
        return Party(place.key, name, place.country, self._level(position, place, told))

    def unknown(self, name: str, country: str, level: str) -> Party:
        """Make a party of which only a name is known."""
        return Party("", name, country, level)

    def _name(self, place: Place) -> str:
        if place.kind == "district":
            return _district_name(place)
        if place.country == "RO":
            return place.name.translate(_ROMANIAN)
        return place.name

    def _level(self, position: int, place: Place, told: str) -> str:
        kind = int(self._world.columns.kind[position])
        if kind == COUNTRY:
            return "country"
        if kind == REGION:
            if told == "district" and place.country not in FEDERATIONS:
                return "district"
            state = place.country in FEDERATIONS and place.parent == f"iso:{place.country}"
            return "state" if state else "region"
        if kind == DISTRICT:
            return "district"
        if place.country == "UA" and kind == HROMADA:
            return self._hromada_level(position, told)
        if told == "district" and not place.population:
            return "district"
        return "city"

    def _hromada_level(self, position: int, told: str) -> str:
        """A city where it is named as such; a community of villages always is a community."""
        rank = int(self._world.columns.position[position])
        if told == "hromada" or rank & Position.RURAL:
            return "hromada"
        if rank & Position.SETTLEMENT:
            return "city" if told == "city" else "hromada"
        return "city"


def _district_name(place: Place) -> str:
    for opening, pattern in _DISTRICTS:
        if place.name.startswith(opening):
            return pattern.format(place.name.removeprefix(opening))
    if place.country == "PL":
        english = [name for name in place.names if name.endswith(" County")]
        return english[0] if english else place.name
    return place.name


def _name_then(place: Place, surface: str, published: PartialDate) -> str:
    """The former name, if the text uses it and it was in force when the text was published."""
    written = fold(surface)
    for renaming in place.renamings:
        if not renaming.date or str(published) >= renaming.date[: len(str(published))]:
            continue
        english = romanise(renaming.former)
        beginning = fold(english)[:5]
        if written[:5] == beginning or fold(renaming.former)[:5] == written[:5]:
            return english if " " not in english else ""
    return ""
