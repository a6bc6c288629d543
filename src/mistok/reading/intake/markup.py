"""A look at markup before it is parsed: tags with thousands of attributes are no page's.

The parser compares each attribute of a tag with all before it, so that one tag of 200,000
attributes keeps it busy for minutes. This look is linear.
"""

import re

MOST_ATTRIBUTES = 1000
_SMALL = 40_000
_MARK = re.compile(r"""<!--|<(?:script|style)\b|<[a-z/!?]|=\s*["']|>""", re.I)
_RAW_END = re.compile(r"</(?:script|style)", re.I)


def is_bomb(markup: str) -> bool:
    """Whether a tag has more attributes than a parser takes in reasonable time."""
    if len(markup) < _SMALL:
        return False
    at, words = 0, -1
    while found := _MARK.search(markup, at):
        mark = found[0]
        if words >= 0:
            words += len(markup[at : found.start()].split())
            if words > MOST_ATTRIBUTES:
                return True
        at = found.end()
        if mark == ">":
            words = -1
        elif words >= 0 and mark[0] == "=":
            at = _past(markup, markup.find(mark[-1], at), 1)
        elif words < 0 and mark == "<!--":
            at = _past(markup, markup.find("-->", at), 3)
        elif words < 0 and len(mark) > 2:
            end = _RAW_END.search(markup, at)
            at = end.start() if end else len(markup)
        elif words < 0 and mark[0] == "<":
            words = 0
    return words >= 0 and len(markup[at:].split()) > MOST_ATTRIBUTES


def _past(markup: str, found: int, length: int) -> int:
    return len(markup) if found < 0 else found + length
