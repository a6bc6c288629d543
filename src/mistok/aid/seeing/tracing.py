"""The traces of consignments: the public's, generalised and delayed, and the giver's own."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can
from mistok.aid.acts import AmountRow, distribution_table, may_be_shown
from mistok.aid.consignments.flags import is_controlled
from mistok.aid.ledger import LineSums, sums_of
from mistok.aid.lifecycle import AFTER_RECEIPT, ActKind, Regime
from mistok.aid.models import (
    AidAct,
    AidFile,
    AidLine,
    AidPaper,
    AidPublication,
    Consignment,
    Distribution,
)
from mistok.aid.models.files import Readers
from mistok.needs.lines.zones import lies_in, zones_on
from mistok.needs.models.lines import EndUser
from mistok.needs.scanning import PlaceLevel, coarse_place
from mistok.registry.gazetteer import the_world


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedStep:
    """Into which state a consignment came on which day; who said so and why stays inside."""

    state: str
    day: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedLine:
    """A line as its giver follows it, with what became of it by the ledger."""

    line: AidLine
    sums: LineSums


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How many of a category got something; None where that is hidden or was never counted."""

    category: str
    persons: int | None
    households: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedLines:
    """The lines of a consignment that its giver may follow, and how many stay with the receiver."""

    lines: list[TracedLine] = field(default_factory=list)
    kept: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class DonorTrace:
    """What the giving office reads of a consignment it gave; settlements are not in it."""

    consignment: Consignment
    steps: Sequence[TracedStep]
    lines: Sequence[TracedLine]
    kept: int
    reached: Sequence[Reached]
    amounts: Sequence[AmountRow]
    papers: Sequence[AidPaper]
    photos: Sequence[AidFile]


def public_trace(consignment: Consignment, today: dt.date | None = None) -> dict[str, Any] | None:
    """What anybody reads of a consignment today, as it was approved; None where that is nothing.

    What has become restricted since the approval, lies in a zone now, or was accepted anew is gone
    at once, until it is approved again.
    """
    found = _told(Q(consignment=consignment), today)
    return found[0] if found else None


def public_traces(today: dt.date | None = None, *, about: str = "") -> list[dict[str, Any]]:
    """Every public trace, the latest month first; `about` a place, what it got or gave."""
    here = Q(projection__place=about) | Q(projection__region=about) | Q(projection__giver=about)
    found = _told(here if about else Q(), today)
    return sorted(found, key=lambda trace: (trace["month"], trace["id"]), reverse=True)


def _told(condition: Q, today: dt.date | None) -> list[dict[str, Any]]:
    """The traces of publications of which the condition holds and that anybody may read today."""
    today = today or timezone.localdate()
    zones = zones_on(today)
    return [
        {"id": row.consignment.public_id} | row.projection
        for row in _due(today).filter(condition)
        if _stands(row, zones)
    ]


def _due(today: dt.date) -> QuerySet[AidPublication]:
    """Approved, due, not taken back, of what may still be public and was not accepted since."""
    by_consignment = AidPublication.objects.order_by().values("consignment")
    last = by_consignment.annotate(last=Max("pk")).values("last")
    accepted_since = AidAct.objects.filter(
        consignment=OuterRef("consignment"),
        kind=ActKind.ACCEPTANCE,
        at__gt=OuterRef("approved_at"),
    )
    rows = AidPublication.objects.filter(
        ~Exists(accepted_since),
        pk__in=last,
        withdrawn=False,
        not_before__lte=today,
        consignment__restricted=False,
        consignment__state__in=AFTER_RECEIPT,
    ).exclude(consignment__regime=Regime.MILITARY)
    living = AidLine.objects.filter(removed_at__isnull=True, restricted=False)
    lines = Prefetch("consignment__lines", queryset=living, to_attr="open_lines")
    related = ("consignment__office", "consignment__donor_office")
    return rows.select_related(*related).prefetch_related(lines)


