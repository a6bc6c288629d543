"""What people type and paste is kept readable."""

import pytest

from mistok.accounts.services.texts import words


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("3\u00a0Rettungswagen", "3 Rettungswagen"),
        ("1\u202f200 кг\tна місяць", "1 200 кг на місяць"),
        ("one\r\ntwo", "one\ntwo"),
        ("\u200bhidden\x00", "hidden"),
    ],
)
def test_spaces_of_word_processors_become_plain_ones(pasted, kept):
    assert words(pasted, what="The note", most=100) == kept
