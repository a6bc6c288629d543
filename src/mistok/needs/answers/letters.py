"""Whether a letter can still be answered, and by whom."""

import datetime as dt

from django.utils.translation import gettext as _

from mistok.accounts.models import Office
from mistok.kernel.errors import Conflict, NotFound
from mistok.needs.lifecycle import AppealState
from mistok.needs.models import Addressee, Appeal


def check_good(appeal: Appeal, today: dt.date) -> None:
    """Raise Conflict (`letter_recalled`, `letter_closed`, `letter_not_sent`, `letter_expired`)."""
    check_sent(appeal)
    if appeal.state == AppealState.CLOSED:
        raise Conflict(
            _("%(office)s has closed this letter: nothing more is asked for by it.")
            % {"office": appeal.office.name},
            code="letter_closed",
        )
    if appeal.valid_until is not None and appeal.valid_until < today:
        raise Conflict(
            _("This letter was good until %(day)s. Ask %(office)s for a new one.")
            % {"day": appeal.valid_until.isoformat(), "office": appeal.office.name},
            code="letter_expired",
            details={"valid_until": appeal.valid_until.isoformat()},
        )


def check_sent(appeal: Appeal) -> None:
    """Raise Conflict (`letter_recalled`, `letter_not_sent`) for a letter that is no longer one."""
    if appeal.state == AppealState.RECALLED:
        raise Conflict(
            _("%(office)s has recalled this letter: %(reason)s Do not act on it.")
            % {"office": appeal.office.name, "reason": appeal.recall_reason},
            code="letter_recalled",
        )
    if appeal.state not in (AppealState.SENT, AppealState.CLOSED):
        raise Conflict(
            _("This letter has not been sent, so it cannot be answered."), code="letter_not_sent"
        )


def check_is_addressee(office: Office, addressee: Addressee) -> None:
    """Raise NotFound (`letter_unknown`) for a letter to another municipality."""
    if office.place != addressee.place:
        raise NotFound(
            _("There is no such letter among those to %(office)s. Open the list again.")
            % {"office": office.name},
            code="letter_unknown",
        )
