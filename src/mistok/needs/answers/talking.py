"""The talk about a letter or a need: it came, no, a question, a reply. What was said stays."""

import datetime as dt
from typing import cast

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.accounts.selectors import verified_office
from mistok.accounts.services.texts import words
from mistok.kernel.errors import Conflict, Invalid, NotFound
from mistok.needs.answers.guarding import allowed_of, check_harmless
from mistok.needs.answers.holding import new_id
from mistok.needs.answers.letters import check_good, check_is_addressee, check_sent
from mistok.needs.answers.notifying import tell_answer
from mistok.needs.answers.seeing import check_shown
from mistok.needs.models import Addressee, Answer, Appeal, Need

LONGEST = 4000
MOST_A_DAY = 30
"""Words of one office about one letter or need within a day: more is no talk but a flood."""
A_DAY = dt.timedelta(hours=24)
K = Answer.Kind


def acknowledge(
    *, actor: Actor, office: Office, addressee: Addressee, at: dt.datetime | None = None
) -> Answer:
    """Say in the name of an office that the letter has come; said twice it stays said once.

    Raises NotAllowed, NotFound (`letter_unknown`), Conflict (`letter_…`).
    """
    at = at or timezone.now()
    with audited(actor, "acknowledge_appeal", addressee.appeal.public_id) as act:
        _check_office(actor, office, addressee)
        check_sent(addressee.appeal)
        answer, new = acknowledged(addressee, actor, office, office.name, at)
        if new:
            act.done(after=_in_short(answer))
    return answer


def refuse(
    *,
    actor: Actor,
    office: Office,
    addressee: Addressee,
    reason: str,
    at: dt.datetime | None = None,
) -> Answer:
    """Say with a reason that the municipality cannot help; it may still commit later.

    Raises as `acknowledge` does, and Invalid for a reason that cannot be kept.
    """
    at = at or timezone.now()
    with audited(actor, "refuse_appeal", addressee.appeal.public_id) as act:
        _check_office(actor, office, addressee)
        check_good(addressee.appeal, at.date())
        answer = said(K.REFUSED, reason, addressee=addressee, actor=actor, office=office, at=at)
        act.done(after=_in_short(answer))
    return answer


def ask(
    *,
    actor: Actor,
    office: Office,
    text: str,
    addressee: Addressee | None = None,
    need: Need | None = None,
    at: dt.datetime | None = None,
) -> Answer:
    """Ask the office that needs help: about a letter, or about a need that one is shown.

    Raises NotAllowed, NotFound (`letter_unknown`, `need_unknown`), Conflict (`letter_…`,
    `too_many_words_today`), Invalid (also where neither letter nor need is named).
    """
    at = at or timezone.now()
    asker = _asker(addressee, need)
    about = addressee.appeal.public_id if addressee is not None else cast(Need, need).public_id
    with audited(actor, "ask_about_need", about) as act:
        if addressee is not None:
            _check_office(actor, office, addressee)
            check_sent(addressee.appeal)
        else:
            check_can(actor, Permission.ANSWER_APPEAL, office=office)
        if office.place == asker.place:
            raise Conflict(
                _("This is a need of your own municipality. Ask your colleagues."), code="own_need"
            )
        if need is not None:
            check_shown(office, need, at.date())
        answer = said(
            K.QUESTION, text, addressee=addressee, need=need, actor=actor, office=office, at=at
        )
        act.done(after=_in_short(answer))
    return answer


def reply(
    *, actor: Actor, office: Office, to: Answer, text: str, at: dt.datetime | None = None
) -> Answer:
    """Reply to a word of the talk, as the asking office or as the municipality that said it.

    Raises NotAllowed, NotFound (`talk_unknown`) for an office that takes no part in the talk,
    Conflict (`too_many_words_today`), Invalid.
    """
    at = at or timezone.now()
    with audited(actor, "reply_in_talk", to.public_id) as act:
        check_can(actor, Permission.ANSWER_APPEAL, office=office)
        if office.place not in sides_of(to):
            raise NotFound(
                _("There is no such question in the talks of %(office)s. Open the page again.")
                % {"office": office.name},
                code="talk_unknown",
            )
        answer = said(
            K.REPLY,
            text,
            addressee=to.addressee,
            need=to.need,
            actor=actor,
            office=office,
            replies_to=to,
            at=at,
        )
        act.done(after=_in_short(answer) | {"replies_to": to.public_id})
    return answer


