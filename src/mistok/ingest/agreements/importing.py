"""Bringing in the list: each row an agreement signed between two parties or more."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.ingest.agreements.columns import Columns, columns_of
from mistok.ingest.agreements.subjects import said_here, seat_abroad, states_in, subjects_in
from mistok.ingest.agreements.terms import term_of
from mistok.ingest.documents import archive
from mistok.ingest.runs import ImportReport, Row, run_import
from mistok.ingest.runs.scope import Scope
from mistok.ingest.tables.asserting import Told, assertions_of
from mistok.ingest.tables.choosing import Choices, Cited
from mistok.ingest.tables.citing import Sources
from mistok.ingest.tables.dates import partial_date
from mistok.ingest.tables.opening import Opened
from mistok.ingest.tables.placing import Placer, Said, Seat
from mistok.ingest.tables.words import Called
from mistok.kernel.errors import Invalid
from mistok.provenance.models import Source
from mistok.provenance.services import Assertion
from mistok.provenance.values import TieEvent
from mistok.provenance.vocabulary import LONGEST

KIND: Final = "agreements"
LIST: Final = Cited(
    slug="ua-registered-agreements",
    title="Перелік зареєстрованих угод про міжнародне територіальне співробітництво",
    publisher="Міністерство розвитку громад та територій України",
    publisher_country="UA",
    language="uk",
    source_kind=Source.Kind.REGISTER,
    trust=5,
)
"""The official list (CMU Resolution 357 of 2025-03-28; facts F2-18 to F2-21)."""
_KINDS: Final = (
    ("twinning", re.compile(r"побрат", re.IGNORECASE)),
    ("solidarity", re.compile(r"солідарн", re.IGNORECASE)),
    ("friendship", re.compile(r"дружб|дружн", re.IGNORECASE)),
    ("partnership", re.compile(r"партнер|співроб|співпрац|взаємод", re.IGNORECASE)),
)
_PAPERS: Final = (
    ("memorandum", re.compile(r"меморандум", re.IGNORECASE)),
    ("protocol", re.compile(r"протокол", re.IGNORECASE)),
    ("declaration", re.compile(r"деклараці", re.IGNORECASE)),
    ("letter_of_intent", re.compile(r"лист\w*\s+про\s+намір", re.IGNORECASE)),
    ("agreement", re.compile(r"угод|догов", re.IGNORECASE)),
)
_BETWEEN: Final = re.compile(r"\s+між\s+", re.IGNORECASE)
_LONGEST_NOTE: Final = 1000


@dataclass(slots=True)
class AgreementImport:
    """What turns rows of the list into assertions."""

    columns: Columns
    sources: Sources
    cited: Cited
    placer: Placer = field(default_factory=lambda: Placer(cases=True))

    @classmethod
    def of(
        cls, table: Opened, cited: Cited = LIST, today: dt.date | None = None
    ) -> "AgreementImport":
        """Ready to go. Raises Invalid (`columns_missing`) for another table."""
        sources = Sources(Choices(source=cited), table.sha256, today or timezone.localdate())
        return cls(columns_of(table.headings), sources, cited)

    def prepare(self, rows: Sequence[Row]) -> None:
        """Settle the places of these rows before anything is locked."""
        for row in rows:
            try:
                self.parties(row)
            except Invalid:
                continue

    def assertions(self, row: Row) -> list[Assertion]:
        """What the row asserts. Raises Invalid for a row whose parties are not surely known."""
        told = self.told(row)
        return assertions_of(told, row.line, self.sources.grounds([self.cited]))

    def parties(self, row: Row) -> list[tuple[Seat, Said]]:
        """The Ukrainian subjects, then the foreign ones; all of them, or none."""
        here = subjects_in(self._cell(row, "ua_subject"))
        abroad = subjects_in(self._cell(row, "foreign_subject"))
        if not here or not abroad:
            raise Invalid(
                _("One of the parties is not named. Add it, or leave the row out."),
                code="place_missing",
            )
        region = self._cell(row, "ua_region")
        unit = self._cell(row, "foreign_unit")
        states = states_in(self._cell(row, "state"))
        found = []
        for text in here:
            said = said_here(text, region)
            found.append((self.placer.seat(said), replace(said, name=text)))
        return found + [seat_abroad(self.placer, text, states, unit) for text in abroad]

    def told(self, row: Row) -> Told:
        """The row as it was understood."""
        parties = self.parties(row)
        if len({seat.key for seat, _said in parties}) < 2:
            raise Invalid(
                _("Both parties are the same place. A tie needs two: check the row."),
                code="parties_missing",
            )
        title = " ".join(self._cell(row, "title").split())
        date = partial_date(self._cell(row, "date"))
        called = Called(_first(_KINDS, title) or "unknown", _first(_PAPERS, title), _label(title))
        term = term_of(self._cell(row, "duration"), date)
        event = TieEvent(
            event="signed" if date else "active",
            kind=called.kind,
            date=date,
            instrument=called.instrument,
            act_number=self._cell(row, "registration")[:80],
            end_date=term.end,
            renewal=term.renewal,
            note=self._note(row),
        )
        return Told(
            seats=tuple(seat for seat, _said in parties),
            said=tuple(said for _seat, said in parties),
            called=called,
            event=event,
            original="; ".join(f"{name}: {text}" for name, text in row.cells.items() if text),
        )

    def _note(self, row: Row) -> dict[str, str]:
        """Kind of cooperation, sphere and duration in the list's own words."""
        names = ("kind", "sphere", "duration")
        words = [text for name in names if (text := " ".join(self._cell(row, name).split()))]
        return {"uk": "; ".join(words)[:_LONGEST_NOTE]} if words else {}

    def _cell(self, row: Row, name: str) -> str:
        column = self.columns.get(name)
        return row[column].strip() if column else ""


def import_agreements(
    *,
    actor: Actor,
    table: Opened,
    cited: Cited = LIST,
    today: dt.date | None = None,
    **how: Any,
) -> ImportReport:
    """Bring in the list of agreements; `how` as for `import_table`.

    Raises Invalid (`columns_missing`) for another table, and what `run_import` raises.
    """
    Scope(actor)
    adapter = AgreementImport.of(table, cited, today)
    if not how.get("dry_run"):
        adapter.sources.kept = archive.keep(table.data)
    return run_import(
        actor=actor,
        kind=KIND,
        name=table.name,
        sha256=table.sha256,
        choices=adapter.sources.choices.as_json(),
        rows=table.rows(),
        assertions_of=adapter.assertions,
        prepare=adapter.prepare,
        **how,
    )


def _first(ways: Sequence[tuple[str, re.Pattern[str]]], text: str) -> str:
    return next((word for word, pattern in ways if pattern.search(text)), "")


def _label(title: str) -> str:
    """What the list calls the tie: the title before it names the parties."""
    return _BETWEEN.split(title)[0][:LONGEST]
