"""`mistok ingest agreements FILE`: the Ukrainian list of registered agreements."""

from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from mistok.accounts.actors import Actor
from mistok.ingest.agreements.columns import count_of
from mistok.ingest.agreements.importing import LIST, import_agreements
from mistok.ingest.runs.shell import Out, add_switches, bar, switches, tell
from mistok.ingest.tables.opening import Opened, open_table


def add_arguments(parser: ArgumentParser) -> None:
    """The file, and the day of the edition."""
    parser.add_argument("file", type=Path, help="the list as CSV, XLSX or ODS")
    parser.add_argument("--published", default="", metavar="DATE", help="day of this edition")
    parser.add_argument("--url", default="", help="where the list is published")
    add_switches(parser)


def run(options: Mapping[str, Any], stdout: Out, stderr: Out) -> None:
    """Bring it in."""
    bring_in(open_table(options["file"], count_of), options, stdout, stderr)


def bring_in(table: Opened, options: Mapping[str, Any], stdout: Out, stderr: Out) -> None:
    """The list, already opened; `mistok ingest table` hands over what it knows by its headings."""
    cited = replace(LIST, published=options["published"], url=options["url"])
    with bar(table.name) as progress:
        report = import_agreements(
            actor=Actor.at_the_shell(),
            table=table,
            cited=cited,
            total=table.count(),
            progress=progress,
            **switches(options),
        )
    tell(report, options, stdout, stderr)
