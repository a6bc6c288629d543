"""The letter of appeal: what it shows and never asks, its code, and what its DOCX lacks."""

import hashlib
import io
import os
import re
import subprocess
import sys

import docx
import pypdfium2
import pypdfium2.raw as raw
import pytest
import segno
from paper_fillings import EXAMPLES, docx_text, example, pdf_text, squashed

from mistok.kernel.errors import Invalid
from mistok.papers import LANGUAGES, PRIORITIES, compose, slots_of, to_docx, to_pdf
from mistok.papers.codes import code_of

KIND = "letter_of_appeal"
PAIRS = [("uk", "de"), ("pl", "uk"), ("fr", "uk"), ("en", "uk")]
FOREIGN = {  # letters that a word of the language does not have; addresses and signs are apart
    "uk": "[A-Za-zЁёЪъЫыЭэ]",
    "en": "[\u0400-\u04ffÀ-ÖØ-öø-ſ]",
    "de": "[\u0400-\u04ffąćęłńóśźżàâçéèêëîïôùûœ]",
    "pl": "[\u0400-\u04ffäöüßàâçéèêëîïôùûœ]",
    "fr": "[\u0400-\u04ffąćęłńóśźżäöß]",
}
CODES = re.compile(r"https?://\S+|\S+@\S+|\b[0-9A-Z]{4}(?:-[0-9A-Z]{4})+\b")
QUIET = 2  # squares of white around the code
SCALE = 6


def letter(languages=("uk", "de"), without=(), **changes):
    slots = {name: value for name, value in example(KIND).items() if name not in without}
    return compose(KIND, languages, slots | changes, office="Житомирська міська рада")


def words_of(paper):
    texts = [text for piece in paper.pieces for text in piece.texts]
    texts += [t for piece in paper.pieces for row in piece.cells for cell in row for t in cell]
    return texts


def table_of(paper):
    return next(piece for piece in paper.pieces if piece.block == "table")


@pytest.mark.parametrize("language", LANGUAGES)
def test_letter_has_no_word_of_another_language(language):
    for text in words_of(letter((language,))):
        assert not re.search(FOREIGN[language], CODES.sub("", text)), text


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_of_needs_has_six_columns_and_a_row_for_each_need(language):
    table = table_of(letter((language,)))
    assert len(table.cells) == 11
    assert {len(row) for row in table.cells} == {6}
    assert table.right == (True, False, False, False, False, False)


@pytest.mark.parametrize(
    ("language", "quantity", "needed_by", "wear", "shelf_life"),
    [
        ("uk", "1 250,5 кг", "20 грудня 2026 року", "зношення: 30 %", "придатності, міс.: 12"),
        ("en", "1,250.5 kg", "20 December 2026", "wear: 30%", "shelf life, months: 12"),
        ("de", "1.250,5 kg", "20. Dezember 2026", "höchstens: 30 %", "in Monaten: 12"),
        ("pl", "1 250,5 kg", "20 grudnia 2026 r.", "zużycie: 30%", "w miesiącach: 12"),
        ("fr", "1 250,5 kg", "20 décembre 2026", "maximale : 30 %", "en mois : 12"),
    ],
)
def test_numbers_and_days_are_written_as_the_language_has_them(
    language, quantity, needed_by, wear, shelf_life
):
    rows = [
        [" ".join(cell[0].split()) for cell in row] for row in table_of(letter([language])).cells
    ]
    assert rows[7][2] == quantity
    assert rows[1][4] == needed_by
    assert rows[1][5].endswith(wear)
    assert rows[7][5].endswith(shelf_life)
    assert rows[9][5] == "—"


def test_column_that_no_need_fills_is_left_out():
    bare = ("line", "item", "quantity", "unit", "priority")
    needs = [{name: need[name] for name in bare} for need in example(KIND)["needs"]]
    assert len(table_of(letter(needs=needs)).cells[0]) == 4


