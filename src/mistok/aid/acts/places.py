"""Where something was done or given out: a hromada or a settlement, never an address (F4-19)."""

from typing import Final

from django.utils.translation import gettext as _

from mistok.accounts.models import Office
from mistok.aid.acts.refusing import untold
from mistok.kernel.errors import Invalid, NotFound
from mistok.registry.gazetteer import the_world

FINE_ENOUGH: Final = frozenset({"hromada", "municipality", "settlement", "district"})


def checked_settlement(key: str, office: Office) -> str:
    """The canonical key of a settlement in the office's country, or "" where none is told.

    Raises Invalid (`settlement_unknown`).
    """
    if not key.strip():
        return ""
    try:
        place = the_world().get(key.strip())
    except (Invalid, NotFound) as error:
        raise _unknown(key) from error
    if place.country != office.country or place.kind not in FINE_ENOUGH:
        raise _unknown(key)
    return place.key


def _unknown(key: str) -> Invalid:
    refusal = Invalid(
        _("“%(key)s” is no settlement of your country. Find it by its name and choose it.")
        % {"key": key[:40]},
        code="settlement_unknown",
    )
    # Somebody may have written an address here.
    return untold(refusal, "A settlement")
