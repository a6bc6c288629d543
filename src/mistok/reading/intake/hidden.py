"""Words of a web page that its readers do not see: they are left out before anything is read.

Instructions to programs are hidden so; what nobody can see is no statement of anybody.
"""

import re
from collections.abc import Iterator
from typing import Any

_DROPPED = frozenset(
    "script style template noscript iframe object embed svg canvas math audio video map select "
    "option datalist textarea button input head dialog frameset noframes applet".split()
)
_HIDING_CLASSES = frozenset(
    "sr-only visually-hidden visuallyhidden screen-reader-text screenreader hidden d-none hide "
    "is-hidden u-hidden invisible element-invisible offscreen".split()
)
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0?\.?0+(?![.\d])"
    r"|font-size\s*:\s*(?:0?\.\d+|0|1)(?:px|pt|em|rem|%|vw)?\s*(?:;|!|$)"
    r"|text-indent\s*:\s*-\d{3,}|(?:left|right|top)\s*:\s*-\d{3,}"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?\b|clip-path\s*:\s*(?:inset\((?:50|100)%|circle\(0)"
    r"|(?<![\w-])(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*(?:;|!|$)",
    re.I,
)
_ONE_EM = re.compile(r"font-size\s*:\s*1(?:em|rem)", re.I)
_COLOUR = re.compile(r"(?<![\w-])color\s*:\s*([^;]+)", re.I)
_GROUND = re.compile(r"background(?:-color)?\s*:\s*([^;]+)", re.I)
_WHITE = re.compile(
    r"#fff(?:fff)?\b|\bwhite\b|#f[c-f]f[c-f]f[c-f]\b|transparent|rgba?\(\s*25[0-5]\s*,\s*25[0-5]\s*,\s*25[0-5]"
    r"|rgba\([^)]*,\s*0?\.?0+\s*\)",
    re.I,
)
_SIMPLE = re.compile(r"[\w-]*[.#]([\w-]+)")
_MOST_STYLE = 300_000


def drop_hidden(tree: Any) -> None:
    """Take out of a parsed page (an lxml tree) every element that shows no words."""
    classes = _hiding_rules(tree)
    found = [element for element in tree.iter() if _is_hidden(element, classes)]
    for element in reversed(found):
        parent = element.getparent()
        if parent is None:
            continue
        _keep_tail(element, parent)
        parent.remove(element)


def _keep_tail(element: Any, parent: Any) -> None:
    tail = element.tail
    if not tail:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail


def _is_hidden(element: Any, names: frozenset[str]) -> bool:
    tag = element.tag
    if not isinstance(tag, str):
        return True
    if tag in _DROPPED:
        return tag != "head" and not (tag == "dialog" and "open" in element.attrib)
    attributes = element.attrib
    if not attributes or tag in ("html", "body"):
        return False
    if "hidden" in attributes or attributes.get("aria-hidden", "").strip().lower() == "true":
        return True
    own = attributes.get("class", "").split()
    if not names.isdisjoint(own) or attributes.get("id") in names:
        return True
    style = attributes.get("style")
    return bool(style) and _style_hides(element, style)


def _style_hides(element: Any, style: str) -> bool:
    if _HIDING.search(style[:2000]) and not _ONE_EM.search(style):
        return True
    colour = _COLOUR.search(style[:2000])
    return colour is not None and _WHITE.search(colour[1]) is not None and _on_white(element)


def _on_white(element: Any) -> bool:
    """Whether no darker ground is told for an element or for what it stands in."""
    for _ in range(30):
        if element is None:
            break
        ground = _GROUND.search(element.attrib.get("style", "")[:2000])
        told = ground[1] if ground else element.attrib.get("bgcolor", "")
        if told:
            return _WHITE.search(told) is not None
        element = element.getparent()
    return True


def _hiding_rules(tree: Any) -> frozenset[str]:
    """Classes and names that the page's own style sheets hide, and those that usually hide."""
    names = set(_HIDING_CLASSES)
    for style in tree.iter("style"):
        for selectors, rule in _rules((style.text or "")[:_MOST_STYLE]):
            if _HIDING.search(rule) and not _ONE_EM.search(rule):
                for selector in selectors.split(","):
                    if found := _SIMPLE.fullmatch(selector.strip()):
                        names.add(found[1])
    return frozenset(names)


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """Rules at the top of a style sheet: those within @media and the like hold only sometimes."""
    depth, last, selector = 0, 0, ""
    for found in re.finditer(r"[{}]", sheet):
        if found[0] == "{":
            if depth == 0:
                selector = sheet[last : found.start()].rpartition("*/")[2].strip()
            depth += 1
        else:
            depth = max(depth - 1, 0)
            if depth == 0 and selector and not selector.startswith("@"):
                yield selector, sheet[last : found.start()]
        last = found.end()
