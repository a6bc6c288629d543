"""What the forms of the page of notices do."""

import datetime as dt

from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mistok.accounts.models import User
from mistok.kernel.errors import Invalid
from mistok.needs.notices import choose_pace, mark_read

MOST = 2**62


def act(person: User, sent: QueryDict) -> str:
    """Do what a form asks, and say what was done. Raises Invalid for what is no form of ours."""
    if "pace" in sent:
        pace = choose_pace(person=person, pace=sent.get("pace", ""))
        return _("From now on you are told: %(pace)s.") % {"pace": pace.label}
    if "number" in sent:
        count = mark_read(person=person, numbers=[_number(sent.get("number", ""))])
    else:
        count = mark_read(person=person, until=_moment(sent.get("until", "")))
    told = ngettext(
        "%(count)s notice is marked as read.", "%(count)s notices are marked as read.", count
    )
    return told % {"count": count}


def _number(text: str) -> int:
    """The notice's own number; one that cannot be marks nothing."""
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        raise _unknown()
    return min(int(text), MOST)


def _moment(text: str) -> dt.datetime:
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise _unknown()
    return moment


def _unknown() -> Invalid:
    return Invalid(
        _("This form was changed on its way. Open the page of notices anew and mark them there."),
        code="notice_form_unknown",
    )
