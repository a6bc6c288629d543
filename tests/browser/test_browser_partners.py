"""Partner search, the shortlist, comparison, rounds and the waiting list, as people meet them."""

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from test_browser_pages import MOST_BYTES, SHORTEN, draw_map, violations
from test_browser_pages import axe as axe  # the same checker, as a fixture of this file too

from factories import DORTMUND, GDYNIA, ZHYTOMYR

PARTNERS = f"partners/{ZHYTOMYR}/"
COMPARE = f"{PARTNERS}compare/?a={GDYNIA}&b={DORTMUND}"
LANGUAGES, WIDTHS = ("en", "uk"), (1280, 390)
NAMES = ("list", "weighed", "shortlist", "one", "compared", "rounds", "round", "answer", "waiting")

# Run in the data folder of the server: a round with a named pair and an unnamed one, and a list.
MAKE = """
import datetime as dt
from types import SimpleNamespace as Thing
import django
django.setup()
from mistok.partnering.policies import Actor
from mistok.partnering.rounds.lifecycle import Side
from mistok.partnering.rounds.links import answer_token
from mistok.partnering.rounds.services import join_waiting_list, publish_round, save_round
shell = Actor(shell="tests")
def side(key, named=True):
    return Thing(key=key, named=named)
def pair(a, b):
    return Thing(seeker=a, offerer=b, fit=0.5, seeker_fit=0.6, offerer_fit=0.4)
ours, theirs, other, third = {keys}
figures = {figures}
outcome = Thing(variant="best", algorithm="fit-2+round-1", input_hash="0" * 64,
    figures=lambda: figures, pairs=[pair(side(ours), side(theirs)),
    pair(side(third, False), side(other))], idle=[side("geonames:2867714")],
    unserved=[Thing(seeker=side(third, False), reason="nobody_allowed", facts=dict())])
kept = publish_round(actor=shell, kept=save_round(actor=shell, title="Spring", outcome=outcome))
for key, days in ((ours, 400), (third, 30)):
    since = dt.date.today() - dt.timedelta(days=days)
    join_waiting_list(actor=shell, key=key, side=Side.SEEKER, since=since, named=key == ours,
        classes=["rural"])
proposal = kept.proposals.get(seeker=ours)
print(kept.public_id, answer_token(proposal, Side.SEEKER))
"""
FIGURES = {
    "welfare": 1.0,
    "upper_bound": 1.01,
    "gap": 0.01,
    "price_of_fairness": 0.02,
    "stable": False,
    "blocking_pairs": 1,
    "floors": [{"name": "rural", "asked": 2, "served": 1}],
    "seekers": 3,
    "offerers": 3,
    "pairs": 2,
    "unserved": 1,
}
KHARKIV = "katottg:UA63120270000028556"


@pytest.fixture(scope="session")
def pages(site):
    """The pages by name, once the server's database holds a round."""
    script = MAKE.replace("{keys}", repr((ZHYTOMYR, GDYNIA, DORTMUND, KHARKIV)))
    script = script.replace("{figures}", repr(FIGURES))
    made = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    public_id, token = made.stdout.split()
    return SimpleNamespace(
        list=PARTNERS,
        weighed=f"{PARTNERS}?w_size=2&weighting=solidarity",
        shortlist=f"{PARTNERS}shortlist/",
        one=f"{PARTNERS}compare/?a={GDYNIA}",
        compared=COMPARE,
        rounds="rounds/",
        round=f"rounds/{public_id}/",
        answer=f"rounds/answer/{token}/",
        waiting="rounds/waiting/",
    )


def environment():
    return os.environ | {"DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "mistok.config.settings"}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_page_opens_light_quiet_and_in_its_width(visit, site, pages, name, language, width):
    with visit(f"/{language}/{getattr(pages, name)}", width=width) as page:
        page.wait_for_load_state("networkidle")
        assert page.seen["errors"] == []
        assert [url for url in page.seen["requests"] if not url.startswith((site, "data:"))] == []
        assert page.seen["bytes"] < MOST_BYTES
        root = "document.documentElement"
        assert page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")
        assert page.locator("h1").count() == 1


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("en", "light", 1280), ("uk", "dark", 390)]
)
@pytest.mark.parametrize("name", NAMES)
def test_page_is_accessible(visit, axe, pages, name, language, scheme, width):
    options = {"color_scheme": scheme, "bypass_csp": True, "reduced_motion": "reduce"}
    with visit(f"/{language}/{getattr(pages, name)}", width=width, **options) as page:
        keep(page, name)
        page.evaluate(SHORTEN)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert violations(page, axe) == []


