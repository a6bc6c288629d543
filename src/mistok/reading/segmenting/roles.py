"""Which part of a page each line is: title, heading, body, item, dateline or furniture.

A page is read from top to bottom: furniture until the first paragraph, then the article, then
furniture from the head of a block of teasers on, until a paragraph that surely goes on with the
article. What cannot be told by its words is told by its place.
"""

import re

from mistok.reading.segmenting.cues import kind_of, notice_score, rows
from mistok.reading.segmenting.lines import Line
from mistok.reading.segmenting.lists import find_lists
from mistok.reading.segmenting.top import first_content, name_top

_HEADINGS_IN_A_ROW = 3
_NAME_LETTERS = 5
_SHARED_NAMES = 2
_EARLY = 2
_MANY = 3
_WORDS_OF_RETURN = 10
_QUESTION_WORDS = 14
_CLOCK = re.compile(r"\b\d{1,2}:\d\d\b")


def give_roles(lines: list[Line], lang: str) -> None:
    """Set `role` (and `kind`) of every line."""
    table = rows(lines)
    for at, line in enumerate(lines):
        line.kind = "row" if at in table else kind_of(line)
    cyrillic = _is_cyrillic(lines, lang)
    for line in lines:
        if line.kind in ("short", "open") and line.foreign(cyrillic):
            line.kind = "open" if line.kind == "open" or line.colon else "label"
    find_lists(lines)
    first = first_content(lines)
    if first is None:
        _without_paragraphs(lines)
        return
    name_top(lines, first)
    _Article(lines, first, cyrillic).read()


def _is_cyrillic(lines: list[Line], lang: str) -> bool:
    if lang:
        return lang in ("uk", "ru", "be", "bg", "sr", "mk", "kk")
    return any(line.prose and not line.foreign(True) for line in lines[:1])


def _without_paragraphs(lines: list[Line]) -> None:
    """A page without a paragraph: a list, a headline, a few words, or menus alone."""
    plain = [line for line in lines if line.kind in ("short", "prose")]
    few = len(plain) <= 6
    titled = False
    for line in lines:
        if line.kind in ("item", "row"):
            line.role = "item"
        elif line.kind == "heading":
            line.role = "heading" if titled else "title"
            titled = True
        elif line.kind == "date":
            line.role = "dateline"
        elif line.kind in ("short", "prose") and line.final and line.size > 2:
            line.role = "body"
        elif line.kind == "short" and not titled and line.size > 2:
            line.role, titled = "title", True
        else:
            told = line.kind in ("short", "prose") and (line.size > 1 or len(lines) == 1)
            line.role = "body" if told and few else "furniture"


