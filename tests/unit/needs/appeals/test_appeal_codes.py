"""Codes of letters: no slip goes unnoticed, and what was typed otherwise is understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.needs.appeals.codes import LENGTH, SIGNS, grouped, is_whole, new_code, read_code
from mistok.needs.appeals.codes import with_check as checked

BARE = st.text(SIGNS, min_size=LENGTH - 1, max_size=LENGTH - 1).map(checked)


def test_new_codes_are_whole_and_differ():
    made = {new_code() for _ in range(200)}
    assert len(made) == 200
    assert all(is_whole(code) and len(code) == 14 for code in made)


@given(BARE, st.integers(0, LENGTH - 1), st.sampled_from(SIGNS))
def test_one_wrong_sign_is_found(code, place, sign):
    wrong = code[:place] + sign + code[place + 1 :]
    assert is_whole(grouped(wrong)) == (wrong == code)


@given(BARE, st.integers(0, LENGTH - 1), st.integers(0, LENGTH - 1))
def test_two_signs_that_changed_places_are_found(code, one, other):
    signs = list(code)
    signs[one], signs[other] = signs[other], signs[one]
    wrong = "".join(signs)
    assert is_whole(grouped(wrong)) == (wrong == code)


@pytest.mark.parametrize(
    "typed",
    [
        "k7qm 2xwd 94t{}",
        "K7QM2XWD94T{}",
        " K7QM–2XWD–94T{} ",
        "К7QМ-2ХWD-94Т{}",  # Cyrillic К, М, Х, Т
        "K7QM-ZXWD-94T{}",
        "K7QM_2XWD.94T{}",
    ],
)
def test_code_is_read_as_people_type_it(typed):
    whole = grouped(checked("K7QM2XWD94T"))
    assert read_code(typed.format(whole[-1].lower())) == whole


@pytest.mark.parametrize("typed", ["", "K7QM", "K7QM-2XWD-94TR-K7QM", "K7QM-2XWD-94T0", "ї" * 12])
def test_what_cannot_be_a_code_is_nothing(typed):
    assert read_code(typed) == ""


def test_no_sign_looks_like_another():
    assert len(set(SIGNS)) == len(SIGNS) == 23
    assert not set(SIGNS) & set("0OI1L5SUVBGNZ")
