"""Rules whose value is a choice between ways, not an amount: what each number means."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.kernel.errors import Invalid

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

CHOICES: Mapping[str, tuple["StrPromise", ...]] = {
    "G01": (gettext_lazy("they are warned of"), gettext_lazy("they are refused")),
    "G02": (
        gettext_lazy("either may come first"),
        gettext_lazy("the ministry first"),
        gettext_lazy("the council first"),
    ),
}
"""The ways by code of the rule; the value counts from 0."""


def chosen(code: str, value: int | None) -> str:
    """The way that a value of this rule means; empty for a rule that is no choice."""
    ways = CHOICES.get(code, ())
    return str(ways[value]) if value is not None and value < len(ways) else ""


def check_choice(code: str, value: int | None) -> None:
    """Raise Invalid (code `rule_value_impossible`) for a value that none of the ways has."""
    if code in CHOICES and not chosen(code, value):
        ways = "; ".join(f"{number}: {way}" for number, way in enumerate(CHOICES[code]))
        raise Invalid(
            _("Rule %(code)s is a choice. Give one of these numbers: %(ways)s.")
            % {"code": code, "ways": ways},
            code="rule_value_impossible",
        )
