"""Lines of a text with what can be seen of each alone: length, end, bullet, words."""

import re
from dataclasses import dataclass, field

from mistok.reading.segmenting.sentences import sentences_of

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_BULLET = re.compile(
    r"(?:[-–—*•‣▪●◦·○→>»]+|[\u25a0-\u25ff\u2600-\u27bf\U0001f000-\U0001faff]\ufe0f?"
    r"|\d{1,2}[.)]|[a-zа-яіїє][)])\s+"
)
_SIGNATURE = re.compile(r"(?<=[.!?…\"”“»’])\s*[(\[/][^()\[\]]{1,30}[)\]/]?$")
_WORDS = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[Ѐ-ӿ]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_CLOSERS = "\"'”’»“)]"
_ENDS = ".!?…"
_PROSE_WORDS = 6
_UNENDED_PROSE, _UNENDED_SENTENCES = 26, 18
_WRAPPED_LEAST, _WRAPPED_MOST, _RAGGED = 40, 120, 0.45


@dataclass(slots=True)
class Line:
    """A line (or lines that were broken at the margin), where it stands and what it looks like.

    `gap`: an empty line stands before it. `final`: it ends as sentences do. `cut`: it ends in
    three points, as teasers do. `kind` and `role` are set by the steps that follow.
    """

    start: int
    end: int
    text: str
    gap: bool
    lang: str
    low: str = ""
    size: int = 0
    bullet: str = ""
    final: bool = False
    cut: bool = False
    colon: bool = False
    spans: list[tuple[int, int]] = field(default_factory=list)
    prose: bool = False
    kind: str = ""
    role: str = ""

    @property
    def body(self) -> str:
        """The line without its bullet."""
        return self.text[len(self.bullet) :]

    @property
    def marked(self) -> bool:
        """Whether it has a bullet that is no number or letter, as entries of menus have."""
        return self.bullet != "" and not self.bullet[0].isalnum()

    @property
    def strong(self) -> bool:
        """Whether this is surely a paragraph: two full sentences or a long one."""
        return self.prose and (self.size >= 14 or (len(self.spans) > 1 and self.size >= 10))

    @property
    def words(self) -> list[str]:
        """Its words in small letters."""
        return _WORDS.findall(self.low)

    def foreign(self, cyrillic: bool) -> bool:
        """Whether it is in the other script than the article."""
        other = _LATIN if cyrillic else _CYRILLIC
        own = _CYRILLIC if cyrillic else _LATIN
        if other.search(self.text) is None:
            return False
        return len(other.findall(self.text)) > len(own.findall(self.text)) * 2


def lines_of(text: str, lang: str) -> list[Line]:
    """Cut a text into its lines, empty ones left out, and look at each."""
    lines = _joined(text, _cut(text, lang))
    for line in lines:
        _look(text, line)
    return lines


def _cut(text: str, lang: str) -> list[Line]:
    lines = []
    gap, last = True, 0
    for found in _LINE.finditer(text):
        start, end = found.span()
        gap = gap or text.count("\n", last, start) > 1 or "\x0c" in text[last:start]
        last = end
        raw = found[0]
        stripped = raw.strip()
        if not stripped:
            gap = True
            continue
        start += len(raw) - len(raw.lstrip())
        lines.append(Line(start, start + len(stripped), stripped, gap, lang))
        gap = False
    return lines


def _joined(text: str, lines: list[Line]) -> list[Line]:
    """Put together what was broken at the margin: the next line goes on with a small letter."""
    whole: list[Line] = []
    for block in _blocks(lines):
        wrapped = _is_wrapped(block)
        for line in block:
            if whole and not line.gap and _goes_on(whole[-1], line, wrapped):
                before = whole[-1]
                before.end = line.end
                before.text = text[before.start : line.end]
            else:
                whole.append(line)
    return whole


def _blocks(lines: list[Line]) -> list[list[Line]]:
    blocks: list[list[Line]] = []
    for line in lines:
        if line.gap or not blocks:
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _is_wrapped(block: list[Line]) -> bool:
    lengths = [line.end - line.start for line in block[:-1]]
    if len(lengths) < 2 or not _WRAPPED_LEAST <= max(lengths) <= _WRAPPED_MOST:
        return False
    if min(lengths) < max(lengths) * _RAGGED:
        return False
    return any(line.text[0].islower() for line in block[1:])


def _goes_on(before: Line, line: Line, wrapped: bool) -> bool:
    # Only the last piece is looked at, so that ten thousand joined lines cost no more than few.
    length = before.end - before.start
    if length < _WRAPPED_LEAST or (before.text[-1] in _ENDS and not wrapped):
        return False
    if _BULLET.match(line.text):
        return False
    if wrapped:
        return True
    return line.text[0].islower() and before.text[-1] not in ":;|"


def _look(text: str, line: Line) -> None:
    found = _BULLET.match(line.text)
    line.bullet = found[0] if found else ""
    line.low = line.text.lower()
    line.size = line.text.count(" ") + 1
    tail = line.text[-40:]
    if tail[-1] in ")]/":
        tail = _SIGNATURE.sub("", tail)
    tail = tail.rstrip(_CLOSERS)
    line.final = tail[-1:] in _ENDS and tail != ""
    line.colon = tail[-1:] == ":"
    line.cut = line.text.endswith(("...", "…"))
    if line.final or line.size > _PROSE_WORDS:
        line.spans = sentences_of(text, line.start, line.end, line.lang)
    else:
        line.spans = [(line.start, line.end)]
    line.prose = _is_prose(text, line)


def _is_prose(text: str, line: Line) -> bool:
    if line.cut:
        return len(line.spans) > 2
    if line.final:
        return line.size >= _PROSE_WORDS
    if line.size >= _UNENDED_PROSE:
        return text.count("|", line.start, line.end) < 3
    first = line.spans[0]
    return (
        len(line.spans) > 1
        and line.size >= _UNENDED_SENTENCES
        and text.count(" ", *first) >= _PROSE_WORDS
    )
