"""`mistok ingest wikidata`: statements of P190 from recorded answers, or from the service."""

import datetime as dt
import json
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.ingest.runs import ImportReport
from mistok.ingest.runs.shell import Out, add_switches, bar, switches, tell
from mistok.ingest.wikidata.client import Wikidata
from mistok.ingest.wikidata.importing import import_answer, import_service
from mistok.ingest.wikidata.query import ENDPOINT, PAGE
from mistok.kernel.errors import Invalid


def add_arguments(parser: ArgumentParser) -> None:
    """Files, or which countries to ask for, and where."""
    add = parser.add_argument
    add("file", nargs="*", type=Path, help="recorded answers (JSON, also .gz); none: ask Wikidata")
    add(
        "--country",
        action="append",
        default=[],
        metavar="CC",
        help="whose items' statements to ask for, also several times (default: UA)",
    )
    add("--url", default=ENDPOINT, help="the query service (default: Wikidata's own)")
    add("--page", type=int, default=PAGE, metavar="N", help="statements in one answer")
    add(
        "--retrieved",
        default="",
        metavar="DATE",
        help="when a recorded answer was given (default: the day on which its file was written)",
    )
    add_switches(parser)


def run(options: Mapping[str, Any], stdout: Out, stderr: Out) -> None:
    """Bring in each file, or ask the service; raises the refusals of `importing`."""
    reports = list(_reports(options))
    if options["json"] and len(reports) != 1:
        stdout.write(json.dumps([report.as_json() for report in reports], ensure_ascii=False))
        return
    for report in reports:
        tell(report, options, stdout, stderr)


def _reports(options: Mapping[str, Any]) -> Iterator[ImportReport]:
    actor, day = Actor.at_the_shell(), _day(options["retrieved"])
    again, trial = switches(options)["again"], switches(options)["dry_run"]
    for path in options["file"]:
        with bar(path.name) as progress:
            yield import_answer(
                actor=actor,
                path=path,
                retrieved=day,
                dry_run=trial,
                again=again,
                progress=progress,
            )
    if not options["file"]:
        service = Wikidata(url=options["url"], page=max(1, options["page"]))
        countries = options["country"] or ["UA"]
        with bar("Wikidata") as progress:
            yield import_service(
                actor=actor,
                service=service,
                countries=countries,
                dry_run=trial,
                again=again,
                progress=progress,
            )


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid(
            _("“%(text)s” is not a day. Write it as 2026-11-23.") % {"text": text[:20]},
            code="date_malformed",
        ) from None
