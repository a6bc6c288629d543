"""What is said about a letter on its page: it came; and replies, one form a question."""

from functools import partial

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.accounts.permissions import Permission
from mistok.needs.answers import acknowledge, reply
from mistok.needs.lifecycle import AppealState
from mistok.needs.models import Answer
from mistok.web.appeals.acting import Act, Acts, Done, Told
from mistok.web.appeals.seats import Seat
from mistok.web.appeals.talk import answers_of
from mistok.web.procedure import fields

GOING = (AppealState.SENT, AppealState.CLOSED)


class ReplyForm(forms.Form):
    """The words of a reply."""

    text = fields.text(
        gettext_lazy("Reply"),
        gettext_lazy("No addresses of stores, no routes, no numbers of persons: tell these apart."),
        needed=True,
        most=4000,
    )


def talk_acts(seat: Seat) -> Acts:
    """Replies to what the other side said, and for a letter that came: that it came."""
    if seat.appeal.state not in GOING or not seat.may(Permission.ANSWER_APPEAL):
        return {}
    acts = {f"reply-{one.public_id}": _reply(one) for one in answers_of(seat) if _asks(seat, one)}
    if seat.addressee is not None and seat.addressee.acknowledged_at is None:
        acts["acknowledge"] = Act(
            title=_("Say that it came"),
            button=_("The letter has come"),
            make=forms.Form,
            do=_acknowledged,
            right=Permission.ANSWER_APPEAL,
        )
    return acts


def _asks(seat: Seat, one: Answer) -> bool:
    """Whether the other side said it and may expect a word."""
    said = (Answer.Kind.QUESTION, Answer.Kind.REFUSED, Answer.Kind.REPLY)
    return one.kind in said and one.place != seat.office.place


def _reply(one: Answer) -> Act:
    return Act(
        title=_("Reply"),
        button=_("Send the reply"),
        make=ReplyForm,
        do=partial(_replied, one),
        right=Permission.ANSWER_APPEAL,
        plain=one.kind != Answer.Kind.QUESTION or bool(one.replies.all()),
    )


def _replied(to: Answer, told: Told) -> Done:
    reply(actor=told.seat.actor, office=told.seat.office, to=to, text=told.values["text"])
    return Done(sentence=_("Your reply is sent."))


def _acknowledged(told: Told) -> Done:
    seat = told.seat
    assert seat.addressee is not None  # noqa: S101 - the act is made for addressees only
    acknowledge(actor=seat.actor, office=seat.office, addressee=seat.addressee)
    return Done(sentence=_("The sender knows that the letter came."))
