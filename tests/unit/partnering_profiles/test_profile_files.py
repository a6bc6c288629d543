"""Profiles in JSON files: read back as written, refused with the reason."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.kernel.errors import Invalid
from mistok.matching.declared import SETS, Profile, Wishes
from mistok.partnering.profiles.entry import MOST_CODES, ProfileEntry, problems
from mistok.partnering.profiles.files import (
    LARGEST,
    as_document,
    entry_of_file,
    entry_of_json,
    profile_of_file,
)
from mistok.partnering.profiles.vocabulary import words_of

pytestmark = pytest.mark.usefixtures("world")
REFERENCE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "profile-file.md"

numbers = st.none() | st.integers(1, 50)
entries = st.builds(
    ProfileEntry,
    profile=st.builds(
        Profile,
        **{
            name: st.frozensets(st.sampled_from(sorted(words_of(name))), max_size=MOST_CODES)
            for name in SETS
        },
        wishes=st.builds(
            Wishes,
            countries=st.frozensets(st.sampled_from(["DE", "PL"])),
            not_countries=st.frozensets(st.sampled_from(["HU", "RU"])),
            population_from=st.none() | st.just(1),
            population_to=numbers,
            max_km=numbers,
        ),
        capacity=numbers,
    ),
    about_en=st.text("abc \n", max_size=40),
    about_uk=st.text("їєґ \n", max_size=40),
    public=st.booleans(),
)


def refusal(data, tmp_path):
    path = tmp_path / "profile.json"
    path.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
    with pytest.raises(Invalid) as refused:
        entry_of_file(path)
    assert str(refused.value).endswith(".")
    return refused.value


@given(entries)
def test_file_read_back_gives_the_same_entry(entry):
    document = json.dumps(as_document(entry)).encode()
    assert entry_of_json(document, "p.json") == entry
    assert problems(entry) == {}


def test_example_of_the_reference_is_a_sound_profile(tmp_path):
    (example,) = re.findall(r"```json\n(.*?)```", REFERENCE.read_text("utf-8"), re.DOTALL)
    path = tmp_path / "example.json"
    path.write_text(example, encoding="utf-8-sig")
    profile = profile_of_file(path)
    assert profile.wanted
    assert profile.wishes.said
    assert json.loads(example) == as_document(entry_of_file(path))


@pytest.mark.parametrize("name", SETS)
def test_reference_lists_every_word(name):
    text = REFERENCE.read_text(encoding="utf-8")
    if name != "languages":
        assert [code for code in words_of(name) if f"`{code}`" not in text] == []


def test_empty_object_says_nothing(tmp_path):
    assert entry_of_json(b"{}", "p.json") == ProfileEntry()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"{", "line 1"),
        (b"{\n\n x", "line 3"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"", "line 1"),
        (b"[" * 60_000, "JSON"),
        (b" " * (LARGEST + 1), "too large"),
        ([], "JSON is not an object"),
        ({"wishes": []}, "wishes is not an object"),
        ({"wanted": "culture"}, "wanted is not a list"),
        ({"wanted": [1]}, "wanted is not a list"),
        ({"capacity": "2"}, "capacity is not a whole number"),
        ({"capacity": True}, "capacity is not a whole number"),
        ({"capacity": 1.5}, "capacity is not a whole number"),
        ({"about": {"en": 5}}, "about is not a text"),
        ({"about": {"de": "x"}}, "“de”"),
        ({"public": "yes"}, "neither true nor false"),
        ({"wnated": []}, "“wnated”"),
        ({"wishes": {"land": "DE"}}, "“land”"),
    ],
)
def test_file_that_is_no_profile_is_refused_with_the_reason(data, words, tmp_path):
    told = refusal(data, tmp_path)
    assert told.code == "profile_unreadable"
    assert words in str(told)
    assert "profile.json" in str(told)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"wanted": ["culture", "war"]}, "wanted"),
        ({"needs": ["culture"]}, "needs"),
        ({"languages": ["xx"]}, "languages"),
        ({"offers": sorted(words_of("offers"))[: MOST_CODES + 1]}, "offers"),
        ({"capacity": -1}, "capacity"),
        ({"capacity": 51}, "capacity"),
        ({"wishes": {"countries": ["Germany"]}}, "countries"),
        ({"wishes": {"countries": ["de"]}}, "countries"),
        ({"wishes": {"countries": ["RU"]}}, "countries"),
        ({"wishes": {"not_countries": ["XQ"]}}, "not_countries"),
        ({"wishes": {"countries": ["DE"], "not_countries": ["DE"]}}, "not_countries"),
        ({"wishes": {"population_from": 9, "population_to": 8}}, "population_to"),
        ({"wishes": {"population_from": -1}}, "population_from"),
        ({"wishes": {"max_km": 0}}, "max_km"),
        ({"wishes": {"max_km": 10**30}}, "max_km"),
        ({"about": {"en": "50.2547, 28.6587"}}, "about_en"),
        ({"about": {"uk": "a@b.ua"}}, "about_uk"),
    ],
)
def test_value_outside_the_rules_is_refused_with_its_field(said, field, tmp_path):
    told = refusal(said, tmp_path)
    assert told.code == "profile_invalid"
    assert list(told.details["fields"]) == [field]


def test_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Invalid) as refused:
        profile_of_file(tmp_path / "none.json")
    assert refused.value.code == "file_unreadable"
    assert "none.json" in str(refused.value)


def test_not_wishing_for_an_aggressor_state_is_allowed():
    entry = ProfileEntry(profile=Profile(wishes=Wishes(not_countries=frozenset({"RU", "BY"}))))
    assert problems(entry) == {}
