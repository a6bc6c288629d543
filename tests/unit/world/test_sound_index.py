"""Names with typos: what the index promises, against a comparison with every name."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA, Levenshtein

from mistok.world import World
from mistok.world.building import write_world
from mistok.world.compile import compile_records
from mistok.world.gather import Gathered
from mistok.world.model import PlaceRecord
from mistok.world.sound_index import GARBLED, LONG, LONGEST, SHORTEST, SoundIndex, patterns
from mistok.world.sounding import sound

LETTERS = "abdegiklmnoprstuvx"
# Each example compiles a world of its own, which takes a fifth of a second.
SLOW = settings(max_examples=10)
spellings = st.lists(st.text(alphabet=LETTERS[:8], min_size=3, max_size=14), min_size=1)


def _index(names: Sequence[str]) -> tuple[SoundIndex, list[str]]:
    """The index of names that are folded already, and the names by position."""
    records = [
        PlaceRecord(f"geonames:{number}", name, name, "DE", "country")
        for number, name in enumerate(names)
    ]
    sections, _facts = compile_records(records)
    ordered = sorted(set(names), key=str.encode)
    return SoundIndex(sections), ordered


@cache
def _berlin() -> SoundIndex:
    return _index(["berlin"])[0]


def _near(index: SoundIndex, text: str) -> dict[int, int]:
    """The positions found, each with its distance."""
    return {place: away for away, places in index.near(text) for place in places.tolist()}


def _promised(text: str, other: str) -> int:
    """The distance when `near` promises to find it, else 0.

    Two typos are promised from LONG letters on; when letters in wrong order are among them, from
    ten on, and two such pairs never.
    """
    away = OSA.distance(text, other)
    pairs = Levenshtein.distance(text, other) - away
    if away == 1:
        return 1
    if away == 2 and len(text) >= LONG and (pairs == 0 or (pairs == 1 and len(text) >= 10)):
        return 2
    return 0


def _typo(text: str, at: int, letter: str, sort: int) -> str:
    """One typo in a text: a letter too many, too few, another, or two in wrong order."""
    at %= len(text) or 1
    if sort == 0:
        return text[:at] + letter + text[at:]
    if sort == 1:
        return text[:at] + text[at + 1 :]
    if sort == 2:
        return text[:at] + letter + text[at + 1 :]
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


typo = st.tuples(st.integers(0, 60), st.sampled_from(LETTERS), st.integers(0, 3))


@SLOW
@given(names=spellings, typos=st.lists(typo, min_size=1, max_size=2), which=st.integers(0, 99))
def test_near_finds_all_that_is_promised(
    names: list[str], typos: list[tuple[int, str, int]], which: int
) -> None:
    index, ordered = _index(names)
    text = sound(names[which % len(names)])
    for at, letter, sort in typos:
        text = _typo(text, at, letter, sort)
    found = _near(index, text)
    for position, name in enumerate(ordered):
        rough = sound(name)
        if position in found:
            assert found[position] == OSA.distance(text, rough) in (1, 2)
        elif len(text) >= SHORTEST and rough:
            assert _promised(text, rough) == 0, (text, rough)


@SLOW
@given(names=spellings)
def test_exact_finds_the_names_that_sound_so_and_no_others(names: list[str]) -> None:
    index, ordered = _index(names)
    for text in {*map(sound, names), "zz", "", "a" * 200}:
        expected = [position for position, name in enumerate(ordered) if sound(name) == text]
        assert sorted(index.exact(text).tolist()) == (expected if text else [])


@SLOW
@given(names=spellings)
def test_near_leaves_out_what_sounds_exactly_so(names: list[str]) -> None:
    index, _ordered = _index(names)
    for text in map(sound, names):
        assert not set(_near(index, text)) & set(index.exact(text).tolist())


@pytest.mark.parametrize(
    ("text", "name", "away"),
    [
        ("buka", "buxa", 1),  # four letters may hold one typo
        ("bkua", "buka", 1),
        ("buk", "buka", 0),  # three are too few
        ("domuta", "domata", 1),
        ("dumuta", "domata", 0),  # six may hold one only
        ("dumutask", "domataks", 0),
        ("dumatask", "domatusk", 2),  # eight may hold two
        ("dumatas", "domatask", 0),  # seven may not
    ],
)
def test_near_by_length_of_the_text(text: str, name: str, away: int) -> None:
    index, _ordered = _index([name, "konstantinopel", "ab"])
    assert sorted(_near(index, text).values()) == ([away] if away else [])


def test_near_is_silent_for_texts_too_short_or_too_long() -> None:
    index, _ordered = _index(["ab", "badelaga", "badelagine" * 5])
    for size in (0, 1, SHORTEST - 1, LONGEST + 1, 400):
        assert index.near(("badelagine" * 41)[:size]) == [], size


@pytest.mark.parametrize("size", range(1, 60))
def test_texts_longer_than_every_name_find_nothing(size: int) -> None:
    index = _berlin()
    text = ("duxtam" * 10)[:size]
    assert index.exact(text).tolist() == []
    assert index.near(text) == []
    assert index.garbled(text) == []


def test_texts_of_another_script_are_searched_by_their_bytes() -> None:
    index, ordered = _index(["東京都港区", "大阪府大阪市", "αθηνα"])
    assert index.exact("αθηνα").tolist() == [ordered.index("αθηνα")]
    assert _near(index, "αθυνα") == {ordered.index("αθηνα"): 1}


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("badensod", "badsoden", False),  # too short for such a guess
        ("konstantinpoel", "konstantinopel", True),
        ("nopelkonstanti", "konstantinopel", False),  # every letter is in another place
        ("konstentinupal", "konstantinopel", True),
    ],
)
def test_garbled_is_within_a_quarter_of_the_length(text: str, name: str, found: bool) -> None:
    index, ordered = _index([name, "gelsenkirsen", "rostov"])
    places = [place for _away, names in index.garbled(text) for place in names.tolist()]
    assert (ordered.index(name) in places) is found


@SLOW
@given(names=spellings, text=st.text(alphabet=LETTERS[:8], min_size=GARBLED, max_size=20))
def test_garbled_distances_are_true_and_small(names: list[str], text: str) -> None:
    index, ordered = _index(names)
    for away, places in index.garbled(text):
        assert away <= len(text) // 4
        assert {OSA.distance(text, sound(ordered[place])) for place in places.tolist()} == {away}


def test_patterns_differ_little_for_one_typo() -> None:
    pairs, letters = patterns([b"xitomir", b"xitamir", b"xitmoir"])
    assert (np.bitwise_count(pairs ^ pairs[0]) <= [0, 4, 6]).all()
    assert (np.bitwise_count(letters ^ letters[0]) <= [0, 2, 0]).all()
    assert pairs[0] != pairs[1]


def test_world_with_few_names_answers_long_and_short_texts(tmp_path: Path) -> None:
    write_world(tmp_path, Gathered([PlaceRecord("iso:DE", "Ulm", "Ulm", "DE", "country")], []))
    world = World.open(tmp_path)
    assert world.find("Ulm")[0].place.key == "iso:DE"
    for size in (1, 5, 12, 50, 200):
        assert world.find("x" * size) == []


def test_world_without_any_name_finds_nothing(tmp_path: Path) -> None:
    write_world(tmp_path, Gathered([PlaceRecord("iso:DE", "…", "…", "DE", "country")], []))
    assert World.open(tmp_path).find("Ulm") == []
