"""Everyone with everyone on a real cluster of two workers: the same answers as without."""

import json
from dataclasses import replace

import pytest
from test_profiles import saved

from factories import BUCHA, DORTMUND, GDYNIA, PLOCK, ZHYTOMYR, a_tie
from mistok.kernel.errors import Unavailable
from mistok.matching import batch
from mistok.matching.batch import rank_many
from mistok.partnering.search import Way, narrowed, recipe, the_seeker

pytestmark = [pytest.mark.django_db, pytest.mark.cluster]
KEYS = [ZHYTOMYR, "iso:DE", DORTMUND, BUCHA, GDYNIA, "", PLOCK]


def test_cluster_gives_the_same_lines(mistok, cluster, monkeypatch):
    monkeypatch.setattr(batch, "PART", 2)
    a_tie(ZHYTOMYR, DORTMUND)
    saved()
    asked = ["--limit", "3", "--include-tied", "--weight", "size=2", "--weighting", "solidarity"]
    lines = "\n".join(KEYS)
    alone = mistok("match", "-", *asked, stdin=lines)
    together = mistok("match", "-", *asked, "--dask", cluster, stdin=lines)
    assert (alone.status, together.status) == (0, 0)
    assert together.out == alone.out
    documents = [json.loads(line) for line in together.out.splitlines()]
    assert [one["key"] for one in documents] == KEYS
    assert [len(one["candidates"]) for one in documents] == [3, 0, 3, 3, 3, 0, 3]


def test_cluster_gives_the_same_fits_with_all_their_facts(cluster, monkeypatch):
    monkeypatch.setattr(batch, "PART", 1)
    seekers = [the_seeker(key) for key in (BUCHA, PLOCK, BUCHA)]
    told = recipe(Way())
    asked = narrowed(limit=5)
    together = list(rank_many(told, seekers, asked, address=cluster))
    assert together == list(rank_many(told, seekers, asked))
    assert together[0] == together[2] != together[1]


def test_worker_that_has_no_world_says_so(cluster, tmp_path):
    told = replace(recipe(Way()), world=str(tmp_path))
    with pytest.raises(Unavailable) as refusal:
        list(rank_many(told, [1], narrowed(), address=cluster))
    assert refusal.value.code == "world_missing"
