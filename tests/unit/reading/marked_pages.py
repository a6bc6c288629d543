"""Pages from text in which places are marked: "{Munich|DE} gave {Kyiv|UA} two buses."

A mark is name, country and, where it is no city, level and role: "{Georgia|GE|country|country}".
A name that the text bends has its usual form behind: "{Мюнхена|DE=Munich}".
"""

import re

from mistok.kernel.dates import PartialDate
from mistok.reading.dates import dates_in
from mistok.reading.model import Mention, Page, Party, Text
from mistok.reading.segmenting import segment

_MARK = re.compile(r"\{([^|}]+)\|([A-Z]{2})(?:\|(\w+))?(?:\|(\w+))?(?:=([^|}]+))?\}")


def text_of(told: str, lang: str = "en", published: str = "") -> Text:
    """A text without marks."""
    return Text(told, lang, segment(told, lang), PartialDate.parse_or_none(published))


def page_of(marked: str, lang: str = "en", published: str = "") -> Page:
    """A page with its mentions; what stands after = is the usual name of the party."""
    told, spans, last = "", [], 0
    for found in _MARK.finditer(marked):
        told += marked[last : found.start()]
        surface, country, level, role, name = found.groups()
        level = level or "city"
        prefix = "katottg:" if country == "UA" else "geonames:"
        party = Party(prefix + (name or surface), name or surface, country, level)
        spans.append((len(told), len(told) + len(surface), party, role or "name"))
        told += surface
        last = found.end()
    text = text_of(told + marked[last:], lang, published)
    mentions = tuple(
        Mention(start, end, _sentence(text, start), party, role)
        for start, end, party, role in spans
    )
    return Page(text, mentions, dates_in(text))


def _sentence(text: Text, start: int) -> int:
    return next(
        (n for n, s in enumerate(text.sentences) if s.start <= start < s.end),
        len(text.sentences) - 1,
    )
