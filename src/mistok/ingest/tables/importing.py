"""Bringing in one table: what is asked before the first row, and what each row becomes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from mistok.accounts.actors import Actor
from mistok.ingest.documents import archive
from mistok.ingest.runs import ImportReport, Row, run_import
from mistok.ingest.runs.scope import Scope
from mistok.ingest.tables.asserting import (
    Told,
    assertions_of,
    parties_of,
    sources_of,
    understood,
)
from mistok.ingest.tables.choosing import Choices
from mistok.ingest.tables.citing import Sources, check_described
from mistok.ingest.tables.headings import Columns
from mistok.ingest.tables.opening import Opened
from mistok.ingest.tables.placing import Placer
from mistok.provenance.services import Assertion

KIND = "table"


@dataclass(slots=True)
class TableImport:
    """What turns rows of one table into assertions; places and sources are settled once each."""

    columns: Columns
    choices: Choices
    sources: Sources
    placer: Placer

    @classmethod
    def of(cls, table: Opened, choices: Choices, today: dt.date | None = None) -> "TableImport":
        """Ready to go; raises Invalid where columns or the source are missing."""
        columns = table.columns(choices.columns, choices.told)
        columns.check()
        check_described(choices, columns)
        sources = Sources(choices, table.sha256, today or timezone.localdate())
        return cls(columns, choices, sources, Placer())

    def prepare(self, rows: Sequence[Row]) -> None:
        """Look up the places of these rows before anything is locked."""
        self.placer.look_up(one for row in rows for one in parties_of(row, self.columns))

    def assertions(self, row: Row) -> list[Assertion]:
        """What the row asserts; nothing is written down for a row that cannot be taken."""
        told = self.told(row)
        return assertions_of(told, row.line, sources_of(row, self.columns, self.sources))

    def told(self, row: Row) -> Told:
        """The row as it was understood, before anything is written; raises Invalid."""
        return understood(row, self.columns, self.choices, self.placer)


def import_table(
    *,
    actor: Actor,
    table: Opened,
    choices: Choices,
    today: dt.date | None = None,
    **how: Any,
) -> ImportReport:
    """Bring in a table; `how` are `dry_run`, `again`, `progress`, `total` of `run_import`.

    The list's bytes are kept in the private archive. Raises what `run_import` and
    `TableImport.of` raise.
    """
    Scope(actor)
    adapter = TableImport.of(table, choices, today)
    if not how.get("dry_run"):
        adapter.sources.kept = archive.keep(table.data)
    return run_import(
        actor=actor,
        kind=KIND,
        name=table.name,
        sha256=table.sha256,
        choices=choices.as_json(),
        rows=table.rows(),
        assertions_of=adapter.assertions,
        prepare=adapter.prepare,
        **how,
    )
