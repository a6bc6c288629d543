"""The form of one kind of paper, its preview in pairs, its versions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.accounts.permissions import Permission
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, Refusal
from mistok.papers import LANGUAGES, compose, slots_of, template
from mistok.partnering.models import PaperVersion, RunSide
from mistok.partnering.procedure.filling import known_slots
from mistok.partnering.procedure.selectors import papers_for
from mistok.partnering.procedure.services import make_paper
from mistok.partnering.procedure.services.papers import access_of, merged
from mistok.partnering.procedure.templates import template as way
from mistok.partnering.procedure.words import PAPERS
from mistok.web.procedure.acting import Mistake, expected_of, mistake_of
from mistok.web.procedure.files import paper_card
from mistok.web.procedure.preview import PieceView, pieces_of
from mistok.web.procedure.run_page import head_context
from mistok.web.procedure.seats import Seat
from mistok.web.procedure.slot_words import label_of_texts
from mistok.web.procedure.slots import Wrong, mistakes, read_slots, views

BINDING = {
    "no": gettext_lazy("It binds nobody."),
    "usually_not": gettext_lazy("Usually it binds nobody."),
    "political": gettext_lazy("It binds politically, not in court."),
    "internal": gettext_lazy("It is for the own house."),
}
CARRIED = frozenset(
    "sender_authority sender_seat council lead_unit signatory_office signatory contact_unit "
    "contact_person contact_mail contact_phone addressee_office addressee_name addressee_seat "
    "salutation agreement_title areas parties".split()
)
"""What stands alike on several papers of one house: offered again, to be looked at."""
SLOT_CODES = frozenset({"slot_missing", "slot_wrong", "slot_unknown"})


class Draft:
    """One paper in the making: kind, side, languages, and what stands in its form."""

    def __init__(self, seat: Seat, kind: str, told: QueryDict) -> None:
        if kind not in PAPERS:
            raise NotFound(
                _("There is no such paper. Choose one of the list."), code="paper_unknown"
            )
        self.seat, self.kind = seat, kind
        self.side = _side(seat, told.get("side", ""))
        self.step = told.get("step", "")[:60]
        self.versions = list(papers_for(seat.run, seat.own_office).filter(kind=kind))
        self.languages = _languages(told, self._last, seat)
        self.slots = self._known()

    @property
    def _last(self) -> PaperVersion | None:
        mine = (one for one in self.versions if one.position == self.position)
        return next(mine, None)

    @property
    def position(self) -> int:
        """The position of the side that makes it."""
        return self.side.position

    def known(self) -> dict[str, Any]:
        """What the record says."""
        return known_slots(
            self.seat.run, self.side, self.seat.own_office, self.kind, self.languages
        )

    def _known(self) -> dict[str, Any]:
        """What the record says, over it what the last version of this paper said."""
        if self._last is not None:
            return {**self.known(), **self._last.slots}
        return merged(self._carried(), self.known())

    def _carried(self) -> dict[str, Any]:
        """What the office's other papers of this run say of the same things, the latest first."""
        asked = {slot.name: slot for slot in slots_of(self.kind) if slot.name in CARRIED}
        rows = papers_for(self.seat.run, self.seat.own_office).order_by("-pk")
        found: dict[str, Any] = {}
        for row in rows.filter(position=self.position):
            for name in asked.keys() & row.slots.keys() - found.keys():
                if row.slots[name] and row.languages == self.languages:
                    found[name] = _fitting(asked[name], row.slots[name])
        return found

    def whole(self) -> dict[str, Any]:
        """The form's slots over the record's, as the service will merge them."""
        return merged(self.known(), self.slots)


def _fitting(slot: Any, value: Any) -> Any:
    if slot.type != "rows":
        return value
    wanted = {field.name for field in slot.fields}
    return [{name: cell for name, cell in row.items() if name in wanted} for row in value]


def _side(seat: Seat, text: str) -> RunSide:
    """The side for which the paper is made: one of those for which this office tells."""
    own = seat.own_sides
    asked = (side for side in own if str(side.position) == text)
    return next(asked, None) or seat.side or own[0]


def _languages(told: QueryDict, last: PaperVersion | None, seat: Seat) -> list[str]:
    asked = [told.get("left", ""), told.get("right", "")]
    if "left" in told:
        return list(dict.fromkeys(code for code in asked if code in LANGUAGES)) or ["en"]
    return list(last.languages) if last is not None else side_languages(seat)


def side_languages(seat: Seat) -> list[str]:
    """A language of each side, the own one first; English where a side has none that we write."""
    own = seat.side
    sides = sorted(seat.run.sides.all(), key=lambda side: side != own)
    ways = (way(side.template, side.template_version) for side in sides)
    spoken = [next((c for c in one.languages if c in LANGUAGES), "en") for one in ways]
    return [*dict.fromkeys([*spoken, "en", "uk"])][:2]


