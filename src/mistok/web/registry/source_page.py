"""The page of one source: what it says, when we read it, how far we trust it."""

from typing import Any

from django.utils.translation import gettext as _

from mistok.provenance.models import Source, Statement
from mistok.provenance.values import TieEvent
from mistok.registry.models import Municipality, Tie
from mistok.registry.selectors import public_ties
from mistok.web.labels import EVENT_LABELS
from mistok.web.registry.present import source_ref, tie_url
from mistok.web.words import in_language, kind_label, label_of, lang, stated_words


def source_context(source: Source) -> dict[str, Any]:
    """Everything that registry/source_detail.html shows; restricted statements are counted only."""
    statements = list(source.statements.order_by("subject", "prop", "id"))
    shown = [said for said in statements if said.visibility == "public" and said.prop == "event"]
    ties = public_ties(subjects={said.subject for said in shown})
    names = {row.key: row.name_in(lang()) for row in _bodies(shown)}
    # Of an office's talks not even the number is told.
    restricted = sum(said.visibility != "public" and said.prop == "support" for said in statements)
    return {
        "source": source_ref(source),
        "licence": source.licence,
        "kind": source.get_kind_display(),
        "retrievals": [
            {"at": row.at, "sha256": row.sha256, "note": row.note}
            for row in source.retrievals.order_by("at", "pk")
        ],
        "statements": [
            _line(said, ties[said.subject], names) for said in shown if said.subject in ties
        ],
        "restricted_count": restricted,
    }


def _bodies(statements: list[Statement]) -> list[Municipality]:
    keys = {TieEvent.from_text(said.value).body for said in statements}
    return list(Municipality.objects.filter(key__in=keys))


def _line(said: Statement, tie: Tie, names: dict[str, str]) -> dict[str, Any]:
    event = TieEvent.from_text(said.value)
    parts = [label_of(EVENT_LABELS, event.event), kind_label(event.kind)]
    parts += [stated_words(event.date)] if event.date else []
    parts += [_("planned")] if event.planned else []
    parts += [names.get(event.body, event.body)] if event.body else []
    return {
        "subject_text": " ⌒ ".join(p.municipality.name_in(lang()) for p in tie.parties.all()),
        "subject_url": tie_url(tie.public_id),
        "text": ", ".join(parts),
        "note": in_language(event.note),
        "first_seen": stated_words(said.first_seen.date().isoformat()),
        "id": said.pk[:12],
        "withdrawn": said.withdrawn_at is not None,
        "withdrawn_reason": said.withdrawn_reason,
    }
