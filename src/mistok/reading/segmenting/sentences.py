"""Sentences of a paragraph, with exact positions."""

import re

from mistok.reading.segmenting.abbreviations import (
    AFTER_YEAR,
    BEFORE_NUMBER,
    LOWERED,
    NEVER_LAST,
    SELDOM_LAST,
    STARTERS,
)
from mistok.reading.segmenting.calendar import MONTHS

# Possessive, and never begun within a row of points: a million points cost no more than one each.
_END = re.compile(r"""(?<![.!?…])([.!?…]++)(["'”’»“)\]]*+)(\s++)""")
_GLUED = re.compile(
    r"[.!?](?=[A-ZÄÖÜŁŚŻА-ЯІЇЄҐ][a-zäöüßłśżа-яіїєґ]*\s)"
    r"(?<=[a-zäöüßąćęłńóśźżа-яіїєґ’']{3}.)"
)
_TOKEN = re.compile(r"[^\s(\[«„“\"'’–—/]*$")
_NEXT = re.compile(r"[\w'’.-]+")
_OPENERS = "\"'“„«‘(["
_DASHES = "–—-"
_ROMAN = frozenset(
    "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX".split()
)
_FEW_WORDS = 4
_LOOK_BACK = 30


def sentences_of(text: str, start: int, end: int, lang: str) -> list[tuple[int, int]]:
    """Cut text[start:end] into sentences: positions in `text`, in order, blanks between left out.

    A closing quote belongs to its sentence. Abbreviations, initials, ordinals and decimal points
    end none (four languages, `lang` decides on German ordinals).
    """
    spans = []
    begin = start
    for found in _END.finditer(text, start, end):
        after = found.end()
        if after >= end or not _ends(text, begin, found, lang):
            continue
        spans.append((begin, found.start(3)))
        begin = after
    if begin < end:
        spans.append((begin, end))
    return _unglued(text, spans)


def _ends(text: str, begin: int, found: re.Match[str], lang: str) -> bool:
    """Whether a sentence ends here, by what stands before and after."""
    point, closers = found[1], found[2]
    place = found.end()
    first = text[place]
    if first in _DASHES:
        # Polish and Ukrainian speech goes on after a dash: "Dziękuję!" – powiedział burmistrz.
        if closers or point != ".":
            return False
        place += 1 + (text[place + 1 : place + 2] == " ")
    while text[place : place + 1] in _OPENERS and place < len(text):
        place += 1
    first = text[place : place + 1]
    if first.islower():
        word = _NEXT.match(text, place)
        return point[0] == "." and word is not None and word[0].rstrip(".'’-") in LOWERED
    if point != "." or closers:
        return True
    return _point_ends(text, begin, found.start(), place, lang)


def _point_ends(text: str, begin: int, point: int, following: int, lang: str) -> bool:
    token = _TOKEN.search(text[max(begin, point - _LOOK_BACK) : point])
    word = token[0] if token else ""
    low = word.lower()
    match = _NEXT.match(text, following)
    after = match[0] if match else ""
    if not word:
        return True
    if word.isdigit():
        return _number_ends(text, begin, point, word, after, lang)
    if len(word) == 1 and word.isalpha():
        return low in AFTER_YEAR and word.islower() and _late(text, begin, point, after)
    if low in NEVER_LAST:
        return False
    if low in BEFORE_NUMBER:
        return not after[:1].isdigit()
    if low in SELDOM_LAST or word in _ROMAN or _initials(word):
        return after.lower() in STARTERS
    if low in AFTER_YEAR:
        return _late(text, begin, point, after)
    return True


def _number_ends(text: str, begin: int, point: int, word: str, after: str, lang: str) -> bool:
    """ "20. Oktober" and "1. Send a letter" go on; "in 2022. The city" does not."""
    if point - len(word) == begin or (len(word) <= 2 and after.lower() in MONTHS):
        return False
    if lang == "de" and len(word) <= 2:
        return after.lower() in STARTERS
    return True


def _late(text: str, begin: int, point: int, after: str) -> bool:
    return after.lower() in STARTERS or len(text[begin:point].split()) > _FEW_WORDS


def _initials(word: str) -> bool:
    return "." in word and all(len(part) <= 2 for part in word.split("."))


def _unglued(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Cut also where the blank after a point was lost: "signed.The mayor said"."""
    cut = []
    for start, end in spans:
        for found in _GLUED.finditer(text, start, end):
            cut.append((start, found.end()))
            start = found.end()
        cut.append((start, end))
    return cut
