"""What the story of needs is told with: its place, its people's desks, its papers and mails."""

import datetime as dt
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pypdfium2
import segno
import test_sign_in_browser as signing_in
from pypdfium2 import raw
from serving import MISTOK, PLAIN, serving

from signing import code_of, mail_server

TESTS = Path(__file__).parents[1]
PEOPLE = Path(__file__).parent / "needs_story_people.py"
UNTIL = dt.date.today() + dt.timedelta(days=120)  # noqa: DTZ011 - the form has no zone either
ROWS = (
    ("Найменування", "Кількість", "Од. виміру", "Пріоритет", "Потрібно до"),
    ("Тепловий насос", 4, "шт", "Терміново", UNTIL),
    ("Бинт", 1200, "шт", "Рятує життя", UNTIL),
    ("Ковдра", "близько 50", "шт", "Важливо", UNTIL),
    ("Розкладне ліжко", 60, "шт", "Важливо", UNTIL),
    ("Мотопомпа", 6, "шт", "Терміново", UNTIL),
)
"""A storekeeper's list; of one row nobody knows how many."""
CATALOGUE = {
    "generator_diesel_75": "3",
    "ambulance": "2",
    "transformer_650": "1",
    "school_bus": "2",
    "tourniquet": "500",
    "water_filter": "40",
}
TEXTS = {
    "situation.uk": "Узимку в громаді часто немає світла. Лікарні потребують генераторів.",
    "situation.de": "Im Winter fehlt oft der Strom. Die Kliniken brauchen Generatoren.",
    "situation.pl": "Zimą często nie ma prądu. Szpitale potrzebują agregatów.",
    "situation.fr": "L’hiver, le courant manque souvent. Les hôpitaux ont besoin de groupes.",
    "recipient.uk": "Чернівецька міська рада",
    "recipient.de": "Stadtrat von Czernowitz",
    "recipient.pl": "Rada Miejska w Czerniowcach",
    "recipient.fr": "Conseil municipal de Tchernivtsi",
    "recipient_code": "36068147",
    "signatory_office.uk": "Міський голова",
    "signatory.uk": "Роман Клічук",
    "valid_until": UNTIL.isoformat(),
}
QUIET, SCALE = 2, 4


@contextmanager
def own_house(settings, folder):
    """A server on a copy of the prepared data, its people, a mail server, and its worker by hand.

    Gives `address`, `people`, `mailbox` and `work()`, one turn of the worker with its counts.
    """
    data = folder / "data"
    shutil.copytree(settings.MISTOK_DATA / "keys", data / "keys")
    (data / "world").symlink_to((settings.MISTOK_DATA / "world").resolve())
    name = "mistok.sqlite3"
    with (
        closing(sqlite3.connect(settings.MISTOK_DATA / name)) as there,
        closing(sqlite3.connect(data / name)) as here,
    ):
        there.backup(here)
    mail = SimpleNamespace()
    with mail_server(mail) as mailbox:
        told = {
            "MISTOK_DATA": str(data),
            "MISTOK_POSTING": "false",
            "MISTOK_MAIL_HOST": "127.0.0.1",
            "MISTOK_MAIL_PORT": str(mail.EMAIL_PORT),
            "MISTOK_MAIL_TLS": "false",
        }
        people = _run([sys.executable, PEOPLE], told)
        with serving(**told) as address:

            def work():
                once = [*MISTOK, "worker", "--once", "--json"]
                return _run(once, told | {"MISTOK_ADDRESS": address})

            yield SimpleNamespace(address=address, people=people, mailbox=mailbox, work=work)


def _run(command, settings):
    """What a process of the program prints as JSON."""
    paths = (str(TESTS), os.environ.get("PYTHONPATH", ""))
    more = {
        "DJANGO_SETTINGS_MODULE": "mistok.config.settings",
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
    }
    environment = os.environ | PLAIN | more | settings
    told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return json.loads(told.stdout.splitlines()[-1])


