"""The mail that carries a link which was asked for: to the one address that the link is for."""

import datetime as dt
import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import get_language, gettext_noop, override
from django.utils.translation import gettext as _

from mistok.needs.answers.links import MadeLink, addressee_of, renew_link
from mistok.needs.answers.naming import words_on
from mistok.needs.lines import told_amount
from mistok.needs.models import AnswerLink

ANSWER = (
    gettext_noop("Your link to answer the letter of %(office)s"),
    gettext_noop(
        "Here is the new link by which you answer the letter of %(office)s:\n\n%(url)s\n\n"
        "It is good once, until %(day)s. Older links are void. If nobody at your office asked for "
        "it, do nothing."
    ),
)
CONFIRM = (
    gettext_noop("Confirm what you commit to %(office)s"),
    gettext_noop(
        "Somebody has committed %(amount)s for the need “%(what)s” of %(office)s and gave this "
        "address. If it was you, open this link: only then it counts.\n\n%(url)s\n\n"
        "It is good once, until %(day)s. If it was not you, do nothing."
    ),
)
log = logging.getLogger(__name__)


def send_new_link(*, token: str, at: dt.datetime | None = None) -> bool:
    """Put a new link in place of one that is used, void or too old, and mail it.

    It goes to the address that the letter went to, whoever asks. Raises as `renew_link` does;
    false when the mail did not go.
    """
    return mail_link(renew_link(token=token, at=at))


def mail_link(made: MadeLink, url: str = "") -> bool:
    """Mail a renewed link, or one that confirms a commitment; `url` where the page is elsewhere.

    False when no server takes mail, or this one did not take it: the page says so, and another
    link can be asked for. The letter is in the language of the addressee, else in the one that
    is on.
    """
    link = made.link
    if not link.email:
        return False
    codes = [code for code, _name in settings.LANGUAGES]
    wanted = link.addressee.language if link.addressee is not None else ""
    with override(wanted if wanted in codes else get_language()):
        letter = _letter(link, url or answer_url(made.token))
    try:
        letter.send()
    except (OSError, SMTPException) as failure:
        log.warning("a link could not be sent: %s", type(failure).__name__)
        return False
    return bool(settings.MISTOK_MAIL_HOST)


def answer_url(token: str) -> str:
    """The whole address of a link."""
    return f"{settings.MISTOK_ADDRESS}/answer/{token}/"


def _letter(link: AnswerLink, url: str) -> EmailMessage:
    told = {"url": url, "day": link.expires_at.date().isoformat()}
    if link.commitment is not None:
        row = link.commitment
        told |= {"what": words_on(row.need), "amount": told_amount(row.covers, row.unit)}
        told["office"] = row.need.office.name
        subject, body = CONFIRM
    else:
        told["office"] = addressee_of(link).appeal.office.name
        subject, body = ANSWER
    return EmailMessage(
        subject=" ".join((_(subject) % told).split()), body=_(body) % told, to=[link.email]
    )
