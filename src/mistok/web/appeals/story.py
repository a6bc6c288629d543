"""The page of a letter: where it stands and who is next, what went out, what came back."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.accounts.permissions import Permission
from mistok.kernel.errors import Refusal
from mistok.needs import appeals
from mistok.needs.appeals import Source, preview_of
from mistok.needs.lifecycle import AppealState
from mistok.needs.models import Answer, Letter
from mistok.papers import compose
from mistok.web.answers.words import place_name
from mistok.web.appeals.acting import Done, Shown, shown
from mistok.web.appeals.line_cards import TOLD, line_cards
from mistok.web.appeals.previewing import missing_of, shown_pieces
from mistok.web.appeals.seats import Seat
from mistok.web.appeals.sent_cards import addressee_cards
from mistok.web.appeals.story_acts import acts_on
from mistok.web.appeals.talk import moments, said_cards
from mistok.web.appeals.talk_acts import talk_acts
from mistok.web.appeals.words import appeal_badge, expired, number_words
from mistok.web.procedure.acting import Mistake
from mistok.web.procedure.preview import PieceView
from mistok.web.procedure.words import day_words
from mistok.web.refusals import sentence
from mistok.web.registry.present import place_url

SECRET = frozenset({"answer_address"})
"""What a letter holds and no page shows: its link answers in the name of the addressee."""
BEFORE = (AppealState.DRAFT, AppealState.IN_REVIEW, AppealState.APPROVED)


def story_page(
    request: HttpRequest,
    seat: Seat,
    *,
    typed: Mapping[str, forms.Form] | None = None,
    mistake: Mistake | None = None,
    done: Done | None = None,
) -> HttpResponse:
    """The page, with what was typed where an act was refused."""
    context = story_context(seat, typed or {}) | {"mistake": mistake, "done": done}
    status = mistake.status if mistake else 200
    return render(request, "appeals/story.html", context, status=status)


def story_context(seat: Seat, typed: Mapping[str, forms.Form]) -> dict[str, Any]:
    """Everything that this reader may know of the letter."""
    appeal, own = seat.appeal, seat.addressee is None
    acts, talk = acts_on(seat), talk_acts(seat)
    sender = place_name(appeal.office.place, appeal.office.name)
    return {
        "appeal": appeal,
        "own": own,
        "title": appeal.title if own else _("Letter from %(name)s") % {"name": sender},
        "number": number_words(appeal),
        "badge": appeal_badge(appeal),
        "next": next_act(seat),
        "returned": appeal.returned_because if own else "",
        "recalled": appeal.recall_reason if appeal.state == AppealState.RECALLED else "",
        "corrected": _correcting(seat),
        "valid_until": day_words(appeal.valid_until),
        "sender": sender,
        "sender_url": place_url(appeal.office.place),
        "acts": shown(acts, acts, {k: v for k, v in typed.items() if k in acts}),
        "talks": _by_answer(shown(talk, talk, {k: v for k, v in typed.items() if k in talk})),
        "edit_url": _edit_url(seat),
        "answer_url": _answer_url(seat),
        "lines": line_cards(seat),
        "addressees": addressee_cards(seat),
        "said": said_cards(seat),
        "timeline": moments(seat),
        **letters_shown(seat),
    }


def _by_answer(acts: list[Shown]) -> dict[str, Shown]:
    return {one.name.partition("-")[2] or one.name: one for one in acts}


def next_act(seat: Seat) -> str:
    """What is to be done next, and by whom, in a sentence."""
    appeal = seat.appeal
    if seat.addressee is not None:
        return _next_of_addressee(seat)
    if expired(appeal):
        return _("Its day has passed. Next, an officer closes it or writes a new one.")
    if appeal.correction:
        return _("Next, an approver reads the correction and sends it, or refuses it.")
    return {
        AppealState.DRAFT: _("Next, an officer finishes it and puts it before an approver."),
        AppealState.IN_REVIEW: _("Next, an approver reads it and approves it or sends it back."),
        AppealState.APPROVED: _("Next, an officer sends it to its addressees."),
        AppealState.SENT: _("Next, the addressees answer, and an officer replies to them."),
        AppealState.CLOSED: _("It is closed. Nothing more has to be done."),
        AppealState.RECALLED: _("It is recalled. Nothing of it counts any more."),
        AppealState.WITHDRAWN: _("It was withdrawn and never went out."),
    }[AppealState(appeal.state)]


def _next_of_addressee(seat: Seat) -> str:
    appeal = seat.appeal
    if appeal.state == AppealState.RECALLED:
        return _("The sender has recalled this letter. Do not act on it any more.")
    if appeal.state == AppealState.CLOSED:
        return _("The sender has closed this letter. It takes no answers any more.")
    if expired(appeal):
        return _("Its day has passed. Ask the sender what is still needed before you act.")
    return _answered(seat)


def _answered(seat: Seat) -> str:
    """How far the office that got the letter has come."""
    addressee = seat.addressee
    assert addressee is not None  # noqa: S101 - asked of addressees only
    refused = addressee.answers.filter(kind=Answer.Kind.REFUSED).exists()
    if refused or addressee.commitments.filter(state__in=TOLD).exists():
        return _("Your office has answered. While the letter is good, it can say more.")
    if addressee.acknowledged_at:
        return _("The sender knows that it came. Next, an officer of your office answers.")
    return _("Next, an officer of your office says that it came and answers line by line.")


def _edit_url(seat: Seat) -> str:
    """The editor: of a draft, or for a correction of what went out."""
    states = (AppealState.DRAFT, AppealState.SENT)
    if seat.addressee is not None or seat.appeal.state not in states:
        return ""
    if not seat.may(Permission.WRITE_APPEAL):
        return ""
    return reverse("appeals:edit", args=[seat.appeal.public_id])


def _answer_url(seat: Seat) -> str:
    """Where the office that got the letter answers line by line."""
    good = seat.appeal.state == AppealState.SENT and not expired(seat.appeal)
    if seat.addressee is None or not good or not seat.may(Permission.ANSWER_APPEAL):
        return ""
    return reverse("answers:letter", args=[seat.appeal.public_id])


def letters_shown(seat: Seat) -> dict[str, Any]:
    """One of the letters word for word: as it was made, else as it would be made now."""
    rows = list(seat.appeal.addressees.order_by("pk"))
    if seat.addressee is not None:
        rows = [seat.addressee]
    if not rows:
        return {"letters": [], "missing": [], "pieces": [], "problem": "", "shown": ""}
    asked = seat.request.GET.get("shown", "")
    chosen = next((one for one in rows if one.place == asked), rows[0])
    found: dict[str, Any] = {
        "letters": [(one.place, place_name(one.place, one.name), one.language) for one in rows],
        "shown": chosen.place,
        "missing": [],
        "pieces": [],
        "problem": "",
        "form_here": False,
        "went_out": seat.appeal.state not in BEFORE and not _correcting(seat),
    }
    try:
        if seat.appeal.state in BEFORE or _correcting(seat):
            sources = _sources(seat)
            found["missing"] = missing_of(sources) if seat.appeal.lines.exists() else []
            found["pieces"] = _drafted(sources, chosen.place)
        else:
            found["pieces"] = _made(chosen.letters.first())
    except Refusal as refusal:
        found["problem"] = sentence(refusal)
    return found


def _correcting(seat: Seat) -> bool:
    """Whether a corrected version waits for the approver, which nobody else reads yet."""
    return seat.addressee is None and bool(seat.appeal.correction)


def _sources(seat: Seat) -> tuple[Source, ...]:
    if _correcting(seat):
        return appeals.sources_of_correction(seat.appeal)
    return appeals.sources_of(seat.appeal)


def _drafted(sources: tuple[Source, ...], place: str) -> list[PieceView]:
    source = next(one for one in sources if one.to.place == place)
    return shown_pieces(preview_of(source)) if source.lines else []


def _made(letter: Letter | None) -> list[PieceView]:
    """The words of the letter itself, without the link by which it is answered."""
    if letter is None:
        return []
    slots = {name: value for name, value in letter.slots.items() if name not in SECRET}
    kind, version = "letter_of_appeal", letter.template_version
    return shown_pieces(compose(kind, letter.languages, slots, version=version))
