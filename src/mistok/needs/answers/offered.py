"""What a form says of an offer, and what is kept of it: checked, exact, in one form."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from mistok.accounts.services.texts import words
from mistok.kernel.errors import Invalid
from mistok.needs.answers.amounts import steps_of
from mistok.needs.answers.entries import OfferEntry
from mistok.needs.items import Item, cluster, exact_amount
from mistok.needs.items import item as item_of
from mistok.needs.lines.entries import FARTHEST_YEARS, LONGEST_TEXT, texts
from mistok.needs.models import Offer
from mistok.needs.models.lines import NeedKind, Season
from mistok.registry.gazetteer import the_world

LONGEST_CONDITION = 400
LONGEST_TRANSPORT = 200
MOST_COUNTRIES = 60


def checked_offer(entry: OfferEntry, today: dt.date, former: Offer | None = None) -> dict[str, Any]:
    """The fields of an `Offer` by name, `amount` in thousandths.

    `former`: the offer that is changed, whose days may be over. Raises Invalid (amounts,
    `text_missing`, `text_too_long`, `language_unknown`, `cluster_unknown`, `kind_unknown`,
    `season_unknown`, `country_unknown`, `restricted_never_public`, `day_impossible`,
    `days_in_wrong_order`), NotFound (`item_unknown`).
    """
    known = item_of(entry.item) if entry.item else None
    amount = exact_amount(entry.number, entry.unit or (known.unit if known else ""))
    _check_days(entry, today, former)
    restricted = entry.restricted or (known is not None and known.restricted)
    if restricted and entry.public:
        raise Invalid(
            _("Dual-use and military goods are never public. Offer them to partners only."),
            code="restricted_never_public",
        )
    return {
        "item": entry.item,
        "text": _text(entry, known),
        "cluster": cluster(entry.cluster or (known.cluster if known else "")).code,
        "unit": amount.unit,
        "amount": steps_of(amount),
        "available_from": entry.available_from,
        "available_until": entry.available_until,
        "countries": _countries(entry),
        "condition": words(
            entry.condition,
            what=_("The condition of the thing"),
            most=LONGEST_CONDITION,
            needed=False,
        ),
        "transport": words(
            entry.transport, what=_("Who carries it"), most=LONGEST_TRANSPORT, needed=False
        ),
        "restricted": restricted,
        "public": entry.public,
        **_choices(entry, known),
    }


def _text(entry: OfferEntry, known: Item | None) -> dict[str, str]:
    found = texts(entry.text, _("What is offered"), LONGEST_TEXT)
    if known is None and not found:
        raise Invalid(
            _("It is not told what is offered. Choose an item of the catalogue, or write it."),
            code="text_missing",
        )
    return found


def _choices(entry: OfferEntry, known: Item | None) -> dict[str, str]:
    kind = known.kind if known else str(entry.kind) or NeedKind.GOODS.value
    season = str(entry.season) or (known.season if known else Season.NONE.value)
    for name, value, among in (("kind", kind, NeedKind), ("season", season, Season)):
        if value not in among.values:
            raise Invalid(
                _("“%(value)s” is not in the list. Choose one of the list.")
                % {"value": value[:40]},
                code=f"{name}_unknown",
            )
    return {"kind": kind, "season": season}


def _countries(entry: OfferEntry) -> list[str]:
    known = the_world().columns.country_codes
    wanted = sorted({code.strip().upper() for code in entry.countries[:MOST_COUNTRIES]} - {""})
    for code in wanted:
        if code not in known:
            raise Invalid(
                _("“%(code)s” is no country. Write its two letters, for example UA.")
                % {"code": code[:10]},
                code="country_unknown",
            )
    return wanted


def _check_days(entry: OfferEntry, today: dt.date, former: Offer | None) -> None:
    since, until = entry.available_from, entry.available_until
    if since and until and until < since:
        raise Invalid(
            _("The offer ends on %(until)s, before it begins. Change one of the two days.")
            % {"until": until.isoformat()},
            code="days_in_wrong_order",
        )
    # A day that the offer names already may be over.
    if until and until < today and (former is None or until != former.available_until):
        raise _impossible(until)
    for day in (since, until):
        if day and abs(day.year - today.year) > FARTHEST_YEARS:
            raise _impossible(day)


def _impossible(day: dt.date) -> Invalid:
    return Invalid(
        _("%(day)s cannot be: write a day from today on, within %(years)s years.")
        % {"day": day.isoformat(), "years": FARTHEST_YEARS},
        code="day_impossible",
    )
