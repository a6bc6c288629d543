"""The page of one source: what it says, when we read it, how far we trust it."""

from collections.abc import Sequence
from typing import Any, cast

from django.http import HttpRequest
from django.utils.translation import gettext as _

from mistok.ingest.documents.sensitive import public_words
from mistok.provenance.models import Correction, Source, Statement
from mistok.provenance.values import TieEvent
from mistok.registry.models import Tie
from mistok.registry.outlets import country_of, is_aggressors, outlet_of
from mistok.registry.selectors import public_ties
from mistok.web.partnering.pages import part_of
from mistok.web.registry.present import country_name, source_ref, tie_url
from mistok.web.registry.sources_part import correction_rows, event_words, names_in
from mistok.web.words import in_language, lang, stated_words

MOST_READINGS = 20
"""Readings of a source that are shown, the latest."""
MOST_COPIES = 50
MOST_CORRECTIONS = 50


def source_context(request: HttpRequest, source: Source) -> dict[str, Any]:
    """Everything that registry/source_detail.html shows; restricted statements are counted only."""
    told = source.statements.filter(visibility="public", prop="event")
    ordered = cast("Sequence[Statement]", told.order_by("subject", "prop", "id"))
    pager, shown = part_of(request, ordered, "page")
    ties = public_ties(subjects={said.subject for said in shown})
    names = names_in(shown)
    country = country_of(source)
    return {
        "source": source_ref(source),
        "licence": source.licence,
        "kind": source.get_kind_display(),
        "country": country_name(country, lang()) if country else "",
        "aggressor": _aggressor(source),
        "retrievals": _readings(source),
        "statements": [
            _line(said, ties[said.subject], names) for said in shown if said.subject in ties
        ],
        "pager": pager,
        # Of an office's talks not even the number is told.
        "restricted_count": source.statements.filter(prop="support")
        .exclude(visibility="public")
        .count(),
        "original": source_ref(source.copy_of) if source.copy_of else None,
        "copies": [source_ref(copy) for copy in source.copies.order_by("slug")[:MOST_COPIES]],
        "corrections": _corrections(source),
    }


def _line(said: Statement, tie: Tie, names: dict[str, str]) -> dict[str, Any]:
    """A statement; its very words are left out where they name what must not be told."""
    event = TieEvent.from_text(said.value)
    return {
        "subject_text": " ⌒ ".join(p.municipality.name_in(lang()) for p in tie.parties.all()),
        "subject_url": tie_url(tie.public_id),
        "text": event_words(event, names),
        "note": in_language(event.note),
        "words": "" if public_words(said.original_value) else said.original_value,
        "locator": said.locator,
        "first_seen": stated_words(said.first_seen.date().isoformat()),
        "id": said.pk[:12],
        "withdrawn": said.withdrawn_at is not None,
        "withdrawn_reason": said.withdrawn_reason,
    }


def _readings(source: Source) -> list[dict[str, Any]]:
    """When it was read, the latest first, and whether we keep a copy of what was read then."""
    kept = set(source.documents.exclude(archived="").values_list("sha256", flat=True))
    rows = source.retrievals.order_by("-at", "-pk")[:MOST_READINGS]
    return [
        {"at": row.at, "sha256": row.sha256, "note": row.note, "kept": row.sha256 in kept}
        for row in rows
    ]


def _aggressor(source: Source) -> dict[str, str]:
    """Why the source is marked as a publisher of an aggressor state; empty where it is not."""
    if not is_aggressors(source):
        return {}
    outlet = outlet_of(source.url, source.publisher)
    name = country_name(country_of(source), lang())
    return {
        "sentence": _(
            "The publisher belongs to an aggressor state: %(country)s. What nobody else tells is "
            "marked on the pages of ties."
        )
        % {"country": name},
        "ruling": outlet.ruling if outlet else "",
        "url": outlet.address if outlet else "",
    }


def _corrections(source: Source) -> list[dict[str, Any]]:
    said = source.statements.filter(visibility="public", withdrawn_at__isnull=False)
    fallen = cast("list[str]", list(said.values_list("pk", flat=True)[:MOST_CORRECTIONS]))
    return correction_rows(Correction.objects.filter(statement__in=fallen))
