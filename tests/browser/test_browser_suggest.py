"""The search box as a combobox: with keys, with a pointer, by ear, and without scripts."""

import re
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import expect
from test_browser_pages import violations

from factories import ZHYTOMYR

LVIV = "katottg:UA46060250000025047"
KRYVYI_RIH = "katottg:UA12060170000091033"
BOXES = {"": "#q", "ties/": "#top-q", f"places/{ZHYTOMYR}/": "#top-q", "about/": "#top-q"}
OPEN = ".suggest:not([hidden]) [role=option]"
CHOSEN = "[role=option][aria-selected=true]"
every_box = pytest.mark.parametrize("path", ["", "ties/", f"places/{ZHYTOMYR}/"])


def type_into(page, path, letters):
    """Type slowly into the page's box and wait for the list of all letters; gives the box."""
    box = page.locator(BOXES[path])
    with page.expect_response(
        lambda one: unquote_plus(one.url).split("q=")[-1].split("&")[0] == letters
    ):
        box.press_sequentially(letters, delay=30)
    page.locator(OPEN).first.wait_for()
    page.wait_for_load_state("networkidle")
    return box


@every_box
@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize(
    ("letters", "key"), [("Львів", LVIV), ("Lemb", LVIV), ("Kryw", KRYVYI_RIH)]
)
def test_arrow_and_enter_open_the_place(visit, path, language, letters, key):
    with visit(f"/{language}/{path}") as page:
        box = type_into(page, path, letters)
        page.keyboard.press("ArrowDown")
        expect(page.locator(CHOSEN)).to_have_count(1)
        assert box.get_attribute("aria-activedescendant") == page.locator(CHOSEN).get_attribute(
            "id"
        )
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/{language}/places/{key}/")
        assert page.seen["errors"] == []


