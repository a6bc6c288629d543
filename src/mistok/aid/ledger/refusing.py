"""Why the ledger does not take an act or entry, in sentences with what to do instead.

A sentence may tell its reader what lies in the store; an audit event keeps `kept` in its place.
"""

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mistok.aid.lifecycle import Account
from mistok.aid.models import AidAct, Lot
from mistok.kernel.errors import Conflict, Invalid
from mistok.needs.lines.refusing import reader_language, told_amount


def not_enough(lot: Lot, account: Account, there: int, wanted: int) -> Conflict:
    """For who would move more than there is; an account that holds nothing is told as such."""
    told = {"name": lot_name(lot), "wanted": told_amount(wanted, lot.unit)}
    details = {"lot": lot.public_id, "account": account.value}
    if not there:
        sentence = _("Nothing of “%(name)s” (%(label)s) is there. Look at the lot again.") % {
            "name": lot_name(lot),
            "label": lot.label,
        }
    else:
        sentence = _(
            "Only %(there)s of “%(name)s” (%(label)s) are there, and %(wanted)s were to be moved. "
            "Write less, or count again."
        ) % {**told, "label": lot.label, "there": told_amount(there, lot.unit)}
    return _kept_short(
        Conflict(sentence, code="not_enough", details=details),
        "More was to be moved than is there.",
    )


def more_than_declared(lot: Lot, left: int, wanted: int) -> Conflict:
    """For who counts more from the giver than the papers name: that is a surplus."""
    sentence = _(
        "Of “%(name)s” only %(left)s are still to come by the papers, and %(wanted)s were told. "
        "Record what is more as a surplus, with a discrepancy act."
    ) % {
        "name": lot_name(lot),
        "left": told_amount(left, lot.unit) if left else "0",
        "wanted": told_amount(wanted, lot.unit),
    }
    refusal = Conflict(sentence, code="more_than_declared", details={"lot": lot.public_id})
    return _kept_short(refusal, "More was told than the papers name.")


def amount_impossible(lot: Lot) -> Invalid:
    """For zero, less than nothing, a fraction of a thousandth, or more than there can be."""
    return Invalid(
        _("The amount of “%(name)s” cannot be. Write a number above zero.")
        % {"name": lot_name(lot)},
        code="amount_not_positive",
        details={"lot": lot.public_id},
    )


def lot_elsewhere(lot: Lot) -> Invalid:
    """For a lot of another office or consignment."""
    return Invalid(
        _("The lot %(label)s is not of this consignment. Choose a lot from its list.")
        % {"label": lot.label},
        code="lot_elsewhere",
        details={"lot": lot.public_id},
    )


def category_wrong(lot: Lot) -> Invalid:
    """Goods are issued to a category of users, and nothing else has one."""
    return Invalid(
        _("For whom “%(name)s” is issued is not told. Choose a category from the list.")
        % {"name": lot_name(lot)},
        code="category_wrong",
        details={"lot": lot.public_id},
    )


def movement_unknown(act: AidAct, source: Account, target: Account) -> Invalid:
    """An act of this kind does not move goods that way: a mistake of the program that asks."""
    return Invalid(
        _("An act of the kind “%(kind)s” moves nothing from “%(source)s” to “%(target)s”.")
        % {"kind": act.kind, "source": source, "target": target},
        code="movement_unknown",
    )


def key_unusable() -> Invalid:
    """For a key that is empty, too long, or has signs that cannot be printed."""
    return Invalid(
        _("The key of this act cannot be used. Send one to 80 printable signs, new for each act."),
        code="key_unusable",
    )


def key_reused(act: AidAct) -> Conflict:
    """The same key came with something else."""
    return Conflict(
        _(
            "Under this key the act %(number)s/%(year)s was recorded already, with other words. "
            "Open it, and record yours as a new act."
        )
        % {"number": act.number, "year": act.year},
        code="key_reused",
        details={"act": act.public_id},
    )


def day_to_come(day: dt.date) -> Invalid:
    """Nothing is recorded before it has happened."""
    return Invalid(
        _("%(day)s is still to come. Write the day on which it was done.")
        % {"day": date_format(day)},
        code="day_to_come",
    )


def day_before_act(act: AidAct) -> Invalid:
    """A reversal is not older than what it reverses."""
    return Invalid(
        _("The act is of %(day)s, so it cannot be reversed before. Write a later day.")
        % {"day": date_format(act.day)},
        code="day_before_act",
    )


def clock_back() -> Conflict:
    """The machine tells an earlier time than the last entry has."""
    return Conflict(
        _(
            "The clock of the server is behind the last entry of the ledger. Tell whoever runs it "
            "to set the clock right, then send this again; nothing was recorded."
        ),
        code="clock_back",
    )


def already_reversed(act: AidAct) -> Conflict:
    """An act is reversed once."""
    return Conflict(
        _("The act %(number)s/%(year)s was reversed already. Open its reversal.")
        % {"number": act.number, "year": act.year},
        code="already_reversed",
        details={"act": act.public_id},
    )


def reversal_stays() -> Conflict:
    """A reversal cannot be reversed: what was right is recorded anew."""
    return Conflict(
        _("A reversal cannot be reversed itself. Record the act anew."), code="reversal_stays"
    )


def nothing_to_reverse() -> Conflict:
    """An act that moved nothing."""
    return Conflict(
        _("This act moved no goods, so there is nothing to reverse. Record the right one anew."),
        code="nothing_to_reverse",
    )


def lot_name(lot: Lot) -> str:
    """What a lot is called in the reader's language, else as the line has it first."""
    names = lot.line.names
    told = names.get(reader_language()) or next(iter(names.values()), "")
    return str(told or lot.line.public_id)


def _kept_short(refusal: Conflict, words: str) -> Conflict:
    """Stocks are in no audit event: it keeps these words and the code."""
    refusal.kept = words
    return refusal
