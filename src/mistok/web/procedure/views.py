"""Pages of procedures. Load, call, answer; whoever does not take part learns nothing."""

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mistok.partnering.procedure.steps import Aim
from mistok.web.procedure import opening
from mistok.web.procedure.acting import Mistake, perform
from mistok.web.procedure.files import paper_file, paper_of, scan_file
from mistok.web.procedure.listing import runs_context
from mistok.web.procedure.paper_page import (
    Draft,
    act_on_paper,
    paper_form,
    papers_context,
    version_context,
)
from mistok.web.procedure.plan_page import (
    plan_acts,
    plan_context,
    plan_of,
    plans_acts,
    plans_context,
)
from mistok.web.procedure.run_acts import invited_page, joining, run_acts, run_page
from mistok.web.procedure.scan_page import scan_acts, scans_context
from mistok.web.procedure.seats import seat_of, working_seat
from mistok.web.procedure.step_acts import acts_on
from mistok.web.procedure.step_page import state_of, step_context

posted = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@login_required
@require_safe
def runs(request: HttpRequest) -> HttpResponse:
    """The procedures of one's offices."""
    return render(request, "procedure/runs.html", runs_context(request))


@never_cache
@login_required
@posted
def new(request: HttpRequest) -> HttpResponse:
    """Begin a procedure to a new tie, or to the suspension or the end of one."""
    aim = request.GET.get("aim", Aim.TIE)
    if aim in (Aim.SUSPENSION, Aim.TERMINATION):
        do = opening.end_now if request.method == "POST" else opening.end_page
        return do(request, Aim(aim))
    return opening.open_now(request) if request.method == "POST" else opening.open_page(request)


@never_cache
@login_required
@posted
def run(request: HttpRequest, public_id: str) -> HttpResponse:
    """Both sides' tracks; for an office that was only named, the way in."""
    seat = seat_of(request, public_id)
    acts, page = run_acts(), partial(run_page, request, seat)
    if seat.invited is not None:
        office = seat.invited
        acts, page = joining(seat.run, office), partial(invited_page, request, seat, office)
    if request.method == "POST":
        return perform(request, seat, acts, page, request.path)
    return page()


@never_cache
@login_required
@posted
def partner(request: HttpRequest, public_id: str) -> HttpResponse:
    """Name one more side."""
    seat = working_seat(request, public_id)
    if request.method == "POST":
        return opening.name_partner(request, seat)
    return opening.partner_page(request, seat)


@never_cache
@login_required
@posted
def step(request: HttpRequest, public_id: str, side: int, code: str) -> HttpResponse:
    """One step: where it stands, its papers, what can be done."""
    seat = working_seat(request, public_id)

    def page(**told: Any) -> HttpResponse:
        context = step_context(seat, state_of(seat, side, code), **told)
        return render(request, "procedure/step.html", context, status=status_of(told))

    if request.method == "POST":
        after = reverse("procedure:step", args=[public_id, side, code])
        return perform(request, seat, acts_on(seat, state_of(seat, side, code)), page, after)
    return page()


def status_of(told: dict[str, Any]) -> int:
    """The status of a page that may tell of a mistake."""
    mistake: Mistake | None = told.get("mistake")
    return mistake.status if mistake else 200


@never_cache
@login_required
@require_safe
def papers(request: HttpRequest, public_id: str) -> HttpResponse:
    """All papers, and what can be made."""
    seat = working_seat(request, public_id)
    return render(request, "procedure/papers.html", papers_context(seat))


@never_cache
@login_required
@posted
def paper(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """The form of one kind of paper."""
    seat = working_seat(request, public_id)
    if request.method == "POST":
        return act_on_paper(request, Draft(seat, kind, request.POST))
    return paper_form(request, Draft(seat, kind, request.GET))


@never_cache
@login_required
@require_safe
def version(request: HttpRequest, public_id: str, paper_id: str) -> HttpResponse:
    """One version of a paper, in pairs of paragraphs."""
    seat = working_seat(request, public_id)
    context = version_context(seat, paper_of(seat, paper_id))
    return render(request, "procedure/version.html", context)


@login_required
@require_safe
def paper_bytes(request: HttpRequest, public_id: str, paper_id: str, form: str) -> FileResponse:
    """A paper as PDF or DOCX, to be saved."""
    return paper_file(working_seat(request, public_id), paper_id, form)


@never_cache
@login_required
@posted
def scans(request: HttpRequest, public_id: str) -> HttpResponse:
    """Scans of signed papers, and the form for one more."""
    seat = working_seat(request, public_id)
    asked = {name: request.GET.get(name, "")[:60] for name in ("kind", "side", "of")}
    acts = scan_acts(seat, asked)

    def page(**told: Any) -> HttpResponse:
        context = scans_context(seat, acts, told.get("typed", {}), told.get("mistake"))
        return render(request, "procedure/scans.html", context, status=status_of(told))

    if request.method == "POST":
        return perform(request, seat, acts, page, request.path)
    return page()


@login_required
@require_safe
def scan_bytes(request: HttpRequest, public_id: str, scan_id: str) -> FileResponse:
    """A scan, to be saved."""
    return scan_file(working_seat(request, public_id), scan_id)


@never_cache
@login_required
@posted
def plans(request: HttpRequest, public_id: str) -> HttpResponse:
    """Action plans by year, and evaluations."""
    seat = working_seat(request, public_id)

    def page(**told: Any) -> HttpResponse:
        context = plans_context(seat, **told)
        return render(request, "procedure/plans.html", context, status=status_of(told))

    if request.method == "POST":
        return perform(request, seat, plans_acts(), page, request.path)
    return page()


@never_cache
@login_required
@posted
def plan(request: HttpRequest, public_id: str, year: int) -> HttpResponse:
    """The plan of one year, with the report that follows from it."""
    seat = working_seat(request, public_id)
    found = plan_of(seat, year)

    def page(**told: Any) -> HttpResponse:
        context = plan_context(seat, plan_of(seat, year), **told)
        return render(request, "procedure/plan.html", context, status=status_of(told))

    if request.method == "POST":
        return perform(request, seat, plan_acts(seat, found), page, request.path)
    return page()
