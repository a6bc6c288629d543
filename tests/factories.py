"""Rows and evidence for tests, made through the same services as the real ones."""

import csv
import datetime as dt
from pathlib import Path

from mistok.ingest.report import Report
from mistok.ingest.starter.parser import COLUMNS, Row, read_rows
from mistok.provenance.models import Source
from mistok.provenance.services import Assertion, observe, register_source
from mistok.provenance.values import SupportReport, TieEvent
from mistok.provenance.vocabulary import EVENT, LABEL, PARTY, SUPPORT
from mistok.registry.services import project_supports, project_ties, tie_subject

ZHYTOMYR = "katottg:UA18040190000029215"
BUCHA = "katottg:UA32080070000050759"
KHARKIV = "katottg:UA63120270000028556"
DORTMUND = "geonames:2935517"
GDYNIA = "geonames:3099424"
PARDUBICE = "geonames:3068582"
PLOCK = "geonames:3088825"
SMOLENSK = "geonames:491687"
ORIGIN = "tests"
TODAY = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


def a_source(slug: str = "minutes", **fields) -> Source:
    """A source of middling trust."""
    sound = {
        "title": f"Minutes {slug}",
        "publisher": "The council",
        "url": f"https://example.org/{slug}",
        "language": "en",
        "published": "2023-03-01",
        "kind": "municipality",
        "trust": 3,
    }
    return register_source(slug=slug, **(sound | fields))


def unsaved_source(slug: str = "minutes") -> Source:
    """A source for tests that need no database."""
    return Source(slug=slug, public_id=f"source_{slug}", title=slug, trust=3)


def tie_evidence(source: Source, *keys: str, label: str = "", **event) -> list[Assertion]:
    """What a source says of a tie between the places with these keys."""
    subject = tie_subject(keys)
    value = TieEvent(**({"event": "signed", "kind": "twinning", "date": "2023"} | event)).to_text()
    said = [Assertion(source=source, subject=subject, prop=PARTY, value=key) for key in keys]
    if label:
        said.append(
            Assertion(source=source, subject=subject, prop=LABEL, value=label, lang=source.language)
        )
    return [*said, Assertion(source=source, subject=subject, prop=EVENT, value=value)]


def a_tie(*keys: str, source: Source | None = None, label: str = "", **event) -> str:
    """A tie written down and projected; gives its public id."""
    keys = keys or (ZHYTOMYR, DORTMUND)
    evidence = tie_evidence(source or a_source(), *keys, label=label, **event)
    observe(assertions=evidence, origin=ORIGIN, seen_at=TODAY)
    subject = tie_subject(keys)
    project_ties(subjects=[subject])
    return subject


def a_support(source: Source | None = None, **report) -> str:
    """Reported help written down and projected; gives its public id."""
    sound = {
        "giver": DORTMUND,
        "receiver": ZHYTOMYR,
        "kind": "goods",
        "status": "delivered",
        "what": {"en": "two generators"},
    }
    stated = SupportReport(**(sound | report))
    subject = "support_abcdefgh2345"
    assertion = Assertion(
        source=source or a_source(),
        subject=subject,
        prop=SUPPORT,
        value=stated.to_text(),
        restricted=stated.restricted,
    )
    observe(assertions=[assertion], origin=ORIGIN, seen_at=TODAY)
    project_supports(subjects=[subject])
    return subject


SOUND = {
    "sources.csv": {
        "slug": "minutes",
        "title": "Minutes",
        "publisher": "The council",
        "url": "https://example.org/",
        "language": "en",
        "published": "2023-03-01",
        "kind": "municipality",
        "trust": "3",
    },
    "retrievals.csv": {
        "source": "minutes",
        "retrieved_on": "2026-11-22",
        "sha256": "0" * 64,
        "note": "the whole text",
    },
    "ties.csv": {
        "parties": f"{ZHYTOMYR};{DORTMUND}",
        "party_names": "Zhytomyr;Dortmund",
        "kind": "twinning",
        "label": "sister cities",
        "label_language": "en",
        "event": "signed",
        "date": "2023-02-23",
        "source": "minutes",
    },
    "support.csv": {
        "giver": DORTMUND,
        "receiver": ZHYTOMYR,
        "kind": "goods",
        "what_en": "two generators",
        "what_uk": "два генератори",
        "quantity": "2",
        "unit": "pcs",
        "date": "2023-03-15",
        "status": "delivered",
        "sensitivity": "public",
        "source": "minutes",
    },
}
"""One sound row for each starter file."""


def write_file(folder: Path, name: str, *rows: dict[str, str]) -> Path:
    """A starter file whose rows are the sound one with changes."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS[name], restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(SOUND[name] | row for row in rows)
    return path


def write_starter(folder: Path, **rows: list[dict[str, str]]) -> Path:
    """A folder of starter files: `ties=[{…}]` and so on; one sound row where nothing is said."""
    for name in COLUMNS:
        write_file(folder, name, *rows.get(name.removesuffix(".csv"), [{}]))
    return folder


def row_of(folder: Path, name: str, **changes: str) -> Row:
    """A sound row with changes, as the parser reads it."""
    (row,) = read_rows(write_file(folder, name, changes), Report())
    return row
