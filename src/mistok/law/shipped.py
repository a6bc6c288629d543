"""The rules that come with the program: `data/rules.json`, checked while it is read."""

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from mistok.kernel.errors import Invalid
from mistok.kernel.ids import public_id
from mistok.law.models import Rule

RULES = Path(__file__).parent / "data" / "rules.json"
_DAYS = ("first_day", "last_day")


@cache
def shipped_versions() -> tuple[Rule, ...]:
    """Every version in the file as a row not yet saved, in the order of the file."""
    return read_versions(RULES.read_text(encoding="utf-8"))


def read_versions(text: str) -> tuple[Rule, ...]:
    """Rows from the text of a file of rules. Raises Invalid (code `rules_malformed`)."""
    try:
        stated = json.loads(text)
    except ValueError as error:
        raise _malformed("", error) from error
    return tuple(_row(one) for one in stated)


def version_id(row: Rule) -> str:
    """The id of a version: made of all that it says, so the same words come in once only.

    Code, day and source alone would not do: a corrected word in the file is a further version.
    """
    said = {
        field.name: getattr(row, field.name)
        for field in Rule._meta.concrete_fields
        if field.name not in ("id", "public_id", "added_at", "added_by")
    }
    return public_id("rule", json.dumps(said, sort_keys=True, ensure_ascii=False, default=str))


def _row(stated: dict[str, Any]) -> Rule:
    try:
        days = {name: dt.date.fromisoformat(stated[name]) for name in _DAYS if stated.get(name)}
        row = Rule(**(stated | days), origin=Rule.Origin.SHIPPED, added_by="mistok")
        row.public_id = version_id(row)
        row.clean_fields()
    except (TypeError, ValueError, ValidationError) as error:
        raise _malformed(str(stated.get("code", "")), error) from error
    return row


def _malformed(code: str, error: Exception) -> Invalid:
    return Invalid(
        f"The file of rules is not sound at “{code}”: {error}. Correct the file and load it again.",
        code="rules_malformed",
        details={"rule": code},
    )
