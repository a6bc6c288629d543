"""Whether a template file keeps the format of `mistok.papers.format`, told in sentences."""

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from mistok.papers.format import (
    BINDING,
    BLOCKS,
    FIELD_TYPES,
    LANGUAGES,
    MADE,
    OPTIONAL,
    PLACEHOLDER,
    SEVERAL,
    SLOT_TYPES,
)

_FILE = set("kind version since title about binding source slots blocks".split())
_SLOT = {"name", "type", "label", "help"}
_FIELD = {"name", "type", "label"}
_FLAGS = {"required", "per_language"}
_BLOCK = set("text when unless each columns numbered address".split())
_FORMS = ("en", "uk")
_NEEDS_EACH = ("list", "table")
_MANY = ("list", "rows")


def problems(data: Mapping[str, Any], kind: str) -> list[str]:
    """What is wrong with a template file, one sentence each; an empty list when it is sound.

    `data`: the parsed file; `kind`: the kind that its file name tells.
    """
    keys = list(_keys(data, _FILE, {"landscape"}, "the file"))
    if keys:
        return keys
    found = [*_head(data, kind)]
    found += [problem for slot in data["slots"] for problem in _slot(slot)]
    if not found:
        slots = {slot["name"]: slot for slot in data["slots"]}
        if len(slots) < len(data["slots"]):
            found.append("Two slots have the same name.")
        for number, block in enumerate(data["blocks"], 1):
            found += _block(block, slots, f"block {number}")
        found += [] if found else _unused(data, slots)
    return found


def _head(data: Mapping[str, Any], kind: str) -> Iterator[str]:
    if data["kind"] != kind:
        yield f"kind is {data['kind']!r} in a file named {kind!r}."
    if not isinstance(data["version"], int) or data["version"] < 1:
        yield "version must be a whole number from 1 on."
    try:
        datetime.date.fromisoformat(str(data["since"]))
    except ValueError:
        yield f"since must be an ISO day, not {data['since']!r}."
    if data["binding"] not in BINDING:
        yield f"binding must be one of {', '.join(BINDING)}, not {data['binding']!r}."
    yield from _texts(data["title"], LANGUAGES, "title")
    for key in ("about", "source"):
        yield from _texts(data[key], _FORMS, key)


def _slot(slot: Mapping[str, Any]) -> Iterator[str]:
    where = f"slot {slot.get('name')!r}"
    keys = list(_keys(slot, _SLOT, {*_FLAGS, "fields", "least"}, where))
    if keys:
        yield from keys
        return
    yield from _named(slot, SLOT_TYPES, where)
    yield from _texts(slot["help"], _FORMS, f"help of {where}")
    if slot["name"] in (*MADE, SEVERAL):
        yield f"{where}: that name is filled by the library; take another."
    if (slot["type"] == "rows") != bool(slot.get("fields")):
        yield f"{where}: rows have fields, and nothing else has."
    least = slot.get("least", 1)
    if not isinstance(least, int) or least < 1 or (least > 1 and slot["type"] not in _MANY):
        yield f"{where}: least is a whole number from 1 on, and only of a list or rows."
    names = [field.get("name") for field in slot.get("fields", ())]
    if len(names) > len(set(names)):
        yield f"{where}: two fields have the same name."
    for field in slot.get("fields", ()):
        told = f"field {field.get('name')!r} of {where}"
        keys = list(_keys(field, _FIELD, _FLAGS, told))
        yield from keys or _named(field, FIELD_TYPES, told)


def _named(thing: Mapping[str, Any], types: tuple[str, ...], where: str) -> Iterator[str]:
    """Name, type, label and flags, which slots and fields have alike."""
    if not PLACEHOLDER.fullmatch("{" + str(thing["name"]) + "}") or "." in thing["name"]:
        yield f"{where}: a name has small Latin letters and low lines only."
    if thing["type"] not in types:
        yield f"{where}: type must be one of {', '.join(types)}, not {thing['type']!r}."
    if thing.get("per_language") and thing["type"] not in ("text", "words", "list", "place"):
        yield f"{where}: only text, words, lists and places differ by language."
    for flag in _FLAGS:
        if not isinstance(thing.get(flag, False), bool):
            yield f"{where}: {flag} is true or false."
    yield from _texts(thing["label"], _FORMS, f"label of {where}")


