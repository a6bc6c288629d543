"""Each page as people meet it: wide and narrow, in both languages, with and without scripts."""

import pytest

from factories import DORTMUND, ZHYTOMYR
from mistok.kernel.ids import public_id
from mistok.registry.services import tie_subject

TIE = tie_subject([ZHYTOMYR, DORTMUND])
SOURCE = public_id("source", "decentralization-15435")
PAGES = {
    "home": "",
    "places": "places/",
    "search": "places/?q=Lviv",
    "place": f"places/{ZHYTOMYR}/",
    "ties": "ties/",
    "tie": f"ties/{TIE}/",
    "partners": f"partners/{ZHYTOMYR}/",
    "sweep": "sweep/",
    "source": f"sources/{SOURCE}/",
    "data": "data/",
    "about": "about/",
    "refusal": "nowhere/",
}
MAPS = ["home", "place", "ties", "tie", "partners", "sweep"]
WIDTHS = (1280, 390)
LANGUAGES = ("en", "uk")
MOST_BYTES = 200_000
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

every_page = pytest.mark.parametrize("name", PAGES)
every_language = pytest.mark.parametrize("language", LANGUAGES)
every_width = pytest.mark.parametrize("width", WIDTHS)


@every_width
@every_language
@every_page
def test_page_opens_light_quiet_and_in_its_width(visit, site, name, language, width):
    with visit(f"/{language}/{PAGES[name]}", width=width) as page:
        page.wait_for_load_state("networkidle")
        errors = [text for text in page.seen["errors"] if not (name == "refusal" and "404" in text)]
        assert errors == []
        assert [url for url in page.seen["requests"] if not url.startswith((site, "data:"))] == []
        assert page.seen["bytes"] < MOST_BYTES
        root = "document.documentElement"
        assert page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")
        assert page.evaluate(f"{root}.lang") == language
        assert page.locator("h1").count() == 1


@pytest.fixture(scope="session")
def axe(root):
    """The accessibility checker, as npm has put it there."""
    return (root / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def violations(page, axe):
    page.evaluate(axe)
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
    )["violations"]
    return [
        f"{one['id']}: {node['html'][:200]} – {node['failureSummary']}"
        for one in found
        for node in one["nodes"]
    ]


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("en", "light", 1280), ("uk", "dark", 390)]
)
@every_page
def test_page_is_accessible(visit, axe, name, language, scheme, width):
    options = {"color_scheme": scheme, "bypass_csp": True, "reduced_motion": "reduce"}
    with visit(f"/{language}/{PAGES[name]}", width=width, **options) as page:
        page.evaluate(SHORTEN)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        assert violations(page, axe) == []


SHORTEN = """() => {
  for (const list of document.querySelectorAll("ul, ol, tbody"))
    for (const row of [...list.children].slice(6)) row.remove();
}"""
"""Rows of a list are alike: the seventh tells the checker nothing new, and costs as much."""


@pytest.mark.parametrize("name", ["home", "place"])
def test_drawn_map_is_accessible(visit, axe, name):
    with visit(f"/en/{PAGES[name]}", bypass_csp=True) as page:
        draw_map(page)
        assert violations(page, axe) == []


def draw_map(page):
    """Scroll to the map and wait until it is drawn."""
    for folded in page.locator("details:has(.map-canvas):not([open])").all():
        folded.evaluate("details => details.open = true")
    page.locator(".map-canvas").first.scroll_into_view_if_needed()
    page.locator('.map-canvas[data-ready="yes"]').first.wait_for()


YELLOW = """() => {
  const canvas = document.querySelector(".map-canvas canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] > 180 && data[at + 1] > 120 && data[at + 2] < 120 && data[at + 3] > 60) count += 1;
  }
  return count;
}"""
"""How many points of the map have the colour of an arc in force."""


@pytest.mark.parametrize("name", MAPS)
def test_map_draws_arcs_once_it_is_reached(visit, site, name):
    with visit(f"/uk/{PAGES[name]}") as page:
        draw_map(page)
        page.wait_for_timeout(300)
        if name != "sweep":  # where nearly every tie has ended, and ended arcs are grey
            assert page.evaluate(YELLOW) > 50
        assert page.locator(".map-canvas").first.is_visible()
        assert page.seen["errors"] == []
        assert [url for url in page.seen["requests"] if not url.startswith((site, "data:"))] == []


