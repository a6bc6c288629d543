"""What may be stated about what."""

import pytest

from mistok.kernel.errors import Invalid
from mistok.provenance.vocabulary import (
    COUNTRY,
    EVENT,
    LABEL,
    LONGEST,
    NAME,
    PARTY,
    SUPPORT,
    VOCABULARY,
    prop_for,
)


@pytest.mark.parametrize("prop", VOCABULARY.values(), ids=lambda prop: prop.name)
def test_property_is_found_by_subject_and_name(prop):
    assert prop_for(f"{prop.about}_abcdefgh2345", prop.name) is prop


@pytest.mark.parametrize(
    ("subject", "name"),
    [("tie_a", "support"), ("support_a", "party"), ("tie_a", ""), ("", "party")],
)
def test_property_of_another_subject_is_refused(subject, name):
    with pytest.raises(Invalid) as refused:
        prop_for(subject, name)
    assert refused.value.code == "prop_unknown"


@pytest.mark.parametrize("prop", [PARTY, LABEL, NAME, COUNTRY], ids=lambda prop: prop.name)
@pytest.mark.parametrize("text", ["", " ", "x" * (LONGEST + 1)])
def test_text_empty_or_too_long_is_refused(prop, text):
    with pytest.raises(Invalid) as refused:
        prop.check(text)
    assert refused.value.code == "value_length"


def test_text_of_full_length_is_taken():
    assert LABEL.check("ї" * LONGEST) == "ї" * LONGEST


@pytest.mark.parametrize("prop", [EVENT, SUPPORT], ids=lambda prop: prop.name)
def test_structured_value_is_checked_by_its_shape(prop):
    with pytest.raises(Invalid):
        prop.check('{"event":"signed","kind":"weapons"}')
