"""Countries as lists write them: by code, by name in many languages, by long official name."""

import json
from functools import cache
from importlib.resources import files
from typing import Final

from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid
from mistok.registry.gazetteer import the_world
from mistok.world import fold

_EXACT: Final = frozenset({"exact", "alias", "former name", "key"})
_LEAST: Final = 0.9


def country_code(text: str) -> str:
    """The two letters of a country; "" for an empty text.

    Raises Invalid (`country_unknown`). A state that a source names by what it is not any more, or
    by a guess of ours, is not taken.
    """
    text = " ".join(text.split())
    if not text:
        return ""
    found = _found(text)
    if not found:
        raise Invalid(
            _("“%(name)s” is not a country that we know. Write its two-letter code, such as PL.")
            % {"name": text[:60]},
            code="country_unknown",
            details={"value": text[:200]},
        )
    return found


@cache
def _found(text: str) -> str:
    known = _known().get(fold(text), "")
    if known:
        return known
    plain = text.removeprefix("iso:")
    world = the_world()
    if len(plain) == 2 and plain.isascii() and world.canonical(f"iso:{plain.upper()}"):
        return plain.upper()
    matches = world.find(text[:100], kind="country", limit=1)
    sure = matches and matches[0].matched in _EXACT and matches[0].score >= _LEAST
    return matches[0].place.country if sure else ""


@cache
def _known() -> dict[str, str]:
    """Long official names and old habits that the gazetteer does not hold."""
    data = files(__package__).joinpath("data", "countries.json").read_text(encoding="utf-8")
    return {fold(name): code for name, code in json.loads(data).items()}
