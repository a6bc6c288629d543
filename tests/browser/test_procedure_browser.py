"""Two people in two offices carry a solidarity partnership from search mandate to suspension."""

import datetime as dt
import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pypdfium2
import pytest
import test_sign_in_browser as signing_in

from factories import BUCHA, DORTMUND, ZHYTOMYR
from paper_forms import form_of
from signing import code_of

axe = signing_in.axe
BIELEFELD = "geonames:2949186"
PEOPLE = Path(__file__).parent / "procedure_people.py"
CYRILLIC, LATIN = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "abcdefghijklmnopqrstuvwxyzäöüß"


@pytest.fixture
def offices(site):
    """Two offices in the server's data; gives the addresses of their people."""

    def made(*keys):
        paths = [str(PEOPLE.parents[1]), os.environ.get("PYTHONPATH", "")]
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "mistok.config.settings",
            "DATABASE_URL": "",
            "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        }
        command = [sys.executable, str(PEOPLE), *keys]
        told = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        return json.loads(told.stdout)

    return made


class Desk:
    """One person before the procedure: goes to its pages, fills forms, makes papers."""

    def __init__(self, page, side, look):
        self.page, self.side, self.look = page, side, look
        self.run = ""
        self.papers = {}

    def sign_in(self, address):
        signing_in.sign_in(self.page, address)
        self.page.get_by_label("Code").fill(code_of())
        self.page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
        self.page.get_by_role("link", name="Sign in").wait_for(state="detached")

    def go(self, path=""):
        run = f"{self.run}/" if self.run else ""
        signing_in.go(self.page, f"en/procedure/{run}{path}")
        self.look(self.page)

    def act(self, name, button, **fields):
        """Fill one form of the page and send it."""
        form = self.page.locator(f"#act-{name}")
        if form.get_attribute("open") is None:
            form.locator("summary").first.click()
        for field, value in fields.items():
            box = form.locator(f'[name="{field}"]')
            if box.first.get_attribute("type") in ("radio", "checkbox"):
                form.locator(f'[name="{field}"][value="{value}"]').check()
            else:
                box.fill(value)
        form.get_by_role("button", name=button).click()
        self.page.locator('.notice[role="status"]').wait_for()
        self.look(self.page)

    def step(self, code, name="done", button="Record it as done", *, side=None, **fields):
        self.go(f"steps/{self.side if side is None else side}/{code}/")
        self.act(name, button, **fields)

    def write(self, code, kind, *, side=None, rows=""):
        """Write the paper that a step asks for, read it, save it, look at the PDF."""
        self.go(f"steps/{self.side if side is None else side}/{code}/")
        door = self.page.locator(f'#papers p a[href*="/papers/{kind}/"]')
        inner = self.page.locator(f'p a[href*="/papers/{kind}/"]')
        assert "still missing" in self.page.locator("#papers li").filter(has=inner).inner_text()
        door.click()
        if rows:
            self.page.locator(f'button[name="more"][value="{rows}"]').click()
        self.fill(kind)
        self.look(self.page)
        self.page.get_by_role("button", name="Make the paper").click()
        self.page.get_by_role("link", name="Save as PDF").wait_for()
        self.look(self.page)
        self.read(kind)

    def fill(self, kind):
        """Every empty box of the form, from the example; what the record knew stays."""
        languages = [
            self.page.locator(f'[name="{name}"]').input_value() for name in ("left", "right")
        ]
        assert set(languages) == {"uk", "de"}
        told = form_of(kind, tuple(languages))
        boxes = self.page.locator("main form input, main form textarea, main form select")
        names = boxes.evaluate_all("all => all.filter(one => !one.value).map(one => one.name)")
        for name in names:
            if name in told:
                self.page.locator(f'main form [name="{name}"]').fill(told[name])

    def read(self, kind):
        """The made paper has both languages everywhere and no gap; its PDF shows them."""
        texts = {
            lang: self.page.locator(f'#sheet [lang="{lang}"]').all_inner_texts()
            for lang in ("uk", "de")
        }
        assert len(texts["uk"]) == len(texts["de"]) > 5, kind
        for told in (*texts["uk"], *texts["de"]):
            assert told.strip(), kind
            assert not any(mark in told for mark in ("{", "}", "[[", "]]", "None")), told
        assert any(letter in "".join(texts["uk"]).lower() for letter in CYRILLIC)
        with self.page.expect_download() as caught:
            self.page.get_by_role("link", name="Save as PDF").click()
        look_at(caught.value.path(), texts)
        with self.page.expect_download() as docx:
            self.page.get_by_role("link", name="Save as DOCX").click()
        assert Path(docx.value.path()).read_bytes().startswith(b"PK")
        self.papers[kind] = caught.value.suggested_filename


