"""Amounts that can be: whole thousandths, of whole numbers where the unit has no parts."""

from django.utils.translation import gettext as _

from mistok.aid.acts.refusing import line_name, untold
from mistok.aid.models import AidLine
from mistok.kernel.errors import Invalid
from mistok.needs.items import unit as unit_of
from mistok.needs.lines.amounts import MOST_STEPS
from mistok.needs.models.lines import STEPS_PER_UNIT


def check_amount(steps: int, line: AidLine, *, zero: bool = False) -> None:
    """Raise Invalid for what is no amount of the line, in thousandths of its unit.

    Codes: `amount_impossible` below zero, or zero unless `zero` may be, or too much to be true;
    `amount_not_whole` for half an ambulance.
    """
    # Not `isinstance`: True is an int as well, and a number with a point must not slip through.
    if type(steps) is not int or not (0 if zero else 1) <= steps <= MOST_STEPS:
        refusal = Invalid(
            _("The amount of “%(name)s” cannot be. Write how much it is, above zero.")
            % {"name": line_name(line)},
            code="amount_impossible",
            details={"line": line.public_id},
        )
        raise untold(refusal, line.public_id)
    if unit_of(line.unit).whole and steps % STEPS_PER_UNIT:
        refusal = Invalid(
            _("“%(name)s” comes in whole numbers. Write a whole number.")
            % {"name": line_name(line)},
            code="amount_not_whole",
            details={"line": line.public_id},
        )
        raise untold(refusal, line.public_id)
