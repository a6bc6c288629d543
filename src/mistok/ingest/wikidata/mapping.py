"""From a statement of Wikidata to what its item says of a tie.

Each item is a source: “Wikidata: Bucha (Q…)”. Both directions of one pair are one tie with two
sources. What the statement itself refers to stands in the locator.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from mistok.ingest.comparing.placing import Placer
from mistok.ingest.runs.rows import Row
from mistok.ingest.wikidata.answers import SEPARATOR, SIDES, UNKNOWN
from mistok.ingest.wikidata.placing import place_of
from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Invalid
from mistok.provenance.models import Retrieval, Source
from mistok.provenance.services import Assertion, record_retrieval, register_source
from mistok.provenance.values import TieEvent
from mistok.provenance.vocabulary import EVENT, LABEL, PARTY, Prop
from mistok.registry.services import tie_subject

LABEL_OF_P190: Final = "twinned administrative body"
TRUST: Final = 2
LONGEST_LOCATOR: Final = 400
EXPIRY: Final = ("expir", "end of term", "end of contract", "time limit")
"""What an end cause is called that is no act of anybody."""


@dataclass(slots=True)
class Mapping190:
    """Says what a row asserts; keeps the sources of one chunk, for a chunk may be taken back."""

    retrieved: dt.date
    placer: Placer
    _sources: dict[str, tuple[Source, Retrieval]] = field(default_factory=dict)

    def begin_chunk(self, _rows: object = None) -> None:
        """Forget sources that were registered in an earlier transaction."""
        self._sources.clear()

    def assertions(self, row: Row) -> Iterator[Assertion]:
        """Parties, the word for it, and what happened; raises Invalid for a row to set aside."""
        cells = row.cells
        if cells["rank"] == "deprecated":
            raise Invalid(
                _("Wikidata itself marks this statement as deprecated, so it is not taken."),
                code="statement_deprecated",
            )
        keys = [place_of(cells, side, self.placer).key for side in SIDES]
        if len(set(keys)) < 2:
            raise Invalid(
                _("Both sides of the statement are the same place. A tie needs two parties."),
                code="parties_missing",
            )
        events = list(events_of(cells, self.retrieved))
        subject, citing = tie_subject(keys), self._citing(cells)
        for key, side in zip(keys, SIDES, strict=True):
            yield _said(citing, subject, PARTY, key, cells, original=_name(cells, side))
        yield _said(citing, subject, LABEL, LABEL_OF_P190, cells, lang="en")
        for event in events:
            yield _said(citing, subject, EVENT, event.to_text(), cells)

    def _citing(self, cells: Mapping[str, str]) -> tuple[Source, Retrieval]:
        item = cells["item"]
        if item not in self._sources:
            source = register_source(
                slug=f"wikidata-{item.lower()}",
                title=f"Wikidata: {_name(cells, 'item')}"[:400],
                publisher="Wikidata",
                url=f"https://www.wikidata.org/wiki/{item}",
                language="en",
                kind=Source.Kind.OTHER,
                licence="CC0 1.0",
                trust=TRUST,
            )
            digest = cells["answer"]
            kept = record_retrieval(source=source, at=self.retrieved, sha256=digest)
            self._sources[item] = (source, kept)
        return self._sources[item]


def events_of(cells: Mapping[str, str], retrieved: dt.date) -> Iterator[TieEvent]:
    """What the statement says happened.

    A start or a point in time is the day from which the tie is told to hold: signed. Without one
    it is stated to exist on the day of retrieval. An end is told as `severed`, which readers see
    as “Ended”: Wikidata says that it ended and not how; only a cause that is no act of anybody
    makes it `expired`. An end yet to come is the term of the tie and not its end.
    """
    starts = _dates(cells["start"]) or _dates(cells["point"])
    ends = cells["end"].split(SEPARATOR) if cells["end"] else []
    terms = [end for end in _dates(cells["end"]) if PartialDate.parse(end).earliest > retrieved]
    term = terms[0] if terms else ""
    for start in starts:
        planned = PartialDate.parse(start).earliest > retrieved
        yield TieEvent(event="signed", kind="twinning", date=start, planned=planned, end_date=term)
    over = [end for end in ends if end not in terms]
    for end in over:
        yield TieEvent(
            event=_ending(cells["end_cause"]),
            kind="twinning",
            reason="" if cells["end_cause"] == UNKNOWN else cells["end_cause"][:400],
            date="" if end == UNKNOWN else end,
            as_of=retrieved.isoformat() if end == UNKNOWN else "",
        )
    if not starts and not over:
        yield TieEvent(event="active", kind="twinning", as_of=retrieved.isoformat(), end_date=term)


def _ending(cause: str) -> str:
    return "expired" if any(word in cause.casefold() for word in EXPIRY) else "severed"


def _dates(text: str) -> list[str]:
    return [date for date in text.split(SEPARATOR) if date and date != UNKNOWN]


def _name(cells: Mapping[str, str], side: str) -> str:
    names = [text for text in (cells[f"{side}_en"], cells[f"{side}_uk"]) if text]
    return f"{names[0].split(SEPARATOR)[0]} ({cells[side]})" if names else cells[side]


def _said(
    citing: tuple[Source, Retrieval],
    subject: str,
    prop: Prop,
    value: str,
    cells: Mapping[str, str],
    *,
    lang: str = "",
    original: str = "",
) -> Assertion:
    source, retrieval = citing
    return Assertion(
        source=source,
        subject=subject,
        prop=prop,
        value=value,
        lang=lang,
        original_value=original,
        locator=locator_of(cells),
        retrieval=retrieval,
    )


def locator_of(cells: Mapping[str, str]) -> str:
    """The statement's own id and what it refers to, as far as the column holds it."""
    references = cells["references"].split(SEPARATOR) if cells["references"] else []
    text = "; ".join([f"P190, {cells['statement']}", *references])
    return text if len(text) <= LONGEST_LOCATOR else f"{text[: LONGEST_LOCATOR - 1]}…"
