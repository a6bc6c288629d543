"""Papers as DOCX, to be worked on in a word processor: a table without lines, a row a pair."""

import datetime
import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any, Final

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from mistok.papers.composing import Paper, Piece
from mistok.papers.filling import Said
from mistok.papers.wording import LOCALES

_FONT: Final = "Times New Roman"
"""On every machine of an office, or replaced there by one of the same widths."""
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_BLACK: Final = RGBColor(0, 0, 0)
_STYLES: Final = {
    "title": "Title",
    "meta": "Paper Line",
    "heading": "Heading 2",
    "annex": "Heading 2",
    "clause": "Paper Clause",
    "list": "Paper Item",
}
_HANG: Final = {"Paper Clause": 10, "Paper Item": 5}
"""How far the lines after the first stand in, in millimetres."""
_UNDER: Final = Mm(15)
_SIGNED: Final = "_" * 32


def to_docx(paper: Paper) -> bytes:
    """The paper as DOCX; equal papers give equal bytes."""
    document = docx.Document()
    _styles(document)
    _page(document, paper)
    for run in _runs([piece for piece in paper.pieces if piece.block != "qr"]):
        if run[0].block == "table":
            _table(document, paper, run[0])
        elif run[0].block == "signatures":
            _signatures(document, paper, run[0])
        else:
            _pairs(document, paper, run)
    _properties(document, paper)
    made = io.BytesIO()
    document.save(made)
    return _dateless(made.getvalue())


