"""Examples of papers as their forms send them: names of fields with what stands in them."""

import json
from functools import cache
from pathlib import Path

from mistok.papers import slots_of

EXAMPLES = Path(__file__).parent / "unit" / "papers" / "examples"


@cache
def example(kind):
    """A whole example of one kind of paper, in five languages."""
    return json.loads((EXAMPLES / f"{kind}.json").read_text(encoding="utf-8"))


def form_of(kind, languages=("uk", "de"), **changes):
    """The fields of the form, by name; `changes` are slots that say something else."""
    told = example(kind) | changes
    fields = {"left": languages[0], "right": languages[1] if len(languages) > 1 else ""}
    for slot in slots_of(kind):
        value = told.get(slot.name)
        if slot.type not in ("rows", "list"):
            fields |= _one(slot.name, slot, value, languages)
            continue
        items = value or []
        fields[f"rows.{slot.name}"] = str(len(items))
        for number, item in enumerate(items, 1):
            base = f"{slot.name}.{number}"
            if slot.type == "list":
                fields |= _one(base, slot, item, languages)
                continue
            for field in slot.fields:
                fields |= _one(f"{base}.{field.name}", field, item.get(field.name), languages)
    return fields


def _one(base, asked, value, languages):
    if value in (None, ""):
        return {}
    if asked.type == "money":
        return {f"{base}.{part}": str(value[part]) for part in ("amount", "currency")}
    if asked.per_language:
        return {f"{base}.{lang}": value[lang] for lang in languages}
    return {base: str(value)}
