"""Fillings of every paper: made up from its slots, or true to life from the examples."""

import io
import json
import re
from pathlib import Path

import docx
import pypdfium2

from mistok.papers import LANGUAGES, template

EXAMPLES = Path(__file__).parent / "examples"
PAIRS = [(left, right) for left in LANGUAGES for right in LANGUAGES if left != right]


def in_turn(kinds):
    """Each kind with five pairs, for what is slow: every language stands left and right once.

    The next kind has the next five, so that four kinds together have all ordered pairs.
    """
    count = len(LANGUAGES)
    return [
        (kind, (LANGUAGES[left], LANGUAGES[(left + 1 + number % (count - 1)) % count]))
        for number, kind in enumerate(kinds)
        for left in range(count)
    ]


_UNSEEN = re.compile("[\\s\u00ad\u200b\ufffe\x02]+")


def example(kind):
    """What an office of Zhytomyr or Dortmund could fill in, in all five languages."""
    return json.loads((EXAMPLES / f"{kind}.json").read_text(encoding="utf-8"))


def made_up(kind, *, all_slots=True):
    """A value for every slot (or every required one); texts are tokens that no layout can break."""
    count = iter(range(10, 10_000))
    return {
        slot.name: _value(slot, count, all_slots)
        for slot in template(kind).slots
        if all_slots or slot.required
    }


def alternatives(kind):
    """Two fillings that together show every slot: with, and without what other slots give way to.

    (A block that has `unless` is shown only in the second.)
    """
    filled = made_up(kind)
    yielding = {block.unless for block in template(kind).blocks}
    required = {slot.name for slot in template(kind).slots if slot.required}
    return filled, {
        name: value for name, value in filled.items() if name in required or name not in yielding
    }


def _value(thing, count, all_slots):
    number = next(count)
    if thing.type == "rows":
        wanted = [field for field in thing.fields if all_slots or field.required]
        rows = range(max(2, thing.least))
        return [{field.name: _value(field, count, all_slots) for field in wanted} for _ in rows]
    if thing.type == "list":
        return [_text(thing, number), _text(thing, next(count))]
    if thing.type == "date":
        return f"20{number % 80 + 10}-02-0{number % 9 + 1}"
    if thing.type == "number":
        return number * 1001
    if thing.type == "money":
        return {"amount": f"{number}0.50", "currency": "EUR"}
    return _text(thing, number)


def _text(thing, number):
    if not thing.per_language:
        return f"QX{number}X"
    return {language: f"QX{number}{language.upper()}X" for language in LANGUAGES}


def tokens(value, languages):
    """The made-up texts that a paper in these languages must show."""
    told = json.dumps(value, ensure_ascii=False)
    found = set(re.findall(r"QX\d+[A-Z]*X", told))
    others = {language.upper() for language in LANGUAGES} - {lang.upper() for lang in languages}
    return {token for token in found if token[-3:-1] not in others}


def squashed(text):
    """The text without anything that a line's end may add or take away."""
    return _UNSEEN.sub("", text)


def pdf_pages(data):
    """The text of each page of a PDF."""
    pdf = pypdfium2.PdfDocument(data)
    return [page.get_textpage().get_text_range() for page in pdf]


def pdf_text(data):
    """The text of a PDF in one, squashed."""
    return squashed("".join(pdf_pages(data)))


def docx_paragraphs(data):
    """All paragraphs of a DOCX, those of its tables too, in order."""
    return [
        paragraph
        for part in docx.Document(io.BytesIO(data)).iter_inner_content()
        for paragraph in _paragraphs(part)
    ]


def _paragraphs(part):
    if isinstance(part, docx.text.paragraph.Paragraph):
        return [part]
    return [paragraph for row in part.rows for cell in row.cells for paragraph in cell.paragraphs]


def docx_text(data):
    """The text of a DOCX in one, squashed."""
    return squashed("".join(paragraph.text for paragraph in docx_paragraphs(data)))


def shown(paper, without=""):
    """Every text of a composed paper, squashed; a qr is not in the DOCX, a copy not in the PDF."""
    pieces = [piece for piece in paper.pieces if piece.block != without]
    texts = [text for piece in pieces for text in piece.texts]
    texts += [t for piece in pieces for row in piece.cells for cell in row for t in cell]
    return [squashed(text) for text in texts if text]
