"""A mayor's office without an account answers a letter on a phone, without scripts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import test_sign_in_browser as signing_in

axe = signing_in.axe
TESTS = Path(__file__).parents[1]
LETTER = """
import django
django.setup()
from types import SimpleNamespace
from factories import PARDUBICE
from needs_cast import at_work
from web_answers_cast import a_letter, a_link, a_need
home = at_work("katottg:UA53080370000025447", "Poltava")
partner = at_work(PARDUBICE, "Pardubice")
people = SimpleNamespace(home=home, partner=partner)
needs = [a_need(people.home, 8), a_need(people.home, 3, item="ambulance")]
print(a_link(a_letter(people, needs)))
"""
"""Puts a letter into the data of the server, which other files share: none makes these offices."""


@pytest.fixture
def token(site):
    """The one-time link of a letter."""
    paths = [str(TESTS), str(TESTS / "integration"), os.environ.get("PYTHONPATH", "")]
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "mistok.config.settings",
        "DATABASE_URL": "",
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
    }
    command = [sys.executable, "-c", LETTER]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    return told.stdout.split()[-1]


def test_letter_is_answered_by_its_link_on_a_phone_without_scripts(visit, axe, token):
    with visit(f"/en/answer/{token}/", width=390, bypass_csp=True) as page:
        assert signing_in.fits(page)
        assert page.seen["errors"] == []
        assert signing_in.violations(page, axe) == []
    with visit(f"/en/answer/{token}/", width=390, java_script_enabled=False) as page:
        first, second = (page.locator(f"#line-{number}") for number in (1, 2))
        first.get_by_label("a part").check()
        first.get_by_label("How much").fill("2 pcs")
        second.get_by_label("something else instead").check()
        page.get_by_label("Your name").fill("Anna Schmidt")
        page.get_by_role("button", name="Check the answer").click()
        page.get_by_role("alert").get_by_text("Nothing was sent yet").wait_for()
        second.get_by_label("How much").fill("1")
        second.get_by_label("What you would give instead").fill("A minibus with nine seats")
        page.get_by_label("Your office").fill("Office of the lord mayor")
        page.get_by_role("button", name="Check the answer").click()
        page.get_by_role("heading", name="This is what you are about to send").wait_for()
        page.get_by_text("A part: 2 pieces").wait_for()
        page.get_by_role("button", name="Send the answer").click()
        page.get_by_text("Your answer is sent").wait_for()
        page.get_by_text("This link was used on").wait_for()
        page.get_by_text("A minibus with nine seats, instead of").wait_for()
        page.get_by_role("button", name="Send a new link").wait_for()
