"""A real server on its own data, and a real Chromium to read its pages with."""

import os
import shutil
import subprocess
from contextlib import contextmanager

import pytest
from playwright.sync_api import sync_playwright
from serving import MISTOK, PLAIN, serving
from watching import watch

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pytest_collection_modifyitems(items):
    """Everything in this folder needs a browser."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def site(world, root):
    """The address of a server that `mistok run` has prepared and `mistok serve` serves."""
    if not (root / "build" / "assets" / "vendor" / "outlines.json").is_file():
        pytest.fail("The page assets are not made. Run `npm ci` and `mistok assets` first.")
    subprocess.run([*MISTOK, "run", "--prepare-only"], env=os.environ | PLAIN, check=True)
    with serving() as address:
        yield address


@pytest.fixture(scope="session")
def chromium():
    """Chromium, the one that the suite found or one of the usual names."""
    names = [os.environ.get("MISTOK_BROWSER", ""), *map(shutil.which, BROWSERS)]
    path = next(filter(None, names), None)
    if path is None:
        sentence = "There is no Chromium on this machine. Install the package chromium."
        if os.environ.get("CI"):
            pytest.fail(sentence)
        pytest.skip(sentence)
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, site):
    """Open a page with an empty cache: `with visit("/en/", width=390) as page`."""

    @contextmanager
    def opened(path, *, width=1280, **options):
        size = {"width": width, "height": 900}
        context = chromium.new_context(base_url=site, viewport=size, **options)
        page = context.new_page()
        try:
            watch(page)
            page.goto(path, wait_until="load")
            yield page
        finally:
            context.close()

    return opened
