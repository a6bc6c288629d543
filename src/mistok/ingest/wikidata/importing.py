"""Bringing Wikidata's statements in: from a recorded answer, or page by page from the service."""

import datetime as dt
import gzip
import hashlib
import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.ingest.comparing.placing import Placer
from mistok.ingest.models import ImportRun
from mistok.ingest.runs import ImportReport, run_import
from mistok.ingest.wikidata.answers import MOST_BYTES, statement_rows, too_large
from mistok.ingest.wikidata.client import Wikidata
from mistok.ingest.wikidata.mapping import Mapping190
from mistok.kernel.errors import Unavailable
from mistok.registry.gazetteer import the_world

KIND: Final = "wikidata"
Progress = Callable[[int, int], None]


def import_answer(
    *,
    actor: Actor,
    path: Path,
    retrieved: dt.date | None = None,
    dry_run: bool = False,
    again: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring in a recorded answer (SPARQL results in JSON, also gzipped).

    `retrieved` is the day on which Wikidata said so: as it was told when the same bytes came
    before, else the day on which the file was written. Raises what `run_import` raises, Unavailable
    (`file_unreadable`), Invalid (`answer_malformed`, `answer_too_large`).
    """
    data = _bytes(path)
    digest = hashlib.sha256(data).hexdigest()
    day = retrieved or _told_day(digest) or _written_on(path)
    rows = list(statement_rows(data))
    mapping = Mapping190(day, Placer(the_world()))
    return run_import(
        actor=actor,
        kind=KIND,
        name=path.name,
        sha256=digest,
        choices={"retrieved": day.isoformat()},
        rows=rows,
        assertions_of=mapping.assertions,
        prepare=mapping.begin_chunk,
        total=len(rows),
        dry_run=dry_run,
        again=again,
        progress=progress,
    )


def import_service(
    *,
    actor: Actor,
    service: Wikidata,
    countries: Sequence[str],
    today: dt.date | None = None,
    dry_run: bool = False,
    again: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Ask the service for these countries' statements and bring them in, a chunk at a time.

    Broken off, it goes on after the last statement that was done, with the day on which it began.
    Raises what `run_import` and `Wikidata.rows` raise.
    """
    asked = list(dict.fromkeys(country.upper() for country in countries))
    digest = hashlib.sha256("\n".join([service.url, *asked]).encode()).hexdigest()
    day = _begun_day(digest) or today or timezone.localdate()
    mapping = Mapping190(day, Placer(the_world()))
    choices: dict[str, Any] = {
        "url": service.url,
        "countries": asked,
        "retrieved": day.isoformat(),
    }
    return run_import(
        actor=actor,
        kind=KIND,
        name=f"Wikidata {' '.join(asked)}",
        sha256=digest,
        choices=choices,
        rows=lambda cursor: service.rows(asked, cursor),
        assertions_of=mapping.assertions,
        prepare=mapping.begin_chunk,
        dry_run=dry_run,
        again=again,
        progress=progress,
    )


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise too_large()
        data = path.read_bytes()
        if data.startswith(b"\x1f\x8b"):
            with gzip.open(path) as packed:
                data = packed.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise Unavailable(
            _("The file %(name)s cannot be read. Look whether it is there and whole.")
            % {"name": path.name},
            code="file_unreadable",
        ) from error
    if len(data) > MOST_BYTES:
        raise too_large()
    return data


def _runs(digest: str) -> Any:
    return ImportRun.objects.filter(kind=KIND, sha256=digest)


def _told_day(digest: str) -> dt.date | None:
    run = _runs(digest).first()
    return dt.date.fromisoformat(run.choices["retrieved"]) if run else None


def _begun_day(digest: str) -> dt.date | None:
    """The day of the same question that was begun and not finished."""
    run = _runs(digest).exclude(state=ImportRun.State.DONE).first()
    return dt.date.fromisoformat(run.choices["retrieved"]) if run else None


def _written_on(path: Path) -> dt.date:
    return dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC).date()
