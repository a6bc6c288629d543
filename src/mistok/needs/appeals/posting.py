"""The queue of mails: sent one by one, tried again after ever longer pauses, given up and shown.

Before a mail is tried its row is claimed and its next try set, in one statement: of two workers at
once one sends, and what a machine that stopped half-way had in hand is tried again.
"""

import datetime as dt
import logging
from dataclasses import dataclass
from smtplib import (
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)
from typing import Any, Final

from django.core import mail
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited, without_addresses
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.accounts.services import texts
from mistok.kernel.errors import Conflict, Invalid, Refusal
from mistok.needs import answers
from mistok.needs.appeals.mails import mail_of
from mistok.needs.appeals.telling import tell_own
from mistok.needs.lifecycle import AppealState
from mistok.needs.models import Addressee, AnswerLink, Appeal, Posting
from mistok.provenance.services import record

log = logging.getLogger(__name__)

PAUSES: Final = tuple(dt.timedelta(minutes=one) for one in (5, 15, 60, 180, 360, 720, 1440))
"""After the first failures; then the last one again and again."""
MOST_TRIES: Final = 14
"""About nine days: then a person must look at it."""
AT_ONCE: Final = 200
"""Mails of one turn; the others follow in the next."""
_PERMANENT: Final = 500
_LONGEST: Final = 400
ACTOR: Final = "shell: worker"


@dataclass(frozen=True, slots=True)
class Posted:
    """What became of the queue, in mails; `given_up`: of those that failed, for the last time."""

    sent: int
    failed: int
    given_up: int


class _Failed(Exception):
    """A mail that did not go out: what is shown, and whether trying again is of use."""

    def __init__(self, told: str, *, for_good: bool = False) -> None:
        super().__init__(told)
        self.told = without_addresses(told)[:_LONGEST]
        self.for_good = for_good


def post_letters(now: dt.datetime | None = None) -> Posted:
    """Send what is due. Running it twice, or two at once, sends nothing twice."""
    now = now or timezone.now()
    counts = {"sent": 0, "failed": 0, "given_up": 0}
    due = list(_waiting().filter(next_try_at__lte=now)[:AT_ONCE])
    if not due:
        return Posted(**counts)
    connection = mail.get_connection()
    try:
        down = _opened(connection)
        for posting in due:
            if _claim(posting, now):
                counts[_post(posting, connection, down, now)] += 1
    finally:
        connection.close()
    counts["failed"] += counts["given_up"]
    return Posted(**counts)


def waiting_mails(appeal: Appeal) -> QuerySet[Posting]:
    """The mails of a letter that have not gone out, those that were given up among them."""
    return Posting.objects.filter(letter__addressee__appeal=appeal, sent_at__isnull=True)


def post_again(
    *, actor: Actor, posting: Posting, email: str = "", at: dt.datetime | None = None
) -> Posting:
    """Put a mail into the queue again that was given up or waits: to the same or a better address.

    Raises NotAllowed, Conflict (`mail_sent`, `letter_recalled`, `letter_replaced`), Invalid
    (`mail_invalid`).
    """
    at = at or timezone.now()
    appeal = posting.letter.addressee.appeal
    with audited(actor, "post_again", appeal.public_id) as act:
        check_can(actor, Permission.SEND_APPEAL, office=appeal.office)
        posting.refresh_from_db()
        _check_again(posting, appeal)
        to = texts.mail(email) or posting.to
        if to != posting.to:
            posting = _instead(posting, to, at)
        Posting.objects.filter(pk=posting.pk, sent_at__isnull=True).update(
            dropped_at=None, next_try_at=at, tries=0, failure=""
        )
        posting.refresh_from_db()
        act.done(after={"office": appeal.office.public_id, "letter": posting.letter.public_id})
    return posting


def _check_again(posting: Posting, appeal: Appeal) -> None:
    if posting.sent_at is not None:
        raise Conflict(
            _("This mail went out already. Write to the addressee, or send a corrected letter."),
            code="mail_sent",
        )
    recalled = appeal.state == AppealState.RECALLED
    if recalled and posting.kind == Posting.Kind.LETTER:
        raise Conflict(
            _("The letter was recalled and is not sent any more."), code="letter_recalled"
        )
    newest = posting.letter.addressee.letters.order_by("-number").first()
    if newest != posting.letter and posting.kind == Posting.Kind.LETTER:
        raise Conflict(
            _("A newer version took the place of this letter. Send that one."),
            code="letter_replaced",
        )