def test_lines_keep_their_own_numbers():
    needs = example(KIND)["needs"][3:5]
    rows = table_of(letter(["uk"], needs=needs)).cells
    assert [row[0][0] for row in rows[1:]] == ["4", "5"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_letter_names_no_address_of_delivery_and_asks_for_none(language):
    asked = {slot.name for slot in slots_of(KIND)}
    asked |= {field.name for slot in slots_of(KIND) for field in slot.fields}
    dangerous = r"store|warehouse|route|plate|driver|vehicle|coordinates|unload|delivery|consignee"
    assert not [name for name in asked if re.search(dangerous, name)]
    told = {
        "uk": "жодної адреси доставки",
        "en": "names no address of delivery",
        "de": "keine Lieferadresse",
        "pl": "żadnego adresu dostawy",
        "fr": "aucune adresse de livraison",
    }
    text = " ".join(" ".join(words_of(letter((language,)))).split())
    assert told[language] in text


@pytest.mark.parametrize("slot", [slot.name for slot in slots_of(KIND) if slot.required])
def test_letter_without_what_it_needs_is_refused_and_names_it(slot):
    with pytest.raises(Invalid) as caught:
        letter(without=(slot,))
    assert (caught.value.code, caught.value.details["slot"]) == ("slot_missing", slot)


def test_draft_has_no_code_and_says_that_it_is_a_draft():
    draft = letter(without=("verify_address", "verify_code", "number", "closing", "tie"))
    assert "qr" not in [piece.block for piece in draft.pieces]
    told = pdf_text(to_pdf(draft))
    assert squashed("Проєкт. Лист не надіслано.") in told
    assert squashed("Entwurf. Dieses Schreiben ist nicht versandt.") in told
    assert squashed("Mit freundlichen Grüßen") in told
    assert squashed("Entwurf") not in pdf_text(to_pdf(letter()))


@pytest.mark.parametrize("pair", PAIRS)
def test_pdf_says_how_to_check_the_letter_in_both_languages(pair):
    told = pdf_text(to_pdf(letter(pair)))
    slots = example(KIND)
    # The code is part of the address, and each stands in both languages.
    assert told.count(squashed(slots["verify_address"])) == 2
    assert told.count(slots["verify_code"]) == 4


def test_address_is_not_torn_by_a_hyphen_that_is_said_twice():
    told = "".join(page.get_textpage().get_text_range() for page in opened(letter(("pl", "uk"))))
    assert "https://mistok.example/\r\nverify/K7QM-2XWD-94TR/" in told
    assert example(KIND)["answer_address"] in told
    assert "\u200b" not in told


def opened(paper):
    return pypdfium2.PdfDocument(to_pdf(paper))


def rectangles(page):
    """Where the links of a page are: left, bottom, right, top in points."""
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        found = raw.FS_RECTF()
        raw.FPDFAnnot_GetRect(raw.FPDFPage_GetAnnot(page, number), found)
        yield found.left, found.bottom, found.right, found.top


@pytest.mark.parametrize("languages", [("uk", "de"), ("pl",), ("uk", "de", "fr")])
def test_squares_of_the_code_are_on_the_paper_one_by_one(languages):
    document = opened(letter(languages))
    page = document[len(document) - 1]
    left, _bottom, right, top = next(
        box for box in rectangles(page) if abs(box[2] - box[0] - box[3] + box[1]) < 1
    )
    assert right - left > 70  # points: an inch, which a telephone reads from a hand's distance
    image = page.render(scale=SCALE, grayscale=True).to_numpy()
    matrix = segno.make(example(KIND)["verify_address"], error="q", boost_error=False).matrix
    step = (right - left) / (len(matrix) + 2 * QUIET)
    for row, line in enumerate(matrix):
        for column, dark in enumerate(line):
            x = left + (column + QUIET + 0.5) * step
            y = page.get_height() - top + (row + QUIET + 0.5) * step
            assert (image[int(y * SCALE), int(x * SCALE)] < 128) == bool(dark), (row, column)


def test_code_of_an_address_is_always_the_same_and_of_another_another():
    address = example(KIND)["verify_address"]
    assert code_of(address) == code_of.__wrapped__(address)
    assert code_of(address).startswith("<svg")
    assert code_of(address) != code_of(address + "x")


def test_letter_has_the_same_bytes_in_another_process():
    program = (
        "import hashlib, json, sys; from mistok.papers import compose, to_pdf;"
        "slots = json.load(open(sys.argv[1], encoding='utf-8'));"
        "told = to_pdf(compose('letter_of_appeal', ('uk', 'de'), slots, office=sys.argv[2]));"
        "print(hashlib.sha256(told).hexdigest())"
    )
    elsewhere = os.environ | {"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "7"}
    told = subprocess.run(
        [sys.executable, "-c", program, EXAMPLES / f"{KIND}.json", "Житомирська міська рада"],
        env=elsewhere,
        check=True,
        capture_output=True,
        text=True,
    )
    digest = hashlib.sha256(to_pdf(letter())).hexdigest()
    assert told.stdout.strip() == digest
    assert hashlib.sha256(to_pdf(letter(number="15/1205"))).hexdigest() != digest


@pytest.mark.parametrize("pair", PAIRS)
def test_docx_says_that_it_cannot_be_verified_and_has_neither_code_nor_page(pair):
    data = to_docx(letter(pair))
    told = docx_text(data)
    first = docx.Document(io.BytesIO(data)).tables[0].rows[0].cells
    copies = [piece.texts for piece in letter(pair).pieces if piece.block == "copy"]
    assert [tuple(cell.text for cell in first)] == copies
    assert "K7QM" not in told
    assert squashed("Робочий примірник: справжність цього файла перевірити неможливо.") in told


@pytest.mark.parametrize("pair", PAIRS)
def test_pdf_is_no_copy(pair):
    told = pdf_text(to_pdf(letter(pair)))
    for piece in letter(pair).pieces:
        if piece.block == "copy":
            assert all(squashed(text) not in told for text in piece.texts)


def test_words_in_a_narrow_table_do_not_run_into_the_next_column():
    page = opened(letter(["de"]))[0]
    text = page.get_textpage()
    boxes = {}
    for number in range(text.count_rects()):
        box = text.get_rect(number)
        boxes.setdefault(" ".join(text.get_text_bounded(*box).split()), box)
    assert boxes["lebenswichtig"][2] < boxes["20. Dezember"][0]


def test_priorities_are_told_in_every_language():
    assert set(PRIORITIES) == {"life_saving", "urgent", "important"}
    for texts in PRIORITIES.values():
        assert set(texts) == set(LANGUAGES)
        assert len(set(texts.values())) >= 4
        assert not re.search(FOREIGN["uk"], texts["uk"])
