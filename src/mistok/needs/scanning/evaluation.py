"""How well the guard finds: recall on dangerous texts, false alarms on harmless ones, by kind."""

import csv
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from mistok.kernel.errors import Invalid
from mistok.needs.scanning.findings import Kind
from mistok.needs.scanning.scanner import scan

COLUMNS = ("half", "label", "kinds", "lang", "allowed", "text")


@dataclass(frozen=True, slots=True)
class Sample:
    """A text with what is dangerous in it (`kinds`, empty when harmless)."""

    text: str
    kinds: frozenset[Kind]
    lang: str
    half: str
    allowed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Measure:
    """What came out for some samples.

    `expected` and `found` count kinds in dangerous texts; `alarms` counts harmless texts in which
    a kind was found; `missed` and `false` list the texts, each with the kinds concerned.
    """

    dangerous: int
    harmless: int
    expected: Counter[Kind]
    found: Counter[Kind]
    alarms: Counter[Kind]
    missed: tuple[tuple[str, tuple[Kind, ...]], ...]
    false: tuple[tuple[str, tuple[Kind, ...]], ...]

    @property
    def recall(self) -> float:
        """The share of dangers that were found as what they are; 1.0 where there are none."""
        expected = self.expected.total()
        return self.found.total() / expected if expected else 1.0

    @property
    def false_alarms(self) -> float:
        """The share of harmless texts in which anything was found, danger or warning."""
        return len(self.false) / self.harmless if self.harmless else 0.0

    def lines(self) -> list[str]:
        """A table for people: a line for each kind, then the whole."""
        head = f"{'kind':<16}{'dangers':>8}{'found':>7}{'recall':>8}{'false alarms':>14}"
        rows = [head]
        for kind in Kind:
            expected, found = self.expected[kind], self.found[kind]
            recall = f"{found / expected:.3f}" if expected else "-"
            rows.append(f"{kind:<16}{expected:>8}{found:>7}{recall:>8}{self.alarms[kind]:>14}")
        rows.append(
            f"{'all':<16}{self.expected.total():>8}{self.found.total():>7}{self.recall:>8.3f}"
            f"{len(self.false):>8} of {self.harmless} ({self.false_alarms:.3f})"
        )
        return rows


def read_samples(path: Path) -> list[Sample]:
    """Read labelled texts: CSV with the columns of COLUMNS, kinds parted by spaces.

    Raises Invalid (code `samples_malformed`) for a line that names no known kind or label.
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [_sample(row, number) for number, row in enumerate(rows, start=2)]


def _sample(row: dict[str, str], number: int) -> Sample:
    kinds = (row.get("kinds") or "").split()
    known = row.get("label") == ("dangerous" if kinds else "harmless")
    if not known or None in row.values() or not set(kinds) <= {kind.value for kind in Kind}:
        raise Invalid(
            f"Line {number} of the samples cannot be used: a dangerous text names its kinds "
            f"({', '.join(Kind)}), a harmless one names none.",
            code="samples_malformed",
            details={"line": number},
        )
    allowed = frozenset(part.strip() for part in row["allowed"].split(";") if part.strip())
    return Sample(row["text"], frozenset(map(Kind, kinds)), row["lang"], row["half"], allowed)


def measure(samples: Iterable[Sample]) -> Measure:
    """Scan every sample and count what was found, missed and falsely found."""
    expected: Counter[Kind] = Counter()
    found: Counter[Kind] = Counter()
    alarms: Counter[Kind] = Counter()
    missed, false = [], []
    counts = Counter({"dangerous": 0, "harmless": 0})
    for sample in samples:
        told = {finding.kind for finding in scan(sample.text, allowed=sample.allowed)}
        counts["dangerous" if sample.kinds else "harmless"] += 1
        expected.update(sample.kinds)
        found.update(sample.kinds & told)
        if sample.kinds - told:
            missed.append((sample.text, tuple(sorted(sample.kinds - told))))
        if told and not sample.kinds:
            alarms.update(told)
            false.append((sample.text, tuple(sorted(told))))
    return Measure(
        counts["dangerous"],
        counts["harmless"],
        expected,
        found,
        alarms,
        tuple(missed),
        tuple(false),
    )
