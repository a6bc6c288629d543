"""Whether the data files keep the format of `mistok.needs.items.model`, told in sentences."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

from mistok.needs.items.model import COUNTED, FLAGS, FORMS, KINDS, LANGUAGES, SEASONS

Row = Mapping[str, Any]

_ITEM: Final = set(
    "code kind cluster unit hs6 flags season offered specification capacity names aliases".split()
)
_UNIT: Final = set("code rec20 ucum dimension factor whole names symbols aliases".split())
_CODE: Final = re.compile(r"[a-z][a-z0-9_]*")
_HS6: Final = re.compile(r"\d{6}", re.ASCII)
_GENITIVE: Final = ("uk", "pl")
_CAPACITY: Final = {"unit", "over", "up_to"}


def problems(
    items: Sequence[Row],
    units: Sequence[Row],
    clusters: Sequence[Row],
    specifications: Sequence[Row],
) -> list[str]:
    """What is wrong with the four files, one sentence each; an empty list when they are sound."""
    found: list[str] = []
    for kind, rows in (
        ("item", items),
        ("unit", units),
        ("cluster", clusters),
        ("specification", specifications),
    ):
        found += _codes(rows, kind)
    for row in units:
        found += _unit(row)
    for kind, rows, extra in (("cluster", clusters, {"ocha"}), ("field", specifications, set())):
        for row in rows:
            where = f"{kind} {row.get('code')!r}"
            found += list(_keys(row, {"code", "names"} | extra, where)) or list(
                _texts(row["names"], where)
            )
    known = {
        "unit": {row.get("code") for row in units},
        "cluster": {row.get("code") for row in clusters},
    }
    fields = {row.get("code") for row in specifications}
    for row in items:
        where = f"item {row.get('code')!r}"
        found += list(_keys(row, _ITEM, where)) or [
            *_item(row, known, where),
            *(
                f"{where}: no field {s!r} is known."
                for s in row["specification"]
                if s not in fields
            ),
        ]
    return found


def _codes(rows: Iterable[Row], kind: str) -> Iterator[str]:
    seen: set[str] = set()
    for row in rows:
        code = str(row.get("code"))
        if not _CODE.fullmatch(code):
            yield f"{kind} {code!r}: a code is of small letters, digits and underscores."
        if code in seen:
            yield f"{kind} {code!r} stands twice."
        seen.add(code)


def _keys(row: Row, keys: set[str], where: str) -> Iterator[str]:
    if missing := keys - set(row):
        yield f"{where} lacks {', '.join(sorted(missing))}."
    if spare := set(row) - keys:
        yield f"{where} has what is not known: {', '.join(sorted(spare))}."


def _unit(row: Row) -> Iterator[str]:
    where = f"unit {row.get('code')!r}"
    keys = list(_keys(row, _UNIT, where))
    if keys:
        yield from keys
        return
    try:
        if Fraction(row["factor"]) <= 0:
            yield f"{where}: the factor must be more than 0."
    except (ValueError, ZeroDivisionError):
        yield f"{where}: {row['factor']!r} is no fraction."
    yield from _forms(row["names"], {lang: len(FORMS[lang]) for lang in LANGUAGES}, where)
    yield from _texts(row["symbols"], where)


def _item(row: Row, known: Mapping[str, set[Any]], where: str) -> Iterator[str]:
    if row["kind"] not in KINDS:
        yield f"{where}: kind must be one of {', '.join(KINDS)}, not {row['kind']!r}."
    if row["season"] not in SEASONS:
        yield f"{where}: season must be one of {', '.join(SEASONS)}, not {row['season']!r}."
    for key, codes in known.items():
        if row[key] not in codes:
            yield f"{where}: no {key} {row[key]!r} is known."
    for flag in row["flags"]:
        if flag not in FLAGS:
            yield f"{where}: no flag {flag!r} is known."
    if row["hs6"] is not None and not _HS6.fullmatch(str(row["hs6"])):
        yield f"{where}: hs6 is six digits or null, not {row['hs6']!r}."
    if row["hs6"] is not None and row["kind"] != "goods":
        yield f"{where}: only goods have an HS heading."
    capacity = row["capacity"]
    if capacity is not None and set(capacity) != _CAPACITY:
        yield f"{where}: a capacity has {', '.join(sorted(_CAPACITY))}."
    yield from _forms(row["names"], _lengths(row["unit"]), where)
    if set(row["aliases"]) != set(LANGUAGES):
        yield f"{where}: aliases need the languages {', '.join(LANGUAGES)}, if only empty lists."


def _lengths(unit: str) -> dict[str, int]:
    """How many forms an item's name has in each language."""
    if unit == COUNTED:
        return {language: len(FORMS[language]) for language in LANGUAGES}
    return {language: 2 if language in _GENITIVE else 1 for language in LANGUAGES}


def _forms(names: Mapping[str, Any], lengths: Mapping[str, int], where: str) -> Iterator[str]:
    for language, length in lengths.items():
        forms = names.get(language, [])
        if len(forms) != length or not all(isinstance(f, str) and f.strip() for f in forms):
            yield f"{where}: the name in {language!r} needs {length} forms, and none empty."


def _texts(texts: Mapping[str, Any], where: str) -> Iterator[str]:
    for language in LANGUAGES:
        if not str(texts.get(language, "")).strip():
            yield f"{where}: the text in {language!r} is missing."
