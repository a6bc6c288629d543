"""The PDF: both languages on the page, fonts inside, nothing injected, the same bytes each time."""

import hashlib
import os
import subprocess
import sys

import pypdfium2
import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from paper_fillings import docx_text, example, made_up, pdf_pages, pdf_text, squashed

from mistok.kernel.errors import Invalid
from mistok.papers import compose, kinds, to_docx, to_pdf
from mistok.papers.composing import Paper, Piece
from mistok.papers.pdf import breakable, parting, widths

PAIR = ("uk", "de")
HOSTILE = [
    '#panic("x")',
    '#include "/etc/passwd"',
    "$ x^2 $ $",
    "*bold* _it_ `raw`",
    '"quoted" \\ back\\n',
    "= Heading <label> @cite",
    "// comment /* x */",
    "</text><script>",
    "[[x]] {date} {0}",
    "%s %(x)s ${x}",
]


def made(changes=(), kind="agreement", languages=PAIR, **told):
    return compose(kind, languages, example(kind) | dict(changes), **told)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_text_that_looks_like_markup_is_shown_as_it_is(hostile):
    told = pdf_text(to_pdf(made({"kind_of_tie": {"uk": hostile, "de": hostile}}, office=hostile)))
    assert told.count(squashed(hostile)) >= 3


def test_long_text_flows_over_pages_without_loss():
    words = [f"w{number}" for number in range(2500)]
    reasons = {"uk": " ".join(words), "de": "Kurz."}
    pages = pdf_pages(to_pdf(made({"reasons": reasons}, kind="draft_resolution")))
    told = squashed("".join(page.partition("\n")[2] for page in pages))
    assert len(pages) > 4
    assert squashed(" ".join(words[:2000:100])) not in told
    assert all(f"w{number}w{number + 1}" in told for number in range(0, 2499, 7))


def test_long_word_is_broken_inside_its_column():
    long = "a" * 200
    data = to_pdf(made({"kind_of_tie": {"uk": long, "de": "x"}}))
    page = pypdfium2.PdfDocument(data)[0]
    text = page.get_textpage()
    middle, head = page.get_width() / 2, page.get_height() - 70
    boxes = [text.get_rect(number) for number in range(text.count_rects())]
    left = [box for box in boxes if box[0] < middle - 40 and box[3] < head]
    assert squashed(text.get_text_range()).count(long) == 1
    assert len(left) > 20
    assert max(right for _, _, right, _ in left) < middle + 5


def test_pages_are_a4_and_counted_in_the_head():
    data = to_pdf(made(office="Житомирська міська рада"))
    pages = pdf_pages(data)
    width, height = pypdfium2.PdfDocument(data)[0].get_size()
    assert (round(width), round(height)) == (595, 842)
    for number, page in enumerate(pages, 1):
        assert f"{number}/{len(pages)}" in page.splitlines()[0]
        assert "Житомирська міська рада" in page.splitlines()[0]


def test_metadata_names_title_author_and_language_and_no_time():
    data = to_pdf(made(office="Рада"))
    told = pypdfium2.PdfDocument(data).get_metadata_dict()
    assert told["Title"] == "Проєкт угоди про партнерство / Entwurf eines Partnerschaftsvertrags"
    assert told["Author"] == "Рада"
    assert told["CreationDate"] == told["ModDate"] == ""
    assert b"/Lang(uk)" in data
    assert b"/Lang(de)" in data
    assert b"pdfuaid" in data


def test_author_is_the_installation_where_no_office_is_told():
    assert pypdfium2.PdfDocument(to_pdf(made())).get_metadata_dict()["Author"] == "Mistok"


