"""All papers of a consignment: what can be made and what is missing, versions, pack, labels."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.accounts.permissions import Permission
from mistok.aid.models import Lot
from mistok.aid.papers import (
    EVIDENCE,
    PaperKind,
    box_labels,
    evidence_pack,
    kinds_for,
    may_make,
    usual_languages,
)
from mistok.aid.papers.evidence import why_no_pack
from mistok.papers import LANGUAGES, template
from mistok.web.acting import Act, Acts, Done, Mistake, Told, mistake_context, perform, shown
from mistok.web.aid.fields import AidForm
from mistok.web.aid.head import head_of
from mistok.web.aid.paper_cards import cards_of
from mistok.web.aid.paper_form import missing_labels
from mistok.web.aid.seats import AidSeat
from mistok.web.needs.fields import chosen
from mistok.web.procedure.slot_words import label_of_texts
from mistok.web.words import language_name

HOME = "uk"


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow:
    """One kind of paper as the page lists it."""

    title: str
    about: str
    why_not: str
    missing: str
    internal: bool
    versions: int
    url: str


class PackForm(AidForm):
    """The language that stands beside Ukrainian."""

    def __init__(self, seat: AidSeat, data: object = None, **more: object) -> None:
        super().__init__(data, **more)
        others = [(code, language_name(code)) for code in LANGUAGES if code != HOME]
        self.fields["language"] = chosen(gettext_lazy("Ukrainian, and beside it"), others)
        usual = usual_languages(seat.consignment, EVIDENCE)
        self.fields["language"].initial = next((code for code in usual if code != HOME), "en")


def papers_page(seat: AidSeat) -> HttpResponse:
    """The papers of a consignment, for the office that gets it or gives it."""
    page = partial(_page, seat)
    if seat.request.method == "POST":
        return perform(seat.request, _acts(seat), page)
    return page()


def labels_file(seat: AidSeat) -> HttpResponse:
    """Labels for the boxes, to be printed. Raises as `box_labels` does."""
    usual = usual_languages(seat.consignment, EVIDENCE)
    languages = list(dict.fromkeys([*usual, HOME, "en"]))[:2]
    content = box_labels(actor=seat.actor, consignment=seat.consignment, languages=languages)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="labels.pdf"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def _acts(seat: AidSeat) -> Acts:
    """The evidence pack, for who writes in the office that gets the goods."""
    if seat.gives or not seat.may(Permission.WRITE_CONSIGNMENT):
        return {}
    return {
        "pack": Act(
            title=_("Make the evidence pack"),
            button=_("Make the evidence pack"),
            make=partial(PackForm, seat),
            do=partial(_pack, seat),
            right=Permission.WRITE_CONSIGNMENT,
            office=seat.office,
            subject=seat.consignment.public_id,
            version=seat.consignment.version,
            follows=_(
                "One PDF for the giving council: what it gave, what came, to whom by category, "
                "what is left, reviewed photos, fingerprints of papers. The giver can read it "
                "at once."
            ),
            on=not why_no_pack(seat.consignment),
        )
    }


def _pack(seat: AidSeat, told: Told) -> Done:
    evidence_pack(
        actor=told.actor,
        consignment=seat.consignment,
        languages=[HOME, told.values["language"]],
    )
    return Done(_("The evidence pack is made. Read it before you tell the giver."))


def _page(
    seat: AidSeat,
    *,
    typed: Mapping[str, forms.Form] | None = None,
    mistake: Mistake | None = None,
) -> HttpResponse:
    typed = typed or {}
    counts: dict[str, int] = {}
    versions = cards_of(seat)
    for card in versions:
        counts[card.kind] = counts.get(card.kind, 0) + 1
    kinds = kinds_for(seat.consignment)
    context = {
        **head_of(seat, "papers"),
        "kinds": [_row(seat, one, counts) for one in kinds if not seat.gives or one.rule.by_giver],
        "versions": versions,
        "has_labels": Lot.objects.filter(line__consignment=seat.consignment).exists(),
        "may_label": _may_label(seat),
        "acts": shown(seat.request, _acts(seat), typed, mistake=mistake),
        "why_no_pack": "" if seat.gives else why_no_pack(seat.consignment),
        **mistake_context(mistake, typed),
    }
    status = mistake.status if mistake else 200
    return render(seat.request, "aid/papers.html", context, status=status)


def _row(seat: AidSeat, one: PaperKind, counts: Mapping[str, int]) -> KindRow:
    makes = one.can and may_make(seat.actor, seat.consignment, one.kind)
    missing: list[str] = []
    if makes:
        languages = usual_languages(seat.consignment, one.kind, gives=seat.gives)
        missing = missing_labels(seat, one, languages)
    return KindRow(
        title=one.title,
        about=label_of_texts(template(one.kind).about),
        why_not=one.why_not,
        missing="; ".join(missing),
        internal=one.readers == "internal",
        versions=counts.get(one.kind, 0),
        url=reverse("aid:paper_new", args=[seat.consignment.public_id, one.kind]) if makes else "",
    )


def _may_label(seat: AidSeat) -> bool:
    if seat.gives:
        return seat.may(Permission.GIVE_AID)
    return seat.may(Permission.WRITE_CONSIGNMENT) or seat.may(Permission.RECEIVE_GOODS)
