"""Rows made anew from statements: ties, reported help, everything."""

from collections.abc import Callable, Iterable, Sequence

from django.db import transaction

from mistok.kernel.dates import PartialDate
from mistok.kernel.ids import is_place_key
from mistok.provenance.models import Statement
from mistok.provenance.values import TieEvent
from mistok.registry.models import (
    Act,
    Decision,
    Instrument,
    Municipality,
    Signature,
    Support,
    Tie,
    TieFact,
    TieLabel,
    TieParty,
)
from mistok.registry.projection import Evidence, gather, project
from mistok.registry.rows import Places, TieRows, act_row, tie_rows
from mistok.registry.services.places import CHUNK, municipalities
from mistok.registry.supports import best_report, support_row

Progress = Callable[[int, int], None]


@transaction.atomic
def project_ties(*, subjects: Iterable[str]) -> int:
    """Make the rows of these ties anew from their statements; returns how many have rows.

    A tie without a standing statement of its parties loses its rows; its statements stay.
    """
    subjects = sorted(set(subjects))
    statements = list(Statement.objects.standing().public().about(*subjects))
    by_subject: dict[str, list[Statement]] = {subject: [] for subject in subjects}
    for statement in statements:
        by_subject[statement.subject].append(statement)
    places = municipalities(keys=_keys_in(statements))
    Tie.objects.filter(public_id__in=subjects).delete()
    rows = [_rows_of(subject, said, places) for subject, said in by_subject.items()]
    written = [row for row in rows if row is not None]
    _write(written, places)
    return len(written)


def _keys_in(statements: Iterable[Statement]) -> set[str]:
    keys = {s.value for s in statements if s.prop == "party"}
    bodies = {TieEvent.from_text(s.value).body for s in statements if s.prop == "event"}
    return keys | {body for body in bodies if is_place_key(body)}


def _rows_of(subject: str, said: Sequence[Statement], places: Places) -> TieRows | None:
    parties = sorted({places[s.value] for s in said if s.prop == "party"}, key=_party_order)
    events = [s for s in said if s.prop == "event"]
    if len(parties) < 2 or not events:
        return None
    view = project(gather(map(_evidence, events)), parties=len(parties))
    sources = len({s.source_id for s in said})
    rows = tie_rows(subject=subject, parties=parties, view=view, sources=sources, places=places)
    rows.labels = _labels(rows.tie, [s for s in said if s.prop == "label"])
    return rows


def _party_order(place: Municipality) -> tuple[bool, str, str]:
    """Ukraine's side first, as in the sources of this registry; then by name."""
    return (place.country != "UA", place.name, place.key)


def _evidence(statement: Statement) -> Evidence:
    return Evidence(
        statement.pk,
        TieEvent.from_text(statement.value),
        statement.source.trust,
        PartialDate.parse_or_none(statement.source.published),
    )


def _labels(tie: Tie, said: Sequence[Statement]) -> list[TieLabel]:
    labels: dict[tuple[str, str], list[str]] = {}
    for statement in said:
        labels.setdefault((statement.value, statement.lang), []).append(statement.pk)
    return [
        TieLabel(tie=tie, label=label, lang=lang, statements=statements)
        for (label, lang), statements in sorted(labels.items())
    ]


def _write(rows: Sequence[TieRows], places: Places) -> None:
    """Bulk-write in the order of foreign keys; acts are shared between ties."""
    Tie.objects.bulk_create([row.tie for row in rows], CHUNK)
    TieParty.objects.bulk_create([party for row in rows for party in row.parties], CHUNK)
    TieLabel.objects.bulk_create([label for row in rows for label in row.labels], CHUNK)
    _write_facts([fact for row in rows for fact in row.facts], places)
    Instrument.objects.bulk_create([paper for row in rows for paper in row.instruments], CHUNK)
    Signature.objects.bulk_create([s for row in rows for s in row.signatures], CHUNK)
    Decision.objects.bulk_create([d for row in rows for d in row.decisions], CHUNK)


def _write_facts(facts: Sequence[TieFact], places: Places) -> None:
    events = {id(fact): TieEvent.from_text(fact.value) for fact in facts}
    # Of an act's dates, which agree or are shown to differ on the ties, the most exact.
    exact = sorted(events.values(), key=lambda event: (len(event.date), event.date))
    acts = {event.act: act_row(event, places) for event in exact if event.act}
    Act.objects.bulk_create(acts.values(), CHUNK, ignore_conflicts=True)
    standing = {act.slug: act for act in Act.objects.filter(slug__in=acts)}
    for fact in facts:
        fact.act = standing.get(events[id(fact)].act)
    TieFact.objects.bulk_create(facts, CHUNK)


@transaction.atomic
def project_supports(*, subjects: Iterable[str]) -> int:
    """Make the rows of reported help anew from their statements; returns how many."""
    subjects = sorted(set(subjects))
    Support.objects.filter(public_id__in=subjects).delete()
    by_subject: dict[str, list[Statement]] = {}
    for statement in Statement.objects.standing().about(*subjects):
        by_subject.setdefault(statement.subject, []).append(statement)
    reports = {subject: best_report(said) for subject, said in by_subject.items()}
    ends = {key for report in reports.values() for key in (report.giver, report.receiver)}
    places = municipalities(keys=ends - {""})
    rows = [support_row(subject, by_subject[subject], places) for subject in reports]
    Support.objects.bulk_create(rows, CHUNK)
    return len(rows)


@transaction.atomic
def rebuild(*, progress: Progress | None = None) -> dict[str, int]:
    """Throw away every projected row and make it again; returns how many of each.

    Rows of municipalities stay where a merge needs them; everything else comes from statements.
    """
    Act.objects.all().delete()
    Tie.objects.all().delete()
    Support.objects.all().delete()
    Municipality.objects.living().filter(merged__isnull=True).delete()
    counts = {"ties": 0, "supports": 0}
    subjects = list(_subjects("tie_")) + list(_subjects("support_"))
    for start in range(0, len(subjects), CHUNK):
        chunk = subjects[start : start + CHUNK]
        counts["ties"] += project_ties(subjects=[s for s in chunk if s.startswith("tie_")])
        counts["supports"] += project_supports(
            subjects=[s for s in chunk if s.startswith("support_")]
        )
        if progress:
            progress(min(start + CHUNK, len(subjects)), len(subjects))
    return counts


def _subjects(prefix: str) -> Iterable[str]:
    said = Statement.objects.standing().filter(subject__startswith=prefix)
    return said.order_by("subject").values_list("subject", flat=True).distinct()
