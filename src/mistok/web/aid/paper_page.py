"""The page on which one paper of aid is made: its languages, its words, its versions."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.aid.models import AidAct
from mistok.aid.papers import PaperKind, make_paper, may_make, usual_languages
from mistok.aid.papers.kinds import kind_for
from mistok.aid.papers.making import unknown_paper
from mistok.papers import LANGUAGES, template
from mistok.web.acting import Act, Acts, Done, Mistake, Told, mistake_context, perform, shown
from mistok.web.aid.act_rows import act_title
from mistok.web.aid.head import head_of
from mistok.web.aid.paper_cards import cards_of
from mistok.web.aid.paper_form import PaperForm
from mistok.web.aid.seats import AidSeat
from mistok.web.needs.words import day_words
from mistok.web.procedure.slot_words import label_of_texts

LEFT, RIGHT = "left", "right"


def paper_page(seat: AidSeat, kind: str) -> HttpResponse:
    """The form of one kind. Raises NotFound for no kind or none of this side, NotAllowed."""
    found = kind_for(seat.consignment, kind)
    if found is None or (seat.gives and not found.rule.by_giver):
        raise unknown_paper()
    if not may_make(seat.actor, seat.consignment, kind):
        check_can(seat.actor, right_of(seat, found), office=seat.office)
    page = partial(_page, seat, found)
    if seat.request.method == "POST":
        return perform(seat.request, _acts(seat, found), page)
    return page()


def right_of(seat: AidSeat, found: PaperKind) -> Permission:
    """By which right of this person's office the paper is made."""
    if seat.gives:
        return Permission.GIVE_AID
    writes = seat.may(Permission.WRITE_CONSIGNMENT)
    return Permission.WRITE_CONSIGNMENT if writes else found.rule.right


def languages_of(seat: AidSeat, kind: str) -> list[str]:
    """One or two languages as the address names them, else those of the sides."""
    told = seat.request.GET
    if LEFT not in told:
        return usual_languages(seat.consignment, kind, gives=seat.gives)
    asked = [told.get(LEFT, ""), told.get(RIGHT, "")]
    return list(dict.fromkeys(code for code in asked if code in LANGUAGES)) or ["en"]


def act_of(seat: AidSeat, found: PaperKind) -> AidAct | None:
    """The act that the address names, else the last one; none for papers of no act."""
    asked = seat.request.GET.get("act", "")
    last = found.acts[0] if found.acts else None
    return next((act for act in found.acts if act.public_id == asked), last)


def _acts(seat: AidSeat, found: PaperKind) -> Acts:
    languages = languages_of(seat, found.kind)
    return {
        "make": Act(
            title=found.title,
            button=_("Make the paper"),
            make=partial(PaperForm, seat, found, languages, act_of(seat, found)),
            do=partial(_make, seat, found, languages),
            right=right_of(seat, found),
            office=seat.office,
            subject=seat.consignment.public_id,
            version=seat.consignment.version,
            on=found.can,
        )
    }


def _make(seat: AidSeat, found: PaperKind, languages: list[str], told: Told) -> Done:
    form = told.form
    if not isinstance(form, PaperForm):
        raise TypeError(type(form))
    make_paper(
        actor=told.actor,
        consignment=seat.consignment,
        kind=found.kind,
        languages=languages,
        act=act_of(seat, found),
        words=form.words(),
    )
    papers = reverse("aid:papers", args=[seat.consignment.public_id])
    return Done(_("The paper is made. Read it before you sign or send it."), papers)


def _page(
    seat: AidSeat,
    found: PaperKind,
    *,
    typed: Mapping[str, forms.Form] | None = None,
    mistake: Mistake | None = None,
) -> HttpResponse:
    typed = typed or {}
    acts = shown(seat.request, _acts(seat, found), typed, mistake=mistake)
    context: dict[str, Any] = {
        **head_of(seat, "papers"),
        "title": found.title,
        "about": label_of_texts(template(found.kind).about),
        "source": label_of_texts(template(found.kind).source),
        "why_not": found.why_not,
        "one": acts[0] if acts else None,
        "paper_languages": languages_of(seat, found.kind),
        "acts_offered": [(one, f"{act_title(one)}, {day_words(one.day)}") for one in found.acts],
        "act": act_of(seat, found),
        "languages_offered": LANGUAGES,
        "versions": cards_of(seat, found.kind),
        **mistake_context(mistake, typed),
    }
    status = mistake.status if mistake else 200
    return render(seat.request, "aid/paper.html", context, status=status)
