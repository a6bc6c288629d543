"""An approver decides what the public reads of a consignment, and takes it back."""

import datetime as dt
import secrets
from typing import Any, Final

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited, without_addresses
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.accounts.services.texts import words
from mistok.aid.models import AidPublication, Consignment
from mistok.aid.seeing.arrival import received_on
from mistok.aid.seeing.projecting import RULES, fingerprint, project
from mistok.kernel.errors import Conflict, Invalid
from mistok.kernel.ids import public_id
from mistok.law.selectors import deadline

DELAY: Final = "R23"
LONGEST_REASON: Final = 400


def publish_aid(
    *,
    actor: Actor,
    consignment: Consignment,
    not_before: dt.date | None = None,
    expected: int | None = None,
    at: dt.datetime | None = None,
    today: dt.date | None = None,
) -> AidPublication:
    """Approve what the public may read from a day on; an older approval ends with it.

    The day is the acceptance and the delay of R23 at least (D7-03). `expected` is the
    `fingerprint` of what the approver saw. Raises NotAllowed (approvers only, with a second
    factor), Conflict (`aid_never_public`, `projection_changed`), Invalid (`day_too_early`).
    """
    at, today = at or timezone.now(), today or timezone.localdate()
    with audited(actor, "publish_aid", consignment.public_id) as act:
        check_can(actor, Permission.PUBLISH_AID, office=consignment.office)
        consignment = Consignment.objects.select_for_update().get(pk=consignment.pk)
        projection = would_read(consignment, today)
        _check_seen(projection, expected)
        soonest = earliest(consignment)
        first = not_before or max(soonest, today)
        if first < soonest:
            raise _too_early(soonest)
        made = _row(consignment, actor, at, projection=projection, not_before=first)
        act.done(after=_in_short(made))
    return made


def withdraw_aid(
    *, actor: Actor, consignment: Consignment, reason: str, at: dt.datetime | None = None
) -> AidPublication:
    """Take back what the public reads of a consignment, at once.

    Raises NotAllowed, Invalid (`text_missing`), Conflict (`publication_withdrawn`).
    """
    at = at or timezone.now()
    with audited(actor, "withdraw_aid", consignment.public_id) as act:
        check_can(actor, Permission.PUBLISH_AID, office=consignment.office)
        why = words(reason, what=_("The reason"), most=LONGEST_REASON)
        standing = standing_publication(consignment)
        if standing is None:
            raise Conflict(
                _("The public reads nothing of this consignment. Nothing more is needed."),
                code="publication_withdrawn",
            )
        made = _row(
            consignment,
            actor,
            at,
            not_before=standing.not_before,
            withdrawn=True,
            reason=without_addresses(why),
        )
        act.done(after=_in_short(made))
    return made


def would_read(consignment: Consignment, today: dt.date | None = None) -> dict[str, Any]:
    """What the public would read if it were approved today. Raises Conflict (`aid_never_public`).

    Zones count as they are today; `public_trace` asks for them anew on each later day.
    """
    return project(consignment, today or timezone.localdate())


def earliest(consignment: Consignment) -> dt.date:
    """The first day on which the public may read: the acceptance and the delay of R23.

    Of what never came it is the last of all days.
    """
    received = received_on(consignment)
    return dt.date.max if received is None else deadline(DELAY, received, country="UA").due_on


def standing_publication(consignment: Consignment) -> AidPublication | None:
    """What was approved last, unless it was taken back; it may not be due yet."""
    last = consignment.publications.order_by("-pk").first()
    return None if last is None or last.withdrawn else last


def _row(consignment: Consignment, actor: Actor, at: dt.datetime, **fields: Any) -> AidPublication:
    return AidPublication.objects.create(
        public_id=public_id("publication", secrets.token_hex(16)),
        consignment=consignment,
        rules=RULES,
        approved_by=str(actor),
        approved_at=at,
        **fields,
    )


def _check_seen(projection: dict[str, Any], expected: int | None) -> None:
    if expected is not None and expected != fingerprint(projection):
        raise Conflict(
            _(
                "What the public would read has changed since you opened the page. Look at it "
                "as it is now, then approve it again."
            ),
            code="projection_changed",
        )


def _too_early(soonest: dt.date) -> Invalid:
    refusal = Invalid(
        _("The public may read of this consignment from %(day)s on. Name that or later.")
        % {"day": date_format(soonest)},
        code="day_too_early",
    )
    # The day tells when the goods came, which no audit event holds.
    refusal.kept = "The day is before the delay after the acceptance has passed."
    return refusal


def _in_short(made: AidPublication) -> dict[str, Any]:
    """For the audit trail; the first day would give the day of the acceptance away."""
    return {
        "publication": made.public_id,
        "office": made.consignment.office.public_id,
        "rules": made.rules,
        "withdrawn": made.withdrawn,
    }
