"""The mail that tells one person all that waits for her."""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mistok.accounts.models import User
from mistok.needs.models import Notice
from mistok.needs.notices.sentences import page_of, sentence

MOST_LINES = 60
"""More would be a list that nobody reads; the page has them all."""
_LONGEST_SUBJECT = 120


def letter(person: User, notices: Sequence[Notice]) -> EmailMessage:
    """One letter with these notices; call under `translation.override`."""
    shown = list(notices[:MOST_LINES])
    told = [f"{sentence(one)}\n{settings.MISTOK_ADDRESS}{page_of(one)}" for one in shown]
    left = len(notices) - len(shown)
    if left:
        more = ngettext(
            "%(count)s more notice is on the page.", "%(count)s more notices are on the page.", left
        )
        told.append(more % {"count": left})
    choice = f"{settings.MISTOK_ADDRESS}/{(get_language() or 'en')[:2]}/notices/"
    closing = _(
        "All notices, and the choice how often you get this mail (at once, once a day, once a "
        "week, never): %(address)s"
    ) % {"address": choice}
    body = "\n\n".join([_("Good day,"), *told, closing]) + "\n"
    return EmailMessage(subject=_subject(notices), body=body, to=[person.email])


def _subject(notices: Sequence[Notice]) -> str:
    """The sentence itself where there is one; no line breaks, as headers demand."""
    if len(notices) == 1:
        return " ".join(sentence(notices[0]).split())[:_LONGEST_SUBJECT]
    count = ngettext("%(count)s notice from Mistok", "%(count)s notices from Mistok", len(notices))
    return count % {"count": len(notices)}
