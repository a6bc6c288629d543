"""The top of a page: where the article begins, and which line above it is its title."""

from mistok.reading.segmenting.lines import Line

_ZONE = 6
_SENTENCE_WORDS = 8
_TITLE_WORDS = 20
_LOOK_AHEAD = 3


def first_content(lines: list[Line]) -> int | None:
    """Position of the first paragraph or list of the article, None where there is none."""
    for at, line in enumerate(lines):
        if line.kind in ("item", "row"):
            return at
        if line.kind == "prose" and not _is_headline(lines, at) and _begins(lines, at):
            return at
    return next((at for at, line in enumerate(lines) if line.kind == "prose"), None)


def _begins(lines: list[Line], at: int) -> bool:
    line = lines[at]
    return line.size >= _SENTENCE_WORDS or len(line.spans) > 1 or _prose_follows(lines, at)


def _is_headline(lines: list[Line], at: int) -> bool:
    """A question or an exclamation of one sentence above paragraphs is their headline."""
    line = lines[at]
    if len(line.spans) > 1 or line.size > _TITLE_WORDS or line.bullet:
        return False
    if at and not line.gap and line.text[0].islower():
        return True
    return line.text[-1] in "?!" and (at == 0 or line.gap) and _prose_follows(lines, at)


def _prose_follows(lines: list[Line], at: int) -> bool:
    return any(line.kind == "prose" for line in lines[at + 1 : at + 1 + _LOOK_AHEAD])


def name_top(lines: list[Line], first: int) -> None:
    """Set the roles of all lines before the article: title, headings, datelines, furniture."""
    for line in lines[:first]:
        line.role = "dateline" if line.kind == "date" else "furniture"
    near = _candidates(lines, first)
    if not near:
        return
    if lines[first].kind != "prose" and near[-1] == first - 1 and lines[first - 1].colon:
        # "Our city is twinned with:" leads to the list; it is no headline.
        lines[first - 1].role = "heading"
        near = near[:-1]
        if not near:
            return
    title = _title(lines, near, first)
    for at in near:
        line = lines[at]
        if at == title:
            line.role = "title"
        elif at > title or line.size > 2 or line.kind == "heading":
            line.role = "heading"


def _candidates(lines: list[Line], first: int) -> list[int]:
    """Lines just above the article that may be headlines, from top to bottom."""
    found: list[int] = []
    for at in range(first - 1, max(first - 12, -1), -1):
        line = lines[at]
        if line.kind in ("short", "heading", "prose") and not line.marked:
            found.append(at)
        elif found and line.kind in ("menu", "open", "close", "notice", "empty", "short"):
            break
        if len(found) == _ZONE:
            break
    return found[::-1]


def _title(lines: list[Line], near: list[int], first: int) -> int:
    """Of the headlines below the last dateline the topmost of some length, else the nearest."""
    dates = [at for at in range(near[0], first) if lines[at].kind == "date"]
    below = [at for at in near if not dates or at > dates[-1]]
    if below:
        long = (at for least in (4, 3) for at in below if lines[at].size >= least)
        return next(long, below[-1])
    return next((at for at in reversed(near) if lines[at].size >= 3), near[-1])
