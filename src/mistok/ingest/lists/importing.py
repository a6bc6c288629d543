"""Bringing in the lines of a pasted list that somebody has looked at."""

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
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
from mistok.ingest.tables.placing import Placer, Said
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


def import_list(
    *,
    actor: Actor,
    text: str,
    owner_key: str,
    chosen: Chosen,
    cited: Cited,
    name: str = "list",
    today: dt.date | None = None,
    **how: Any,
) -> ImportReport:
    """Bring in those lines of the list that were chosen, each as the place it was judged to be.

    Raises Invalid (`source_missing`, and what `read_list` raises), and what `run_import` raises.
    """
    Scope(actor)
    if not (cited.slug or cited.title):
        raise source_missing()
    data = text.encode()
    sha256 = hashlib.sha256(data).hexdigest()
    sources = Sources(Choices(source=cited), sha256, today or timezone.localdate())
    if not how.get("dry_run"):
        sources.kept = archive.keep(data)
    placer = Placer()
    owner = placer.seat(Said(key=owner_key))
    listed = {str(one.number): one for one in read_list(text, owner_key)}

    def assertions(row: Row) -> list[Assertion]:
        one = listed[row["number"]]
        key = chosen.get(one.number)
        if not key:
            raise Invalid(
                one.sentence or _("The line was left out by whoever looked at it."),
                code=one.code or "not_chosen",
            )
        seat = placer.seat(Said(key=key))
        if seat.key == owner.key:
            raise Invalid(_("This is the municipality whose list it is."), code="parties_missing")
        told = Told(
            seats=(owner, seat),
            said=(Said(key=owner_key), Said(name=one.name, country=one.country)),
            called=Called(one.kind, "", one.label),
            event=TieEvent(event=one.event, kind=one.kind, date=one.date),
            original=one.text,
        )
        return assertions_of(told, one.line, sources.grounds([cited]))

    rows = [Row(one.line, {"number": number, **one.cells}) for number, one in listed.items()]
    choices = {"of": owner.key, "chosen": {str(n): key for n, key in sorted(chosen.items())}}
    return run_import(
        actor=actor,
        kind=KIND,
        name=name,
        sha256=sha256,
        choices={**choices, "source": asdict(cited) | {"tells": list(cited.tells)}},
        rows=rows,
        assertions_of=assertions,
        total=len(rows),
        **how,
    )