@pytest.mark.parametrize(
    "letters",
    ["ҐґЄєІіЇї’—№«»", "ĄąĆćĘęŁłŃńÓóŚśŹźŻż", "ÀàÂâÆæÇçÉéÈèÊêËëÎîÏïÔôŒœÙùÛûŸÿ", "ÄäÖöÜüẞß„“"],
)
def test_letters_of_every_language_are_in_the_fonts(letters):
    # A letter that no font has is drawn as an empty box and has another width than its own.
    data = to_pdf(made({"kind_of_tie": {"uk": letters, "de": "x"}}))
    assert letters in pdf_text(data)
    assert b"LibertinusSerif" in data
    assert data.count(b"/FontFile") >= 2


def test_same_paper_has_the_same_bytes_also_in_another_process_zone_and_locale():
    digest = hashlib.sha256(to_pdf(made())).hexdigest()
    program = (
        "import hashlib, json, sys; from mistok.papers import compose, to_pdf;"
        "slots = json.load(open(sys.argv[1], encoding='utf-8'));"
        "print(hashlib.sha256(to_pdf(compose('agreement', ('uk', 'de'), slots))).hexdigest())"
    )
    path = f"{os.path.dirname(__file__)}/examples/agreement.json"
    elsewhere = os.environ | {"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "7"}
    told = subprocess.run(
        [sys.executable, "-c", program, path],
        env=elsewhere,
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout.strip() == digest
    assert hashlib.sha256(to_pdf(made({"copies": 5}))).hexdigest() != digest


@pytest.mark.parametrize("kind", kinds())
def test_page_as_an_image_has_ink_in_both_columns_and_clean_margins(kind):
    data = to_pdf(compose(kind, PAIR, example(kind)))
    image = pypdfium2.PdfDocument(data)[0].render(scale=1, grayscale=True).to_numpy()
    height, width = image.shape
    ink = image < 128
    assert ink[:, 70 : width // 2].sum() > 500
    assert ink[:, width // 2 + 20 : width - 40].sum() > 500
    assert ink[:, :68].sum() == ink[:, width - 38 :].sum() == ink[height - 50 :].sum() == 0


@pytest.mark.parametrize("kind", kinds())
def test_paper_in_one_language_renders(kind):
    assert len(pdf_text(to_pdf(compose(kind, ["pl"], example(kind))))) > 500


@given(st.dictionaries(st.sampled_from(["uk", "de"]), st.text(min_size=1, max_size=60), min_size=2))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_renders_or_is_refused_in_a_sentence(texts):
    slots = made_up("letter_of_intent") | {"place": texts}
    try:
        made_of_it = to_pdf(compose("letter_of_intent", PAIR, slots))
    except Invalid as found:
        told = found
    else:
        assert made_of_it.startswith(b"%PDF-")
        return
    assert told.code in ("slot_wrong", "slot_missing", "sign_unprintable")


def test_sign_that_no_font_has_is_refused_by_its_name():
    with pytest.raises(Invalid, match="“漢”") as caught:
        to_pdf(made({"kind_of_tie": {"uk": "漢字", "de": "x"}}))
    assert caught.value.code == "sign_unprintable"
    assert caught.value.details == {"sign": "漢", "kind": "agreement"}


def test_fault_of_the_layout_itself_is_not_hidden(monkeypatch):
    monkeypatch.setattr("mistok.papers.pdf._layout", lambda: b"#panic()")
    with pytest.raises(typst.TypstError):
        to_pdf(made())


def test_long_addresses_may_be_broken_at_their_joints_only():
    long = "office.of.international.relations@very.long.name.example"
    assert breakable(long).replace("\u200b", "") == long
    assert "@\u200bvery" in breakable(long)
    assert breakable("short@zt.example") == "short@zt.example"
    page = f"https://mistok.example/verify/{'K7QM-' * 9}"
    assert breakable(page) == page


def test_columns_are_as_wide_as_their_texts_within_bounds():
    cells = ((("№",), ("Захід",)), (("1",), ("а" * 500,)))
    assert widths(Piece("table", cells=cells)) == [8.0, 44.0]


def test_column_is_wide_enough_for_its_longest_word_that_is_not_parted():
    long = ("а" * 500,)
    cells = ((("Dringlichkeit",), *[long] * 5), (("wichtig",), *[long] * 5))
    first, *others = widths(Piece("table", cells=cells))
    assert first == len("Dringlichkeit") + 4
    assert first / (first + sum(others)) == pytest.approx(17 / 95)
    # Words that no page has room for beside each other share it as before.
    crowded = ((("Dringlichkeiten",),) * 9,)
    assert widths(Piece("table", cells=crowded)) == [19.0] * 9


def test_page_that_lies_on_its_side_has_room_for_more_words():
    cells = ((("Dringlichkeiten",),) * 9, (("x" * 500,), *[("x",)] * 8))
    upright, on_its_side = (widths(Piece("table", cells=cells), *room) for room in ((), (180,)))
    assert upright == [19.0] * 9
    assert on_its_side[1:] == [19.0] * 8
    assert on_its_side[0] == pytest.approx(180 - 8 * 19)


def test_column_of_numbers_is_wide_enough_for_a_number_that_is_not_broken():
    value = ("1\u00a0250\u00a0000\u00a0EUR",)
    cells = ((("Wert",), *[("Warum",)] * 4), (value, *[("warum " * 80,)] * 4))
    shares = widths(Piece("table", cells=cells, right=(True, *[False] * 4)))
    assert 95 * shares[0] / sum(shares) >= len(value[0])


def test_number_is_not_told_twice_for_the_width_of_its_blanks():
    rows = [{"name": {"uk": "a", "fr": "b"}, "amount": "2", "unit": {"uk": "c", "fr": "d"}}]
    rows[0]["value"] = {"amount": "37123", "currency": "EUR"}
    slots = example("proforma_invoice") | {"lines": rows}
    paper = compose("proforma_invoice", ("uk", "fr"), slots)
    assert pdf_text(to_pdf(paper)).count("37123EUR") == 1
    assert docx_text(to_docx(paper)).count("37123EUR") == 1


def a_table(*rows):
    """A paper that is one table with two columns, and its rows as tuples of two texts."""
    cells = tuple(tuple((text,) for text in row) for row in (("What", "Why"), *rows))
    table = Piece("table", cells=cells, right=(False, False))
    return Paper("x", 1, "2026-11-22", ("en",), ("Table",), "", False, (table,))


def test_row_of_a_table_is_not_parted_by_the_end_of_a_page():
    rows = [(f"begin{n}x", f"{'why ' * 60} end{n}x") for n in range(40)]
    pages = [squashed(page) for page in pdf_pages(to_pdf(a_table(*rows)))]
    assert len(pages) > 2
    assert all("WhatWhy" in page for page in pages)
    for number in range(40):
        (whole,) = (page for page in pages if f"begin{number}x" in page)
        assert f"end{number}x" in whole


def test_row_that_is_longer_than_a_page_is_parted_and_nothing_is_lost():
    paper = a_table(("short", "one"), ("long", " ".join(f"w{n}x" for n in range(1500))))
    assert parting(paper.pieces[0]) == [False, True]
    found = pdf_text(to_pdf(paper))
    assert all(f"w{n}x" in found for n in range(1500))


@pytest.mark.parametrize("languages", [("en",), ("uk", "de", "fr")])
def test_row_that_just_stays_whole_fits_on_a_page_that_lies_on_its_side(languages):
    letters = 0
    while not parting(row_of(languages, letters + 10))[0]:
        letters += 10
    pieces = (row_of(languages, letters),)
    paper = Paper("x", 1, "2026-11-22", languages, ("T",) * len(languages), "", True, pieces)
    found = pdf_text(to_pdf(paper))
    assert all(f"{language}end" in found for language in languages)


def row_of(languages, letters):
    said = tuple(f"{'word ' * (letters // 5)}{language}end" for language in languages)
    head = (("a",) * len(languages),) * 6
    return Piece("table", cells=(head, (*head[1:], said)), right=(False,) * 6)
