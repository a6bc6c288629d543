"""Several needs at once: items of the catalogue, each with an amount, in one form."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mistok.kernel.errors import Refusal
from mistok.needs.items import Amount, Item, find_item, items, unit
from mistok.needs.lines import copy_needs
from mistok.web.needs.fields import read_amount
from mistok.web.needs.seats import Writer
from mistok.web.needs.sentences import told
from mistok.web.needs.words import field_choices
from mistok.web.words import lang

MOST_FOUND = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An item with the box for its amount, as it was filled in."""

    code: str
    name: str
    unit: str
    typed: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Picked:
    """What the form says: texts by item, exact amounts, and what cannot be read."""

    typed: Mapping[str, str]
    amounts: Mapping[str, Amount]
    errors: Mapping[str, str]


def read(values: Mapping[str, str]) -> Picked:
    """The amounts of a form; those that cannot be read are told by item."""
    typed, amounts, errors = {}, {}, {}
    for one in items():
        text = values.get(f"n_{one.code}", "").strip()[:40]
        if not text:
            continue
        typed[one.code] = text
        try:
            amounts[one.code] = read_amount(text, one.unit)
        except ValidationError as error:
            errors[one.code] = " ".join(error.messages)
    return Picked(typed, amounts, errors)


def catalogue_page(writer: Writer) -> HttpResponse:
    """The items to choose from, or what became of the choice."""
    request = writer.request
    picked = read(request.POST)
    if request.method != "POST" or request.POST.get("act") != "take":
        return _page(writer, picked)
    if picked.errors:
        return _page(writer, picked, mistake=_("Some amounts cannot be read."), status=400)
    if not picked.amounts:
        nothing = _("No amount is filled in. Write how many beside what is needed.")
        return _page(writer, picked, mistake=nothing, status=400)
    chosen = [(code, exact.number, exact.unit) for code, exact in picked.amounts.items()]
    try:
        made = copy_needs(actor=writer.actor, office=writer.office, items=chosen)
    except Refusal as refusal:
        return _page(writer, picked, mistake=told(refusal), status=refusal.status)
    count = len(made)
    sentence = ngettext(
        "%(count)s need is in your list as a draft. Look it over, then show it to your partners.",
        "%(count)s needs are in your list as drafts. Look them over, then show them to your "
        "partners.",
        count,
    )
    messages.success(request, sentence % {"count": count})
    return redirect(f"{reverse('needs:board')}?whose=own&state=draft")


def _page(writer: Writer, picked: Picked, *, mistake: str = "", status: int = 200) -> HttpResponse:
    request = writer.request
    asked = _asked(request)
    context = (
        groups(picked, **asked)
        | asked
        | {
            "writer": writer,
            "mistake": mistake,
            "clusters": field_choices(lang()),
        }
    )
    return render(request, "needs/catalogue.html", context, status=status)


def _asked(request: HttpRequest) -> dict[str, str]:
    values = request.POST if request.method == "POST" else request.GET
    return {"query": values.get("q", "").strip()[:100], "cluster": values.get("cluster", "")}


def groups(picked: Picked, query: str, cluster: str) -> dict[str, Any]:
    """Every item once: chosen, found, then the rest by field of help."""
    chosen = [one for one in items() if one.code in picked.typed]
    found = [hit.item for hit in find_item(query, lang(), MOST_FOUND)] if query else []
    known = {code for code, _name in field_choices(lang())}
    if cluster in known:
        found = [one for one in found if one.cluster == cluster] if query else []
    placed = {one.code for one in (*chosen, *found)}
    rest = [one for one in items() if one.code not in placed]
    return {
        "chosen": [_line(one, picked) for one in chosen],
        "found": [_line(one, picked) for one in found if one.code not in picked.typed],
        "missed": bool(query) and not found,
        "groups": [
            (name, [_line(one, picked) for one in rest if one.cluster == code], code == cluster)
            for code, name in field_choices(lang())
        ],
    }


def _line(one: Item, picked: Picked) -> Line:
    return Line(
        code=one.code,
        name=one.name(lang()),
        unit=unit(one.unit).symbols[lang()],
        typed=picked.typed.get(one.code, ""),
        error=picked.errors.get(one.code, ""),
    )
