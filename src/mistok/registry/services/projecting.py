"""Rows made anew from statements: ties, reported help, everything."""

from collections.abc import Callable, Iterable, Sequence

from django.db import transaction

from mistok.kernel.dates import PartialDate
from mistok.provenance.models import Statement
from mistok.provenance.values import TieEvent
from mistok.registry.models import (
    Act,
    Decision,
    Instrument,
    MergedTie,
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
from mistok.registry.services.places import CHUNK, municipalities, retell_provisional
from mistok.registry.services.telling import ToldTie, told_under
from mistok.registry.supports import best_report, support_row

Progress = Callable[[int, int], None]


@transaction.atomic
def project_ties(*, subjects: Iterable[str]) -> int:
    """Make the rows of the ties told under these subjects anew; returns how many have rows.

    A tie without a standing statement of its parties loses its rows; its statements stay. Two
    subjects whose parties are the same places today, because of a merge, are one tie.
    """
    telling = told_under(subjects=subjects)
    gone = Tie.objects.filter(public_id__in=telling.subjects)
    acts = set(Act.objects.filter(facts__tie__in=gone).values_list("slug", flat=True))
    gone.delete()
    rows = [_rows_of(told, telling.places) for told in telling.ties]
    _write(rows)
    _tell_acts(acts | _acts_in(rows))
    return len(rows)


def _rows_of(told: ToldTie, places: Places) -> TieRows:
    parties = sorted(told.parties, key=_party_order)
    events = [s for s in told.said if s.prop == "event"]
    view = project(gather(map(_evidence, events)), parties=len(parties))
    sources = len({s.source_id for s in told.said})
    rows = tie_rows(
        subject=told.public_id, parties=parties, view=view, sources=sources, places=places
    )
    rows.labels = _labels(rows.tie, [s for s in told.said if s.prop == "label"])
    rows.merged = [MergedTie(public_id=subject, tie=rows.tie) for subject in told.merged]
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


def _write(rows: Sequence[TieRows]) -> None:
    """Bulk-write in the order of foreign keys; acts are shared between ties."""
    Tie.objects.bulk_create([row.tie for row in rows], CHUNK)
    MergedTie.objects.bulk_create([merged for row in rows for merged in row.merged], CHUNK)
    TieParty.objects.bulk_create([party for row in rows for party in row.parties], CHUNK)
    TieLabel.objects.bulk_create([label for row in rows for label in row.labels], CHUNK)
    _write_facts([fact for row in rows for fact in row.facts])
    Instrument.objects.bulk_create([paper for row in rows for paper in row.instruments], CHUNK)
    Signature.objects.bulk_create([s for row in rows for s in row.signatures], CHUNK)
    Decision.objects.bulk_create([d for row in rows for d in row.decisions], CHUNK)


def _write_facts(facts: Sequence[TieFact]) -> None:
    told = [(fact, act_row(fact)) for fact in facts]
    acts = {act.slug: act for _fact, act in told if act.slug}
    Act.objects.bulk_create(acts.values(), CHUNK, ignore_conflicts=True)
    standing = {act.slug: act for act in Act.objects.filter(slug__in=acts)}
    for fact, act in told:
        fact.act = standing.get(act.slug)
    TieFact.objects.bulk_create(facts, CHUNK)


def _acts_in(rows: Iterable[TieRows]) -> set[str]:
    return {fact.act.slug for row in rows for fact in row.facts if fact.act}


def _tell_acts(slugs: set[str]) -> None:
    """Write each act as the most exact of all facts that name it; without a fact it goes.

    Of an act's dates, which agree or are shown to differ on the ties, the longest says most.
    """
    Act.objects.filter(slug__in=slugs, facts__isnull=True).delete()
    acts = list(Act.objects.filter(slug__in=slugs).prefetch_related("facts__body"))
    for act in acts:
        best = act_row(
            max(act.facts.all(), key=lambda fact: (len(fact.date), fact.date, fact.value))
        )
        act.body, act.body_text = best.body, best.body_text
        act.number, act.date = best.number, best.date
    Act.objects.bulk_update(acts, ["body", "body_text", "number", "date"], CHUNK)


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
def project_places(*, subjects: Iterable[str]) -> int:
    """Make the rows of places of our own anew, and their ties, whose parties stand by name.

    Returns how many have rows. Raises Conflict (code `place_in_use`) when nobody names a place any
    more that the registry still needs.
    """
    told = [retell_provisional(key=key) for key in sorted(set(subjects))]
    rows = [row for row in told if row is not None]
    ties = Tie.objects.filter(parties__municipality__in=rows)
    project_ties(subjects=list(ties.values_list("public_id", flat=True)))
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
    supports = 0
    subjects = list(_subjects("tie_")) + list(_subjects("support_"))
    for start in range(0, len(subjects), CHUNK):
        chunk = subjects[start : start + CHUNK]
        project_ties(subjects=[s for s in chunk if s.startswith("tie_")])
        supports += project_supports(subjects=[s for s in chunk if s.startswith("support_")])
        if progress:
            progress(min(start + CHUNK, len(subjects)), len(subjects))
    # A tie told under several subjects is one, so ties are counted in the end.
    return {"ties": Tie.objects.count(), "supports": supports}


def _subjects(prefix: str) -> Iterable[str]:
    said = Statement.objects.standing().filter(subject__startswith=prefix)
    return said.order_by("subject").values_list("subject", flat=True).distinct()
