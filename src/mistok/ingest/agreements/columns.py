"""The twelve columns of the list by their headings, however long these are."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.translation import gettext as _

from mistok.ingest.tables.headings import unique
from mistok.kernel.errors import Invalid
from mistok.world import fold

_WAYS: Final = tuple(
    (field, re.compile(pattern.translate(str.maketrans("їй", "іи"))))  # as `fold` leaves them
    for field, pattern in (
        ("registration", r"реєстрац\w* номер|номер\w* реєстрац"),
        ("foreign_unit", r"(?:адміністративн|територіальн)\w*.*(?:іноземн|держав|партнер)"),
        ("foreign_subject", r"(?:субєкт|сторон|учасник|партнер).*(?:іноземн|зарубіжн|закордон)"),
        ("foreign_subject", r"(?:іноземн|зарубіжн|закордон)\w* (?:субєкт|сторон|учасник|партнер)"),
        ("state", r"іноземн\w* держав|держава партнер|назва держав|країна"),
        ("ua_region", r"(?:регіон|область|області)(?!.*іноземн)"),
        ("ua_subject", r"(?:субєкт|сторон|учасник).*(?:україн|вітчизн)"),
        ("ua_subject", r"україн\w* (?:субєкт|сторон|учасник)"),
        ("duration", r"строк|термін|тривалість"),
        ("date", r"дата"),
        ("kind", r"вид|тип|форма"),
        ("sphere", r"сфер|напрям|предмет"),
        ("title", r"назва|угод"),
        ("number", r"^no(?: з п)?$|^n з п$|^номер(?: з п)?$|порядков"),
    )
)
NEEDED: Final = ("ua_subject", "foreign_subject", "state")
_MOST_OF_THEM: Final = 8
Columns = Mapping[str, str]
"""Field to the name of its cell."""


def columns_of(headings: Sequence[str]) -> Columns:
    """Which column is which. Raises Invalid (`columns_missing`) without the parties."""
    found = _found(headings)
    missing = [field for field in NEEDED if field not in found]
    if missing:
        raise Invalid(
            _(
                "This is not the list of agreements: the columns %(missing)s were not found. "
                "Bring it in as a table of your own with `mistok ingest table`."
            )
            % {"missing": ", ".join(missing)},
            code="columns_missing",
            details={"missing": missing},
        )
    return found


def fits(headings: Sequence[str]) -> bool:
    """Whether these are the headings of the list: most of the twelve, and the parties."""
    found = _found(headings)
    return len(found) >= _MOST_OF_THEM and all(field in found for field in NEEDED)


def count_of(headings: Sequence[str]) -> int:
    """How many of these texts are headings of the list."""
    return len(_found(headings))


def _found(headings: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, heading in zip(unique(headings), headings, strict=True):
        field = _field_of(fold(heading), found)
        if field:
            found[field] = name
    return found


def _field_of(folded: str, taken: Mapping[str, str]) -> str:
    ways = (field for field, pattern in _WAYS if field not in taken and pattern.search(folded))
    return next(ways, "") if folded else ""
