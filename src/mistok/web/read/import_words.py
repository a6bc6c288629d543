"""What the pages of bringing in show: columns, rows as they would be taken, the report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy

from mistok.ingest.agreements.importing import AgreementImport
from mistok.ingest.runs import ImportReport, Row
from mistok.ingest.tables import Choices, Opened, TableImport
from mistok.ingest.tables.asserting import Told
from mistok.ingest.tables.headings import FIELDS, letter, unique
from mistok.ingest.tables.placing import Seat
from mistok.kernel.errors import Invalid, NotFound
from mistok.registry.gazetteer import the_world
from mistok.web.labels import EVENT_LABELS
from mistok.web.refusals import sentence
from mistok.web.words import kind_label, label_of, lang, stated_words

MOST_TOLD: Final = 200
FIELD_LABELS: Final[Mapping[str, Any]] = {
    "a_name": gettext_lazy("first party: name"),
    "a_country": gettext_lazy("first party: country"),
    "a_key": gettext_lazy("first party: key or code"),
    "a_geonames": gettext_lazy("first party: GeoNames number"),
    "a_wikidata": gettext_lazy("first party: Wikidata item"),
    "a_lat": gettext_lazy("first party: latitude"),
    "a_lon": gettext_lazy("first party: longitude"),
    "a_region": gettext_lazy("first party: region"),
    "a_level": gettext_lazy("first party: level"),
    "b_name": gettext_lazy("second party: name"),
    "b_country": gettext_lazy("second party: country"),
    "b_key": gettext_lazy("second party: key or code"),
    "b_geonames": gettext_lazy("second party: GeoNames number"),
    "b_wikidata": gettext_lazy("second party: Wikidata item"),
    "b_lat": gettext_lazy("second party: latitude"),
    "b_lon": gettext_lazy("second party: longitude"),
    "b_region": gettext_lazy("second party: region"),
    "b_level": gettext_lazy("second party: level"),
    "more_parties": gettext_lazy("further parties"),
    "kind": gettext_lazy("kind of tie"),
    "label": gettext_lazy("what the tie is called"),
    "event": gettext_lazy("what has become of it"),
    "date": gettext_lazy("date of the event"),
    "since": gettext_lazy("since when"),
    "as_of": gettext_lazy("day for which it is told"),
    "until": gettext_lazy("until when"),
    "planned": gettext_lazy("whether it is only planned"),
    "source_url": gettext_lazy("address of the source"),
    "source_title": gettext_lazy("title of the source"),
    "publisher": gettext_lazy("publisher of the source"),
    "published": gettext_lazy("when the source was published"),
    "language": gettext_lazy("language of the source"),
    "sources": gettext_lazy("codes of sources"),
    "fields": gettext_lazy("fields of cooperation"),
    "note": gettext_lazy("note"),
    "confidence": gettext_lazy("how sure the list is"),
    "row_id": gettext_lazy("number of the row"),
}


@dataclass(frozen=True, slots=True)
class Preview:
    """What a row would become; `sentence` says why it cannot be taken."""

    line: int
    parties: str
    what: str
    date: str
    kind: str
    sentence: str = ""


def column_rows(table: Opened, choices: Choices, rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The columns for the table of choices; where the choices clash, as the headings tell."""
    try:
        columns = table.columns(choices.columns, choices.told)
    except Invalid:
        columns = table.columns({}, choices.told)
    fields = {place: field for field, place in columns.places.items()}
    names = unique(table.headings)
    return [
        {
            "place": place,
            "heading": heading or letter(place),
            "choices": [
                {"value": code, "label": FIELD_LABELS[code], "selected": fields.get(place) == code}
                for code in FIELDS
            ],
            "cells": [text for row in rows[:4] if (text := row[names[place]])][:3],
        }
        for place, heading in enumerate(table.headings)
    ]


def previews(adapter: TableImport | AgreementImport, rows: Sequence[Row]) -> list[Preview]:
    """What the first rows would become."""
    return [_preview(adapter, row) for row in rows]


def _preview(adapter: TableImport | AgreementImport, row: Row) -> Preview:
    try:
        if row.refusal is not None:
            raise row.refusal
        told = adapter.told(row)
    except (Invalid, NotFound) as refusal:
        said = " · ".join(text for text in list(row.cells.values())[:6] if text)
        return Preview(row.line, said[:160], "", "", "", sentence(refusal))
    return _as_told(row, told)


def _as_told(row: Row, told: Told) -> Preview:
    event = told.event
    names = dict.fromkeys(seat_name(seat) for seat in told.seats)
    return Preview(
        row.line,
        " – ".join(names),
        str(label_of(EVENT_LABELS, event.event)),
        stated_words(event.date or event.as_of),
        str(kind_label(event.kind)),
    )


def seat_name(seat: Seat) -> str:
    """The place by the name that readers know, else as the list has it."""
    if seat.name or seat.key.startswith("place_"):
        return seat.name or seat.said
    return the_world().get(seat.key).name_in(lang())


def report_context(report: ImportReport) -> dict[str, Any]:
    """What became of the rows."""
    return {
        "report": report,
        "refused": report.set_aside[:MOST_TOLD],
        "more": max(report.refused - MOST_TOLD, 0),
    }
