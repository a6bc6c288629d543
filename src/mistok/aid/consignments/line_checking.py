"""What a form says of a line, checked: names, codes, exact amounts, weights, who it is for."""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

from babel import Locale
from django.utils.translation import gettext as _

from mistok.accounts.services.texts import words
from mistok.aid.consignments.entries import GRAMS_PER_KILOGRAM, LINE_FIELDS, LineEntry
from mistok.aid.consignments.flags import is_controlled, is_vehicle
from mistok.aid.consignments.line_lots import checked_lots
from mistok.aid.consignments.line_values import checked_value
from mistok.aid.consignments.refusing import check_past
from mistok.aid.models.consignments import Bound, ControlList
from mistok.kernel.errors import Invalid
from mistok.needs.items import Item, cluster, exact_amount
from mistok.needs.items import item as item_of
from mistok.needs.items import unit as unit_of
from mistok.needs.models.lines import STEPS_PER_UNIT, EndUser

LONGEST_NAME: Final = 400
LONGEST_LICENCE: Final = 80
MOST_COUNTED: Final = 10**9
MOST_PERCENT: Final = 100
DIGITS: Final = {"hs6": 6, "uktzed": 10}
ONE: Final = "piece"
NOT_GOODS: Final = frozenset({"time", "calendar", "person"})
"""Dimensions in which goods are not counted."""


def checked_line(entry: LineEntry, today: dt.date) -> dict[str, Any]:
    """The fields of an `AidLine` by name, without its commitment.

    Controlled goods and goods for defence make the line restricted by themselves (D7-01). Raises
    Invalid: `names_missing`, `text_too_long`, `language_unknown`, `cluster_unknown`,
    `hs6_malformed`, `uktzed_malformed`, `codes_disagree`, `unit_mismatch`, `bound_unknown`,
    `bound_without_amount`, `…_out_of_range`, `gross_below_net`, `wear_of_new`, `day_to_come`,
    `control_list_unknown`, `end_user_unknown`, what `needs.items.exact_amount`, `checked_lots`
    and `checked_value` raise; NotFound (`item_unknown`).
    """
    known = item_of(entry.item) if entry.item else None
    _check_choices(entry)
    codes = _codes(entry, known)
    unit = _unit(entry, known)
    steps = _steps(entry, unit)
    if entry.produced_on is not None:
        check_past(entry.produced_on, today)
    return {
        "names": _names(entry, known),
        "item": entry.item,
        "cluster": cluster(entry.cluster or (known.cluster if known else "")).code,
        **codes,
        "unit": unit,
        "bound": entry.bound,
        "amount": steps,
        **{name: _whole(entry, name, MOST_COUNTED, least=1) for name in ("packages", "pieces")},
        **_weights(entry),
        **checked_value(entry, today),
        "used": entry.used,
        "wear_percent": _wear(entry),
        "produced_on": entry.produced_on,
        "lot_details": checked_lots(entry, unit, steps),
        "control_list": entry.control_list,
        "licence": words(
            entry.licence, what=str(LINE_FIELDS["licence"]), most=LONGEST_LICENCE, needed=False
        ),
        "end_user": entry.end_user,
        "restricted": entry.restricted or is_controlled(entry),
    }


def _check_choices(entry: LineEntry) -> None:
    chosen = {"bound": Bound, "control_list": ControlList, "end_user": EndUser}
    for name, among in chosen.items():
        value = getattr(entry, name)
        if value not in among.values:
            raise Invalid(
                _("“%(value)s” is not in the list for %(field)s. Choose one of the list.")
                % {"value": str(value)[:40], "field": LINE_FIELDS[name]},
                code=f"{name}_unknown",
            )