class _Article:
    """The walk from the first paragraph to the end of the page."""

    def __init__(self, lines: list[Line], first: int, cyrillic: bool) -> None:
        self.lines = lines
        self.first = first
        self.cyrillic = cyrillic
        self.names: set[str] = set()
        self.named = 0
        self.away = self.over = False

    def read(self) -> None:
        """Give each line from the first paragraph on its role."""
        for at in range(self.first, len(self.lines)):
            line = self.lines[at]
            line.role = self._outside(at) if self.away else self._inside(at)

    def _inside(self, at: int) -> str:
        line = self.lines[at]
        if line.kind in ("prose", "item", "row", "heading"):
            return {"row": "item", "prose": _prose_role(line)}.get(line.kind, line.kind)
        if line.kind == "prose" and self._is_question(at):
            return "heading"
        if line.kind == "date":
            return self._date(at)
        if line.kind in ("open", "close"):
            self.away = line.kind == "open" or not self._counts_comments(at)
            self.over = line.kind == "close" and self.away
        if line.kind != "short":
            return "furniture"
        return self._short(at)

    def _is_question(self, at: int) -> bool:
        """A question alone on its line before a paragraph is the heading of it."""
        line = self.lines[at]
        if len(line.spans) > 1 or line.size > _QUESTION_WORDS or line.bullet:
            return False
        following = self._after(at)
        return line.text[-1] == "?" and following is not None and following.kind == "prose"

    def _date(self, at: int) -> str:
        """A date among paragraphs: the page's own near its top, else the first of a teaser."""
        following = self._after(at)
        if following is not None and following.kind in ("prose", "item"):
            if at - self.first <= _EARLY:
                return "dateline"
            # With a time of the day it is that of a comment or of a teaser.
            self.away = _CLOCK.search(self.lines[at].text) is not None
            return "furniture" if self.away else "heading"
        if following is not None and following.kind in ("short", "date"):
            self.away = True
            return "furniture"
        return "dateline"

    def _short(self, at: int) -> str:
        """A short line: a heading before a paragraph, an item with a bullet, else furniture."""
        line = self.lines[at]
        if line.text[0] in ">»→►" or line.cut:
            return "furniture"
        if line.final and line.size > 1 and (line.bullet or not line.text.endswith("?")):
            return "body"
        if line.bullet and self._in_list(at):
            return "item"
        if line.colon and self._after(at) is not None:
            return "heading"
        return "heading" if self._prose_soon(at) else "furniture"

    def _in_list(self, at: int) -> bool:
        before = self.lines[at - 1]
        return before.role == "item" or before.colon or self._prose_soon(at)

    def _prose_soon(self, at: int) -> bool:
        """Whether a paragraph follows, with no more than a few headings between."""
        for line in self.lines[at + 1 : at + 1 + _HEADINGS_IN_A_ROW]:
            if line.kind in ("prose", "item", "row", "heading"):
                return True
            if line.kind == "short" and line.final and line.size > 1 and line.text[-1] != "?":
                return True
            if line.kind in ("open", "close", "date", "menu", "notice", "empty"):
                return False
        return False

    def _counts_comments(self, at: int) -> bool:
        """Whether a line such as "0 comments" stands near the top, with the article below it."""
        below = sum(line.kind == "prose" for line in self.lines[at + 1 : at + 6])
        return at - self.first <= _EARLY and below >= _MANY

    def _after(self, at: int) -> Line | None:
        return self.lines[at + 1] if at + 1 < len(self.lines) else None

    def _outside(self, at: int) -> str:
        line = self.lines[at]
        if line.kind == "close":
            self.over = True
        if self.over or not self._returns(at):
            return "furniture"
        self.away = False
        return self._inside(at)

    def _returns(self, at: int) -> bool:
        """Whether the article goes on here: a paragraph that speaks of the same names."""
        line = self.lines[at]
        if line.kind != "prose" or line.cut or notice_score(line) > 1 or line.bullet:
            return False
        if line.foreign(self.cyrillic) or line.size < _WORDS_OF_RETURN:
            return False
        run = self._paragraphs_from(at)
        known = self._names_before(at)
        akin = len(known & names(line)) >= _SHARED_NAMES
        if len(run) > 1:
            akin = akin or len(known & set().union(*map(names, run))) >= _SHARED_NAMES
        if akin and (line.strong or len(run) > 1):
            return True
        return (line.strong and len(run) > 1) or len(run) > 2

    def _names_before(self, at: int) -> set[str]:
        """Names in the title and in the article so far; each line is looked at once."""
        for line in self.lines[self.named : at]:
            if line.role in ("title", "body", "item"):
                self.names |= names(line)
        self.named = max(self.named, at)
        return self.names

    def _paragraphs_from(self, at: int) -> list[Line]:
        """The paragraphs that follow one another from here, four at most."""
        run: list[Line] = []
        for line in self.lines[at : at + 4]:
            if line.kind != "prose" or notice_score(line) > 1 or line.foreign(self.cyrillic):
                break
            run.append(line)
        return run


def _prose_role(line: Line) -> str:
    """Speech begins with a dash, items with another bullet (or with a dash after a lead-in)."""
    return "item" if line.bullet and line.bullet[0] not in "–—-(abcdабвг" else "body"


def names(line: Line) -> set[str]:
    """Beginnings of the words with a capital, so that "Житомир" and "Житомира" are one."""
    found = set()
    for word in line.text.split()[:80]:
        word = word.lstrip("\"'“„«‘([")
        if word[:1].isupper() and len(word) >= _NAME_LETTERS:
            found.add(word[:_NAME_LETTERS])
    return found
