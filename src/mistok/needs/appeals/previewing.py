"""A letter as it would look: a draft without number and code, whole or with marks for its gaps."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils import timezone

from mistok.needs.appeals.filling import (
    KIND,
    Slots,
    Source,
    letter_of,
    slots_of,
    source_of,
    trimmed,
)
from mistok.needs.models import Addressee, Appeal
from mistok.papers import Paper, Slot
from mistok.papers import slots_of as asked_slots
from mistok.papers.filling import LONGEST
from mistok.papers.format import Field

MARK: Final = "…"


def slots_of_letter(appeal: Appeal, addressee: Addressee) -> Slots:
    """What is filled in: what was approved, before that what is written now."""
    if addressee.slots:
        return dict(addressee.slots)
    source = source_of(appeal, addressee)
    return trimmed(slots_of(source), source.languages)


def preview(appeal: Appeal, addressee: Addressee) -> Paper:
    """The letter to one addressee as a draft; what is missing is marked with “…”."""
    source = source_of(appeal, addressee)
    return letter_of(source, marked(slots_of_letter(appeal, addressee), source.languages))


def preview_of(source: Source) -> Paper:
    """The same of a letter that is not kept yet."""
    slots = trimmed(slots_of(source), source.languages)
    return letter_of(source, marked(slots, source.languages))


def marked(slots: Mapping[str, Any], languages: Sequence[str]) -> Slots:
    """The slots with a mark wherever the paper would refuse for want of a text."""
    found = dict(slots)
    for slot in asked_slots(KIND):
        value = found.get(slot.name)
        if slot.type == "rows":
            rows = value or [{"line": "1", "quantity": "1"}]
            found[slot.name] = [_row(slot, row, languages) for row in rows]
        elif slot.type == "list" and (value or slot.required):
            found[slot.name] = [_text(slot, one, languages) for one in value or [{}]]
        elif value or slot.required:
            found[slot.name] = _text(slot, value, languages)
    return found


def _row(slot: Slot, row: Mapping[str, Any], languages: Sequence[str]) -> dict[str, Any]:
    return {
        field.name: _text(field, row.get(field.name), languages)
        for field in slot.fields
        if row.get(field.name) or field.required
    }


def _text(thing: Slot | Field, value: Any, languages: Sequence[str]) -> Any:
    if thing.per_language:
        most = LONGEST[thing.type]
        return {lang: ((value or {}).get(lang) or MARK)[:most] for lang in languages}
    if value or thing.type != "date":
        return value or MARK
    # A day has no mark: today's shows where it will stand.
    return timezone.localdate().isoformat()
