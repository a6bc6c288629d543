"""Web pages: the main text by a mature extractor, else all words that a reader sees."""

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from mistok.reading.intake.cleaning import tidied
from mistok.reading.intake.hidden import drop_hidden
from mistok.reading.intake.limits import broken
from mistok.reading.intake.markup import is_bomb

_MOST_ELEMENTS = 30_000
_DEEPEST = 200
_LEAST_TEXT = 200
_BLOCKS = frozenset(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary "
    "table tbody tfoot thead tr ul br title".split()
)
_CELLS = frozenset(("td", "th"))
_TITLE_IN = 400


@dataclass(frozen=True, slots=True)
class PageText:
    """The words of a web page and what it tells of itself; `date` is ISO 8601 or empty."""

    text: str
    title: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""


def page_text(markup: str, name: str = "") -> PageText:
    """Read a page: its main text, title, publisher, date and address.

    Hidden words, comments and scripts are left out. Pages of very many or very deep elements are
    read without looking for the main text, so that time stays bounded. A page without words gives
    an empty text. Raises Invalid (`html_broken`) for tags of thousands of attributes.
    """
    if is_bomb(markup):
        raise broken(name, "HTML", "html_broken")
    tree = _parsed(markup)
    if tree is None:
        return PageText("")
    heavy = _is_heavy(tree)
    told = None if heavy else _told(tree)
    drop_hidden(tree)
    plain = tidied(_visible(tree))
    if heavy:
        return PageText(plain)
    text = tidied(_untabled(_extracted(tree)))
    if len(text) < _LEAST_TEXT and len(plain) > len(text):
        text = plain
    if told is None:
        return PageText(text)
    title = " ".join(tidied(told.title or "").split())
    if title and _lacks(text[: _TITLE_IN + len(title)], title) and not _lacks(plain, title):
        text = f"{title}\n\n{text}"
    return PageText(text, title, told.sitename or "", told.date or "", told.url or "")


def _parsed(markup: str) -> Any:
    from lxml import etree, html

    if not markup.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", remove_pis=True, no_network=True)
    try:
        return html.document_fromstring(markup.encode("utf-8", errors="ignore"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _is_heavy(tree: Any) -> bool:
    """Whether a page has so many or so deep elements that the extractor would not end soon."""
    from lxml import etree

    depth = count = 0
    for event, _ in etree.iterwalk(tree, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        count += 1
        if depth > _DEEPEST or count > _MOST_ELEMENTS:
            return True
    return False


def _told(tree: Any) -> Any:
    """What a page tells of itself: title, publisher, date, address."""
    from trafilatura.metadata import extract_metadata

    try:
        return extract_metadata(
            tree, date_config={"extensive_search": False, "original_date": True}, extensive=False
        )
    except (ValueError, TypeError, AttributeError, RecursionError, KeyError, IndexError):
        # The extractor stumbles over some pages; their words are still there.
        return None


def _extracted(tree: Any) -> str:
    import trafilatura

    try:
        found = trafilatura.bare_extraction(
            deepcopy(tree), include_comments=False, include_tables=True, favor_recall=True
        )
    except (ValueError, TypeError, AttributeError, RecursionError, KeyError, IndexError):
        return ""
    return str(getattr(found, "text", None) or "")


def _untabled(text: str) -> str:
    """Rows of tables with tabs between their cells, and no rulers."""
    lines = []
    for line in text.split("\n"):
        bare = line.strip()
        if bare.startswith("|"):
            if not bare.strip("|-: "):
                continue
            line = "\t".join(cell.strip() for cell in bare.strip("|").split("|"))
        lines.append(line)
    return "\n".join(lines)


def _visible(tree: Any) -> str:
    """All words in order: one line for each block, tabs between cells, dashes before list items."""
    from lxml import etree

    parts: list[str] = []
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        tag = element.tag
        if not isinstance(tag, str):
            continue
        if event == "start":
            if tag in _BLOCKS:
                parts.append("\n\n" if tag in ("p", "h1", "h2", "h3", "table", "ul") else "\n")
            if tag == "li":
                parts.append("- ")
            if element.text and tag != "title":
                parts.append(_flat(element.text))
            continue
        if tag in _CELLS:
            parts.append("\t")
        elif tag in _BLOCKS:
            parts.append("\n")
        if element.tail:
            parts.append(_flat(element.tail))
    return "".join(parts)


def _flat(words: str) -> str:
    """A piece of text on one line, with a plain blank where it begins or ends with any."""
    left = " " if words[:1].isspace() else ""
    right = " " if words[-1:].isspace() else ""
    return left + " ".join(words.split()) + right


def _lacks(text: str, title: str) -> bool:
    return _squeezed(title) not in _squeezed(text)


def _squeezed(text: str) -> str:
    return "".join(text.casefold().split())
