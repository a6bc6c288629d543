"""Any text is read without a crash, with exact offsets, in bounded time; the same way each time."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places_cast import mentions, page, the_reader, the_world

from mistok.reading.model import Text
from mistok.reading.places import PlaceReader
from mistok.reading.places.places import MOST_CAPITALS

pytestmark = pytest.mark.world

PIECES = st.sampled_from(
    "Kyiv Київ Києва Lublin Lublina Frankfurt (Oder) Bad Soden the city of місто Stadt miasto "
    "sister Partnerstadt побратим Ukraine України Mayor мер Klitschko Кличко St. - – ’s , . : ( ) "
    "Харківська область obwód zakarpacki Landkreis region capital столиця \u00ad \u0301 漢 🙂 A. "
    "KYIV, — and та i und County Washington State".split()
)


@given(
    st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join)),
    st.sampled_from(["en", "uk", "de", "pl", "fr", ""]),
)
def test_any_text_is_read_with_exact_offsets(text: str, lang: str) -> None:
    opened = page(text, lang)
    found = the_reader().mentions(opened)
    last = 0
    for mention in found:
        sentence = opened.sentences[mention.sentence]
        assert sentence.start <= mention.start < mention.end <= sentence.end
        assert mention.start >= last or mention.role == "capital"
        assert 0.0 <= mention.sure <= 1.0
        assert mention.party.country
        assert mention.party.name
        last = mention.start


def test_no_words_have_no_places() -> None:
    assert the_reader().mentions(Text("", "en", ())) == ()
    assert mentions("... --- ,,,", "uk") == ()


def test_a_fresh_reader_reads_as_one_that_has_read_much() -> None:
    text = "Мер Харкова їде до Кельна. Kichinow und die Stadt Tschernowicz. Miasto Stryj."
    for lang in ("uk", "de", "pl", "en"):
        opened = page(text, lang)
        assert PlaceReader(the_world()).mentions(opened) == the_reader().mentions(opened)


def test_ten_thousand_names_in_a_row_take_bounded_time() -> None:
    names = ["Kyiv", "Springfield", "San Jose", "Bad Soden", "Nowy Sącz", "Neustadt", "Halle"]
    text = " ".join(names[at % len(names)] + ("x" if at % 5 == 0 else "") for at in range(10_000))
    begun = time.process_time()
    assert len(mentions(text, "en")) > 4_000
    assert time.process_time() - begun < 6.0


def test_a_text_of_megabytes_is_read_to_a_limit() -> None:
    text = "\n".join(["The mayors of Kyiv and Lublin met again in the city of Gdynia."] * 30_000)
    begun = time.process_time()
    found = mentions(text, "en")
    assert time.process_time() - begun < 20.0
    assert 3_000 < len(found) <= MOST_CAPITALS
