"""The reviewers' queue: documents with open proposals, the oldest first, and how long they wait."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from django.db.models import Count, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from mistok.accounts.actors import Actor
from mistok.accounts.policies import can
from mistok.accounts.selectors import scopes_of
from mistok.ingest.documents.policies import REVIEW, may_review
from mistok.ingest.models import Document, Proposal

AGES: Final = (1, 3, 7, 28, 91)
"""Days below which a document has waited, span by span; the last span is open."""
SURE: Final = 0.8
LIKELY: Final = 0.5
"""From where on the reader is said to be sure, or to think it likely."""
CONFIDENCES: Final = {"sure": (SURE, 1.01), "likely": (LIKELY, SURE), "unsure": (0.0, LIKELY)}
COUNTRY: Final = 2
"""Letters of a scope that is a country."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the queue is narrowed to; empty is everything."""

    country: str = ""
    language: str = ""
    what: str = ""
    confidence: str = ""
    feed: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for."""
        return any((self.country, self.language, self.what, self.confidence, self.feed))


def open_proposals(actor: Actor) -> QuerySet[Proposal]:
    """Open proposals that this actor may judge; those of a region are looked at one by one."""
    waiting = Proposal.objects.filter(state=Proposal.State.OPEN)
    if can(actor, REVIEW):
        return waiting
    scopes = scopes_of(actor)
    countries = {scope for scope in scopes if len(scope) == COUNTRY}
    inside = _of_countries(waiting, countries) if countries else waiting.none()
    if scopes == countries:
        return inside
    mine = [one.pk for one in waiting.iterator(chunk_size=400) if may_review(actor, one)]
    return waiting.filter(pk__in=mine)


def _of_countries(rows: QuerySet[Proposal], countries: set[str]) -> QuerySet[Proposal]:
    """Those with a party in one of the countries: neither database's own way suits the other."""
    named = Q()
    for code in countries:
        named |= Q(countries_told__contains=f'"{code}"')
    return rows.alias(countries_told=Cast("countries", TextField())).filter(named)


def waiting(actor: Actor, asked: Asked | None = None) -> QuerySet[Document]:
    """Documents with proposals for this actor, the oldest first; `open_here` counts these."""
    asked = asked or Asked()
    rows = open_proposals(actor)
    if asked.country:
        rows = _of_countries(rows, {asked.country})
    if asked.what:
        rows = rows.filter(what=asked.what)
    if asked.confidence in CONFIDENCES:
        least, below = CONFIDENCES[asked.confidence]
        rows = rows.filter(confidence__gte=least, confidence__lt=below)
    found = Document.objects.filter(open_proposals__gt=0)
    if asked.language:
        found = found.filter(language=asked.language)
    if asked.feed:
        found = found.filter(
            pk__in=Document.objects.filter(feed_items__feed__public_id=asked.feed).values("pk")
        )
    here = Count("proposals", filter=Q(proposals__in=rows))
    return found.annotate(open_here=here).filter(open_here__gt=0).order_by("added_at", "pk")


def age_in_days(document: Document, at: dt.datetime | None = None) -> int:
    """Whole days since it came."""
    return ((at or timezone.now()) - document.added_at).days


def ages(documents: QuerySet[Document], at: dt.datetime | None = None) -> list[int]:
    """How many have waited how long, one number for each span of AGES and one beyond."""
    now = at or timezone.now()
    came = list(documents.values_list("added_at", flat=True))
    days = [(now - one).days for one in came]
    edges: Sequence[float] = (0, *AGES, float("inf"))
    return [sum(low <= day < high for day in days) for low, high in pairwise(edges)]


def confidence_word(confidence: float) -> str:
    """`sure`, `likely` or `unsure`."""
    return next(word for word, (least, _below) in CONFIDENCES.items() if confidence >= least)
