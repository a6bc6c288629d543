"""A letter before somebody whose office got it."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from mistok.accounts.auditing import audited
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.kernel.errors import NotFound
from mistok.needs.answers import (
    LinkAnswer,
    acknowledge,
    ask,
    commit,
    refuse,
    withdraw_commitment,
)
from mistok.needs.models import Addressee, Commitment, Need
from mistok.web.answers.letter_page import Desk
from mistok.web.appeals.seats import Seat, seat_of, unknown_letter


def desk_of(request: HttpRequest, public_id: str) -> Desk:
    """The letter with its form, for the office that got it. Raises NotFound, NotAllowed."""
    seat = seat_of(request, public_id)
    addressee = seat.addressee
    letter = addressee.letters.first() if addressee is not None else None
    if addressee is None or letter is None:
        raise unknown_letter()
    check_can(seat.actor, Permission.ANSWER_APPEAL, office=seat.office)
    return Desk(
        request=request,
        addressee=addressee,
        letter=letter,
        by_link=False,
        office=seat.office,
        send=lambda entry: _send(seat, addressee, entry),
    )


def _send(seat: Seat, addressee: Addressee, entry: LinkAnswer) -> str:
    """Everything or nothing: a line that cannot be committed keeps the others from being sent."""
    actor, office = seat.actor, seat.office
    with audited(actor, "answer_letter", seat.appeal.public_id):
        acknowledge(actor=actor, office=office, addressee=addressee)
        for back in entry.taken_back:
            row = Commitment.objects.get(public_id=back.commitment, addressee=addressee)
            withdraw_commitment(actor=actor, commitment=row, reason=back.reason)
        for line in entry.lines:
            commit(
                actor=actor,
                need=_need(addressee, line.need),
                giver=office,
                entry=line.entry,
                addressee=addressee,
            )
        if entry.refusal:
            refuse(actor=actor, office=office, addressee=addressee, reason=entry.refusal)
        if entry.question:
            ask(actor=actor, office=office, addressee=addressee, text=entry.question)
    return _("Your answer is sent. Thank you.")


def _need(addressee: Addressee, public_id: str) -> Need:
    """A need that the letter asks for."""
    rows = Need.objects.filter(appeal_lines__appeal=addressee.appeal, public_id=public_id)
    need = rows.first()
    if need is None:
        raise NotFound(
            _("The letter does not ask for this. Open the letter again."), code="line_unknown"
        )
    return need
