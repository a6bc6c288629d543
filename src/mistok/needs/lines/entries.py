"""What a form says of a need, and what is kept of it: checked, exact, in one form."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import Any, Final

from babel.numbers import list_currencies
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, pgettext_lazy

from mistok.accounts.services.texts import words
from mistok.kernel.errors import Invalid
from mistok.needs.items import LANGUAGES, Item, cluster, exact_amount
from mistok.needs.items import item as item_of
from mistok.needs.models import Need
from mistok.needs.models.lines import (
    STEPS_PER_UNIT,
    EndUser,
    NeedKind,
    Priority,
    Repeat,
    Season,
    ValueBasis,
)

LONGEST_TEXT: Final = 400
LONGEST_SPECIFICATION: Final = 2000
LONGEST_NOTE: Final = 200
MOST_MONTHS: Final = 600
MOST_PERCENT: Final = 100
MOST_VALUE: Final = Decimal(10) ** 12
FARTHEST_YEARS: Final = 10
CENT: Final = Decimal("0.01")

FIELDS: Final[Mapping[str, Any]] = {
    "item": gettext_lazy("Item"),
    "text": gettext_lazy("What is needed"),
    "kind": gettext_lazy("Kind"),
    "cluster": gettext_lazy("Field of help"),
    "unit": pgettext_lazy("amount", "Unit"),
    "number": pgettext_lazy("amount", "Amount"),
    "specification": gettext_lazy("Specification"),
    "shelf_life_months": gettext_lazy("Shelf life left, at least (months)"),
    "wear_percent": gettext_lazy("Wear, at most (percent)"),
    "priority": gettext_lazy("Priority"),
    "needed_by": gettext_lazy("Needed by"),
    "season": gettext_lazy("Season"),
    "end_user": gettext_lazy("For whom"),
    "delivery_note": gettext_lazy("What delivery must heed"),
    "restricted": gettext_lazy("Never public"),
    "value": gettext_lazy("Estimated value"),
    "currency": gettext_lazy("Currency"),
    "value_basis": gettext_lazy("The value rests on"),
    "repeat": gettext_lazy("Comes back"),
}
"""What the fields of an entry are called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedEntry:
    """Everything that a form gives. Texts by language; `number` in units, exact.

    With an `item` of the catalogue the kind is the item's, and `text` only adds to its name;
    without one `text` tells what is needed. `number` is all that was ever asked in this line.
    """

    item: str = ""
    text: Mapping[str, str] = field(default_factory=dict)
    kind: str = NeedKind.GOODS.value
    cluster: str = ""
    unit: str = ""
    number: Decimal = Decimal(0)
    specification: Mapping[str, str] = field(default_factory=dict)
    shelf_life_months: int | None = None
    wear_percent: int | None = None
    priority: str = Priority.IMPORTANT.value
    needed_by: dt.date | None = None
    season: str = Season.NONE.value
    end_user: str = EndUser.ADMINISTRATION.value
    delivery_note: str = ""
    restricted: bool = False
    value: Decimal | None = None
    currency: str = ""
    value_basis: str = ""
    repeat: str = ""


def entry_of_item(code: str) -> NeedEntry:
    """What the catalogue says of an item, to be filled in. Raises NotFound (`item_unknown`)."""
    known = item_of(code)
    return NeedEntry(
        item=known.code,
        kind=known.kind,
        cluster=known.cluster,
        unit=known.unit,
        season=known.season,
        restricted=known.restricted,
    )


def entry_of(need: Need) -> NeedEntry:
    """A need as its form shows it."""
    plain = {name: getattr(need, name) for name in FIELDS if name != "number"}
    return NeedEntry(**plain, number=need.number(need.asked))


def checked(entry: NeedEntry, today: dt.date, former_day: dt.date | None = None) -> dict[str, Any]:
    """The fields of a `Need` by name, `asked` in thousandths.

    `former_day`: the day that the need names already, which may be over. Raises Invalid: what
    `needs.items.exact_amount` raises, `text_missing`, `text_too_long`, `language_unknown`,
    `cluster_unknown`, `…_unknown` by field, `shelf_life_months_out_of_range`,
    `wear_percent_out_of_range`, `needed_by_past`, `needed_by_too_far`, `value_…`,
    `currency_missing`, `currency_unknown`, `basis_without_value`; NotFound (`item_unknown`).
    """
    known = item_of(entry.item) if entry.item else None
    amount = exact_amount(entry.number, entry.unit)
    if entry.needed_by != former_day:
        check_day(entry.needed_by, today)
    chosen = _choices(entry, known)
    value = _value(entry)
    return {
        "item": entry.item,
        "text": _text(entry, known),
        "cluster": cluster(entry.cluster or (known.cluster if known else "")).code,
        "hs6": (known.hs6 or "") if known else "",
        "unit": amount.unit,
        "asked": int(amount.number * STEPS_PER_UNIT),
        "specification": texts(entry.specification, FIELDS["specification"], LONGEST_SPECIFICATION),
        "shelf_life_months": _within(entry, "shelf_life_months", MOST_MONTHS),
        "wear_percent": _within(entry, "wear_percent", MOST_PERCENT),
        "needed_by": entry.needed_by,
        "delivery_note": words(
            entry.delivery_note, what=FIELDS["delivery_note"], most=LONGEST_NOTE, needed=False
        ),
        "restricted": entry.restricted or never_public(known, entry.end_user),
        **chosen,
        **value,
    }


