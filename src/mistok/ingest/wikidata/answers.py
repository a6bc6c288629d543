"""What an answer of Wikidata says: SPARQL results in JSON become one row for each statement. Pure.

A statement with two references and three names comes as six lines; here it is one row again.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _

from mistok.ingest.runs.rows import Row
from mistok.kernel.errors import Invalid

MOST_BYTES: Final = 200_000_000
UNKNOWN: Final = "unknown"
"""Wikidata's “unknown value”: there is one, and nobody says which."""
SEPARATOR: Final = "|"
SIDES: Final = ("item", "other")
DAY, MONTH, YEAR = 11, 10, 9
_ITEM: Final = re.compile(r"https?://www\.wikidata\.org/entity/(Q[1-9]\d{0,11})")
_STATEMENT: Final = re.compile(r"https?://www\.wikidata\.org/entity/statement/([\w$-]{3,80})")
_BLANK: Final = ".well-known/genid/"
_POINT: Final = re.compile(r"Point\((-?\d{1,3}(?:\.\d+)?) (-?\d{1,2}(?:\.\d+)?)\)", re.IGNORECASE)
_TIME: Final = re.compile(r"\+?(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d:\d\dZ")
Binding = Mapping[str, Any]


def statement_rows(data: bytes, *, first: int = 1, prefix: str = "") -> Iterator[Row]:
    """The statements of an answer, in its order; `first` is the number of the first.

    Each row's cursor is `prefix`, its number and its id. A line that cannot be read becomes a row
    with its refusal. Raises Invalid (`answer_too_large`, `answer_malformed`).
    """
    digest = hashlib.sha256(data).hexdigest()
    gathered: dict[str, list[Binding]] = {}
    for number, binding in enumerate(_bindings(data)):
        name = _value(binding, "statement") if isinstance(binding, dict) else ""
        gathered.setdefault(name or f"line {number}", []).append(binding)
    for number, (name, bindings) in enumerate(gathered.items(), first):
        found = _STATEMENT.fullmatch(name)
        ident = found[1] if found else ""
        yield _row(number, f"{prefix}{number} {ident}", ident, bindings, digest)


def _bindings(data: bytes) -> Sequence[Any]:
    if len(data) > MOST_BYTES:
        raise too_large()
    try:
        bindings = json.loads(data)["results"]["bindings"]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _malformed() from error
    if not isinstance(bindings, list):
        raise _malformed()
    return bindings


