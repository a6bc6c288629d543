"""The lists that are compared: a table, the registry's public ties, a recorded Wikidata answer."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from mistok.ingest.comparing.rows import Event, Named, TieRow
from mistok.ingest.comparing.table_rows import Reading
from mistok.ingest.runs import Row, SetAside
from mistok.ingest.runs.rows import ROW_REFUSALS, set_aside
from mistok.ingest.tables.choosing import Choices
from mistok.ingest.tables.opening import Opened
from mistok.ingest.wikidata.answers import SEPARATOR, SIDES, UNKNOWN, statement_rows
from mistok.ingest.wikidata.mapping import events_of
from mistok.ingest.wikidata.placing import check_known
from mistok.registry.models import Tie, TieFact

REGISTRY: Final = "registry"
ANSWER: Final = (b"{", b"\xef\xbb\xbf{")
"""How a recorded answer of Wikidata begins, and no table."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A list ready to be compared: its rows, those left out with the reason, what its bytes are."""

    name: str
    sha256: str
    rows: tuple[TieRow, ...] = field(repr=False)
    left_out: tuple[SetAside, ...] = ()


def from_table(opened: Opened, choices: Choices) -> Listed:
    """The ties of a table. Raises Invalid (`columns_missing`) when it names no two parties."""
    columns = opened.columns(choices.columns, choices.told)
    columns.check()
    reading = Reading(columns, choices)
    return _listed(opened.name, opened.sha256, opened.rows(), lambda row: [reading.row(row)])


def from_answer(data: bytes, *, name: str, retrieved: dt.date) -> Listed:
    """The ties of a recorded Wikidata answer; raises what `statement_rows` raises."""
    digest = hashlib.sha256(data).hexdigest()
    return _listed(name, digest, statement_rows(data), lambda row: list(_statement(row, retrieved)))


def from_registry() -> Listed:
    """The public ties of this installation, one row for each fact that is told of them."""
    ties = Tie.objects.public().with_parties().prefetch_related("facts").order_by("public_id")
    digest = hashlib.sha256()
    rows: list[TieRow] = []
    for number, tie in enumerate(ties, 1):
        digest.update(f"{tie.public_id} {tie.state} {tie.kind} {tie.latest}\n".encode())
        rows += _told_of(tie, number)
    return Listed(_("The registry"), digest.hexdigest(), tuple(rows))


def _listed(
    name: str, sha256: str, given: Iterable[Row], read: Callable[[Row], Iterable[TieRow]]
) -> Listed:
    rows: list[TieRow] = []
    left_out: list[SetAside] = []
    for row in given:
        try:
            if row.refusal is not None:
                raise row.refusal
            rows += read(row)
        except ROW_REFUSALS as refusal:
            left_out.append(set_aside(row, refusal))
    return Listed(name, sha256, tuple(rows), tuple(left_out))


def _statement(row: Row, retrieved: dt.date) -> Iterator[TieRow]:
    """A statement of Wikidata, once for each event that it tells."""
    for side in SIDES:
        check_known(row.cells, side)
    parties = tuple(_item(row.cells, side) for side in SIDES)
    for told in events_of(row.cells, retrieved):
        event = Event(told.event, told.kind, told.when, told.stated_as_of)
        yield TieRow(row["statement"], row.line, parties, event, source=row["item"])


def _item(cells: Mapping[str, str], side: str) -> Named:
    def several(name: str) -> list[str]:
        texts = cells[f"{side}_{name}"].split(SEPARATOR)
        return [text for text in texts if text not in ("", UNKNOWN)]

    names = [*several("en"), *several("uk")] or [cells[side]]
    geonames = [f"geonames:{code}" for code in several("geonames")]
    points = [tuple(map(float, text.split(","))) for text in several("point")]
    return Named(
        name=names[0],
        country=next(iter(several("country")), ""),
        keys=(*[f"katottg:{code}" for code in several("katottg")], *geonames),
        wikidata=cells[side],
        point=(points[0][0], points[0][1]) if points else None,
        others=tuple(names[1:]),
    )


def _told_of(tie: Tie, number: int) -> Iterator[TieRow]:
    parties = tuple(
        Named(name=seat.municipality.name, country=seat.municipality.country, keys=(key,))
        for seat in tie.parties.all()
        if (key := seat.municipality.key)
    )
    real = [fact for fact in tie.facts.all() if not fact.planned]
    facts: list[TieFact | None] = [*real]
    for fact in facts or [None]:
        yield TieRow(tie.public_id, number, parties, _event(tie, fact))


def _event(tie: Tie, fact: TieFact | None) -> Event:
    """A fact; of a tie about which nothing but its parties is told, that it is listed."""
    if fact is None:
        return Event(kind=tie.kind)
    return Event(fact.event, fact.kind, fact.when)
