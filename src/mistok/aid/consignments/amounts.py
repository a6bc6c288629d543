"""Amounts of lines under codes and in declarations: exact, in the unit of the line."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _

from mistok.aid.consignments.refusing import kept_short
from mistok.aid.consignments.writing import living_lines
from mistok.aid.models import AidLine, Consignment
from mistok.kernel.errors import Conflict, NotFound
from mistok.needs.items import exact_amount
from mistok.needs.lines import told_amount
from mistok.needs.models.lines import STEPS_PER_UNIT


def lines_by_id(consignment: Consignment) -> dict[str, AidLine]:
    """The living lines by their public ids, in their order."""
    return {line.public_id: line for line in living_lines(consignment)}


def exact_steps(
    known: Mapping[str, AidLine], public_id: str, number: Decimal
) -> tuple[AidLine, int]:
    """A line with an amount of it in thousandths.

    Raises NotFound (`line_unknown`), Invalid (what `needs.items.exact_amount` raises).
    """
    line = known.get(public_id)
    if line is None:
        raise NotFound(
            _("The consignment has no such line. Open the page again and choose one of its lines."),
            code="line_unknown",
        )
    return line, int(exact_amount(number, line.unit).number * STEPS_PER_UNIT)


def more_than_line(line: AidLine) -> Conflict:
    """For who lists more than the line holds."""
    refusal = Conflict(
        _("Line %(line)s holds %(amount)s and no more. List less, or correct the line first.")
        % {"line": line.position, "amount": told_amount(line.amount or 0, line.unit)},
        code="more_than_line",
        details={"line": line.position},
    )
    return kept_short(refusal, "More is listed than the line holds.")
