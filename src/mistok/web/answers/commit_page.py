"""An office commits help against one need; what it will do to whom is told before it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.kernel.errors import Conflict
from mistok.needs.answers import commit
from mistok.needs.models import Need, Publication
from mistok.web.answers.lines_form import LinesForm, hidden, present, seen
from mistok.web.answers.need_view import NeedView, grouped
from mistok.web.answers.saying import Told, line_told
from mistok.web.answers.steps import Mistake, Steps, status_of
from mistok.web.needs.need_seat import NeedSeat, seat_of, unknown
from mistok.web.offices.places import card_of
from mistok.web.procedure.acting import expected_of


class CommitForm(LinesForm):
    """One line, which must have a word."""

    needed = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Giving:
    """One person who commits for one office against one need; `choices`: her offices that may.

    Where the need itself is not shown to her, the page tells what is public of it and no more.
    """

    request: HttpRequest
    seat: NeedSeat
    office: Office
    choices: tuple[Office, ...]

    @property
    def need(self) -> Need:
        """The need that is committed to."""
        if self.seat.need is not None:
            return self.seat.need
        publication: Publication | None = self.seat.publication
        if publication is None:  # pragma: no cover - a seat has one of both
            raise unknown()
        return publication.need

    @property
    def view(self) -> NeedView:
        """The need as this person may read it."""
        if self.seat.need is not None:
            return NeedView(self.seat.need, True)
        return NeedView(self.need, False, self.seat.publication)


def giving_of(request: HttpRequest, public_id: str) -> Giving:
    """For which office this person commits. Raises NotFound, NotAllowed with the reason."""
    seat = seat_of(request, public_id)
    offices = seat.helpers(Permission.COMMIT_HELP)
    if not offices:
        mine = (*seat.partners, *([seat.own] if seat.own else []))
        if not mine:
            raise unknown()
        check_can(seat.actor, Permission.COMMIT_HELP, office=mine[0])
        raise own_need()
    asked = request.POST.get("office") or request.GET.get("office", "")
    office = next((one for one in offices if one.public_id == asked), offices[0])
    return Giving(request=request, seat=seat, office=office, choices=tuple(offices))


def own_need() -> Conflict:
    """For whoever would commit to a need of her own municipality."""
    return Conflict(
        _("This is a need of your own municipality. Only others commit help to it."),
        code="own_need",
    )


def commit_page(giving: Giving) -> HttpResponse:
    """The form; a POST is one of its two steps."""
    request = giving.request
    if request.method != "POST":
        return _page(giving, CommitForm([giving.view.line], auto_id="commit-%s"))
    form = CommitForm([giving.view.line], request.POST, auto_id="commit-%s")
    steps = Steps(
        request=request,
        form=form,
        page=partial(_page, giving),
        check=partial(_check, giving),
        send=lambda: _commit(giving, form),
        after=reverse("needs:need", args=[giving.need.public_id]),
    )
    return steps.answer()


def _commit(giving: Giving, form: CommitForm) -> str:
    (word,) = form.words()
    commit(
        actor=giving.seat.actor,
        need=giving.need,
        giver=giving.office,
        entry=word.entry,
        expected=expected_of(giving.request) or None,
    )
    if word.beyond or word.instead:
        return _("It is proposed. It counts when whoever asked accepts it.")
    return _("It is committed. Thank you.")


def _page(
    giving: Giving, form: CommitForm, *, mistake: Mistake | None = None, **more: Any
) -> HttpResponse:
    context = {
        **giving.view.head(),
        "office": giving.office,
        "choices": [(one, card_of(one).name) for one in giving.choices],
        "mistake": mistake,
        **present(form),
        **more,
    }
    return render(giving.request, "answers/commit.html", context, status=status_of(mistake))


def _check(giving: Giving, form: CommitForm) -> HttpResponse:
    (word,) = form.words()
    return _page(
        giving,
        form,
        checked=True,
        told=told_of(form, card_of(giving.office).name),
        warnings=grouped(giving.view.warnings(word.entry, giving.office)),
        follows=_follows(giving, beyond=word.beyond or bool(word.instead)),
        hidden=hidden(form),
        seen=[*seen(form), ("office", giving.office.public_id), ("version", giving.need.version)],
        button=_("Commit"),
    )


def told_of(form: LinesForm, giver: str) -> Sequence[Told]:
    """What is about to be committed, and by whom."""
    return [(_("Who gives"), giver, ""), *(line_told(word) for word in form.words())]


def _follows(giving: Giving, *, beyond: bool) -> list[str]:
    known = giving.view.in_full
    asker = card_of(giving.need.office).name if known else _("the municipality that asks")
    first = (
        _("%(name)s is asked whether it accepts. Until then nothing counts.")
        if beyond
        else _("It counts at once, and %(name)s is told. Others see that this much is taken.")
    )
    return [
        first % {"name": asker},
        _("You can take it back with a reason as long as it has not arrived."),
    ]