def _instead(posting: Posting, to: str, at: dt.datetime) -> Posting:
    """The same mail to another address; the old one is given up."""
    Posting.objects.filter(pk=posting.pk).update(dropped_at=at, failure="another_address")
    Addressee.objects.filter(pk=posting.letter.addressee_id).update(email=to)
    made, new = Posting.objects.get_or_create(
        letter=posting.letter,
        kind=posting.kind,
        to=to,
        defaults={"queued_at": at, "next_try_at": at},
    )
    if not new and made.sent_at is not None:
        raise Invalid(
            _("This mail went to that address already. Nothing more is needed."),
            code="mail_sent",
        )
    return made


def _waiting() -> QuerySet[Posting]:
    rows = Posting.objects.filter(sent_at__isnull=True, dropped_at__isnull=True)
    related = "letter__addressee__appeal__office"
    return rows.select_related(related).order_by("next_try_at", "pk")


def _opened(connection: Any) -> str:
    """Open the way to the mail server once for all; what it said where it cannot be reached."""
    try:
        connection.open()
    except (OSError, SMTPException) as failure:
        log.warning("the mail server cannot be used: %s", type(failure).__name__)
        return _told(failure)
    return ""


def _claim(posting: Posting, now: dt.datetime) -> bool:
    """Compare and set: the row is ours for this try, and the next one is set already."""
    pause = PAUSES[min(posting.tries, len(PAUSES) - 1)]
    rows = Posting.objects.filter(
        pk=posting.pk, tries=posting.tries, sent_at__isnull=True, dropped_at__isnull=True
    )
    posting.tries += 1
    return bool(rows.update(tries=posting.tries, next_try_at=now + pause))


def _post(posting: Posting, connection: Any, down: str, now: dt.datetime) -> str:
    """Send one: "sent", "failed" or "given_up"."""
    try:
        if down:
            raise _Failed(down)
        _send(posting, connection, now)
    except _Failed as failure:
        return _keep_failure(posting, failure, now)
    appeal = posting.letter.addressee.appeal
    Posting.objects.filter(pk=posting.pk).update(sent_at=now, dropped_at=None, failure="")
    after = {
        "office": appeal.office.public_id,
        "letter": posting.letter.public_id,
        "kind": posting.kind,
    }
    record(actor=ACTOR, verb="mail_letter", subject=appeal.public_id, after=after)
    return "sent"


def _send(posting: Posting, connection: Any, now: dt.datetime) -> None:
    """Send one mail with a link of its own; raises _Failed, and then the link is void."""
    link, token = None, ""
    if posting.kind == Posting.Kind.LETTER:
        link, token = answers.make_link(posting.letter.addressee, at=now)
    try:
        message = mail_of(posting, token)
        message.connection = connection
        message.send()
    except (OSError, SMTPException, Refusal, ValueError) as failure:
        if link is not None:
            AnswerLink.objects.filter(pk=link.pk).update(withdrawn_at=now)
        if isinstance(failure, SMTPServerDisconnected | OSError):
            connection.close()
        raise _Failed(_told(failure), for_good=_for_good(failure)) from failure


def _keep_failure(posting: Posting, failure: _Failed, now: dt.datetime) -> str:
    given_up = failure.for_good or posting.tries >= MOST_TRIES
    rows = Posting.objects.filter(pk=posting.pk, dropped_at__isnull=True)
    rows.update(failure=failure.told, dropped_at=now if given_up else None)
    if not given_up:
        return "failed"
    addressee = posting.letter.addressee
    tell_own("letter_failed", addressee.appeal, to=addressee.name)
    return "given_up"


def _for_good(failure: Exception) -> bool:
    """Whether the server said that this mailbox takes no mail, now or later (5xx)."""
    if not isinstance(failure, SMTPRecipientsRefused):
        return False
    return all(code >= _PERMANENT for code, _words in failure.recipients.values())


def _told(failure: Exception) -> str:
    """What is shown of a failure: a code of ours, and the server's own words."""
    if isinstance(failure, SMTPRecipientsRefused):
        code, said = next(iter(failure.recipients.values()))
        words = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
        return f"recipient_refused: {code} {words}"
    if isinstance(failure, Refusal):
        return failure.code
    code = failure.smtp_code if isinstance(failure, SMTPResponseException) else 0
    return f"server_refused: {code}" if code else f"server_away: {type(failure).__name__}"
