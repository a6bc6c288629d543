"""Which place a row means: by a key or code, else by its exact name in its country; never a guess.

Likeness alone settles nothing (facts D2-12, the Köln and Kassel trap): a name that several places
bear, or that is only nearly one's, sets the row aside with the candidates named.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from mistok.ingest.tables.countries import country_code
from mistok.kernel.errors import Invalid
from mistok.kernel.ids import is_place_key
from mistok.registry.gazetteer import the_world
from mistok.registry.selectors import resolve_place
from mistok.registry.services import provisional_key
from mistok.world import Match, Place, distance_km, fold

EXACT: Final = frozenset({"exact", "alias", "former name", "spelling", "key"})
IN_CASES: Final = EXACT | {"inflected", "adjective"}
NEAR_KM: Final = 25.0
SURE: Final = 0.85
"""A place is sure when its share among those of exactly this name and level is so large."""
LEVELS: Final = {
    "city": ("hromada", "municipality", "settlement"),
    "hromada": ("hromada",),
    "district": ("district",),
    "region": ("region",),
    "state": ("country",),
}
_MUNICIPAL: Final = ("hromada", "municipality")
_CODES: Final = (
    (re.compile(r"gn:?(\d{1,10})", re.ASCII | re.IGNORECASE), "geonames:{}"),
    (re.compile(r"(\d{3,10})(?:\.0)?", re.ASCII), "geonames:{}"),
    (re.compile(r"(UA\d{17})", re.ASCII), "katottg:{}"),
    (re.compile(r"([A-Z]{2}-[A-Z0-9]{1,3})", re.ASCII), "iso:{}"),
)
_MOST_NAMED: Final = 3
_MOST, _MOST_AT = 8, 40
"""Candidates asked for; more where a position tells them apart."""
_LONGEST_NAME: Final = 100


@dataclass(frozen=True, slots=True)
class Said:
    """A party as a row names it; all as text, empty where it says nothing."""

    name: str = ""
    country: str = ""
    key: str = ""
    geonames: str = ""
    wikidata: str = ""
    lat: str = ""
    lon: str = ""
    region: str = ""
    level: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing names a place here."""
        return not (self.name or self.key or self.geonames)


@dataclass(frozen=True, slots=True)
class Seat:
    """The place of a party: its key, and for one that no gazetteer has its country and name."""

    key: str
    said: str = ""
    country: str = ""
    name: str = ""

    @property
    def is_new(self) -> bool:
        """Whether the place goes by the name alone that a source gives it."""
        return bool(self.name)


@dataclass(slots=True)
class Placer:
    """Settles parties, each spelling once. `cases` lets grammatical cases count as the name."""

    cases: bool = False
    _seats: dict[Said, Seat | Invalid] = field(default_factory=dict)

    def seat(self, said: Said) -> Seat:
        """The place that is meant.

        Raises Invalid (`place_missing`, `key_unknown`, `country_missing`, `country_unknown`,
        `place_unknown`, `place_unsure`, `place_elsewhere`).
        """
        if said not in self._seats:
            try:
                self._seats[said] = self._settled(said)
            except Invalid as refusal:
                self._seats[said] = refusal
        found = self._seats[said]
        if isinstance(found, Invalid):
            raise found
        return found

    def look_up(self, many: Iterable[Said]) -> None:
        """Settle these before their turn; what cannot be is told when it is asked for."""
        for said in many:
            try:
                self.seat(said)
            except Invalid:
                continue

    def _settled(self, said: Said) -> Seat:
        if said.is_empty:
            raise Invalid(
                _("A party of the tie is not named. Write its name and its country."),
                code="place_missing",
            )
        by_code = _by_code(said)
        return by_code if by_code is not None else self._by_name(said)

    def _by_name(self, said: Said) -> Seat:
        code = country_code(said.country)
        if not code:
            raise Invalid(
                _(
                    "“%(name)s” has no country, and a name alone is not enough. Write the "
                    "country beside it."
                )
                % {"name": said.name[:60]},
                code="country_missing",
            )
        name = said.name[:_LONGEST_NAME]
        at = bool(said.lat and said.lon)
        matches = the_world().find(name, country=code, limit=_MOST_AT if at else _MOST)
        counted = IN_CASES if self.cases else EXACT
        exact = [match for match in matches if match.matched in counted]
        fitting = _fitting(exact, said)
        if at:
            return Seat(_near(fitting, said, matches).key, said.name)
        sure = _sure(_in_region(fitting, said))
        if sure is None:
            raise _unsure(said, code, fitting or exact or matches)
        return Seat(sure.key, said.name)


def _by_code(said: Said) -> Seat | None:
    """By a key or code where one is told; `x:CC:name` is a place by its name alone."""
    named = said.name if is_place_key(said.name) else ""
    for text in filter(None, (said.key, said.geonames, named)):
        prefix, _colon, rest = text.partition(":")
        country, _colon, name = rest.partition(":")
        if prefix == "x" and len(country) == 2 and name.strip():
            # The name as people write it makes the key, so that other sources meet it there.
            shown = (said.name or name).strip()[:_LONGEST_NAME]
            return Seat(provisional_key(country, shown), said.name, country, shown)
        return Seat(_canonical(_key_of(text)), said.name)
    return None


