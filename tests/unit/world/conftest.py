"""A small world from a handful of records, the whole world once a run, the shared data."""

import csv
import os
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from mistok.world import World, build, positions, surroundings
from mistok.world.building import write_world
from mistok.world.gather import Gathered
from mistok.world.model import NameKind, PlaceRecord
from mistok.world.relief import read_relief, shore

CHECKOUT = Path(__file__).parents[3]


@pytest.fixture(scope="session", autouse=True)
def globe_is_read_once() -> Iterator[None]:
    """Sea and mountains are the same for every small world, and most of the work of compiling it.

    A globe that a test has drawn itself is looked at as ever.
    """
    globe = cache(read_relief)
    shores = cache(lambda: shore(globe().sea))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(surroundings, "read_relief", globe)
        patch.setattr(
            positions, "shore", lambda sea: shores() if sea is globe().sea else shore(sea)
        )
        yield


def small_records() -> list[PlaceRecord]:
    """Ukraine with one oblast, one hromada and a village; two towns abroad called alike."""
    oblast = PlaceRecord(
        "katottg:UA32000000000030281",
        "Kyiv Oblast",
        "Київська область",
        "UA",
        "region",
        1_788_530,
        parent="iso:UA",
        aliases=["iso:UA-32"],
    )
    hromada = PlaceRecord(
        "katottg:UA32080070000050759",
        "Bucha",
        "Буча",
        "UA",
        "hromada",
        53_600,
        50.54,
        30.21,
        parent=oblast.key,
        region=oblast.key,
        official_name="Бучанська міська територіальна громада",
        is_municipality=True,
        aliases=["katottg:UA32080070010093294", "geonames:711390"],
    )
    hromada.labels = {"en": "Bucha", "uk": "Буча", "de": "Butscha"}
    hromada.add(NameKind.ALIAS, "Бу́ча", "Bucza")
    hromada.add(NameKind.FORMER, "Старобуча")
    hromada.answer(NameKind.NAME, "Бучанська громада")
    village = PlaceRecord(
        "katottg:UA32080070030012345", "Blystavytsia", "Блиставиця", "UA", "settlement"
    )
    village.parent, village.region = hromada.key, oblast.key
    return [*_countries(), oblast, hromada, village, *_towns()]


def _countries() -> list[PlaceRecord]:
    ukraine = PlaceRecord("iso:UA", "Ukraine", "Україна", "UA", "country", 40_000_000)
    ukraine.labels = {"en": "Ukraine", "uk": "Україна", "de": "Ukraine", "pl": "Ukraina"}
    germany = PlaceRecord("iso:DE", "Germany", "Deutschland", "DE", "country", 83_000_000)
    canada = PlaceRecord("iso:CA", "Canada", "Canada", "CA", "country", 37_000_000)
    return [ukraine, germany, canada]


def _towns() -> list[PlaceRecord]:
    return [
        _town(2886242, "Köln", "DE", 1_024_621, 50.93, 6.95, "Cologne", "Кельн"),
        _town(2921466, "Gelsenkirchen", "DE", 260_654, 51.51, 7.10),
        _town(2643743, "London", "DE", 900, 52.0, 8.0),
        _town(6058560, "London", "CA", 422_324, 42.98, -81.23),
    ]


def _town(
    number: int, name: str, country: str, people: int, lat: float, lon: float, *names: str
) -> PlaceRecord:
    return PlaceRecord(
        f"geonames:{number}",
        name,
        name,
        country,
        "municipality",
        people,
        lat,
        lon,
        parent=f"iso:{country}",
        is_municipality=True,
        names=[(other, NameKind.ALIAS) for other in names],
    )


@pytest.fixture
def records() -> list[PlaceRecord]:
    return small_records()


@pytest.fixture(scope="session")
def small_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    folder = tmp_path_factory.mktemp("small-world")
    write_world(folder, Gathered(small_records(), []))
    return World.open(folder)


@pytest.fixture(scope="session")
def whole_world() -> World:
    """The world of all packages; built where MISTOK_TEST_WORLD says, only when stale."""
    return build(Path(os.environ.get("MISTOK_TEST_WORLD", CHECKOUT / "build" / "test-world")))


@pytest.fixture(scope="session")
def shared_hromadas(shared_data: Path) -> Sequence[dict[str, str]]:
    """The project's table of hromadas with positions and populations from other sources."""
    path = shared_data / "data" / "ua_hromadas.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
