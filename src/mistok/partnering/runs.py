"""Keeping searches: what was asked, of which data, by which algorithm, and what came out."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from mistok.kernel.ids import content_hash, public_id
from mistok.matching import Profile
from mistok.partnering.matchers import input_hash
from mistok.partnering.models import MatchRun, Suggestion
from mistok.partnering.profiles.entry import ProfileEntry
from mistok.partnering.profiles.files import as_document
from mistok.partnering.search import Candidate, Way
from mistok.provenance.services import record
from mistok.registry.selectors import resolve_place


@transaction.atomic
def keep_run(
    *,
    actor: str,
    key: str,
    way: Way,
    asked: Mapping[str, Any],
    candidates: Sequence[Candidate],
    profile: Profile | None = None,
    at: dt.datetime | None = None,
) -> MatchRun:
    """Write a search down with its suggestions; the same search of the same data only once.

    `asked` is all that narrowed the search, so that it can be repeated; `profile`, where the
    seeker brought one of its own, is part of the question, but nothing of it is written down.
    """
    standing = resolve_place(key)[0]
    told = input_hash(standing, way, sorted(asked.items()), _fingerprint(profile))
    run, made = MatchRun.objects.get_or_create(
        input_hash=told,
        defaults={
            "public_id": public_id("run", told),
            "municipality": standing,
            "algorithm": way.label,
            "asked": dict(asked),
            "made_at": at or now(),
        },
    )
    if made:
        Suggestion.objects.bulk_create(_suggestion(run, candidate) for candidate in candidates)
        after = {"algorithm": run.algorithm, "input": told, "suggestions": len(candidates)}
        record(actor=actor, verb="match.kept", subject=run.public_id, after=after)
    return run


def _fingerprint(profile: Profile | None) -> str:
    return content_hash(json.dumps(as_document(ProfileEntry(profile=profile)))) if profile else ""


def _suggestion(run: MatchRun, candidate: Candidate) -> Suggestion:
    return Suggestion(
        run=run,
        rank=candidate.rank,
        candidate=candidate.place.key,
        score=candidate.fit.score,
        reasons=[
            {"criterion": r.criterion, "value": r.value, "weight": r.weight}
            for r in candidate.fit.reasons
        ],
    )