def said(
    kind: Answer.Kind,
    text: str,
    *,
    actor: Actor,
    at: dt.datetime,
    addressee: Addressee | None = None,
    need: Need | None = None,
    office: Office | None = None,
    name: str = "",
    replies_to: Answer | None = None,
) -> Answer:
    """Keep a word of the talk and tell the other side; inside the caller's transaction."""
    asker = _asker(addressee, need)
    place = office.place if office is not None else addressee.place if addressee else ""
    text = words(text, what=_("The text"), most=LONGEST, needed=kind != K.ACKNOWLEDGED)
    check_harmless(text, allowed=allowed_of(asker, office))
    answer = Answer(
        public_id=new_id("answer"),
        appeal=addressee.appeal if addressee is not None else None,
        addressee=addressee,
        need=need,
        replies_to=replies_to,
        kind=kind,
        text=text,
        office=office,
        place=place,
        by=str(actor),
        by_name=name or (office.name if office is not None else ""),
        at=at,
    )
    _check_flood(answer)
    answer.save()
    from_asker = place == asker.place
    tell_answer(answer, actor, to=_other(answer) if from_asker else asker, from_asker=from_asker)
    return answer


def acknowledged(
    addressee: Addressee, actor: Actor, office: Office | None, name: str, at: dt.datetime
) -> tuple[Answer, bool]:
    """The acknowledgement of a letter, and whether it is new; inside a transaction."""
    first = Addressee.objects.filter(pk=addressee.pk, acknowledged_at__isnull=True)
    if not first.update(acknowledged_at=at):
        known = addressee.answers.filter(kind=K.ACKNOWLEDGED).order_by("pk").first()
        if known is not None:
            return known, False
    addressee.refresh_from_db()
    return (
        said(K.ACKNOWLEDGED, "", addressee=addressee, actor=actor, office=office, name=name, at=at),
        True,
    )


def sides_of(answer: Answer) -> frozenset[str]:
    """The places between which a word of the talk was said."""
    giver = answer.place
    root = answer
    while root.replies_to is not None:
        root = root.replies_to
        giver = root.place
    if answer.addressee is not None:
        giver = answer.addressee.place
    return frozenset({_asker(answer.addressee, answer.need).place, giver})


def _asker(addressee: Addressee | None, need: Need | None) -> Office:
    """The office that asks for help; raises Invalid (`about_nothing`) where nothing is named."""
    if addressee is not None:
        return addressee.appeal.office
    if need is not None:
        return need.office
    raise Invalid(
        _("It is not told what the words are about. Name the letter or the need."),
        code="about_nothing",
    )


def _other(answer: Answer) -> Office | None:
    """The office of the giver to whom the asker replies."""
    asker = _asker(answer.addressee, answer.need).place
    place = next(iter(sides_of(answer) - {asker}), "")
    return verified_office(place) if place else None


def _check_office(actor: Actor, office: Office, addressee: Addressee) -> None:
    check_can(actor, Permission.ANSWER_APPEAL, office=office)
    check_is_addressee(office, addressee)


def _check_flood(answer: Answer) -> None:
    """However polite each of them is: every word goes out as a notice to several people."""
    same = Answer.objects.filter(
        appeal=answer.appeal, need=answer.need, place=answer.place, at__gt=answer.at - A_DAY
    )
    if same.count() >= MOST_A_DAY:
        raise Conflict(
            _("%(most)s messages were written here within 24 hours. Go on tomorrow, or telephone.")
            % {"most": MOST_A_DAY},
            code="too_many_words_today",
        )


def _in_short(answer: Answer) -> dict[str, str]:
    """A word of the talk without the words, for the audit event."""
    appeal: Appeal | None = answer.appeal
    return {
        "answer": answer.public_id,
        "kind": answer.kind,
        **({"appeal": appeal.public_id} if appeal is not None else {}),
        **({"need": answer.need.public_id} if answer.need is not None else {}),
        **({"office": answer.office.public_id} if answer.office is not None else {}),
    }
