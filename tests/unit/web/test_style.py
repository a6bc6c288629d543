"""The style sheet and the templates: light, readable in both schemes, safe under the policy."""

import re
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[3] / "src" / "mistok" / "web"
CSS = (WEB / "static" / "mistok.css").read_text(encoding="utf-8")
STORE_CSS = (WEB / "static" / "store.css").read_text(encoding="utf-8")
READ_CSS = (WEB / "static" / "read.css").read_text(encoding="utf-8")
MORE_CSS = {"store": STORE_CSS, "read": READ_CSS}
"""What the pages of some rooms load besides."""
SCRIPT = (WEB / "static" / "map.js").read_text(encoding="utf-8")
COMBOBOX = (WEB / "static" / "suggest.js").read_text(encoding="utf-8")
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
WORDS = ("ink", "slate", "river", "moss", "amber", "clay")


def scheme(name):
    """The colours of one scheme, the dark one on top of the light one."""
    blocks = re.findall(r":root \{(.*?)\}", CSS, flags=re.S)
    light, dark = (dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block)) for block in blocks[:2])
    return light if name == "light" else {**light, **dark}


def luminance(colour):
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, two):
    """Contrast ratio, WCAG 2.2."""
    lighter, darker = sorted((luminance(one), luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("word", WORDS)
def test_words_on_paper_have_aa_contrast(name, word):
    colours = scheme(name)
    assert contrast(colours[word], colours["paper"]) >= 4.5
    assert contrast(colours[word], colours["raised"]) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
def test_buttons_fields_and_map_marks_can_be_told_apart(name):
    colours = scheme(name)
    assert contrast(colours["on-river"], colours["river"]) >= 4.5
    assert contrast(colours["edge"], colours["paper"]) >= 3
    for ground in ("sea", "land"):
        assert contrast(colours["wheat"], colours[ground]) >= 3
        assert contrast(colours["dot"], colours[ground]) >= 3


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_style_sheet_is_one_small_file_without_addresses():
    assert len(CSS.encode()) < 30_000
    assert not re.findall(r"url\(|@import|https?:", CSS)


def test_style_sheet_uses_only_colours_it_declares():
    sheets = CSS + STORE_CSS + READ_CSS
    declared = set(re.findall(r"(--[a-z0-9-]+):", sheets))
    assert set(re.findall(r"var\((--[a-z0-9-]+)", sheets)) <= declared


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_has_no_inline_style_or_script(path):
    """The content security policy would block them, silently for the author."""
    text = re.sub(r"\{[%{].*?[%}]\}", " ", path.read_text(encoding="utf-8"))
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|javascript:", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_classes_are_styled(path):
    """A class without a rule is a leftover; `rows` of state tones come from the data."""
    text = re.sub(r"\{[%{].*?[%}]\}", " ", path.read_text(encoding="utf-8"))
    named = {name for found in re.findall(r'class="([^"]*)"', text) for name in found.split()}
    sheets = CSS + MORE_CSS.get(path.parent.name, "")
    styled = set(re.findall(r"\.([a-z][a-z-]*)", sheets))
    assert {name for name in named if not name.endswith("-")} <= styled


def test_map_script_writes_no_html_from_data():
    assert "innerHTML" not in SCRIPT
    assert "insertAdjacentHTML" not in SCRIPT
    assert re.findall(r"html: (.*),", SCRIPT) == ["String(members.length)"]


def test_script_of_the_search_box_is_small_and_writes_no_html():
    assert len(COMBOBOX.encode()) < 3_000
    assert not re.findall(r"innerHTML|insertAdjacentHTML|\.style\b", COMBOBOX)
