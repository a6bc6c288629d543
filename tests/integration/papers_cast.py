"""Papers of aid in tests: consignments that can have them, words for them, and their text again."""

import io
import secrets
from decimal import Decimal

import pypdfium2
from aid_cast import COMMISSION, a_consignment, a_line_entry, ago, an_ambulance
from django.utils import timezone
from PIL import Image

from mistok.aid import ledger
from mistok.aid.acts import (
    Counted,
    IssueRow,
    Valued,
    accept,
    add_file,
    issue,
    review_file,
    value,
)
from mistok.aid.acts.standing import received_lines
from mistok.aid.consignments import LotEntry, dispatch, living_lines
from mistok.aid.lifecycle import Account
from mistok.aid.papers import make_paper, open_slots
from mistok.aid.papers.given_words import open_cells

WORDS = {
    "purpose.uk": "допомога переселенцям",
    "purpose.en": "help for displaced people",
    "acquirer.uk": "Міська лікарня № 2",
    "acquirer.en": "City Hospital No. 2",
    "lines.acquirer.uk": "Міська лікарня № 2",
    "lines.acquirer.en": "City Hospital No. 2",
    "receiver_code": "04053625",
    "request.uk": "лист № 1 від 3 листопада 2026 року",
    "request.en": "letter No. 1 of 3 November 2026",
    "consent.uk": "лист № 2 від 5 листопада 2026 року",
    "consent.en": "letter No. 2 of 5 November 2026",
    "signatory": "Ганна Левчук",
    "number": "15/1204",
}
"""What people write into papers, whichever asks for it."""


def text_of(pdf: bytes) -> str:
    """Everything that can be read in a PDF, lines joined."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    joined = " ".join(pages).replace("\ufffe", "").replace("\u00ad", "")
    return " ".join(joined.replace("\u00a0", " ").replace("\u202f", " ").split())


def metadata_of(pdf: bytes) -> dict[str, str]:
    return pypdfium2.PdfDocument(pdf).get_metadata_dict(skip_empty=True)


def content(file) -> bytes:
    """The bytes of a stored file."""
    with file.open("rb") as opened:
        return opened.read()


def goods(work, *lines, day=None, **fields):
    """A charitable gift that crosses no customs here; ready to be sent, counted and given out."""
    sound = {"regime": "charitable_gift", "abroad": False}
    return a_consignment(work, *lines, day=day, **sound | fields)


def on_its_way(work, consignment, *, day=None):
    dispatch(
        actor=work.officer,
        consignment=consignment,
        day=day or ago(35),
        key=secrets.token_hex(8),
    )
    consignment.refresh_from_db()
    return consignment


def counted(work, consignment, *, damaged=0, missing=0, surplus=0, day=None, **fields):
    """Everything accepted, of the first lot with so many units damaged, missing or too many."""
    rows = []
    for place, lot in enumerate(lots_of(consignment)):
        there = ledger.balance(lot, Account.IN_TRANSIT)
        first = 1000 if place == 0 else 0
        sound = there - first * (damaged + missing - surplus)
        rows.append(Counted(lot=lot, received=sound, damaged=first * damaged))
    told = {"day": day or ago(30), "commission": COMMISSION, "key": secrets.token_hex(8)}
    act = accept(actor=work.storekeeper, consignment=consignment, counted=rows, **told | fields)
    consignment.refresh_from_db()
    return act


def lots_of(consignment):
    return [lot for line in living_lines(consignment) for lot in line.lots.order_by("pk")]


def valued(work, consignment, worth=("25.00", "EUR"), rate="43.5", **fields):
    """Every line valued by a commission, at a rate of the National Bank."""
    one = Valued(
        unit_value=Decimal(worth[0]),
        currency=worth[1],
        basis="",
        uah_rate=None if rate is None else Decimal(rate),
    )
    told = {"day": ago(28), "commission": COMMISSION, "key": secrets.token_hex(8)}
    act = value(
        actor=work.approver,
        consignment=consignment,
        values=dict.fromkeys(received_lines(consignment), one),
        **told | fields,
    )
    consignment.refresh_from_db()
    return act


def given_out(work, consignment, *rows, **fields):
    """Issued to (lot, number, category, settlement, households, persons)."""
    entries = [
        IssueRow(
            lot=lot,
            amount=number * 1000,
            category=category,
            settlement=settlement,
            households=households,
            persons=persons,
        )
        for lot, number, category, settlement, households, persons in rows
    ]
    told = {"day": ago(25), "key": secrets.token_hex(8)}
    act = issue(actor=work.storekeeper, consignment=consignment, rows=entries, **told | fields)
    consignment.refresh_from_db()
    return act


def in_the_books(work, *lines, **fields):
    """A gift that has come whole and is valued."""
    made = on_its_way(work, goods(work, *lines, **fields))
    counted(work, made)
    valued(work, made)
    return made


def beds(number="40", **fields):
    """Folding beds for displaced people, with everything that papers tell of a line."""
    sound = {
        "end_user": "displaced",
        "packages": 4,
        "net_kg": Decimal(500),
        "gross_kg": Decimal("520.5"),
        "unit_value": Decimal("25.00"),
        "currency": "EUR",
        "value_basis": "donor_statement",
    }
    return a_line_entry(number, **sound | fields)


def ambulances(**fields):
    """Two ambulances with their VINs."""
    sound = {"used": True, "wear_percent": 20, "packages": 2, "gross_kg": Decimal(5200)}
    return an_ambulance("WDB9066331S123456", "WDB9066331S123457", **sound | fields)


def batches(**fields):
    """Medicines in two batches."""
    return a_line_entry(
        "30",
        item="",
        names={"en": "Saline solution", "uk": "Фізіологічний розчин"},
        cluster="health",
        unit="box",
        hs6="300490",
        end_user="health",
        lots=(
            LotEntry(number=Decimal(10), batch="A1", expires_on=ago(-400)),
            LotEntry(number=Decimal(20), batch="B2", expires_on=ago(-500)),
        ),
        **fields,
    )


def made(work, consignment, kind, languages=("uk", "en"), *, actor=None, words=None, **fields):
    """A paper of this kind, with all words that it may ask for."""
    return make_paper(
        actor=actor or work.officer,
        consignment=consignment,
        kind=kind,
        languages=languages,
        words=fitting(kind, languages, WORDS | (words or {})),
        **fields,
    )


def fitting(kind, languages, words):
    """Those of the words that this kind takes."""
    slots = {slot.name for slot in open_slots(kind)}
    cells = {field.name for field in open_cells(kind)}

    def takes(key):
        parts = key.split(".")
        in_lines = parts[0] == "lines" and not cells.isdisjoint(parts)
        return parts[0] in slots or in_lines or parts[0] == "shares"

    return {key: text for key, text in words.items() if takes(key)}


def a_picture(colour=(40, 90, 160), size=(800, 600)) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, "JPEG")
    return made.getvalue()


def a_photo(work, consignment, *, shown=None, line=None, colour=(40, 90, 160), name="photo.jpg"):
    """A photo of the store; reviewed where `shown` says how."""
    row = add_file(
        actor=work.storekeeper,
        consignment=consignment,
        kind="photo",
        name=name,
        data=a_picture(colour),
        line=line,
        at=timezone.now(),
    )
    if shown is not None:
        review_file(
            actor=work.approver, file=row, shown=shown, reason="" if shown else "A plate is seen."
        )
    return row
