"""Load the starter registry: idempotent, with a report of what was taken, known and refused."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import transaction

from mistok import __version__
from mistok.ingest.report import Report
from mistok.ingest.starter.mapping import support_assertions, tie_assertions
from mistok.ingest.starter.parser import COLUMNS, Row, read_rows
from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Invalid, NotFound
from mistok.provenance.models import AuditEvent, Source
from mistok.provenance.services import (
    Assertion,
    observe,
    record,
    record_retrieval,
    register_source,
    withdraw_unseen,
)
from mistok.registry.services import project_supports, project_ties

DATA = Path(__file__).parent / "data"
CHUNK = 100
ORIGIN = "starter"
ACTOR = "mistok starter"
ROW_REFUSALS = (Invalid, NotFound)
"""What concerns one row. Anything else, such as a missing gazetteer, ends the whole load."""
Progress = Callable[[int, int], None]


def load_starter(
    *, folder: Path = DATA, force: bool = False, progress: Progress | None = None
) -> Report:
    """Bring the starter files into the registry, all or nothing but for rows set aside.

    Files that were loaded before, byte for byte by this version, are not read again unless
    `force` says so. Raises Unavailable or Invalid when a whole file cannot be used; then
    nothing has changed.
    """
    digest = _digest(folder)
    report = Report()
    if not force and _loaded(digest):
        report.unchanged = True
        return report
    with transaction.atomic():
        sources = _load_sources(folder, report)
        subjects = _observe_all(folder, sources, report, progress)
        project_ties(subjects=[s for s in subjects if s.startswith("tie_")])
        project_supports(subjects=[s for s in subjects if s.startswith("support_")])
        record(
            actor=ACTOR,
            verb="load_starter",
            subject="starter",
            after={"sha256": digest, "taken": report.taken, "refused": len(report.refused)},
        )
    return report


def _observe_all(
    folder: Path, sources: dict[str, Source], report: Report, progress: Progress | None
) -> set[str]:
    """Write what the files say, withdraw what they no longer say; returns the subjects touched.

    With a row set aside nothing is withdrawn: a slip of the pen must not take a fact away.
    """
    begun = dt.datetime.now(dt.UTC)
    subjects: set[str] = set()
    for assertions in _chunks(folder, sources, report, progress):
        new = observe(assertions=assertions, origin=ORIGIN, seen_at=begun)
        report.taken += new
        report.known += len({assertion.id for assertion in assertions}) - new
        subjects |= {assertion.subject for assertion in assertions}
    if report.refused:
        return subjects
    return subjects | withdraw_unseen(actor=ACTOR, origin=ORIGIN, since=begun)


def _digest(folder: Path) -> str:
    hasher = hashlib.sha256(__version__.encode())
    for name in sorted(COLUMNS):
        path = folder / name
        hasher.update(path.read_bytes() if path.is_file() else b"")
    return hasher.hexdigest()


def _loaded(digest: str) -> bool:
    last = AuditEvent.objects.filter(verb="load_starter", subject="starter").first()
    return last is not None and last.after.get("sha256") == digest


def _load_sources(folder: Path, report: Report) -> dict[str, Source]:
    sources = {}
    for row in read_rows(folder / "sources.csv", report):
        try:
            sources[row["slug"]] = _source(row)
        except ROW_REFUSALS as refusal:
            report.set_aside(row.file, row.line, refusal)
    for row in read_rows(folder / "retrievals.csv", report):
        try:
            _retrieval(row, sources)
        except ROW_REFUSALS as refusal:
            report.set_aside(row.file, row.line, refusal)
    return sources


def _source(row: Row) -> Source:
    published = PartialDate.parse_or_none(row["published"])
    if row["trust"] not in {"1", "2", "3", "4", "5"} or not row["slug"]:
        raise Invalid(
            f"The source needs a slug and a trust from 1 to 5; it has “{row['slug'][:40]}” and "
            f"“{row['trust'][:10]}”.",
            code="source_malformed",
        )
    if row["kind"] not in Source.Kind.values:
        raise Invalid(
            f"“{row['kind'][:40]}” is not a kind of source. Write one of: "
            f"{', '.join(Source.Kind.values)}.",
            code="source_kind_unknown",
        )
    return register_source(
        slug=row["slug"],
        title=row["title"],
        publisher=row["publisher"],
        url=row["url"],
        language=row["language"],
        published=str(published or ""),
        kind=row["kind"],
        trust=int(row["trust"]),
    )


def _retrieval(row: Row, sources: dict[str, Source]) -> None:
    at = PartialDate.parse(row["retrieved_on"])
    if row["source"] not in sources or at.precision != "day":
        raise Invalid(
            f"A reading needs a listed source and the day; it has “{row['source'][:60]}” and {at}.",
            code="retrieval_malformed",
        )
    record_retrieval(
        source=sources[row["source"]], at=at.earliest, sha256=row["sha256"], note=row["note"]
    )


def _chunks(
    folder: Path, sources: dict[str, Source], report: Report, progress: Progress | None
) -> Iterator[list[Assertion]]:
    """Assertions in batches; a row that cannot be mapped is set aside whole."""
    mappings = {"ties.csv": tie_assertions, "support.csv": support_assertions}
    rows = [(row, mappings[name]) for name in mappings for row in read_rows(folder / name, report)]
    batch: list[Assertion] = []
    for number, (row, mapping) in enumerate(rows, start=1):
        try:
            batch += list(mapping(row, sources))
        except ROW_REFUSALS as refusal:
            report.set_aside(row.file, row.line, refusal)
        if number % CHUNK == 0 or number == len(rows):
            yield batch
            batch = []
            if progress:
                progress(number, len(rows))
