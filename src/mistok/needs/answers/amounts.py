"""Between the whole thousandths that are kept and the numbers that people write."""

from decimal import Decimal

from mistok.needs.answers.entries import CommitmentEntry
from mistok.needs.items import Amount, convert, exact_amount
from mistok.needs.models import Need
from mistok.needs.models.lines import STEPS_PER_UNIT


def steps_of(amount: Amount) -> int:
    """An amount as it is kept."""
    return int(amount.number * STEPS_PER_UNIT)


def amount_of(steps: int, unit: str) -> Amount:
    """What is kept as an amount; `steps` above zero."""
    return Amount(Decimal(steps) / STEPS_PER_UNIT, unit)


def counted_steps(need: Need, entry: CommitmentEntry, all_of_it: int) -> int:
    """For how many thousandths of the need's unit an entry counts; without a number `all_of_it`.

    Another unit of the same dimension is converted exactly. Raises Invalid as
    `needs.items.exact_amount` and `convert` do.
    """
    if entry.number is None:
        return all_of_it
    given = exact_amount(entry.number, entry.unit or need.unit)
    # What has no exact value in the need's own unit is refused, not rounded.
    return steps_of(convert(given, need.unit))
