"""From starter rows to assertions: which source says what about which subject."""

from collections.abc import Iterator, Mapping

from mistok.ingest.starter.parser import Row
from mistok.kernel.errors import Invalid
from mistok.kernel.ids import is_place_key, public_id
from mistok.provenance.models import Source
from mistok.provenance.services import Assertion
from mistok.provenance.values import SupportReport, TieEvent
from mistok.provenance.vocabulary import COUNTRY, EVENT, LABEL, NAME, PARTY, SUPPORT, Prop
from mistok.registry.gazetteer import the_world
from mistok.registry.services import provisional_key, tie_subject

Sources = Mapping[str, Source]


def place_key(text: str) -> str:
    """The canonical key of a place named by a key, or by `x:CC:Name` where no gazetteer has it.

    Raises Invalid (code `key_unknown`) for a key that the world does not hold.
    """
    prefix, _colon, rest = text.partition(":")
    country, colon, name = rest.partition(":")
    if prefix == "x" and colon and len(country) == 2 and name.strip():
        return provisional_key(country, name.strip())
    canonical = the_world().canonical(text) if is_place_key(text) else None
    if canonical is None:
        raise Invalid(
            f"“{text[:40]}” is not the key of a place. Look it up with `mistok find`.",
            code="key_unknown",
            details={"key": text[:200]},
        )
    return canonical


def tie_assertions(row: Row, sources: Sources) -> Iterator[Assertion]:
    """What one row of ties.csv asserts: parties, the label as reported, and the event."""
    source = _source(row, sources)
    given = [text.strip() for text in row["parties"].split(";")]
    keys = [place_key(text) for text in given]
    if len(set(keys)) < 2:
        raise Invalid(
            "A tie needs two parties or more. Write their keys, separated by a semicolon.",
            code="parties_missing",
        )
    event = _event(row)
    subject = tie_subject(keys)
    names = row["party_names"].split(";")
    for text in given:
        yield from _provisional(text, source)
    for position, key in enumerate(keys):
        said = names[position].strip() if position < len(names) else ""
        yield _assert(row, source, subject, PARTY, key, original=said)
    if row["label"]:
        yield _assert(row, source, subject, LABEL, row["label"], lang=row["label_language"])
    yield _assert(row, source, subject, EVENT, event.to_text())


def support_assertions(row: Row, sources: Sources) -> Iterator[Assertion]:
    """What one row of support.csv asserts: one report of help."""
    source = _source(row, sources)
    giver, words = row["giver"], {}
    if giver.startswith("["):
        words = dict(zip(("en", "uk"), giver.strip("[]").split("|"), strict=False))
    else:
        yield from _provisional(giver, source)
    yield from _provisional(row["receiver"], source)
    report = SupportReport(
        giver="" if words else place_key(giver),
        giver_words=words,
        receiver=place_key(row["receiver"]),
        kind=row["kind"],
        status=row["status"],
        what=row.languages("what"),
        public_what=row.languages("public_what"),
        quantity=row["quantity"],
        unit=row["unit"],
        date=row["date"],
        condition=row.languages("condition"),
        restricted=row["sensitivity"] != "public",
        series=row["series"],
        note=row.languages("note"),
    )
    value = report.to_text()
    subject = public_id("support", source.slug, value)
    yield _assert(row, source, subject, SUPPORT, value, restricted=report.restricted)


def _event(row: Row) -> TieEvent:
    body = row["body"]
    return TieEvent(
        event=row["event"],
        kind=row["kind"] or "unknown",
        date=row["date"],
        as_of=row["as_of"],
        planned=row["planned"] == "1",
        body=place_key(body) if is_place_key(body) or body.startswith("x:") else body,
        act=row["act"],
        act_number=row["act_number"],
        instrument=row["instrument"],
        votes=row["votes"],
        mode=row["mode"],
        fields=tuple(word.strip() for word in row["fields"].split(";") if word.strip()),
        note=row.languages("note"),
    )


def _source(row: Row, sources: Sources) -> Source:
    try:
        return sources[row["source"]]
    except KeyError:
        raise Invalid(
            f"The source “{row['source'][:60]}” is not listed. Add it to sources.csv first: "
            "nothing enters the registry without a source.",
            code="source_unknown",
        ) from None


def _provisional(text: str, source: Source) -> Iterator[Assertion]:
    """A place that no gazetteer has is known by what the source says: its country and name."""
    if not text.startswith("x:"):
        return
    _x, country, name = text.split(":", 2)
    key = place_key(text)
    yield Assertion(source=source, subject=key, prop=COUNTRY, value=country)
    yield Assertion(source=source, subject=key, prop=NAME, value=name.strip(), lang="en")


def _assert(
    row: Row,
    source: Source,
    subject: str,
    prop: Prop,
    value: str,
    *,
    lang: str = "",
    original: str = "",
    restricted: bool = False,
) -> Assertion:
    return Assertion(
        source=source,
        subject=subject,
        prop=prop,
        value=value,
        lang=lang,
        original_value=original,
        locator=row.cells.get("locator", ""),
        restricted=restricted,
    )
