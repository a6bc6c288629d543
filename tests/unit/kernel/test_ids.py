"""Public ids are the same on every machine, and never run into each other."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.kernel.ids import content_hash, is_place_key, is_public_id, public_id

PARTS = st.lists(st.text(st.characters(exclude_categories=("Cs",))), max_size=5)


def test_public_id_is_stable_between_releases():
    assert public_id("tie", "geonames:1", "geonames:2") == "tie_pekuiezjawxg"


@given(PARTS)
def test_public_id_has_its_own_form(parts):
    made = public_id("source", *parts)
    assert made == public_id("source", *parts)
    assert is_public_id(made, "source")
    assert not is_public_id(made, "tie")


@given(PARTS, PARTS)
def test_content_hash_tells_different_parts_apart(one, two):
    assert (content_hash(*one) == content_hash(*two)) == (one == two)


def test_content_hash_is_sha256_of_lengths_and_parts():
    expected = hashlib.sha256((2).to_bytes(8, "big") + "є".encode()).hexdigest()
    assert content_hash("є") == expected


@pytest.mark.parametrize(
    "key",
    [
        "katottg:UA18040190000029215",
        "geonames:2935517",
        "iso:DE",
        "iso:UA-18",
        "iso:GB-ENG",
        "place_abcdefgh2345",
    ],
)
def test_place_key_of_each_kind_is_known(key):
    assert is_place_key(key)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "katottg:UA1804019000002921",
        "katottg:ua18040190000029215",
        "geonames:0",
        "geonames:" + "1" * 11,
        "geonames:٣",
        "iso:de",
        "iso:DE-",
        "place_ABC",
        "tie_abcdefgh2345",
        "geonames:1\n",
        " geonames:1",
    ],
)
def test_place_key_of_another_form_is_none(text):
    assert not is_place_key(text)


@pytest.mark.parametrize("text", ["", "tie_", "tie_short", "tie_ABCDEFGH2345", "tie_abcdefgh2345x"])
def test_public_id_of_another_form_is_none(text):
    assert not is_public_id(text, "tie")
