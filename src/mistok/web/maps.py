"""A map of places and ties: what the script draws, and what the server draws without it.

The script gets one compact JSON document (`Map.payload`); the page itself carries an SVG on
top of `vendor/land.svg` (`Map.drawing`) and a list (`Map.rows`), so that nothing on the map
can be reached by the map alone.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import takewhile
from typing import Any

from mistok.web.projection import HEIGHT, WIDTH, flat

SHAPE = 16 / 9
LEAST_WIDTH = 170.0  # units of the projection: about 24 degrees, a few countries around one place
MARGIN = 1.16
BEND = 0.18  # how far an arc rises, as a part of its length
ROWS = 60
CROWD = 100
MANY, FAR_OFF = 40, 12  # of forty places or more, each edge may lose a twelfth
DRAWN_ARCS = 400  # without scripts a page carries its arcs as markup: the first ones must do


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A place on the map; `lat` and `lon` in degrees, `count` its ties shown here."""

    key: str
    name: str
    lat: float
    lon: float
    count: int = 1
    url: str = ""


@dataclass(frozen=True, slots=True)
class MapArc:
    """A tie between two points, by their keys; `state` is the tone of its state badge."""

    a: str
    b: str
    title: str
    url: str = ""
    state: str = "moss"


@dataclass(frozen=True, slots=True)
class ArcPath:
    """An arc of the drawing: an SVG path, with its tone, title and page."""

    d: str
    tone: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A place of the drawing, in units of the projection."""

    x: str
    y: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The part of the flat map that shows all points, with arcs and dots on it."""

    view_box: str
    land: tuple[int, int]
    arcs: tuple[ArcPath, ...]
    dots: tuple[Dot, ...]

    @property
    def crowded(self) -> bool:
        """Whether there are so many arcs that each must be fine."""
        return len(self.arcs) > CROWD


@dataclass(frozen=True)
class Map:
    """A map with its title, one sentence of description and the caption of its list."""

    id: str
    title: str
    description: str
    points: tuple[MapPoint, ...]
    arcs: tuple[MapArc, ...] = ()
    caption: str = ""
    more_url: str = ""
    focus: tuple[str, ...] = field(default=())
    counted: str = ""
    """What the points count; ties unless told."""
    least: tuple[float, float, float, float] | None = None
    """South, west, north, east of what is in view at least, in degrees."""

    @property
    def payload_id(self) -> str:
        return f"{self.id}-data"

    @cached_property
    def payload(self) -> dict[str, Any]:
        """For the script: columns instead of names, each row's address without its beginning."""
        at = {point.key: number for number, point in enumerate(self.points)}
        place_start = _common([point.url for point in self.points])
        tie_start = _common([arc.url for arc in self.arcs])
        return {
            "points": [
                [
                    point.name,
                    round(point.lat, 3),
                    round(point.lon, 3),
                    point.count,
                    point.url.removeprefix(place_start),
                ]
                for point in self.points
            ],
            "pointUrl": place_start,
            "arcs": [
                [at[arc.a], at[arc.b], arc.state, arc.url.removeprefix(tie_start), arc.title]
                for arc in self.arcs
            ],
            "arcUrl": tie_start,
            "view": self.view,
        }

    @cached_property
    def view(self) -> tuple[float, float, float, float]:
        """South, west, north, east of what is in view at first, in degrees.

        The places in focus; else all of them, but of many the few that lie far off are left
        for the reader to find, so that one tie with Japan does not make Europe a speck.
        """
        focus = set(self.focus)
        shown = [point for point in self.points if point.key in focus] or list(self.points)
        off = len(shown) // FAR_OFF if len(shown) >= MANY else 0
        lats = sorted(point.lat for point in shown)[off : len(shown) - off]
        lons = sorted(point.lon for point in shown)[off : len(shown) - off]
        south, west, north, east = self.least or (90.0, 180.0, -90.0, -180.0)
        return (
            min(lats[0], south),
            min(lons[0], west),
            max(lats[-1], north),
            max(lons[-1], east),
        )

    @cached_property
    def drawing(self) -> Drawing:
        """What the server draws: the same points and the first arcs, on the flat map."""
        spots = {point.key: flat(point.lat, point.lon) for point in self.points}
        south, west, north, east = self.view
        left, top, width, height = _frame([flat(north, west), flat(south, east)])
        return Drawing(
            view_box=f"{left:.0f} {top:.0f} {width:.0f} {height:.0f}",
            land=(WIDTH, HEIGHT),
            arcs=tuple(
                ArcPath(
                    d=bow(spots[arc.a], spots[arc.b]), tone=arc.state, title=arc.title, url=arc.url
                )
                for arc in self.arcs[:DRAWN_ARCS]
            ),
            dots=tuple(
                Dot(f"{spots[p.key][0]:.1f}", f"{spots[p.key][1]:.1f}", p.name, p.url)
                for p in self.points
            ),
        )

    @cached_property
    def rows(self) -> list[MapPoint]:
        """The list beside the map: the places with most ties first."""
        return sorted(self.points, key=lambda point: (-point.count, point.name))[:ROWS]

    @property
    def rows_left_out(self) -> int:
        return max(0, len(self.points) - ROWS)