def keep(page, name):
    """Put two candidates on the shortlist where the page is about it."""
    if name != "shortlist":
        return
    shortlist = page.url
    page.goto(shortlist.replace("shortlist/", ""))
    for _time in range(2):
        page.locator('button[name="add"]').first.click()
        page.wait_for_load_state()
    page.goto(shortlist)
    assert page.locator("ol.rows > li").count() == 2


def test_list_moves_with_the_weights_and_a_fresh_page_is_the_same(visit, pages):
    with visit(f"/en/{pages.list}") as page:
        page.locator(".weighing summary").click()
        usual = page.locator("#results h3").all_inner_texts()
        page.locator('select[name="w_habit"]').select_option("0")
        page.wait_for_url("**w_habit=0*")
        page.wait_for_load_state("networkidle")
        moved = page.locator("#results h3").all_inner_texts()
        assert moved != usual
        assert page.locator(".weighing[open]").count() == 1
        fragment = page.locator("#results .rows").inner_text()
        page.reload()
        assert page.locator("#results .rows").inner_text() == fragment
        page.get_by_role("link", name="Weigh as usual again").click()
        page.wait_for_url(f"**/en/{PARTNERS}")
        assert page.locator("#results h3").all_inner_texts() == usual
        assert page.seen["errors"] == []


@pytest.mark.parametrize("scripts", [True, False])
def test_shortlist_is_kept_noted_compared_and_emptied(visit, pages, scripts):
    with visit(f"/en/{pages.list}", java_script_enabled=scripts, width=390) as page:
        add = page.locator('button[name="add"]')
        for number in (2, 0):
            add.nth(number).click()
            page.wait_for_load_state()
        assert page.locator('button[name="remove"]').count() == 2
        page.get_by_role("link", name="Shortlist: 2 candidates").click()
        page.get_by_label("Note").first.fill("by train")
        page.get_by_role("button", name="Save the note").first.click()
        page.wait_for_load_state()
        assert page.get_by_label("Note").first.input_value() == "by train"
        page.get_by_role("button", name="Compare").click()
        page.wait_for_url("**/compare/?a=*&b=*")
        assert " or " in page.locator("h1").inner_text()
        page.get_by_role("link", name="Shortlist", exact=True).click()
        for _time in range(2):
            page.get_by_role("button", name="Take off").first.click()
            page.wait_for_load_state()
        assert page.get_by_text("Nobody is on the shortlist yet.").is_visible()
        assert page.seen["errors"] == []


def test_weights_work_without_scripts(visit, pages):
    with visit(f"/uk/{pages.list}", java_script_enabled=False) as page:
        usual = page.locator("#results h3").all_inner_texts()
        page.locator(".weighing summary").click()
        page.locator('select[name="w_habit"]').select_option("0")
        page.locator('.filters button[type="submit"]').click()
        page.wait_for_url("**w_habit=0*")
        assert page.locator("#results h3").all_inner_texts() != usual


def test_answer_is_shown_before_it_is_given_by_keyboard_alone(visit, pages):
    with visit(f"/en/{pages.answer}", java_script_enabled=False) as page:
        page.get_by_label("Reason, if you like").focus()
        page.keyboard.type("gladly")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.get_by_role("heading", name="You are about to accept Gdynia").wait_for()
        page.get_by_role("link", name="Back without answering").click()
        page.get_by_role("button", name="Accept").wait_for()


@pytest.mark.parametrize("name", ["list", "round"])
def test_map_is_drawn(visit, pages, name):
    with visit(f"/uk/{getattr(pages, name)}") as page:
        draw_map(page)
        assert page.locator(".map-canvas").first.is_visible()
        assert page.seen["errors"] == []


@pytest.mark.parametrize("name", ["shortlist", "compared", "round", "waiting"])
def test_print_leaves_buttons_and_navigation_out(visit, pages, name):
    with visit(f"/en/{getattr(pages, name)}") as page:
        keep(page, name)
        page.emulate_media(media="print")
        assert page.locator("h1").is_visible()
        assert not page.locator("header .nav").is_visible()
        assert page.locator("main button:visible").count() == 0
