"""Where dates stand in a text: as they are written, before any of them is made certain."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mistok.reading.dates.patterns import (
    NUMBERS,
    SHORT_NUMBERS,
    SPAN_OF_YEARS,
    YEARS,
    Shapes,
    shapes_of,
)
from mistok.reading.dates.words import months_of, phrases_of, small_numbers_of, weekdays_of
from mistok.reading.model import LANGUAGES, Text

MOST_IN_A_SENTENCE = 200
"""A sentence with more dates than this is a table; what follows in it is not read."""

_TOKEN = re.compile(r"\d+|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_PHRASE = re.compile(r"[^\W\d_]+(?:\s[^\W\d_]+){0,3}")
_NOT_THIS_DAY = re.compile(
    r"(?:every|each|jeden|jede|jeder|jedes|jeweils|кожен|кожну|кожної|щo|każdy|każdą|każdego"
    r"|black|good|easter|palm|ash|holy|easter)\s$",
    re.IGNORECASE,
)
_STILL = re.compile(r"(?:bis|noch|to|until|even|of|по|до|до|po|do)\s$", re.IGNORECASE)
_NUMBER_AFTER = re.compile(r"\s?(?:%|°|[.,:]\d|(?:million|thousand|mln|tys|млн|тис)\b)")
_YEAR_AFTER = re.compile(
    r"\s(?:of\s|der\sJahre\s)?(?:\d{4}|last|this|next|the|цього|минулого|наступного|dieses|"
    r"vergangenen|letzten|nächsten|tego|ubiegłego|zeszłego|przyszłego)(?!\w)"
)
_LOWER_AFTER = re.compile(r"\s[a-zäöüß]")
_ITEM_BEFORE = re.compile(r"[|–—:;,(\t-]\s?$")
_ITEM_AFTER = re.compile(r"[ \t]{0,2}(?:[|)\n]|$)")
_YEAR_WORD = re.compile("year|р[оі][кц]|jahr|rok", re.IGNORECASE)
_CLOSE = frozenset(".,;:)–—-!?\n")


@dataclass(frozen=True, slots=True)
class Found:
    """A date as it is written; `kind` is "told", "range", "weekday" or "phrase".

    `shift` counts years from the text's own ("of last year" is -1); None where nothing says.
    """

    start: int
    end: int
    sentence: int
    kind: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    shift: int | None = None
    meaning: str = ""


def find(text: Text) -> list[Found]:
    """Give the dates outside page furniture as they are written, in the order of the text."""
    if text.lang not in LANGUAGES:
        return []
    finder = _Finder(text.text, text.lang)
    found: list[Found] = []
    for number, sentence in enumerate(text.sentences):
        if sentence.role not in ("furniture", "dateline"):
            found += finder.within(sentence.start, sentence.end, number)
    return found


class _Finder:
    """Looks at numbers, months, weekdays and phrases of one language."""

    def __init__(self, text: str, lang: str) -> None:
        self.text = text
        self.lang = lang
        self.shapes: Shapes = shapes_of(lang)
        self.months = months_of(lang)
        self.weekdays = weekdays_of(lang)
        self.phrases = phrases_of(lang)
        self.numbers = small_numbers_of(lang)
        starts = {phrase.split()[0] for phrase in self.phrases}
        words = {"vor"} if lang == "de" else set(self.numbers)
        plain = starts | words | set(self.months) | set(self.weekdays)
        self.triggers = plain | {word.replace("'", "’") for word in plain}

    def within(self, start: int, end: int, sentence: int) -> list[Found]:
        found: list[Found] = []
        upto = start
        for token in _TOKEN.finditer(self.text, start, end):
            if token.start() < upto:
                continue
            word = token.group()
            if word.lower() not in self.triggers and not word[0].isdigit():
                continue
            at = self._at(token.start(), word, start)
            if at is None or at.end > end:
                continue
            found = [*_joined(found, at, self.text, sentence)]
            upto = at.end
            if len(found) >= MOST_IN_A_SENTENCE:
                break
        return found

    def _at(self, position: int, word: str, start: int) -> Found | None:
        if word[0].isdigit():
            return self._number(position, word, start)
        small = word.lower().replace("’", "'")
        if small in self.months:
            found = self._month(position, small, start)
            if found is not None:
                return found
        if small in self.weekdays and not _NOT_THIS_DAY.search(self._before(position, start)):
            end = position + len(word)
            if self.text.startswith(" of ", end):
                return None
            return Found(position, end, 0, "weekday", weekday=self.weekdays[small])
        return self._phrase(position, start)

    def _before(self, position: int, start: int) -> str:
        return self.text[max(start, position - 16) : position]

    def _number(self, position: int, word: str, start: int) -> Found | None:
        before = self.text[position - 1] if position > start else " "
        if before.isalnum() or before in ".,:/№#" or len(word) > 4 or not word.isascii():
            return None
        return (
            self._in_numbers(position)
            or self._ago(position)
            or (self._told(self.shapes.day_month, position) if len(word) < 3 else None)
            or (self._year(position, word, start) if len(word) > 2 else None)
        )

    def _in_numbers(self, position: int) -> Found | None:
        found = NUMBERS.match(self.text, position)
        if found is not None:
            day, month, year = (
                next(int(part) for part in found.group(*names) if part)
                for names in (("d1", "d2", "d3"), ("m1", "m2", "m3"), ("y1", "y2", "y3"))
            )
            if found["dot"] == "/" and self.lang == "en":
                if day <= 12 and month <= 12:
                    return None
                day, month = (month, day) if month > 12 else (day, month)
            year += 2000 if year < 100 else 0
            return Found(position, found.end(), 0, "told", year, month, day)
        short = SHORT_NUMBERS.match(self.text, position)
        if short is None or self.lang == "en":
            return None
        day, month = int(short["d"]), int(short["m"])
        if not (0 < day < 32 and 0 < month < 13):
            return None
        return Found(position, short.end(), 0, "told", None, month, day)

    def _told(self, shape: re.Pattern[str], position: int) -> Found | None:
        found = shape.match(self.text, position)
        if found is None or (self.lang == "en" and not found["m"][0].isupper()):
            return None
        groups = found.groupdict()
        shift = next((n for name, n in _SHIFTS.items() if groups.get(name)), None)
        return Found(
            position,
            _trimmed(self.text, found),
            0,
            "range" if groups.get("d2") else "told",
            int(groups["y"]) if groups.get("y") else None,
            self.months[groups["m"].lower()],
            int(groups["d"]) if groups.get("d") else None,
            shift=shift,
        )

    def _month(self, position: int, word: str, start: int) -> Found | None:
        several = self.shapes.months.match(self.text, position)
        if several is not None:
            return Found(position, several.end(), 0, "told", int(several["y"]))
        found = self._told(self.shapes.month_day, position) if self.lang == "en" else None
        if found is not None:
            return found
        found = self._told(self.shapes.month, position)
        if found is None or found.year is not None or found.shift is not None:
            return found
        if len(word) < 4 and word not in ("may", "mai", "maj"):
            return None
        if not self.text[position].isupper() and self.lang in ("en", "de"):
            return None
        return found if self.shapes.before_month.search(self._before(position, start)) else None

    def _year(self, position: int, word: str, start: int) -> Found | None:
        if SPAN_OF_YEARS.match(self.text, position) or _NUMBER_AFTER.match(
            self.text, position + len(word)
        ):
            return None
        year, end = int(word), position + len(word)
        named = self.shapes.after_year.match(self.text, position)
        if named is not None:
            return Found(position, named.end(), 0, "told", year) if 700 < year < 2100 else None
        before = self.shapes.before_year.search(self._before(position, start))
        after = self.text[end : end + 1]
        alone = not after.strip() or after in _CLOSE
        if year in YEARS and self._stands_alone(position, end, start):
            return Found(position, end, 0, "told", year)
        if year not in YEARS:
            closed = after in _CLOSE and after != "" and not self.text[end + 1 : end + 2].isdigit()
            certain = before is not None and closed and 700 < year < 1900
            return Found(position, end, 0, "told", year) if certain else None
        bracket = self.text[max(start, position - 1) : position] == "(" and after in (",", ";")
        german = self.lang == "de" and _LOWER_AFTER.match(self.text, end) is not None
        if not alone or not (before is not None or bracket or german):
            return None
        thousands = year == 2000 and re.match(r"\s\w", self.text[end : end + 2]) is not None
        named_year = before is not None and _YEAR_WORD.search(before.group())
        if thousands and not german and not named_year:
            return None
        return Found(position, end, 0, "told", year)

    def _stands_alone(self, position: int, end: int, start: int) -> bool:
        """Whether a year is the cell of a table, ends an item, or opens a sentence."""
        if _ITEM_BEFORE.search(self._before(position, start)):
            return _ITEM_AFTER.match(self.text, end) is not None
        opens = position - start < 4 and self.lang == "en"
        return opens and self.text[end : end + 2] in (", ", ": ")

    def _ago(self, position: int) -> Found | None:
        shape = self.shapes.days_ago
        found = shape.match(self.text, position) if shape else None
        if found is None:
            return None
        told = found["n"].lower()
        days = int(told) if told.isdigit() else self.numbers[told]
        return Found(position, found.end(), 0, "phrase", meaning=f"day:-{days}")

    def _phrase(self, position: int, start: int) -> Found | None:
        words = _PHRASE.match(self.text, position)
        if words is None:
            return None
        if (ago := self._ago(position)) is not None:
            return ago
        parts = words.group().lower().split()
        for length in range(len(parts), 0, -1):
            meaning = self.phrases.get(" ".join(parts[:length]))
            if meaning is not None:
                break
        else:
            return None
        if self.lang == "de" and parts[0] == "morgen" and self.text[position].isupper():
            return None
        end = position + len(" ".join(parts[:length]))
        still = _STILL.search(self._before(position, start)) or self.text.startswith(" vor ", end)
        if meaning == "day:0" and still:
            return None
        if meaning.startswith("season") and _YEAR_AFTER.match(self.text, end):
            return None
        return Found(position, end, 0, "phrase", meaning=meaning)


_SHIFTS = {"this": 0, "last": -1, "next": 1}


def _trimmed(text: str, found: re.Match[str]) -> int:
    """The end of a shape without the blanks and the full stop that end the sentence."""
    end = found.end()
    return end - (len(found.group()) - len(found.group().rstrip()))


def _joined(found: list[Found], new: Found, text: str, sentence: int) -> Iterator[Found]:
    """The list with a date more; a weekday before a date ("Tuesday, 10 January") is part of it."""
    yield from found[:-1]
    new = replace(new, sentence=sentence)
    last = found[-1] if found else None
    if last is None:
        yield new
        return
    between = text[last.end : new.start] if new.start - last.end < 8 else "none"
    joins = between.strip(" ,(").lower() in ("", "den", "dem", "the", "von", "vom", "on")
    if last.kind == "weekday" and joins and new.kind == "told" and new.day is not None:
        yield replace(new, start=last.start, weekday=last.weekday)
        return
    yield last
    yield new