def _key_of(text: str) -> str:
    if is_place_key(text):
        return text
    for pattern, form in _CODES:
        if found := pattern.fullmatch(text):
            return form.format(found[1])
    return text


def _canonical(key: str) -> str:
    if key.startswith("place_") and is_place_key(key):
        return resolve_place(key)[0]
    canonical = the_world().canonical(key) if is_place_key(key) else None
    if canonical is None:
        raise Invalid(
            _("No place has the key “%(key)s”. Look it up with `mistok find`.") % {"key": key[:60]},
            code="key_unknown",
            details={"key": key[:200]},
        )
    return canonical


def _fitting(exact: Sequence[Match], said: Said) -> list[Match]:
    """Those of the level that is told; else municipalities, where there is one of that name.

    A state is no party unless that is told: "Luxembourg" is the city.
    """
    kinds = LEVELS.get(said.level.strip().casefold(), ())
    if kinds:
        return [match for match in exact if match.place.kind in kinds]
    exact = [match for match in exact if match.place.kind != "country"]
    municipal = [match for match in exact if match.place.kind in _MUNICIPAL]
    if municipal and max(municipal, key=_score) is exact[0]:
        return municipal
    return list(exact)


def _in_region(fitting: Sequence[Match], said: Said) -> list[Match]:
    """Those in the region that is told, where its name is known at all."""
    if not said.region:
        return list(fitting)
    wanted = fold(said.region)
    return [match for match in fitting if wanted in _names_around(match.place)] or list(fitting)


def _names_around(place: Place) -> set[str]:
    return {fold(name) for parent in the_world().parents(place.key) for name in parent.all_names()}


def _sure(fitting: Sequence[Match]) -> Place | None:
    """The one that the name means, if it is by far the first of all that bear it."""
    whole = sum(map(_score, fitting))
    if not fitting or not whole:
        return None
    best = max(fitting, key=_score)
    return best.place if best.score / whole >= SURE else None


def _near(fitting: Sequence[Match], said: Said, matches: Sequence[Match]) -> Place:
    """The one of this name at the position that is told."""
    try:
        here = float(said.lat.replace(",", ".")), float(said.lon.replace(",", "."))
    except ValueError:
        here = None
    if here is None or not (abs(here[0]) <= 90 and abs(here[1]) <= 180):
        raise Invalid(
            _("“%(lat)s, %(lon)s” is not a position. Write degrees, for example 49.84 and 24.02.")
            % {"lat": said.lat[:20], "lon": said.lon[:20]},
            code="position_malformed",
        )
    near = [match for match in fitting if _distance(match.place, here) <= NEAR_KM]
    if len(near) > 1:
        near = [match for match in near if match.place.kind in _MUNICIPAL] or near
    if not near:
        raise _elsewhere(said, fitting or matches)
    return min(near, key=lambda match: _distance(match.place, here)).place


def _distance(place: Place, here: tuple[float, float]) -> float:
    if place.lat is None or place.lon is None:
        return float("inf")
    return distance_km((place.lat, place.lon), here)


def _score(match: Match) -> float:
    return match.score


def told_candidates(matches: Sequence[Match]) -> str:
    """The first candidates by name, kind and key, as a sentence names them."""
    return "; ".join(
        f"{match.place.name} ({match.place.kind}, {match.place.key})"
        for match in matches[:_MOST_NAMED]
    )


def _unsure(said: Said, country: str, matches: Sequence[Match]) -> Invalid:
    if not matches:
        return Invalid(
            _(
                "No place in %(country)s is called “%(name)s”. Check the spelling, or write its "
                "key (`mistok find` gives it)."
            )
            % {"name": said.name[:60], "country": country},
            code="place_unknown",
            details={"name": said.name[:200], "country": country},
        )
    return Invalid(
        _(
            "“%(name)s” in %(country)s is not surely one place. Write the key of the one that is "
            "meant: %(candidates)s."
        )
        % {"name": said.name[:60], "country": country, "candidates": told_candidates(matches)},
        code="place_unsure",
        details={"name": said.name[:200], "candidates": [m.place.key for m in matches[:5]]},
    )


def _elsewhere(said: Said, matches: Sequence[Match]) -> Invalid:
    return Invalid(
        _(
            "No place called “%(name)s” lies within %(km)s km of %(lat)s, %(lon)s. Check the "
            "position, or write the key: %(candidates)s."
        )
        % {
            "name": said.name[:60],
            "km": int(NEAR_KM),
            "lat": said.lat[:12],
            "lon": said.lon[:12],
            "candidates": told_candidates(matches) or "–",
        },
        code="place_elsewhere",
    )
