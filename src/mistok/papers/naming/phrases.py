"""A place with the word for its kind, in the case that the sentence asks for."""

import json
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any, Final

from mistok.kernel.errors import Invalid
from mistok.papers.format import LANGUAGES
from mistok.papers.naming import polish, ukrainian
from mistok.papers.naming.exceptions import known_in
from mistok.papers.naming.forms import Forms, Known
from mistok.papers.naming.french import behind_de

FRAMES = Path(__file__).parent / "data" / "kinds.json"


class Relation(StrEnum):
    """How a sentence takes a place, the same in every language."""

    NAMED = "named"
    OF = "of"
    TO = "to"
    WITH = "with"
    IN = "in"


_BENT: Final[Mapping[str, Callable[[str, Known], Forms | None]]] = {
    "uk": ukrainian.declined,
    "pl": polish.declined,
}
_PLACES: Final = {Relation.OF: 0, Relation.TO: 1, Relation.WITH: 2, Relation.IN: 3}
"""Where the case of a relation stands among the forms; named is the nominative."""
_BEFORE_VOWEL: Final = re.compile(r"^у (?=[АЕЄИІЇОУЮЯ])")
_BEFORE_SIBILANT: Final = re.compile(r"^з (?=[ЗСЦЧШЩ])")
"""Ukrainian prepositions change with the sound behind them, where no word for the kind is."""


def kinds_of_places() -> tuple[str, ...]:
    """The kinds that a place may be named with: city, settlement, village, municipality, hromada.

    A Ukrainian hromada is named by its official name: «Житомирська міська територіальна громада».
    """
    return tuple(_frames())


def place(
    name: str, language: str, relation: Relation = Relation.NAMED, *, kind: str = "city"
) -> str:
    """A place in a sentence: "міста Дортмунда", "der Stadt Dortmund", "de la ville du Havre".

    `name`: the nominative in the letters of `language`; OF is whose, TO to whom, WITH and IN bring
    their prepositions. The word for the kind is always bent; the name with it where that is both
    usual and sure, else it stays in the nominative, as offices write plurals and foreign names.
    Raises Invalid (`language_unknown`, `place_kind_unknown`).
    """
    if language not in LANGUAGES:
        raise Invalid(
            f"Places are not named in the language {language!r}. Use {', '.join(LANGUAGES)}.",
            code="language_unknown",
            details={"language": language},
        )
    if kind not in _frames():
        raise Invalid(
            f"{kind!r} is no kind of place. Kinds: {', '.join(kinds_of_places())}.",
            code="place_kind_unknown",
            details={"kind": kind},
        )
    frames = _frames()[kind]
    told = " ".join(name.split())
    said = str(frames[language][relation]).format(_bent(told, language, relation, kind))
    return _BEFORE_SIBILANT.sub("із ", _BEFORE_VOWEL.sub("в ", said)) if language == "uk" else said


def _bent(name: str, language: str, relation: Relation, kind: str) -> str:
    if language == "fr":
        return behind_de(name)
    if relation is Relation.NAMED:
        return name
    if kind == "hromada" and language == "uk":
        return ukrainian.hromada(name)[_PLACES[relation]]
    forms = _BENT[language](_spelt(name), known_in(language)) if _agrees(kind, language) else None
    return forms[_PLACES[relation]] if forms else name


def _agrees(kind: str, language: str) -> bool:
    return bool(_frames()[kind]["agrees"]) and language in _BENT


def _spelt(name: str) -> str:
    """With the apostrophe of the tables."""
    return name.replace("'", "’").replace("ʼ", "’")


@cache
def _frames() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(FRAMES.read_text(encoding="utf-8"))
    return found
