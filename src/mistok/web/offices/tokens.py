"""Tokens of an office: which programs act for it, a new one shown once, the end of one."""

import datetime as dt
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.models import AccessToken, User
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.accounts.services import end_token, make_token, token_of
from mistok.web.offices.acting import Act, Acts, Doing, Done, can_but_for_factor, needs
from mistok.web.offices.forms import TokenForm, WhichForm
from mistok.web.offices.words import moment_words


def tokens_context(doing: Doing) -> dict[str, Any]:
    """Tokens in use, then those that are over. Raises NotAllowed for who may not keep them."""
    if not can_but_for_factor(doing, Permission.KEEP_TOKENS):
        check_can(doing.actor, Permission.KEEP_TOKENS, office=doing.office)
    now = timezone.now()
    names = {
        one.public_id: one.name for one in User.objects.filter(memberships__office=doing.office)
    }
    rows = [(one.is_living(now), _row(one, names)) for one in doing.office.tokens.all()]
    return {
        "living": [row for living, row in rows if living],
        "over": [row for living, row in rows if not living],
    }


def _row(one: AccessToken, names: dict[str, str]) -> dict[str, Any]:
    return {
        "id": one.public_id,
        "name": one.name,
        "role": one.get_role_display(),
        "prefix": one.prefix,
        "made": moment_words(one.made_at),
        "by": names.get(one.made_by, ""),
        "used": moment_words(one.last_used_at),
        "until": moment_words(one.expires_at),
        "ended": moment_words(one.ended_at),
    }


def _do_make(doing: Doing) -> Done:
    told = doing.told
    made = make_token(
        actor=doing.actor,
        office=doing.office,
        role=told["role"],
        name=told["name"],
        good_for=dt.timedelta(days=int(told["days"])),
    )
    return Done(
        _(
            "The token “%(name)s” is made. Copy its secret into the program now: it is shown only "
            "this once, and whoever has it acts for the office."
        )
        % {"name": made.token.name},
        {"secret": made.secret},
    )


def _do_end(doing: Doing) -> Done:
    token = token_of(doing.office, doing.told["which"])
    end_token(actor=doing.actor, token=token, reason=doing.told["reason"])
    return Done(_("The token “%(name)s” has ended.") % {"name": token.name})


ACTS: Acts = {
    "make_token": Act(do=_do_make, right=needs(Permission.KEEP_TOKENS), form=TokenForm),
    "end_token": Act(do=_do_end, right=needs(Permission.KEEP_TOKENS), form=WhichForm),
}
