"""Texts and encodings: what is kept, what is taken out, what is refused with a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.kernel.errors import Invalid
from mistok.reading.intake import open_bytes, open_text
from mistok.reading.model import Text

UKRAINIAN = (
    "Рівне та Федерал-Вей підписали угоду про побратимство. Її схвалила міська рада. "
    "Мер подякував обом громадам за їхню щедрість."
)
POLISH = (
    "Gmina Brzeźnica podpisała umowę o współpracy z Kowlem. Wójt dziękował radnym. "
    "Święto trwało całą noc, a goście dostali książki i ćwiczenia."
)
GERMAN = (
    "Düsseldorf schließt eine Partnerschaft mit Czernowitz. Der Bürgermeister führte das Gespräch. "
    "Die Städte möchten künftig enger zusammenarbeiten."
)


def refused(data: bytes | str, **told: str) -> Invalid:
    with pytest.raises(Invalid) as caught:
        open_text(data) if isinstance(data, str) else open_bytes(data, **told)
    assert str(caught.value).endswith(".")
    return caught.value


def taken(data: bytes | str, name: str = "") -> Text | Invalid:
    """The text of a document, or the refusal of it."""
    try:
        return open_text(data) if isinstance(data, str) else open_bytes(data, name=name)
    except Invalid as refusal:
        return refusal


def test_a_pasted_text_keeps_every_letter_and_gets_language_date_and_title() -> None:
    pasted = (
        "12 May 2023\nKyiv finds a friend\n\n“Kyiv”\u00a0and Paris – at last – are twins now…\n"
    )
    text = open_text(pasted)
    assert text.text == pasted
    assert (text.lang, str(text.published), text.title) == (
        "en",
        "2023-05-12",
        "Kyiv finds a friend",
    )


def test_a_given_date_goes_before_a_printed_one() -> None:
    text = open_text("12 May 2023\nTitle here\n\nThe text is here to stay.", published="2024-01-02")
    assert str(text.published) == "2024-01-02"


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("The city\x00 of Kyiv.", "The city of Kyiv."),
        ("Ky\u200biv and Pa\u2060ris.", "Kyiv and Paris."),
        ("\ufeffKyiv.", "Kyiv."),
        ("Ky\u202eiv\u202c.", "Kyiv."),
        ("Kyiv\r\nParis\rLviv", "Kyiv\nParis\nLviv"),
        ("Kyiv\U000e0041\U000e0042.", "Kyiv."),
        ("Ky\u200div.", "Kyiv."),
        ("Kyiv \ud800.", "Kyiv ."),
        ("✔️ Kyiv 👩\u200d🚒", "✔️ Kyiv 👩\u200d🚒"),
        ("Karls\u00adbad", "Karls\u00adbad"),
    ],
)
def test_only_what_has_no_shape_is_taken_out(pasted: str, kept: str) -> None:
    assert open_text(pasted).text == kept


def test_positions_refer_to_the_cleaned_text() -> None:
    text = open_text("Ky\u200biv has a twin city.\u200b It is called Paris, and it is far.")
    assert [text.text[one.start : one.end] for one in text.sentences] == [
        "Kyiv has a twin city.",
        "It is called Paris, and it is far.",
    ]


@given(st.text(max_size=200))
def test_any_text_is_taken_in_or_refused_as_empty(pasted: str) -> None:
    text = taken(pasted)
    if isinstance(text, Invalid):
        assert text.code == "document_empty"
    else:
        text.text.encode("utf-8")
        assert open_text(text.text).text == text.text


@given(st.binary(max_size=300))
def test_any_bytes_are_taken_in_or_refused_with_a_sentence(data: bytes) -> None:
    text = taken(data)
    if isinstance(text, Invalid):
        assert text.code
        assert str(text)[0].isupper()
    else:
        assert text.text.strip()


@pytest.mark.parametrize("empty", ["", "  \n\t ", "\u200b\x00"])
def test_an_empty_text_is_refused(empty: str) -> None:
    assert refused(empty).code == "document_empty"
    assert refused(empty.encode()).code == "document_empty"


def test_more_than_two_million_letters_are_refused() -> None:
    assert refused("Kyiv is here. " * 150_000).code == "document_too_large"
    assert refused(b"Kyiv is here. " * 150_000).code == "document_too_large"


def test_fifty_megabytes_are_refused_at_once_by_name() -> None:
    refusal = refused(b"a" * 50_000_000, name="все.txt")
    assert refusal.code == "document_too_large"
    assert "“все.txt”" in str(refusal)


@pytest.mark.parametrize(
    ("told", "encoding"),
    [
        *((UKRAINIAN, encoding) for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le")),
        *((UKRAINIAN, encoding) for encoding in ("windows-1251", "koi8-u", "utf-16-be")),
        *((POLISH, encoding) for encoding in ("utf-8", "windows-1250", "iso-8859-2", "utf-16")),
        *((GERMAN, encoding) for encoding in ("utf-8", "windows-1252", "iso-8859-1", "cp1250")),
    ],
)
def test_a_file_is_read_whatever_its_encoding(told: str, encoding: str) -> None:
    assert open_bytes(told.encode(encoding)).text == told


def test_capitals_in_an_old_encoding_are_read() -> None:
    for encoding in ("windows-1251", "koi8-u"):
        assert open_bytes(UKRAINIAN.upper().encode(encoding)).text == UKRAINIAN.upper()


def test_typographic_quotes_in_an_old_encoding_are_read() -> None:
    told = "The mayor said: “We are friends” – and the city’s council agreed with her."
    assert open_bytes(told.encode("windows-1252")).text == told


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-u"])
def test_a_declared_encoding_is_honoured_and_a_wrong_one_is_not(encoding: str) -> None:
    page = f'<html><head><meta charset="{encoding}"></head><body><p>{UKRAINIAN}</p></body></html>'
    assert open_bytes(page.encode(encoding)).text == UKRAINIAN
    wrong = page.replace(encoding, "iso-8859-1").encode(encoding)
    assert open_bytes(wrong).text == UKRAINIAN


def test_a_few_broken_bytes_do_not_spoil_a_text() -> None:
    data = UKRAINIAN.encode() * 5
    assert UKRAINIAN in open_bytes(data[:-1]).text
    assert "побратимство" in open_bytes(data[:500] + b"\xff" + data[500:]).text


def test_utf8_that_was_stored_as_windows_1252_is_repaired() -> None:
    stored = UKRAINIAN.encode().decode("latin-1").encode("utf-8")
    assert open_bytes(stored).text == UKRAINIAN


def test_a_text_broken_in_every_way_is_refused() -> None:
    broken = bytes((137 * n * n + 91 * n) % 128 + 128 for n in range(3000))
    assert refused(b"abc " + broken).code in ("text_encoding_unknown", "document_kind_unknown")


def test_controls_throughout_are_no_text() -> None:
    assert refused(b"\x01\x02\x03abc\x04" * 200).code == "document_kind_unknown"


def test_a_text_in_georgian_is_taken_in_and_called_so() -> None:
    told = "დღეს ქალაქის მერიაში გაიმართა შეხვედრა გერმანიის დელეგაციასთან."
    text = open_bytes(told.encode())
    assert (text.text, text.lang) == (told, "ka")
