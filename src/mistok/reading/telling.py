"""A reading as programs get it: the shape of `mistok read`, the API and the review."""

from typing import Any

from mistok.kernel.dates import PartialDate
from mistok.reading.model import AidFact, Party, ProjectFact, Reading, Stage, TieFact


def document_of(reading: Reading) -> dict[str, Any]:
    """Give the document `{id, lang, published, ties, aid, projects, notes}` of a reading."""
    text = reading.text.text
    return {
        "id": reading.id,
        "lang": reading.text.lang,
        "published": _date(reading.text.published),
        "ties": [tie_document(tie, text) for tie in reading.ties],
        "aid": [aid_document(aid, text) for aid in reading.aid],
        "projects": [project_document(project, text) for project in reading.projects],
        "notes": list(reading.notes),
    }


def tie_document(tie: TieFact, text: str) -> dict[str, Any]:
    """A tie with its evidence, an exact piece of the text."""
    return {
        "a": tie.a.as_document(),
        "b": tie.b.as_document(),
        "parties": [party.as_document() for party in tie.parties or (tie.a, tie.b)],
        "kind": tie.kind,
        "event": tie.event,
        "date": tie.date or None,
        "label": tie.label,
        "confidence": round(tie.confidence, 3),
        "evidence": text[tie.start : tie.end],
        "start": tie.start,
        "end": tie.end,
        "history": [_stage(stage, text) for stage in tie.history],
    }


def aid_document(aid: AidFact, text: str) -> dict[str, Any]:
    """A report of aid; `from` and `to` are names, their parties stand beside them."""
    return {
        "from": _name(aid.giver),
        "to": _name(aid.receiver),
        "from_party": _party(aid.giver),
        "to_party": _party(aid.receiver),
        "items": [item.as_document() for item in aid.items],
        "date": aid.date or None,
        "status": aid.status,
        "confidence": round(aid.confidence, 3),
        "evidence": text[aid.start : aid.end],
        "start": aid.start,
        "end": aid.end,
    }


def project_document(project: ProjectFact, text: str) -> dict[str, Any]:
    """A project; `by` and `for` are names, their parties stand beside them."""
    return {
        "by": _name(project.by),
        "for": _name(project.receiver),
        "by_party": _party(project.by),
        "for_party": _party(project.receiver),
        "object": project.what,
        "amount": project.amount,
        "currency": project.currency or None,
        "confidence": round(project.confidence, 3),
        "evidence": text[project.start : project.end],
        "start": project.start,
        "end": project.end,
    }


def _stage(stage: Stage, text: str) -> dict[str, Any]:
    return {
        "event": stage.event,
        "date": stage.date or None,
        "planned": stage.planned,
        "evidence": text[stage.start : stage.end],
        "start": stage.start,
        "end": stage.end,
    }


def _name(party: Party | str) -> str:
    return party if isinstance(party, str) else party.name


def _party(party: Party | str) -> dict[str, str] | None:
    return None if isinstance(party, str) else party.as_document()


def _date(date: PartialDate | None) -> str | None:
    return None if date is None else str(date)