def test_map_that_cannot_load_opens_its_list(visit):
    with visit(f"/en/places/{ZHYTOMYR}/") as page:
        page.route("**/outlines*.json", lambda route: route.abort())
        page.reload()
        figure = page.locator("figure.map").first
        figure.scroll_into_view_if_needed()
        figure.locator("details[open]").wait_for()
        assert figure.locator("td a").first.is_visible()


@every_language
@every_page
def test_page_works_without_scripts(visit, name, language):
    options = {"java_script_enabled": False, "width": 390}
    with visit(f"/{language}/{PAGES[name]}", **options) as page:
        assert page.locator("h1").is_visible()
        if name in MAPS:
            assert page.locator("svg.map-drawing").count() == 1
            assert page.locator("svg.map-drawing path").count() > 0


@every_language
def test_search_works_without_scripts(visit, language):
    with visit(f"/{language}/", java_script_enabled=False) as page:
        page.locator("#q").fill("Житомир")
        page.locator("main form button").first.click()
        page.wait_for_url("**/places/?q=*")
        links = page.locator("#results a").evaluate_all("all => all.map(a => a.pathname)")
        assert f"/{language}/places/{ZHYTOMYR}/" in links


def test_ties_of_a_place_are_listed_without_scripts(visit):
    with visit(f"/uk/places/{ZHYTOMYR}/", java_script_enabled=False) as page:
        assert page.locator(f'a[href="/uk/ties/{TIE}/"]').first.is_visible()


def test_keyboard_skips_to_the_content(visit):
    with visit("/en/ties/") as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        assert page.locator(".skip").is_visible()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_keyboard_searches_and_opens_a_place(visit):
    with visit("/en/") as page:
        page.locator("#q").focus()
        page.keyboard.type("Zhytomyr")
        page.keyboard.press("Enter")
        page.wait_for_url("**/places/?q=Zhytomyr*")
        result = page.locator(f'#results a[href="/en/places/{ZHYTOMYR}/"]').first
        result.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/places/{ZHYTOMYR}/")


def test_focus_is_always_seen(visit):
    with visit(f"/en/places/{ZHYTOMYR}/") as page:
        for _press in range(25):
            page.keyboard.press("Tab")
            seen = page.evaluate(
                """() => {
                  const look = getComputedStyle(document.activeElement);
                  return look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0
                    || look.boxShadow !== "none";
                }"""
            )
            assert seen, page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_search_shows_results_while_typing(visit):
    with visit("/en/places/") as page:
        page.locator("#q").press_sequentially("Dortmund")
        page.locator(f'#results a[href="/en/places/{DORTMUND}/"]').first.wait_for()
        assert "q=Dortmund" in page.url
        assert page.seen["errors"] == []


def test_filter_of_ties_swaps_the_list_and_keeps_the_address(visit):
    with visit("/en/ties/") as page:
        page.locator('select[name="country"]').select_option("JP")
        page.wait_for_url("**country=JP*")
        page.wait_for_load_state("networkidle")
        fragment = page.locator("#results .rows").first.inner_text()
        page.reload()
        assert page.locator("#results .rows").first.inner_text() == fragment
        assert page.seen["errors"] == []


@pytest.mark.parametrize("name", ["search", "place", "tie", "ties"])
def test_language_switch_keeps_the_page(visit, name):
    with visit(f"/en/{PAGES[name]}") as page:
        page.locator('#languages a[lang="uk"]').click()
        page.wait_for_url(f"**/uk/{PAGES[name]}")
        assert page.evaluate("document.documentElement.lang") == "uk"


@pytest.mark.parametrize("name", ["place", "tie", "partners"])
def test_print_leaves_the_navigation_out(visit, name):
    with visit(f"/en/{PAGES[name]}") as page:
        assert page.locator("header .nav").is_visible()
        page.emulate_media(media="print")
        assert not page.locator("header .nav").is_visible()
        assert not page.locator(".top-search").is_visible()
        assert page.locator("h1").is_visible()
        assert page.locator("footer").is_visible()


def test_page_opens_again_from_the_history(visit):
    with visit("/en/ties/") as page:
        page.locator('select[name="country"]').select_option("JP")
        page.wait_for_url("**country=JP*")
        page.go_back()
        page.wait_for_url("**/en/ties/")
        page.wait_for_load_state("networkidle")
        assert page.locator("h1").is_visible()
        assert page.locator("html body main").count() == 1
