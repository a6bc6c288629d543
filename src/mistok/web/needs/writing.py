"""One need written or changed: the form, the item it is about, two who change it at once."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from mistok.accounts.permissions import Permission
from mistok.accounts.sentences import FACTOR_CODES
from mistok.kernel.errors import Conflict, Refusal
from mistok.needs.items import find_item, item
from mistok.needs.lines import (
    LetPass,
    NeedEntry,
    Passage,
    change_need,
    entry_of,
    entry_of_item,
    passages,
    write_need,
)
from mistok.needs.models import Need
from mistok.web.needs.acting import check_shown
from mistok.web.needs.guard_present import LetPassForm, marked_texts
from mistok.web.needs.need_form import NeedForm, answers_of, differing
from mistok.web.needs.seats import Writer
from mistok.web.needs.sentences import told
from mistok.web.needs.words import field_choices, title_of
from mistok.web.procedure.seats import may
from mistok.web.words import lang

MOST_FOUND = 8
GUARDED = frozenset({"dangerous_text", *FACTOR_CODES})


def new_page(writer: Writer) -> HttpResponse:
    """The form of a new need, or the way to the need that came of it."""
    request = writer.request
    code = _item_of(request)
    if request.method != "POST":
        return _page(writer, NeedForm(code, initial=answers_of(_beginning(code))))
    form = NeedForm(code, request.POST)
    if not form.is_valid():
        return _page(writer, form, mistake=_incomplete(), status=400)
    try:
        need = write_need(actor=writer.actor, office=writer.office, entry=form.entry())
    except Refusal as refusal:
        return _page(writer, form, mistake=told(refusal), status=refusal.status)
    messages.success(request, _("The need is in your list as a draft. Your office alone sees it."))
    return redirect("needs:need", public_id=need.public_id)


def edit_page(writer: Writer, need: Need) -> HttpResponse:
    """The form of a need that stands; whoever comes second sees both versions."""
    request = writer.request
    if request.method != "POST":
        return _page(writer, _form_of(need), need=need)
    form = NeedForm(need.item, request.POST)
    if not form.is_valid():
        return _page(writer, form, need=need, mistake=_incomplete(), status=400)
    found = passages(form.entry(), writer.office)
    letting = _letting(writer, found)
    try:
        _change(writer, need, form.entry(), letting.overruled)
    except Conflict as conflict:
        return _both(writer, need, form, conflict)
    except Refusal as refusal:
        told_of = {"found": marked_texts(form.entry(), found), "letting": letting, "danger": True}
        more = told_of if refusal.code in GUARDED else {}
        mistake = {"mistake": told(refusal), "factor": refusal.code}
        if refusal.code not in FACTOR_CODES:
            mistake["factor"] = ""
        return _page(writer, form, need=need, status=refusal.status, **mistake, **more)
    messages.success(request, _("The need is changed."))
    return redirect("needs:need", public_id=need.public_id)


def _change(writer: Writer, need: Need, entry: NeedEntry, overruled: list[LetPass]) -> None:
    """Write it anew; a danger is let pass by who may, in a session that has shown that it is she.

    Raises the service's refusals.
    """
    request = writer.request
    if overruled:
        right = Permission.PUBLISH_NEED
        check_shown(request, "change_need", need.public_id, right, writer.office)
    version = request.POST.get("version", "")
    sound = version.isascii() and version.isdigit() and len(version) < 10
    expected = int(version) if sound else 0
    change_need(actor=writer.actor, need=need, entry=entry, expected=expected, overruled=overruled)


def _letting(writer: Writer, found: Sequence[Passage]) -> LetPassForm:
    """Reasons for letting dangers pass; there is nothing to fill in for who must take them out."""
    approves = may(writer.actor, Permission.PUBLISH_NEED, writer.office)
    dangers = [one for one in found if one.danger] if approves else []
    form = LetPassForm(dangers, writer.request.POST, auto_id="pass-%s")
    form.full_clean()
    return form


def _both(writer: Writer, need: Need, form: NeedForm, conflict: Conflict) -> HttpResponse:
    """What stands now beside what was typed; sending it again replaces what stands."""
    need.refresh_from_db()
    typed_on = writer.request.POST.get("version", "")
    changed = str(need.version) != typed_on
    return _page(
        writer,
        form,
        need=need,
        mistake=told(conflict),
        status=conflict.status,
        differs=differing(form, entry_of(need)) if changed else [],
        need_version=str(need.version) if changed else typed_on,
    )


def _page(
    writer: Writer, form: NeedForm, *, need: Need | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    request = writer.request
    query = request.GET.get("q", "").strip()[:100]
    version = request.POST.get("version") or (str(need.version) if need else "")
    context = {
        "writer": writer,
        "form": form,
        "need": need,
        "words": title_of(need) if need else "",
        "item": item(form.code).name(lang()) if form.code else "",
        "query": query,
        "found": [] if need else _found(request, query),
        "need_version": version,
        "fields": field_choices(lang()),
        "wrong": [form[name] for name in form.errors] if form.is_bound else [],
        **more,
    }
    return render(request, "needs/edit.html" if need else "needs/new.html", context, status=status)


def _form_of(need: Need) -> NeedForm:
    return NeedForm(need.item, initial=answers_of(entry_of(need)))


def _beginning(code: str) -> NeedEntry:
    """What a new need begins with: what the catalogue knows of its item."""
    return entry_of_item(code) if code else NeedEntry(unit="piece")


def _item_of(request: HttpRequest) -> str:
    """The code of the item that the address names. Raises NotFound for none of ours."""
    code = request.GET.get("item", "")
    return item(code).code if code else ""


def _found(request: HttpRequest, query: str) -> list[tuple[str, str]]:
    """Items that the query may mean, with the address of the form about each."""
    office = request.GET.get("office", "")
    hits = find_item(query, lang(), MOST_FOUND) if query else ()
    base = reverse("needs:new")
    return [
        (
            hit.item.name(lang()),
            f"{base}?{urlencode({'item': hit.item.code} | ({'office': office} if office else {}))}",
        )
        for hit in hits
    ]


def _incomplete() -> str:
    return _("Something is missing or cannot be read. Nothing was recorded yet.")
