"""`mistok compare LEFT RIGHT`: two lists of ties side by side, counted and measured."""

import json
import time
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mistok.accounts.actors import Actor
from mistok.ingest.comparing.keeping import keep, told_entry
from mistok.ingest.comparing.lists import REGISTRY, Listed
from mistok.ingest.comparing.matching import Pair, compare, counts
from mistok.ingest.comparing.measuring import Measure, measure, read_labels
from mistok.ingest.comparing.sides import side_of
from mistok.ingest.comparing.telling import told, which
from mistok.ingest.comparing.writing import as_row, write_csv
from mistok.ingest.runs.report import peak_memory_mb
from mistok.ingest.runs.shell import Out
from mistok.kernel.errors import Unavailable
from mistok.registry.gazetteer import the_world

MOST_TOLD = 20


def add_arguments(parser: ArgumentParser) -> None:
    """Two lists, what their columns are, labels to measure by."""
    add = parser.add_argument
    what = f"a table (CSV, XLSX, ODS), a Wikidata answer (JSON), or “{REGISTRY}”"
    add("left", help=what)
    add("right", help=what)
    for side in ("left", "right"):
        add(
            f"--{side}-map",
            action="append",
            default=[],
            metavar="FILE|COLUMN=FIELD",
            help=f"what the columns of the {side} table are, as for `mistok ingest table`",
        )
    add("--labels", type=Path, metavar="FILE", help="CSV left,right,same: precision and recall")
    add("--out", type=Path, metavar="FILE", help="write every pair to this CSV file")
    add("--keep", action="store_true", help="keep it for judging under /read/compare/")
    add("--json", action="store_true", help="print the counts as JSON")


def run(options: Mapping[str, Any], stdout: Out, stderr: Out) -> None:
    """Print how many of each class, then precision and recall where labels are given."""
    left = _side(options["left"], options["left_map"], stderr)
    right = _side(options["right"], options["right_map"], stderr)
    labels = read_labels(_text(options["labels"])) if options["labels"] else {}
    begun = time.monotonic()
    pairs = compare(left.rows, right.rows, the_world())
    seconds = time.monotonic() - begun
    if options["out"]:
        _write(options["out"], pairs)
    kept = ""
    if options["keep"]:
        actor = Actor.at_the_shell()
        kept = keep(actor=actor, left=left, right=right, pairs=pairs).public_id
    measured = measure(pairs, labels) if labels else None
    if options["json"]:
        stdout.write(json.dumps(_shown(left, right, pairs, measured, seconds, kept)))
    else:
        _tell(pairs, measured, seconds, kept, stdout)


def _side(text: str, maps: Sequence[str], stderr: Out) -> Listed:
    """A list; rows that could not be read are told on stderr."""
    listed = side_of(text, maps)
    for row in listed.left_out[:MOST_TOLD]:
        stderr.write(f"{listed.name}, {row}")
    if len(listed.left_out) > MOST_TOLD:
        more = len(listed.left_out) - MOST_TOLD
        stderr.write(f"{listed.name}: {more} more rows could not be read.")
    return listed


def _tell(
    pairs: Sequence[Pair], measured: Measure | None, seconds: float, kept: str, stdout: Out
) -> None:
    for found, count in counts(pairs).items():
        stdout.write(f"{count:>7}  {which(found)}")
    if measured is not None:
        stdout.write(
            f"Precision {measured.precision:.3f}, recall {measured.recall:.3f} (with what a "
            f"person confirms {measured.recall_with_proposals:.3f}) on {measured.labelled} "
            f"pairs of rows labelled the same."
        )
        for name, ends in (("Wrong", measured.wrong), ("Missed", measured.missed)):
            rows = ", ".join("/".join(one) for one in ends[:MOST_TOLD])
            stdout.write(f"{name}: {rows or 'none'}.")
    if kept:
        stdout.write(f"Kept as {kept}: judge it under /read/compare/{kept}/.")
    stdout.write(f"It took {seconds:.1f} seconds and {peak_memory_mb()} MB at most.")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Unavailable(
            f"The labels in {path.name} cannot be read. Look whether the file is there and UTF-8.",
            code="labels_unreadable",
        ) from error


def _write(path: Path, pairs: Sequence[Pair]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        write_csv(
            file,
            (
                as_row(
                    pair.found,
                    told_entry(pair.left),
                    told_entry(pair.right),
                    why=told(pair.why),
                    score=pair.score,
                )
                for pair in pairs
            ),
        )


def _shown(
    left: Listed,
    right: Listed,
    pairs: Sequence[Pair],
    measured: Measure | None,
    seconds: float,
    kept: str,
) -> Mapping[str, Any]:
    """The counts for programs."""
    lists = {
        side: {"name": one.name, "rows": len(one.rows), "left_out": len(one.left_out)}
        for side, one in (("left", left), ("right", right))
    }
    shown: dict[str, Any] = {**lists, "counts": counts(pairs), "seconds": round(seconds, 2)}
    if measured is not None:
        shown["measure"] = measured.as_json()
    return shown | ({"comparison": kept} if kept else {})
