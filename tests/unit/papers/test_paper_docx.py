"""The DOCX: the same text as was composed, pairs in rows, languages on runs, the same bytes."""

import io
import zipfile

import docx
import pytest
from paper_fillings import PAIRS, alternatives, docx_paragraphs, docx_text, example, pdf_text, shown

from mistok.papers import LANGUAGES, compose, kinds, to_docx, to_pdf
from mistok.papers.format import parse

PAIR = ("uk", "de")


def opened(data):
    return docx.Document(io.BytesIO(data))


@pytest.mark.parametrize("kind", kinds())
def test_docx_holds_every_text_that_was_composed(kind):
    slots, _ = alternatives(kind)
    for pair in PAIRS[::7]:
        paper = compose(kind, pair, slots)
        told = docx_text(to_docx(paper))
        assert [
            text for text in shown(paper, without="qr") if text.replace("___", "") not in told
        ] == []
        assert "{" not in told


def test_pair_stands_in_one_row_of_a_table_without_lines():
    paper = compose("agreement", PAIR, example("agreement"))
    table = opened(to_docx(paper)).tables[0]
    assert len(table.columns) == 2
    assert table.style.name == "Normal Table"
    assert [cell.text for cell in table.rows[0].cells] == list(paper.pieces[0].texts)


def test_paper_in_one_language_has_plain_paragraphs():
    data = to_docx(compose("agreement", ["fr"], example("agreement")))
    assert [len(table.columns) for table in opened(data).tables] == [2]  # the signatures
    assert opened(data).paragraphs[0].style.name == "Title"


def test_every_run_in_the_body_knows_its_language():
    data = to_docx(compose("draft_resolution", ("uk", "en"), example("draft_resolution")))
    marks = {
        mark.get(docx.oxml.ns.qn("w:val"))
        for paragraph in docx_paragraphs(data)
        for run in paragraph.runs
        if run.text.strip("_")
        for mark in [run._r.rPr.find(docx.oxml.ns.qn("w:lang"))]
    }
    assert marks == {"uk-UA", "en-GB"}


def test_head_names_the_office_and_foot_counts_the_pages():
    data = to_docx(compose("agreement", PAIR, example("agreement"), office="Рада"))
    section = opened(data).sections[0]
    assert section.header.paragraphs[0].text == "Рада"
    fields = section.footer._element.findall(".//" + docx.oxml.ns.qn("w:fldSimple"))
    assert [field.get(docx.oxml.ns.qn("w:instr")) for field in fields] == ["PAGE", "NUMPAGES"]


def test_properties_name_title_author_kind_and_version():
    told = opened(to_docx(compose("agreement", PAIR, example("agreement"), office="Рада")))
    told = told.core_properties
    assert told.title == "Проєкт угоди про партнерство / Entwurf eines Partnerschaftsvertrags"
    assert (told.author, told.category, told.version) == ("Рада", "agreement", "1")
    assert told.created.isoformat() == "2026-11-22T00:00:00+00:00"


def test_same_paper_has_the_same_bytes_and_no_dates_of_files():
    paper = compose("action_plan", PAIR, example("action_plan"))
    data = to_docx(paper)
    assert data == to_docx(compose("action_plan", PAIR, example("action_plan")))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert data != to_docx(compose("action_plan", ("de", "uk"), example("action_plan")))


def test_wide_paper_and_three_languages_lie_on_their_side():
    wide = opened(to_docx(compose("agreement", ("uk", "de", "fr"), example("agreement"))))
    assert wide.sections[0].page_width > wide.sections[0].page_height
    assert len(wide.tables[0].columns) == 3


def test_annex_begins_a_new_page_and_its_table_repeats_its_titles():
    data = to_docx(compose("letter_of_introduction", ["uk"], example("letter_of_introduction")))
    found = [p for p in opened(data).paragraphs if p.paragraph_format.page_break_before]
    assert [paragraph.text for paragraph in found] == ["Додаток. Профіль"]
    assert opened(data).tables[-1].rows[0]._tr.trPr is not None


def test_end_of_a_page_parts_no_row_of_a_table_and_no_signature():
    paper = compose("action_plan", ["uk", "de"], example("action_plan"))
    tables = opened(to_docx(paper)).tables
    blocks = {piece.block for piece in paper.pieces}
    assert {"table", "signatures"} <= blocks
    told = [[bool(row._tr.xpath("./w:trPr/w:cantSplit")) for row in t.rows] for t in tables]
    kept = [rows for rows in told if all(rows)]
    apart = sum(piece.block in ("table", "signatures") for piece in paper.pieces)
    assert len(kept) == apart
    assert all(not any(rows) for rows in told if rows not in kept)


def test_text_that_looks_like_markup_is_shown_as_it_is():
    hostile = "<w:t>&amp; ]]> \"x\" 'y' #{x}"
    slots = example("agreement") | {"kind_of_tie": {"uk": hostile, "de": hostile}}
    paper = compose("agreement", PAIR, slots)
    told = " ".join(paragraph.text for paragraph in docx_paragraphs(to_docx(paper)))
    assert told.count(hostile) == 2
    assert to_pdf(paper)


def test_caption_of_a_table_and_rows_without_their_field(monkeypatch):
    texts = dict.fromkeys(LANGUAGES, "{row}. {lines.note}")
    rows = {
        "name": "lines",
        "type": "rows",
        "label": {},
        "help": {},
        "fields": [{"name": name, "type": "words", "label": {}} for name in ("line", "note")],
    }
    columns = [{"field": "line", "title": dict.fromkeys(LANGUAGES, "Line")}]
    note = parse(
        {
            "kind": "note",
            "version": 1,
            "since": "2026-11-22",
            "title": dict.fromkeys(LANGUAGES, "Note"),
            "about": {},
            "binding": "no",
            "source": {},
            "slots": [rows],
            "blocks": [
                {"block": "paragraph", "each": "lines", "text": texts},
                {
                    "block": "table",
                    "each": "lines",
                    "columns": columns,
                    "text": dict(zip(LANGUAGES, LANGUAGES, strict=True)),
                },
            ],
        }
    )
    monkeypatch.setattr("mistok.papers.composing.template", lambda kind, version: note)
    lines = [{"line": "one"}, {"line": "two", "note": "N"}]
    paper = compose("note", PAIR, {"lines": lines})
    assert [piece.texts for piece in paper.pieces] == [("2. N", "2. N"), ("uk", "de")]
    told = opened(to_docx(paper))
    assert [p.text for p in told.paragraphs if p.style.name == "Heading 2"] == ["uk", "de"]
    assert [cell.text for row in told.tables[-1].rows for cell in row.cells] == [
        "Line",
        "one",
        "two",
    ]
    assert "uk" in pdf_text(to_pdf(paper))
