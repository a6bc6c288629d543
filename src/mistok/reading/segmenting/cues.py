"""What a line is, seen alone: a date, a menu, the head of a block of furniture, a notice, prose."""

import re
from functools import cache
from itertools import pairwise

from mistok.reading.segmenting.calendar import WEEKDAYS, printed_dates
from mistok.reading.segmenting.lines import Line
from mistok.reading.segmenting.vocabulary import (
    ALONE,
    CLOSERS,
    LABELS,
    NOTICES,
    OPENERS,
)

_FIRST = re.compile(r"[^\w©]*([\w'’-]+|©)")
_APOSTROPHES = str.maketrans("’ʼ`", "'''")
_COUNT = re.compile(r"[\s\d()\[\]:.,!?…→»>|#*-]+$")
_SEPARATOR = re.compile(r"\s[|•·»›>/→]\s|\s?›\s?")
_READING_TIME = re.compile(
    r"(?:reading time\W+|lesezeit\W+|час читання\W+|~|ca\.? )?\d+\s*"
    r"(?:min\b|minute|хв\b|хвилин|minut)"
    r"|\(?(?:©|\(c\)\s|rss$|riproduzione)"
)
_BYLINE = re.compile(
    r"by (?:our |the |[A-ZÀ-Ž])|(?:rozmawiał|розмовля|opracował|autor(?:ka)? )", re.I
)
_TIME = re.compile(r"\d{1,2}[:.]\d{2}(?::\d{2})?")
_LETTERS = re.compile(r"[^\W\d_]")
_MOST_AFTER_PHRASE = 4
_HEAD = 160
_LONGEST_DATE = 180
_DATE_WORDS = 18
_BESIDE_DATE = 4
_BESIDE_DATE_IN_PARTS = 9
_FILLERS = WEEKDAYS | frozenset(
    "published posted updated update last updated: on at by date print am pm a.m p.m uhr stand vom "
    "den erstellt veröffentlicht aktualisiert geändert zuletzt um r rok roku dnia godz o akt data "
    "publikacji opublikowano dodano aktualizacja року р опубліковано оновлено дата о год "
    "est edt gmt cet utc pst pdt eet eest bst ago".split()
)


def kind_of(line: Line) -> str:
    """Tell what a line is by itself.

    One of: "empty" (no words), "date", "menu", "open" (begins furniture), "label" (furniture in
    one line), "close" (only furniture follows), "notice", "prose", "short".
    """
    if _LETTERS.search(line.text) is None:
        return "date" if _is_date(line) else "empty"
    if line.size <= _DATE_WORDS and not line.strong and _is_date(line):
        return "date"
    cue = _cue(line)
    if cue:
        return cue
    if not line.prose and _is_menu(line):
        return "menu"
    if _is_notice(line):
        return "notice"
    return "prose" if line.prose else "short"


def _is_date(line: Line) -> bool:
    """Whether a line is little more than a date: time, weekday, section or place may stand by."""
    if len(line.text) > _LONGEST_DATE or not any(map(str.isdigit, line.text)):
        return False
    dates = printed_dates(line.text, line.lang)
    if not dates:
        return False
    rest = line.low[: dates[0].start] + " " + line.low[dates[-1].end :]
    rest = _TIME.sub(" ", rest)
    words = [word for word in re.findall(r"[^\W\d_][\w'’.-]*", rest) if not _is_filler(word)]
    if dates[0].year == 0:
        return not words
    parted = dates[0].day and _SEPARATOR.search(line.text) is not None
    return len(words) <= (_BESIDE_DATE_IN_PARTS if parted else _beside(line))


def _is_filler(word: str) -> bool:
    return word.rstrip(".:,'’-") in _FILLERS


def _beside(line: Line) -> int:
    # A sentence with a date in it is no dateline: "Signed on 3 May 2022."
    return 1 if line.final and line.size > _BESIDE_DATE else _BESIDE_DATE - 1


