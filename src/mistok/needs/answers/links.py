"""One-time links: a way to answer a letter, or to confirm an address, without an account."""

import datetime as dt
import secrets
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.kernel.errors import Conflict, NotFound
from mistok.kernel.ids import content_hash
from mistok.needs.answers.holding import new_id
from mistok.needs.answers.letters import check_good
from mistok.needs.lines import words_of
from mistok.needs.lines.refusing import reader_language
from mistok.needs.models import Addressee, Answer, AnswerLink, Appeal, Commitment, Need

GOOD_FOR = dt.timedelta(days=30)
"""Of a link in a letter that names no day until which it is good."""
A_DAY = dt.timedelta(hours=24)
MOST_A_DAY = 3
"""Links to one addressee within a day that are asked for anew; each is a mail in our name."""


class MadeLink(NamedTuple):
    """A link, and its token, which is kept nowhere."""

    link: AnswerLink
    token: str


class Opened(NamedTuple):
    """What a link leads to: a letter with its lines, or a commitment to be confirmed.

    `before`: what the addressee has committed earlier and may take back.
    """

    link: AnswerLink
    addressee: Addressee | None
    appeal: Appeal | None
    lines: tuple[Need, ...]
    before: tuple[Commitment, ...]
    commitment: Commitment | None


def make_link(addressee: Addressee, *, at: dt.datetime | None = None) -> MadeLink:
    """A new link to answer a letter, inside the caller's transaction; older ones are void.

    It is good until the letter's own day, else for 30 days. The caller puts it into the letter
    and mails it to the address that the letter goes to, and to no other.
    """
    at = at or timezone.now()
    addressee.links.filter(used_at=None, withdrawn_at=None).update(withdrawn_at=at)
    return new_link(addressee.email, _end(addressee.appeal, at), at, addressee=addressee)


def renew_link(*, token: str, at: dt.datetime | None = None) -> MadeLink:
    """A new link in place of one that was used, voided or is too old.

    It must be mailed to the address that the letter went to (`mail_link` does), whoever asks.
    Raises NotFound (`link_unknown`), Conflict (`letter_…`, `link_has_no_address`,
    `too_many_links_today`).
    """
    at = at or timezone.now()
    old = known_link(token)
    addressee = addressee_of(old)
    with audited(link_actor(old), "renew_answer_link", addressee.appeal.public_id) as act:
        check_good(addressee.appeal, at.date())
        if not addressee.email:
            raise Conflict(
                _("This letter went out on paper. Ask %(office)s to answer for you, or to write.")
                % {"office": addressee.appeal.office.name},
                code="link_has_no_address",
            )
        _hold_addressee(addressee)
        if addressee.links.filter(made_at__gt=at - A_DAY).count() > MOST_A_DAY:
            raise Conflict(
                _("%(most)s new links were sent within 24 hours. Look into the mailbox first.")
                % {"most": MOST_A_DAY},
                code="too_many_links_today",
            )
        made = make_link(addressee, at=at)
        act.done(after={"link": made.link.public_id, "addressee": addressee.public_id})
    return made


def open_link(token: str, *, at: dt.datetime | None = None) -> Opened:
    """What a link is good for, without using it.

    Raises NotFound (`link_unknown`), Conflict (`link_used` with when and what was said,
    `link_void`, `link_expired`, `letter_…`).
    """
    at = at or timezone.now()
    link = known_link(token)
    check_usable(link, at)
    if link.addressee is None:
        return Opened(link, None, None, (), (), link.commitment)
    appeal = link.addressee.appeal
    check_good(appeal, at.date())
    lines = appeal.lines.select_related("need__office").order_by("position")
    before = link.addressee.commitments.select_related("need").order_by("pk")
    needs = tuple(line.need for line in lines)
    return Opened(link, link.addressee, appeal, needs, tuple(before), None)


def known_link(token: str) -> AnswerLink:
    """The link of a token. Raises NotFound (`link_unknown`)."""
    rows = AnswerLink.objects.select_related(
        "addressee__appeal__office", "commitment__need__office"
    )
    link = rows.filter(token_hash=content_hash(token)).first()
    if link is None:
        raise _unknown()
    return link