def look_at(path, texts):
    """The pages of a PDF as pictures: ink on each, in two columns, and never all ink."""
    with pypdfium2.PdfDocument(path) as document:
        said = ""
        for number, page in enumerate(document):
            ink = page.render(scale=1).to_numpy().mean(axis=2) < 128
            # A last page may hold the signatures alone.
            assert (0.0002 if number else 0.005) < ink.mean() < 0.4
            middle = ink.shape[1] // 2
            assert number or (ink[:, :middle].any() and ink[:, middle:].any())
            said += page.get_textpage().get_text_bounded().lower()
    assert sum(letter in said for letter in CYRILLIC) > 20
    assert sum(letter in said for letter in LATIN) > 20
    title = texts["uk"][0].split()[0].lower()
    assert title.strip("«»„“.,") in said


def begin(ours, theirs, partner):
    """The officer of one side finds the other on its page and begins; the other joins."""
    signing_in.go(ours.page, f"en/places/{partner}/")
    ours.page.get_by_role("link", name="Begin a procedure").click()
    ours.look(ours.page)
    ours.page.get_by_role("button", name="Begin the procedure").click()
    ours.page.get_by_role("heading", name="All steps of all sides").wait_for()
    ours.run = urlsplit(ours.page.url).path.split("/")[3]
    theirs.go()
    theirs.page.locator(f'a[href*="{ours.run}"]').click()
    theirs.run = ours.run
    theirs.look(theirs.page)
    theirs.act("join", "Take part")


VOTE = {
    "votes_for": "30",
    "votes_against": "0",
    "votes_abstained": "0",
    "votes_not_voting": "0",
    "votes_absent": "9",
    "total": "39",
}


def to_the_signing(ours, theirs):
    """From the search mandate through contact, ministry and both councils."""
    ours.write("search_mandate", "search_mandate")
    ours.step("search_mandate", "decide", "Record the decision", number="12", **VOTE)
    ours.write("contact", "letter_of_introduction", side=0)
    ours.step("contact", side=0)
    theirs.step("online_meeting", side=0, note="Wir haben uns gesehen.")
    ours.write("draft_agreement", "agreement", side=0, rows="purposes")
    theirs.step("draft_agreement", side=0)
    ours.write("ministry_order", "covering_letter")
    ours.step("ministry_order", "submit", "Record that it was submitted")
    assert "R01" in ours.page.locator("main").inner_text()
    theirs.go(f"steps/{ours.side}/ministry_order/")
    assert "office of the other side" in theirs.page.locator("main").inner_text()
    ours.step("ministry_order", "answer", "Record the answer", number="№ 879")
    for desk in (ours, theirs):
        desk.write("draft_resolution", "draft_resolution")
        desk.step("draft_resolution")
        desk.step("council_decision", "decide", "Record the decision", number="77", **VOTE)
    theirs.step("final_text", side=0)


def to_the_registration(ours, theirs):
    """Both sign, the agreement is in force, the ministry registers it, both publish it."""
    for desk, person in ((ours, "Iryna Koval"), (theirs, "Thomas Westphal")):
        hand = {"person": person, "post": "Mayor", "mode": "online"}
        desk.step("signing", "sign", "Record the signature", side=0, **hand)
    ours.step("in_force", side=0)
    entry = {"number": "R-7", "kinds": "interterritorial"}
    ours.step("registration", "register", "Record the registration", **entry)
    for desk in (ours, theirs):
        desk.step("publication")


