"""Why a line cannot be written to now, in sentences with what to do instead."""

from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mistok.kernel.errors import Conflict
from mistok.needs.items import LANGUAGES, Amount, amount_words
from mistok.needs.lifecycle import NeedState
from mistok.needs.models import Need
from mistok.needs.models.lines import STEPS_PER_UNIT, EndUser


def reader_language() -> str:
    """The language of who reads, as far as amounts can be told in it."""
    lang = (get_language() or "en").partition("-")[0]
    return lang if lang in LANGUAGES else "en"


def told_amount(steps: int, unit: str, lang: str = "") -> str:
    """Thousandths of a unit in words of the language: "2.5 tonnes"."""
    number = Decimal(steps) / STEPS_PER_UNIT
    return amount_words(Amount(number, unit), lang or reader_language())


def check_state(need: Need, *states: NeedState) -> None:
    """Raise Conflict unless the line is in one of these states."""
    if need.state not in states:
        raise wrong_state(need)


def check_may_leave(end_user: str) -> None:
    """Raise Conflict (`need_for_defence`): what the military needs stays in the office (7.2)."""
    if end_user == EndUser.DEFENCE:
        raise Conflict(
            _(
                "What defence needs is shown to nobody by this platform, not to partners either. "
                "Keep it as a draft of your own, or correct for whom it is."
            ),
            code="need_for_defence",
        )


def wrong_state(need: Need) -> Conflict:
    """Why nothing more happens to the line: `need_withdrawn`, `need_fulfilled`, `need_not_open`."""
    if need.state == NeedState.WITHDRAWN:
        return Conflict(
            _("This need was withdrawn: nothing is asked for any more. Look at the list again."),
            code="need_withdrawn",
        )
    if need.state == NeedState.FULFILLED:
        return Conflict(
            _("This need is fulfilled: everything has come. Write a new one if more is needed."),
            code="need_fulfilled",
        )
    return not_open(need)


def not_open(need: Need) -> Conflict:
    """For a line of which nothing is open, and of which nothing was withdrawn or fulfilled."""
    if need.state == NeedState.DRAFT:
        return Conflict(
            _("This need is a draft, which nobody else sees. Show it to the partners first."),
            code="need_not_open",
        )
    if need.state == NeedState.OPEN:
        return Conflict(
            _("This need is open already: partners see it. Open the page again."),
            code="need_open_already",
        )
    return Conflict(
        _(
            "All of this need is committed, so nothing of it is open. A commitment must be taken "
            "back first."
        ),
        code="nothing_open",
    )


def more_than_open(need: Need, steps: int) -> Conflict:
    """For whoever wants to give more than is open."""
    details: dict[str, Any] = {
        "wanted": str(need.number(steps)),
        "open": str(need.number(need.still_open)),
        "unit": need.unit,
    }
    if not need.still_open:
        sentence = _(
            "Nothing of this need is open any more: all of it is committed. If you can give more, "
            "propose it to the asking office as a surplus."
        )
    else:
        sentence = _(
            "Only %(open)s of this need are still open, and you would give %(wanted)s. Take less, "
            "or propose the rest to the asking office as a surplus."
        ) % {
            "open": told_amount(need.still_open, need.unit),
            "wanted": told_amount(steps, need.unit),
        }
    return Conflict(sentence, code="more_than_open", details=details)


def less_than_promised(need: Need) -> Conflict:
    """For who lowers a line below what is committed or withdrawn."""
    least = need.committed + need.withdrawn
    return Conflict(
        _(
            "%(committed)s are committed and %(withdrawn)s withdrawn, so the amount cannot be "
            "less than %(least)s. Ask the givers to take something back first."
        )
        % {
            "committed": told_amount(need.committed, need.unit),
            "withdrawn": told_amount(need.withdrawn, need.unit),
            "least": told_amount(least, need.unit),
        },
        code="less_than_promised",
        details={"least": str(need.number(least)), "unit": need.unit},
    )


def not_all_kept(count: int) -> Conflict:
    """For who says that everything came while commitments still wait."""
    return Conflict(
        ngettext(
            "%(count)s commitment is not marked as kept. Mark it when the help has come, or let "
            "the giver take it back.",
            "%(count)s commitments are not marked as kept. Mark them when the help has come, or "
            "let the givers take them back.",
            count,
        )
        % {"count": count},
        code="not_all_kept",
        details={"count": count},
    )


def still_open(need: Need) -> Conflict:
    """For who says that a line is fulfilled while something of it is open."""
    return Conflict(
        _("%(open)s are still open. Withdraw them if they are no longer needed, then close it.")
        % {"open": told_amount(need.still_open, need.unit)},
        code="still_open",
        details={"open": str(need.number(need.still_open)), "unit": need.unit},
    )
