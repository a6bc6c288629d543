"""An office as recipient in the state's system: its number there and its standing (D4-14)."""

import datetime as dt
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.accounts.services.texts import words
from mistok.aid.consignments.refusing import check_past
from mistok.aid.models import Recipient
from mistok.kernel.errors import Conflict, Invalid

LONGEST_NUMBER: Final = 40


def set_recipient(
    *,
    actor: Actor,
    office: Office,
    number: str,
    status: str,
    told_on: dt.date,
    today: dt.date | None = None,
) -> Recipient:
    """Keep the number that the state's system gave the office, and how it stands there.

    Raises NotAllowed, Invalid (`text_missing`, `text_too_long`, `standing_unknown`,
    `day_to_come`).
    """
    with audited(actor, "set_recipient", office.public_id) as act:
        check_can(actor, Permission.MOVE_CONSIGNMENT, office=office)
        plain = words(number, what=_("The number of the recipient"), most=LONGEST_NUMBER)
        check_past(told_on, today or timezone.localdate())
        if status not in Recipient.Status.values:
            raise Invalid(
                _("“%(value)s” is no standing of a recipient. Choose one of the list.")
                % {"value": status[:40]},
                code="standing_unknown",
            )
        told = {"number": plain, "status": status, "told_on": told_on, "told_by": str(actor)}
        row, _made = Recipient.objects.update_or_create(office=office, defaults=told)
        act.done(after={"office": office.public_id, "status": status, "number": plain})
    return row


def recipient_of(office: Office) -> Recipient | None:
    """What is kept of the office in the state's system."""
    return Recipient.objects.filter(office=office).first()


def active_recipient(office: Office) -> Recipient:
    """The recipient who may ask for codes.

    Raises Conflict (`recipient_missing`, `recipient_suspended`, `recipient_excluded`).
    """
    row = recipient_of(office)
    if row is None:
        raise Conflict(
            _(
                "The office has no number as recipient of aid here. Record the number that the "
                "state's system gave it."
            ),
            code="recipient_missing",
        )
    if row.status == Recipient.Status.SUSPENDED:
        raise Conflict(
            _(
                "The office is suspended as recipient because a report is missing, so no code is "
                "issued to it. File the report, then record that it is active again."
            ),
            code="recipient_suspended",
        )
    if row.status == Recipient.Status.EXCLUDED:
        raise Conflict(
            _(
                "The office is excluded as recipient, so no code is issued to it. Record the new "
                "standing when the state's system has changed it."
            ),
            code="recipient_excluded",
        )
    return row
