"""Passing mentions: places named in datelines, streets, clubs, papers, rivers, treaties, venues."""

import re

from mistok.reading.places.spans import Span
from mistok.reading.places.vocabulary import cues
from mistok.reading.places.wording import Words

_DATELINE = re.compile(
    r"(?:,\s*[A-Z][\w. ]{1,20}?)?"  # SARASOTA, Fla.
    r"(?:,?\s*\(?\d{1,2}\.?\s*\w{0,12}\.?(?:\s*\d{4})?\)?)?"  # KYIV, 3 March
    r"(?:,\s*\w{3,12}\.?\s+\d{1,2}(?:,\s*\d{4})?)?"  # KYIV, March 3
    r"(?:\s*\([^()]{2,20}\))?"  # (AdB)
    r"\s*(?:[—–]|--?\s|•|/\s*\w{2,20}\s*/|\.\s|\.$)"
)
_AGENCY = re.compile(
    r",?\s*[(/]\s*(?:[a-z]{2,4}(?:/[a-z]{2,4})*\)\.?\s"
    r"|(?:dpa|afp|pap|epd|kna|ots|rnd|ap|reuters|ukrinform|укрінформ|interfax|tass|nn|ddp|apa|sda)\b)"
)
_LONGEST_DATELINE = 60
_SHORTEST_SHOUT = 3
_WEAK_WAYS = frozenset(("saint", "city"))


class Passing:
    """Tells mentions that can be no party, in one text."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._after, self._before = cues("way_after"), cues("way_before")
        self._pact, self._venue = cues("pact"), cues("venue")
        self._locative = cues("locative") | {"at"}
        self._is_digest = _is_digest(words)

    def is_passing(self, span: Span) -> bool:
        """Whether a mention only gives its name to something else, or tells where one writes."""
        return (
            self._gives_its_name(span)
            or self._is_dateline(span)
            or self._is_venue(span)
            or self._names_treaty(span)
        )

    def _gives_its_name(self, span: Span) -> bool:
        words, first, nxt = self._words, span.first, span.last + 1
        goes_on = nxt < len(words) and words.follows(nxt) and not words.owned[span.last]
        if goes_on and words.folds[nxt] in self._after and self._is_name_like(span, nxt):
            return True
        if first > 0 and (words.follows(first) or words.gap(first) == ". "):
            before = words.folds[first - 1]
            if before in self._before and before not in _WEAK_WAYS and not span.level:
                return words.follows(first) or len(before) <= 6
        return False

    def _is_name_like(self, span: Span, nxt: int) -> bool:
        """Whether the word after belongs to a name: "Kyiv Post", not "Kyiv post offices"."""
        return self._words.capital[nxt] or span.how == "adjective"

    def _is_dateline(self, span: Span) -> bool:
        words = self._words
        if not words.opens(span.first) or span.how not in ("name", "country"):
            return False
        source, end = words.source, words.ends[span.last]
        line_start = words.starts[span.first]
        before = source[max(0, line_start - 2) : line_start]
        if before and "\n" not in before and line_start > 1:
            return False
        rest = source[end : end + _LONGEST_DATELINE]
        if _AGENCY.match(rest.lower() if rest.isupper() else rest.replace("PAP", "pap")):
            return True
        found = _DATELINE.match(rest)
        if not found:
            return False
        name = source[line_start:end]
        told = found[0].rstrip()
        if self._is_digest and told == ".":
            return False
        # "Kyiv – Hamburg" is a pair and no dateline.
        shouted = name.isupper() and len(name) > 2
        return shouted or told.endswith((")", ").", "•")) or any(c.isdigit() for c in told)

    def _is_venue(self, span: Span) -> bool:
        """ "at Tacoma City Hall", "W Białymstoku, w Urzędzie Marszałkowskim"."""
        words, first, nxt = self._words, span.first, span.last + 1
        if first == 0 or words.folds[first - 1] not in self._locative or nxt >= len(words):
            return False
        gap = words.gap(nxt)
        if gap == ", " and words.folds[nxt] in self._locative:
            after = nxt + 1
            return after < len(words) and words.capital[after] and words.folds[after] in self._venue
        if words.folds[first - 1] != "at" or not words.follows(nxt):
            return False
        return words.capital[nxt] and words.folds[nxt] in self._venue

    def _names_treaty(self, span: Span) -> bool:
        words, first = self._words, span.first
        if first < 2 or words.folds[first - 1] not in ("of", "von", "w", "z", "from"):
            return False
        return words.folds[first - 2] in self._pact and words.capital[first - 2] and span.first > 1


def _is_digest(words: Words) -> bool:
    """Whether several lines of a text open with a name in capitals and a full stop.

    One such line has the place it was written at; several have the places they tell of.
    """
    opening = {
        words.texts[at]
        for at in range(len(words) - 1)
        if words.before[at] is None
        and words.capital[at]
        and len(words.texts[at]) > _SHORTEST_SHOUT
        and words.texts[at].isupper()
        and words.source[words.ends[at] : words.ends[at] + 1] == "."
    }
    return len(opening) > 1
