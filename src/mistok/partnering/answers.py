"""Answers of partner search for the command line: JSON for programs, lines for people."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mistok.kernel.errors import Refusal
from mistok.matching.batch import rank_many
from mistok.partnering.search import Candidate, Way, candidates_of, recipe, the_seeker
from mistok.partnering.sentences import sentence


def answers(
    keys: Iterable[str], way: Way, asked: Mapping[str, Any], *, address: str | None = None
) -> Iterator[str]:
    """A line for each key read, so that answers keep their places; a refusal says why.

    Keys are read as they come, unless a cluster (`address`) is to work on many at once.
    """
    lines = list(keys) if address else keys
    told: list[tuple[str, int | Refusal]] = []

    def seekers() -> Iterator[int]:
        for key in lines:
            try:
                told.append((key, the_seeker(key)))
            except Refusal as refusal:
                told.append((key, refusal))
                continue
            yield int(told[-1][1])  # type: ignore[arg-type]

    ranked = rank_many(recipe(way), seekers(), asked, address=address)
    for fits in ranked:
        while isinstance(told[0][1], Refusal):
            yield _refused(*told.pop(0))
        key, seeker = told.pop(0)
        yield as_document(key, candidates_of(int(seeker), fits))  # type: ignore[arg-type]
    for key, refusal in told:
        yield _refused(key, refusal)


def _refused(key: str, refusal: Any) -> str:
    error = {"code": refusal.code, "message": str(refusal)}
    return json.dumps({"key": key, "candidates": [], "error": error}, ensure_ascii=False)


def as_document(key: str, candidates: Sequence[Candidate]) -> str:
    document = {"key": key, "candidates": [_as_document(candidate) for candidate in candidates]}
    return json.dumps(document, ensure_ascii=False)


def _as_document(candidate: Candidate) -> dict[str, Any]:
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
    """A heading and the reasons that move the score, the strongest first."""
    place = candidate.place
    head = (
        f"{candidate.rank:>3}. {place.name} ({place.country})  {candidate.fit.score:.3f}  "
        f"{place.key}"
    )
    telling = sorted(candidate.fit.reasons, key=lambda r: -abs(r.contribution))
    told = [
        f"       {r.contribution:+.3f}  {sentence(r)}"
        for r in telling
        if round(abs(r.contribution), 3)
    ]
    return "\n".join([head, *told])
