"""The catalogue in memory: read once a process, checked, by code."""

import json
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeVar

from mistok.kernel.errors import Invalid, NotFound, Unavailable
from mistok.needs.items.checking import problems
from mistok.needs.items.model import Capacity, Cluster, Item, Names, Specification, Unit

FOLDER: Final = Path(__file__).parent / "data"
_FILES: Final = ("items", "units", "clusters", "specifications")

Thing = TypeVar("Thing", Item, Unit, Cluster, Specification)


class Catalogue(NamedTuple):
    """The four files by code, in the order of the files."""

    items: Mapping[str, Item]
    units: Mapping[str, Unit]
    clusters: Mapping[str, Cluster]
    specifications: Mapping[str, Specification]


def items(*, kind: str = "", cluster: str = "", offered: bool | None = None) -> tuple[Item, ...]:
    """The items in the order of the catalogue: all, or those of a kind, a cluster, to offer."""
    return tuple(
        one
        for one in _catalogue().items.values()
        if kind in ("", one.kind)
        and cluster in ("", one.cluster)
        and offered in (None, one.offered)
    )


def item(code: str) -> Item:
    """One item. Raises NotFound (code `item_unknown`)."""
    found = _catalogue().items.get(code)
    if found is None:
        raise NotFound(
            f"The catalogue has no item “{code[:60]}”. Choose one from the catalogue, or describe"
            " the thing in words without an item.",
            code="item_unknown",
            details={"item": code[:200]},
        )
    return found


def units() -> tuple[Unit, ...]:
    """The units in the order of a form."""
    return tuple(_catalogue().units.values())


def unit(code: str) -> Unit:
    """One unit by its code. Raises Invalid (code `unit_unknown`)."""
    found = _catalogue().units.get(code)
    if found is None:
        raise unit_unknown(code)
    return found


def unit_unknown(text: str) -> Invalid:
    """The refusal of a unit that is not in the list."""
    return Invalid(
        f"“{text[:40]}” is not a unit in our list. Write one that is, for example pcs, kg, t, l,"
        " m, m², boxes or sets.",
        code="unit_unknown",
        details={"unit": text[:200]},
    )


def clusters() -> tuple[Cluster, ...]:
    """The clusters: first OCHA's, then ours."""
    return tuple(_catalogue().clusters.values())


def cluster(code: str) -> Cluster:
    """One cluster. Raises Invalid (code `cluster_unknown`)."""
    found = _catalogue().clusters.get(code)
    if found is None:
        raise Invalid(
            f"“{code[:60]}” is not a category in our list. Choose one of"
            f" {', '.join(_catalogue().clusters)}.",
            code="cluster_unknown",
            details={"cluster": code[:200]},
        )
    return found


def specifications() -> tuple[Specification, ...]:
    """The fields that lines may specify."""
    return tuple(_catalogue().specifications.values())


def specification(code: str) -> Specification:
    """One field. Raises NotFound (code `specification_unknown`)."""
    found = _catalogue().specifications.get(code)
    if found is None:
        raise NotFound(
            f"There is no field “{code[:60]}” of a specification. Write it into the text instead.",
            code="specification_unknown",
            details={"specification": code[:200]},
        )
    return found


def load(folder: Path) -> Catalogue:
    """The catalogue in a folder. Raises Unavailable (code `catalogue_broken`)."""
    data: dict[str, list[dict[str, Any]]] = {}
    for name in _FILES:
        try:
            data[name] = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise _broken([f"{name}.json cannot be read: {error}."]) from error
    wrong = problems(*(data[name] for name in _FILES))
    if wrong:
        raise _broken(wrong)
    return Catalogue(
        _by_code([_item(row) for row in data["items"]]),
        _by_code([_unit(row) for row in data["units"]]),
        _by_code(
            [Cluster(r["code"], r["ocha"] or "", _texts(r["names"])) for r in data["clusters"]]
        ),
        _by_code([Specification(r["code"], _texts(r["names"])) for r in data["specifications"]]),
    )


@cache
def _catalogue() -> Catalogue:
    return load(FOLDER)


def _broken(wrong: list[str]) -> Unavailable:
    return Unavailable(
        f"The catalogue of items cannot be used: {' '.join(wrong[:5])} Mend the files.",
        code="catalogue_broken",
        details={"problems": wrong},
    )


def _item(row: Mapping[str, Any]) -> Item:
    return Item(
        **{key: row[key] for key in ("code", "kind", "cluster", "unit", "hs6", "season")},
        offered=row["offered"],
        flags=frozenset(row["flags"]),
        specification=tuple(row["specification"]),
        capacity=None if row["capacity"] is None else _capacity(row["capacity"]),
        names=_names(row["names"]),
        aliases=_names(row["aliases"]),
    )


def _capacity(row: Mapping[str, Any]) -> Capacity:
    over, up_to = (None if row[key] is None else Decimal(row[key]) for key in ("over", "up_to"))
    return Capacity(row["unit"], over, up_to)


def _unit(row: Mapping[str, Any]) -> Unit:
    return Unit(
        **{key: row[key] for key in ("code", "rec20", "ucum", "dimension", "whole")},
        factor=Fraction(row["factor"]),
        names=_names(row["names"]),
        symbols=_texts(row["symbols"]),
        aliases=tuple(row["aliases"]),
    )


def _names(row: Mapping[str, list[str]]) -> Names:
    return MappingProxyType({language: tuple(forms) for language, forms in row.items()})


def _texts(row: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(row))


def _by_code(rows: list[Thing]) -> Mapping[str, Thing]:
    return MappingProxyType({row.code: row for row in rows})
