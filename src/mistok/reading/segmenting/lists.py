"""Lists of partner towns: short lines, with bullets or without, that are no menu and no teaser."""

from mistok.reading.segmenting.lines import Line
from mistok.reading.segmenting.vocabulary import TIES

_LEAST = 2
_UNHEADED_LEAST = 3
_HEADING_WORDS = 9
_ENTRY_WORDS = 16
_PAIR_WORDS = 6


def find_lists(lines: list[Line]) -> None:
    """Mark the entries of lists as "item" and the short lines that head them as "heading".

    A list stands after a line that ends in a colon, under a heading that names ties, or shows by
    its entries what it is: countries in brackets, years, rows of a table.
    """
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and _may_be_entry(lines, at, end):
            end += 1
        if end > at:
            _mark(lines, at, end)
        at = max(end, at + 1)


def _may_be_entry(lines: list[Line], first: int, at: int) -> bool:
    line = lines[at]
    if line.kind == "row":
        return True
    if line.cut or line.size > _ENTRY_WORDS or len(line.spans) > 1:
        return False
    if line.kind == "date":
        return line.bullet != "" or (at > first and not line.gap and _is_entry(lines[at - 1]))
    return line.kind == "short" or (line.kind == "prose" and line.marked)


def _mark(lines: list[Line], at: int, end: int) -> None:
    run = lines[at:end]
    clear = [_is_entry(line) for line in run]
    before = lines[at - 1] if at else None
    led = before is not None and before.colon and before.kind in ("prose", "short", "heading")
    heads = next((n for n, line in enumerate(run) if _names_ties(line) and not clear[n]), None)
    if not led and sum(line.final for line in run) * 2 > len(run):
        return  # An interview, whose questions and answers begin with dashes.
    if heads is not None and sum(clear[heads:]) < _LEAST:
        clear = [sure or _is_pair(line) for sure, line in zip(clear, run, strict=True)]
    if heads is not None and sum(clear[heads:]) >= _LEAST:
        much = sum(clear) * 2 >= len(run)
        _name(run if much else run[heads:], clear if much else clear[heads:])
    elif led and before is not None:
        # Without bullets or other signs only the lines that follow at once belong to it.
        whole = sum(clear) * 2 >= len(run)
        stop = next((n for n, line in enumerate(run) if n and line.gap and not whole), len(run))
        if stop >= _LEAST or clear[0]:
            _name(run[:stop], clear[:stop], whole)
    elif _shows_itself(lines, at, run, clear) or (
        before is not None and _names_ties(before) and any(clear)
    ):
        _name(run, clear)


def _shows_itself(lines: list[Line], at: int, run: list[Line], clear: list[bool]) -> bool:
    """Whether its entries alone make a list: most of them have a sign, and it is no menu."""
    if not any(line.kind == "prose" for line in lines[:at]):
        # Above the first paragraph bullets mark menus and paths of pages.
        clear = [sure and not line.marked for sure, line in zip(clear, run, strict=True)]
    return sum(clear) >= _UNHEADED_LEAST and sum(clear) * 2 >= len(run)


def _is_entry(line: Line) -> bool:
    if line.kind == "row":
        return True
    if line.bullet:
        return line.bullet[0] not in ">»→►" and not line.colon
    text = line.text
    if text[0].isdigit() and " – " in text:
        return True
    if "(" in text[3:] and text.find("(") < text.rfind(")"):
        return True
    return any(
        word.strip(".,;:()–-")[:2] in ("18", "19", "20") and word.strip(".,;:()–-").isdigit()
        and len(word.strip(".,;:()–-")) == 4
        for word in text.split()
    )  # fmt: skip


def _is_pair(line: Line) -> bool:
    """A town and its country: "Vidin, Bulgaria"."""
    parts = line.text.split(", ")
    return (
        len(parts) == 2 and line.size <= _PAIR_WORDS and all(part[:1].isupper() for part in parts)
    )


def _names_ties(line: Line) -> bool:
    return line.size <= _HEADING_WORDS and any(word in line.low for word in TIES)


def _name(run: list[Line], clear: list[bool], plain: bool = True) -> None:
    """Entries are items; a line that is none and stands before one is its heading.

    What follows the last clear entry is left as it was, where entries are clear at all (`plain`).
    """
    last = max((n for n, sure in enumerate(clear) if sure), default=-1)
    if not plain or last < 0:
        for line in run:
            line.kind = "item"
        return
    if last and clear[0] and not clear[1] and not run[0].bullet and run[1].gap:
        clear = [False, *clear[1:]]
    start = clear.index(True)
    for n, line in enumerate(run[: last + 1]):
        heads = not clear[n] and (n < start or (line.gap and clear[n + 1]))
        line.kind = "heading" if heads else "item"
