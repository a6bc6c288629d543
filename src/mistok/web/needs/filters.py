"""Filters of the board: what is asked by the address, what there is to choose from."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from mistok.registry.gazetteer import the_world
from mistok.web.cards import Choice
from mistok.web.needs.words import field_of, kind_of, priority_of
from mistok.web.words import by_name, lang

Row = TypeVar("Row", bound=Model)
NAMES = ("region", "cluster", "kind", "priority", "place")
"""What a list is narrowed by, as the address names it."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One list to choose from."""

    name: str
    label: str
    any: str
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; a value that nothing has simply finds nothing."""

    whose: str
    state: str
    values: Mapping[str, str]

    @classmethod
    def of(cls, request: HttpRequest, usual: str, known: Collection[str]) -> "Asked":
        """The wishes of a request; an unknown list is the usual one."""
        whose = request.GET.get("whose", "")
        values = {name: request.GET.get(name, "").strip()[:60] for name in NAMES}
        return cls(
            whose if whose in known else usual, request.GET.get("state", "").strip()[:20], values
        )

    @property
    def narrowed(self) -> bool:
        """Whether less than the whole list is asked for."""
        return bool(self.state or any(self.values.values()))

    def narrow(self, rows: QuerySet[Row], columns: Mapping[str, str]) -> QuerySet[Row]:
        """The rows that have what is asked for; `columns` says where each filter looks."""
        wanted = {columns[name]: self.values[name] for name in columns if self.values[name]}
        return rows.filter(**wanted)


def filters_of(asked: Asked, found: Iterable[Mapping[str, Any]]) -> list[Filter]:
    """Lists to choose from, of what the whole list holds."""
    held: dict[str, set[str]] = {name: set() for name in NAMES}
    for row in found:
        for name, value in row.items():
            if value:
                held[name].add(value)
    labels = (
        ("region", _("Oblast or region"), _("Any region"), place_name),
        ("cluster", _("Field of help"), _("Any field"), field_of),
        ("kind", _("Kind"), _("Any kind"), kind_of),
        ("priority", _("Priority"), _("Any priority"), _priority),
        ("place", _("Place"), _("Any place"), place_name),
    )
    return [
        Filter(name, label, empty, _choices(held[name], told, asked.values[name]))
        for name, label, empty, told in labels
        if len(held[name]) > 1 or asked.values[name] in held[name]
    ]


def _choices(codes: Iterable[str], told: Any, selected: str) -> list[Choice]:
    named = by_name((told(code), code) for code in codes)
    return [
        Choice(value=code, label=name[:1].upper() + name[1:], selected=code == selected)
        for name, code in named
    ]


def place_name(key: str) -> str:
    """A place by its name in the reader's language."""
    return the_world().get(key).name_in(lang())


def _priority(code: str) -> str:
    return priority_of(code).label
