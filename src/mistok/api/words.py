"""What is wrong with a body or a query, in one sentence that names the field."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

MOST_FIELDS = 50
"""A body that is wrong in more places is of another kind altogether."""


def what_is_wrong(errors: Sequence[Mapping[str, Any]]) -> tuple[str, list[dict[str, str]]]:
    """The sentence of the first mistake, and every field with its own."""
    fields = [
        {"field": field, "problem": _sentence(error, field)}
        for error in errors[:MOST_FIELDS]
        for field in [_field(error["loc"])]
    ]
    return fields[0]["problem"], fields


def _field(loc: Sequence[str | int]) -> str:
    """As JSON names it: `rows.0.amount`; where it was read from and its own name here left out."""
    where = [str(part) for part in loc[1:]]
    if loc[0] == "body":
        # The library adds the name of the argument, and pydantic the kind of a body of many kinds.
        where = where[1:]
    return ".".join(where) or _("the body")


def _sentence(error: Mapping[str, Any], field: str) -> str:
    kind, context = str(error["type"]), error.get("ctx", {})
    told = {"field": field, **{name: str(value) for name, value in context.items()}}
    sentences = {
        "missing": _("“%(field)s” is missing. Add it and send the request again."),
        "extra_forbidden": _(
            "“%(field)s” is not known here. Leave it out, or check how it is written."
        ),
        "json_invalid": _("The body of the request is not JSON. Send one JSON object in UTF-8."),
        "exact_number": _(
            "“%(field)s” is not an exact number. Write it as a text with a point and three places "
            'at most, for example "7.5".'
        ),
        "calendar_day": _("“%(field)s” is not a day. Write it as a text, for example 2026-11-23."),
        "union_tag_invalid": _("“kind” is none of %(expected_tags)s. Write one of them."),
        "union_tag_not_found": _("“kind” is missing. It says which act the body is about."),
    }
    shapes = {
        "string": _("“%(field)s” must be a text. Write it in quotation marks."),
        "int": _("“%(field)s” must be a whole number. Write it without quotation marks."),
        "bool": _("“%(field)s” must be true or false. Write it without quotation marks."),
        "list": _("“%(field)s” must be a list with the right number of rows. Correct it."),
        "too": _("“%(field)s” must be a list with the right number of rows. Correct it."),
        "enum": _("“%(field)s” must be one of %(expected)s. Write one of them."),
        "literal": _("“%(field)s” must be one of %(expected)s. Write one of them."),
    }
    if kind in ("string_too_long", "string_too_short", "string_pattern_mismatch"):
        text = _("“%(field)s” is too long, too short, or has signs that do not belong. Correct it.")
        return text % told
    known = sentences.get(kind) or shapes.get(kind.partition("_")[0])
    other = _("“%(field)s” cannot be used as it is. Read at /api/v1/docs what belongs there.")
    return (known or other) % told
