"""Cuts a sentence into frames: each with who gives, who gets, and what.

"A sent two buses to B and three to C" has two. A frame without its own giver or receiver has that
of the frame before it.
"""

from dataclasses import dataclass, field, replace
from itertools import pairwise

from mistok.reading.aid.carriers import without_carriers
from mistok.reading.aid.context import UKRAINE
from mistok.reading.aid.cues import marks_of, says_total
from mistok.reading.aid.donors import donor_in, donor_starts, joins_givers, unnamed_givers
from mistok.reading.aid.groups import Group, groups_in
from mistok.reading.aid.items import ItemFinder
from mistok.reading.aid.numerals import amount_at
from mistok.reading.aid.parts import Verb, settle, verbs_in
from mistok.reading.aid.piece import Piece
from mistok.reading.aid.words import Line, Word
from mistok.reading.model import Party

_CUTS = frozenset(", ; and а und i oraz while та і й or".split())


@dataclass(slots=True)
class Frame:
    """A stretch of a sentence, words `first` to `last` (excluded), and what it tells."""

    first: int
    last: int
    givers: list[Party | str] = field(default_factory=list)
    receivers: list[Party] = field(default_factory=list)
    owners: list[Party] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    verbs: list[Verb] = field(default_factory=list)
    marks: frozenset[str] = frozenset()
    own_giver: bool = False
    own_receiver: bool = False
    many_givers: bool = False
    places: list[Party] = field(default_factory=list)
    abroad: bool = False
    addressed: bool = False


def frames_in(line: Line, lang: str) -> list[Frame]:
    """Give the frames of a sentence that name goods or money."""
    words = line.words
    verbs = verbs_in(words, lang)
    total = _total(words, lang)
    if not verbs and not total:
        return []
    pieces = ItemFinder(words, lang, unnamed=bool(verbs)).pieces()
    pieces += _elliptic(words, pieces, verbs, lang)
    if not pieces:
        return []
    groups = groups_in(line, lang)
    settle(groups, verbs, words, lang)
    starts = donor_starts(words, verbs, lang)
    frames = [Frame(first, last) for first, last in _cuts(words, groups, pieces, starts)]
    for frame in frames:
        _fill(frame, groups, pieces, verbs, words, lang)
        frame.marks = _marks(frame, words, lang)
        if total:
            frame.marks |= {"total"}
    _inherit(frames)
    for frame in frames:
        if not frame.receivers and not frame.owners:
            frame.receivers = frame.places
    return [frame for frame in frames if frame.pieces]


def _marks(frame: Frame, words: list[Word], lang: str) -> frozenset[str]:
    """What the words say besides; a want counts only before the last of the goods."""
    marks: set[str] = set()
    told = max((piece.last for piece in frame.pieces), default=frame.last)
    for place in range(frame.first, frame.last):
        word = words[place]
        if word.mention is None and not word.sign:
            found = marks_of(lang, word.low)
            noun = place >= told or _noun(words, place)
            marks |= found - {"want"} if noun else found
    return frozenset(marks)


def _noun(words: list[Word], place: int) -> bool:
    """Whether a word such as "need" or "cost" is a noun here: "to the needs of the residents"."""
    return place > 0 and words[place - 1].low in ("the", "their", "its", "urgent", "of", "a", "all")


def _fill(
    frame: Frame,
    groups: list[Group],
    pieces: list[Piece],
    verbs: list[Verb],
    words: list[Word],
    lang: str,
) -> None:
    frame.verbs = [v for v in verbs if frame.first <= v.place < frame.last]
    inside = [p for p in pieces if frame.first <= p.first < frame.last]
    frame.pieces = without_carriers(inside, frame.verbs, words)
    for group in groups:
        if not frame.first <= group.first < frame.last:
            continue
        frame.abroad |= group.lead == "at" and group.country != UKRAINE
        frame.addressed |= group.lead == "to"
        if "giver" in group.roles and not _brand(group, groups, frame.pieces):
            frame.givers += [p for p in group.parties if p not in frame.givers]
        elif "receiver" in group.roles:
            frame.receivers += [p for p in group.parties if p not in frame.receivers]
        elif group.lead == "owner":
            frame.owners += group.parties
        elif "place" in group.roles and not _apart(frame, group, words):
            frame.places += group.parties
    if not frame.givers and frame.pieces:
        donor = donor_in(words, frame.first, frame.last, frame.verbs, lang)
        if donor:
            frame.givers = [donor]
        frame.many_givers = not donor and unnamed_givers(words, frame.first, frame.last, lang)
    elif frame.pieces and (donor := joins_givers(words, frame.first, frame.verbs, lang)):
        frame.givers = [*frame.givers, donor]
    frame.own_giver, frame.own_receiver = bool(frame.givers), bool(frame.receivers)
    handed = any(v.kind in ("give", "receive") for v in frame.verbs)
    if not (handed and (frame.own_giver or frame.own_receiver)):
        frame.pieces = [p for p in frame.pieces if p.sure == 1.0]


