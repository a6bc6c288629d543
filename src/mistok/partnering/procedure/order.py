"""Choices of a side that an administrator made for everybody: who decides first in Ukraine."""

import datetime as dt
from collections.abc import Mapping

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid
from mistok.partnering.procedure.templates import Template
from mistok.registry.guarding.known import Order
from mistok.registry.services.rules import ORDER, order_on

OPTION = "order"


def set_by_rule(found: Template, day: dt.date) -> dict[str, str]:
    """The choices of a template that are made already; empty where each side chooses itself."""
    order = order_on(day)
    offered = any(option.code == OPTION for option in found.options)
    return {OPTION: str(order)} if offered and order is not Order.ANY else {}


def with_rule(found: Template, options: Mapping[str, str], day: dt.date) -> dict[str, str]:
    """The side's choices with those that are made already.

    Raises Invalid (`order_set_by_rule`) for another one, `option_unknown` as `chosen` does.
    """
    found.chosen(options)
    made = set_by_rule(found, day)
    if OPTION in made and options.get(OPTION, made[OPTION]) != made[OPTION]:
        option = next(one for one in found.options if one.code == OPTION)
        words = option.words[made[OPTION]]
        raise Invalid(
            _("Rule %(rule)s decides who comes first: %(way)s. Choose that.")
            % {"rule": ORDER, "way": words.get(get_language() or "en") or words["en"]},
            code="order_set_by_rule",
            details={"order": made[OPTION]},
        )
    return {**options, **made}
