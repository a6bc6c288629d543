"""A citizen or organisation commits help for a public need; it counts once the address is sure."""

import datetime as dt
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts import sentences
from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.models import User
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.accounts.services.texts import mail, words
from mistok.kernel.errors import Conflict, Invalid, NotFound
from mistok.needs.answers.entries import CommitmentEntry
from mistok.needs.answers.giving import GivingSide, check_unit, enter
from mistok.needs.answers.holding import (
    check_lives,
    check_stands,
    check_unchanged,
    hold,
    in_short,
    move,
)
from mistok.needs.answers.keeping import PRIVATE
from mistok.needs.answers.links import A_DAY, known_link, link_actor, new_link, use
from mistok.needs.answers.notifying import tell_entered
from mistok.needs.answers.seeing import published
from mistok.needs.lifecycle import CommitmentState
from mistok.needs.lines.amounts import take
from mistok.needs.lines.refusing import more_than_open
from mistok.needs.models import AnswerLink, Commitment, Need
from mistok.needs.models.answers import Giver

GOOD_FOR = dt.timedelta(days=7)
MOST_A_DAY = 10
"""Commitments of one person within a day."""
MOST_MAILS_A_DAY = 3
"""Mails to one address within a day, whoever asks for them: nobody is to be flooded by us."""
LONGEST_NAME = 200


class ToConfirm(NamedTuple):
    """A commitment that waits for its giver to open the link that is mailed to her address."""

    commitment: Commitment
    link: AnswerLink
    token: str


def commit_privately(
    *,
    actor: Actor,
    need: Need,
    giver: str,
    name: str,
    entry: CommitmentEntry,
    email: str = "",
    expected: int | None = None,
    at: dt.datetime | None = None,
) -> ToConfirm:
    """Promise help for a public need in one's own or an organisation's name.

    `giver`: "citizen" or "organisation". `email`: the account's own unless told. It does not
    count before `confirm_by_link`; the link is mailed by `mail_link`. Raises NotAllowed for who
    has not signed in, NotFound (`need_unknown`) for what is not public, Conflict
    (`too_many_commitments_today`, `too_many_mails_today`, and those of `enter`), Invalid.
    """
    at = at or timezone.now()
    with audited(actor, "commit_privately", need.public_id) as act:
        check_can(actor, Permission.COMMIT_PRIVATELY)
        if actor.person is None:
            raise sentences.sign_in_needed()
        side = _side(actor.person, giver, name, email)
        need = hold(need)
        _check_public(need, at.date())
        _check_day(actor, side.email, at)
        check_unchanged(need, expected)
        row = enter(need=need, side=side, entry=entry, at=at, unconfirmed=True)
        made = new_link(side.email, at + GOOD_FOR, at, commitment=row)
        act.done(about=row.public_id, after=in_short(row, need, giver=giver))
    return ToConfirm(row, made.link, made.token)


def confirm_by_link(*, token: str, at: dt.datetime | None = None) -> Commitment:
    """Confirm the address by which somebody has committed help: from now on it counts.

    More than is open, or another thing, goes before the asking office instead. Raises NotFound
    (`link_unknown`), Conflict (`link_…`, `commitment_changed`, `need_…`, `more_than_open`).
    """
    at = at or timezone.now()
    link = known_link(token)
    if link.commitment is None:
        raise Conflict(
            _("This link answers a letter. Open it on the page of the letter."), code="link_answers"
        )
    actor = link_actor(link)
    with audited(actor, "confirm_commitment", link.commitment.public_id) as act:
        use(link, at)
        need = hold(link.commitment.need)
        row = Commitment.objects.select_for_update().get(pk=link.commitment.pk)
        check_stands(row, CommitmentState.UNCONFIRMED, None)
        check_lives(need)
        _check_public(need, at.date())
        check_unit(row, need)
        row = _confirmed(row, need, at)
        tell_entered(row, need, actor)
        act.done(after=in_short(row, need))
    return row


def _confirmed(row: Commitment, need: Need, at: dt.datetime) -> Commitment:
    """Counted, or put before the asker; what is open now may be less than it was then."""
    surplus = max(0, row.covers - need.still_open)
    if surplus and not row.surplus:
        raise more_than_open(need, row.covers)
    if surplus or row.form == Commitment.Form.ALTERNATIVE:
        return move(
            row, CommitmentState.PROPOSED, expected=None, at=at, asks="asker", surplus=surplus
        )
    row = move(row, CommitmentState.MADE, expected=None, at=at, surplus=0)
    take(need, row.covers, at=at)
    return row


def _side(person: User, giver: str, name: str, email: str) -> GivingSide:
    if giver not in PRIVATE:
        raise Invalid(
            _("Say whether you give as a citizen or for an organisation."), code="giver_unknown"
        )
    address = mail(email) or person.email
    shown = words(name, what=_("The name"), most=LONGEST_NAME)
    return GivingSide(kind=Giver(giver), name=shown, by=person.public_id, email=address)


def _check_public(need: Need, today: dt.date) -> None:
    if need.restricted or published(need, today) is None:
        raise NotFound(
            _("There is no such need among those that everybody may read. Open the list again."),
            code="need_unknown",
        )


def _check_day(actor: Actor, email: str, at: dt.datetime) -> None:
    """Each is a mail to an address that nobody has checked, and in our name."""
    made = Commitment.objects.filter(made_by=str(actor), giver__in=PRIVATE, made_at__gt=at - A_DAY)
    if made.count() >= MOST_A_DAY:
        raise Conflict(
            _("You have made %(most)s commitments within 24 hours. Make others tomorrow.")
            % {"most": MOST_A_DAY},
            code="too_many_commitments_today",
        )
    mails = AnswerLink.objects.filter(
        email__iexact=email, commitment__isnull=False, made_at__gt=at - A_DAY
    )
    if mails.count() >= MOST_MAILS_A_DAY:
        raise Conflict(
            _("%(most)s mails went to this address within 24 hours. Open the links in them first.")
            % {"most": MOST_MAILS_A_DAY},
            code="too_many_mails_today",
        )
