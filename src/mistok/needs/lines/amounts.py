"""How much of a line is open, committed, withdrawn: one statement for each change, which holds
only if the row still allows it. Whoever comes second is told what is left.
"""

import datetime as dt

from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.kernel.errors import Conflict, Invalid
from mistok.needs.items import LARGEST
from mistok.needs.lifecycle import LIVING_NEEDS, NeedState
from mistok.needs.lines.refusing import more_than_open, told_amount, wrong_state
from mistok.needs.models import Need
from mistok.needs.models.lines import STEPS_PER_UNIT

MOST_STEPS = int(LARGEST) * STEPS_PER_UNIT


def take(need: Need, steps: int, raise_asked_by: int = 0, *, at: dt.datetime | None = None) -> None:
    """Commit thousandths of what is open, inside the caller's transaction.

    `raise_asked_by`: so many of them are beyond what is open, and raise what is asked: then the
    line gets its next version, since its own words changed. The row is read again. Raises
    Conflict (`need_withdrawn`, `need_fulfilled`, `need_not_open`, `more_than_open` with what is
    open, `asked_too_large`), Invalid (`amount_zero`).
    """
    check_steps(steps, raise_asked_by)
    least = steps - raise_asked_by
    rows = Need.objects.filter(
        pk=need.pk,
        state__in=LIVING_NEEDS,
        still_open__gte=least,
        asked__lte=MOST_STEPS - raise_asked_by,
    )
    taken = rows.update(
        asked=F("asked") + raise_asked_by,
        committed=F("committed") + steps,
        still_open=F("still_open") - least,
        state=Case(
            When(still_open__gt=least, then=Value(NeedState.OPEN.value)),
            default=Value(NeedState.COMMITTED.value),
        ),
        version=F("version") + (1 if raise_asked_by else 0),
        changed_at=at or timezone.now(),
    )
    need.refresh_from_db()
    if not taken:
        raise _why_not(need, least)


def give_back(need: Need, steps: int, *, at: dt.datetime | None = None) -> None:
    """Open again what was committed, inside the caller's transaction; the row is read again.

    What was asked stays, also where the commitment had raised it. Raises Conflict
    (`need_withdrawn`, `need_fulfilled`, `need_not_open`, `more_than_committed`), Invalid
    (`amount_zero`).
    """
    check_steps(steps)
    rows = Need.objects.filter(pk=need.pk, state__in=LIVING_NEEDS, committed__gte=steps)
    given = rows.update(
        committed=F("committed") - steps,
        still_open=F("still_open") + steps,
        state=NeedState.OPEN.value,
        changed_at=at or timezone.now(),
    )
    need.refresh_from_db()
    if given:
        return
    if need.state not in LIVING_NEEDS:
        raise wrong_state(need)
    raise Conflict(
        _("Only %(committed)s are committed, so no more can be taken back. Open the page again.")
        % {"committed": told_amount(need.committed, need.unit)},
        code="more_than_committed",
        details={"committed": str(need.number(need.committed)), "unit": need.unit},
    )


def check_steps(steps: int, raise_asked_by: int = 0) -> None:
    """Raise Invalid (`amount_zero`) unless something is moved, and no more raised than that."""
    if steps <= 0 or not 0 <= raise_asked_by <= steps:
        raise Invalid(_("Nothing would be moved. Write an amount above zero."), code="amount_zero")


def _why_not(need: Need, least: int) -> Conflict:
    if need.state not in LIVING_NEEDS:
        return wrong_state(need)
    if need.still_open < least:
        return more_than_open(need, least)
    return Conflict(
        _("With that more would be asked for than anybody can send. Propose less."),
        code="asked_too_large",
        details={"asked": str(need.number(need.asked)), "unit": need.unit},
    )
