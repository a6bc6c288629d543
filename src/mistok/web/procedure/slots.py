"""The form of a paper, made from what its kind asks for: fields, rows, languages, mistakes.

Names of fields: `slot`, `slot.uk`, `slot.2.field`, `slot.2.field.de`, `slot.amount`, and
`rows.slot` for how many rows the form shows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict

from mistok.kernel.errors import Invalid
from mistok.papers import Slot, slots_of, template
from mistok.papers.filling import filled
from mistok.papers.format import Field
from mistok.web.procedure.slot_words import label_of_texts, slot_sentence

MOST_ROWS = 60
LONG = ("text",)
CURRENCIES = ("EUR", "UAH", "PLN", "USD", "GBP", "CHF")


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One box of the form. `lang` is the language of what stands in it, empty for none."""

    id: str
    name: str
    label: str
    kind: str
    value: str
    lang: str = ""
    wrong: bool = False
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table or one item of a list."""

    number: int
    groups: tuple[tuple[str, bool, tuple[Input, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotView:
    """One thing to fill in: its boxes, or its rows; `error` is a sentence."""

    name: str
    label: str
    help: str
    required: bool
    several: bool
    inputs: tuple[Input, ...] = ()
    rows: tuple[Row, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a slot: the sentence, and where in it."""

    sentence: str
    row: int = 0
    field: str = ""


def read_slots(data: QueryDict, kind: str, languages: Sequence[str]) -> dict[str, Any]:
    """What a form says, every slot of it: what was left empty comes as an empty text or list."""
    return {slot.name: _read(data, slot, languages) for slot in slots_of(kind)}


def _read(data: QueryDict, slot: Slot, languages: Sequence[str]) -> Any:
    if slot.type not in ("rows", "list"):
        return _one(data, slot.name, slot, languages)
    numbers = range(1, rows_told(data, slot.name) + 1)
    if slot.type == "list":
        return [_one(data, f"{slot.name}.{n}", slot, languages) for n in numbers]
    return [
        {f.name: _one(data, f"{slot.name}.{n}.{f.name}", f, languages) for f in slot.fields}
        for n in numbers
    ]


def rows_told(data: QueryDict, name: str) -> int:
    """How many rows the form had."""
    text = data.get(f"rows.{name}", "")
    return min(int(text), MOST_ROWS) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _one(data: QueryDict, base: str, asked: Slot | Field, languages: Sequence[str]) -> Any:
    if asked.type == "money":
        amount = data.get(f"{base}.amount", "").strip().replace(" ", "").replace(",", ".")
        currency = data.get(f"{base}.currency", "").strip()
        return {"amount": amount, "currency": currency} if amount else ""
    if asked.per_language:
        told = {lang: data.get(f"{base}.{lang}", "").strip() for lang in languages}
        return told if any(told.values()) else ""
    return data.get(base, "").strip()


def mistakes(kind: str, languages: Sequence[str], slots: Mapping[str, Any]) -> dict[str, Wrong]:
    """What is wrong with each slot, all at once; the library itself stops at the first."""
    whole = template(kind)
    found: dict[str, Wrong] = {}
    for slot in whole.slots:
        told = {slot.name: slots[slot.name]} if slot.name in slots else {}
        try:
            filled(replace(whole, slots=(slot,)), languages, told)
        except Invalid as refusal:
            row, field = refusal.details.get("row", 0), refusal.details.get("field", "")
            found[slot.name] = Wrong(slot_sentence(refusal, slot), row, field)
    return found


def views(
    kind: str,
    languages: Sequence[str],
    slots: Mapping[str, Any],
    wrong: Mapping[str, Wrong] | None = None,
    more: str = "",
) -> list[SlotView]:
    """The form with what is filled in; `more` names the slot that gets one row more."""
    return [
        _view(
            slot, languages, slots.get(slot.name), (wrong or {}).get(slot.name), slot.name == more
        )
        for slot in slots_of(kind)
    ]


def _view(
    slot: Slot, languages: Sequence[str], value: Any, wrong: Wrong | None, more: bool
) -> SlotView:
    several = slot.type in ("rows", "list")
    rows: tuple[Row, ...] = ()
    if several:
        items = list(value) if isinstance(value, list | tuple) else []
        least = slot.least if slot.required else 0
        count = min(max(len(items), least) + more, MOST_ROWS)
        items += [None] * (count - len(items))
        rows = tuple(_row(slot, languages, n, one, wrong) for n, one in enumerate(items, 1))
    return SlotView(
        name=slot.name,
        label=label_of_texts(slot.label),
        help=label_of_texts(slot.help),
        required=slot.required,
        several=several,
        inputs=() if several else _inputs(slot.name, slot, languages, value, wrong is not None),
        rows=rows,
        error=wrong.sentence if wrong else "",
    )


def _row(slot: Slot, languages: Sequence[str], number: int, value: Any, wrong: Wrong | None) -> Row:
    base = f"{slot.name}.{number}"
    here = wrong is not None and wrong.row in (0, number)
    if slot.type == "list":
        return Row(number=number, groups=(("", True, _inputs(base, slot, languages, value, here)),))
    cells = value if isinstance(value, Mapping) else {}
    return Row(
        number=number,
        groups=tuple(
            (
                label_of_texts(f.label),
                f.required,
                _inputs(
                    f"{base}.{f.name}",
                    f,
                    languages,
                    cells.get(f.name),
                    here and wrong is not None and wrong.field in ("", f.name),
                ),
            )
            for f in slot.fields
        ),
    )


def _inputs(
    base: str, asked: Slot | Field, languages: Sequence[str], value: Any, wrong: bool
) -> tuple[Input, ...]:
    """The boxes of one value: one, one for each language, or amount and currency."""
    label = label_of_texts(asked.label)
    told = value if isinstance(value, Mapping) else {}
    if asked.type == "money":
        names = (("amount", "number", ()), ("currency", "currency", CURRENCIES))
        return tuple(
            _input(f"{base}.{part}", label, kind, told.get(part, ""), "", wrong, options)
            for part, kind, options in names
        )
    kind = "long" if asked.type in LONG else asked.type
    if asked.per_language:
        return tuple(
            _input(f"{base}.{lang}", label, kind, told.get(lang, ""), lang, wrong)
            for lang in languages
        )
    plain = "" if isinstance(value, Mapping) or value is None else value
    return (_input(base, label, kind, plain, "", wrong),)


def _input(
    name: str,
    label: str,
    kind: str,
    value: Any,
    lang: str,
    wrong: bool,
    options: tuple[str, ...] = (),
) -> Input:
    text = str(value if value is not None else "")
    if options and text and text not in options:
        options = (*options, text)
    return Input(
        id="slot-" + name.replace(".", "-"),
        name=name,
        label=label,
        kind=kind,
        value=text,
        lang=lang,
        wrong=wrong,
        options=options,
    )
