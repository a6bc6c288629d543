"""Which column of a list of ties holds what, in whatever order and language its headings are.

A heading tells a side ("Ukrainian city", "name_2", "Partnerstadt") and what of it (name, country,
key, position), or something of the tie itself (kind, event, date, source). What tells no side is
given to the columns of names from left to right.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from mistok.kernel.errors import Invalid
from mistok.world import fold

SIDED: Final = ("name", "country", "key", "geonames", "wikidata", "lat", "lon", "region", "level")
PLAIN: Final = tuple(
    """
    more_parties kind label event date since as_of until planned source_url source_title publisher
    published language sources fields note confidence row_id
    """.split()
)
FIELDS: Final = (*(f"{side}_{what}" for side in "ab" for what in SIDED), *PLAIN)
NAMING: Final = ("name", "key", "geonames")
"""What of a side may say which place it is."""
_ALIKE: Final = 88.0
_LEAST_LETTERS: Final = 5
_LEAST_ALONE: Final = 3
"""Letters of a side's word that may be a heading by itself: "own", and not "1"."""
_NUMBERED: Final = re.compile(r"(?<=[^\W\d])(?=\d$)")
_NO_SIDE: Final = "?"


@dataclass(frozen=True, slots=True)
class Columns:
    """What was understood: field to its column's place, and the headings that mean nothing to us.

    `headings` are those of all columns, in order.
    """

    places: Mapping[str, int]
    headings: tuple[str, ...]
    unknown: tuple[str, ...]
    told: Mapping[str, str]
    names: Mapping[str, str]
    """Field to the name under which a row has its cell."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Sides that no column and nothing told names: without them there is no tie."""
        return tuple(
            side for side in "ab" if not any(self._has(f"{side}_{what}") for what in NAMING)
        )

    def understood(self) -> list[tuple[str, str]]:
        """Each field with its column's heading, in the order of the columns."""
        pairs = sorted(self.places.items(), key=lambda pair: pair[1])
        return [(field, self.headings[place]) for field, place in pairs]

    def check(self) -> None:
        """Raise Invalid (`columns_missing`) unless both parties of a tie are told."""
        if self.missing:
            raise Invalid(
                _(
                    "No column names the %(side)s party of the ties. Columns read: %(known)s. Not "
                    "understood: %(unknown)s. Say which it is, for example --map City=%(field)s."
                )
                % {
                    "side": _("first") if self.missing[0] == "a" else _("second"),
                    "known": ", ".join(f"{h} = {f}" for f, h in self.understood()) or "–",
                    "unknown": ", ".join(self.unknown) or "–",
                    "field": f"{self.missing[0]}_name",
                },
                code="columns_missing",
                details={"missing": list(self.missing), "unknown": list(self.unknown)},
            )

    def _has(self, field: str) -> bool:
        return field in self.places or bool(self.told.get(field))


def recognise(
    headings: Sequence[str], chosen: Mapping[str, str], told: Mapping[str, str]
) -> Columns:
    """What each column holds. `chosen`: heading, letter or number of a column to its field, or to
    "" for one that is not to be read; `told`: fields that are the same for all rows.

    Raises Invalid (`field_unknown`, `field_twice`, `column_unknown`).
    """
    places, left = _chosen(headings, chosen)
    taken = dict(places) | dict.fromkeys(told, -1)
    sideless: list[tuple[int, str]] = []
    for _score, place, field in sorted(_guesses(headings, left)):
        if place in places.values() or place not in left:
            continue
        if field.startswith(_NO_SIDE):
            sideless.append((place, field[2:]))
        elif field not in taken:
            places[field] = taken[field] = place
    used = set(places.values())
    _give_sides([one for one in sorted(sideless) if one[0] not in used], places, taken)
    used = set(places.values())
    unknown = (headings[place] for place in sorted(left - used) if headings[place])
    cells = unique(headings)
    names = {field: cells[place] for field, place in places.items()}
    return Columns(places, tuple(headings), tuple(unknown), told, names)


def unique(headings: Sequence[str]) -> tuple[str, ...]:
    """Names for cells: an empty heading is its letter, one that comes again gets its number."""
    named: list[str] = []
    for place, heading in enumerate(headings):
        name = heading or letter(place)
        named.append(name if name not in named else f"{name} ({place + 1})")
    return tuple(named)


def letter(place: int) -> str:
    """What spreadsheets call a column: A, B, … Z, AA."""
    before, last = divmod(place, 26)
    return (letter(before - 1) if before else "") + chr(ord("A") + last)


def count_of(headings: Sequence[str]) -> int:
    """How many of these texts are headings that mean something; for finding the row of them."""
    return sum(1 for heading in headings if heading and _meanings(heading, fuzzy=False))


