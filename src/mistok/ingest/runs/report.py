"""What an import did, for people and programs: taken, known, refused, time and memory."""

import csv
import io
import resource
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from mistok.ingest.models import ImportRun
from mistok.ingest.runs.rows import SetAside

MOST_TOLD: Final = 10_000
"""Rows set aside that a report holds one by one; the rest are counted."""


@dataclass(slots=True)
class ImportReport:
    """Counts over the whole run, also of what an earlier, broken-off part of it did."""

    run: str = ""
    dry_run: bool = False
    unchanged: bool = False
    resumed_at: int = 0
    rows: int = 0
    taken: int = 0
    known: int = 0
    refused: int = 0
    set_aside: list[SetAside] = field(default_factory=list)
    seconds: float = 0.0
    peak_mb: int = 0

    def as_json(self) -> dict[str, object]:
        """The report for programs."""
        return {
            "run": self.run,
            "dry_run": self.dry_run,
            "unchanged": self.unchanged,
            "resumed_at": self.resumed_at,
            "rows": self.rows,
            "taken": self.taken,
            "known": self.known,
            "refused_rows": self.refused,
            "refused": [
                {"line": row.line, "code": row.code, "sentence": row.sentence}
                for row in self.set_aside
            ],
            "seconds": round(self.seconds, 2),
            "peak_memory_mb": self.peak_mb,
        }

    def sentences(self) -> Iterator[str]:
        """The report in a few sentences, each whole."""
        if self.unchanged:
            yield _(
                "This list was brought in before with the same choices; nothing has changed. "
                "Use --again to go through it once more."
            )
        elif self.dry_run:
            yield _("This was a trial: nothing was written.")
        if self.resumed_at:
            yield _("The import went on after row %(row)s, where it had stopped.") % {
                "row": self.resumed_at
            }
        yield _(
            "Rows: %(rows)s. Statements taken: %(taken)s, known before: %(known)s. Rows set "
            "aside: %(refused)s."
        ) % {
            "rows": self.rows,
            "taken": self.taken,
            "known": self.known,
            "refused": self.refused,
        }
        yield _("It took %(seconds)s seconds and %(memory)s MB of memory at most.") % {
            "seconds": f"{self.seconds:.1f}",
            "memory": self.peak_mb,
        }

    def by_code(self) -> dict[str, int]:
        """How many rows were set aside for which reason, the most frequent first."""
        return dict(Counter(row.code for row in self.set_aside).most_common())


def report_of(run: ImportRun, *, dry_run: bool = False) -> ImportReport:
    """The report of a run as it stands, with the rows that it set aside.

    Of a finished run all is known and nothing taken: that is what it does now.
    """
    kept = run.set_aside.order_by("line", "pk")[:MOST_TOLD] if run.pk is not None else []
    over = run.state == ImportRun.State.DONE
    return ImportReport(
        run=run.public_id,
        dry_run=dry_run,
        unchanged=over,
        resumed_at=0 if over else run.done,
        rows=run.done,
        taken=0 if over else run.taken,
        known=run.known + run.taken if over else run.known,
        refused=run.refused,
        set_aside=[SetAside(row.line, row.code, row.sentence, row.cells) for row in kept],
    )


def peak_memory_mb() -> int:
    """The most memory that this process has held, in MB; macOS counts bytes, Linux kilobytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most // (1024 * 1024 if sys.platform == "darwin" else 1024)


def refused_csv(rows: Iterable[SetAside]) -> str:
    """The rows set aside as CSV, with the sentence why in front: to mend and bring in again."""
    rows = list(rows)
    names = list(dict.fromkeys(name for row in rows for name in row.cells))
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["line", "why_not_taken", *map(_tame, names)])
    for row in rows:
        cells = (_tame(str(row.cells.get(name, ""))) for name in names)
        writer.writerow([row.line, row.sentence, *cells])
    return out.getvalue()


def _tame(text: str) -> str:
    """A cell that no spreadsheet program carries out as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
