"""Right, wrong and missed: what was read against what is labelled, measure by measure."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

from mistok.reading.evaluation.labelled import Labelled
from mistok.reading.evaluation.naming import Naming, words
from mistok.world import fold

MEASURES = ("pair", "pair + event", "pair + kind", "pair + date", "aid lines", "projects")
ALIKE = 60
"""Likeness (token set ratio, 0 to 100) from which two words for goods are the same goods."""


@dataclass(slots=True)
class Count:
    """How many were right, read wrongly, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """Share of what was read that is right; None when nothing was read."""
        read = self.right + self.wrong
        return self.right / read if read else None

    @property
    def recall(self) -> float | None:
        """Share of what is there that was read; None when nothing is there."""
        there = self.right + self.missed
        return self.right / there if there else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None when there was nothing to read and nothing was read."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else None

    def add(self, other: "Count") -> None:
        """Add another count to this one."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed


@dataclass(slots=True)
class Scores:
    """Counts by measure for one document or many; `false_ties` by hard negative."""

    counts: dict[str, Count] = field(default_factory=lambda: {m: Count() for m in MEASURES})
    documents: int = 0
    negatives: int = 0
    false_ties: int = 0
    negatives_with_false_ties: int = 0

    def add(self, other: "Scores") -> None:
        """Add the scores of other documents."""
        for measure, count in other.counts.items():
            self.counts[measure].add(count)
        self.documents += other.documents
        self.negatives += other.negatives
        self.false_ties += other.false_ties
        self.negatives_with_false_ties += other.negatives_with_false_ties

    @property
    def errors(self) -> int:
        """Wrong and missed pairs, events, kinds and dates: what makes a document a bad one."""
        return sum(self.counts[m].wrong + self.counts[m].missed for m in MEASURES[:4])


def score(document: Labelled, reading: Mapping[str, Any], naming: Naming) -> Scores:
    """Compare what was read in a document (the shape of `mistok read`) with its labels.

    A measure of pairs counts each pair once with each of its events, kinds or dates; a date that
    is not told is a value too. Aid lines must agree in giver, receiver, quantity and unit, and be
    alike in words; projects in who and for whom.
    """
    scores = Scores(documents=1)
    # A party of the same name and country as a labelled one is this one, whatever key it has.
    named = {words(tie[side]): naming.labelled(tie[side]) for tie in document.ties for side in "ab"}
    there = [(_pair(tie, naming.labelled), tie) for tie in document.ties]
    read = [
        (_pair(tie, lambda party: named.get(words(party)) or naming.read(party)), tie)
        for tie in reading["ties"]
    ]
    for measure, name in zip(MEASURES[:4], ("", "event", "kind", "date"), strict=True):
        expected = {(pair, tie.get(name) if name else None) for pair, tie in there}
        given = {(pair, tie.get(name) if name else None) for pair, tie in read}
        scores.counts[measure] = _sets(expected, given)
    scores.counts["aid lines"] = _aid(document.aid, reading["aid"], naming)
    projects = [
        Counter((naming.of_name(p["by"]), naming.of_name(p["for"])) for p in told)
        for told in (document.projects, reading["projects"])
    ]
    scores.counts["projects"] = _bags(*projects)
    if not there:
        pairs = {pair for pair, _tie in read}
        scores.negatives, scores.false_ties = 1, len(pairs)
        scores.negatives_with_false_ties = int(bool(pairs))
    return scores


def _pair(tie: Mapping[str, Any], mark: Any) -> tuple[str, ...]:
    return tuple(sorted((mark(tie["a"]), mark(tie["b"]))))


def _sets(there: set[Any], read: set[Any]) -> Count:
    return Count(len(there & read), len(read - there), len(there - read))


def _bags(there: Counter[Any], read: Counter[Any]) -> Count:
    right = (there & read).total()
    return Count(right, read.total() - right, there.total() - right)


def _aid(there: Iterable[Mapping[str, Any]], read: Iterable[Mapping[str, Any]], n: Naming) -> Count:
    expected, given = _lines(there, n), _lines(read, n)
    left = list(given)
    right = 0
    for frame, what in expected:
        likely = [(fuzz.token_set_ratio(what, line[1]), line) for line in left if line[0] == frame]
        alike, best = max(likely, default=(0, None), key=lambda pair: pair[0])
        if best is not None and alike >= ALIKE:
            left.remove(best)
            right += 1
    return Count(right, len(left), len(expected) - right)


def _lines(told: Iterable[Mapping[str, Any]], naming: Naming) -> list[tuple[Hashable, str]]:
    """Each item in its frame (giver, receiver, quantity, unit) with its words."""
    return [
        (
            (
                naming.of_name(aid["from"] or ""),
                naming.of_name(aid["to"] or ""),
                item["quantity"],
                item["unit"] if item["quantity"] is not None else None,
            ),
            fold(item["what"]),
        )
        for aid in told
        for item in aid["items"]
    ]