def suspend(ours, theirs):
    """One side suspends by its own steps; the other sees them and confirms the notice."""
    ours.go()
    signed = ours.run
    ours.page.get_by_role("link", name="Suspend the tie").click()
    ours.look(ours.page)
    ours.page.get_by_role("button", name="Begin the suspension").click()
    ours.page.get_by_role("heading", name="All steps of all sides").wait_for()
    ours.run = theirs.run = urlsplit(ours.page.url).path.split("/")[3]
    assert ours.run != signed
    ours.step("reasons", reason="No contact could be kept up.")
    review = (dt.date.today() + dt.timedelta(days=90)).isoformat()  # noqa: DTZ011
    ours.step("pause_decision", number="90", review_on=review)
    ours.write("pause_notice", "suspension_notice")
    ours.step("pause_notice")
    theirs.go()
    assert "your consent is not asked for" in theirs.page.locator("main").inner_text()
    theirs.step("pause_reply", side=1, note="Wir haben das Schreiben.")
    ours.step("pause_takes_effect")
    ours.go()
    ours.page.get_by_role("link", name="The tie in the registry").click()
    ours.page.locator("h1").wait_for()
    assert "Suspended" in ours.page.locator(".head").inner_text()


def carried(ours, theirs, partner):
    begin(ours, theirs, partner)
    to_the_signing(ours, theirs)
    to_the_registration(ours, theirs)
    suspend(ours, theirs)
    assert set(ours.papers) == {
        *("search_mandate", "letter_of_introduction", "agreement", "covering_letter"),
        *("draft_resolution", "suspension_notice"),
    }
    assert set(theirs.papers) == {"draft_resolution"}
    for desk in (ours, theirs):
        assert desk.page.seen["errors"] == []


def test_partnership_is_carried_and_suspended_without_scripts(visit, offices):
    addresses = offices(ZHYTOMYR, DORTMUND)
    options = {"java_script_enabled": False}
    with visit("/en/", **options) as one, visit("/en/", width=390, **options) as two:
        ours, theirs = Desk(one, 1, lambda page: None), Desk(two, 2, lambda page: None)
        for desk, address in zip((ours, theirs), addresses, strict=True):
            desk.sign_in(address)
        carried(ours, theirs, DORTMUND)


def test_partnership_is_carried_with_scripts_and_each_page_is_accessible(visit, offices, axe):
    addresses = offices(BUCHA, BIELEFELD)
    seen = set()

    def look(page):
        path = urlsplit(page.url).path.split("/")
        kind = tuple(part for part in path if part and "_" not in part and not part.isdigit())
        assert page.locator("h1").count() == 1
        assert signing_in.fits(page), page.url
        if (kind, page) not in seen:
            seen.add((kind, page))
            assert signing_in.violations(page, axe) == []

    options = {"bypass_csp": True, "reduced_motion": "reduce"}
    with (
        visit("/en/", **options) as one,
        visit("/uk/", width=390, color_scheme="dark", **options) as two,
    ):
        ours, theirs = Desk(one, 1, look), Desk(two, 2, look)
        signing_in.go(two, "en/")
        for desk, address in zip((ours, theirs), addresses, strict=True):
            desk.sign_in(address)
        carried(ours, theirs, BIELEFELD)
        for path in ("papers/", "scans/", "plan/", "partner/"):
            for desk in (ours, theirs):
                desk.go(path)
        ours.go("scans/")
        one.get_by_role("button", name="Upload the scan").click()
        one.get_by_role("alert").get_by_role("link", name="Who signed").wait_for()
        assert signing_in.violations(one, axe) == []
        for path in ("", "steps/1/reasons/", "papers/suspension_notice/"):
            signing_in.go(one, f"uk/procedure/{ours.run}/{path}")
            look(one)
