"""What the asking office does with its need: shows, withdraws, closes, asks again, publishes."""

from collections.abc import Sequence
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.accounts.permissions import Permission
from mistok.needs.lifecycle import NeedState
from mistok.needs.lines import (
    Passage,
    fulfil_need,
    let_pass_before,
    may_be_public,
    open_need,
    publish_need,
    renew_need,
    shown_passages,
    withdraw_need,
    withdraw_publication,
)
from mistok.needs.models import Need, Publication
from mistok.web.needs.act_forms import PlainForm, PublishForm, ReasonForm, WithdrawForm
from mistok.web.needs.acting import Act, Done, Told
from mistok.web.needs.guard_present import LetPassForm
from mistok.web.needs.need_seat import NeedSeat
from mistok.web.needs.publishing import would_read
from mistok.web.needs.words import day_words, steps_in


def own_acts(
    seat: NeedSeat, need: Need, found: Sequence[Passage], standing: Publication | None
) -> dict[str, Act]:
    """The acts of the asking office that this person may do, whether they are offered or not."""
    acts: dict[str, Act] = {}
    if seat.writes or seat.may(Permission.PUBLISH_NEED):
        acts["open"] = _open(seat, need, found)
    if seat.writes:
        acts["withdraw"] = _withdraw(seat, need)
        acts["fulfil"] = _fulfil(seat, need)
        acts["renew"] = _renew(seat, need)
    if seat.may(Permission.PUBLISH_NEED):
        acts["publish"] = _publish(seat, need, standing)
        if standing is not None:
            acts["take_back"] = _take_back(seat, need, standing)
    return acts


def _open(seat: NeedSeat, need: Need, found: Sequence[Passage]) -> Act:
    left = let_pass_before(need)
    dangers = [one for one in found if one.danger and one.mark not in left]
    lets = seat.may(Permission.PUBLISH_NEED)
    return Act(
        title=_("Show it to the partners"),
        button=_("Show it to the partners"),
        make=partial(LetPassForm, dangers if lets else ()),
        do=_do_open,
        right=Permission.PUBLISH_NEED if dangers and lets else Permission.WRITE_NEED,
        office=seat.own,
        version=need.version,
        follows=_("Offices of municipalities with a tie to yours see it from then on."),
        on=need.state == NeedState.DRAFT and (lets if dangers else seat.writes),
    )


def _do_open(told: Told) -> Done:
    form = told.form
    overruled = form.overruled if isinstance(form, LetPassForm) else []
    open_need(actor=told.seat.actor, need=told.need, expected=told.expected, overruled=overruled)
    return Done(_("Your partners see this need now."))


def _withdraw(seat: NeedSeat, need: Need) -> Act:
    draft = need.state == NeedState.DRAFT
    return Act(
        title=_("Give up this draft") if draft else _("Withdraw what is open"),
        button=_("Give it up") if draft else _("Withdraw it"),
        make=partial(WithdrawForm, need),
        do=_do_withdraw,
        right=Permission.WRITE_NEED,
        office=seat.own,
        version=need.version,
        follows=_("Nobody can commit to it any more. What is committed stays committed."),
        on=need.state in (NeedState.DRAFT, NeedState.OPEN),
    )


def _do_withdraw(told: Told) -> Done:
    amount = told.values["amount"]
    withdraw_need(
        actor=told.seat.actor,
        need=told.need,
        reason=told.values["reason"],
        expected=told.expected,
        amount=steps_in(amount, told.need) if amount else None,
    )
    return Done(_("It is withdrawn."))


def _fulfil(seat: NeedSeat, need: Need) -> Act:
    return Act(
        title=_("Close it: everything has come"),
        button=_("Everything has come"),
        make=PlainForm,
        do=_do_fulfil,
        right=Permission.WRITE_NEED,
        office=seat.own,
        version=need.version,
        follows=_("It is closed for good. Each commitment must be marked as kept before."),
        on=need.state == NeedState.COMMITTED,
    )


def _do_fulfil(told: Told) -> Done:
    fulfil_need(actor=told.seat.actor, need=told.need, expected=told.expected)
    return Done(_("The need is fulfilled."))


def _renew(seat: NeedSeat, need: Need) -> Act:
    return Act(
        title=_("Ask for it again"),
        button=_("Make the next line"),
        make=PlainForm,
        do=_do_renew,
        right=Permission.WRITE_NEED,
        office=seat.own,
        version=need.version,
        follows=_("The next line of this standing need is made as a draft, with the same words."),
        on=bool(need.repeat)
        and need.state != NeedState.DRAFT
        and not Need.objects.filter(renews=need).exists(),
    )


def _do_renew(told: Told) -> Done:
    made = renew_need(actor=told.seat.actor, need=told.need)
    url = reverse("needs:need", args=[made.public_id])
    return Done(_("This is the next line, as a draft."), url)


def _publish(seat: NeedSeat, need: Need, standing: Publication | None) -> Act:
    return Act(
        title=_("Let everybody read it"),
        button=_("Approve it for the public"),
        make=partial(PublishForm, [one for one in shown_passages(need) if one.danger]),
        do=_do_publish,
        right=Permission.PUBLISH_NEED,
        office=seat.own,
        version=need.version,
        follows=_("Everybody reads the words shown here, and nothing else. It can be taken back."),
        on=need.state == NeedState.OPEN
        and may_be_public(need)
        and (standing is None or standing.projection != would_read(need)),
    )


def _do_publish(told: Told) -> Done:
    form = told.form
    if not isinstance(form, PublishForm):
        raise TypeError(type(form))
    made = publish_need(
        actor=told.seat.actor,
        need=told.need,
        expected=told.expected,
        not_before=told.values["not_before"],
        overruled=form.overruled,
    )
    day = day_words(made.not_before)
    return Done(_("It is approved. Everybody may read it from %(day)s on.") % {"day": day})


def _take_back(seat: NeedSeat, need: Need, standing: Publication) -> Act:
    def do(told: Told) -> Done:
        withdraw_publication(
            actor=told.seat.actor, publication=standing, reason=told.values["reason"]
        )
        return Done(_("It is taken back: the public reads nothing of it any more."))

    return Act(
        title=_("Take it back from the public"),
        button=_("Take it back"),
        make=partial(ReasonForm, help_text=_("It is kept with the act.")),
        do=do,
        right=Permission.PUBLISH_NEED,
        office=seat.own,
        version=need.version,
        follows=_("At once nobody but your partners reads of it."),
    )
