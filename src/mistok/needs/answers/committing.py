"""An office commits help against a line, on its own or in answer to a letter."""

import datetime as dt
from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.models import Office
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import check_can
from mistok.kernel.errors import NotFound
from mistok.needs.answers.entries import CommitmentEntry
from mistok.needs.answers.giving import GivingSide, enter
from mistok.needs.answers.holding import check_unchanged, hold, in_short
from mistok.needs.answers.letters import check_good, check_is_addressee
from mistok.needs.answers.notifying import tell_entered
from mistok.needs.answers.seeing import check_shown
from mistok.needs.models import Addressee, AppealLine, Commitment, Need


def commit(
    *,
    actor: Actor,
    need: Need,
    giver: Office,
    entry: CommitmentEntry,
    expected: int | None = None,
    addressee: Addressee | None = None,
    at: dt.datetime | None = None,
) -> Commitment:
    """Commit help in the name of an office, in answer to a letter where `addressee` is given.

    `expected`: the version of the need that the form showed. Raises NotAllowed, NotFound
    (`need_unknown`, `line_unknown`), Conflict (`need_changed`, `letter_…` and those of `enter`),
    Invalid for what cannot be.
    """
    at = at or timezone.now()
    with audited(actor, "commit_help", need.public_id) as act:
        check_can(actor, Permission.COMMIT_HELP, office=giver)
        line = None
        if addressee is not None:
            check_is_addressee(giver, addressee)
            line = line_of(addressee, need.public_id, at)
        check_shown(giver, need, at.date())
        need = hold(need)
        check_unchanged(need, expected)
        side = GivingSide.of_office(giver, actor, line)
        row = enter(need=need, side=replace(side, addressee=addressee), entry=entry, at=at)
        tell_entered(row, need, actor)
        act.done(about=row.public_id, after=in_short(row, need, office=giver.public_id))
    return row


def line_of(addressee: Addressee, need: str, at: dt.datetime) -> AppealLine:
    """The line of the letter to `addressee` that asks for a need (its public id).

    Raises NotFound (`line_unknown`), Conflict where the letter is not good any more.
    """
    check_good(addressee.appeal, at.date())
    lines = addressee.appeal.lines.select_related("need", "appeal")
    line = lines.filter(need__public_id=need).first()
    if line is None:
        raise NotFound(
            _("The letter does not ask for this. Open the letter again."), code="line_unknown"
        )
    return line
