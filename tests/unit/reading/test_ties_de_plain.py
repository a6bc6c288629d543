"""Plain German sentences, as local papers tell of ties, read by the whole reader."""

import pytest
from plain_told import cases, told


@pytest.mark.parametrize(("text", "expected"), cases("de"))
def test_a_plain_sentence_gives_just_its_ties(text, expected):
    assert told(text) == expected
