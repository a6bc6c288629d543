"""What a report on presence and distribution tells, as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from mistok.aid.models import AidLine
from mistok.needs.models.lines import EndUser
from mistok.registry.gazetteer import the_world
from mistok.web.aid.words import line_name
from mistok.web.needs.words import day_words, steps_text
from mistok.web.words import lang

COLUMNS: Sequence[tuple[str, object]] = (
    ("received", gettext_lazy("Received")),
    ("damaged", gettext_lazy("Damaged")),
    ("shortage", gettext_lazy("Missing")),
    ("issued", gettext_lazy("Issued")),
    ("on_hand", gettext_lazy("On hand")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """One line of the report, and to whom it was given out."""

    name: str
    amounts: list[str]
    given: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTable:
    """The whole of it."""

    columns: list[object]
    rows: list[ReportRow]


def report_table(rows: Sequence[Mapping[str, Any]]) -> ReportTable:
    """Rows as `aid.acts.report_rows` gives them, in words."""
    ids = [row["line"] for row in rows]
    names = {one.public_id: line_name(one) for one in AidLine.objects.filter(public_id__in=ids)}
    return ReportTable(
        columns=[label for _name, label in COLUMNS],
        rows=[
            ReportRow(
                name=names.get(row["line"], row["line"]),
                amounts=[steps_text(row[name], row["unit"]) for name, _label in COLUMNS],
                given=[_given(one, row["unit"]) for one in row["given"]],
            )
            for row in rows
        ],
    )


def _given(one: Mapping[str, Any], unit: str) -> str:
    """One giving out: "3 March 2026, Zhytomyr, households: 40 pcs, 12 households"."""
    people = [
        _count(one["households"], "households"),
        _count(one["persons"], "persons"),
    ]
    words = {
        "day": day_words(parse_date(one["day"])),
        "place": place_name(one["settlement"]),
        "category": str(EndUser(one["category"]).label),
        "amount": steps_text(one["amount"], unit),
    }
    head = _("%(day)s, %(place)s, %(category)s: %(amount)s") % words
    return ", ".join(filter(None, (head, *people)))


def place_name(key: str) -> str:
    """A settlement by its name in the reader's language."""
    return the_world().get(key).name_in(lang()) if key else ""


def _count(number: int | None, what: str) -> str:
    if number is None:
        return ""
    if what == "households":
        return ngettext("%(n)s household", "%(n)s households", number) % {"n": number}
    return ngettext("%(n)s person", "%(n)s persons", number) % {"n": number}
