"""What holds of every text whatever: positions, order, roles; and that time stays bounded."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.kernel.dates import PartialDate
from mistok.reading.language import language_of
from mistok.reading.segmenting import segment
from mistok.reading.segmenting.dateline import published_in

ROLES = {"title", "heading", "body", "item", "dateline", "furniture"}
PIECES = st.sampled_from(
    [
        "Kyiv and Paris have signed an agreement. It is the second one.",
        "Read also:",
        "Читайте також",
        "12.03.2023",
        "31 October 2024",
        "- Lublin (Poland), since 1998",
        "Home | News | Sport",
        "Comments (3)",
        "Partner cities:",
        "z. B. am 9. Februar",
        "…",
        "—",
        "TACOMA — The",
        "\t",
        "a\tb\tc",
        "1. ",
        "(mho)",
        "росія",
        "Dr.",
        '"',
        "",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=300),
    st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=25).map("\n".join),
    st.lists(PIECES, max_size=25).map(" ".join),
)


@given(TEXTS, st.sampled_from(["en", "uk", "de", "pl", ""]))
def test_sentences_are_ordered_apart_and_cover_every_letter(text: str, lang: str) -> None:
    sentences = segment(text, lang)
    last, paragraph = 0, 0
    for one in sentences:
        assert last <= one.start < one.end <= len(text)
        assert one.role in ROLES
        assert one.paragraph >= paragraph
        piece = text[one.start : one.end]
        assert piece == piece.strip()
        between = text[last : one.start].replace("-", "")
        assert not any(map(str.isalpha, between)), between
        last, paragraph = one.end, one.paragraph
    assert not any(map(str.isalpha, text[last:]))


@given(TEXTS)
def test_language_and_date_are_told_of_any_text(text: str) -> None:
    lang = language_of(text)
    date = published_in(text, segment(text, lang), lang)
    assert isinstance(lang, str)
    assert date is None or PartialDate.parse(str(date)) == date


@given(TEXTS)
def test_the_same_text_is_always_read_the_same(text: str) -> None:
    assert segment(text, "en") == segment(text, "en")


@pytest.mark.parametrize(
    "text",
    [
        ", ".join(f"Lviv{n}" for n in range(10_000)),
        "\n".join(["Lviv"] * 10_000),
        "Lviv. " * 20_000,
        "A. B. C. " * 20_000,
        "." * 200_000,
        "1.1.2022 " * 20_000,
        "\n".join(["1.1.2022"] * 10_000),
        "\n".join(["Read also"] * 10_000),
        "\n".join(["- Lublin (Poland)"] * 10_000),
        "\n".join(["Home | News | Sport"] * 10_000),
        "(" * 100_000,
        "“" * 100_000 + "a",
        "a\n" * 50_000,
        " " * 500_000 + "x",
        "word " * 60_000,
        "Read also\n" + "Kyiv has a partner in the west and one in the south. Good.\n\nx\n" * 3000,
    ],
    ids=lambda text: text[:12],
)
def test_a_heap_of_anything_is_read_in_bounded_time(text: str) -> None:
    began = time.perf_counter()
    lang = language_of(text)
    published_in(text, segment(text, lang), lang)
    # Usually far below a second; a busy machine may take a few.
    assert time.perf_counter() - began < 8


def test_time_grows_with_the_length_and_not_with_its_square() -> None:
    page = "Kyiv and Paris have signed an agreement on the 3. of May 2022. It is new.\n" * 400

    def taken(text: str) -> float:
        began = time.perf_counter()
        published_in(text, segment(text, "en"), "en")
        return time.perf_counter() - began

    taken(page)
    assert taken(page * 8) < max(taken(page), 0.02) * 40
