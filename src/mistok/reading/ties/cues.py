"""Sentences as tokens: places, dates, and the words of `lexicon` that speak of ties.

A pattern is looked up by the first letters of a word, so that most words cost one look into a
dictionary; a pattern is compiled when its letters are met for the first time.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from mistok.reading.model import DateMention, Mention, Page
from mistok.reading.ties.lexicon import words_of

_BEFORE = 24
_AFTER = 3
"""Sentences after a word for a tie that may go on with it."""
KEY = 3
"""Letters by which patterns are found."""
WORDS = 50_000
"""Words whose patterns are remembered."""
LONGEST = 1_500
"""Characters of a sentence that are read; what is longer is no sentence."""
_WORD = re.compile(r"[^\W_]+|[,;:()?!•—–…|/&-]")
_LETTERS = re.compile(r"[^\W\d_]+|&")
_AHEAD = re.compile(r" \(\?=(.*)\)$")
_PLAIN = re.compile(r"[\w &'-]+")
_INSTRUMENTAL = re.compile(r"(?:ом|ем|єм|ою|ею|єю|ами|ями|им|ім|их|em|ą|ami|im|ym|ymi|imi)$", re.I)
_GENITIVE = re.compile(r"(?:[ауюиіїя]|ого|ої|[auyi]|ego|ej)$", re.I)
_WHOLE = frozenset(
    {"T", "E", "J", "W", "G", "report", "since", "reject", "doubt", "draft", "beside"}
)
"""Matches of several words that are read as one; others may begin anew at their second word."""
_PARTIES = frozenset({"name", "adjective", "capital"})
_HINTS = frozenset({"country", "nationality"})


@dataclass(slots=True)
class Token:
    """A word or sign with what it does: tag "T", "E", "M", .. of the lexicon, "P" a place that
    can be a party, "C" a country or nationality, "D" a date, "x"/"X" another word, or the sign.
    """

    tag: str
    start: int
    end: int
    sub: str = ""
    form: str = ""
    mention: Mention | None = None
    date: DateMention | None = None

    def is_(self, tag: str, *subs: str) -> bool:
        """Whether this is a token of that tag (and of one of those kinds)."""
        return self.tag == tag and (not subs or self.sub in subs)

    @property
    def is_verb(self) -> bool:
        """Whether this word for a tie is a verb ("twinned")."""
        return self.tag == "T" and self.form == "verb"

    @property
    def names_partner(self) -> bool:
        """Whether this word for a tie means a party ("sister city", "its partner")."""
        loose = self.form == "loose" and self.sub in ("twinning", "partner")
        return self.tag == "T" and (self.form == "role" or loose)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as tokens; `number` is its position in `Text.sentences`."""

    number: int
    role: str
    start: int
    end: int
    tokens: tuple[Token, ...]
    paragraph: int = 0

    def has(self, tag: str, *subs: str) -> bool:
        """Whether a token of that tag (and one of those kinds) is there."""
        return any(token.is_(tag, *subs) for token in self.tokens)


_Entry: TypeAlias = tuple[str, str, str, re.Pattern[str]]


class Lexicon:
    """The patterns of one language, found by the first letters of a word."""

    def __init__(self, entries: Mapping[str, Sequence[str]]) -> None:
        self._sources: dict[str, list[tuple[str, str, str]]] = {}
        self._patterns: dict[tuple[str, str], _Entry] = {}
        self._words: dict[str, tuple[_Entry, ...]] = {}
        for tag, patterns in entries.items():
            for pattern in patterns:
                for variant in _variants(pattern):
                    letters = _beginning(variant)
                    self._sources.setdefault(letters[:KEY], []).append((letters, tag, variant))

    def at(self, text: str, start: int, word: str) -> Sequence[tuple[str, str, str, int]]:
        """The longest match of each class of tags at a word: (tag, sub, form, end)."""
        entries = self._words.get(word)
        if entries is None:
            entries = self._entries(word)
        if not entries:
            return ()
        best: dict[str, tuple[str, str, str, int]] = {}
        for tag, sub, form, pattern in entries:
            found = pattern.match(text, start)
            if found and (tag not in best or found.end() > best[tag][3]):
                best[tag] = (tag, sub, form, found.end())
        return tuple(best.values())

    def _entries(self, word: str) -> tuple[_Entry, ...]:
        """The patterns that begin with the letters of a word, compiled when first needed."""
        lower = word.lower()
        found = tuple(
            self._compiled(name, source)
            for letters, name, source in self._sources.get(lower[:KEY], ())
            if lower.startswith(letters)
        )
        if len(self._words) < WORDS:
            self._words[word] = found
        return found

    def _compiled(self, name: str, source: str) -> _Entry:
        known = self._patterns.get((name, source))
        if known is None:
            tag, sub, form = (*name.split(":"), "", "")[:3]
            # A look ahead after a space begins with that space, so that the word may end there.
            source_ = _AHEAD.sub(r"(?= (?:\1))", source)
            known = (tag, sub, form, re.compile(f"(?:{source_})(?!\\w)", re.IGNORECASE))
            self._patterns[(name, source)] = known
        return known


def _variants(pattern: str) -> tuple[str, ...]:
    """A pattern, with and without a hyphen that may stand after its first letters."""
    letters = _LETTERS.match(pattern)
    if letters is None:
        return ()
    first, rest = letters.group(), pattern[letters.end() :]
    if rest[:2] != "-?":
        return (pattern,)
    return (first + rest[2:], f"{first}-{rest[2:]}")


