"""Which unit people mean by what they write: "шт.", "Stk.", "pcs", "м2", "boxes"."""

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from typing import Final

from mistok.needs.items.catalogue import units
from mistok.needs.items.model import Unit

_POWERS: Final = str.maketrans("²³", "23")
_APART: Final = re.compile(r"[\s.]+")
_DROPPED: Final = re.compile(r"[-‐‑'’ʼ]")


def find_units(text: str, language: str | None = None) -> tuple[Unit, ...]:
    """The units that are written so; several where the words are (a gallon), none where unknown.

    Of several, those are meant that are called so in `language`, if any: a "dose" is a can in
    German only.
    """
    folded = folded_unit(text)
    found = _by_word().get(folded, ())
    if len(found) > 1 and language:
        called = [u for u in found if folded in map(folded_unit, u.names[language])]
        return tuple(called) or found
    return found


def folded_unit(text: str) -> str:
    """The form under which units are compared: without case, points, hyphens, small differences."""
    plain = _DROPPED.sub("", text.casefold().translate(_POWERS))
    return " ".join(_APART.sub(" ", plain).split())


@cache
def _by_word() -> Mapping[str, tuple[Unit, ...]]:
    found: dict[str, dict[str, Unit]] = defaultdict(dict)
    for unit in units():
        for forms in (*unit.names.values(), unit.symbols.values(), unit.aliases, (unit.code,)):
            for word in forms:
                found[folded_unit(word)].setdefault(unit.code, unit)
    return {word: tuple(named.values()) for word, named in found.items()}
