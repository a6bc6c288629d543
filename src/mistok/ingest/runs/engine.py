"""Running an import: who may, where it goes on, a chunk in one transaction, and the end."""

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.ingest.models import ImportRun, SetAsideRow
from mistok.ingest.runs.report import MOST_TOLD, ImportReport, peak_memory_mb, report_of
from mistok.ingest.runs.rows import ROW_REFUSALS, Row, SetAside, in_chunks, set_aside
from mistok.ingest.runs.scope import Scope
from mistok.kernel.errors import Conflict
from mistok.kernel.ids import content_hash, public_id
from mistok.provenance.models import Statement
from mistok.provenance.services import Assertion, observe
from mistok.registry.services import project_supports, project_ties

CHUNK: Final = 200
"""Rows whose statements, counts and ties are written in one transaction."""
Rows = Iterable[Row] | Callable[[str], Iterable[Row]]
AssertionsOf = Callable[[Row], Iterable[Assertion]]
Progress = Callable[[int, int], None]


def run_import(
    *,
    actor: Actor,
    kind: str,
    name: str,
    sha256: str,
    choices: Mapping[str, Any],
    rows: Rows,
    assertions_of: AssertionsOf,
    prepare: Callable[[Sequence[Row]], None] | None = None,
    total: int = 0,
    dry_run: bool = False,
    again: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring in the rows; what one cannot be taken for is told, and never drops the others.

    `kind` names the adapter and is the origin of its statements. `sha256` of the bytes and
    `choices` are what makes it the same import. `rows` are all rows, in the same order each time;
    or a function that takes the `cursor` of the last row done ("" at first) and gives those after
    it. `assertions_of` says what one row asserts, inside the chunk's transaction, so it may
    register sources; it raises Invalid or NotFound for a row to be set aside. `prepare` sees each
    chunk before its transaction begins, to look up what takes long. `total` is for progress only.

    `dry_run` tells the same numbers and writes nothing. A finished run takes nothing, unless
    `again` goes through it anew. Raises NotAllowed, and Conflict (`import_elsewhere`) when another
    process carries on the same run.
    """
    begun = time.monotonic()
    scope = Scope(actor)
    told = _told(kind, name, sha256, choices, scope)
    run = _known_run(told, again=again) if dry_run else _begin(actor, told, again=again)
    report = report_of(run, dry_run=dry_run)
    if not report.unchanged:
        work = _Work(run, assertions_of, scope, report, dry_run)
        _go(work, rows, prepare, total, progress)
        if not dry_run:
            _finish(actor, work)
    report.seconds, report.peak_mb = time.monotonic() - begun, peak_memory_mb()
    return report


def import_mark(kind: str, sha256: str, choices: Mapping[str, Any], scope: str = "") -> str:
    """What makes two imports the same run; `scope` is what a coordinator's rows are held to."""
    told = json.dumps(choices, sort_keys=True, ensure_ascii=False)
    return content_hash(kind, sha256, told, *filter(None, (scope,)))


@dataclass(frozen=True, slots=True)
class Told:
    """What an import is, as its run keeps it."""

    kind: str
    name: str
    sha256: str
    choices: dict[str, Any]
    mark: str


def _told(kind: str, name: str, sha256: str, choices: Mapping[str, Any], scope: Scope) -> Told:
    mark = import_mark(kind, sha256, choices, scope.mark)
    return Told(kind, name, sha256, dict(choices), mark)


@dataclass(slots=True)
class _Work:
    """A run under way. In a trial `seen` holds what earlier chunks would have written."""

    run: ImportRun
    assertions_of: AssertionsOf
    scope: Scope
    report: ImportReport
    dry_run: bool
    seen: set[str] = field(default_factory=set)


def _blank(told: Told) -> ImportRun:
    return ImportRun(
        public_id=public_id("import", told.mark),
        mark=told.mark,
        kind=told.kind,
        name=told.name[:200],
        sha256=told.sha256,
        choices=told.choices,
        begun_at=timezone.now(),
    )


def _known_run(told: Told, *, again: bool) -> ImportRun:
    """The run that a trial goes on from; of a finished one it begins anew where that is asked."""
    run = ImportRun.objects.filter(mark=told.mark).first()
    if run is None or (again and run.state == ImportRun.State.DONE):
        return _blank(told)
    return run


def _begin(actor: Actor, told: Told, *, again: bool) -> ImportRun:
    """The run, new or found; a finished one begins anew where that is asked for."""
    with audited(actor, "begin_import", public_id("import", told.mark)) as act:
        blank = _blank(told)
        defaults = {
            name: getattr(blank, name)
            for name in ("public_id", "kind", "name", "sha256", "choices", "begun_at")
        }
        run, created = ImportRun.objects.get_or_create(
            mark=told.mark, defaults={**defaults, "begun_by": str(actor)[:254]}
        )
        if run.state == ImportRun.State.DONE and not again:
            return run
        if run.state == ImportRun.State.DONE:
            run.set_aside.all().delete()
            run.done = run.rows = run.taken = run.known = run.refused = 0
            run.cursor, run.begun_at, run.ended_at = "", timezone.now(), None
        run.state = ImportRun.State.RUNNING
        run.save()
        verb = "begun" if created else "again" if again else "resumed"
        act.done(after={"kind": run.kind, "name": run.name, "how": verb, "done": run.done})
    return run


def _go(
    work: _Work,
    rows: Rows,
    prepare: Callable[[Sequence[Row]], None] | None,
    total: int,
    progress: Progress | None,
) -> None:
    """Every chunk after the last that is done. What stops it leaves all whole chunks standing."""
    left = rows(work.run.cursor) if callable(rows) else islice(rows, work.run.done, None)
    try:
        for chunk in in_chunks(left, CHUNK):
            if prepare is not None:
                prepare(chunk)
            _write(work, chunk)
            if progress is not None:
                progress(work.run.done, total)
    except BaseException as error:
        if not (work.dry_run or getattr(error, "code", "") == "import_elsewhere"):
            mine = ImportRun.objects.filter(pk=work.run.pk, done=work.run.done, state="running")
            mine.update(state=ImportRun.State.STOPPED)
        raise


def _write(work: _Work, chunk: list[Row]) -> None:
    """One chunk, whole or not at all; a trial is taken back at its end."""
    run, before = work.run, work.run.done
    with transaction.atomic():
        if not work.dry_run:
            _claim(run, before + len(chunk), chunk[-1].cursor)
        said, refused = _mapped(work, chunk)
        new = _counted(work, said) if work.dry_run else _observed(run, said)
        run.taken += new
        run.known += len({one.id for one in said}) - new
        run.refused += len(refused)
        run.done, run.cursor = before + len(chunk), chunk[-1].cursor
        if work.dry_run:
            transaction.set_rollback(True)
        else:
            run.save(update_fields=["taken", "known", "refused"])
            SetAsideRow.objects.bulk_create(_kept(run, refused), ignore_conflicts=True)
    _tell(work.report, run, refused)


def _claim(run: ImportRun, done: int, cursor: str) -> None:
    """Take the next rows for this process: of two that try, one goes on and one is refused."""
    mine = ImportRun.objects.filter(pk=run.pk, done=run.done, state=ImportRun.State.RUNNING)
    if not mine.update(done=done, cursor=cursor):
        raise Conflict(
            _(
                "Another process is carrying on this very import. Let it finish; then start "
                "again, and nothing is taken twice."
            ),
            code="import_elsewhere",
        )


def _mapped(work: _Work, chunk: list[Row]) -> tuple[list[Assertion], list[SetAside]]:
    """What the good rows assert, and the others with the reason."""
    said: list[Assertion] = []
    refused: list[SetAside] = []
    for row in chunk:
        try:
            if row.refusal is not None:
                raise row.refusal
            assertions = list(work.assertions_of(row))
            work.scope.check(assertions)
        except ROW_REFUSALS as refusal:
            refused.append(set_aside(row, refusal))
        else:
            said += assertions
    return said, refused


def _observed(run: ImportRun, said: list[Assertion]) -> int:
    """Write the statements and the ties that they are about; gives how many are new."""
    new = observe(assertions=said, origin=run.kind, seen_at=run.begun_at)
    subjects = {one.subject for one in said}
    project_ties(subjects=[one for one in subjects if one.startswith("tie_")])
    project_supports(subjects=[one for one in subjects if one.startswith("support_")])
    return new


def _counted(work: _Work, said: list[Assertion]) -> int:
    """How many statements would be new, after all earlier chunks of the trial."""
    ids = {one.id for one in said} - work.seen
    known = set(Statement.objects.filter(pk__in=ids).values_list("pk", flat=True))
    work.seen |= ids
    return len(ids - known)


def _kept(run: ImportRun, refused: list[SetAside]) -> list[SetAsideRow]:
    return [
        SetAsideRow(
            run=run, line=one.line, code=one.code, sentence=one.sentence, cells=dict(one.cells)
        )
        for one in refused
    ]


def _tell(report: ImportReport, run: ImportRun, refused: list[SetAside]) -> None:
    report.rows, report.taken, report.known = run.done, run.taken, run.known
    report.refused = run.refused
    report.set_aside += refused[: max(MOST_TOLD - len(report.set_aside), 0)]


def _finish(actor: Actor, work: _Work) -> None:
    """The run is done; nobody carries it on after that."""
    run = work.run
    with audited(actor, "finish_import", run.public_id) as act:
        mine = ImportRun.objects.filter(pk=run.pk, done=run.done, state=ImportRun.State.RUNNING)
        ended = mine.update(state=ImportRun.State.DONE, rows=run.done, ended_at=timezone.now())
        if not ended:
            raise Conflict(
                _("Another process has carried on this import. Look at its report."),
                code="import_elsewhere",
            )
        act.done(
            after={
                "rows": run.done,
                "taken": run.taken,
                "known": run.known,
                "refused": run.refused,
            }
        )
