"""What one row of a list asserts: its parties, what it calls the tie, and what has happened."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from django.utils.translation import gettext as _

from mistok.ingest.runs import Row
from mistok.ingest.tables.choosing import Choices
from mistok.ingest.tables.citing import Ground, Sources, cell_of
from mistok.ingest.tables.dates import partial_date
from mistok.ingest.tables.headings import SIDED, Columns
from mistok.ingest.tables.placing import Placer, Said, Seat
from mistok.ingest.tables.words import Called, event_of, kind_of
from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Invalid
from mistok.provenance.services import Assertion
from mistok.provenance.values import TieEvent
from mistok.provenance.vocabulary import COUNTRY, EVENT, LABEL, LONGEST, NAME, PARTY, Prop
from mistok.registry.services import tie_subject

_PARTED: Final = re.compile(r"\s*;\s*")
_LISTED: Final = re.compile(r"\s*[;,]\s*")
_COUNTRY_BESIDE: Final = re.compile(r"(.+?)\s*(?:\||\(([^()]{2,60})\)$)\s*(.*)")
_TRUE: Final = frozenset({"1", "yes", "true", "так", "ja", "tak"})
_LONGEST_LOCATOR: Final = 400


@dataclass(frozen=True, slots=True)
class Told:
    """A row as it was understood: who, what it is called, what happened."""

    seats: tuple[Seat, ...]
    said: tuple[Said, ...]
    called: Called
    event: TieEvent
    language: str = ""
    """Of the words by which the list calls its ties, where it is not the source's."""
    original: str = ""
    """What the event was read from, as the list has it."""
    page: str = ""
    """The page that the row names."""


def parties_of(row: Row, columns: Columns) -> list[Said]:
    """The parties as the row names them, the two sides first."""
    sides = [
        Said(**{what: cell_of(row, columns, f"{side}_{what}") for what in SIDED}) for side in "ab"
    ]
    more = filter(None, _PARTED.split(cell_of(row, columns, "more_parties")))
    return [*sides, *map(_more, more)]


def _more(text: str) -> Said:
    """A further party: "Name|CC" or "Name (Country)"."""
    found = _COUNTRY_BESIDE.fullmatch(text)
    if found is None:
        return Said(name=text)
    return Said(name=found[1], country=found[2] or found[3])


def understood(row: Row, columns: Columns, choices: Choices, placer: Placer) -> Told:
    """What the row says, with its places settled. Raises Invalid for what cannot be taken."""
    for left in choices.left_out:
        if row[left.column] == left.value and left.keep not in choices.keep:
            raise Invalid(_(left.sentence), code=f"left_out_{left.keep}")
    said = parties_of(row, columns)
    seats = [placer.seat(one) for one in said]
    if len({seat.key for seat in seats}) < 2:
        raise Invalid(
            _("Both parties are the same place today. A tie needs two: check their keys."),
            code="parties_missing",
        )
    word = cell_of(row, columns, "kind")
    called = kind_of(word, choices.kinds, choices.labels) if word else Called("unknown")
    label = cell_of(row, columns, "label")
    if label:
        called = Called(called.kind, called.instrument, label[:LONGEST])
    return Told(
        seats=tuple(seats),
        said=tuple(said),
        called=called,
        event=_event(row, columns, choices, called),
        language=choices.label_language,
        original=_details(row, columns),
        page=cell_of(row, columns, "source_url"),
    )


def _event(row: Row, columns: Columns, choices: Choices, called: Called) -> TieEvent:
    """A date without a word is the day of signing; without a date the tie is simply listed."""
    event = event_of(cell_of(row, columns, "event"), choices.events)
    date = partial_date(cell_of(row, columns, "date"))
    since = partial_date(cell_of(row, columns, "since"))
    as_of = partial_date(cell_of(row, columns, "as_of"))
    event = event or ("signed" if date or since else "active")
    if event == "active" and date and not since and not as_of:
        # "Exists, 2023-05-04" tells the day it was said; "exists, 1990" since when.
        exact = PartialDate.parse(date).precision != "year"
        date, as_of = ("", date) if exact else (date, "")
    note = " ".join(cell_of(row, columns, "note").split())
    fields = _LISTED.split(cell_of(row, columns, "fields"))
    return TieEvent(
        event=event,
        kind=called.kind,
        date=date or since,
        as_of=as_of,
        planned=cell_of(row, columns, "planned").casefold() in _TRUE,
        instrument=called.instrument,
        fields=tuple(word for word in fields if word),
        note={"en": note[:1000]} if note else {},
        end_date=partial_date(cell_of(row, columns, "until")),
    )


def assertions_of(told: Told, line: int, grounds: list[Ground]) -> list[Assertion]:
    """What each of the row's sources asserts; details only by the one that tells them."""
    subject = tie_subject(seat.key for seat in told.seats)
    return [one for ground in grounds for one in _said(told, line, ground, subject)]


def _said(told: Told, line: int, ground: Ground, subject: str) -> Iterator[Assertion]:
    where = _locator(told, line, ground)
    for seat in told.seats:
        if seat.is_new:
            yield _one(ground, seat.key, COUNTRY, seat.country, where)
            yield _one(ground, seat.key, NAME, seat.name, where, lang="en")
    for seat, said in zip(told.seats, told.said, strict=True):
        yield _one(ground, subject, PARTY, seat.key, where, original=_original(said))
    label = told.called.label[:LONGEST]
    if ground.own and label:
        lang = told.language or ground.cited.language
        yield _one(ground, subject, LABEL, label, where, lang=lang)
    event = _event_by(told, ground)
    original = told.original if ground.own else ""
    yield _one(ground, subject, EVENT, event.to_text(), where, original=original)


def _event_by(told: Told, ground: Ground) -> TieEvent:
    """The row's event by its own source; any other merely lists the tie, of the kind it lists."""
    cited, event = ground.cited, told.event
    as_of = cited.as_of or cited.published
    kind = cited.kind or "unknown"
    if not ground.own:
        return TieEvent(event="active", kind=kind, as_of=as_of)
    plain = not (told.called.label or told.called.instrument) and event.kind == "unknown"
    return replace(
        event,
        kind=kind if plain else event.kind,
        as_of=event.as_of or (as_of if event.event == "active" else ""),
    )


def _one(
    ground: Ground,
    subject: str,
    prop: Prop,
    value: str,
    where: str,
    *,
    lang: str = "",
    original: str = "",
) -> Assertion:
    return Assertion(
        source=ground.source,
        subject=subject,
        prop=prop,
        value=value,
        lang=lang,
        original_value=original,
        locator=where,
        retrieval=ground.retrieval,
    )


def _original(said: Said) -> str:
    """A party in the list's own words: the name, and the ids it gives."""
    ids = [one for one in (said.key, said.geonames, said.wikidata) if one]
    words = ", ".join(filter(None, (said.name, said.country)))
    return f"{words} [{'; '.join(ids)}]" if ids else words


def _details(row: Row, columns: Columns) -> str:
    """What the event was read from, as the row has it."""
    cells = ((name, cell_of(row, columns, name)) for name in ("event", "kind", "date", "since"))
    return "; ".join(f"{name}: {text}" for name, text in cells if text)


def _locator(told: Told, line: int, ground: Ground) -> str:
    """The row, and the page it names where that is not the source itself."""
    other = ground.own and told.page and told.page != ground.source.url
    return f"row {line}{f' {told.page}' if other else ''}"[:_LONGEST_LOCATOR]


def sources_of(row: Row, columns: Columns, sources: Sources) -> list[Ground]:
    """The grounds of a row, written down where they are new."""
    return sources.grounds(sources.cited(row, columns))
