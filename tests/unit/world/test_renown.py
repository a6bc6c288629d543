"""How widely a place is known, by its names."""

import numpy as np
import pytest

from mistok.world import World
from mistok.world.model import NameKind, PlaceRecord
from mistok.world.renown import renown


def a_record(name: str, *others: str) -> PlaceRecord:
    record = PlaceRecord(
        key="geonames:1", name=name, local_name=name, country="DE", kind="municipality"
    )
    record.add(NameKind.ALIAS, *others)
    return record


def test_renown_counts_each_name_once() -> None:
    columns = renown([a_record("Köln", "Cologne", "Köln", "Кельн"), a_record("Ulm")])
    assert columns["renown"].tolist() == [3, 1]


def test_namesakes_are_alike_by_their_folded_names() -> None:
    same = renown([a_record("Saint-Denis"), a_record("SAINT DENIS"), a_record("Ulm")])["namesake"]
    assert same[0] == same[1] != same[2]


@pytest.mark.world
def test_a_spa_is_more_renowned_than_a_town_of_its_size(world: World) -> None:
    columns = world.columns
    spa = world.index(world.find("Karlovy Vary", country="CZ")[0].place.key)
    alike = (columns.population > 40_000) & (columns.population < 60_000)
    typical = float(np.median(columns.renown[alike & columns.is_municipality]))
    assert columns.renown[spa] > typical
