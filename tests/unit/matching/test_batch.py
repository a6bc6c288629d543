"""Everyone with everyone: parts, recipes, and a scheduler that does not answer."""

import socket
from types import SimpleNamespace

import distributed
import numpy as np
import pytest
from small_worlds import CODES, document, small
from test_world_pool import columns_of

from mistok.kernel.errors import Unavailable
from mistok.matching import Matcher, batch
from mistok.matching.batch import PART, Recipe, matcher_of, rank_many, rank_part
from mistok.matching.model import model_of
from mistok.matching.world_pool import world_pool

WORLD = small(41, n=30, ties=60, said=9)
ASKED = {"limit": 3, "include_tied": True}


@pytest.fixture
def opened(monkeypatch):
    """Let recipes open the small world and a random model; gives what was opened."""
    told = []

    def opening(folder):
        told.append(folder)
        return SimpleNamespace(columns=columns_of(WORLD, CODES))

    monkeypatch.setattr(batch, "World", SimpleNamespace(open=opening))
    monkeypatch.setattr(batch, "load_model", lambda name: model_of(document(41)))
    matcher_of.cache_clear()
    yield told
    matcher_of.cache_clear()


def recipe(**changes):
    sound = {
        "world": "somewhere",
        "pairs": np.array(WORLD.pairs, np.int64).tobytes(),
        "profiles": tuple(sorted(WORLD.profiles.items())),
        "ukraine": 0,
        "algorithm": "test-1",
    }
    return Recipe(**(sound | changes))


def expected(seeker, *factors):
    """The same list made without a recipe."""
    model = model_of(document(41)).weighted(factors=dict(factors))
    pool = world_pool(columns_of(WORLD, CODES))
    declaring = WORLD.matcher(model).declaring
    own = declaring.asked_by(declaring.profile(seeker))
    return Matcher(pool, WORLD.graph, model, own, 0).rank(seeker, **ASKED)


@pytest.mark.usefixtures("opened")
def test_recipe_ranks_as_its_ingredients_do():
    seekers = [3, 0, 29, 3]
    assert rank_part(recipe(), seekers, ASKED) == [expected(seeker) for seeker in seekers]
    weighed = recipe(factors=(("size", 3.0),))
    assert rank_part(weighed, [5], ASKED) == [expected(5, ("size", 3.0))] != [expected(5)]


@pytest.mark.usefixtures("opened")
def test_seekers_are_asked_with_what_they_say_themselves():
    spoken = [seeker for seeker in WORLD.profiles if WORLD.profiles[seeker].wishes.said]
    silent = recipe(profiles=())
    assert spoken
    for seeker in spoken:
        assert rank_part(recipe(), [seeker], ASKED) != rank_part(silent, [seeker], ASKED)


def test_matcher_is_made_once_for_a_recipe(opened):
    assert matcher_of(recipe()) is matcher_of(recipe())
    assert matcher_of(recipe(ukraine=None)) is not matcher_of(recipe())
    assert opened == ["somewhere"] * 3


@pytest.mark.usefixtures("opened")
def test_many_are_ranked_in_their_order_part_by_part():
    read = []

    def seekers():
        for number in range(2 * PART + 3):
            read.append(number)
            yield number % len(WORLD)

    ranked = rank_many(recipe(), seekers(), ASKED)
    assert read == []
    first = next(ranked)
    assert len(read) == PART
    rest = list(ranked)
    assert len(rest) == 2 * PART + 2
    assert [first, *rest[:4]] == [expected(number) for number in range(5)]
    assert rest[-1] == expected((2 * PART + 2) % len(WORLD))


def test_nobody_to_rank_opens_nothing(opened):
    assert list(rank_many(recipe(), [], ASKED)) == []
    assert opened == []


@pytest.fixture
def silence():
    """A port of this machine at which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        yield free.getsockname()[1]


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:{}", "nonsense://x", "tcp://", "", "a b"])
def test_scheduler_that_does_not_answer_is_told(monkeypatch, silence, address):
    monkeypatch.setattr(batch, "CONNECT_SECONDS", 1)
    with pytest.raises(Unavailable) as refusal:
        list(rank_many(recipe(), [1], ASKED, address=address.format(silence)))
    assert refusal.value.code == "cluster_unreachable"
    assert str(refusal.value).endswith("leave --dask out.")


class Here:
    """A cluster that is this process: what is sent to it is done when it is asked for."""

    log: list = []
    workers = 1

    def __init__(self, address, *, timeout, asynchronous, set_as_default):
        assert (asynchronous, set_as_default) == (True, False)
        Here.log = [(address, timeout)]

    def __await__(self):
        yield from ()
        return self

    async def wait_for_workers(self, wanted, timeout):
        if self.workers < wanted:
            raise TimeoutError(timeout)

    async def close(self):
        self.log.append("closed")

    async def scatter(self, data, *, broadcast):
        self.log.append(("scattered", broadcast))
        return data

    def submit(self, function, *arguments, pure):
        self.log.append(("submitted", len(arguments[1]), pure))

        class Answer:
            def __await__(self):
                yield from ()
                return function(*arguments)

            def release(self):
                Here.log.append("released")

        return Answer()


@pytest.mark.usefixtures("opened")
def test_cluster_gets_the_recipe_once_and_parts_in_order(monkeypatch):
    monkeypatch.setattr(distributed, "Client", Here)
    seekers = [number % len(WORLD) for number in range(PART + 2)]
    ranked = list(rank_many(recipe(), seekers, ASKED, address="tcp://cluster:8786"))
    assert ranked == list(rank_many(recipe(), seekers, ASKED))
    assert Here.log == [
        ("tcp://cluster:8786", batch.CONNECT_SECONDS),
        ("scattered", True),
        ("submitted", PART, False),
        ("submitted", 2, False),
        "released",
        "released",
        "closed",
    ]


def test_scheduler_without_workers_is_told(monkeypatch):
    monkeypatch.setattr(distributed, "Client", Here)
    monkeypatch.setattr(Here, "workers", 0)
    with pytest.raises(Unavailable) as refusal:
        list(rank_many(recipe(), [1], ASKED, address="tcp://cluster:8786"))
    assert refusal.value.code == "cluster_empty"
    assert "`dask worker tcp://cluster:8786`" in str(refusal.value)
    assert Here.log[-1] == "closed"
