"""One row of a table as a row of a comparison: words and codes, and no place looked up."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from mistok.ingest.comparing.rows import Event, Named, Point, TieRow
from mistok.ingest.runs import Row
from mistok.ingest.tables.asserting import parties_of
from mistok.ingest.tables.choosing import Choices
from mistok.ingest.tables.citing import cell_of
from mistok.ingest.tables.countries import country_code
from mistok.ingest.tables.dates import partial_date
from mistok.ingest.tables.headings import Columns
from mistok.ingest.tables.placing import Said
from mistok.ingest.tables.words import event_of, kind_of
from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Invalid
from mistok.kernel.ids import is_place_key

LONGEST_NAME: Final = 120
DEGREES: Final = (90.0, 180.0)
_ITEM: Final = re.compile(r"Q[1-9]\d{0,11}", re.ASCII)
_CODES: Final = (
    (re.compile(r"(?:gn:?)?(\d{1,10})(?:\.0)?", re.ASCII | re.IGNORECASE), "geonames:{}"),
    (re.compile(r"(UA\d{17})", re.ASCII), "katottg:{}"),
    (re.compile(r"([A-Z]{2}-[A-Z0-9]{1,3})", re.ASCII), "iso:{}"),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads rows of a table whose columns are understood."""

    columns: Columns
    choices: Choices

    def row(self, row: Row) -> TieRow:
        """The tie that a row names; raises Invalid (`place_missing` and those of its words)."""
        said = parties_of(row, self.columns)
        if any(one.is_empty for one in said):
            raise Invalid(
                _("A party of the tie is not named. Write its name and its country."),
                code="place_missing",
            )
        return TieRow(
            id=self._cell(row, "row_id") or str(row.line),
            line=row.line,
            parties=tuple(_named(one) for one in said),
            event=self._event(row),
            source=self._cell(row, "source_url")[:300],
            note=self._cell(row, "note")[:300],
        )

    def _cell(self, row: Row, field: str) -> str:
        return cell_of(row, self.columns, field)

    def _event(self, row: Row) -> Event:
        """A date without a word is the day of signing; without one the tie is simply listed."""
        word = self._cell(row, "kind")
        kind = kind_of(word, self.choices.kinds, self.choices.labels).kind if word else "unknown"
        event = event_of(self._cell(row, "event"), self.choices.events)
        date, since, as_of = (
            PartialDate.parse_or_none(partial_date(self._cell(row, field)))
            for field in ("date", "since", "as_of")
        )
        if not event:
            event = "signed" if date or since else "active"
        return Event(event, kind, date or since, as_of)


def _named(said: Said) -> Named:
    prefix, _colon, rest = said.key.partition(":")
    country, _colon, own = rest.partition(":") if prefix == "x" else ("", "", "")
    name = (said.name or own or said.key or f"geonames:{said.geonames}")[:LONGEST_NAME]
    return Named(
        name=name,
        country=country_code(said.country) or country,
        keys=tuple(dict.fromkeys(_keys(said))),
        wikidata=said.wikidata if _ITEM.fullmatch(said.wikidata) else "",
        point=_point(said),
        level=said.level.strip().casefold(),
        region=said.region[:LONGEST_NAME],
    )


def _keys(said: Said) -> Iterator[str]:
    """Keys in their usual form, of whatever form the list writes; others mean nothing to us."""
    for text in filter(None, (said.key, said.geonames)):
        if is_place_key(text):
            yield text
            continue
        for pattern, form in _CODES:
            if found := pattern.fullmatch(text):
                yield form.format(found[1])


def _point(said: Said) -> Point | None:
    """A position, where both numbers can be one."""
    try:
        lat, lon = (float(text.replace(",", ".")) for text in (said.lat, said.lon))
    except ValueError:
        return None
    return (lat, lon) if abs(lat) <= DEGREES[0] and abs(lon) <= DEGREES[1] else None
