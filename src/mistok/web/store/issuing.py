"""Issuing: goods leave the store for a settlement and a category, counted and without names."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from mistok.aid.acts import issue
from mistok.aid.models import AidAct
from mistok.kernel.errors import NotFound, Refusal
from mistok.web.acting import key_of, new_key
from mistok.web.aid.seats import DeskSeat
from mistok.web.aid.words import line_name
from mistok.web.needs.sentences import told
from mistok.web.needs.words import steps_text
from mistok.web.store.answering import done, refused, wants_json
from mistok.web.store.desk import frame, lot_choices
from mistok.web.store.issue_form import IssueForm
from mistok.web.store.places import chosen_name
from mistok.web.store.receiving import incomplete


def issue_page(seat: DeskSeat) -> HttpResponse:
    """The form; or the act, recorded."""
    request, lots = seat.request, lot_choices(seat)
    if request.method != "POST":
        chosen = {"lot": request.GET.get("lot", "")}
        return _page(seat, IssueForm(seat.office, lots, initial=chosen))
    form = IssueForm(seat.office, lots, request.POST)
    if not form.is_valid():
        mistakes = {name: " ".join(map(str, errors)) for name, errors in form.errors.items()}
        return _refuse(seat, form, incomplete({}), mistakes)
    try:
        return _record(seat, form)
    except Refusal as refusal:
        return _refuse(seat, form, refusal)


def _record(seat: DeskSeat, form: IssueForm) -> HttpResponse:
    key, row, values = key_of(seat.request), form.row(), form.cleaned_data
    already = AidAct.objects.filter(office=seat.office, key=key).exists()
    act = issue(
        actor=seat.actor,
        consignment=row.lot.line.consignment,
        day=values["day"],
        rows=[row],
        remarks=values["remarks"],
        signed_by=values["signed_by"],
        key=key,
    )
    said = _("Recorded: issue sheet %(number)s/%(year)s, %(amount)s of “%(what)s” to %(place)s.")
    sentence = said % {
        "number": act.number,
        "year": act.year,
        "amount": steps_text(row.amount, row.lot.unit),
        "what": line_name(row.lot.line),
        "place": chosen_name(row.settlement),
    }
    if wants_json(seat.request):
        return done(sentence, already=already, act=act.public_id, trouble=[])
    messages.success(seat.request, sentence)
    return redirect("store:store", seat.office.public_id)


def _refuse(
    seat: DeskSeat, form: IssueForm, refusal: Refusal, mistakes: dict[str, str] | None = None
) -> HttpResponse:
    if wants_json(seat.request):
        return refused(refusal, mistakes)
    if isinstance(refusal, NotFound):
        raise refusal
    return _page(seat, form, mistake=refusal)


def _page(seat: DeskSeat, form: IssueForm, *, mistake: Refusal | None = None) -> HttpResponse:
    request = seat.request
    fresh = request.method != "POST" or (mistake is not None and mistake.code == "key_reused")
    context = frame(request) | {
        "office": seat.office,
        "form": form,
        "key": new_key() if fresh else key_of(request),
        "mistake": told(mistake) if mistake is not None else "",
    }
    status = mistake.status if mistake is not None else 200
    return render(request, "store/issue.html", context, status=status)
