"""An approved letter goes out: papers, signatures and codes first, then one short transaction."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.needs import answers
from mistok.needs.appeals.addresses import answer_address
from mistok.needs.appeals.checking import check_lines_stand
from mistok.needs.appeals.deciding import check_not_lapsed
from mistok.needs.appeals.entries import lines_of
from mistok.needs.appeals.filling import source_of
from mistok.needs.appeals.making import kept_or_removed, make_letter
from mistok.needs.appeals.telling import tell_addressees
from mistok.needs.appeals.writing import check_version, in_short, move, writing
from mistok.needs.lifecycle import AppealState
from mistok.needs.models import Addressee, Appeal, Letter, Posting


@dataclass(frozen=True, slots=True)
class HandOver:
    """A letter for an addressee without mail: print it, and hand it over with this link.

    The address opens once and is kept nowhere: whoever sends the letter sees it now or never.
    """

    letter: Letter
    addressee: Addressee
    link: str

    @property
    def name(self) -> str:
        """Of the addressee."""
        return self.addressee.name


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a letter: its papers, the mails in the queue, and what goes by hand."""

    appeal: Appeal
    letters: tuple[Letter, ...]
    postings: tuple[Posting, ...]
    by_hand: tuple[HandOver, ...]


def send_appeal(
    *,
    actor: Actor,
    appeal: Appeal,
    expected: int | None = None,
    at: dt.datetime | None = None,
) -> Sent:
    """Send an approved letter to all its addressees, each in its language.

    The papers say what was approved. Mails go out with the worker's next turn. Raises NotAllowed,
    Conflict (`appeal_state`, `appeal_changed`, `letter_lapsed`, `line_not_open`), Unavailable.
    """
    at = at or timezone.now()
    states = {AppealState.APPROVED}
    with audited(actor, "send_appeal", appeal.public_id):
        check_can(actor, Permission.SEND_APPEAL, office=appeal.office)
        check_version(appeal, states, expected)
        check_not_lapsed(appeal, timezone.localdate(at))
        check_lines_stand(lines_of(appeal), more_than_open=True)
    addressees = list(appeal.addressees.select_related("appeal__office").order_by("pk"))
    letters = make_letters(addressees, actor, at)
    seen = appeal.version
    with (
        kept_or_removed(letters),
        writing(actor, "send_appeal", appeal, Permission.SEND_APPEAL, states, seen) as act,
    ):
        move(appeal, AppealState.SENT, sent_at=at)
        sent = hand_out(appeal, letters, at)
        tell_addressees("letter_received", appeal, addressees)
        act.done(after=in_short(appeal, **counted(sent)))
    return sent


def make_letters(
    addressees: Iterable[Addressee], actor: Actor, at: dt.datetime
) -> tuple[Letter, ...]:
    """The papers of what was approved for each of them."""
    made: list[Letter] = []
    with kept_or_removed(made):
        for one in addressees:
            source = source_of(one.appeal, one)
            made.append(make_letter(source, one, dict(one.slots), actor=actor, at=at))
    return tuple(made)


def hand_out(appeal: Appeal, letters: Sequence[Letter], at: dt.datetime) -> Sent:
    """Keep the letters, queue their mails, and make links for those who have no mail."""
    Letter.objects.bulk_create(letters)
    with_mail = [letter for letter in letters if letter.addressee.email]
    postings = Posting.objects.bulk_create(
        Posting(letter=letter, to=letter.addressee.email, queued_at=at, next_try_at=at)
        for letter in with_mail
    )
    by_hand = tuple(
        HandOver(letter, letter.addressee, new_link(letter.addressee, at))
        for letter in letters
        if not letter.addressee.email
    )
    return Sent(appeal, tuple(letters), tuple(postings), by_hand)


def new_link(addressee: Addressee, at: dt.datetime) -> str:
    """The address of a new link by which this addressee may answer once."""
    _link, token = answers.make_link(addressee, at=at)
    return answer_address(token)


def counted(sent: Sent) -> dict[str, object]:
    """What was sent, for an audit event."""
    return {
        "letters": [letter.public_id for letter in sent.letters],
        "mails": len(sent.postings),
        "by_hand": len(sent.by_hand),
    }
