"""What is told of a need beside its amount."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mistok.needs.models import Need
from mistok.needs.models.lines import EndUser, NeedKind, Repeat, Season, ValueBasis
from mistok.web.needs.cards import span_words
from mistok.web.needs.words import day_words, field_of, money_words
from mistok.web.words import in_language

Facts = list[tuple[str, str]]


def need_facts(need: Need, own: bool) -> Facts:
    """For those who may read it; how it is kept from the public is told to its own office."""
    facts = [
        (_("Field of help"), field_of(need.cluster).capitalize()),
        (_("Kind"), _label(NeedKind, need.kind)),
        (_("For whom"), _label(EndUser, need.end_user)),
        (_("Needed by"), day_words(need.needed_by)),
        (_("When it is of use"), _season(need.season)),
        *_quality(need.specification, need.shelf_life_months, need.wear_percent),
        (_("What delivery must heed"), need.delivery_note),
        (_("Estimated value"), _value(need)),
        (_("Comes back"), _label(Repeat, need.repeat)),
        (_("HS heading"), need.hs6),
        (_("Public"), _("never") if own and need.restricted else ""),
    ]
    return [(label, value) for label, value in facts if value]


def public_facts(told: Mapping[str, Any]) -> Facts:
    """The same of a projection."""
    facts = [
        (_("Field of help"), field_of(told["cluster"]).capitalize()),
        (_("Kind"), _label(NeedKind, told["kind"])),
        (_("For whom"), _label(EndUser, told["end_user"])),
        (_("Needed by"), span_words(told["needed_by"])),
        (_("When it is of use"), _season(told["season"])),
        *_quality(told["specification"], told["shelf_life_months"], told["wear_percent"]),
    ]
    return [(label, value) for label, value in facts if value]


def _quality(specification: Mapping[str, str], months: int | None, wear: int | None) -> Facts:
    least = ngettext("at least %(n)s month", "at least %(n)s months", months or 0)
    return [
        (_("Specification"), in_language(specification) or next(iter(specification.values()), "")),
        (_("Shelf life left"), least % {"n": months} if months is not None else ""),
        (_("Wear"), _("at most %(n)s %%") % {"n": wear} if wear is not None else ""),
    ]


def _value(need: Need) -> str:
    basis = _label(ValueBasis, need.value_basis)
    return money_words(need.value, need.currency) + (f" ({basis})" if basis else "")


def _season(code: str) -> str:
    return "" if code == Season.NONE else _label(Season, code)


def _label(choices: Any, code: str) -> str:
    return str(choices(code).label) if code else ""