def _apart(frame: Frame, group: Group, words: list[Word]) -> bool:
    """Whether a semicolon stands between the goods and a place."""
    told = max((piece.last for piece in frame.pieces), default=group.first)
    return any(word.text == ";" for word in words[told : group.first])


def _brand(group: Group, groups: list[Group], pieces: list[Piece]) -> bool:
    """Whether a name stands within goods that come from elsewhere: "five Jelcz buses from"."""
    inside = any(piece.first < group.first < piece.last for piece in pieces)
    return inside and any(g.lead == "from" for g in groups)


def _cuts(
    words: list[Word], groups: list[Group], pieces: list[Piece], starts: list[int]
) -> list[tuple[int, int]]:
    """Cut before the second giver or receiver, at a comma or "and" between them.

    `starts` are where other givers begin: a cut when goods stand before and after.
    """
    edges = [0]
    seen: dict[str, Group] = {}
    for group in groups:
        for role in group.roles:
            other = seen.get(role)
            if other is None or _same(other, group):
                continue
            edge = _edge(words, other.last, group.first, pieces)
            if edge is not None and edge > edges[-1]:
                edges.append(edge)
                seen = {}
        seen |= dict.fromkeys(group.roles, group)
    clauses = {n for n in starts if n and words[n - 1].low in _CUTS and _amid(pieces, n)}
    after = {g for n in clauses for g in _next_clause(words, groups, pieces, n)}
    edges = sorted({*edges, *clauses, *after})
    return list(zip(edges, [*edges[1:], len(words)], strict=True))


def _amid(pieces: list[Piece], place: int) -> bool:
    return any(p.first < place for p in pieces) and any(p.first >= place for p in pieces)


def _next_clause(
    words: list[Word], groups: list[Group], pieces: list[Piece], start: int
) -> list[int]:
    """Where a place gives in its turn after such a giver: "…, and the City of A is buying …"."""
    found = []
    for group in groups:
        if group.first <= start or "giver" not in group.roles or not _amid(pieces, group.first):
            continue
        edges = [n for n in range(start, group.first) if words[n].low in _CUTS]
        if edges and any(start < p.first < edges[-1] for p in pieces):
            found.append(edges[-1])
    return found


def _same(one: Group, other: Group) -> bool:
    return set(one.parties) <= set(other.parties) or set(other.parties) <= set(one.parties)


def _edge(words: list[Word], first: int, last: int, pieces: list[Piece]) -> int | None:
    """The last edge, when the second group stands right after it; else the first one."""
    places = [n for n in range(first, last) if words[n].low in _CUTS]
    if not places:
        return None
    strong = [n for n in places if words[n].low in (";", "а", "while")]
    if strong:
        return strong[-1]
    goods_after = any(places[-1] < piece.first < last for piece in pieces)
    return places[0] if goods_after else places[-1]


def _inherit(frames: list[Frame]) -> None:
    for before, frame in pairwise(frames):
        if not frame.givers:
            frame.givers = before.givers
        if not frame.receivers:
            frame.receivers = before.receivers
        frame.own_receiver |= before.own_receiver
        if not frame.verbs:
            frame.verbs = before.verbs
            frame.marks |= before.marks


def _total(words: list[Word], lang: str) -> bool:
    if any("total" in marks_of(lang, w.low) for w in words if w.mention is None):
        return True
    return says_total(lang, " ".join(word.low for word in words))


def _elliptic(words: list[Word], pieces: list[Piece], verbs: list[Verb], lang: str) -> list[Piece]:
    """ "… 25 generators, and 17 were received by …": the number alone takes the goods before it."""
    found = []
    taken = {n for p in pieces for n in range(p.first, p.last)}
    places = {verb.place for verb in verbs}
    for place, word in enumerate(words):
        if not word.number or place in taken or len(word.text) > 6:
            continue
        amount = amount_at(words, place, lang)
        earlier = [p for p in pieces if p.last <= place and p.quantity is not None]
        if amount is None or amount.last not in places or not earlier:
            continue
        if words[place - 1].low in _CUTS:
            found.append(
                replace(
                    earlier[-1],
                    first=amount.first,
                    last=amount.last,
                    quantity=amount.value,
                    bound=amount.bound,
                )
            )
    return found