def _block(block: Mapping[str, Any], slots: Mapping[str, Any], where: str) -> Iterator[str]:
    keys = list(_keys(block, {"block"}, _BLOCK, where))
    if keys:
        yield from keys
        return
    kind, each = block["block"], block.get("each")
    if kind not in BLOCKS:
        yield f"{where}: block must be one of {', '.join(BLOCKS)}, not {kind!r}."
    for key in ("when", "unless"):
        if key in block and block[key] not in (*slots, SEVERAL):
            yield f"{where}: {key} names {block[key]!r}, which is no slot."
    if each is not None and slots.get(each, {}).get("type") not in _MANY:
        yield f"{where}: each names {each!r}, which is neither list nor rows."
        return
    if kind in _NEEDS_EACH and each is None:
        yield f"{where}: a {kind} needs each."
    if (kind == "table") != bool(block.get("columns")):
        yield f"{where}: a table has columns, and nothing else has."
    if block.get("numbered") and kind != "heading":
        yield f"{where}: only a heading is numbered."
    if (kind == "qr") != ("address" in block) or block.get("address", "") not in ("", *slots):
        yield f"{where}: a qr names the slot of its address, and nothing else does."
    for column in block.get("columns", ()):
        yield from _column(column, block, slots, where)
    if "text" in block or kind != "table":
        yield from _words(block, slots, where)


def _column(
    column: Mapping[str, Any], block: Mapping[str, Any], slots: Mapping[str, Any], where: str
) -> Iterator[str]:
    each = block.get("each")
    if ("text" in column) == ("field" in column):
        yield f"{where}: a column has a field or a text."
    elif "text" in column:
        yield from _words({"text": column["text"], "each": each}, slots, f"a column of {where}")
    elif column["field"] not in _fields(slots, each):
        yield f"{where}: column {column['field']!r} is no field of {each!r}."
    yield from _texts(column.get("title"), LANGUAGES, f"a column of {where}")


def _words(block: Mapping[str, Any], slots: Mapping[str, Any], where: str) -> Iterator[str]:
    """The texts of one block: all languages, known slots, and the same slots in each language."""
    text = block.get("text")
    wrong = list(_texts(text, LANGUAGES, f"text of {where}"))
    if wrong or not isinstance(text, Mapping):
        yield from wrong
        return
    for language in LANGUAGES:
        for name, field in PLACEHOLDER.findall(text[language]):
            if name not in (*slots, *MADE) or (field and field not in _fields(slots, name)):
                yield f"{where} ({language}): {{{name}{field and '.'}{field}}} is no slot."
            elif not field and slots.get(name, {}).get("type") == "rows":
                yield f"{where} ({language}): {{{name}}} is rows; name one of its fields."
            elif name == "row" and not block.get("each"):
                yield f"{where} ({language}): {{row}} needs each."
        rest = PLACEHOLDER.sub("", OPTIONAL.sub(r"\1", text[language]))
        if any(mark in rest for mark in ("{", "}", "[[", "]]")):
            yield f"{where} ({language}): braces or double brackets do not close."
    used = {lang: sorted(set(PLACEHOLDER.findall(text[lang]))) for lang in LANGUAGES}
    for language in LANGUAGES:
        if used[language] != used["en"]:
            yield f"{where} ({language}): does not use the same slots as the English text."


def _unused(data: Mapping[str, Any], slots: Mapping[str, Any]) -> Iterator[str]:
    """Slots that nobody would see on the paper."""
    used = set()
    for block in data["blocks"]:
        used |= {block.get("each") if block["block"] == "table" else None}
        used |= {name for name, _ in PLACEHOLDER.findall(block.get("text", {}).get("en", ""))}
    yield from (f"slot {name!r} stands nowhere on the paper." for name in slots if name not in used)


def _fields(slots: Mapping[str, Any], name: object) -> set[str]:
    return {field["name"] for field in slots.get(str(name), {}).get("fields", ())}


def _keys(
    thing: Mapping[str, Any], needed: set[str], allowed: set[str], where: str
) -> Iterator[str]:
    for key in sorted(needed - set(thing)):
        yield f"{where}: {key} is missing."
    for key in sorted(set(thing) - needed - allowed):
        yield f"{where}: {key} is not known."


def _texts(texts: object, languages: tuple[str, ...], where: str) -> Iterator[str]:
    if not isinstance(texts, Mapping) or set(texts) != set(languages):
        yield f"{where}: needs exactly the languages {', '.join(languages)}."
    elif not all(isinstance(text, str) and text.strip() for text in texts.values()):
        yield f"{where}: a language is empty."
