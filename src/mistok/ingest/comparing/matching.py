"""Two lists of ties side by side: same, one-sided, renamed, merged, contradictory, perhaps. Pure.

Only codes and exact names in one country decide (D2-12); all else is proposed to a person. Both
lists are indexed by what names their parties, so the work grows with their length and not with its
square.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import permutations
from typing import Final

from mistok.ingest.comparing.contradicting import contradictions
from mistok.ingest.comparing.entries import Entry, by_token, entries_of
from mistok.ingest.comparing.likeness import likely_pairs
from mistok.ingest.comparing.placing import Placer
from mistok.ingest.comparing.rows import TieRow
from mistok.ingest.comparing.seats import Meeting, Reason, Tied, meet
from mistok.world import World


class Found(StrEnum):
    """What was found of a row or of two; the same words as ComparedPair.Found."""

    SAME = "same"
    LEFT = "left"
    RIGHT = "right"
    RENAMED = "renamed"
    MERGED = "merged"
    CONTRADICTORY = "contradictory"
    LIKELY = "likely"


DECIDED: Final = (Found.SAME, Found.RENAMED, Found.CONTRADICTORY)
"""Where both rows are of one tie by proof; contradictions are about the tie, not whether it is."""
PROPOSED: Final = (Found.MERGED, Found.LIKELY)
MOST_LIKELY: Final = 3
"""Of candidates that a person is shown for one row."""
MOST_PARTIES: Final = 5
ORDER: Final = (
    Found.CONTRADICTORY,
    Found.LIKELY,
    Found.MERGED,
    Found.RENAMED,
    Found.SAME,
    Found.LEFT,
    Found.RIGHT,
)
"""What a person must look at comes first."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Entries of both lists that may be one tie, or an entry of one list alone.

    `score` is 1 where keys or exact names prove it, less where likeness proposes it, and none for
    an entry alone.
    """

    found: Found
    left: Entry | None
    right: Entry | None
    why: tuple[Reason, ...] = ()
    score: float | None = None


def compare(left: Iterable[TieRow], right: Iterable[TieRow], world: World) -> list[Pair]:
    """Every tie of both lists with what was found, what needs a person first.

    An entry may stand in several pairs that are only proposed, never in two kinds of proof.
    """
    placer = Placer(world)
    ours, theirs = entries_of(left, placer), entries_of(right, placer)
    met = list(_met(ours, theirs))
    proved = [pair for pair in met if pair.found in DECIDED]
    done = _numbers(proved)
    merged = _open(done, (pair for pair in met if pair.found is Found.MERGED), both=False)
    busy = [done[0] | _numbers(merged)[0], done[1] | _numbers(merged)[1]]
    likely = _likely(ours, theirs, met, busy)
    paired = [*proved, *merged, *likely]
    pairs = [*paired, *_alone(ours, theirs, _numbers(paired))]
    return sorted(pairs, key=_in_order)


def counts(pairs: Iterable[Pair]) -> dict[str, int]:
    """How many of each class, in the order in which they are shown; classes without any too."""
    counted = Counter(pair.found for pair in pairs)
    return {str(found): counted[found] for found in ORDER}


def _in_order(pair: Pair) -> tuple[int, float, int, int]:
    left = pair.left.number if pair.left else -1
    right = pair.right.number if pair.right else -1
    return (ORDER.index(pair.found), -(pair.score or 0), left, right)


def _met(ours: Sequence[Entry], theirs: Sequence[Entry]) -> Iterator[Pair]:
    """Pairs that share names or codes of two parties, as far as these go."""
    index = by_token(theirs)
    for entry in ours:
        candidates = {number for token in set(entry.tokens) for number in index.get(token, ())}
        for number in sorted(candidates):
            pair = classify(entry, theirs[number])
            if pair is not None:
                yield pair


def classify(left: Entry, right: Entry) -> Pair | None:
    """What two entries are to each other by codes and exact names; None when they are two ties."""
    meetings = _best_meetings(left, right)
    if meetings is None:
        return None
    tied = {meeting.tied for meeting in meetings}
    reasons = tuple(meeting.reason for meeting in meetings)
    score = sum(meeting.score for meeting in meetings) / len(meetings)
    if len(left.seats) != len(right.seats):
        return Pair(Found.LIKELY, left, right, (Reason("more_parties"), *reasons), 0.9 * score)
    if Tied.MAYBE in tied:
        return Pair(Found.LIKELY, left, right, reasons, score)
    if Tied.INSIDE in tied:
        return Pair(Found.MERGED, left, right, reasons, score)
    against = tuple(contradictions(left.events, right.events))
    if against:
        return Pair(Found.CONTRADICTORY, left, right, (*against, *_renamings(meetings)), 1.0)
    if Tied.RENAMED in tied:
        return Pair(Found.RENAMED, left, right, reasons, 1.0)
    return Pair(Found.SAME, left, right, reasons, 1.0)


def _renamings(meetings: Iterable[Meeting]) -> Iterator[Reason]:
    return (meeting.reason for meeting in meetings if meeting.tied is Tied.RENAMED)


def _best_meetings(left: Entry, right: Entry) -> tuple[Meeting, ...] | None:
    """The parties of the shorter side, each beside another of the longer one, as well as can be."""
    few, many = sorted((left.seats, right.seats), key=len)
    if len(many) > MOST_PARTIES:
        return None
    best: tuple[Meeting, ...] | None = None
    for order in permutations(many, len(few)):
        meetings = tuple(meet(one, two) for one, two in zip(few, order, strict=True))
        if any(meeting.tied is Tied.DIFFERENT for meeting in meetings):
            continue
        if best is None or _weight(meetings) > _weight(best):
            best = meetings
    return best


def _weight(meetings: Iterable[Meeting]) -> tuple[int, float]:
    told = list(meetings)
    return min(meeting.tied for meeting in told), sum(meeting.score for meeting in told)


Numbers = tuple[set[int], set[int]]


def _numbers(pairs: Iterable[Pair]) -> Numbers:
    told = list(pairs)
    left = {pair.left.number for pair in told if pair.left}
    return left, {pair.right.number for pair in told if pair.right}


def _open(done: Sequence[set[int]], pairs: Iterable[Pair], *, both: bool) -> list[Pair]:
    """Pairs of which one side, or both, have found no partner yet."""
    wanted = all if both else any
    return [
        pair
        for pair in pairs
        if pair.left
        and pair.right
        and wanted((pair.left.number not in done[0], pair.right.number not in done[1]))
    ]


def _likely(
    ours: Sequence[Entry], theirs: Sequence[Entry], met: Iterable[Pair], busy: Sequence[set[int]]
) -> list[Pair]:
    """What may be one tie among the entries left over: the best candidates of each."""
    named = _open(busy, (pair for pair in met if pair.found is Found.LIKELY), both=True)
    known = {_ends(pair) for pair in named}
    alike = likely_pairs(
        [entry for entry in ours if entry.number not in busy[0]],
        [entry for entry in theirs if entry.number not in busy[1]],
    )
    for one in alike:
        reasons = tuple(meeting.reason for meeting in one.meetings)
        pair = Pair(Found.LIKELY, ours[one.left], theirs[one.right], reasons, one.score)
        if _ends(pair) not in known:
            known.add(_ends(pair))
            named.append(pair)
    return _best_few(sorted(named, key=_in_order))


def _ends(pair: Pair) -> tuple[int, int]:
    assert pair.left is not None  # noqa: S101 - both sides stand in what is proposed
    assert pair.right is not None  # noqa: S101
    return pair.left.number, pair.right.number


def _best_few(pairs: Iterable[Pair]) -> list[Pair]:
    """The first of each entry; nobody looks through twenty Springfields."""
    kept, seen = [], (Counter[int](), Counter[int]())
    for pair in pairs:
        left, right = _ends(pair)
        if seen[0][left] < MOST_LIKELY and seen[1][right] < MOST_LIKELY:
            seen[0][left] += 1
            seen[1][right] += 1
            kept.append(pair)
    return kept


def _alone(ours: Sequence[Entry], theirs: Sequence[Entry], paired: Numbers) -> Iterator[Pair]:
    for entry in ours:
        if entry.number not in paired[0]:
            yield Pair(Found.LEFT, entry, None)
    for entry in theirs:
        if entry.number not in paired[1]:
            yield Pair(Found.RIGHT, None, entry)