def build_map(
    *,
    id: str,  # noqa: A002 - it is the id of the element on the page
    title: str,
    description: str,
    points: Iterable[MapPoint],
    arcs: Iterable[MapArc] = (),
    caption: str = "",
    more_url: str = "",
    focus: Sequence[str] = (),
    counted: str = "",
    least: tuple[float, float, float, float] | None = None,
) -> Map | None:
    """A map of the points with the arcs between them, or None when there is nothing to show.

    Of two points with one key the first stays; an arc whose end is not among the points is
    left out. `focus` names the keys that must be in view; without it all points are.
    """
    by_key: dict[str, MapPoint] = {}
    for point in points:
        by_key.setdefault(point.key, point)
    if not by_key:
        return None
    known = tuple(arc for arc in arcs if arc.a in by_key and arc.b in by_key and arc.a != arc.b)
    return Map(
        id=id,
        title=title,
        description=description,
        points=tuple(by_key.values()),
        arcs=known,
        caption=caption,
        more_url=more_url,
        focus=tuple(focus),
        counted=counted,
        least=least,
    )


def bow(a: tuple[float, float], b: tuple[float, float]) -> str:
    """An arc from a to b as an SVG path: a quadratic curve that rises to the north."""
    (x1, y1), (x2, y2) = sorted((a, b))
    # Turning the chord by a quarter and taking the part that points up; sorted from west to
    # east, the quarter turn to the left is always north.
    x = (x1 + x2) / 2 + (y2 - y1) * BEND
    y = (y1 + y2) / 2 - (x2 - x1) * BEND
    return f"M{x1:.1f} {y1:.1f}Q{x:.1f} {y:.1f} {x2:.1f} {y2:.1f}"


def _frame(spots: Sequence[tuple[float, float]]) -> tuple[float, float, float, float]:
    """Left, top, width and height of the part of the drawing that holds the spots."""
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    wide = max((max(xs) - min(xs)) * MARGIN, LEAST_WIDTH)
    high = (max(ys) - min(ys)) * MARGIN * 1.1
    width = min(max(wide, high * SHAPE), float(WIDTH))
    height = min(width / SHAPE, float(HEIGHT))
    left = min(max((max(xs) + min(xs) - width) / 2, 0.0), WIDTH - width)
    top = min(max((max(ys) + min(ys) - height) / 2, 0.0), HEIGHT - height)
    return math.floor(left), math.floor(top), math.ceil(width), math.ceil(height)


def _common(urls: Sequence[str]) -> str:
    """How all addresses begin, up to the last slash that they share."""
    if not urls:
        return ""
    first, last = min(urls), max(urls)
    start = "".join(
        a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    )
    return start[: start.rfind("/") + 1]
