"""The page on which a letter is answered: from an account, or by the holder of a one-time link."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.models import Office
from mistok.needs.answers import LinkAnswer
from mistok.needs.lifecycle import CommitmentState
from mistok.needs.models import Addressee, Commitment, Letter
from mistok.web.answers.answer_form import AnswerForm
from mistok.web.answers.letter_view import letter_view, lines_of, shut
from mistok.web.answers.lines_form import hidden, present, seen
from mistok.web.answers.need_view import NeedView
from mistok.web.answers.saying import about_to_say, said_by
from mistok.web.answers.steps import Mistake, Steps, status_of

STANDING = (CommitmentState.PROPOSED, CommitmentState.MADE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A letter before whoever answers it. `send` does it and says so; `spent`: why this way is
    used up, `new_link`: the address to which a new one can go.
    """

    request: HttpRequest
    addressee: Addressee
    letter: Letter
    by_link: bool
    send: Callable[[LinkAnswer], str]
    office: Office | None = None
    spent: str = ""
    new_link: str = ""

    @property
    def shut(self) -> str:
        """Why the letter itself takes no answer."""
        return shut(self.addressee.appeal, timezone.localdate())

    @property
    def earlier(self) -> Sequence[Commitment]:
        """What this addressee committed before and could take back."""
        rows = self.addressee.commitments.select_related("need").filter(state__in=STANDING)
        mine = (
            rows.filter(giver_office__isnull=True)
            if self.by_link
            else rows.filter(giver_office=self.office)
        )
        return list(mine.order_by("pk"))

    def form(self, data: Any = None) -> AnswerForm:
        """The form, empty or as it was sent."""
        lines = lines_of(self.addressee.appeal, self.addressee.language)
        return AnswerForm(
            lines, data, by_link=self.by_link, earlier=self.earlier, auto_id="answer-%s"
        )


def answer_page(desk: Desk) -> HttpResponse:
    """The letter with its form, or where it stands; a POST is one of the two steps."""
    if desk.shut or desk.spent:
        return _page(desk, None, status=409 if desk.request.method == "POST" else 200)
    if desk.request.method != "POST":
        return _page(desk, desk.form())
    form = desk.form(desk.request.POST)
    steps = Steps(
        request=desk.request,
        form=form,
        page=partial(_page, desk),
        check=partial(_check, desk),
        send=lambda: desk.send(form.answer()),
        after=desk.request.path,
    )
    return steps.answer()


def _page(
    desk: Desk,
    form: AnswerForm | None,
    *,
    mistake: Mistake | None = None,
    status: int = 0,
    **more: Any,
) -> HttpResponse:
    context = {
        "letter": letter_view(desk.addressee, desk.letter),
        "shut": desk.shut,
        "spent": desk.spent,
        "new_link": "" if desk.shut else desk.new_link,
        "said": said_by(desk.addressee, linked=not desk.by_link),
        "mistake": mistake,
        **(present(form) if form is not None else {}),
        **more,
    }
    page = render(desk.request, "answers/answer.html", context, status=status or status_of(mistake))
    return unlisted(page)


def unlisted(page: HttpResponse) -> HttpResponse:
    """A page whose address is a secret: no list of pages has it, and no link hands it on.

    Not "no-referrer": then browsers would not say either where a form comes from.
    """
    page["X-Robots-Tag"] = "noindex"
    page["Referrer-Policy"] = "strict-origin"
    return page


def _check(desk: Desk, form: AnswerForm) -> HttpResponse:
    return _page(
        desk,
        form,
        checked=True,
        told=about_to_say(form),
        warnings=_warnings(desk, form),
        follows=_follows(desk, form),
        hidden=hidden(form),
        seen=seen(form),
        button=_("Send the answer"),
    )


def _warnings(desk: Desk, form: AnswerForm) -> list[dict[str, Any]]:
    """What whoever commits should know first, line by line."""
    own = "" if desk.office else desk.addressee.name
    found = []
    for word in form.words():
        if word.commits:
            told = NeedView(word.line.need, True).warnings(word.entry, desk.office, own=own)
            found.append({"about": f"{word.line.number}. {word.line.words}", "texts": told})
    return [one for one in found if one["texts"]]


def _follows(desk: Desk, form: AnswerForm) -> list[str]:
    """What will happen to whom."""
    told = [
        _("%(name)s reads your answer at once, with the name of your municipality.")
        % {"name": desk.addressee.appeal.office.name}
    ]
    if any(word.beyond or word.instead for word in form.words()):
        told.append(
            _("What is more than is open, or something else, counts when whoever asked accepts it.")
        )
    if desk.by_link:
        told.append(
            _("This link is used up by it. For a further answer you can have a new one sent.")
        )
    return told
