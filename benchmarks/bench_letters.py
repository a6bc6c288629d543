"""How many letters of appeal a second, as PDF with a code that a telephone reads?

Timed: `mistok.papers`, one letter after another, as they are made when an appeal goes to many
partners: ten needs, Ukrainian beside the partner's language, an address of its own in each code.
Against: docxtpl with a DOCX template of the same slots and table, but without our fixed sentences,
and an image of the same code; then LibreOffice headless to make PDFs of all of them at once, its
fastest way. What is not installed is passed over with a word; docxtpl's DOCX is timed alone too.
All are checked: a letter must hold its number, and a PDF its code.
Run: python benchmarks/bench_letters.py [number of letters]
"""

import io
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import segno

from mistok.papers import compose, to_docx, to_pdf

EXAMPLE = Path(__file__).resolve().parents[1] / "tests/unit/papers/examples/letter_of_appeal.json"
PARTNERS = ("de", "pl", "fr", "en")
LETTERS = 40
OFFICE = "Житомирська міська рада"
PLAIN = ("number", "verify_address", "verify_code")
BOTH = (
    "sender_authority addressee_office addressee_name salutation tie situation recipient closing"
    " signatory_office signatory"
).split()

Slots = Mapping[str, Any]


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else LETTERS
    letters = [(PARTNERS[number % len(PARTNERS)], slots_of(number)) for number in range(count)]
    sys.stdout.write(f"{count} letters of appeal, ten needs each, in two languages\n")
    sys.stdout.write(f"{'':44}{'letters a second':>18}{'ms each':>10}{'kB each':>10}\n")
    show("mistok: compose, PDF and code", letters, as_pdf)
    show("mistok: compose, DOCX without code", letters, as_docx)
    others(letters)


def slots_of(number: int) -> dict[str, Any]:
    """The example with a number, an address and a code of its own."""
    slots: dict[str, Any] = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    code = f"K7QM-{number:04}-94TR"
    address = f"https://mistok.example/verify/{code}/"
    return slots | {"number": f"15/{number}", "verify_address": address, "verify_code": code}


def as_pdf(language: str, slots: Slots) -> bytes:
    """Ours."""
    return to_pdf(compose("letter_of_appeal", ("uk", language), slots, office=OFFICE))


def as_docx(language: str, slots: Slots) -> bytes:
    """Ours, for those who must edit."""
    return to_docx(compose("letter_of_appeal", ("uk", language), slots, office=OFFICE))


def show(
    title: str,
    letters: list[tuple[str, dict[str, Any]]],
    make: Callable[[str, Slots], bytes],
    after: Callable[[list[bytes]], list[bytes]] = lambda made: made,
) -> None:
    """Make one letter to warm up, then all of them, and print one line."""
    make(*letters[0])
    begun = time.perf_counter()
    made = after([make(language, slots) for language, slots in letters])
    each = (time.perf_counter() - begun) / len(letters)
    for data, (_, slots) in zip(made, letters, strict=True):
        check(data, slots)
    size = sum(map(len, made)) / len(made) / 1000
    sys.stdout.write(f"{title:44}{1 / each:18.1f}{each * 1000:10.1f}{size:10.1f}\n")


def check(data: bytes, slots: Slots) -> None:
    """A letter that lacks its own number or, as a PDF, its code is no letter."""
    if data.startswith(b"%PDF-"):
        pages = pypdfium2.PdfDocument(data)
        text = "".join(page.get_textpage().get_text_range() for page in pages)
        wanted = (slots["number"], slots["verify_code"])
    else:
        text = docx.Document(io.BytesIO(data)).element.xml
        wanted = (slots["number"],)
    missing = [words for words in wanted if words not in text]
    if missing:
        sys.exit(f"A letter was made without {', '.join(missing)}.")


def others(letters: list[tuple[str, dict[str, Any]]]) -> None:
    """docxtpl, with LibreOffice where it is."""
    try:
        from docxtpl import DocxTemplate, InlineImage
    except ImportError:
        sys.stdout.write("docxtpl is not installed here: pip install docxtpl to compare with it.\n")
        return
    templates = {language: template(language) for language in PARTNERS}

    def filled(language: str, slots: Slots) -> bytes:
        page = DocxTemplate(io.BytesIO(templates[language]))
        image = io.BytesIO()
        segno.make(slots["verify_address"], error="q").save(image, kind="png", scale=6)
        values = {name: slots[name] for name in PLAIN}
        values |= {
            f"{name}_{lang}": slots[name][lang] for name in BOTH for lang in ("uk", language)
        }
        page.render(values | {"needs": rows(slots, language), "code": InlineImage(page, image)})
        made = io.BytesIO()
        page.save(made)
        return made.getvalue()

    show("docxtpl: DOCX with code", letters, filled)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        sys.stdout.write("LibreOffice is not installed here: docxtpl makes no PDF without it.\n")
        return
    show("docxtpl, LibreOffice headless: PDF", letters, filled, lambda made: printed(office, made))


def rows(slots: Slots, language: str) -> list[dict[str, str]]:
    """The list of needs as docxtpl takes it: words in two lines, numbers as they are."""
    found = []
    for need in slots["needs"]:
        both = {
            name: f"{need[name]['uk']}\n{need[name][language]}"
            for name in ("item", "unit", "priority", "specification")
            if name in need
        }
        found.append(
            both | {name: str(need.get(name, "")) for name in ("line", "quantity", "needed_by")}
        )
    return found


def template(language: str) -> bytes:
    """A DOCX with places to fill in: pairs of paragraphs, the table of needs, the code."""
    page = docx.Document()
    pairs = page.add_table(rows=len(BOTH), cols=2)
    for row, name in zip(pairs.rows, BOTH, strict=True):
        for cell, lang in zip(row.cells, ("uk", language), strict=True):
            cell.text = f"{{{{ {name}_{lang} }}}}"
    page.add_paragraph("№ {{ number }}")
    names = ("line", "item", "quantity", "unit", "priority", "needed_by", "specification")
    table = page.add_table(rows=4, cols=len(names), style="Table Grid")
    for place, name in enumerate(names):
        table.rows[0].cells[place].text = name
        table.rows[2].cells[place].text = f"{{{{ need.{name} }}}}"
    table.rows[1].cells[0].text = "{%tr for need in needs %}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    page.add_paragraph("{{ code }}")
    page.add_paragraph("{{ verify_address }} ({{ verify_code }})")
    made = io.BytesIO()
    page.save(made)
    return made.getvalue()


def printed(office: str, letters: list[bytes]) -> list[bytes]:
    """The PDFs of all letters, made by one start of LibreOffice."""
    with tempfile.TemporaryDirectory(prefix="mistok-letters-") as name:
        folder = Path(name)
        paths = [folder / f"{number:05}.docx" for number in range(len(letters))]
        for path, data in zip(paths, letters, strict=True):
            path.write_bytes(data)
        order = [office, f"-env:UserInstallation=file://{folder}/user", "--headless"]
        order += ["--convert-to", "pdf", "--outdir", str(folder), *map(str, paths)]
        subprocess.run(order, check=True, capture_output=True)
        return [path.with_suffix(".pdf").read_bytes() for path in paths]


if __name__ == "__main__":
    main()