def _names(entry: LineEntry, known: Item | None) -> dict[str, str]:
    """Names by language; what the catalogue calls an item where nobody named it otherwise."""
    found: dict[str, str] = {}
    languages = Locale("en").languages
    for lang, text in entry.names.items():
        if lang not in languages:
            raise Invalid(
                _("“%(value)s” is no language. Write its code, for example uk, en or de.")
                % {"value": lang[:40]},
                code="language_unknown",
            )
        name = words(text, what=str(LINE_FIELDS["names"]), most=LONGEST_NAME, needed=False)
        found |= {lang: name} if name else {}
    if known is not None:
        return {lang: known.name(lang) for lang in ("uk", "en")} | found
    if not found:
        raise Invalid(
            _("It is not told what comes. Choose an item of the catalogue, or write its name."),
            code="names_missing",
        )
    return found


def _codes(entry: LineEntry, known: Item | None) -> dict[str, str]:
    """HS heading and Ukrainian code; one follows from the other or from the item."""
    found = {name: re.sub(r"[\s.]", "", getattr(entry, name)) for name in DIGITS}
    for name, length in DIGITS.items():
        code = found[name]
        if code and not re.fullmatch(rf"[0-9]{{{length}}}", code):
            raise Invalid(
                _("%(field)s: “%(value)s” has to have %(length)s digits. Correct the code.")
                % {"field": LINE_FIELDS[name], "value": code[:20], "length": length},
                code=f"{name}_malformed",
            )
    if not found["hs6"]:
        found["hs6"] = found["uktzed"][:6] or ((known.hs6 or "") if known else "")
    if found["uktzed"] and not found["uktzed"].startswith(found["hs6"]):
        raise Invalid(
            _("The code by UKTZED begins with the six digits of the HS heading. Correct one."),
            code="codes_disagree",
        )
    return found


def _unit(entry: LineEntry, known: Item | None) -> str:
    unit = unit_of(entry.unit or (known.unit if known else ""))
    wrong = unit.dimension in NOT_GOODS or (is_vehicle(entry) and unit.code != ONE)
    if wrong:
        raise Invalid(
            _("These goods are not counted in %(unit)s. Choose another unit, for example pieces.")
            % {"unit": unit.names["en"][-1]},
            code="unit_mismatch",
            details={"unit": unit.code},
        )
    return unit.code


def _steps(entry: LineEntry, unit: str) -> int | None:
    """The amount in thousandths; an inequality stays one, and what nobody told stays unknown."""
    if entry.number is None:
        if entry.bound:
            raise Invalid(
                _("“%(bound)s” stands without an amount. Write the amount, or leave both empty.")
                % {"bound": Bound(entry.bound).label},
                code="bound_without_amount",
            )
        return None
    return int(exact_amount(entry.number, unit).number * STEPS_PER_UNIT)


def _weights(entry: LineEntry) -> Mapping[str, int | None]:
    net, gross = _grams(entry.net_kg), _grams(entry.gross_kg)
    if net is not None and gross is not None and gross < net:
        raise Invalid(
            _("The gross weight is less than the net weight. Correct one of the two."),
            code="gross_below_net",
        )
    return {"net_grams": net, "gross_grams": gross}


def _grams(kilograms: Decimal | None) -> int | None:
    if kilograms is None:
        return None
    return int(exact_amount(kilograms, "kilogram").number * GRAMS_PER_KILOGRAM)


def _wear(entry: LineEntry) -> int | None:
    wear = _whole(entry, "wear_percent", MOST_PERCENT, least=0)
    if wear and not entry.used:
        raise Invalid(
            _("New goods have no wear. Mark them as used, or leave the wear empty."),
            code="wear_of_new",
        )
    return wear


def _whole(entry: LineEntry, name: str, most: int, *, least: int) -> int | None:
    value: int | None = getattr(entry, name)
    if value is not None and not least <= value <= most:
        raise Invalid(
            _("%(field)s: %(value)s cannot be. Write a whole number from %(least)s to %(most)s.")
            % {"field": LINE_FIELDS[name], "value": value, "least": least, "most": most},
            code=f"{name}_out_of_range",
        )
    return value