def _runs(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Pieces that go into one table of pairs; tables, signatures and annexes stand apart."""
    run: list[Piece] = []
    for piece in pieces:
        alone = piece.block in ("table", "signatures")
        if run and (alone or piece.block == "annex"):
            yield run
            run = []
        if alone:
            yield [piece]
        else:
            run.append(piece)
    if run:
        yield run


def _styles(document: Document) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(11)
    normal.element.rPr.rFonts.set(qn("w:cs"), _FONT)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    normal.paragraph_format.space_after = Pt(5)
    for name, size in (("Title", 14), ("Heading 2", 11)):
        style = document.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in tuple(fonts.attrib):
            del fonts.attrib[kind]
        style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), True
        style.font.color.rgb = _BLACK
        style.paragraph_format.keep_with_next = True
    title = document.styles["Title"]
    title.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for line in title.element.pPr.findall(qn("w:pBdr")):
        title.element.pPr.remove(line)
    for name in ("Paper Line", "Paper Clause", "Paper Item", "Paper Cell"):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        hang = _HANG.get(name, 0)
        style.paragraph_format.left_indent = Mm(hang)
        style.paragraph_format.first_line_indent = Mm(-hang)
        if hang:
            style.paragraph_format.tab_stops.add_tab_stop(Mm(hang))
    document.styles["Paper Cell"].font.size = Pt(9)


def _page(document: Document, paper: Paper) -> None:
    section = document.sections[0]
    width, height = Mm(210), Mm(297)
    if paper.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        width, height = height, width
    section.page_width, section.page_height = width, height
    section.left_margin, section.right_margin = Mm(25), Mm(15)
    section.top_margin = section.bottom_margin = Mm(20)
    _write(section.header.paragraphs[0], paper.office, paper.languages[0])
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _field(foot, "PAGE")
    foot.add_run("/")
    _field(foot, "NUMPAGES")


def _field(paragraph: Paragraph, code: str) -> None:
    """A number that the word processor counts."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = "1"
    run.append(text)
    field.append(run)
    paragraph._p.append(field)


def _pairs(document: Document, paper: Paper, pieces: Sequence[Piece]) -> None:
    """One row a pair; a paper in one language has plain paragraphs."""
    before = ""
    lines: Sequence[Sequence[Any]] = [(document,)] * len(pieces)
    if len(paper.languages) > 1:
        table = document.add_table(rows=len(pieces), cols=len(paper.languages))
        lines = [row.cells for row in table.rows]
    for piece, cells in zip(pieces, lines, strict=True):
        for cell, text, language in zip(cells, piece.texts, paper.languages, strict=True):
            paragraph = document.add_paragraph() if cell is document else cell.paragraphs[0]
            _dress(paragraph, _STYLES.get(piece.block, "Normal"))
            paragraph.paragraph_format.page_break_before = piece.block == "annex" or None
            if piece.block == "list" and before == "clause":
                paragraph.paragraph_format.left_indent = _UNDER
            _write(paragraph, _marked(piece, text), language)
        before = before if piece.block == "list" else piece.block


def _marked(piece: Piece, text: str) -> str:
    """The text behind its number or dash."""
    if piece.block == "list":
        return f"–\t{text}"
    if piece.block == "clause":
        return f"{piece.number}\t{text}"
    return f"{piece.number} {text}".strip()


def _table(document: Document, paper: Paper, piece: Piece) -> None:
    if piece.texts:
        for text, language in zip(piece.texts, paper.languages, strict=True):
            _write(document.add_paragraph(style="Heading 2"), text, language)
    table = document.add_table(rows=len(piece.cells), cols=len(piece.right), style="Table Grid")
    for number, (row, cells) in enumerate(zip(table.rows, piece.cells, strict=True)):
        for cell, said, right in zip(row.cells, cells, piece.right, strict=True):
            _stack(cell, said, paper, bold=number == 0, right=right and number > 0)
    _keep_rows_whole(table)
    _mark(table.rows[0], "w:tblHeader")
    document.add_paragraph()


def _keep_rows_whole(table: Table) -> None:
    """The end of a page parts no row; one that is longer than a page is parted nevertheless."""
    for row in table.rows:
        _mark(row, "w:cantSplit")


def _mark(row: _Row, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _signatures(document: Document, paper: Paper, piece: Piece) -> None:
    """Two hands a row, each with its languages, a line, and its names."""
    document.add_paragraph()
    table = document.add_table(rows=(len(piece.cells) + 1) // 2, cols=2)
    for place, (above, below) in enumerate(piece.cells):
        cell = table.rows[place // 2].cells[place % 2]
        _stack(cell, above, paper, style="Paper Line")
        cell.add_paragraph()
        cell.add_paragraph(_SIGNED)
        _stack(cell, below, paper, style="Paper Line", first=False)
        cell.add_paragraph()
    _keep_rows_whole(table)


def _stack(
    cell: _Cell,
    said: Said,
    paper: Paper,
    *,
    bold: bool = False,
    right: bool = False,
    style: str = "Paper Cell",
    first: bool = True,
) -> None:
    """The languages of one cell under each other, each text once; a number that differs in the
    width of its blanks alone, as French has them, is the same.
    """
    seen: list[str] = []
    for text, language in zip(said, paper.languages, strict=True):
        same = text.replace("\u202f", "\u00a0")
        if text and same not in seen:
            fresh = first and not seen
            paragraph = cell.paragraphs[0] if fresh else cell.add_paragraph()
            _dress(paragraph, style)
            if right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _write(paragraph, text, language, bold=bold)
            seen.append(same)


def _dress(paragraph: Paragraph, style: str) -> None:
    """Give the paragraph its style by id: asking the library by name reads all 160 each time."""
    paragraph._p.style = style.replace(" ", "")


def _write(paragraph: Paragraph, text: str, language: str, *, bold: bool = False) -> None:
    """One run that knows its language, so that the word processor spells and hyphenates it."""
    run = paragraph.add_run(text)
    run.bold = bold or None
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), LOCALES[language].replace("_", "-"))
    run._r.get_or_add_rPr().append(mark)


def _properties(document: Document, paper: Paper) -> None:
    made = datetime.datetime.fromisoformat(paper.since)
    told = document.core_properties
    told.title, told.author = " / ".join(paper.titles)[:255], (paper.office or "Mistok")[:255]
    told.language = ", ".join(paper.languages)
    told.version = str(paper.version)
    told.category, told.comments, told.last_modified_by = paper.kind, "", told.author
    told.created = told.modified = made


def _dateless(data: bytes) -> bytes:
    """The same archive with one date on every part, since a DOCX is a ZIP of dated files."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, date_time=_EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return made.getvalue()
