"""Intake: text, web pages, PDF and DOCX files in, one kind of `Text` out.

Belongs here: kinds of files, encodings, limits, what is hidden from readers, cleaning before
positions exist. Does not belong here: fetching pages, and what the words say.
"""

from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Invalid
from mistok.reading.intake.cleaning import cleaned
from mistok.reading.intake.docx import docx_text
from mistok.reading.intake.encodings import decoded
from mistok.reading.intake.html import PageText, page_text
from mistok.reading.intake.limits import (
    MOST_BYTES,
    MOST_CHARACTERS,
    empty,
    too_large,
    too_long,
)
from mistok.reading.intake.pdf import pdf_text
from mistok.reading.intake.sniffing import kind_of
from mistok.reading.language import language_of
from mistok.reading.model import Text
from mistok.reading.segmenting import segment
from mistok.reading.segmenting.dateline import published_in

__all__ = ["open_bytes", "open_text"]


def open_text(
    text: str, *, published: str = "", title: str = "", url: str = "", publisher: str = ""
) -> Text:
    """Take in a text as it was pasted or stored: its language, sentences and own date.

    Every letter stays as it is, so that evidence is an exact piece of what was given. Taken out are
    only characters without shape (NUL and other controls, zero-width characters, marks of
    direction, halves of characters); line ends become `\\n`. Soft hyphens, odd blanks and quotes
    stay. `published` (ISO 8601) goes before the date that the text prints. Raises Invalid
    (`document_empty`, `document_too_large`, `date_malformed`).
    """
    if len(text) > MOST_CHARACTERS:
        raise too_long("")
    given = PartialDate.parse_or_none(published)
    text = cleaned(text)
    if not text.strip():
        raise empty("")
    lang = language_of(text)
    sentences = segment(text, lang)
    date = given or published_in(text, sentences, lang)
    own = next((one for one in sentences if one.role == "title"), None)
    if not title and own is not None:
        title = " ".join(text[own.start : own.end].split())[:300]
    return Text(text, lang, sentences, date, title, publisher, url)


def open_bytes(
    data: bytes, *, name: str = "", content_type: str = "", published: str = "", url: str = ""
) -> Text:
    """Take in a file: plain text, web page, PDF or DOCX, told apart by its content first.

    Hidden words of pages and papers are left out. `name` stands in the sentences of refusals.
    Raises Invalid: `document_empty`, `document_too_large`, `document_kind_unknown`,
    `text_encoding_unknown`, `pdf_without_text`, `pdf_encrypted`, `pdf_broken`, `docx_broken`,
    `html_broken`.
    """
    if len(data) > MOST_BYTES:
        raise too_large(name, f"a file may have {MOST_BYTES // 1_000_000} MB")
    if not data.strip(b" \t\r\n\x00"):
        raise empty(name)
    page = _page(data, name, content_type)
    if len(page.text) > MOST_CHARACTERS:
        raise too_long(name)
    if not page.text.strip():
        raise empty(name)
    text = open_text(
        page.text,
        published=published,
        title=page.title,
        url=url or page.url,
        publisher=page.publisher,
    )
    if text.published is None and page.date:
        text = _dated(text, page.date)
    return text


def _page(data: bytes, name: str, content_type: str) -> PageText:
    kind = kind_of(data, name, content_type)
    if kind == "pdf":
        return PageText(*pdf_text(data, name))
    if kind == "docx":
        return PageText(*docx_text(data, name))
    text = decoded(data, name=name, content_type=content_type, html=kind == "html")
    return page_text(text, name) if kind == "html" else PageText(cleaned(text))


def _dated(text: Text, date: str) -> Text:
    """Take the date that a page tells in its head, where the text itself prints none."""
    try:
        told = PartialDate.parse_or_none(date[:10])
    except Invalid:
        return text
    return Text(text.text, text.lang, text.sentences, told, text.title, text.publisher, text.url)