def _stands(row: AidPublication, zones: frozenset[str]) -> bool:
    """Whether it tells nothing that would not be told today."""
    consignment, told = row.consignment, row.projection
    lines: Sequence[AidLine] = consignment.open_lines  # type: ignore[attr-defined]
    open_fields = {line.cluster for line in lines if not is_controlled(line)}
    if not open_fields.issuperset(told["clusters"]):
        return False
    if told["level"] < PlaceLevel.OBLAST and lies_in(consignment.office.place, zones):
        return False
    return not _is_near(told["giver"]) or not lies_in(told["giver"], zones)


def _is_near(key: str) -> bool:
    """Whether a place is told more exactly than by its oblast, as nothing in a zone may be."""
    return bool(key) and coarse_place(the_world(), key, PlaceLevel.OBLAST) != key


def gives(actor: Actor, consignment: Consignment) -> bool:
    """Whether this person reads for the office that gave it; nobody does of military aid."""
    giver: Office | None = consignment.donor_office
    if giver is None or consignment.regime == Regime.MILITARY:
        return False
    return can(actor, Permission.READ_AID, office=giver)


def donor_trace(consignment: Consignment) -> DonorTrace:
    """What the giver follows, from commitment to proof; ask `gives` before.

    Its own lines with their sums, days of the states without their notes, persons by category with
    small numbers hidden, papers for both sides, and photos that a reviewer let pass. Of restricted
    lines, and of those of which defence got something, no more than how many they are.
    """
    traced = traced_lines([consignment])[consignment.pk]
    lines = [one.line for one in traced.lines]
    table = distribution_table(consignment, for_whom="donor", lines=lines)
    photos = consignment.files.filter(kind=AidFile.Kind.PHOTO).order_by("pk")
    return DonorTrace(
        consignment=consignment,
        steps=[
            TracedStep(state=one.after, day=one.day) for one in consignment.passages.order_by("pk")
        ],
        lines=traced.lines,
        kept=traced.kept,
        reached=_reached(table.categories, table.persons_by_category, table.households_by_category),
        amounts=table.amounts,
        papers=_last_versions(consignment),
        photos=[photo for photo in photos if may_be_shown(photo)],
    )


def traced_lines(consignments: Sequence[Consignment]) -> dict[int, TracedLines]:
    """What the givers of consignments may follow, by the number of the consignment.

    What is missing between the issued amount of a line and the categories that are named would
    tell how much of it defence got: so such a line is kept back whole.
    """
    rows = AidLine.objects.filter(consignment__in=consignments, removed_at__isnull=True)
    lines = list(rows.order_by("consignment", "position"))
    defence = Distribution.objects.filter(line__in=lines, category=EndUser.DEFENCE)
    living = defence.exclude(act__followed_by__kind=ActKind.REVERSAL)
    of_defence = set(living.values_list("line", flat=True))
    told = {one.pk: TracedLines() for one in consignments}
    open_lines = [one for one in lines if not _is_kept(one) and one.pk not in of_defence]
    sums = sums_of(open_lines)
    for line in open_lines:
        told[line.consignment_id].lines.append(TracedLine(line=line, sums=sums[line.pk]))
    counts = Counter(line.consignment_id for line in lines)
    return {
        number: replace(one, kept=counts[number] - len(one.lines)) for number, one in told.items()
    }


def _is_kept(line: AidLine) -> bool:
    return line.restricted or is_controlled(line)


def _reached(
    categories: Sequence[str],
    persons: Mapping[str, int | None],
    households: Mapping[str, int | None],
) -> list[Reached]:
    return [
        Reached(category=one, persons=persons.get(one), households=households.get(one))
        for one in categories
    ]


def _last_versions(consignment: Consignment) -> list[AidPaper]:
    """Papers for both sides, of each kind and act the last version."""
    papers = consignment.papers.filter(readers=Readers.BOTH)
    last = papers.order_by().values("kind", "act").annotate(last=Max("pk")).values("last")
    return list(papers.filter(pk__in=last).order_by(F("act").asc(nulls_first=True), "kind"))
