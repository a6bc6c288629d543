"""Bringing in the lines of a pasted list that somebody has looked at."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.ingest.documents import archive
from mistok.ingest.lists.reading import Listed, read_list
from mistok.ingest.runs import ImportReport, Row, run_import
from mistok.ingest.runs.scope import Scope
from mistok.ingest.tables.asserting import Told, assertions_of
from mistok.ingest.tables.choosing import Choices, Cited
from mistok.ingest.tables.citing import Sources, source_missing
from mistok.ingest.tables.placing import Placer, Said, Seat
from mistok.ingest.tables.words import Called
from mistok.kernel.errors import Invalid
from mistok.provenance.services import Assertion
from mistok.provenance.values import TieEvent

KIND: Final = "list"
Chosen = Mapping[int, str]
"""A partner's number in the list to the key of the place that a person judged it to be."""


def chosen_sure(listed: Iterable[Listed]) -> dict[int, str]:
    """The choice that nobody needs to make: every line whose place is surely known."""
    return {one.number: one.seat.key for one in listed if one.seat is not None}


@dataclass(slots=True)
class ListImport:
    """What turns the chosen lines of a list into assertions."""

    owner: Seat
    listed: Mapping[str, Listed]
    chosen: Chosen
    cited: Cited
    sources: Sources
    placer: Placer = field(default_factory=Placer)

    @classmethod
    def of(cls, text: str, owner_key: str, chosen: Chosen, cited: Cited) -> "ListImport":
        """Ready to go. Raises Invalid (`source_missing`, and what `read_list` raises)."""
        if not (cited.slug or cited.title):
            raise source_missing()
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        sources = Sources(Choices(source=cited), sha256, timezone.localdate())
        owner = Placer().seat(Said(key=owner_key))
        listed = {str(one.number): one for one in read_list(text, owner_key)}
        return cls(owner, listed, chosen, cited, sources)

    def rows(self) -> list[Row]:
        """One row for each line."""
        return [Row(one.line, {"number": no, **one.cells}) for no, one in self.listed.items()]

    def choices(self) -> dict[str, Any]:
        """What makes it the same import: whose list it is, and what a person judged."""
        chosen = {str(number): key for number, key in sorted(self.chosen.items())}
        cited = asdict(self.cited) | {"tells": list(self.cited.tells)}
        return {"of": self.owner.key, "chosen": chosen, "source": cited}

    def assertions(self, row: Row) -> list[Assertion]:
        """What a chosen line asserts; raises Invalid for the others."""
        one = self.listed[row["number"]]
        key = self.chosen.get(one.number)
        if not key:
            raise Invalid(
                one.sentence or _("The line was left out by whoever looked at it."),
                code=one.code or "not_chosen",
            )
        seat = self.placer.seat(Said(key=key))
        if seat.key == self.owner.key:
            raise Invalid(_("This is the municipality whose list it is."), code="parties_missing")
        told = Told(
            seats=(self.owner, seat),
            said=(Said(key=self.owner.key), Said(name=one.name, country=one.country)),
            called=Called(one.kind, "", one.label),
            event=TieEvent(event=one.event, kind=one.kind, date=one.date),
            original=one.text,
        )
        return assertions_of(told, one.line, self.sources.grounds([self.cited]))


def import_list(
    *,
    actor: Actor,
    text: str,
    owner_key: str,
    chosen: Chosen,
    cited: Cited,
    name: str = "list",
    **how: Any,
) -> ImportReport:
    """Bring in those lines of the list that were chosen, each as the place it was judged to be.

    Raises what `ListImport.of` and `run_import` raise; `how` as for `import_table`.
    """
    Scope(actor)
    adapter = ListImport.of(text, owner_key, chosen, cited)
    if not how.get("dry_run"):
        adapter.sources.kept = archive.keep(text.encode())
    return run_import(
        actor=actor,
        kind=KIND,
        name=name,
        sha256=adapter.sources.sha256,
        choices=adapter.choices(),
        rows=adapter.rows(),
        assertions_of=adapter.assertions,
        total=len(adapter.listed),
        **how,
    )
