"""Answers of partner search for the command line: JSON for programs, lines for people."""

import json
from typing import Any

from mistok.kernel.errors import Refusal
from mistok.partnering.search import Candidate, find_partners
from mistok.partnering.sentences import sentence


def answer(key: str, narrowed: dict[str, Any]) -> str:
    """A line for each key read, so that answers keep their places; a refusal says why."""
    try:
        return as_document(key, find_partners(key=key, **narrowed))
    except Refusal as refusal:
        error = {"code": refusal.code, "message": str(refusal)}
        return json.dumps({"key": key, "candidates": [], "error": error}, ensure_ascii=False)


def as_document(key: str, candidates: list[Candidate]) -> str:
    document = {"key": key, "candidates": [_asas_document(candidate) for candidate in candidates]}
    return json.dumps(document, ensure_ascii=False)


def _asas_document(candidate: Candidate) -> dict[str, Any]:
    return {
        "rank": candidate.rank,
        "key": candidate.place.key,
        "name": candidate.place.name,
        "country": candidate.place.country,
        "score": candidate.fit.score,
        "tied": candidate.tied,
        "reasons": [
            {
                "criterion": reason.criterion,
                "value": reason.value,
                "weight": reason.weight,
                "contribution": reason.contribution,
                "sentence": sentence(reason),
            }
            for reason in candidate.fit.reasons
        ],
    }


def as_lines(candidate: Candidate) -> str:
    place = candidate.place
    head = (
        f"{candidate.rank:>3}. {place.name} ({place.country})  {candidate.fit.score:.3f}  "
        f"{place.key}"
    )
    told = [f"       {r.contribution:+.3f}  {sentence(r)}" for r in candidate.fit.reasons]
    return "\n".join([head, *told])
