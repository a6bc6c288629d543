"""What can be done with a letter: by its own office, state by state, and by who has the right."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.accounts.permissions import Permission
from mistok.needs import appeals
from mistok.needs.appeals import Overruled, Passage, Sent
from mistok.needs.lifecycle import AppealState
from mistok.needs.models import Appeal, Posting
from mistok.web.appeals.acting import Act, Acts, Done, HandOver, Told
from mistok.web.appeals.seats import Seat
from mistok.web.procedure import fields


class ReasonForm(forms.Form):
    """Why."""

    reason = fields.text(gettext_lazy("Reason"), needed=True)


class PassForm(forms.Form):
    """For each passage that the guard finds dangerous, why it may stand; empty: it may not."""

    def __init__(self, passages: tuple[Passage, ...], data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.dangers = [one for one in passages if one.dangerous]
        for number, one in enumerate(self.dangers, 1):
            self.fields[f"pass{number}"] = fields.line(one.sentence(), _HELP, most=400)

    def clean(self) -> dict[str, Any]:
        """What is let pass, with the reason."""
        told = ((one, self.cleaned_data.get(f"pass{n}")) for n, one in enumerate(self.dangers, 1))
        passed = [Overruled(key=one.key, reason=reason) for one, reason in told if reason]
        return {**self.cleaned_data, "overruled": passed}


class AgainForm(forms.Form):
    """Which mail, and to which address."""

    mail = fields.choice(gettext_lazy("Which mail"), [])
    email = forms.EmailField(
        label=gettext_lazy("Another address"),
        help_text=gettext_lazy("Empty: the same address again."),
        required=False,
    )

    def __init__(self, seat: Seat, data: Any = None, **more: Any) -> None:
        super().__init__(data, **more)
        self.waiting = {mail_name(one): one for one in failed_mails(seat.appeal)}
        named = [(name, _mail_words(one)) for name, one in self.waiting.items()]
        self.fields["mail"].choices = named  # type: ignore[attr-defined]
        self.initial = {"mail": named[0][0] if named else ""}


def failed_mails(appeal: Appeal) -> list[Posting]:
    """Mails that were tried in vain or given up, and could still go."""
    rows = appeals.waiting_mails(appeal).exclude(tries=0, dropped_at__isnull=True)
    rows = rows.exclude(failure__in=SUPERSEDED)
    return list(rows.select_related("letter__addressee").order_by("pk"))


SUPERSEDED = ("recalled", "replaced", "another_address")
"""Why a mail was given up that another one stands for."""


def mail_name(one: Posting) -> str:
    """A mail as a form names it."""
    return f"{one.letter.public_id} {one.kind} {one.to}"


def _mail_words(one: Posting) -> str:
    told = {"name": one.letter.addressee.name, "kind": one.get_kind_display(), "to": one.to}
    return _("%(kind)s to %(name)s, %(to)s") % told


_HELP = gettext_lazy("Why it may stand in the letter all the same. Empty: it may not.")


def acts_on(seat: Seat) -> Acts:
    """The acts that the state of the letter allows, those with the right for them only."""
    if seat.addressee is not None:
        return {}
    made: Mapping[str, Callable[[Seat], Act]] = {
        "submit": _submit,
        "approve": _approve,
        "return": _return,
        "send": _send,
        "correct": _new_version,
        "refuse": _refuse,
        "close": _close,
        "again": _again,
        "recall": _recall,
        "withdraw": _withdraw,
    }
    acts = {name: made[name](seat) for name in _possible(seat)}
    return {name: act for name, act in acts.items() if seat.may(act.right)}


def _possible(seat: Seat) -> tuple[str, ...]:
    corrected = ("correct", "refuse") if seat.appeal.correction else ()
    again = ("again",) if failed_mails(seat.appeal) else ()
    return {
        AppealState.DRAFT: ("submit", "withdraw"),
        AppealState.IN_REVIEW: ("approve", "return", "withdraw"),
        AppealState.APPROVED: ("send", "withdraw"),
        AppealState.SENT: (*corrected, *again, "close", "recall"),
        AppealState.CLOSED: (*again, "recall"),
        AppealState.RECALLED: again,
    }.get(AppealState(seat.appeal.state), ())


def _plain(do: Callable[..., Any], sentence: str) -> Callable[[Told], Done]:
    def act(told: Told) -> Done:
        do(**told.common)
        return Done(sentence=sentence)

    return act


def _reasoned(do: Callable[..., Any], sentence: str) -> Callable[[Told], Done]:
    def act(told: Told) -> Done:
        do(**told.common, reason=told.values["reason"])
        return Done(sentence=sentence)

    return act


def _submit(seat: Seat) -> Act:
    return Act(
        title=_("Put it before the approver"),
        button=_("Put it before the approver"),
        follows=_("The approvers of your office are told. While they read it, it stays as it is."),
        make=forms.Form,
        do=_plain(appeals.submit_appeal, _("The letter waits for the approver.")),
        right=Permission.WRITE_APPEAL,
    )


def _approve(seat: Seat) -> Act:
    return Act(
        title=_("Approve it"),
        button=_("Approve the letter"),
        follows=_("It gets the next number of your register. From then on it does not change."),
        make=partial(PassForm, appeals.passages_of(appeals.sources_of(seat.appeal))),
        do=partial(_approved, seat),
        right=Permission.APPROVE_APPEAL,
    )


def _approved(seat: Seat, told: Told) -> Done:
    appeals.approve_appeal(**told.common, overruled=told.values["overruled"])
    seat.appeal.refresh_from_db()
    number = f"{seat.appeal.number}/{seat.appeal.year}"
    return Done(sentence=_("Approved under number %(number)s.") % {"number": number})


def _return(seat: Seat) -> Act:
    return Act(
        title=_("Send it back with the reasons"),
        button=_("Send it back"),
        make=ReasonForm,
        do=_reasoned(appeals.return_appeal, _("The letter went back to its writers.")),
        right=Permission.APPROVE_APPEAL,
        plain=True,
    )


def _send(seat: Seat) -> Act:
    return Act(
        title=_("Send it"),
        button=_("Send the letters"),
        follows=_(
            "Each addressee gets a signed letter of its own. Where a mail address is known, it is "
            "mailed; the others you print and hand over. What went out is never changed."
        ),
        make=forms.Form,
        do=_sent,
        right=Permission.SEND_APPEAL,
    )


def _sent(told: Told) -> Done:
    sent = appeals.send_appeal(**told.common)
    return Done(
        sentence=_("The letters are made and signed. Those with an address wait to be mailed."),
        links=_by_hand(sent),
    )


def _by_hand(sent: Sent) -> list[HandOver]:
    return [
        HandOver(
            name=one.name,
            link=one.link,
            pdf_url=reverse("appeals:letter_pdf", args=[one.letter.public_id]),
        )
        for one in sent.by_hand
    ]


def _new_version(seat: Seat) -> Act:
    return Act(
        title=_("Approve the correction and send it"),
        button=_("Send the corrected letters"),
        follows=_("Each addressee gets the new version; the old one is shown as replaced."),
        make=partial(PassForm, appeals.passages_of(appeals.sources_of_correction(seat.appeal))),
        do=_corrected,
        right=Permission.APPROVE_APPEAL,
    )


def _corrected(told: Told) -> Done:
    sent = appeals.new_version(**told.common, overruled=told.values["overruled"])
    return Done(
        sentence=_("The corrected letters are made and signed."),
        links=_by_hand(sent),
    )


def _refuse(seat: Seat) -> Act:
    return Act(
        title=_("Refuse the correction"),
        button=_("Refuse the correction"),
        make=ReasonForm,
        do=_reasoned(appeals.refuse_correction, _("The correction was refused.")),
        right=Permission.APPROVE_APPEAL,
        plain=True,
    )


def _close(seat: Seat) -> Act:
    return Act(
        title=_("Close it"),
        button=_("Close the letter"),
        follows=_("Nobody can answer it any more. What was committed stays."),
        make=forms.Form,
        do=_plain(appeals.close_appeal, _("The letter is closed.")),
        right=Permission.SEND_APPEAL,
        plain=True,
    )


def _recall(seat: Seat) -> Act:
    return Act(
        title=_("Recall it"),
        button=_("Recall the letter"),
        follows=_(
            "Everybody who checks the letter sees that it is recalled, and every addressee with an "
            "address is told by mail, with the reason. This cannot be undone."
        ),
        make=ReasonForm,
        do=_reasoned(appeals.recall_appeal, _("The letter is recalled.")),
        right=Permission.RECALL_APPEAL,
        plain=True,
    )


def _again(seat: Seat) -> Act:
    return Act(
        title=_("Send a mail again that did not go"),
        button=_("Put it into the queue again"),
        make=partial(AgainForm, seat),
        do=partial(_sent_again, seat),
        right=Permission.SEND_APPEAL,
    )


def _sent_again(seat: Seat, told: Told) -> Done:
    known = {mail_name(one): one for one in failed_mails(seat.appeal)}
    posting = known[told.values["mail"]]
    appeals.post_again(actor=seat.actor, posting=posting, email=told.values["email"])
    return Done(sentence=_("The mail waits to be sent again."))


def _withdraw(seat: Seat) -> Act:
    return Act(
        title=_("Withdraw it"),
        button=_("Withdraw the letter"),
        follows=_("It never goes out. It stays in your register."),
        make=forms.Form,
        do=_plain(appeals.withdraw_appeal, _("The letter is withdrawn.")),
        right=Permission.WRITE_APPEAL,
        plain=True,
    )