def act_on_paper(request: HttpRequest, draft: Draft) -> HttpResponse:
    """A row more, other languages, a preview, or the paper itself."""
    data, act = request.POST, request.POST.get("act", "")
    draft.slots = read_slots(data, draft.kind, draft.languages)
    more = data.get("more", "")
    if more or act == "languages":
        return paper_form(request, draft, more=more)
    if act == "preview":
        return _previewed(request, draft)
    return _made(request, draft)


def _previewed(request: HttpRequest, draft: Draft) -> HttpResponse:
    try:
        paper = compose(
            draft.kind, draft.languages, draft.whole(), office=draft.seat.own_office.name
        )
    except Invalid as refusal:
        return _refused(request, draft, refusal)
    return paper_form(request, draft, preview=pieces_of(paper))


def _made(request: HttpRequest, draft: Draft) -> HttpResponse:
    seat = draft.seat
    try:
        made = make_paper(
            actor=seat.actor,
            office=seat.own_office,
            run=seat.run,
            side=draft.position,
            kind=draft.kind,
            languages=draft.languages,
            slots=draft.slots,
            step=draft.step,
            expected=expected_of(request),
        )
    except (Invalid, Conflict, NotAllowed, NotFound) as refusal:
        seat.run.refresh_from_db()
        return _refused(request, draft, refusal)
    messages.success(request, _("The paper is made. Read it before you send it."))
    return redirect("procedure:version", seat.run.public_id, made.public_id)


def _refused(request: HttpRequest, draft: Draft, refusal: Refusal) -> HttpResponse:
    """Each field that is wrong says so itself; the head lists them all."""
    mistake = mistake_of("make", refusal)
    wrong: dict[str, Wrong] = {}
    if refusal.code in SLOT_CODES:
        wrong = mistakes(draft.kind, draft.languages, draft.whole())
        message = _("The paper is not made yet. What you wrote stands below.")
        mistake = Mistake(name="make", message=message, code=refusal.code, status=refusal.status)
    return paper_form(request, draft, wrong=wrong, mistake=mistake)


def paper_form(
    request: HttpRequest,
    draft: Draft,
    *,
    wrong: Mapping[str, Wrong] | None = None,
    mistake: Mistake | None = None,
    more: str = "",
    preview: Sequence[PieceView] = (),
) -> HttpResponse:
    """The page with the form of a paper."""
    seat, found = draft.seat, template(draft.kind)
    fields = views(draft.kind, draft.languages, draft.slots, wrong, more)
    context = head_context(seat.run) | {
        "title": str(PAPERS[draft.kind]),
        "about": label_of_texts(found.about),
        "source": label_of_texts(found.source),
        "binding": str(BINDING[found.binding]),
        "template_version": found.version,
        "internal": access_of(draft.kind) == "internal",
        "draft": draft,
        "fields": fields,
        "wrong": [one for one in fields if one.error],
        "mistake": mistake,
        "more": more,
        "preview": preview,
        "languages_offered": LANGUAGES,
        "versions": [paper_card(seat, row) for row in draft.versions],
        "may_make": seat.may(Permission.DO_STEP) and not seat.run.closed_at,
        "action": reverse("procedure:paper", args=[seat.run.public_id, draft.kind]),
    }
    status = mistake.status if mistake else 200
    return render(request, "procedure/paper.html", context, status=status)


def version_context(seat: Seat, paper: PaperVersion) -> dict[str, Any]:
    """One version as it was made, word for word, from its kept slots."""
    composed = compose(
        paper.kind,
        paper.languages,
        paper.slots,
        office=paper_card(seat, paper).maker,
        version=paper.template_version,
    )
    return head_context(seat.run) | {
        "paper": paper_card(seat, paper),
        "docx_sha256": paper.docx_sha256,
        "preview": pieces_of(composed),
        "languages_of": paper.languages,
        "form_url": reverse("procedure:paper", args=[seat.run.public_id, paper.kind])
        + f"?side={paper.position}&step={paper.step}",
        "scan_url": reverse("procedure:scans", args=[seat.run.public_id])
        + f"?kind={paper.kind}&side={paper.position}&of={paper.public_id}",
    }


def papers_context(seat: Seat) -> dict[str, Any]:
    """All papers of a run, and every kind that can be made."""
    office, run = seat.own_office, seat.run
    return head_context(run) | {
        "papers": [paper_card(seat, row) for row in papers_for(run, office)],
        "kinds": [
            {
                "title": str(words),
                "about": label_of_texts(template(kind).about),
                "url": reverse("procedure:paper", args=[run.public_id, kind]),
            }
            for kind, words in PAPERS.items()
        ],
    }
