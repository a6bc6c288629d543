"""The letter that carries an invitation."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from mistok.accounts.models import User
from mistok.accounts.permissions import ROLE_LABELS, Role
from mistok.accounts.services.belonging import Invited
from mistok.web.offices.places import card_of
from mistok.web.offices.words import moment_words
from mistok.web.words import lang

log = logging.getLogger(__name__)


def invitation_link(request: HttpRequest, invited: Invited) -> str:
    """The whole address under which the invitation is accepted."""
    return request.build_absolute_uri(reverse("offices:invitation", args=[invited.token]))


def send_invitation(request: HttpRequest, invited: Invited) -> bool:
    """Send the link; false when no server takes letters, or this one did not take it.

    The letter is in the language of the person who has an account, else in that of the sender.
    """
    email = invited.invitation.email
    known = User.objects.filter(email=email).values_list("language", flat=True).first()
    codes = [code for code, _name in settings.LANGUAGES]
    with translation.override(known if known in codes else lang()):
        letter = _letter(request, invited)
    try:
        letter.send()
    except (OSError, SMTPException) as failure:
        log.warning("an invitation could not be sent: %s", type(failure).__name__)
        return False
    return bool(settings.MISTOK_MAIL_HOST)


def _letter(request: HttpRequest, invited: Invited) -> EmailMessage:
    invitation = invited.invitation
    told = {
        "place": card_of(invitation.office),
        "role": ROLE_LABELS[Role(invitation.role)],
        "until": moment_words(invitation.expires_at),
        "link": invitation_link(request, invited),
    }
    subject = render_to_string("offices/letters/invitation_subject.txt", told)
    body = render_to_string("offices/letters/invitation.txt", told)
    return EmailMessage(subject=" ".join(subject.split()), body=body, to=[invitation.email])