def link_of(token: str) -> AnswerLink:
    """The link that answers a letter, good or not. Raises NotFound (`link_unknown`)."""
    link = known_link(token)
    if link.addressee is None:
        raise _unknown()
    return link


def new_link(
    email: str,
    expires_at: dt.datetime,
    at: dt.datetime,
    *,
    addressee: Addressee | None = None,
    commitment: Commitment | None = None,
) -> MadeLink:
    """A link for one thing; only the hash of its token is kept."""
    token = secrets.token_urlsafe(32)
    link = AnswerLink.objects.create(
        public_id=new_id("link"),
        addressee=addressee,
        commitment=commitment,
        email=email,
        token_hash=content_hash(token),
        made_at=at,
        expires_at=expires_at,
    )
    return MadeLink(link, token)


def use(link: AnswerLink, at: dt.datetime) -> None:
    """Use a link up, inside the caller's transaction: of two who come at once one is refused."""
    usable = AnswerLink.objects.filter(
        pk=link.pk, used_at=None, withdrawn_at=None, expires_at__gt=at
    )
    if not usable.update(used_at=at):
        link.refresh_from_db()
        check_usable(link, at)
    link.refresh_from_db()


def check_usable(link: AnswerLink, at: dt.datetime) -> None:
    """Raise Conflict (`link_used`, `link_void`, `link_expired`) for a link that is not good."""
    if link.used_at is not None:
        raise _used(link, link.used_at)
    if link.withdrawn_at is not None:
        raise Conflict(
            _("A newer link was made on %(day)s, so this one is void. Look into your mailbox.")
            % {"day": link.withdrawn_at.date().isoformat()},
            code="link_void",
        )
    if link.expires_at <= at:
        raise Conflict(
            _("This link was good until %(day)s. Ask for a new one: it is sent by mail.")
            % {"day": link.expires_at.date().isoformat()},
            code="link_expired",
        )


def link_actor(link: AnswerLink) -> Actor:
    """Who acts by a link, as audit events name it."""
    return Actor(side_key=link.public_id)


def _unknown() -> NotFound:
    return NotFound(
        _("This link is not known here. Open the whole link of the message or letter."),
        code="link_unknown",
    )


def _used(link: AnswerLink, when: dt.datetime) -> Conflict:
    """Whoever opens it a second time is told when it was used, and what was said by it."""
    by = str(link_actor(link))
    answers = list(Answer.objects.filter(by=by).order_by("pk"))
    commitments = Commitment.objects.filter(made_by=by).select_related("need").order_by("pk")
    said = [str(answer.get_kind_display()) for answer in answers]
    said += [words_of(row.need, reader_language(), steps=row.covers) for row in commitments]
    if link.commitment is not None:
        said.append(_("the commitment was confirmed"))
    who = next((answer.by_name for answer in answers), "")
    return Conflict(
        _(
            "This link was used on %(day)s at %(time)s (UTC)%(who)s: %(said)s. If it was not you, "
            "tell the office that wrote to you; ask for a new link to say more."
        )
        % {
            "day": when.date().isoformat(),
            "time": f"{when.astimezone(dt.UTC):%H:%M}",
            # The sentence is kept in the audit, where no name of a person stands.
            "who": f", {link.addressee.name}" if link.addressee is not None else "",
            "said": "; ".join(said),
        },
        code="link_used",
        details={"at": when.isoformat(), "who": who, "said": said},
    )


def addressee_of(link: AnswerLink) -> Addressee:
    """To whom the letter went. Raises Conflict (`link_confirms`) for a link to no letter."""
    if link.addressee is None:
        raise Conflict(
            _("This link confirms one commitment and answers no letter. Commit anew."),
            code="link_confirms",
        )
    return link.addressee


def _hold_addressee(addressee: Addressee) -> None:
    """Two who ask at once for a new link wait for each other."""
    Addressee.objects.select_for_update().get(pk=addressee.pk)


def _end(appeal: Appeal, at: dt.datetime) -> dt.datetime:
    if appeal.valid_until is None:
        return at + GOOD_FOR
    last = appeal.valid_until + dt.timedelta(days=1)
    return dt.datetime(last.year, last.month, last.day, tzinfo=dt.UTC)
