"""The secret address of an office's calendar."""

import secrets

from django.utils import timezone

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.kernel.ids import content_hash
from mistok.partnering.models import CalendarFeed


def renew_feed(*, actor: Actor, office: Office) -> str:
    """A new secret for the office's calendar; the old one ends. Shown once: only its hash is kept.

    Raises NotAllowed without the right to read the office's working papers.
    """
    with audited(actor, "renew_feed", office.public_id) as audit:
        check_can(actor, Permission.READ_WORKING_PAPERS, office=office)
        token = secrets.token_urlsafe(32)
        CalendarFeed.objects.update_or_create(
            office=office.public_id,
            defaults={"token_hash": content_hash(token), "made_at": timezone.now()},
        )
        audit.done(after={"office": office.public_id})
        return token
