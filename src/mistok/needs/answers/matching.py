"""Which offer may meet which need, and why: a score that is the sum of its printed reasons. Pure.

Points are whole numbers and documented beside each reason; nothing else decides but the order of
equals: first where a municipality was left with nothing, then who waits longer, then the key. The
same input gives the same answer in every order of the input.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

from mistok.needs.answers.reasons import SENTENCES, Reason
from mistok.needs.answers.seasons import season_window
from mistok.needs.items import unit as unit_of
from mistok.world import distance_km
from mistok.world.model import Point

__all__ = [
    "HIGHEST",
    "LOWEST",
    "SENTENCES",
    "Fit",
    "NeedCase",
    "OfferCase",
    "Reason",
    "best_needs",
    "best_offers",
    "fit",
    "kinship",
]

SAME_ITEM: Final = 40
SAME_HEADING: Final = 25
"""Another item of the same cluster under the same heading (four digits) of the Harmonized System:
a larger generator, another kind of ambulance."""
SAME_CLUSTER: Final = 10
"""Another item of the same cluster: people must look whether it helps."""
AMOUNT: Final = 15
"""For an offer that covers all that is open; less in proportion, rounded down."""
PRIORITY: Final[Mapping[str, int]] = {"life_saving": 15, "urgent": 10, "important": 5}
NOTHING_HERE: Final = 10
"""Nobody has committed anything to any need of the municipality."""
NOTHING_YET: Final = 5
"""Nobody has committed anything to this need."""
TIED: Final = 10
WISHED: Final = 5
"""The giver named the country."""
NEAR: Final = 5
"""Beside one another; less in proportion, none from FAR_KM on."""
FAR_KM: Final = 2000
IN_TIME: Final = 5
TOO_LATE: Final = -15
IN_SEASON: Final = 5
OUT_OF_SEASON: Final = -10
SOON: Final = dt.timedelta(days=60)
"""A season that begins within so many days is as good as begun: things travel."""
WAITING: Final = 5
MONTH_DAYS: Final = 30
"""A point for each thirty days of waiting, WAITING at most."""
HIGHEST: Final = (
    SAME_ITEM + AMOUNT + PRIORITY["life_saving"] + NOTHING_HERE + NOTHING_YET + TIED
    + WISHED + NEAR + IN_TIME + IN_SEASON + WAITING
)  # fmt: skip
LOWEST: Final = SAME_CLUSTER + TOO_LATE + OUT_OF_SEASON


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedCase:
    """What matching knows of an open need. Amounts are thousandths of `unit`.

    `nothing_here`: nobody has committed anything to any need of its municipality.
    """

    key: str
    item: str
    hs6: str
    cluster: str
    kind: str
    unit: str
    still_open: int
    committed: int
    priority: str
    season: str
    needed_by: dt.date | None
    waits_since: dt.date
    place: str
    country: str
    point: Point | None = None
    nothing_here: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferCase:
    """What matching knows of an open offer; `countries` empty for all."""

    key: str
    item: str
    hs6: str
    cluster: str
    kind: str
    unit: str
    left: int
    season: str
    available_from: dt.date | None
    available_until: dt.date | None
    place: str
    countries: frozenset[str] = frozenset()
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """An offer and a need together."""

    offer: OfferCase
    need: NeedCase
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> int:
        """The sum of the reasons, and nothing else."""
        return sum(reason.points for reason in self.reasons)


def fit(offer: OfferCase, need: NeedCase, *, tied: bool, today: dt.date) -> Fit | None:
    """How well an offer meets a need; None where it cannot.

    It cannot where nothing is left or open, where kind or cluster differ, inside one municipality,
    in a country that the giver did not wish, and once the offer is over.
    """
    if not _can_meet(offer, need, today):
        return None
    kinship = _kinship(offer, need)
    reasons = [
        kinship,
        *(_amount(offer, need) if kinship.code != "same_cluster" else ()),
        Reason(need.priority, PRIORITY[need.priority]),
        *_left_out(need),
        *([Reason("tied", TIED)] if tied else []),
        *([Reason("wished", WISHED)] if offer.countries else []),
        *_distance(offer.point, need.point),
        *_time(offer, need, today),
        *_season(offer, need, today),
        *_waiting(need, today),
    ]
    return Fit(offer, need, tuple(reasons))


def best_needs(
    offer: OfferCase,
    needs: Iterable[NeedCase],
    *,
    tied: Collection[str],
    today: dt.date,
    most: int = 50,
) -> list[Fit]:
    """The needs that an offer may meet, best first; `tied`: places with a tie to the giver."""
    found = (fit(offer, need, tied=need.place in tied, today=today) for need in needs)
    return _best(found, most)


def best_offers(
    need: NeedCase,
    offers: Iterable[OfferCase],
    *,
    tied: Collection[str],
    today: dt.date,
    most: int = 50,
) -> list[Fit]:
    """The offers that may meet a need, best first; `tied`: places with a tie to the asker."""
    found = (fit(offer, need, tied=offer.place in tied, today=today) for offer in offers)
    return _best(found, most)


def kinship(
    item: str, hs6: str, cluster: str, other_item: str, other_hs6: str, other_cluster: str
) -> str:
    """How close two things are: same_item, same_heading, same_cluster, or "" for not at all."""
    if cluster != other_cluster:
        return ""
    if item and item == other_item:
        return "same_item"
    return "same_heading" if hs6 and hs6[:4] == other_hs6[:4] else "same_cluster"


def _best(found: Iterable[Fit | None], most: int) -> list[Fit]:
    fits = [one for one in found if one is not None]
    fits.sort(
        key=lambda one: (
            -one.score,
            not one.need.nothing_here,
            one.need.waits_since,
            one.need.key,
            one.offer.key,
        )
    )
    return fits[:most]


def _can_meet(offer: OfferCase, need: NeedCase, today: dt.date) -> bool:
    return (
        offer.cluster == need.cluster
        and offer.kind == need.kind
        and offer.place != need.place
        and offer.left > 0
        and need.still_open > 0
        and (not offer.countries or need.country in offer.countries)
        and (offer.available_until is None or offer.available_until >= today)
    )


def _kinship(offer: OfferCase, need: NeedCase) -> Reason:
    code = kinship(offer.item, offer.hs6, offer.cluster, need.item, need.hs6, need.cluster)
    points = {"same_item": SAME_ITEM, "same_heading": SAME_HEADING}.get(code, SAME_CLUSTER)
    return Reason(code, points)


def _amount(offer: OfferCase, need: NeedCase) -> list[Reason]:
    ratio = _ratio(offer.unit, need.unit)
    if ratio is None:
        return [Reason("unit_differs", 0)]
    left, still_open = offer.left * ratio.numerator, need.still_open * ratio.denominator
    if left >= still_open:
        return [Reason("covers_all", AMOUNT)]
    percent = 100 * left // still_open
    return [Reason("covers_part", AMOUNT * left // still_open, {"percent": percent})]


@lru_cache(maxsize=4096)
def _ratio(unit: str, other: str) -> Fraction | None:
    """How many of the other unit one is; None where nobody knows."""
    here, there = unit_of(unit), unit_of(other)
    return here.factor / there.factor if here.dimension == there.dimension else None


def _left_out(need: NeedCase) -> list[Reason]:
    found = [Reason("nothing_here", NOTHING_HERE)] if need.nothing_here else []
    return found if need.committed else [*found, Reason("nothing_yet", NOTHING_YET)]


def _distance(one: Point | None, other: Point | None) -> list[Reason]:
    if one is None or other is None:
        return []
    km = distance_km(one, other)
    points = int(NEAR * max(0.0, 1 - km / FAR_KM))
    # Tens of kilometres are enough to compare, and no more exact than a place may be told.
    return [Reason("near", points, {"km": int(round(km, -1))})]


def _time(offer: OfferCase, need: NeedCase, today: dt.date) -> list[Reason]:
    if need.needed_by is None:
        return []
    day = {"day": need.needed_by.isoformat()}
    there = max(today, offer.available_from or today)
    if there <= need.needed_by:
        return [Reason("in_time", IN_TIME, day)]
    return [Reason("too_late", TOO_LATE, day)]


def _season(offer: OfferCase, need: NeedCase, today: dt.date) -> list[Reason]:
    season = need.season if need.season != "none" else offer.season
    window = season_window(season, today)
    if window is None:
        return []
    there = max(today, offer.available_from or today)
    if there > window.last:
        return [Reason("out_of_season", OUT_OF_SEASON)]
    return [Reason("in_season", IN_SEASON)] if today >= window.first - SOON else []


def _waiting(need: NeedCase, today: dt.date) -> list[Reason]:
    days = (today - need.waits_since).days
    points = min(WAITING, days // MONTH_DAYS)
    return [Reason("waiting", points, {"days": days})] if points > 0 else []
