"""Measuring the reader on labelled documents: the bar, the table, and the worst documents."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tqdm import tqdm

from mistok.reading.evaluation import Labelled, Scores, read_labelled, score
from mistok.reading.evaluation.counting import MEASURES, Count
from mistok.reading.evaluation.labelled import SetAside
from mistok.reading.evaluation.naming import Naming
from mistok.reading.reader import Reader
from mistok.world import World

ALL = "all"


@dataclass(slots=True)
class Measured:
    """The scores by language and of all together, and every document with its own."""

    file: str
    set_aside: int
    scores: dict[str, Scores] = field(default_factory=dict)
    documents: list[tuple[str, Scores]] = field(default_factory=list)

    @property
    def worst(self) -> list[tuple[str, Scores]]:
        """Documents with errors, most errors first."""
        bad = [(name, scores) for name, scores in self.documents if scores.errors]
        return sorted(bad, key=lambda pair: (-pair[1].errors, pair[0]))


def measure_reading(world: World, file: Path) -> tuple[Measured, list[SetAside]]:
    """Read every document of the file, with a bar on stderr; lines that are none are set aside.

    Raises what `read_labelled` raises.
    """
    documents, aside = read_labelled(file)
    reader, naming = Reader(world), Naming(world)
    measured = Measured(file.name, len(aside))
    for document in tqdm(documents, desc="reading", unit="document", disable=None):
        scores = _score(reader, document, naming)
        measured.documents.append((document.id, scores))
        for group in (document.lang, ALL):
            measured.scores.setdefault(group, Scores()).add(scores)
    return measured, aside


def _score(reader: Reader, document: Labelled, naming: Naming) -> Scores:
    # As `mistok read` would read the line: with the date that stands beside the text.
    reading = reader.read(document.text, id=document.id, published=document.published)
    return score(document, reading.as_document(), naming)


def as_document(measured: Measured, worst: int) -> str:
    """One JSON document: measures by language, hard negatives, the worst documents."""
    told = {
        "file": measured.file,
        "set_aside": measured.set_aside,
        "languages": {group: _told(scores) for group, scores in _groups(measured)},
        "worst": [
            {"id": name, "errors": scores.errors, **_counts(scores)}
            for name, scores in measured.worst[:worst]
        ],
    }
    return json.dumps(told, ensure_ascii=False)


def as_lines(measured: Measured, worst: int) -> Iterator[str]:
    """A table to read: precision, recall and F1 by language, then what went wrong most."""
    total = measured.scores[ALL]
    yield f"{measured.file}: {total.documents} documents, {measured.set_aside} lines set aside"
    head = "".join(f"{name:>10}" for name in ("precision", "recall", "F1"))
    yield f"{'':<19}{head}" + "".join(f"{name:>8}" for name in ("right", "wrong", "missed"))
    for measure in MEASURES:
        for group, scores in _groups(measured):
            yield f"{measure:<14}{group:<5}{_row(scores.counts[measure])}"
    yield (
        f"hard negatives: {total.negatives} documents without a tie, "
        f"{total.negatives_with_false_ties} of them with {total.false_ties} false ties"
    )
    for name, scores in measured.worst[:worst]:
        counts = (scores.counts[m] for m in MEASURES[:4])
        told = ", ".join(
            f"{m} {count.wrong} wrong {count.missed} missed"
            for m, count in zip(MEASURES[:4], counts, strict=True)
            if count.wrong or count.missed
        )
        yield f"{name}: {told}"


def _groups(measured: Measured) -> Iterable[tuple[str, Scores]]:
    """All together first, then language by language."""
    return sorted(measured.scores.items(), key=lambda pair: (pair[0] != ALL, pair[0]))


def _row(count: Count) -> str:
    shares = "".join(
        f"{'–' if share is None else format(share, '.3f'):>10}"
        for share in (count.precision, count.recall, count.f1)
    )
    return f"{shares}{count.right:>8}{count.wrong:>8}{count.missed:>8}"


def _told(scores: Scores) -> dict[str, Any]:
    return {
        "documents": scores.documents,
        "measures": {
            measure: {
                "precision": count.precision,
                "recall": count.recall,
                "f1": count.f1,
                "right": count.right,
                "wrong": count.wrong,
                "missed": count.missed,
            }
            for measure, count in scores.counts.items()
        },
        "hard_negatives": {
            "documents": scores.negatives,
            "with_false_ties": scores.negatives_with_false_ties,
            "false_ties": scores.false_ties,
        },
    }


def _counts(scores: Scores) -> dict[str, Any]:
    return {
        measure: {"wrong": count.wrong, "missed": count.missed}
        for measure, count in scores.counts.items()
        if count.wrong or count.missed
    }
