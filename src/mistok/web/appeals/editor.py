"""The editor of a letter: what is asked of whom, in whose words, with the letter beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.kernel.errors import Invalid, NotAllowed, Refusal
from mistok.kernel.ids import is_place_key
from mistok.needs.appeals import (
    Partner,
    addressees_of,
    change_appeal,
    correct_appeal,
    entry_of,
    lines_of,
    partners_of,
    sources_of_correction,
    write_appeal,
)
from mistok.needs.lifecycle import AppealState, NeedState
from mistok.needs.models import Appeal, Need
from mistok.needs.models.lines import EndUser, Priority
from mistok.web.appeals import boxes
from mistok.web.appeals.previewing import preview_context
from mistok.web.appeals.seats import writing_offices
from mistok.web.appeals.sheet import MOST_OTHERS, Sheet, Written, from_entry, from_post, written
from mistok.web.procedure.acting import Mistake, expected_of, mistake_of
from mistok.web.procedure.opening import found_places

MOST_LINES = 100
MOST_NEEDS = 150
"""Needs that the form offers at once: a browser sends two fields of each."""
URGENCY = Case(*(When(priority=one, then=n) for n, one in enumerate(Priority.values)), default=9)
CARRIED = (
    "recipient",
    "recipient_code",
    "recipient_registration",
    "contact_person",
    "contact_unit",
    "contact_mail",
    "contact_phone",
    "sender_authority",
    "sender_seat",
    "signatory",
    "signatory_office",
)
"""What stands alike on all letters of an office: offered again, to be looked at."""


@dataclass(frozen=True)
class Desk:
    """One letter in the making: by which office, which letter if it is kept, and its form."""

    office: Office
    sheet: Sheet
    appeal: Appeal | None = None

    @cached_property
    def partners(self) -> tuple[Partner, ...]:
        """Municipalities with a living tie."""
        return partners_of(self.office)

    @cached_property
    def needs(self) -> dict[str, Need]:
        """What can be asked for: what stands in the letter already, then the other open needs.

        A letter that went out keeps its lines. Beyond MOST_NEEDS the most urgent are shown.
        """
        found = [line.need for line in lines_of(self.appeal)] if self.appeal is not None else []
        if not self.corrects:
            rows = Need.objects.of(self.office).filter(state=NeedState.OPEN)
            rows = rows.exclude(end_user=EndUser.DEFENCE)
            asked = rows.filter(public_id__in=self.sheet.needs)
            found += [*asked, *rows.order_by(URGENCY, "needed_by", "pk")[:MOST_NEEDS]]
        return {need.public_id: need for need in found}

    @cached_property
    def written(self) -> Written:
        """What the form says."""
        return written(self.sheet, self.needs)

    @property
    def corrects(self) -> bool:
        """Whether the letter went out, so that what is written corrects it."""
        return self.appeal is not None and self.appeal.state != AppealState.DRAFT


def writing_office(request: HttpRequest) -> Office:
    """For which office a new letter is written. Raises NotAllowed."""
    offices = writing_offices(Actor(user=request.user))
    asked = request.POST.get("office") or request.GET.get("office", "")
    found = next((one for one in offices if one.public_id == asked), None)
    if found is None and not offices:
        raise NotAllowed(
            _(
                "Letters of appeal are written by officers of verified offices of Ukrainian "
                "hromadas. Claim your office first, or offer help instead."
            ),
            code="no_office",
        )
    return found or offices[0]


def new_desk(request: HttpRequest) -> Desk:
    """An empty form, but for what stands alike on the last letter and what the address names."""
    office = writing_office(request)
    if request.method == "POST":
        return Desk(office, from_post(request.POST))
    last = Appeal.objects.of(office).order_by("-pk").first()
    known = from_entry(entry_of(last), (), ()).values if last is not None else {}
    values = {name: text for name, text in known.items() if name.partition(".")[0] in CARRIED}
    needs = request.GET.getlist("need")[:MOST_LINES]
    places = [key for key in request.GET.getlist("to") if is_place_key(key)]
    return Desk(office, Sheet(values=values, needs=needs, places=places[:MOST_OTHERS]))


def desk_of(request: HttpRequest, appeal: Appeal) -> Desk:
    """The form of a letter that is kept."""
    if request.method == "POST":
        return Desk(appeal.office, from_post(request.POST), appeal)
    sources = sources_of_correction(appeal)
    if sources:
        first, to = sources[0], [one.to for one in sources]
        return Desk(appeal.office, from_entry(first.entry, first.lines, to), appeal)
    sheet = from_entry(entry_of(appeal), lines_of(appeal), addressees_of(appeal))
    return Desk(appeal.office, sheet, appeal)


def act_on_letter(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Keep it, or show it again with a preview, a place more, or other languages."""
    actor = Actor(user=request.user)
    if request.POST.get("act") != "save":
        check_can(actor, Permission.WRITE_APPEAL, office=desk.office)
        return editor(request, desk)
    if desk.written.wrong:
        message = _("Something cannot be read. Nothing was recorded yet.")
        return editor(request, desk, Mistake(name="save", message=message))
    try:
        appeal = _kept(request, desk, actor)
    except Refusal as refusal:
        if desk.appeal is not None:
            desk.appeal.refresh_from_db()
        return editor(request, desk, mistake_of("save", refusal))
    told = _("The correction waits for the approver.") if desk.corrects else _("The draft is kept.")
    messages.success(request, told)
    return redirect("appeals:story", appeal.public_id)