def spreadsheet():
    """The storekeeper's list as a browser sends it."""
    book = openpyxl.Workbook()
    for row in ROWS:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "list.xlsx", "mimeType": kind, "buffer": content.getvalue()}


class Desk:
    """One person before the pages, in a browser of her own."""

    def __init__(self, page, axe):
        self.page, self.axe = page, axe
        self.main = page.locator("main")

    def sign_in(self, address, *, app=False):
        signing_in.sign_in(self.page, address)
        if app:
            self.page.get_by_label("Code").fill(code_of())
            self.press("Sign in")
        self.page.get_by_role("link", name="Sign in").wait_for(state="detached")
        return self

    def go(self, path):
        signing_in.go(self.page, f"en/{path}")

    def press(self, name):
        self.main.get_by_role("button", name=name, exact=True).first.click()

    def follow(self, name):
        self.main.get_by_role("link", name=name).first.click()

    def reads(self, text, role=""):
        self.main.locator(role or "*").get_by_text(text).first.wait_for()

    def look(self, title):
        """The page has its heading, fits phone and desk, can be read by all, and went well."""
        self.page.get_by_role("heading", name=title, level=1).wait_for()
        look_at(self.page, self.axe)

    def row(self, text):
        """A row of the table of lines."""
        return self.main.locator("#lines tbody tr").filter(has_text=text)


def look_at(page, axe):
    """What holds of every page. What folds is opened for the look, and folded again."""
    assert page.locator("h1").count() == 1
    folded = page.locator("details:not([open])").element_handles()
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert signing_in.fits(page), (page.url, width)
    assert signing_in.violations(page, axe) == []
    assert page.seen["errors"] == []
    for one in folded:
        one.evaluate("one => { one.open = false }")


def parted(mail):
    """The words of a mail, and the PDF that hangs on it."""
    words = mail.get_body(("plain",)).get_content().replace("\r\n", "\n")
    (paper,) = (one for one in mail.iter_attachments())
    assert paper.get_content_type() == "application/pdf"
    return words, paper.get_content()


def columns(pdf):
    """The words of a letter, and those of its right column alone, pages one after another.

    Of the last page the right column is told from where that of its frame begins. Each page is
    looked at as a picture too: there is ink on it, and it is not all ink.
    """
    whole, right = "", ""
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, 1):
            ink = page.render(scale=1, grayscale=True).to_numpy() < 128
            assert 0.002 < ink.mean() < 0.4
            text = page.get_textpage()
            whole += plain(text.get_text_bounded())
            middle = 0.58 if number == len(document) else 0.5
            right += plain(text.get_text_bounded(left=page.get_width() * middle))
    return whole, right


def plain(text):
    """Words with ordinary spaces, parted words joined again."""
    text = re.sub(r"[\ufffe\u0002]", "", text).replace("\r\n", "\n")
    return re.sub(r"[\u00a0\u202f]", " ", text)


def check_squares(pdf, address):
    """Square for square the code on the last page is that of the address, as a telephone sees it.

    The squares are compared with those that a library makes of the address: no decoder is at hand.
    """
    matrix = segno.make(address, error="q", boost_error=False).matrix
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[len(document) - 1]
        image = page.render(scale=SCALE, grayscale=True).to_numpy()
        left, top, size = next(
            (left, page.get_height() - top, right - left)
            for left, bottom, right, top in _links(page)
            if abs((right - left) - (top - bottom)) < 1
        )
    step = size / (len(matrix) + 2 * QUIET)
    for number, line in enumerate(matrix):
        for column, dark in enumerate(line):
            x, y = left + (column + QUIET + 0.5) * step, top + (number + QUIET + 0.5) * step
            assert (image[int(y * SCALE), int(x * SCALE)] < 128) == bool(dark)


def _links(page):
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        found = raw.FS_RECTF()
        raw.FPDFAnnot_GetRect(raw.FPDFPage_GetAnnot(page, number), found)
        yield found.left, found.bottom, found.right, found.top
