"""Rounds kept, put before the municipalities, closed, taken back. By coordinators."""

import datetime as dt
import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.kernel.errors import Conflict, Invalid
from mistok.kernel.ids import public_id
from mistok.partnering.models import PassedOver, Proposal, Round
from mistok.partnering.policies import Actor, check_can_coordinate
from mistok.partnering.rounds.lifecycle import ROUND_TRANSITIONS, RoundState, Side
from mistok.partnering.rounds.selectors import seekers_of
from mistok.provenance.services import record

if TYPE_CHECKING:
    from mistok.partnering.rounds.run import Outcome

LONGEST_TITLE = 200
CHUNK = 500


@transaction.atomic
def save_round(
    *, actor: Actor, title: str, outcome: "Outcome", at: dt.datetime | None = None
) -> Round:
    """Keep a round as a draft: its pairs as open proposals, and whom it passed over.

    Raises NotAllowed without the right, Invalid for a title that is empty or too long.
    """
    check_can_coordinate(actor, *_seeking_in(outcome))
    title = " ".join(title.split())
    if not 0 < len(title) <= LONGEST_TITLE:
        raise Invalid(
            _("A round needs a title of 1 to %(most)s letters, by which people find it.")
            % {"most": LONGEST_TITLE},
            code="title_length",
        )
    at = at or timezone.now()
    kept = Round.objects.create(
        public_id=public_id("round", secrets.token_hex(16)),
        title=title,
        made_at=at,
        variant=outcome.variant,
        algorithm=outcome.algorithm,
        input_hash=outcome.input_hash,
        figures=outcome.figures(),
    )
    proposals = _proposals(kept, outcome)
    Proposal.objects.bulk_create(proposals, CHUNK)
    PassedOver.objects.bulk_create(_passed_over(kept, outcome), CHUNK)
    told = {"title": title, "variant": outcome.variant, "proposals": len(proposals)}
    record(actor=str(actor), verb="save_round", subject=kept.public_id, after=told)
    return kept


@transaction.atomic
def publish_round(*, actor: Actor, kept: Round) -> Round:
    """Put a draft before the municipalities: both sides of each pair may now answer.

    Raises NotAllowed without the right, Conflict when it is no draft any more.
    """
    return _move(actor, "publish_round", kept, RoundState.PROPOSED)


@transaction.atomic
def close_round(*, actor: Actor, kept: Round) -> Round:
    """End the answering; what was said stands. Raises as `publish_round`."""
    return _move(actor, "close_round", kept, RoundState.CLOSED)


@transaction.atomic
def withdraw_round(*, actor: Actor, kept: Round, reason: str) -> Round:
    """Take a round back, with the reason; it then counts for nothing. Never deletes.

    Raises NotAllowed without the right, Invalid without a reason, Conflict when it is closed or
    withdrawn already.
    """
    check_can_coordinate(actor, *seekers_of(kept))
    if not reason.strip():
        raise Invalid(
            _("Say why the round is taken back: the reason is kept with it."),
            code="reason_missing",
        )
    return _move(actor, "withdraw_round", kept, RoundState.WITHDRAWN, reason.strip()[:400])


def _move(actor: Actor, verb: str, kept: Round, to: RoundState, reason: str = "") -> Round:
    """Compare and set, with the audit event of the same transaction."""
    check_can_coordinate(actor, *seekers_of(kept))
    before = RoundState(kept.state)
    found = Round.objects.filter(pk=kept.pk, state=before)
    if to not in ROUND_TRANSITIONS[before] or not found.update(state=to):
        raise Conflict(
            _("This round has moved on meanwhile. Open it again to see where it stands."),
            code="round_changed",
        )
    kept.refresh_from_db()
    told = {"state": to, "reason": reason} if reason else {"state": to}
    record(
        actor=str(actor), verb=verb, subject=kept.public_id, before={"state": before}, after=told
    )
    return kept


def _seeking_in(outcome: "Outcome") -> set[str]:
    """The municipalities for whom a round seeks; it is kept by who coordinates all of them."""
    paired = {pair.seeker.key for pair in outcome.pairs}
    return paired | {unserved.seeker.key for unserved in outcome.unserved}


def _proposals(kept: Round, outcome: "Outcome") -> list[Proposal]:
    # Ids by chance: made of the keys, they would tell who stands behind an unnamed pair.
    return [
        Proposal(
            public_id=public_id("proposal", secrets.token_hex(16)),
            round=kept,
            seeker=pair.seeker.key,
            offerer=pair.offerer.key,
            seeker_named=pair.seeker.named,
            offerer_named=pair.offerer.named,
            fit=pair.fit,
            seeker_fit=pair.seeker_fit,
            offerer_fit=pair.offerer_fit,
        )
        for pair in outcome.pairs
    ]


def _passed_over(kept: Round, outcome: "Outcome") -> list[PassedOver]:
    """Seekers without a partner with the reason, and offerers that nobody was given to."""
    seekers = [
        PassedOver(
            round=kept,
            municipality=unserved.seeker.key,
            side=Side.SEEKER,
            named=unserved.seeker.named,
            reason=unserved.reason,
            facts=unserved.facts,
        )
        for unserved in outcome.unserved
    ]
    offerers = [
        PassedOver(
            round=kept,
            municipality=one.key,
            side=Side.OFFERER,
            named=one.named,
            reason="not_given",
        )
        for one in outcome.idle
    ]
    return seekers + offerers
