"""The thread of a need and the story of a letter: everything that happened, oldest first."""

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils import timezone

from mistok.accounts.actors import Actor
from mistok.needs.answers.history import (
    Entry,
    Sight,
    entries_of_commitments,
    entry_of_answer,
    sight_of,
)
from mistok.needs.answers.seeing import published
from mistok.needs.answers.talking import sides_of
from mistok.needs.lifecycle import AppealState
from mistok.needs.lines import needs_shown_to
from mistok.needs.models import (
    Addressee,
    Answer,
    AnswerLink,
    Appeal,
    AppealLine,
    Commitment,
    Letter,
    Need,
    Posting,
)
from mistok.provenance.models import AuditEvent

_NEED_VERBS = {
    "open_need": "need_opened",
    "change_need": "need_changed",
    "withdraw_need": "need_withdrawn",
    "fulfil_need": "need_fulfilled",
    "publish_need": "need_published",
    "withdraw_publication": "publication_withdrawn",
}


def thread_of(
    need: Need,
    *,
    viewer: Actor | None = None,
    link: AnswerLink | None = None,
    today: dt.date | None = None,
) -> tuple[Entry, ...]:
    """What happened to a need, as far as this viewer, or the holder of this link, may see it.

    The asking office and its coordinator see all; a partner the need's life, what was agreed and
    its own talk; the public what was agreed for a need that is public, without names of persons.
    """
    shown = viewer is not None and needs_shown_to(viewer).filter(pk=need.pk).exists()
    sight = sight_of(need.office, viewer, link, partner=shown)
    if not (sight.asker or sight.partner or _gives(need, sight)):
        if published(need, today or timezone.localdate()) is None:
            return ()
        sight = Sight(person=sight.person)
    found = [
        *_life_of_need(need, sight),
        *_letters(need, sight),
        *_talk(Q(need=need), need.place, sight),
        *entries_of_commitments(_commitments(Q(need=need)), sight),
    ]
    return _in_time(found)


def story_of(
    appeal: Appeal, *, viewer: Actor | None = None, link: AnswerLink | None = None
) -> tuple[Entry, ...]:
    """What happened to a letter: the asking office sees all, an addressee what concerns it."""
    sight = sight_of(appeal.office, viewer, link, partner=False)
    addressees = [
        one for one in appeal.addressees.all() if sight.asker or one.place in sight.places
    ]
    if not sight.asker and (appeal.sent_at is None or not addressees):
        return ()
    found = [
        *_life_of_letter(appeal, sight),
        *_letters_made(addressees, sight),
        *_talk(Q(appeal=appeal), appeal.office.place, sight),
        *entries_of_commitments(_commitments(Q(addressee__in=addressees)), sight),
    ]
    return _in_time(found)


def _gives(need: Need, sight: Sight) -> bool:
    """Whether the viewer has given, or got a letter that asks for it."""
    by_letter = AppealLine.objects.filter(
        need=need,
        appeal__state__in=(AppealState.SENT, AppealState.CLOSED),
        appeal__addressees__place__in=sight.places,
    )
    own = Q(giver_place__in=sight.places) & ~Q(giver_place="")
    own |= Q(made_by=sight.person) if sight.person else Q(pk__in=())
    return by_letter.exists() or need.commitments.filter(own).exists()


def _life_of_need(need: Need, sight: Sight) -> list[Entry]:
    asker = need.office.name
    public = ("need_published", "publication_withdrawn")
    events = AuditEvent.objects.filter(subject=need.public_id, verb__in=_NEED_VERBS).order_by("pk")
    found = [
        Entry(_NEED_VERBS[event.verb], event.at, "asker", asker, need.public_id) for event in events
    ]
    if sight.asker or sight.partner or sight.places:
        return found
    return [one for one in found if one.kind in public]


def _letters(need: Need, sight: Sight) -> list[Entry]:
    lines = AppealLine.objects.filter(need=need, appeal__sent_at__isnull=False)
    if not sight.asker:
        lines = lines.filter(appeal__addressees__place__in=sight.places).distinct()
    return [
        Entry(
            "asked_by_letter",
            line.appeal.sent_at,
            "asker",
            need.office.name,
            line.appeal.public_id,
            params={"number": _number(line.appeal)},
        )
        for line in lines.select_related("appeal")
        if line.appeal.sent_at is not None
    ]


def _talk(about: Q, asker: str, sight: Sight) -> list[Entry]:
    rows = Answer.objects.filter(about).select_related(
        "addressee__appeal__office", "need__office", "replies_to"
    )
    return [
        entry_of_answer(answer, asker)
        for answer in rows.order_by("pk")
        if sight.hears(answer, sides_of(answer))
    ]


def _commitments(about: Q) -> QuerySet[Commitment]:
    return Commitment.objects.filter(about).select_related("need__office").order_by("pk")


def _life_of_letter(appeal: Appeal, sight: Sight) -> list[Entry]:
    own = [
        ("letter_written", appeal.written_at, ""),
        ("letter_approved", appeal.approved_at, ""),
    ]
    all_see = [
        ("letter_sent", appeal.sent_at, ""),
        ("letter_recalled", appeal.recalled_at, appeal.recall_reason),
        ("letter_closed", appeal.closed_at, ""),
    ]
    return [
        Entry(
            kind,
            at,
            "asker",
            appeal.office.name,
            appeal.public_id,
            text=text,
            params={"number": _number(appeal)},
        )
        for kind, at, text in [*(own if sight.asker else []), *all_see]
        if at is not None
    ]


def _letters_made(addressees: list[Addressee], sight: Sight) -> list[Entry]:
    letters = Letter.objects.filter(addressee__in=addressees).select_related("addressee")
    found = [
        Entry(
            "letter_made" if letter.number == 1 else "letter_replaced",
            letter.made_at,
            "asker",
            "",
            letter.public_id,
            params={"to": letter.addressee.name, "version": letter.number},
        )
        for letter in letters.order_by("pk")
    ]
    if not sight.asker:
        return found
    mails = Posting.objects.filter(letter__in=letters).select_related("letter__addressee")
    for mail in mails.order_by("pk"):
        for kind, at in (("mail_sent", mail.sent_at), ("mail_failed", mail.dropped_at)):
            if at is not None:
                to = {"to": mail.letter.addressee.name}
                found.append(Entry(kind, at, "asker", "", mail.letter.public_id, params=to))
    return found


def _number(appeal: Appeal) -> str:
    return f"{appeal.number}/{appeal.year}" if appeal.number else ""


def _in_time(found: list[Entry]) -> tuple[Entry, ...]:
    return tuple(sorted(found, key=lambda one: one.at))
