"""The check of a template file: each rule refuses what it must, in one sentence."""

import copy
import json

import pytest

from mistok.papers.checking import problems
from mistok.papers.templates import FOLDER

TEXTS = dict.fromkeys(("uk", "en", "de", "pl", "fr"), "{name}")
FORMS = {"en": "Name", "uk": "Назва"}


def sound():
    return {
        "kind": "note",
        "version": 1,
        "since": "2026-11-22",
        "title": dict.fromkeys(TEXTS, "Note"),
        "about": FORMS,
        "binding": "no",
        "source": FORMS,
        "slots": [
            {"name": "name", "type": "words", "label": FORMS, "help": FORMS},
            {
                "name": "lines",
                "type": "rows",
                "label": FORMS,
                "help": FORMS,
                "fields": [{"name": "line", "type": "words", "label": FORMS}],
            },
        ],
        "blocks": [
            {"block": "paragraph", "text": TEXTS},
            {
                "block": "table",
                "each": "lines",
                "columns": [{"field": "line", "title": dict.fromkeys(TEXTS, "Line")}],
            },
        ],
    }


def every(text):
    return dict.fromkeys(TEXTS, text)


def test_sound_file_has_no_problems():
    assert problems(sound(), "note") == []


WRONG = [
    ((), {"kind": "letter"}, "in a file named"),
    ((), {"version": 0}, "whole number from 1"),
    ((), {"since": "soon"}, "ISO day"),
    ((), {"binding": "holy"}, "binding must be one of"),
    ((), {"title": FORMS}, "exactly the languages uk, en, de, pl, fr"),
    ((), {"about": {"en": "x", "uk": " "}}, "a language is empty"),
    ((), {"colour": "red"}, "colour is not known"),
    (("slots", 0), {"name": "Name"}, "small Latin letters"),
    (("slots", 0), {"name": "row"}, "filled by the library"),
    (("slots", 0), {"name": "lines"}, "Two slots have the same name"),
    (("slots", 0), {"type": "colour"}, "type must be one of"),
    (("slots", 0), {"type": "date", "per_language": True}, "differ by language"),
    (("slots", 0), {"required": "yes"}, "true or false"),
    (("slots", 0), {"size": 3}, "size is not known"),
    (("slots", 0), {"least": 2}, "only of a list or rows"),
    (("slots", 1), {"least": 0}, "whole number from 1"),
    (("slots", 1), {"type": "list"}, "rows have fields"),
    (("slots", 1, "fields", 0), {"type": "rows"}, "type must be one of"),
    (("slots", 1, "fields", 0), {"help": FORMS}, "help is not known"),
    (("blocks", 0), {"block": "poem"}, "block must be one of"),
    (("blocks", 0), {"when": "nothing"}, "when names 'nothing'"),
    (("blocks", 0), {"unless": "nothing"}, "unless names 'nothing'"),
    (("blocks", 0), {"each": "name"}, "neither list nor rows"),
    (("blocks", 0), {"block": "list"}, "a list needs each"),
    (("blocks", 0), {"columns": [{"field": "line"}]}, "nothing else has"),
    (("blocks", 0), {"numbered": True}, "only a heading"),
    (("blocks", 0), {"colour": 1}, "colour is not known"),
    (("blocks", 0), {"text": every("{nobody} {name}")}, "{nobody} is no slot"),
    (("blocks", 0), {"text": every("{name.first}")}, "{name.first} is no slot"),
    (("blocks", 0), {"text": every("{lines} {name}")}, "name one of its fields"),
    (("blocks", 0), {"text": every("{row} {name}")}, "{row} needs each"),
    (("blocks", 0), {"text": every("[[{name}")}, "do not close"),
    (("blocks", 0), {"text": every("{name} {Name}")}, "do not close"),
    (("blocks", 0), {"text": TEXTS | {"pl": "Nazwa"}}, "(pl): does not use the same slots"),
    (("blocks", 0), {"text": every("Good day")}, "stands nowhere"),
    (("blocks", 0), {"text": {"en": "{name}"}}, "exactly the languages"),
    (("blocks", 1, "columns", 0), {"field": "colour"}, "is no field of 'lines'"),
    (("blocks", 1, "columns", 0), {"text": every("{lines.line}")}, "a field or a text"),
    (("blocks", 0), {"block": "qr"}, "names the slot of its address"),
    (("blocks", 0), {"address": "name"}, "names the slot of its address"),
    (("blocks", 0), {"block": "qr", "address": "nothing"}, "names the slot of its address"),
]


@pytest.mark.parametrize(("path", "change", "sentence"), WRONG)
def test_broken_rule_is_told(path, change, sentence):
    data = copy.deepcopy(sound())
    part = data
    for step in path:
        part = part[step]
    part.update(change)
    found = problems(data, "note")
    assert any(sentence in problem for problem in found), found


def test_column_may_have_a_text_made_of_the_fields_of_its_rows():
    data = sound()
    title = data["blocks"][1]["columns"][0]["title"]
    data["blocks"][1]["columns"] = [{"text": every("{row}. {lines.line}"), "title": title}]
    assert problems(data, "note") == []
    data["blocks"][1]["columns"][0]["text"] = every("{lines.colour}")
    assert any("{lines.colour} is no slot" in problem for problem in problems(data, "note"))


@pytest.mark.parametrize("key", ["kind", "slots", "source"])
def test_missing_key_is_told(key):
    data = sound()
    del data[key]
    assert problems(data, "note") == [f"the file: {key} is missing."]


def test_fields_with_one_name_are_told():
    data = sound()
    data["slots"][1]["fields"] *= 2
    assert any("two fields have the same name" in problem for problem in problems(data, "note"))


def test_missing_text_and_missing_columns_are_told():
    data = sound()
    del data["blocks"][0]["text"]
    del data["blocks"][1]["columns"]
    found = problems(data, "note")
    assert len(found) == 2, found


def test_real_file_under_another_name_is_told():
    data = json.loads((FOLDER / "agreement.json").read_text(encoding="utf-8"))
    assert len(problems(data, "letter_of_intent")) == 1
