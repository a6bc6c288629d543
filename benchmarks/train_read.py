"""Fit how sure a tie that was read is, and print how well that holds on documents left out.

`python benchmarks/train_read.py LABELLED.jsonl.. [--world build/test-world] [--write]`: reads the
documents with a threshold of none, marks each fact right or wrong by its pair, fits a logistic
model (ridge), and cross-validates by document. `--write` puts the weights into the package.
"""

import argparse
import json
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mistok.reading.dates import dates_in
from mistok.reading.evaluation.labelled import Labelled, read_labelled
from mistok.reading.evaluation.naming import Naming
from mistok.reading.intake import open_text
from mistok.reading.model import LANGUAGES, Page
from mistok.reading.places import PlaceReader
from mistok.reading.ties.confidence import measures_of
from mistok.reading.ties.cues import lines_of
from mistok.reading.ties.finding import claims_of
from mistok.reading.ties.merging import candidates_of
from mistok.world import World

WEIGHTS = Path(__file__).parents[1] / "src/mistok/reading/ties/weights.json"
FOLDS = 10
RIDGE = 1.0
STEPS = 60


@dataclass(frozen=True, slots=True)
class Sample:
    """A pair that was read, and whether the document states it; `missed` pairs are beside."""

    document: str
    measures: dict[str, float]
    right: bool


def samples_of(documents: Iterable[Labelled], world: World) -> tuple[list[Sample], dict[str, int]]:
    """All facts that the rules give in the documents, and how many pairs each document states."""
    places, naming = PlaceReader(world), Naming(world)
    samples: list[Sample] = []
    stated: dict[str, int] = {}
    for document in documents:
        text = open_text(document.text, published=document.published)
        gold = {_pair(tie["a"], tie["b"], naming, labelled=True) for tie in document.ties}
        stated[document.id] = len(gold)
        if text.lang not in LANGUAGES:
            continue
        page = Page(text, places.mentions(text), dates_in(text))
        seen = set()
        for claims, best in candidates_of(claims_of(lines_of(page), text.lang)):
            pair = _pair(best.a.as_document(), best.b.as_document(), naming, labelled=False)
            if pair not in seen:
                samples.append(Sample(document.id, measures_of(claims, best), pair in gold))
            seen.add(pair)
    return samples, stated


def _pair(
    a: dict[str, str], b: dict[str, str], naming: Naming, *, labelled: bool
) -> tuple[str, ...]:
    mark = naming.labelled if labelled else naming.read
    return tuple(sorted((mark(a), mark(b))))


def fit(samples: Sequence[Sample], names: Sequence[str]) -> np.ndarray:
    """Weights by Newton's method with a ridge on all but the bias."""
    x = np.array([[sample.measures.get(name, 0.0) for name in names] for sample in samples])
    y = np.array([float(sample.right) for sample in samples])
    ridge = np.array([0.01 if name == "bias" else RIDGE for name in names])
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (y - p) - ridge * weights
        hessian = (x.T * (p * (1 - p))) @ x + np.diag(ridge)
        step = np.linalg.solve(hessian, gradient)
        weights += step
        if float(np.abs(step).max()) < 1e-6:
            break
    return weights


def cross_validated(samples: Sequence[Sample], names: Sequence[str]) -> list[float]:
    """The confidence of each sample by a model that has not seen its document."""
    folds = [zlib.crc32(sample.document.encode()) % FOLDS for sample in samples]
    given = [0.0] * len(samples)
    for fold in range(FOLDS):
        train = [s for s, f in zip(samples, folds, strict=True) if f != fold]
        weights = fit(train, names)
        for n, (sample, own) in enumerate(zip(samples, folds, strict=True)):
            if own == fold:
                row = np.array([sample.measures.get(name, 0.0) for name in names])
                given[n] = float(1 / (1 + np.exp(-row @ weights)))
    return given


def report(samples: Sequence[Sample], given: Sequence[float], stated: dict[str, int]) -> None:
    """Precision, recall and hard negatives at several thresholds; calibration by tenths."""
    total = sum(stated.values())
    for threshold in (0.0, 0.2, 0.3, 0.4, 0.5, 0.6):
        kept = [s for s, p in zip(samples, given, strict=True) if p >= threshold]
        right = sum(s.right for s in kept)
        false = {s.document for s in kept if not stated[s.document]}
        negatives = sum(not n for n in stated.values())
        f1 = 2 * right / max(1, len(kept) + total)
        say(
            f"{threshold:.1f}: P {right / max(1, len(kept)):.3f} R {right / total:.3f} F1 {f1:.3f}"
            f"  hard negatives with a tie {len(false)} of {negatives}"
        )
    tenths: dict[int, list[bool]] = defaultdict(list)
    for sample, p in zip(samples, given, strict=True):
        tenths[min(9, int(p * 10))].append(sample.right)
    for tenth, rights in sorted(tenths.items()):
        say(f"  told {tenth / 10:.1f}: right {sum(rights) / len(rights):.2f} of {len(rights)}")


def say(text: str) -> None:
    """One line to whoever watches."""
    sys.stdout.write(f"{text}\n")


def main() -> None:
    """Read the arguments, fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--world", default="build/test-world")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    documents = [d for path in given.files for d in read_labelled(path)[0]]
    samples, stated = samples_of(documents, World.open(given.world))
    names = sorted({name for sample in samples for name in sample.measures})
    say(f"{len(documents)} documents, {len(samples)} facts, {len(names)} measures")
    report(samples, cross_validated(samples, names), stated)
    weights = fit(samples, names)
    if given.write:
        content = {"documents": len(documents), "facts": len(samples)}
        rounded = {name: round(float(w), 4) for name, w in zip(names, weights, strict=True)}
        WEIGHTS.write_text(json.dumps(content | {"weights": rounded}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
