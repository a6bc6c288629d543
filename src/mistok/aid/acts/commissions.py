"""Who took part in an act: a commission of three, one of whom keeps the books (D4-10)."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from mistok.accounts.services.texts import words
from mistok.aid.acts.entries import ACCOUNTANT, Member
from mistok.kernel.errors import Invalid

FEWEST: Final = 3
MOST: Final = 30
LONGEST_NAME: Final = 200
LONGEST_DUTY: Final = 120


def checked_commission(members: Sequence[Member], *, needed: bool) -> list[dict[str, str]]:
    """The members as an act keeps them; one named twice counts once.

    Raises Invalid (`commission_too_small`, `commission_too_large`, `accountant_missing` where one
    is `needed`, and `text_missing`, `text_too_long`).
    """
    told: dict[str, dict[str, str]] = {}
    for member in members:
        name = words(member.name, what=_("The name of a member"), most=LONGEST_NAME)
        duty = words(member.duty, what=_("The duty of a member"), most=LONGEST_DUTY)
        told.setdefault(name.casefold(), {"name": name, "duty": duty})
    kept = list(told.values())
    if len(kept) > MOST:
        raise Invalid(
            _("A commission has at most %(most)s members. Name those who signed.") % {"most": MOST},
            code="commission_too_large",
        )
    if needed:
        _check_whole(kept)
    return kept


def _check_whole(kept: Sequence[dict[str, str]]) -> None:
    if len(kept) < FEWEST:
        raise Invalid(
            _("This act needs a commission of at least three people. Name all who took part."),
            code="commission_too_small",
        )
    if not any(member["duty"] == ACCOUNTANT for member in kept):
        raise Invalid(
            _("One of the commission must be an accountant. Say who of them keeps the books."),
            code="accountant_missing",
        )