def never_public(known: Item | None, end_user: str) -> bool:
    """Whether goods or users themselves forbid it (D7-01, table 7.2): dual use, military."""
    return (known is not None and known.restricted) or end_user == EndUser.DEFENCE


def texts(given: Mapping[str, str], label: object, most: int) -> dict[str, str]:
    """Texts by language without signs that cannot be read, the empty ones left out."""
    found = {}
    for lang in given:
        if lang not in LANGUAGES:
            raise unknown("language", lang)
        text = words(given[lang], what=str(label), most=most, needed=False)
        if text:
            found[lang] = text
    return found


def check_day(day: dt.date | None, today: dt.date) -> None:
    """Raise Invalid (`needed_by_past`, `needed_by_too_far`) for a day that helps nobody."""
    if day is not None and day < today:
        raise Invalid(
            _("The day %(day)s is over. Write a day to come, or leave it empty.")
            % {"day": day.isoformat()},
            code="needed_by_past",
        )
    if day is not None and day.year > today.year + FARTHEST_YEARS:
        raise Invalid(
            _("%(day)s is more than %(years)s years away. Check the year.")
            % {"day": day.isoformat(), "years": FARTHEST_YEARS},
            code="needed_by_too_far",
        )


def unknown(field_name: str, value: object) -> Invalid:
    """The refusal of what is in no list."""
    return Invalid(
        _("“%(value)s” is not in the list for %(field)s. Choose one of the list.")
        % {"value": str(value)[:40], "field": FIELDS.get(field_name, _("Language"))},
        code=f"{field_name}_unknown",
    )


def _text(entry: NeedEntry, known: Item | None) -> dict[str, str]:
    found = texts(entry.text, FIELDS["text"], LONGEST_TEXT)
    if known is None and not found:
        raise Invalid(
            _("It is not told what is needed. Choose an item of the catalogue, or write it."),
            code="text_missing",
        )
    return found


def _choices(entry: NeedEntry, known: Item | None) -> dict[str, str]:
    given = {
        "kind": (known.kind if known else entry.kind, NeedKind),
        "priority": (entry.priority, Priority),
        "season": (entry.season, Season),
        "end_user": (entry.end_user, EndUser),
    }
    if entry.repeat:
        given["repeat"] = (entry.repeat, Repeat)
    for name, (value, among) in given.items():
        if value not in among.values:
            raise unknown(name, value)
    return {"repeat": ""} | {name: str(value) for name, (value, _among) in given.items()}


def _within(entry: NeedEntry, name: str, most: int) -> int | None:
    value: int | None = getattr(entry, name)
    if value is not None and not 0 <= value <= most:
        raise Invalid(
            _("%(field)s: %(value)s cannot be. Write a whole number from 0 to %(most)s.")
            % {"field": FIELDS[name], "value": value, "most": most},
            code=f"{name}_out_of_range",
        )
    return value


def _value(entry: NeedEntry) -> dict[str, Any]:
    """The estimated value with currency and basis, or none of the three."""
    if entry.value is None:
        if entry.value_basis:
            raise Invalid(
                _("A basis is told without a value. Write the value, or leave both empty."),
                code="basis_without_value",
            )
        return {"value": None, "currency": "", "value_basis": ""}
    _check_value(entry.value)
    if not entry.currency:
        raise Invalid(_("The value has no currency. Choose one."), code="currency_missing")
    if entry.currency not in _currencies():
        raise unknown("currency", entry.currency)
    if entry.value_basis and entry.value_basis not in ValueBasis.values:
        raise unknown("value_basis", entry.value_basis)
    return {
        "value": entry.value,
        "currency": entry.currency,
        "value_basis": entry.value_basis or ValueBasis.ESTIMATE.value,
    }


def _check_value(value: Decimal) -> None:
    for wrong, code, sentence in _WRONG_VALUES:
        if wrong(value):
            raise Invalid(
                _(sentence) % {"value": str(value)[:40]},
                code=f"value_{code}",
            )


_WRONG_VALUES: Final[Sequence[tuple[Any, str, str]]] = (
    (
        lambda value: not value.is_finite(),
        "malformed",
        gettext_noop("“%(value)s” is not a value. Write one number, for example 1500."),
    ),
    (
        lambda value: value < 0,
        "negative",
        gettext_noop("The value “%(value)s” is below zero. Write a value above zero."),
    ),
    (
        lambda value: value >= MOST_VALUE,
        "too_large",
        gettext_noop(
            "The value “%(value)s” is more than any budget. Write the value of this line."
        ),
    ),
    (
        lambda value: value != value.quantize(CENT),
        "too_fine",
        gettext_noop("The value “%(value)s” has more than two decimal places. Round it to cents."),
    ),
)


@cache
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies())
