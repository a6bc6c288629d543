"""Shapes that all operations share: strict bodies, exact numbers, days, pages, problems."""

import datetime as dt
import re
from decimal import Decimal
from typing import Annotated, Any, Final

from ninja import Schema
from pydantic import BeforeValidator, ConfigDict, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from mistok.needs.models.lines import STEPS_PER_UNIT

_NUMBER: Final = r"-?\d{1,12}(\.\d{1,6})?"
_EXACT: Final = re.compile(_NUMBER, re.ASCII)
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class Body(Schema):
    """What a program sends: nothing but the fields that are told."""

    model_config = ConfigDict(
        extra="forbid", strict=True, use_enum_values=True, validate_default=True
    )


def _exact(value: Any) -> Decimal:
    if isinstance(value, Decimal):
        return value
    if not isinstance(value, str) or not _EXACT.fullmatch(value):
        raise PydanticCustomError("exact_number", "not an exact number")
    return Decimal(value)


def _day(value: Any) -> dt.date:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("calendar_day", "not a day")


def plain(number: Decimal) -> str:
    """A number without an exponent and without places that say nothing: 7.500 is 7.5."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def exact(steps: int) -> str:
    """Thousandths of a unit as a text in units."""
    return plain(Decimal(steps) / STEPS_PER_UNIT)


Exact = Annotated[
    Decimal,
    BeforeValidator(_exact),
    PlainSerializer(plain, return_type=str, when_used="json"),
    WithJsonSchema({"type": "string", "pattern": f"^{_NUMBER}$", "examples": ["7.5"]}),
]
"""A number with a point as a text: never a floating point number."""
Day = Annotated[
    dt.date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-11-23"]}),
]


class Problem(Schema):
    """Why not: for programs `code` and `details`, for people `message`; the rest is RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    message: str
    details: dict[str, Any]


REFUSALS: Final = frozenset({400, 401, 403, 404, 409, 413, 429, 500, 503})
PROBLEMS: Final[dict[Any, Any]] = {REFUSALS: Problem}
"""What every operation may answer instead."""