def _chosen(headings: Sequence[str], chosen: Mapping[str, str]) -> tuple[dict[str, int], set[int]]:
    places: dict[str, int] = {}
    left = set(range(len(headings)))
    for column, field in chosen.items():
        if field and field not in FIELDS:
            raise Invalid(
                _("“%(field)s” is not a field of a tie. Choose one of: %(fields)s.")
                % {"field": field[:40], "fields": ", ".join(FIELDS)},
                code="field_unknown",
            )
        place = _place_of(headings, column)
        if field in places:
            raise Invalid(
                _("Two columns are chosen for “%(field)s”. Choose one column for each field.")
                % {"field": field},
                code="field_twice",
            )
        left.discard(place)
        if field:
            places[field] = place
    return places, left


def _place_of(headings: Sequence[str], column: str) -> int:
    """A column by its heading, else by its number from 1, else by its letter."""
    for place, heading in enumerate(headings):
        if heading == column or (heading and fold(heading) == fold(column)):
            return place
    if column.isascii() and column.isdigit() and 0 < int(column[:4]) <= len(headings):
        return int(column) - 1
    place = ord(column.upper()) - ord("A") if len(column) == 1 and column.isascii() else -1
    if 0 <= place < len(headings):
        return place
    raise Invalid(
        _("There is no column “%(column)s”. The columns are: %(columns)s.")
        % {"column": column[:40], "columns": ", ".join(filter(None, headings))},
        code="column_unknown",
    )


def _guesses(headings: Sequence[str], left: Iterable[int]) -> list[tuple[float, int, str]]:
    """The surest first: negative score, place, field."""
    return [
        (-score, place, field)
        for place in left
        for field, score in _meanings(headings[place]).items()
    ]


def _give_sides(
    sideless: Sequence[tuple[int, str]], places: dict[str, int], taken: dict[str, int]
) -> None:
    """Names from left to right to the sides without one; the rest to the name before them."""
    for place, what in sideless:
        free = [side for side in "ab" if not any(f"{side}_{w}" in taken for w in NAMING)]
        if what == "name" and free:
            places[f"{free[0]}_name"] = taken[f"{free[0]}_name"] = place
    names = sorted((at, field[0]) for field, at in places.items() if field[2:] in NAMING)
    for place, what in sideless:
        if place in places.values() or what == "name":
            continue
        before = [side for at, side in names if at < place][::-1]
        after = [side for at, side in names if at > place]
        for side in (*before[:1], *after, *before[1:]):
            if f"{side}_{what}" not in taken:
                places[f"{side}_{what}"] = taken[f"{side}_{what}"] = place
                break


def _meanings(heading: str, *, fuzzy: bool = True) -> dict[str, float]:
    """The fields that a heading may mean, with how sure that is; "?_name" without its side."""
    code = heading.strip().casefold().replace(" ", "_")
    if code in FIELDS:
        return {code: 1.0}
    words = fold(_NUMBERED.sub(" ", heading.replace("_", " "))).split()
    if not words:
        return {}
    known = _known()
    text = " ".join(words)
    if text in known["whole"]:
        return {known["whole"][text]: 0.98}
    found = _sided(words, known)
    if text in known["plain"]:
        found[known["plain"][text]] = 0.96
    if text in known["sided"] and not found:
        found[f"{_NO_SIDE}_{known['sided'][text]}"] = 0.9
    if found or not fuzzy:
        return found
    return _alike(text, known)


def _sided(words: Sequence[str], known: Mapping[str, Mapping[str, str]]) -> dict[str, float]:
    """A side's word at either end, and what is left: "ukrainian | city", "name | 2"."""
    for side_word, rest in ((words[0], words[1:]), (words[-1], words[:-1])):
        side = known["sides"].get(side_word)
        what = known["sided"].get(" ".join(rest))
        if side and what:
            return {f"{side}_{what}": 0.95}
        plain = known["plain"].get(" ".join(rest))
        if side and plain:
            return {plain: 0.7}
    side = (
        known["sides"].get(words[0]) if len(words) == 1 and len(words[0]) >= _LEAST_ALONE else None
    )
    return {f"{side}_name": 0.6} if side else {}


def _alike(text: str, known: Mapping[str, Mapping[str, str]]) -> dict[str, float]:
    """A heading with a slip of the pen, where exactly one meaning is so near."""
    if len(text) < _LEAST_LETTERS:
        return {}
    found: dict[str, float] = {}
    for part, prefix in (("whole", ""), ("plain", ""), ("sided", f"{_NO_SIDE}_")):
        for phrase, field in known[part].items():
            ratio = fuzz.ratio(text, phrase, score_cutoff=_ALIKE)
            if ratio:
                name = f"{prefix}{field}"
                found[name] = max(found.get(name, 0.0), ratio / 100 * 0.6)
    return found if len(found) == 1 else {}


@cache
def _known() -> Mapping[str, Mapping[str, str]]:
    """Phrases to fields by how they are meant, and the words for a side."""
    text = files(__package__).joinpath("data", "headings.json").read_text(encoding="utf-8")
    data: dict[str, dict[str, Any]] = json.loads(text)
    return {
        part: {fold(phrase): field for field, phrases in fields.items() for phrase in phrases}
        for part, fields in data.items()
    }
