"""What is being typed into a search box, completed: places that begin so, tied ones first."""

import math
import re
import time
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid
from mistok.registry.gazetteer import the_world
from mistok.registry.selectors import ties_counts
from mistok.web.cards import PlaceCard
from mistok.web.registry.present import place_card
from mistok.world import Place, fold

SHOWN = 8
BOOST = 0.15
"""What many ties add to a place's rank: more than a letter's luck, less than another size."""
MANY_TIES = 19
FRESH_SECONDS = 60
_WORD = re.compile(r"\b\w")


class Marked(NamedTuple):
    """A name in three: what stands before the typed letters, the letters, what follows."""

    before: str
    typed: str
    after: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One place to choose; `other` is the name that was typed where the place shows another."""

    place: PlaceCard
    name: Marked
    local_name: Marked
    other_word: str
    other: Marked
    kind_label: str


@dataclass(frozen=True, slots=True)
class Ties:
    """How many public ties each place has, by key and as an addition to its rank."""

    counts: dict[str, int]
    weights: npt.NDArray[np.float32]


def suggestions(typed: str, *, country: str = "") -> list[Suggestion]:
    """Places that begin with the typed letters; none for a text that cannot be a name."""
    ties = _ties(int(time.monotonic() // FRESH_SECONDS))
    try:
        matches = the_world().suggest(
            typed, country=country or None, weights=ties.weights, limit=SHOWN
        )
    except Invalid:
        return []
    return [_suggestion(m.place, typed, ties.counts.get(m.place.key, 0)) for m in matches]


def suggestions_context(typed: str, country: str) -> dict[str, Any]:
    """Context of the list; `asked` tells nothing found from nothing typed."""
    return {"asked": bool(typed.strip()), "suggestions": suggestions(typed, country=country)}


@lru_cache(maxsize=1)
def _ties(_minute: int) -> Ties:
    """Ties as they stood when first asked for in this minute: typing counts them once."""
    counts = ties_counts()
    weights = np.zeros(len(the_world().columns.importance), dtype=np.float32)
    for key, count in counts.items():
        position = _position(key)
        if position is not None:  # else a place that no gazetteer has
            weights[position] = BOOST * min(1.0, math.log1p(count) / math.log1p(MANY_TIES))
    return Ties(counts, weights)


@cache
def _position(key: str) -> int | None:
    """Where the place stands in the world's columns: looked up once, not every minute."""
    return the_world().position(key)


def _suggestion(place: Place, typed: str, ties_count: int) -> Suggestion:
    card = place_card(place, ties_count=ties_count)
    name, local_name = marked(card.name, typed), marked(card.local_name, typed)
    word, other = ("", "") if name.typed or local_name.typed else _other_name(place, typed)
    return Suggestion(
        place=card,
        name=name,
        local_name=local_name,
        other_word=word,
        other=marked(other, typed),
        kind_label="" if card.kind == "municipality" else card.kind_label,
    )


def _other_name(place: Place, typed: str) -> tuple[str, str]:
    """What to call the shortest name of the place that begins as was typed, and the name.

    Empty for none: spellings that only a machine made, in small letters, are not for reading.
    """
    wanted = fold(typed)
    found = [n for n in place.all_names() if fold(n).startswith(wanted) and not n[0].islower()]
    if not found:
        return "", ""
    name = min(found, key=len)
    return (_("formerly") if name in place.former_names else _("also")), name


def marked(name: str, typed: str) -> Marked:
    """Find the typed letters at the beginning of a word, accents and case apart.

    Nothing is marked where no word begins so: then the whole name stands in `before`.
    """
    wanted = fold(typed)
    for word in _WORD.finditer(name) if wanted else ():
        start = word.start()
        if fold(name[start:]).startswith(wanted):
            ends = range(start + 1, len(name) + 1)
            end = next((e for e in ends if fold(name[start:e]).startswith(wanted)), len(name))
            return Marked(name[:start], name[start:end], name[end:])
    return Marked(name, "", "")
