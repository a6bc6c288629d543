"""A letter is recalled: its code says so at once, and its addressees are told."""

import datetime as dt

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.permissions import Permission
from mistok.accounts.services.texts import words
from mistok.needs.appeals.deciding import MOST_REASON
from mistok.needs.appeals.guarding import check_words
from mistok.needs.appeals.telling import tell_addressees
from mistok.needs.appeals.writing import in_short, move, writing
from mistok.needs.lifecycle import AppealState
from mistok.needs.models import AnswerLink, Appeal, Letter, Posting


def recall_appeal(
    *,
    actor: Actor,
    appeal: Appeal,
    reason: str,
    expected: int | None = None,
    at: dt.datetime | None = None,
) -> Appeal:
    """Recall a letter that went out. The reason goes to everybody who was mailed the letter.

    Mails that have not gone out yet are dropped, links to answer by are void. Raises NotAllowed,
    Conflict (`appeal_state`, `appeal_changed`), Invalid (`text_missing`, `text_dangerous`).
    """
    at = at or timezone.now()
    states = {AppealState.SENT, AppealState.CLOSED}
    with writing(actor, "recall_appeal", appeal, Permission.RECALL_APPEAL, states, expected) as act:
        why = words(reason, what=_("The reason"), most=MOST_REASON)
        check_words(why, frozenset({appeal.contact_mail, appeal.contact_phone} - {""}))
        move(
            appeal,
            AppealState.RECALLED,
            recalled_by=str(actor),
            recalled_at=at,
            recall_reason=why,
            correction={},
        )
        told = _queue(appeal, at)
        links = AnswerLink.objects.filter(addressee__appeal=appeal, used_at__isnull=True)
        links.filter(withdrawn_at__isnull=True).update(withdrawn_at=at)
        tell_addressees("letter_recalled", appeal, appeal.addressees.all())
        act.done(after=in_short(appeal, mails=told))
    return appeal


def _queue(appeal: Appeal, at: dt.datetime) -> int:
    """Word of the recall for every address that a letter went to or may have; gives how many."""
    postings = _letters_of(appeal)
    reached = dict(
        postings.filter(tries__gt=0).order_by("letter__number").values_list("to", "letter_id")
    )
    waiting = postings.filter(sent_at__isnull=True, dropped_at__isnull=True)
    waiting.update(dropped_at=at, failure="recalled")
    newest = {one.pk: one for one in Letter.objects.filter(pk__in=reached.values())}
    rows = [
        Posting(
            letter=newest[letter],
            kind=Posting.Kind.RECALL,
            to=to,
            queued_at=at,
            next_try_at=at,
        )
        for to, letter in reached.items()
    ]
    return len(Posting.objects.bulk_create(rows))


def _letters_of(appeal: Appeal) -> QuerySet[Posting]:
    return Posting.objects.filter(letter__addressee__appeal=appeal, kind=Posting.Kind.LETTER)
