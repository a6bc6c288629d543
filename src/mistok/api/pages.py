"""Long lists in pages: `next` of an answer is the cursor of the next one, or null."""

from typing import Any, Final, TypeVar

from django.db import models
from django.utils.translation import gettext as _
from ninja import Query, Schema
from pydantic import Field

from mistok.kernel.errors import Invalid

MOST: Final = 200
Row = TypeVar("Row", bound=models.Model)


class Turn(Schema):
    """Which page."""

    cursor: str = Field("", max_length=60, description="`next` of the page before.")
    limit: int = Field(50, ge=1, le=MOST, description="At most so many rows.")


Turned = Query[Turn]


def page_of(
    rows: "models.QuerySet[Row]", turn: Turn, *, by: str = "-pk"
) -> tuple[list[Row], str | None]:
    """The rows after the cursor in a steady order (`-pk`, `pk`, `number`), and the next cursor.

    The cursor is the public id of the last row, which has to be one of these rows: a list that
    grows meanwhile neither repeats nor leaves out. Raises Invalid (code `cursor_unknown`).
    """
    name, newest_first = by.removeprefix("-"), by.startswith("-")
    if turn.cursor:
        last = rows.filter(public_id=turn.cursor).values_list(name, flat=True).first()
        if last is None:
            raise Invalid(
                _("This cursor is of another list. Begin again without a cursor."),
                code="cursor_unknown",
            )
        rows = rows.filter(**{f"{name}__lt" if newest_first else f"{name}__gt": last})
    found = list(rows.order_by(by)[: turn.limit + 1])
    more: Any = found[turn.limit - 1] if len(found) > turn.limit else None
    return found[: turn.limit], more.public_id if more is not None else None
