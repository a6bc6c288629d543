"""Answers by the one-time link of a letter: reading it costs nothing, sending the form uses it up.

Mail scanners open every link of a letter, so a GET changes nothing here.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.needs.answers import LinkAnswer, answer_by_link, send_new_link
from mistok.needs.answers.links import known_link
from mistok.needs.models import Addressee, AnswerLink
from mistok.web.answers.letter_page import Desk, answer_page
from mistok.web.answers.steps import REFUSALS
from mistok.web.appeals.seats import unknown_letter
from mistok.web.offices.words import moment_words
from mistok.web.refusals import sentence


def link_page(request: HttpRequest, token: str) -> HttpResponse:
    """The letter that a link answers; a link that confirms a commitment leads on to its own page.

    Raises NotFound for a token that nobody made.
    """
    link = known_link(token)
    if link.addressee is None:
        return redirect("answers:confirm", token=token)
    if request.method == "POST" and request.POST.get("step") == "new_link":
        return _renew(request, token)
    return answer_page(desk_of(request, token, link, link.addressee))


def desk_of(request: HttpRequest, token: str, link: AnswerLink, addressee: Addressee) -> Desk:
    """The letter before the holder of its link. Raises NotFound where none was made yet."""
    letter = addressee.letters.first()
    if letter is None:
        raise unknown_letter()
    over = spent(link)
    return Desk(
        request=request,
        addressee=addressee,
        letter=letter,
        by_link=True,
        send=lambda entry: _send(token, entry),
        spent=over,
        new_link=masked(addressee.email) if over else "",
    )


def _renew(request: HttpRequest, token: str) -> HttpResponse:
    """Send a new link to the address of the letter, whoever asks, and come back."""
    try:
        sent = send_new_link(token=token)
    except REFUSALS as refusal:
        messages.error(request, sentence(refusal))
        return redirect(request.path)
    if sent:
        messages.success(request, _("A new link is on its way to the address of the letter."))
    else:
        told = _("The mail could not be sent. Try again later, or call the municipality.")
        messages.error(request, told)
    return redirect(request.path)


def spent(link: AnswerLink) -> str:
    """Why a link leads no further, in a sentence; empty while it is good."""
    if link.used_at is not None:
        return _(
            "This link was used on %(day)s. Below you read what was said. Was it not you? Call the "
            "municipality that wrote the letter: somebody else has opened your mail."
        ) % {"day": moment_words(link.used_at)}
    if link.withdrawn_at is not None:
        return _("This link was replaced by a newer one on %(day)s. Open the newest mail.") % {
            "day": moment_words(link.withdrawn_at)
        }
    if link.expires_at <= timezone.now():
        return _("This link was good until %(day)s.") % {"day": moment_words(link.expires_at)}
    return ""


def masked(email: str) -> str:
    """An address that its owner knows again and nobody else learns: o…@dortmund.example."""
    name, at, domain = email.partition("@")
    return f"{name[:1]}…{at}{domain}" if at else ""


def _send(token: str, entry: LinkAnswer) -> str:
    answer_by_link(token=token, entry=entry)
    return _("Your answer is sent. Thank you.")
