"""`mistok ingest list --of KEY FILE`: a council's list of its partners; sure lines with --yes."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mistok.accounts.actors import Actor
from mistok.ingest.lists.importing import chosen_sure, import_list
from mistok.ingest.lists.reading import Listed, read_list
from mistok.ingest.runs.shell import Out, add_switches, bar, switches, tell
from mistok.ingest.tables.choosing import Cited
from mistok.kernel.errors import Invalid
from mistok.provenance.models import Source

SOURCE = ("title", "publisher", "publisher_country", "url", "licence", "published", "language")


def add_arguments(parser: ArgumentParser) -> None:
    """Whose list it is, the text, and where it comes from."""
    add = parser.add_argument
    add("file", help="text or HTML; - reads what is piped in")
    add(
        "--of",
        required=True,
        metavar="KEY",
        help="key of the municipality whose partners these are",
    )
    add("--yes", action="store_true", help="bring in the lines whose place is surely known")
    for name in SOURCE:
        add(f"--{name.replace('_', '-')}", default="", help=f"{name.replace('_', ' ')} of the list")
    add_switches(parser)


def run(options: Mapping[str, Any], stdout: Out, stderr: Out) -> None:
    """Show what each line was taken for; with --yes bring the sure ones in."""
    text = _text(options["file"])
    listed = read_list(text, options["of"])
    for one in listed:
        stderr.write(line_of(one))
    if not options["yes"]:
        if options["json"]:
            stdout.write(json.dumps([told_of(one) for one in listed], ensure_ascii=False))
        else:
            sure = sum(one.sure for one in listed)
            stdout.write(
                f"{sure} of {len(listed)} lines are sure. Look at them, and bring them in with "
                "--yes; judge the others on the page /read/import/."
            )
        return
    cited = Cited(**{name: options[name] for name in SOURCE}, source_kind=Source.Kind.MUNICIPALITY)
    with bar("list") as progress:
        report = import_list(
            actor=Actor.at_the_shell(),
            text=text,
            owner_key=options["of"],
            chosen=chosen_sure(listed),
            cited=cited,
            name=Path(options["file"]).name,
            progress=progress,
            **switches(options),
        )
    tell(report, options, stdout, stderr)


def line_of(one: Listed) -> str:
    """One line of the preview."""
    what = f"{one.seat.key} {one.date} {one.kind}" if one.seat else one.sentence
    return f"{'sure' if one.sure else '  ? '} {one.text[:60]} → {what}"


def told_of(one: Listed) -> dict[str, object]:
    """One line for programs."""
    return {
        "number": one.number,
        "line": one.line,
        "text": one.text,
        "name": one.name,
        "country": one.country,
        "date": one.date,
        "kind": one.kind,
        "key": one.seat.key if one.seat else None,
        "sentence": one.sentence,
        "candidates": [place.key for place in one.candidates],
    }


def _text(name: str) -> str:
    try:
        data = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        raise Invalid(f"There is no file {name} that can be read.", code="file_missing") from error
    except UnicodeDecodeError as error:
        raise Invalid(
            f"{name} is not UTF-8 text. Save it as UTF-8, and bring it in again.",
            code="text_not_utf8",
        ) from error
