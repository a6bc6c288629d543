"""What imports have in common at the shell: their switches, the bar, how a report is printed."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from tqdm import tqdm

from mistok.ingest.runs.engine import Progress
from mistok.ingest.runs.report import ImportReport, refused_csv

SHOWN = 10
"""Rows set aside that are printed one by one; --refused FILE has them all."""


class Out(Protocol):
    """Where a command prints to."""

    def write(self, msg: str) -> object:
        """Print one line."""


def add_switches(parser: ArgumentParser) -> None:
    """What every import understands."""
    add = parser.add_argument
    add("--dry-run", action="store_true", help="tell what would be taken, and write nothing")
    add("--again", action="store_true", help="go through a list once more that was finished")
    add("--refused", metavar="FILE", default="", help="write the rows set aside to this CSV file")
    add("--json", action="store_true", help="print the report as JSON")


def switches(options: Mapping[str, Any]) -> dict[str, Any]:
    """The switches as `run_import` takes them."""
    return {"dry_run": options["dry_run"], "again": options["again"]}


@contextmanager
def bar(name: str, total: int = 0) -> Iterator[Progress]:
    """A progress bar on stderr, where somebody looks at it; a resumed import begins further on."""
    with tqdm(desc=name, total=total or None, unit="row", disable=None) as shown:

        def progress(done: int, total: int) -> None:
            if total:
                shown.total = total
            shown.update(done - shown.n)

        yield progress


def tell(report: ImportReport, options: Mapping[str, Any], stdout: Out, stderr: Out) -> None:
    """The report on stdout; the first rows set aside with their sentences on stderr."""
    if options.get("refused"):
        with Path(options["refused"]).open("w", encoding="utf-8-sig", newline="") as file:
            file.write(refused_csv(report.set_aside))
    if options["json"]:
        stdout.write(json.dumps(report.as_json(), ensure_ascii=False))
        return
    if not report.unchanged:
        for row in report.set_aside[:SHOWN]:
            stderr.write(str(row))
        if report.refused > SHOWN:
            stderr.write(f"… {report.refused - SHOWN} more rows were set aside (--refused FILE).")
        for code, count in report.by_code().items():
            stderr.write(f"{count:>7} × {code}")
    for sentence in report.sentences():
        stdout.write(sentence)
