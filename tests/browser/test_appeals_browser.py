"""A letter of appeal in a real browser: written with a live preview, approved, sent, verified; and
without scripts on a phone. Run as a script it puts the people of these tests into the server's
data, with sessions that have shown a second factor, and prints them.
"""

import json
import os
import secrets
import subprocess
import sys
import time
from pathlib import Path

import pytest

KRYVYI_RIH, KIELCE = "katottg:UA12060170000091033", "geonames:769250"
TEXTS = {
    "situation.uk": "Узимку в громаді часто немає світла. Лікарні потребують генераторів.",
    "situation.pl": "Zimą w hromadzie często nie ma prądu. Szpitale potrzebują agregatów.",
    "recipient.uk": "Криворізька міська рада",
    "recipient.pl": "Rada Miejska w Krzywym Rogu",
    "recipient_code": "33874388",
    "signatory_office.uk": "Міський голова",
    "signatory.uk": "Іван Петренко",
    "valid_until": f"{time.gmtime().tm_year + 1}-12-31",
}


def put_people():
    """An office that asks, one open need of it, an officer and an approver with their sessions."""
    import django

    django.setup()

    from django.test import Client
    from django.utils import timezone
    from needs_cast import a_need

    from living import an_office
    from signing import enters

    work = an_office(KRYVYI_RIH, name="Kryvyi Rih")
    work.office.callback_phone = "+380564001122"
    work.office.save()
    need = a_need(work, 8, changed_at=timezone.now())
    sessions = {}
    for name, actor in (("officer", work.officer), ("approver", work.approver)):
        actor.user.email = f"{secrets.token_hex(4)}@example.org"
        actor.user.save()
        client = Client()
        enters(client, actor.user)
        sessions[name] = client.session.session_key
    return sessions | {"need": need.public_id}


@pytest.fixture(scope="module")
def sessions(site):
    """The people in the server's data: session keys by role, and the need by its id."""
    tests = Path(__file__).parents[1]
    places = (tests, tests / "integration", os.environ.get("PYTHONPATH", ""))
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "mistok.config.settings",
        "DATABASE_URL": "",
        "PYTHONPATH": os.pathsep.join(str(one) for one in places if one),
    }
    told = subprocess.run(
        [sys.executable, __file__], env=environment, check=True, capture_output=True, text=True
    )
    return json.loads(told.stdout.splitlines()[-1])


def come_in(page, site, key):
    page.context.add_cookies([{"name": "sessionid", "value": key, "url": site}])


def fits(page):
    root = "document.documentElement"
    return page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")


def fill_in(page, need):
    """Everything that a letter to Kielce asks for."""
    page.locator("#title").fill("Winter")
    page.locator(f"#need-{need}").check()
    page.locator("#q").fill("Kielce")
    page.get_by_role("button", name="Find").last.click()
    page.locator(f'button[name="add"][value="{KIELCE}"]').click()
    page.locator(f'input[name="to"][value="{KIELCE}"]').wait_for()
    page.locator(f'[name="name.{KIELCE}"]').fill("Кельце")
    for name, text in TEXTS.items():
        page.locator(f'[name="{name}"]').fill(text)


def violations(page, root):
    axe = (root / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    page.evaluate(axe)
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", rules
    )["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def test_letter_is_written_with_a_live_preview_sent_and_verified(visit, site, root, sessions):
    with visit("/en/", bypass_csp=True, reduced_motion="reduce") as page:
        come_in(page, site, sessions["officer"])
        page.goto("/en/appeals/new/")
        assert violations(page, root) == []
        fill_in(page, sessions["need"])
        sheet = page.locator("#preview #sheet")
        sheet.get_by_text("Szpitale potrzebują agregatów", exact=False).wait_for()
        assert violations(page, root) == []
        page.get_by_role("button", name="Save the draft").click()
        page.get_by_role("button", name="Put it before the approver").click()
        page.get_by_text("The letter waits for the approver.").wait_for()
        story = page.url.partition("#")[0]
        come_in(page, site, sessions["approver"])
        page.goto(story)
        page.get_by_role("button", name="Approve the letter").click()
        page.get_by_role("status").get_by_text("Approved under number").wait_for()
        come_in(page, site, sessions["officer"])
        page.goto(story)
        page.get_by_role("button", name="Send the letters").click()
        page.get_by_role("heading", name="Print and hand over").wait_for()
        assert page.locator("#by-hand code").inner_text().startswith("http")
        assert violations(page, root) == []
        with page.expect_download() as coming:
            page.locator("#by-hand").get_by_role("link", name="PDF").click()
        letter = Path(coming.value.path()).read_bytes()
        page.get_by_role("link", name="check").first.click()
        page.get_by_role("heading", name="Genuine").wait_for()
        assert violations(page, root) == []
        file = {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": letter}
        page.locator("#file").set_input_files(file)
        page.get_by_role("button", name="Compare the file").click()
        page.get_by_role("heading", name="The file is unchanged").wait_for()
        altered = letter[:-20] + bytes([letter[-20] ^ 1]) + letter[-19:]
        page.locator("#file").set_input_files(file | {"buffer": altered})
        page.get_by_role("button", name="Compare the file").click()
        page.get_by_role("heading", name="The file was altered").wait_for()
        assert page.seen["errors"] == []


def test_letter_is_previewed_and_kept_without_scripts_on_a_phone(visit, site, sessions):
    with visit("/en/", width=390, java_script_enabled=False) as page:
        come_in(page, site, sessions["officer"])
        page.goto("/en/appeals/new/")
        assert fits(page)
        fill_in(page, sessions["need"])
        page.get_by_role("button", name="Preview").last.click()
        page.locator("#preview #sheet").wait_for()
        assert "Szpitale potrzebują agregatów" in page.locator("#sheet").inner_text()
        assert fits(page)
        page.get_by_role("button", name="Save the draft").click()
        page.get_by_text("The draft is kept.").wait_for()
        assert fits(page)
        page.goto("/uk/appeals/")
        assert fits(page)
        page.goto("/uk/verify/")
        assert fits(page)
        assert page.seen["errors"] == []


if __name__ == "__main__":
    json.dump(put_people(), sys.stdout)
