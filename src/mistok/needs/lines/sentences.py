"""Refusals of the pure rooms, and the guard's findings, in the reader's language.

The pure rooms say one English sentence with a code. It is held against the sentence that stands
in `english` under the code; what differs are its values, which go into the translation.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final, Protocol

from django.utils.translation import gettext as _

from mistok.kernel.errors import Refusal
from mistok.needs.importing import fields
from mistok.needs.items import find_units
from mistok.needs.lines.english import SENTENCES
from mistok.needs.lines.refusing import reader_language
from mistok.needs.scanning import REASONS, Finding

_VALUE: Final = re.compile(r"%\((\w+)\)s")


class Told(Protocol):
    """What `needs.importing` tells of a row or of a file: a code and an English sentence."""

    @property
    def code(self) -> str:
        """Its code."""
        ...

    @property
    def sentence(self) -> str:
        """Its sentence."""
        ...


def told(refusal: Refusal) -> str:
    """The refusal's sentence in the reader's language; where we have none, its own."""
    return translated(refusal.code, str(refusal))


def told_row(one: Told) -> str:
    """The sentence of a row's problem, of a row left out, of a note on a file."""
    return translated(one.code, one.sentence)


def told_finding(finding: Finding) -> str:
    """What the guard found, in the reader's language: what is dangerous and what to do instead."""
    return _(REASONS[finding.why].sentence) % finding.params


def translated(code: str, sentence: str) -> str:
    """The sentence in the reader's language, with its values; unchanged where it is not known."""
    for pattern, source in _patterns(code):
        found = pattern.fullmatch(sentence)
        if found:
            values = {name: _value(name, text) for name, text in found.groupdict().items()}
            return _(source) % values
    return sentence


@cache
def _patterns(code: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """What finds the values in the sentences of a code."""
    return tuple(
        (re.compile(_pattern(source), re.DOTALL), source) for source in SENTENCES.get(code, ())
    )


def _pattern(source: str) -> str:
    parts = _VALUE.split(source.replace("%%", "%"))
    texts, names = parts[::2], [*parts[1::2], ""]
    return "".join(
        re.escape(text) + (f"(?P<{name}>.*?)" if name else "")
        for text, name in zip(texts, names, strict=True)
    )


def _value(name: str, text: str) -> str:
    return _WORDS[name](text) if name in _WORDS else text


def _units(text: str) -> str:
    found = find_units(text, "en")
    return found[0].names[reader_language()][-1] if found else text


def _choices(text: str) -> str:
    one, *others = [_units(choice) for choice in text.split(" or ")]
    for other in others:
        one = _("%(one)s or %(other)s") % {"one": one, "other": other}
    return one


def _fields(text: str) -> str:
    lang = reader_language()
    names = {field.names["en"]: field.names[lang] for field in fields()}
    one, *others = [names.get(name, name) for name in text.split(" and ")]
    for other in others:
        one = _("%(one)s and %(other)s") % {"one": one, "other": other}
    return one


_WORDS: Final[Mapping[str, Callable[[str], str]]] = {
    "unit": _units,
    "units": _units,
    "choices": _choices,
    "fields": _fields,
    "kind": _,
    "separator": _,
    "grain": _,
}