def _kept(request: HttpRequest, desk: Desk, actor: Actor) -> Appeal:
    told = desk.written
    said: dict[str, Any] = {
        "entry": told.entry,
        "lines": told.lines,
        "addressees": told.addressees,
        "actor": actor,
    }
    if desk.appeal is None:
        return write_appeal(office=desk.office, **said)
    if set(desk.sheet.needs) - desk.needs.keys():
        raise Invalid(
            _("A need that you chose is no longer open. Look at the list, then save again."),
            code="need_not_open",
        )
    do = correct_appeal if desk.corrects else change_appeal
    return do(appeal=desk.appeal, expected=expected_of(request), **said)


def editor(request: HttpRequest, desk: Desk, mistake: Mistake | None = None) -> HttpResponse:
    """The page with the form, filled in, and the letter under it."""
    found = boxes.addressee_boxes(desk.sheet, desk.partners)
    if desk.corrects:
        found = [one for one in found if one.checked]
    names = {one.key: one.name for one in found}
    languages = desk.sheet.languages({one.key: one.language for one in found})
    query = request.POST.get("q", "").strip()[:200]
    wrong = desk.written.wrong
    context = {
        "heading": _heading(desk),
        "office": desk.office,
        "corrects": desk.corrects,
        "title": desk.sheet.value("title"),
        "version": desk.appeal.version if desk.appeal else 0,
        "action": request.path,
        "register_url": reverse("appeals:register"),
        "story_url": reverse("appeals:story", args=[desk.appeal.public_id]) if desk.appeal else "",
        "needs": boxes.need_boxes(desk.sheet, desk.needs, wrong),
        "addressees": found,
        "choices": boxes.choices(),
        "others": desk.sheet.others,
        "query": query,
        "found": found_places(query, [desk.office.place, *names]),
        "groups": boxes.groups(desk.sheet, languages, wrong),
        "kept": list(boxes.kept_hidden(desk.sheet, languages)),
        "mistake": mistake,
        "wrong": _wrong(wrong),
        "form_here": True,
        **preview_context(desk.office, desk.sheet, desk.written, names),
    }
    status = mistake.status if mistake else 200
    return render(request, "appeals/editor.html", context, status=status)


def _heading(desk: Desk) -> str:
    if desk.corrects:
        return _("Correct the letter")
    return _("Change the draft") if desk.appeal else _("Write a letter of appeal")


def _wrong(wrong: Mapping[str, str]) -> list[tuple[str, str]]:
    """Where on the form each mistake stands."""
    return [(f"part-{n}" if "." not in n else n.replace(".", "-"), s) for n, s in wrong.items()]
