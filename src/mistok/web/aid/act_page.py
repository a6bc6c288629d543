"""The page of one act: counting, valuing, issuing, passing on, reporting, reversing."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse as address
from django.utils.translation import gettext as _

from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.aid.acts import report_rows, reverse
from mistok.aid.lifecycle import ActKind
from mistok.aid.models import AidAct
from mistok.kernel.errors import NotFound
from mistok.web.acting import Act, Acts, Done, Mistake, Told, mistake_context, perform, shown
from mistok.web.aid.act_forms import ActForm
from mistok.web.aid.act_kinds import KINDS, REPORT, act_of_kind, report_act
from mistok.web.aid.head import head_of
from mistok.web.aid.ledger_rows import entries_of
from mistok.web.aid.report_form import ReversalForm
from mistok.web.aid.report_table import report_table
from mistok.web.aid.seats import AidSeat
from mistok.web.aid.words import act_word
from mistok.web.needs.words import day_words


def act_page(seat: AidSeat, kind: str) -> HttpResponse:
    """The form of one kind of act. Raises NotFound for no kind, NotAllowed without the right."""
    acts = _acts(seat, kind)
    for act in acts.values():
        if not seat.may(act.right):
            check_can(seat.actor, act.right, office=seat.office)
    page = partial(_page, seat, kind)
    return perform(seat.request, acts, page) if seat.request.method == "POST" else page()


def _acts(seat: AidSeat, kind: str) -> Acts:
    if kind == REPORT:
        return {kind: report_act(seat)}
    if kind == ActKind.REVERSAL:
        return {kind: _reversal(seat, reversed_act(seat))}
    if kind not in KINDS:
        raise NotFound(
            _("There is no act of this kind. Choose one on the page of the consignment."),
            code="act_kind_unknown",
        )
    return {kind: act_of_kind(seat, kind)}


def reversed_act(seat: AidSeat) -> AidAct:
    """The act that the address names. Raises NotFound for none of this consignment."""
    asked = seat.request.GET.get("act", "")[:40]
    found = seat.consignment.acts.select_related("office").filter(public_id=asked).first()
    if found is None:
        raise NotFound(
            _("There is no such act in this consignment. Choose one on its page."),
            code="act_unknown",
        )
    return found


def _reversal(seat: AidSeat, act: AidAct) -> Act:
    overview = address("aid:consignment", args=[seat.consignment.public_id])

    def do(told: Told) -> Done:
        made = reverse(
            actor=told.actor,
            act=act,
            reason=told.values["reason"],
            day=told.values["day"],
            key=told.key,
        )
        words = {"number": f"{made.number}/{made.year}"}
        return Done(_("It is reversed by reversal No. %(number)s.") % words, overview)

    told_of = {"act": act_word(act.kind), "number": f"{act.number}/{act.year}"}
    return Act(
        title=_("Reverse: %(act)s No. %(number)s") % told_of,
        button=_("Reverse this act"),
        make=ReversalForm,
        do=do,
        right=Permission.REVERSE_ENTRY,
        office=seat.office,
        subject=act.public_id,
        version=seat.consignment.version,
        follows=_("Every entry of the act is turned round. Both acts stay in the ledger."),
        on=act.kind != ActKind.REVERSAL,
    )


def _page(
    seat: AidSeat,
    kind: str,
    *,
    typed: Mapping[str, forms.Form] | None = None,
    mistake: Mistake | None = None,
) -> HttpResponse:
    typed = typed or {}
    seat.consignment.refresh_from_db()
    acts = _acts(seat, kind)
    found = shown(seat.request, acts, typed, mistake=mistake)
    one = found[0] if found else None
    context = {
        **head_of(seat),
        "title": acts[kind].title,
        "one": one,
        "sheet": one is not None and isinstance(one.form, ActForm),
        **_more(seat, kind),
        **mistake_context(mistake, typed),
    }
    status = mistake.status if mistake else 200
    return render(seat.request, "aid/act_page.html", context, status=status)


def _more(seat: AidSeat, kind: str) -> dict[str, Any]:
    """What stands above the form: what would be reported, or what would be turned round."""
    if kind == REPORT:
        return {"report": report_table(report_rows(seat.consignment))}
    if kind == ActKind.REVERSAL:
        act = reversed_act(seat)
        return {"entries": entries_of(act), "day": day_words(act.day)}
    return {}
