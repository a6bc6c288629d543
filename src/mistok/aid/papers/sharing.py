"""How a distribution plan divides lines among acquirers, as somebody writes it line by line."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mistok.aid.consignments import living_lines
from mistok.aid.models import AidLine, Consignment
from mistok.aid.papers.amounts import printed, unit_words
from mistok.aid.papers.phrases import Languages, everywhere
from mistok.kernel.errors import Invalid
from mistok.needs.items import exact_amount, read_number
from mistok.needs.lines import told_amount
from mistok.needs.models.lines import STEPS_PER_UNIT

SHARES: Final = "shares."
KIND: Final = "distribution_plan"
MOST_SHARES: Final = 100
_PARTS: Final = 4

Row = dict[str, Any]


def divided(
    consignment: Consignment,
    rows: Sequence[Row],
    words: Mapping[str, str],
    languages: Languages,
) -> list[Row]:
    """The plan's rows, with those divided of which `shares.N` tells how: N counts the rows.

    A share is a line of text: amount; acquirer; its code; hromada or settlement (the last two may
    be left out). Raises Invalid (`share_unreadable`, `shares_exceed_line`, and what
    `needs.items.read_number` and `exact_amount` raise).
    """
    found: list[Row] = []
    for number, (line, row) in enumerate(zip(living_lines(consignment), rows, strict=True), 1):
        shares = [one for one in words.get(f"{SHARES}{number}", "").splitlines() if one.strip()]
        found += _shares(line, row, shares, languages) if shares else [row]
    return found


def _shares(line: AidLine, row: Row, told: Sequence[str], languages: Languages) -> list[Row]:
    if len(told) > MOST_SHARES:
        raise _unreadable(line, told[MOST_SHARES])
    shares = [_share(line, one) for one in told]
    whole = sum(steps for steps, _rest in shares)
    if line.countable and whole > (line.amount or 0):
        raise Invalid(
            _("The shares of line %(line)s are %(shares)s, but it holds %(amount)s. Share less.")
            % {
                "line": line.position,
                "shares": told_amount(whole, line.unit),
                "amount": told_amount(line.amount or 0, line.unit),
            },
            code="shares_exceed_line",
            details={"line": line.position},
        )
    return [_row(line, row, steps, rest, languages) for steps, rest in shares]


def _share(line: AidLine, text: str) -> tuple[int, list[str]]:
    """The amount in thousandths, and what follows it."""
    number, *rest = [part.strip() for part in text.split(";", _PARTS - 1)]
    if not rest or not rest[0]:
        raise _unreadable(line, text)
    amount = exact_amount(read_number(number, (get_language() or "en")[:2]), line.unit)
    return int(amount.number * STEPS_PER_UNIT), [*rest, "", ""][: _PARTS - 1]


def _row(line: AidLine, row: Row, steps: int, rest: Sequence[str], languages: Languages) -> Row:
    acquirer, code, place = rest
    shared = row | {
        "amount": printed(steps, languages),
        "unit": unit_words(line, steps, languages),
        "acquirer": everywhere(acquirer, languages),
        "acquirer_code": code,
    }
    return shared | ({"settlement": everywhere(place, languages)} if place else {})


def _unreadable(line: AidLine, text: str) -> Invalid:
    return Invalid(
        _(
            "The share “%(text)s” of line %(line)s cannot be read. Write the amount, the acquirer, "
            "its code and its hromada, parted by semicolons: 5; City Hospital No. 2; 01234567."
        )
        % {"text": text.strip()[:80], "line": line.position},
        code="share_unreadable",
        details={"line": line.position},
    )
