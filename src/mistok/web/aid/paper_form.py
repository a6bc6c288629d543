"""The form of a paper of aid: what a person writes beside the record, in each of its languages."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.aid.models import AidAct
from mistok.aid.papers import Missing, known_slots, missing_in, open_slots, with_words
from mistok.aid.papers.given_words import open_cells
from mistok.aid.papers.kinds import PaperKind
from mistok.aid.papers.sharing import KIND as PLAN
from mistok.aid.papers.sharing import SHARES
from mistok.papers import Slot
from mistok.papers.format import Field
from mistok.web.aid.fields import AidForm
from mistok.web.aid.paper_words import carried
from mistok.web.aid.seats import AidSeat
from mistok.web.procedure.slot_words import label_of_texts
from mistok.web.words import lang

MOST_ROWS: Final = 60
"""Rows whose notes the form offers; a paper of more has them from the record alone."""
LONGEST: Final = {"words": 500, "place": 500, "list": 2_000, "text": 4_000}


class PaperForm(AidForm):
    """The words that a paper takes; what the record says is filled in.

    Fields have the names under which the service takes words (`aid.papers.given_words`).
    """

    def __init__(
        self,
        seat: AidSeat,
        found: PaperKind,
        languages: Sequence[str],
        act: AidAct | None,
        data: Any = None,
        **more: Any,
    ) -> None:
        super().__init__(data, **more)
        self.needed: list[str] = []
        self.further: list[str] = []
        self.rows: list[tuple[str, list[str]]] = []
        self.languages = list(languages)
        self._kind = found.kind
        slots = _filled(seat, found, languages, act)
        lacking = {one.slot.name for one in missing_in(found.kind, languages, slots) if not one.row}
        for slot in open_slots(found.kind):
            self._add_slot(slot, slots.get(slot.name), slot.name in lacking)
        self._add_rows(slots.get("lines", []))

    def words(self) -> dict[str, str]:
        """What was written, by the names that the service takes."""
        return {name: text for name, text in self.cleaned_data.items() if text}

    @property
    def opens_rows(self) -> bool:
        """Whether its lines are what the form is about."""
        return self._kind == PLAN

    @property
    def first(self) -> list[BoundField]:
        """What the paper needs."""
        return [self[name] for name in self.needed]

    @property
    def folded(self) -> list[BoundField]:
        """What it may say besides."""
        return [self[name] for name in self.further]

    @property
    def lines(self) -> Iterator[tuple[str, list[BoundField]]]:
        """The goods with their fields."""
        for name, fields in self.rows:
            yield name, [self[field] for field in fields]

    def _add_slot(self, slot: Slot, value: Any, needed: bool) -> None:
        names = self.needed if needed else self.further
        for name, language in _each_language(slot.name, slot.per_language, self.languages):
            self.fields[name] = _field(slot.type, label_of_texts(slot.label), language)
            self.fields[name].help_text = label_of_texts(slot.help)
            self.fields[name].initial = _initial(value, language)
            self.fields[name].required = needed
            names.append(name)

    def _add_rows(self, rows: Sequence[Mapping[str, Any]]) -> None:
        plan = self._kind == PLAN
        cells = [one for one in open_cells(self._kind) if _offered(one, plan)]
        for number, row in enumerate(rows[:MOST_ROWS], 1):
            names = [name for cell in cells for name in self._add_cell(cell, number, row)]
            if plan:
                names.append(self._add_shares(number))
            if names:
                self.rows.append((f"{number}. {_name(row)}", names))

    def _add_cell(self, cell: Field, number: int, row: Mapping[str, Any]) -> list[str]:
        found = []
        base = f"lines.{number}.{cell.name}"
        for name, language in _each_language(base, cell.per_language, self.languages):
            self.fields[name] = _field("words", label_of_texts(cell.label), language)
            self.fields[name].initial = _initial(row.get(cell.name), language)
            found.append(name)
        return found

    def _add_shares(self, number: int) -> str:
        name = f"{SHARES}{number}"
        self.fields[name] = _field("text", str(_("Divided among several acquirers")), "")
        self.fields[name].help_text = gettext_lazy(
            "One share a line: amount; acquirer; its code; hromada. For example: "
            "5; City Hospital No. 2; 01234567; Zhytomyr"
        )
        return name


def missing_labels(seat: AidSeat, found: PaperKind, languages: Sequence[str]) -> list[str]:
    """What a person still has to tell before the paper can be made, in her words."""
    slots = _filled(seat, found, languages, found.acts[0] if found.acts else None)
    return list(dict.fromkeys(_bare(one) for one in missing_in(found.kind, languages, slots)))


def _filled(
    seat: AidSeat, found: PaperKind, languages: Sequence[str], act: AidAct | None
) -> dict[str, Any]:
    """What the record says, with what earlier papers said of the same things where it is silent."""
    known = known_slots(seat.consignment, found.kind, languages, act=act)
    words = carried(seat, found.kind, languages)
    silent = {name: text for name, text in words.items() if not known.get(name.partition(".")[0])}
    return with_words(found.kind, languages, known, silent)


def _bare(one: Missing) -> str:
    """A missing part without its line and language: the form names them."""
    return label_of_texts(one.field.label if one.field else one.slot.label)


def _each_language(
    name: str, per_language: bool, languages: Sequence[str]
) -> list[tuple[str, str]]:
    """The names of the fields of one slot with their languages."""
    if not per_language:
        return [(name, "")]
    return [(f"{name}.{language}", language) for language in languages]


def _field(kind: str, label: str, language: str) -> forms.CharField:
    attrs: dict[str, Any] = {"lang": language} if language else {}
    area = kind in ("text", "list")
    widget = forms.Textarea(attrs | {"rows": 3}) if area else forms.TextInput(attrs)
    return forms.CharField(label=label, required=False, max_length=LONGEST[kind], widget=widget)


def _initial(value: Any, language: str) -> str:
    """What stands there already, in a language; items of a list one a line."""
    if isinstance(value, list):
        return "\n".join(str(one.get(language, "")) for one in value)
    if isinstance(value, Mapping):
        return str(value.get(language, ""))
    return str(value or "")


def _offered(cell: Field, plan: bool) -> bool:
    """Names come from the lines, where they are changed; who gets a share is asked in a plan."""
    if plan:
        return cell.name in ("acquirer", "acquirer_code", "note")
    return cell.name in ("note", "state")


def _name(row: Mapping[str, Any]) -> str:
    """The goods in the reader's language, else in the first of the paper."""
    names: Mapping[str, str] = row["name"]
    return names.get(lang()) or next(iter(names.values()))
