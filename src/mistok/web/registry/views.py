"""Pages of the registry. Load, call, answer."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from mistok.kernel.errors import NotFound
from mistok.kernel.ids import is_public_id
from mistok.provenance.models import Source
from mistok.registry.gazetteer import the_world
from mistok.registry.selectors import public_tie, resolve_place
from mistok.web.aid.totals_page import aid_of_place
from mistok.web.living.links import place_links, tie_links
from mistok.web.needs.links import needs_of_place
from mistok.web.registry.lists import (
    known_country,
    places_context,
    ties_context,
)
from mistok.web.registry.place_page import place_context, provisional_context
from mistok.web.registry.source_page import source_context
from mistok.web.registry.suggest import suggestions_context
from mistok.web.registry.sweep_page import (
    act_paper,
    council_context,
    sweep_context,
    tie_paper,
)
from mistok.web.registry.tie_page import tie_context


@require_safe
def place_list(request: HttpRequest) -> HttpResponse:
    """Search by name, or browse what has ties."""
    return render(request, "registry/place_list.html", places_context(request))


@cache_control(private=True, max_age=60)
@require_safe
def place_suggestions(request: HttpRequest) -> HttpResponse:
    """What may be meant by the letters typed so far: a list for under a search box, no page.

    The only answer that is no whole page. It goes out with every letter, so it is kept small.
    """
    country = known_country(request.GET.get("country", ""))
    context = suggestions_context(request.GET.get("q", ""), country)
    return HttpResponse(render_to_string("registry/suggestions.html", context))


@require_safe
def place_detail(request: HttpRequest, key: str) -> HttpResponse:
    """One place; an alias or a merged key leads to the place that stands."""
    standing, row = resolve_place(key)
    if standing != key:
        return redirect("registry:place", key=standing)
    if standing.startswith("place_") and row is not None:
        return render(request, "registry/place_detail.html", provisional_context(row))
    place = the_world().get(standing)
    context = place_context(place, row) | place_links(request, standing)
    context |= needs_of_place(request, standing) | aid_of_place(standing)
    return render(request, "registry/place_detail.html", context)


@require_safe
def tie_list(request: HttpRequest) -> HttpResponse:
    """All public ties, with filters."""
    return render(request, "registry/tie_list.html", ties_context(request))


@require_safe
def tie_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """The whole life of one tie; the id of a merged one leads to the tie that stands."""
    tie = public_tie(public_id)
    if tie.public_id != public_id:
        return redirect("registry:tie", public_id=tie.public_id)
    context = tie_context(tie) | tie_links(request, tie)
    return render(request, "registry/tie_detail.html", context)


@require_safe
def sweep(request: HttpRequest) -> HttpResponse:
    """Ties with aggressor states."""
    return render(request, "registry/sweep.html", sweep_context(request))


@require_safe
def sweep_paper(request: HttpRequest, public_id: str, kind: str, form: str) -> HttpResponse:
    """A draft that ends one tie: resolution or notice, as PDF or DOCX."""
    return tie_paper(public_id, kind, form, request.GET.get("for", ""))


@require_safe
def sweep_act(request: HttpRequest, key: str) -> HttpResponse:
    """Several ties of one council to choose from, for one act."""
    return render(request, "registry/sweep_act.html", council_context(key))


@require_safe
def sweep_act_file(request: HttpRequest, key: str) -> HttpResponse:
    """One draft act that ends the chosen ties."""
    return act_paper(key, request.GET.getlist("tie"), request.GET.get("form", "pdf"))


@require_safe
def source_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """What one source says."""
    source = None
    if is_public_id(public_id, "source"):
        source = Source.objects.filter(public_id=public_id).first()
    if source is None:
        raise NotFound(_("There is no source with this address."), code="source_unknown")
    return render(request, "registry/source_detail.html", source_context(request, source))
