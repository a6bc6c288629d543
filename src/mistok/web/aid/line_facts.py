"""What is told of a line beside its name and amount, in words."""

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from mistok.aid.models import AidLine
from mistok.web.aid.words import field_word, weight_words
from mistok.web.needs.words import day_words, money_words, number_of, steps_text

Facts = list[tuple[str, str]]


def line_facts(line: AidLine) -> Facts:
    """Labels and values, without what is not told."""
    facts = [
        (_("Field of help"), field_word(line)),
        (_("For whom"), str(line.get_end_user_display())),
        (_("Packages"), _count(line.packages)),
        (_("Pieces"), _count(line.pieces)),
        (_("Net weight"), weight_words(line.net_grams)),
        (_("Gross weight"), weight_words(line.gross_grams)),
        (_("Value of one unit"), value_words(line)),
        (_("Rate of the National Bank"), _rate(line)),
        (_("State"), _quality(line)),
        (_("Produced"), day_words(line.produced_on)),
        (_("HS heading"), line.hs6),
        (_("UKTZED"), line.uktzed),
        (_("List of controlled goods"), _control(line)),
        (_("Licence"), line.licence),
        *lot_facts(line),
    ]
    return [(label, value) for label, value in facts if value]


def value_words(line: AidLine) -> str:
    """What one unit is worth, and on what that rests."""
    basis = str(line.get_value_basis_display()) if line.value_basis else ""
    return money_words(line.unit_value, line.currency) + (f" ({basis})" if basis else "")


def lot_facts(line: AidLine) -> Facts:
    """Batches and serial numbers as they were told, a line for each."""
    return [(_("Batch"), lot_words(lot, line.unit)) for lot in line.lot_details]


def lot_words(lot: dict[str, object], unit: str) -> str:
    """One of them: "LOT-7, use by 1 May 2027, 400 pcs"."""
    by = parse_date(str(lot.get("expires_on") or ""))
    amount = lot.get("amount")
    parts = [
        str(lot.get("batch") or ""),
        str(lot.get("serial") or ""),
        _("use by %(day)s") % {"day": day_words(by)} if by else "",
        steps_text(amount, unit) if isinstance(amount, int) else "",
    ]
    return ", ".join(filter(None, parts))


def _quality(line: AidLine) -> str:
    if line.wear_percent is not None:
        return _("used, worn by %(n)s %%") % {"n": line.wear_percent}
    return _("used") if line.used else ""


def _control(line: AidLine) -> str:
    return str(line.get_control_list_display()) if line.control_list else ""


def _rate(line: AidLine) -> str:
    if line.uah_rate is None:
        return ""
    rate = f"{line.uah_rate.normalize():f}"
    day = day_words(line.rate_day)
    return _("%(rate)s hryvnias, %(day)s") % {"rate": rate, "day": day} if day else rate


def _count(number: int | None) -> str:
    return "" if number is None else number_of(number * 1000)
