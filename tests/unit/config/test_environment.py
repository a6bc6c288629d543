"""Settings read from the environment: typed, and refused when they mean nothing."""

import pytest

from mistok.config import environment
from mistok.kernel.errors import Invalid


@pytest.fixture
def given(monkeypatch):
    """Set the variable MISTOK_TEST."""
    return lambda value: monkeypatch.setenv("MISTOK_TEST", value)


@pytest.mark.parametrize("value", ["", "  "])
def test_text_empty_or_missing_is_the_default(given, value):
    assert environment.text("MISTOK_TEST", "default") == "default"
    given(value)
    assert environment.text("MISTOK_TEST", "default") == "default"
    given(" said ")
    assert environment.text("MISTOK_TEST", "default") == "said"


@pytest.mark.parametrize(
    ("word", "meant"), [("true", True), ("YES", True), ("1", True), ("off", False), ("No", False)]
)
def test_flag_is_read_as_people_write_it(given, word, meant):
    given(word)
    assert environment.flag("MISTOK_TEST", not meant) is meant


def test_flag_missing_is_the_default():
    assert environment.flag("MISTOK_TEST", True) is True


@pytest.mark.parametrize("word", ["maybe", "2", "так"])
def test_flag_that_means_nothing_is_refused(given, word):
    given(word)
    with pytest.raises(Invalid) as refused:
        environment.flag("MISTOK_TEST", False)
    assert word in str(refused.value)


def test_whole_number_is_read(given):
    assert environment.whole("MISTOK_TEST", 2) == 2
    given("16")
    assert environment.whole("MISTOK_TEST", 2) == 16


@pytest.mark.parametrize("word", ["0", "-1", "two", "1.5", "٣"])
def test_whole_number_below_one_or_in_words_is_refused(given, word):
    given(word)
    with pytest.raises(Invalid):
        environment.whole("MISTOK_TEST", 2)


def test_words_are_parted_by_commas(given):
    assert environment.words("MISTOK_TEST", ["a"]) == ["a"]
    given("one, two,,")
    assert environment.words("MISTOK_TEST", ["a"]) == ["one", "two"]


def test_secret_is_read_from_the_file_that_is_named(given, monkeypatch, tmp_path):
    given("in the open")
    assert environment.secret("MISTOK_TEST", "") == "in the open"
    (tmp_path / "secret").write_text("kept\n")
    monkeypatch.setenv("MISTOK_TEST_FILE", str(tmp_path / "secret"))
    assert environment.secret("MISTOK_TEST", "") == "kept"


def test_secret_file_that_cannot_be_read_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("MISTOK_TEST_FILE", str(tmp_path / "missing"))
    with pytest.raises(Invalid) as refused:
        environment.secret("MISTOK_TEST", "")
    assert refused.value.code == "setting_unreadable"
