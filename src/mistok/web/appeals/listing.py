"""The register of an office's letters, and the letters that came to it."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.needs.lifecycle import AppealState, CommitmentState
from mistok.needs.models import Addressee, Answer, Appeal
from mistok.web.answers.words import place_name
from mistok.web.appeals.cards import RegisterRow
from mistok.web.appeals.seats import WENT_OUT, reading_offices, writing_offices
from mistok.web.appeals.words import appeal_badge, expired, number_words
from mistok.web.partnering.pages import part_of
from mistok.web.procedure.seats import may
from mistok.web.procedure.words import day_words

NAMED = 3
"""Addressees that a row names; the others are counted."""


def register_context(request: HttpRequest) -> dict[str, Any]:
    """The page of one office, chosen when the reader has several."""
    actor = Actor(user=request.user)
    offices = reading_offices(actor)
    asked = request.GET.get("office", "")
    office = next((one for one in offices if one.public_id == asked), None)
    office = office or next(iter(offices), None)
    if office is None:
        return {"offices": [], "office": None}
    own, got = _own(actor, office), _got(office)
    own_pager, own_rows = part_of(request, cast("Sequence[Appeal]", own), "page")
    got_pager, got_rows = part_of(request, cast("Sequence[Appeal]", got), "got")
    return {
        "offices": offices,
        "office": office,
        "own": [_row(one) for one in own_rows],
        "own_pager": own_pager,
        "got": [_row(one, office) for one in got_rows],
        "got_pager": got_pager,
        "new_url": _new_url(actor, office),
    }


def _new_url(actor: Actor, office: Office) -> str:
    if office not in writing_offices(actor):
        return ""
    return f"{reverse('appeals:new')}?office={office.public_id}"


def _own(actor: Actor, office: Office) -> QuerySet[Appeal]:
    """Drafts are working papers: who does not read these sees what went out."""
    rows = Appeal.objects.of(office)
    if not may(actor, Permission.READ_WORKING_PAPERS, office):
        rows = rows.filter(state__in=WENT_OUT)
    return _told(rows)


def _got(office: Office) -> QuerySet[Appeal]:
    return _told(Appeal.objects.sent_to(office).exclude(office=office)).order_by("-sent_at", "-pk")


def _told(rows: QuerySet[Appeal]) -> QuerySet[Appeal]:
    """With what a row shows, in a fixed number of questions."""
    named = Addressee.objects.annotate(
        made=Count("commitments", Q(commitments__state__in=_STAND), distinct=True),
        asked=Count("commitments", Q(commitments__state=CommitmentState.PROPOSED), distinct=True),
        refused=Count("answers", Q(answers__kind=Answer.Kind.REFUSED), distinct=True),
        questions=Count("answers", _OPEN_QUESTION, distinct=True),
    )
    people = Prefetch("addressees", queryset=named)
    return rows.select_related("office").prefetch_related(people)


_STAND = (CommitmentState.MADE, CommitmentState.KEPT)
_OPEN_QUESTION = Q(answers__kind=Answer.Kind.QUESTION, answers__replies__isnull=True)


def _row(appeal: Appeal, reader: Office | None = None) -> RegisterRow:
    """One letter; `reader` is the office that got it and sees nobody else's answers."""
    people: list[Any] = list(appeal.addressees.all())
    if reader is not None:
        people = [one for one in people if one.place == reader.place]
    names = [place_name(one.place, one.name) for one in people]
    return RegisterRow(
        url=reverse("appeals:story", args=[appeal.public_id]),
        number=number_words(appeal),
        date=day_words((appeal.sent_at or appeal.approved_at or appeal.written_at).date()),
        title=appeal.title,
        sender=place_name(appeal.office.place, appeal.office.name),
        badge=appeal_badge(appeal),
        addressees=tuple(names[:NAMED]),
        more=max(len(names) - NAMED, 0),
        answers=tuple(_answers(people)),
        waits=_waits(appeal, people, own=reader is None),
    )


def _answers(people: Iterable[Any]) -> list[str]:
    """What came back so far, counted."""
    people = list(people)
    came = sum(1 for one in people if one.acknowledged_at)
    made, refused = sum(one.made for one in people), sum(one.refused for one in people)
    told = [
        (came, ngettext("%(n)s received it", "%(n)s received it", came)),
        (made, ngettext("%(n)s commitment", "%(n)s commitments", made)),
        (refused, ngettext("%(n)s cannot help", "%(n)s cannot help", refused)),
    ]
    return [words % {"n": count} for count, words in told if count]


def _waits(appeal: Appeal, people: Iterable[Any], *, own: bool) -> str:
    """What somebody of the reader's office should look at, in a few words."""
    people = list(people)
    if appeal.state == AppealState.IN_REVIEW and own:
        return _("waits for the approver")
    if appeal.state == AppealState.DRAFT and appeal.returned_because:
        return _("sent back with reasons")
    if appeal.state == AppealState.APPROVED and own:
        return _("is to be sent")
    if own and any(one.questions or one.asked for one in people):
        return _("a question or a proposal waits for your answer")
    if not own and appeal.state == AppealState.SENT and not expired(appeal):
        return "" if any(_answered(one) for one in people) else _("waits for your answer")
    return ""


def _answered(addressee: Any) -> bool:
    return bool(addressee.acknowledged_at or addressee.made or addressee.refused)
