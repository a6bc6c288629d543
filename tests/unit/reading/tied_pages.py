"""Pages for tests of ties: places are marked, "{Munich|DE}", "{Києва|UA|city|name|Kyiv}".

A mark is the words, the country and, where they differ from "city", "name" and the words
themselves, the level, the role and the usual name of the party.
"""

import re

from mistok.kernel.dates import PartialDate
from mistok.reading.dates import dates_in
from mistok.reading.model import Mention, Page, Party, Text
from mistok.reading.segmenting import segment

_MARK = re.compile(r"\{([^|}]+)\|([A-Z]{2})(?:\|(\w+))?(?:\|(\w+))?(?:\|([^|}]+))?\}")


def page_of(marked: str, lang: str = "en", published: str = "") -> Page:
    """A page with its sentences, dates and the places that are marked."""
    told, spans, last = "", [], 0
    for found in _MARK.finditer(marked):
        told += marked[last : found.start()]
        surface, country, level, role, name = found.groups()
        party = Party(f"{country}:{name or surface}", name or surface, country, level or "city")
        spans.append((len(told), len(told) + len(surface), party, role or "name"))
        told += surface
        last = found.end()
    told += marked[last:]
    text = Text(told, lang, segment(told, lang), PartialDate.parse_or_none(published))
    return Page(text, tuple(_mentions(text, spans)), dates_in(text))


def _mentions(text, spans):
    """The marked places; both they and the sentences stand in order."""
    number = 0
    for start, end, party, role in spans:
        while number + 1 < len(text.sentences) and text.sentences[number].end <= start:
            number += 1
        yield Mention(start, end, number, party, role)
