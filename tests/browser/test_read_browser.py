"""A text is read in a real browser: wide and narrow, in two languages, with and without scripts."""

import pytest

TEXT = (
    "Dortmund and Zhytomyr are twin towns now\n\n"
    "On 23 February 2023 the German city of Dortmund and the Ukrainian city of Zhytomyr signed a "
    "twinning agreement. Dortmund has handed over two ambulances and five generators to Zhytomyr."
)
MOST_BYTES = 200_000
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def read(page):
    page.fill("textarea[name=text]", TEXT)
    page.click("button[value=read]")
    page.wait_for_load_state("networkidle")


def violations(page, root):
    page.evaluate((root / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})", RULES
    )["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["en", "uk"])
def test_text_is_pasted_and_its_tie_shown_beside_its_words(visit, site, root, language, width):
    with visit(f"/{language}/read/", width=width) as page:
        assert violations(page, root) == []
        read(page)
        assert page.seen["errors"] == []
        assert [url for url in page.seen["requests"] if not url.startswith(site)] == []
        assert page.seen["bytes"] < MOST_BYTES
        ground = "document.documentElement"
        assert page.evaluate(f"{ground}.scrollWidth <= {ground}.clientWidth")
        assert "signed a twinning agreement" in page.locator("mark.is-tie").first.inner_text()
        assert page.locator(".proposal").count() >= 1
        assert violations(page, root) == []
        # From the card to the words, and back.
        page.locator(".proposal a[href='#span-1']").click()
        assert page.locator("#span-1").is_visible()
        page.locator("#span-1").click()
        assert page.url.endswith("#proposal-1")


def test_text_is_read_without_scripts(visit):
    with visit("/en/read/", java_script_enabled=False) as page:
        read(page)
        assert page.locator("mark.is-tie").count() >= 1
        assert "Dortmund" in page.locator("#proposal-1").inner_text()


def test_dark_page_keeps_its_marks(visit, root):
    with visit("/en/read/", color_scheme="dark") as page:
        read(page)
        assert violations(page, root) == []
