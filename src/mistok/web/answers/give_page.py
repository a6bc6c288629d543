"""A citizen or organisation commits help to a public need; it counts once the address is sure."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.kernel.ids import is_public_id
from mistok.needs.answers import MadeLink, commit_privately, mail_link
from mistok.needs.lines import public_needs
from mistok.needs.models import Publication
from mistok.needs.models.answers import Giver
from mistok.web.answers.lines_form import LineAsked, LinesForm, hidden, present, seen
from mistok.web.answers.need_view import NeedView, grouped
from mistok.web.answers.saying import Told, line_told
from mistok.web.answers.steps import Mistake, Steps, status_of
from mistok.web.needs.need_seat import unknown
from mistok.web.procedure.fields import choice, line

PRIVATE = (Giver.CITIZEN, Giver.ORGANISATION)


class GiveForm(LinesForm):
    """One line, and who gives."""

    needed = True

    def __init__(self, lines: list[LineAsked], data: Any = None, **more: Any) -> None:
        super().__init__(lines, data, **more)
        self.fields |= _who_gives()

    def who(self) -> list[forms.BoundField]:
        """The fields about the giver."""
        return [self[name] for name in ("giver", "name", "email")]


def published(public_id: str) -> Publication:
    """What the public reads of a need today. Raises NotFound."""
    if is_public_id(public_id, "need"):
        found = public_needs(timezone.localdate()).filter(need__public_id=public_id).first()
        if found is not None:
            return found
    raise unknown()


def give_page(request: HttpRequest, publication: Publication) -> HttpResponse:
    """The form; a POST is one of its two steps."""
    lines = [NeedView(publication.need, False, publication).line]
    known = {"email": getattr(request.user, "email", ""), "giver": Giver.CITIZEN}
    if request.method != "POST":
        return _page(request, publication, GiveForm(lines, initial=known, auto_id="give-%s"))
    form = GiveForm(lines, request.POST, auto_id="give-%s")
    steps = Steps(
        request=request,
        form=form,
        page=partial(_page, request, publication),
        check=partial(_check, request, publication),
        send=lambda: _give(request, publication, form),
        after=reverse("needs:need", args=[publication.need.public_id]),
    )
    return steps.answer()


def _give(request: HttpRequest, publication: Publication, form: GiveForm) -> str:
    (word,) = form.words()
    told = form.cleaned_data
    made = commit_privately(
        actor=Actor(user=request.user),
        need=publication.need,
        giver=told["giver"],
        name=told["name"],
        email=told["email"],
        entry=word.entry,
    )
    if mail_link(MadeLink(made.link, made.token)):
        return _("A link went to %(mail)s. What you give counts once you open it and confirm.") % {
            "mail": made.link.email
        }
    return _(
        "It is kept, but the mail with the link could not be sent, so it does not count yet. Give "
        "it again later, or write to the municipality."
    )


def _page(
    request: HttpRequest,
    publication: Publication,
    form: GiveForm,
    *,
    mistake: Mistake | None = None,
    **more: Any,
) -> HttpResponse:
    context = {
        **NeedView(publication.need, False, publication).head(),
        "mistake": mistake,
        **present(form),
        **more,
    }
    return render(request, "answers/give.html", context, status=status_of(mistake))


def _check(request: HttpRequest, publication: Publication, form: GiveForm) -> HttpResponse:
    (word,) = form.words()
    told, view = form.cleaned_data, NeedView(publication.need, False, publication)
    rows: list[Told] = [
        (_("Who gives"), f"{told['name']} ({Giver(told['giver']).label})", ""),
        (_("Address"), told["email"], ""),
        line_told(word),
    ]
    follows = [
        _("A link goes to your address. What you give counts as soon as you open it and confirm."),
        _("The municipality reads your name and address. The public reads neither."),
    ]
    return _page(
        request,
        publication,
        form,
        checked=True,
        told=rows,
        warnings=grouped(view.warnings(word.entry, None)),
        follows=follows,
        hidden=hidden(form),
        seen=seen(form),
        button=_("Send me the link"),
    )


def _who_gives() -> dict[str, forms.Field]:
    return {
        "giver": choice(_("You give as"), [(one.value, one.label) for one in PRIVATE]),
        "name": line(
            _("Name of who gives"),
            _("Yours, or that of the organisation."),
            needed=True,
            most=200,
        ),
        "email": forms.EmailField(
            label=_("E-mail address"),
            help_text=_("The link that confirms it goes there, and the municipality writes to it."),
            max_length=254,
        ),
    }
