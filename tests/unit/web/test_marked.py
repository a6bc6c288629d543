"""Which letters of a suggested name are marked as those that were typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.web.registry.suggest import Marked, marked


@pytest.mark.parametrize(
    ("name", "typed", "parts"),
    [
        ("Львів", "льв", ("", "Льв", "ів")),
        ("Kryvyi Rih", "rih", ("Kryvyi ", "Rih", "")),
        ("Łódź", "lod", ("", "Łód", "ź")),
        ("Kam’ianske", "kamia", ("", "Kam’ia", "nske")),
        ("Бар", "бар ", ("", "Бар", "")),
        ("Großenhain", "gros", ("", "Groß", "enhain")),
        ("Lviv", "Лв", ("Lviv", "", "")),
        ("Lviv", "viv", ("Lviv", "", "")),
        ("Lviv", "🎉", ("Lviv", "", "")),
        ("Lviv", "", ("Lviv", "", "")),
        ("", "Lviv", ("", "", "")),
    ],
)
def test_marked_name_of(name, typed, parts):
    assert marked(name, typed) == Marked(*parts)


@given(st.text(max_size=30), st.text(max_size=8))
def test_marked_letters_lose_none_of_the_name(name, typed):
    assert "".join(marked(name, typed)) == name
