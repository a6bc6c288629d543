"""Quantities stay what was said."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.kernel.errors import Invalid
from mistok.kernel.quantities import Quantity

NUMBERS = st.decimals(0, 10**15 - 1, places=3, allow_nan=False, allow_infinity=False)


@given(NUMBERS, st.sampled_from(["", "<", ">", "~"]), st.sampled_from(["pcs", "t", "EUR"]))
def test_quantity_written_and_read_again_is_the_same(number, bound, unit):
    quantity = Quantity(number, unit, bound)
    number_text, _blank, unit_text = str(quantity).rpartition(" ")
    assert Quantity.parse(number_text, unit_text) == quantity


def test_quantity_with_a_bound_stays_an_inequality():
    assert Quantity.parse(" >5 ", " t ") == Quantity(Decimal(5), "t", ">")
    assert str(Quantity.parse("~2.50", "EUR")) == "~2.50 EUR"


@pytest.mark.parametrize("text", ["", "five", "-1", "1,5", "1e3", "5 t", ">", "1" * 16, "٣"])
def test_quantity_malformed_is_refused(text):
    with pytest.raises(Invalid) as refused:
        Quantity.parse(text, "t")
    assert refused.value.code == "quantity_malformed"


def test_quantity_without_a_unit_is_refused():
    with pytest.raises(Invalid) as refused:
        Quantity.parse("5", "  ")
    assert refused.value.code == "unit_missing"