def _cue(line: Line) -> str:
    # A phrase stands at the beginning; the rest of a long paragraph need not be looked at.
    low = line.low[:_HEAD].translate(_APOSTROPHES)
    if _READING_TIME.match(low) and not line.strong:
        return "label"
    found = _FIRST.match(low)
    if found is None:
        return ""
    entries = _phrases().get(found[1])
    if entries:
        rest_of = low[found.start(1) :]
        for phrase, more, kind in entries:
            if rest_of.startswith(phrase) and (cue := _matched(line, rest_of, phrase, more, kind)):
                return cue
    if line.size <= 8 and _BYLINE.match(line.text) and not line.prose:
        return "label"
    return ""


def _matched(line: Line, low: str, phrase: str, more: bool, kind: str) -> str:
    """What a line is that begins with a phrase; "" when its further words speak against it."""
    rest = low[len(phrase) :]
    if rest[:1].isalpha() or (rest[:1] in "-'" and rest[1:2].isalpha()):
        return ""
    bare = _COUNT.sub("", rest) == ""
    told, colon, teaser = rest.partition(":")
    if colon and teaser.strip() and told.count(" ") <= (_MOST_AFTER_PHRASE if more else 1):
        return "label"
    if not bare and rest.lstrip(" .")[0] in ":|":
        return "label"
    if kind == "label":
        return kind if bare else ""
    if kind == "alone":
        whole = bare or (more and (phrase.count(" ") > 1 or not line.prose))
        return "label" if whole else ""
    if bare:
        return kind
    most = _MOST_AFTER_PHRASE * (1 + (kind == "close"))
    return kind if more and not line.prose and rest.count(" ") <= most else ""


@cache
def _phrases() -> dict[str, list[tuple[str, bool, str]]]:
    """Phrases by their first word, longest first."""
    table: dict[str, list[tuple[str, bool, str]]] = {}
    for kind, block in (("close", CLOSERS), ("open", OPENERS), ("alone", ALONE), ("label", LABELS)):
        for entry in block.replace("\n", " ").split(","):
            phrase = entry.strip()
            more = phrase.endswith("*")
            phrase = phrase.rstrip("*")
            if phrase:
                first = _FIRST.match(phrase)
                assert first is not None  # noqa: S101 - every phrase has a word
                table.setdefault(first[1], []).append((phrase, more, kind))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table


def _is_menu(line: Line) -> bool:
    """Whether a line is a row of short words between strokes, or a path of pages."""
    if not any(mark in line.text for mark in "|•·»›>/→"):
        return False
    parts = [part.split() for part in _SEPARATOR.split(line.text)]
    if len(parts) < 2:
        return False
    return "›" in line.text or sum(map(len, parts)) <= 5 * len(parts)


def _is_notice(line: Line) -> bool:
    weights = _weights()
    score = 0
    for word in line.words:
        if word in weights:
            score += weights[word]
    if score < 3:
        return False
    if not line.prose:
        return True
    return score >= 3 + 0.5 * (len(line.spans) - 1)


@cache
def _weights() -> dict[str, int]:
    return {word: weight for weight, words in NOTICES.items() for word in words.split()}


def notice_score(line: Line) -> int:
    """How much a line speaks of comments, cookies, rights and accounts."""
    weights = _weights()
    return sum(weights[word] for word in line.words if word in weights)


def rows(lines: list[Line]) -> set[int]:
    """Positions of the lines that are rows of one table: as many cells, parted by tabs or strokes.

    Strokes also part menus: such rows need a figure.
    """
    found: set[int] = set()
    for at, (line, following) in enumerate(pairwise(lines)):
        tabs, strokes = line.text.count("\t"), line.text.count("|")
        if tabs and tabs == following.text.count("\t"):
            found |= {at, at + 1}
        elif strokes and not following.gap and strokes == following.text.count("|"):
            found |= {at, at + 1} if any(map(str.isdigit, following.text)) else set()
    return found
