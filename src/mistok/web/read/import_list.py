"""A pasted list of partners: every line is looked at by a person before it is taken."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mistok.accounts.actors import Actor
from mistok.ingest.lists import Listed, import_list, read_list
from mistok.ingest.runs.scope import Scope
from mistok.ingest.tables import Cited
from mistok.kernel.errors import Refusal
from mistok.provenance.models import Source
from mistok.registry.gazetteer import the_world
from mistok.web.labels import EVENT_LABELS
from mistok.web.needs import keeping
from mistok.web.read.import_forms import ListForm
from mistok.web.read.import_words import report_context, seat_name
from mistok.web.read.imports import first_page, person_of
from mistok.web.refusals import sentence
from mistok.web.words import kind_label, label_of, lang, stated_words

TOLD = ("owner", "title", "publisher", "address", "published")


@never_cache
@login_required
@require_POST
def import_list_page(request: HttpRequest) -> HttpResponse:
    """Look at the lines, choose, take."""
    Scope(Actor(user=request.user))
    data = request.POST.copy()
    try:
        if token := data.get("token", ""):
            data["text"] = keeping.kept(token, person_of(request)).decode()
        form = ListForm(data, auto_id="list-%s")
        if not form.is_valid():
            return first_page(request, mistake=_wrong(form), listed=form, status=400)
        text = form.cleaned_data["text"]
        listed = read_list(text, form.cleaned_data["owner"].strip())
        token = token or keeping.keep(text.encode(), person_of(request))
        if data.get("act") == "take":
            return _take(request, form, listed, token)
        return _look(request, form, listed, token)
    except Refusal as refusal:
        return first_page(request, mistake=sentence(refusal), status=refusal.status)


def _wrong(form: ListForm) -> str:
    return " ".join(
        f"{form.fields[name].label}: {error}"
        for name, errors in form.errors.items()
        for error in errors
    )


def _look(request: HttpRequest, form: ListForm, listed: list[Listed], token: str) -> HttpResponse:
    told = form.cleaned_data
    key = the_world().canonical(told["owner"].strip())
    context = {
        "token": token,
        "owner": the_world().get(key).name_in(lang()) if key else told["owner"],
        "hidden": [(name, str(told[name] or "")) for name in TOLD],
        "lines": [_line(one) for one in listed],
        "sure": sum(one.sure for one in listed),
    }
    return render(request, "read/import_list.html", context)


def _line(one: Listed) -> dict[str, Any]:
    """A line with the places that may be meant; a sure one is ticked beforehand."""
    choices = [
        {"key": place.key, "name": f"{place.name_in(lang())} ({place.country}), {place.key}"}
        for place in one.candidates
    ]
    return {
        "one": one,
        "place": seat_name(one.seat) if one.seat else "",
        "choices": choices,
        "what": label_of(EVENT_LABELS, one.event),
        "kind": kind_label(one.kind),
        "date": stated_words(one.date),
    }


def _take(request: HttpRequest, form: ListForm, listed: list[Listed], token: str) -> HttpResponse:
    told = form.cleaned_data
    chosen = {one.number: key for one in listed if (key := _chosen(request, one))}
    report = import_list(
        actor=Actor(user=request.user),
        text=told["text"],
        owner_key=told["owner"].strip(),
        chosen=chosen,
        cited=Cited(
            title=told["title"],
            publisher=told["publisher"],
            url=told["address"],
            published=told["published"],
            source_kind=Source.Kind.MUNICIPALITY,
        ),
        name=told["title"],
    )
    keeping.drop(token, person_of(request))
    return render(request, "read/import_done.html", report_context(report))


def _chosen(request: HttpRequest, one: Listed) -> str:
    """The place that was chosen for a line: the sure one ticked, or one of the candidates."""
    key = request.POST.get(f"line_{one.number}", "")
    if one.seat is not None:
        return one.seat.key if key else ""
    return key if key in {place.key for place in one.candidates} else ""
