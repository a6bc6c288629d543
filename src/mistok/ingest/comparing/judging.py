"""A person judges whether two rows tell of one tie; the judgement is kept and met again.

It changes nothing of the registry: what is judged to be one is a ground for whoever merges or
brings in, and the next comparison of the same rows shows it.
"""

import datetime as dt
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can, check_can
from mistok.accounts.scopes import PlaceScope
from mistok.ingest.models import ComparedPair
from mistok.kernel.errors import Conflict, Invalid, NotAllowed
from mistok.provenance.models import Judgement
from mistok.provenance.services import judge
from mistok.registry.gazetteer import the_world

LONGEST_REASON: Final = 300
Verdict = Judgement.Verdict


def judge_pair(
    *,
    actor: Actor,
    pair: ComparedPair,
    verdict: str,
    reason: str = "",
    expected: int | None = None,
    at: dt.datetime | None = None,
) -> ComparedPair:
    """Say whether both rows are of one tie: same, different or unsure.

    `expected`: the version that the judge saw. A former judgement of the same two is taken back by
    date. Raises NotAllowed, Invalid (`verdict_unknown`, `nothing_beside`, `reason_too_long`),
    Conflict (`pair_changed`).
    """
    at = at or timezone.now()
    with audited(actor, "judge_pair", pair.comparison.public_id) as act:
        check_can_judge(actor, pair)
        _check(pair, verdict, reason)
        left, right = str((pair.left or {})["id"]), str((pair.right or {})["id"])
        _settle(actor, pair, verdict, expected, at)
        Judgement.objects.filter(left=left, right=right, withdrawn_at__isnull=True).update(
            withdrawn_at=at
        )
        ground = f"{pair.comparison}: {reason.strip() or pair.found}"[:400]
        judge(actor=str(actor), left=left, right=right, verdict=verdict, reason=ground, at=at)
        act.done(after={"pair": pair.number, "found": pair.found, "verdict": verdict})
    return pair


def check_can_judge(actor: Actor, pair: ComparedPair) -> None:
    """Raise NotAllowed unless a party of either row lies in the actor's scope."""
    if can(actor, Permission.IMPORT_LISTS):
        return
    refused: NotAllowed | None = None
    for place in _scopes(pair):
        try:
            check_can(actor, Permission.IMPORT_LISTS, place=place)
            return
        except NotAllowed as refusal:
            refused = refusal
    if refused is not None:
        raise refused
    check_can(actor, Permission.IMPORT_LISTS)


def may_judge(actor: Actor, pair: ComparedPair) -> bool:
    """Whether this actor may judge the pair."""
    try:
        check_can_judge(actor, pair)
    except NotAllowed:
        return False
    return True


def _scopes(pair: ComparedPair) -> list[PlaceScope]:
    """Where the parties of both rows lie, as far as it is known."""
    parties = [party for side in (pair.left, pair.right) if side for party in side["parties"]]
    return [_scope(party["key"], party["country"]) for party in parties]


def _scope(key: str, country: str) -> PlaceScope:
    canonical = the_world().canonical(key) if key else None
    return PlaceScope.of(the_world().get(canonical)) if canonical else PlaceScope(key, country)


def _check(pair: ComparedPair, verdict: str, reason: str) -> None:
    if verdict not in Verdict.values:
        raise Invalid(
            _("Choose whether the two rows are the same tie, different ones, or unsure."),
            code="verdict_unknown",
        )
    if not pair.left or not pair.right:
        raise Invalid(
            _("Only one of the lists holds this row, so there is nothing to judge beside it."),
            code="nothing_beside",
        )
    if len(reason) > LONGEST_REASON:
        raise Invalid(
            _("The reason has %(length)s letters; %(most)s are the most. Shorten it.")
            % {"length": len(reason), "most": LONGEST_REASON},
            code="reason_too_long",
        )


def _settle(
    actor: Actor, pair: ComparedPair, verdict: str, expected: int | None, at: dt.datetime
) -> None:
    """Write the verdict over the version that was seen, and no other."""
    seen = pair.version if expected is None else expected
    rows = ComparedPair.objects.filter(pk=pair.pk, version=seen)
    if not rows.update(verdict=verdict, judged_by=str(actor)[:254], judged_at=at, version=seen + 1):
        pair.refresh_from_db()
        raise Conflict(
            _("Somebody has judged this pair since you opened the page: %(verdict)s. Look again.")
            % {"verdict": Verdict(pair.verdict).label if pair.verdict else "–"},
            code="pair_changed",
            details={"version": pair.version},
        )
    pair.refresh_from_db()
