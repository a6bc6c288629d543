"""A letter is answered by its one-time link: the whole form in one transaction, or nothing."""

import datetime as dt
from collections import Counter
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.services.texts import words
from mistok.kernel.errors import Invalid, NotFound, Refusal
from mistok.needs.answers.entries import LineAnswer, LinkAnswer, TakenBack
from mistok.needs.answers.giving import GivingSide, enter
from mistok.needs.answers.holding import hold_all, in_short
from mistok.needs.answers.keeping import take_back
from mistok.needs.answers.letters import check_good
from mistok.needs.answers.links import addressee_of, known_link, link_actor, use
from mistok.needs.answers.notifying import tell_decided, tell_entered
from mistok.needs.answers.talking import K, acknowledged, said
from mistok.needs.models import Addressee, Answer, AnswerLink, AppealLine, Commitment, Need
from mistok.needs.models.answers import Giver

LONGEST_NAME = 120


class Answered(NamedTuple):
    """What was kept of an answer by a link."""

    link: AnswerLink
    answers: tuple[Answer, ...]
    commitments: tuple[Commitment, ...]
    taken_back: tuple[Commitment, ...]


class _Answering(NamedTuple):
    """What the parts of one answer share."""

    link: AnswerLink
    addressee: Addressee
    actor: Actor
    name: str
    at: dt.datetime
    lines: dict[str, AppealLine]
    needs: dict[int, Need]


def answer_by_link(*, token: str, entry: LinkAnswer, at: dt.datetime | None = None) -> Answered:
    """Answer a letter by its link, which is used up by it; where one line fails nothing is kept.

    Raises NotFound (`link_unknown`, `line_unknown`, `commitment_unknown`), Conflict (`link_…`,
    `letter_…` and those of `enter`), Invalid (`answer_contradicts`, `line_twice`, texts, amounts).
    """
    at = at or timezone.now()
    link = known_link(token)
    addressee = addressee_of(link)
    with audited(link_actor(link), "answer_by_link", addressee.appeal.public_id) as act:
        use(link, at)
        check_good(addressee.appeal, at.date())
        _check_form(entry)
        doing = _begun(link, addressee, entry, at)
        taken_back = tuple(_take_back(doing, one) for one in entry.taken_back)
        commitments = tuple(_commit(doing, one) for one in entry.lines)
        answers = _words(doing, entry)
        for row in (*taken_back, *commitments):
            act.done(about=row.public_id, after=in_short(row, doing.needs[row.need_id]))
        act.done(
            after={
                "link": link.public_id,
                "addressee": addressee.public_id,
                "answers": [one.kind for one in answers],
                "commitments": [one.public_id for one in commitments],
                "taken_back": [one.public_id for one in taken_back],
            }
        )
    return Answered(link, answers, commitments, taken_back)


def _check_form(entry: LinkAnswer) -> None:
    if entry.refusal.strip() and entry.lines:
        raise Invalid(
            _("You commit help and say that you cannot help. Choose one of the two."),
            code="answer_contradicts",
        )
    named = Counter(one.need for one in entry.lines)
    if any(count > 1 for count in named.values()):
        raise Invalid(_("One line is answered twice. Answer each once."), code="line_twice")


def _begun(
    link: AnswerLink, addressee: Addressee, entry: LinkAnswer, at: dt.datetime
) -> _Answering:
    """All needs that the answer touches are held from the start, in one order."""
    person = words(entry.name, what=_("Your name"), most=LONGEST_NAME, needed=False)
    rows = addressee.appeal.lines.select_related("need", "appeal")
    lines = {line.need.public_id: line for line in rows}
    wanted = {lines[one.need].need_id for one in entry.lines if one.need in lines}
    earlier = addressee.commitments.filter(
        public_id__in=[one.commitment for one in entry.taken_back]
    )
    needs = hold_all(wanted | set(earlier.values_list("need", flat=True)))
    name = f"{person}, {addressee.name}" if person else addressee.name
    return _Answering(link, addressee, link_actor(link), name[:200], at, lines, needs)


def _commit(doing: _Answering, answer: LineAnswer) -> Commitment:
    line = doing.lines.get(answer.need)
    if line is None:
        raise NotFound(
            _("The letter does not ask for this. Open the letter again."), code="line_unknown"
        )
    side = GivingSide(
        kind=Giver.MUNICIPALITY,
        name=doing.addressee.name,
        by=str(doing.actor),
        place=doing.addressee.place,
        email=doing.link.email,
        line=line,
        addressee=doing.addressee,
    )
    need = doing.needs[line.need_id]
    try:
        row = enter(need=need, side=side, entry=answer.entry, at=doing.at)
    except Refusal as refusal:
        # The form has many lines, and must show at which of them it stands.
        refusal.details["need"] = answer.need
        raise
    tell_entered(row, need, doing.actor)
    return row


def _take_back(doing: _Answering, wanted: TakenBack) -> Commitment:
    row = doing.addressee.commitments.filter(public_id=wanted.commitment).first()
    if row is None or row.giver_office_id is not None:
        raise NotFound(
            _("This letter has no such commitment of yours. Open the letter again."),
            code="commitment_unknown",
        )
    need = doing.needs[row.need_id]
    take_back(need, row, wanted.reason, expected=None, at=doing.at)
    tell_decided("commitment_withdrawn", row, need, doing.actor, by_giver=True)
    return row


def _words(doing: _Answering, entry: LinkAnswer) -> tuple[Answer, ...]:
    """That it came, and what else was written."""
    told, new = acknowledged(doing.addressee, doing.actor, None, doing.name, doing.at)
    found = [told] if new else []
    for kind, text in ((K.REFUSED, entry.refusal), (K.QUESTION, entry.question)):
        if text.strip():
            found.append(
                said(
                    kind,
                    text,
                    addressee=doing.addressee,
                    actor=doing.actor,
                    name=doing.name,
                    at=doing.at,
                )
            )
    return tuple(found)