def test_arrows_go_round_through_the_box_itself(visit):
    with visit("/en/") as page:
        box = type_into(page, "", "Kryw")
        count = page.locator(OPEN).count()
        ids = []
        for key in ["ArrowUp", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", "ArrowUp"]:
            page.keyboard.press(key)
            ids.append(box.get_attribute("aria-activedescendant"))
        one, two, last = (f"suggestion-{n}" for n in (1, 2, count))
        assert ids == [last, None, one, two, one, None]
        assert page.locator(CHOSEN).count() == 0
        assert page.evaluate("document.activeElement.id") == "q"


def test_enter_without_a_choice_searches(visit):
    with visit("/en/") as page:
        type_into(page, "", "Lemb")
        page.keyboard.press("Enter")
        page.wait_for_url("**/en/places/?q=Lemb")


def test_more_letters_let_go_of_the_choice(visit):
    with visit("/en/") as page:
        box = type_into(page, "", "Lem")
        page.keyboard.press("ArrowDown")
        page.keyboard.type("b")
        assert box.get_attribute("aria-activedescendant") is None
        page.keyboard.press("Enter")
        page.wait_for_url("**/en/places/?q=Lemb")


def test_escape_closes_the_list_and_keeps_the_letters(visit):
    with visit("/en/") as page:
        box = type_into(page, "", "Lemb")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Escape")
        expect(page.locator(".suggest")).to_be_hidden()
        expect(box).to_have_value("Lemb")
        expect(box).to_have_attribute("aria-expanded", "false")
        assert box.get_attribute("aria-activedescendant") is None
        page.keyboard.press("ArrowDown")
        expect(page.locator(CHOSEN)).to_have_attribute("id", "suggestion-1")


def test_list_that_comes_late_stays_closed(visit):
    with visit("/en/") as page:
        box = page.locator("#q")
        with page.expect_response("**/places/suggest/**"):
            box.press_sequentially("Lemb")
            page.keyboard.press("Tab")
        page.wait_for_load_state("networkidle")
        expect(page.locator(".suggest")).to_be_hidden()
        expect(page.get_by_role("status")).to_have_text("")


def test_tab_leaves_the_list_and_goes_to_the_button(visit):
    with visit("/en/") as page:
        type_into(page, "", "Lemb")
        page.keyboard.press("Tab")
        expect(page.locator(".suggest")).to_be_hidden()
        assert page.evaluate("document.activeElement.type") == "submit"


def test_pointer_opens_the_place(visit):
    with visit("/uk/ties/") as page:
        type_into(page, "ties/", "Lemb")
        page.locator(OPEN).first.click()
        page.wait_for_url(f"**/uk/places/{LVIV}/")
        page.go_back()
        page.wait_for_url("**/uk/ties/")
        expect(page.locator(".suggest")).to_be_hidden()


@pytest.mark.parametrize(
    ("language", "said", "nothing"),
    [
        ("en", r"\d suggestions?\. Choose with the up and down arrows\.", "No suggestions."),
        ("uk", r"\d підказ[а-я]+\. Вибирайте стрілками вгору та вниз\.", "Підказок немає."),
    ],
)
def test_reader_hears_how_many_there_are(visit, language, said, nothing):
    with visit(f"/{language}/") as page:
        box = type_into(page, "", "Kryw")
        expect(page.get_by_role("status")).to_have_text(re.compile(said))
        box.press_sequentially("qxq")
        expect(page.get_by_role("status")).to_have_text(nothing)
        expect(page.locator(".suggest")).to_be_hidden()
        box.fill("")
        expect(page.get_by_role("status")).to_have_text("")


def test_box_is_a_combobox_with_its_list(visit):
    with visit("/en/") as page:
        box = page.get_by_role("combobox", name="Name of a municipality")
        expect(box).to_have_attribute("aria-autocomplete", "list")
        expect(box).to_have_attribute("aria-expanded", "false")
        type_into(page, "", "Lemb")
        expect(box).to_have_attribute("aria-expanded", "true")
        assert box.get_attribute("aria-controls") == page.get_by_role("listbox").get_attribute("id")
        option = page.get_by_role("listbox", name="Suggestions").get_by_role("option").first
        assert "Lviv" in option.inner_text()


@pytest.mark.parametrize("path", ["places/", "places/?for=partner"])
def test_list_of_places_is_its_own_answer_without_a_popup(visit, path):
    with visit(f"/en/{path}") as page:
        page.locator("#q").press_sequentially("Zhyt", delay=30)
        page.locator(f'#results a[href="/en/places/{ZHYTOMYR}/"]').first.wait_for()
        assert page.locator(".suggest, [role=combobox]").count() == 0
        assert [url for url in page.seen["requests"] if "/suggest/" in url] == []


@pytest.fixture(scope="module")
def checker(root):
    """The accessibility checker, as npm has put it there."""
    return (root / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
@pytest.mark.parametrize("path", ["", "about/"])
def test_open_list_is_accessible(visit, checker, path, scheme, width):
    options = {"color_scheme": scheme, "bypass_csp": True}
    with visit(f"/uk/{path}", width=width, **options) as page:
        page.evaluate("document.querySelectorAll('main li').forEach(row => row.remove())")
        type_into(page, path, "Льв")
        page.keyboard.press("ArrowDown")
        assert violations(page, checker) == []
        roles = "axe.run('.search-field', {runOnly: ['aria-allowed-role', 'nested-interactive']})"
        assert page.evaluate(f"{roles}.then(found => found.violations.length)") == 0


@every_box
def test_open_list_moves_nothing_and_fits_a_phone(visit, path):
    with visit(f"/uk/{path}", width=360) as page:
        page.wait_for_load_state("networkidle")
        before = page.locator("main").bounding_box()
        type_into(page, path, "Льв")
        assert page.locator("main").bounding_box() == before
        place = page.locator(".suggestions").bounding_box()
        assert place["x"] >= 0
        assert place["x"] + place["width"] <= 360
        assert place["width"] > 300
        root = "document.documentElement"
        assert page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")
        seen = f"list => list.contains(document.elementFromPoint(180, {place['y'] + 40}))"
        assert page.locator(".suggestions").evaluate(seen)


@every_box
def test_box_without_scripts_is_a_plain_form(visit, path):
    with visit(f"/uk/{path}", java_script_enabled=False) as page:
        box = page.locator(BOXES[path])
        names = box.evaluate("box => box.getAttributeNames()")
        assert [name for name in names if name == "role" or name.startswith("aria-")] == []
        expect(page.locator(".suggest")).to_be_hidden()
        box.fill("Lemberg")
        box.press("Enter")
        page.wait_for_url("**/uk/places/?q=Lemberg")
        assert page.locator(f'#results a[href="/uk/places/{LVIV}/"]').first.is_visible()
