"""How good the reader is on documents that its weights have not seen, as `evaluate reading` tells.

`python benchmarks/validate_read.py CORPUS.jsonl [MORE.jsonl..] [--world build/test-world]`: parts
the corpus into ten by document, fits the weights on the nine others and on all further files, and
reads the tenth with them. The rules are the same in every fold: they were written with these
documents in sight, so what comes out is the best case. docs/reference/evaluation.md has the table.
"""

import argparse
import json
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path

from train_read import FOLDS, fit, samples_of

from mistok.config.measured_reading import ALL, Measured, as_lines
from mistok.reading.evaluation import Labelled, Scores, read_labelled, score
from mistok.reading.evaluation.naming import Naming
from mistok.reading.reader import Reader
from mistok.reading.ties import confidence
from mistok.world import World


def main() -> None:
    """Read the arguments, fit and read fold by fold, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("more", nargs="*", type=Path)
    parser.add_argument("--world", default="build/test-world")
    given = parser.parse_args()
    world = World.open(given.world)
    documents = read_labelled(given.corpus)[0]
    further = [document for path in given.more for document in read_labelled(path)[0]]
    reader, naming = Reader(world), Naming(world)
    measured = Measured(given.corpus.name, 0)
    for fold in range(FOLDS):
        own = [document for document in documents if _fold(document) == fold]
        if own:
            _weigh(world, [d for d in documents if _fold(d) != fold] + further)
        for document in own:
            reading = reader.read(document.text, id=document.id, published=document.published)
            _add(measured, document, score(document, reading.as_document(), naming))
    sys.stdout.write("\n".join(as_lines(measured, len(documents))) + "\n")


def _fold(document: Labelled) -> int:
    return zlib.crc32(document.id.encode()) % FOLDS


def _weigh(world: World, documents: list[Labelled]) -> None:
    """Let the reader weigh by what these documents teach, until the next fold."""
    samples, _stated = samples_of(documents, world)
    names = sorted({name for sample in samples for name in sample.measures})
    weights: Mapping[str, float] = dict(zip(names, map(float, fit(samples, names)), strict=True))
    # As it would come out of the file.
    kept = json.loads(json.dumps(weights))
    confidence._weights = lambda: kept


def _add(measured: Measured, document: Labelled, scores: Scores) -> None:
    measured.documents.append((document.id, scores))
    for group in (document.lang, ALL):
        measured.scores.setdefault(group, Scores()).add(scores)


if __name__ == "__main__":
    main()