def _beginning(pattern: str) -> str:
    """The letters with which all that a pattern matches begins. Raises ValueError without any."""
    letters = _LETTERS.match(pattern)
    if letters is None:
        raise ValueError(f"The pattern {pattern!r} does not begin with letters.")
    key = letters.group().lower()
    after = pattern[letters.end() : letters.end() + 3]
    if after[:1] in ("?", "*", "{"):
        key = key[:-1]
    whole = after[:1] in ("", " ", "[", "-") or after in ("(?=", "(?!")
    if len(key) < KEY and not whole:
        raise ValueError(f"The pattern {pattern!r} begins with too few letters.")
    return key


@cache
def stems_of(lang: str) -> re.Pattern[str]:
    """What tells a sentence that may speak of a tie from one that cannot."""
    return re.compile(words_of(lang).stems, re.IGNORECASE)


@cache
def lexicon_of(lang: str) -> Lexicon:
    """The patterns of a language (one of `mistok.reading.model.LANGUAGES`)."""
    return Lexicon(words_of(lang).patterns)


@dataclass(slots=True)
class _Marks:
    """Places and dates of a page by the position at which they begin."""

    mentions: dict[int, Mention]
    dates: dict[int, DateMention]


def lines_of(page: Page) -> list[Line]:
    """All sentences that are not furniture as tokens, in order."""
    lexicon = lexicon_of(page.text.lang)
    marks = _Marks(
        {mention.start: mention for mention in page.mentions},
        {date.start: date for date in page.dates},
    )
    lines = []
    text, told = page.text.text, -_AFTER - 1
    stems = stems_of(page.text.lang)
    starts = sorted({*marks.mentions, *marks.dates})
    for number, sentence in enumerate(page.text.sentences):
        if sentence.role in ("furniture", "dateline"):
            continue
        end = min(sentence.end, sentence.start + LONGEST)
        if stems.search(text, sentence.start, end):
            told = number
        near = number - told <= _AFTER or sentence.role != "body"
        spans = [(sentence.start, end)] if near else _around(starts, sentence.start, end)
        tokens = tuple(
            token for start, stop in spans for token in _tokens(text, start, stop, lexicon, marks)
        )
        lines.append(
            Line(number, sentence.role, sentence.start, sentence.end, tokens, sentence.paragraph)
        )
    return lines


def _around(starts: list[int], start: int, end: int) -> list[tuple[int, int]]:
    """Places and dates of a sentence that speaks of no tie, with the words right before them."""
    spans: list[tuple[int, int]] = []
    for at in starts[bisect_left(starts, start) : bisect_left(starts, end)]:
        before = max(start, at - _BEFORE, spans[-1][1] if spans else start)
        if before <= at:
            spans.append((before, at + 1))
    return spans


def _tokens(text: str, start: int, end: int, lexicon: Lexicon, marks: _Marks) -> list[Token]:
    tokens: list[Token] = []
    position = start
    while (word := _WORD.search(text, position, end)) is not None:
        marked = _marked(word.start(), marks)
        if marked is not None:
            tokens.append(marked)
            position = max(marked.end, word.end())
            continue
        position = _read(text, word, lexicon, tokens)
    return tokens


def _marked(start: int, marks: _Marks) -> Token | None:
    """A place or a date that begins here."""
    date = marks.dates.get(start)
    if date is not None:
        return Token("D", date.start, date.end, date=date)
    mention = marks.mentions.get(start)
    if mention is None:
        return None
    tag = "P" if mention.role in _PARTIES else "C" if mention.role in _HINTS else "X"
    return Token(tag, mention.start, mention.end, mention.role, mention=mention)


def _read(text: str, word: re.Match[str], lexicon: Lexicon, tokens: list[Token]) -> int:
    """Add the tokens of a word; give the position at which the next is looked for."""
    found, start, end = word.group(), word.start(), word.end()
    if not (found[0].isalnum() or found == "&"):
        tokens.append(Token(found, start, end))
        return end
    matches = lexicon.at(text, start, found)
    if not matches:
        tokens.append(Token("X" if found[0].isupper() else "x", start, end))
        return end
    for tag, sub, form, stop in matches:
        if tag == "W" and sub == "with" and found.lower() in ("з", "із", "зі", "z", "ze"):
            sub = "with" if _after_tie(tokens) else with_or_from(text, stop)
        tokens.append(Token(tag, start, stop, sub, form))
    whole = (stop for tag, sub, _, stop in matches if tag in _WHOLE or sub in _WHOLE)
    return max([end, *whole])


def _after_tie(tokens: Sequence[Token]) -> bool:
    """Whether "agreement", "cooperation" stands right before (a partner is also "from")."""
    return any(
        t.tag == "T" and not t.names_partner and t.end >= tokens[-1].start for t in tokens[-3:]
    )


def with_or_from(text: str, position: int) -> str:
    """Slavic `з`, `z` means "with" before an instrumental and "from" before a genitive."""
    words = re.findall(r"[\w'’ʼ-]+", text[position : position + 60])[:3]
    if any(_INSTRUMENTAL.search(word) for word in words[:2]):
        return "with"
    return "from" if words and _GENITIVE.search(words[0]) else "with"