def too_large() -> Invalid:
    """The refusal of an answer that nobody needs in one piece."""
    return Invalid(
        _("The answer is larger than %(most)s MB. Ask for one country at a time, with --country.")
        % {"most": MOST_BYTES // 1_000_000},
        code="answer_too_large",
    )


def _malformed() -> Invalid:
    return Invalid(
        _(
            "This is not an answer of Wikidata in the form SPARQL results JSON. Ask its query "
            "service again, and save the answer as JSON."
        ),
        code="answer_malformed",
    )


def _row(number: int, cursor: str, ident: str, bindings: Sequence[Any], digest: str) -> Row:
    """One statement's cells, or why it cannot be read."""
    try:
        if not ident:
            raise Invalid(
                _(
                    "The line names no statement of Wikidata, so nobody could look it up. Ask "
                    "again with the query of Mistok."
                ),
                code="statement_missing",
            )
        cells = _cells(bindings) | {"statement": ident, "answer": digest}
        return Row(number, cells, cursor)
    except Invalid as refusal:
        return Row(number, {"statement": ident}, cursor, refusal)
    except (KeyError, TypeError, AttributeError, ValueError):
        return Row(number, {"statement": ident}, cursor, _damaged())


def _damaged() -> Invalid:
    return Invalid(
        _("The line is damaged: a value in it has not the form that Wikidata writes. Ask again."),
        code="statement_malformed",
    )


def _cells(bindings: Sequence[Binding]) -> dict[str, str]:
    cells = {"rank": _several(bindings, "rank").rpartition("#")[2].removesuffix("Rank").lower()}
    for side in SIDES:
        cells[side] = _item(bindings, side)
        for name in ("En", "Uk", "Geonames", "Katottg", "Country"):
            cells[f"{side}_{name.lower()}"] = _several(bindings, f"{side}{name}")
        cells[f"{side}_point"] = _points(bindings, f"{side}Point")
    for name in ("start", "end", "point"):
        cells[name] = _times(bindings, name)
    cause = _several(bindings, "endCauseEn") or _several(bindings, "endCause")
    return cells | {"end_cause": cause, "references": _references(bindings)}


def _value(binding: Binding, name: str) -> str:
    cell = binding.get(name)
    return "" if cell is None else str(cell["value"]).strip() if isinstance(cell, dict) else ""


def _is_unknown(binding: Binding, name: str) -> bool:
    cell = binding.get(name) or {}
    return cell.get("type") == "bnode" or _BLANK in str(cell.get("value", ""))


def _several(bindings: Sequence[Binding], name: str) -> str:
    """All values of a name, each once, in their order."""
    values = (
        UNKNOWN if _is_unknown(one, name) else _value(one, name).replace(SEPARATOR, "/")
        for one in bindings
    )
    return SEPARATOR.join(dict.fromkeys(value for value in values if value))


def _item(bindings: Sequence[Binding], name: str) -> str:
    """The item's id; `unknown` for a blank node, empty where there is no value."""
    value = _several(bindings, name)
    if value in ("", UNKNOWN):
        return value
    found = _ITEM.fullmatch(value)
    if found is None:
        raise Invalid(
            _("“%(value)s” is not an item of Wikidata. A twinned body must be one item.")
            % {"value": value[:60]},
            code="item_malformed",
        )
    return found[1]


def _points(bindings: Sequence[Binding], name: str) -> str:
    """Latitude and longitude of each place told; what is no point of this globe is left out."""
    found = (_POINT.fullmatch(_value(one, name)) for one in bindings)
    points = (f"{one[2]},{one[1]}" for one in found if one and abs(float(one[1])) <= 180)
    return SEPARATOR.join(dict.fromkeys(points))


def _times(bindings: Sequence[Binding], name: str) -> str:
    """Dates as exact as Wikidata tells them; a decade or a century is no date of ours."""
    told = (_time(one, name) for one in bindings)
    return SEPARATOR.join(dict.fromkeys(time for time in told if time))


def _time(binding: Binding, name: str) -> str:
    if _is_unknown(binding, name):
        return UNKNOWN
    found = _TIME.fullmatch(_value(binding, name))
    if found is None:
        return ""
    year, month, day = found.groups()
    precision = _precision(_value(binding, f"{name}Precision"), month, day)
    texts = {DAY: f"{year}-{month}-{day}", MONTH: f"{year}-{month}", YEAR: year}
    return texts.get(min(precision, DAY), "")


def _precision(told: str, month: str, day: str) -> int:
    """How exact a time is; untold, no more exact than it surely is: a first may stand for more."""
    if told.isdigit():
        return int(told)
    if day != "01" and day != "00":
        return DAY
    return MONTH if month not in ("01", "00") else YEAR


def _references(bindings: Sequence[Binding]) -> str:
    """Where the statement says that it has it from: addresses, works and the days of reading."""
    told: dict[str, list[str]] = {}
    for one in bindings:
        node = _value(one, "reference")
        parts = told.setdefault(node, []) if node else []
        for name, words in (
            ("refUrl", "%s"),
            ("refStatedEn", "stated in %s"),
            ("refPublished", "published %.10s"),
            ("refRetrieved", "retrieved %.10s"),
        ):
            value = _value(one, name)
            if value and words % value not in parts:
                parts.append(words % value)
    return SEPARATOR.join(", ".join(parts) for parts in told.values() if parts)
