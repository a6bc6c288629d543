"""`mistok ingest table FILE`: bring in a table of ties, whatever its headings are called."""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mistok.accounts.actors import Actor
from mistok.ingest.agreements.columns import fits
from mistok.ingest.agreements.command import bring_in
from mistok.ingest.runs.shell import Out, add_switches, bar, switches, tell
from mistok.ingest.tables.choosing import MAPS, Choices, choices_of, named_map, with_pairs
from mistok.ingest.tables.headings import Columns
from mistok.ingest.tables.importing import import_table
from mistok.ingest.tables.opening import open_table
from mistok.ingest.tables.template import template_csv
from mistok.provenance.models import Source

SOURCE = ("title", "publisher", "publisher_country", "url", "licence", "published", "language")


def add_arguments(parser: ArgumentParser) -> None:
    """The file, what its columns are, where it comes from."""
    add = parser.add_argument
    add("file", type=Path, help="CSV (also .csv.gz), XLSX or ODS")
    add(
        "--map",
        action="append",
        default=[],
        metavar="FILE|COLUMN=FIELD",
        help=f"a mapping file, one of {', '.join(MAPS)}, or which column is what (City=b_name)",
    )
    add(
        "--set",
        action="append",
        default=[],
        metavar="FIELD=VALUE",
        help="what holds for every row (a_country=UA, kind=twinning, as_of=2026-09)",
    )
    add("--keep", action="append", default=[], metavar="WORD", help="keep rows a map leaves out")
    add("--source", default="", metavar="SLUG", help="our short name of the list")
    for name in SOURCE:
        add(f"--{name.replace('_', '-')}", default="", help=f"{name.replace('_', ' ')} of the list")
    add("--source-kind", default="", choices=["", *Source.Kind.values], help="kind of source")
    add("--trust", type=int, choices=range(1, 6), default=None, help="1 (least) to 5")
    add("--template", action="store_true", help="write a template to FILE, and read nothing")
    add("--columns", action="store_true", help="tell what was understood, and bring in nothing")
    add_switches(parser)


def run(options: Mapping[str, Any], stdout: Out, stderr: Out) -> None:
    """Tell what was understood of the columns, then bring the rows in."""
    if options["template"]:
        with options["file"].open("x", encoding="utf-8-sig", newline="") as file:
            file.write(template_csv())
        stdout.write(f"The template is in {options['file']}. Fill it in, and bring it in.")
        return
    table = open_table(options["file"])
    if not options["map"] and fits(table.headings):
        stderr.write("These are the columns of the Ukrainian list of agreements; it is read so.")
        bring_in(table, options, stdout, stderr)
        return
    choices = choices_from(options)
    columns = table.columns(choices.columns, choices.told)
    for note in (*table.notes, *told_of(columns)):
        stderr.write(note)
    if options["columns"]:
        stdout.write(json.dumps(dict(columns.understood()), ensure_ascii=False))
        return
    with bar(table.name) as progress:
        report = import_table(
            actor=Actor.at_the_shell(),
            table=table,
            choices=choices,
            total=table.count(),
            progress=progress,
            **switches(options),
        )
    tell(report, options, stdout, stderr)


def choices_from(options: Mapping[str, Any]) -> Choices:
    """The mapping file's choices, corrected by the switches."""
    given: dict[str, Any] = {}
    for name in (one for one in options["map"] if "=" not in one):
        given |= named_map(name)
    given = with_pairs(given, (one for one in options["map"] if "=" in one), "columns")
    given = with_pairs(given, options["set"], "told")
    source = dict(given.get("source", {}))
    source |= {name: options[name] for name in SOURCE if options[name]}
    source |= {"slug": options["source"]} if options["source"] else {}
    source |= {"source_kind": options["source_kind"]} if options["source_kind"] else {}
    source |= {"trust": options["trust"]} if options["trust"] else {}
    kept = (*given.get("keep", ()), *options["keep"])
    files = [one for one in options["map"] if "=" not in one]
    return choices_of({**given, "source": source, "keep": kept}, ", ".join(files) or "--map")


def told_of(columns: Columns) -> list[str]:
    """What each column was taken for, and which were not understood."""
    lines = [f"{heading or '?'} → {field}" for field, heading in columns.understood()]
    if columns.unknown:
        lines.append(f"Not read: {', '.join(columns.unknown)}.")
    return lines
