"""Pages of aid. Load, call, answer; whoever is of neither office learns nothing."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mistok.accounts.permissions import Permission
from mistok.web.aid import public_page, trace_page
from mistok.web.aid.act_page import act_page
from mistok.web.aid.checklist_page import checklist_page
from mistok.web.aid.customs_page import customs_page
from mistok.web.aid.deadlines_page import deadlines_page
from mistok.web.aid.desk import desk_page
from mistok.web.aid.files_page import file_bytes, files_page
from mistok.web.aid.given_page import given_page
from mistok.web.aid.lines_page import lines_page
from mistok.web.aid.opening import new_page, offer_page
from mistok.web.aid.page import consignment_page
from mistok.web.aid.paper_cards import paper_file
from mistok.web.aid.paper_page import paper_page
from mistok.web.aid.papers_page import labels_file, papers_page
from mistok.web.aid.publish_page import publish_page
from mistok.web.aid.seats import (
    consignment_of,
    desk_of,
    one_of_both,
    opening_seat,
    seat_before,
    working_seat,
    writing_seat,
)
from mistok.web.aid.totals_page import totals_page

posted = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def totals(request: HttpRequest) -> HttpResponse:
    """What everybody may read of aid, counted and listed."""
    return totals_page(request)


@never_cache
@login_required
@require_safe
def given(request: HttpRequest, office_id: str) -> HttpResponse:
    """All that an office gave, for its council."""
    return given_page(desk_of(request, office_id))


@never_cache
@login_required
@posted
def public(request: HttpRequest, public_id: str) -> HttpResponse:
    """What the public reads of a consignment, and the decision about it."""
    return publish_page(working_seat(request, public_id))


@never_cache
@login_required
@require_safe
def desk(request: HttpRequest, office_id: str) -> HttpResponse:
    """The consignments of an office."""
    return desk_page(desk_of(request, office_id))


@never_cache
@login_required
@posted
def new(request: HttpRequest, office_id: str) -> HttpResponse:
    """Record what comes."""
    return new_page(opening_seat(request, office_id, Permission.WRITE_CONSIGNMENT))


@never_cache
@login_required
@posted
def offer(request: HttpRequest, office_id: str) -> HttpResponse:
    """Offer a consignment to a partner."""
    return offer_page(opening_seat(request, office_id, Permission.GIVE_AID))


@never_cache
@posted
def consignment(request: HttpRequest, public_id: str) -> HttpResponse:
    """The working page for who gets it, the trace for who gives it, the public trace."""
    found = consignment_of(public_id)
    seat = seat_before(request, found)
    if seat is None:
        return public_page.public(request, found)
    return trace_page.donor(seat) if seat.gives else consignment_page(seat)


@never_cache
@login_required
@posted
def lines(request: HttpRequest, public_id: str) -> HttpResponse:
    """The lines, written and changed."""
    return lines_page(writing_seat(request, public_id))


@never_cache
@login_required
@posted
def customs(request: HttpRequest, public_id: str) -> HttpResponse:
    """Recipient, code, vehicles, declarations."""
    return customs_page(working_seat(request, public_id))


@never_cache
@login_required
@posted
def act(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """One act: count, value, issue, pass on, report, reverse."""
    return act_page(working_seat(request, public_id), kind)


@never_cache
@login_required
@posted
def files(request: HttpRequest, public_id: str) -> HttpResponse:
    """Files and photos: add, list, review."""
    return files_page(one_of_both(request, public_id))


@login_required
@require_safe
def file(request: HttpRequest, public_id: str, file_id: str) -> FileResponse:
    """A file, to be saved."""
    return file_bytes(one_of_both(request, public_id), file_id)


@never_cache
@login_required
@posted
def papers(request: HttpRequest, public_id: str) -> HttpResponse:
    """Papers: what can be made, versions, the evidence pack."""
    return papers_page(one_of_both(request, public_id))


@never_cache
@login_required
@posted
def paper(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """Make one paper."""
    return paper_page(one_of_both(request, public_id), kind)


@login_required
@require_safe
def paper_pdf(request: HttpRequest, public_id: str, paper_id: str) -> FileResponse:
    """A paper as PDF, to be saved."""
    return paper_file(one_of_both(request, public_id), paper_id, "pdf")


@login_required
@require_safe
def paper_docx(request: HttpRequest, public_id: str, paper_id: str) -> FileResponse:
    """A paper as DOCX, to be saved."""
    return paper_file(one_of_both(request, public_id), paper_id, "docx")


@login_required
@require_safe
def labels(request: HttpRequest, public_id: str) -> HttpResponse:
    """Labels for boxes, to be printed."""
    return labels_file(one_of_both(request, public_id))


@never_cache
@login_required
@require_safe
def checklist(request: HttpRequest, public_id: str) -> HttpResponse:
    """The check-list for export."""
    return checklist_page(one_of_both(request, public_id))


@never_cache
@login_required
@posted
def deadlines(request: HttpRequest, office_id: str) -> HttpResponse:
    """The days of an office's aid."""
    return deadlines_page(desk_of(request, office_id))
