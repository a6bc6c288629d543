"""Linking the settlements of Ukraine's codifier, which has no positions, to GeoNames.

A settlement and a row of GeoNames may be the same place when they share a folded name
inside one oblast. Many names repeat (Ivanivka 111 times), so the sure links come first and
the others are judged by their distance from what is already sure.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from mistok.world.folding import fold
from mistok.world.geometry import distance_km
from mistok.world.model import GeoRow, Point, Unit
from mistok.world.romanise import romanise

HROMADA_KM = 25.0
"""How far a settlement may lie from the middle of its hromada's linked settlements."""
RAION_KM = 100.0
"""The same for the middle of its raion, where nothing of its hromada is linked yet."""
LARGEST_VILLAGE = 40_000
"""GeoNames lists parts of cities too; what is larger is no village and no settlement."""
CENTRE_KM = 70.0
"""The same for a centre that no other row can be."""
CENTRE_BONUS_KM = 8.0
"""A hromada's centre is likelier to be in GeoNames than a village of the same name."""
OUTLIER_KM = 130.0
"""A sure link so far from the middle of its raion is no link."""

_ROUNDS = 6

# Readings that differ between systems of romanisation.
_LOOSE = str.maketrans({"y": "i", "j": "i", "g": "h", "w": "v"})
_RUN = re.compile(r"(.)\1+")


@dataclass(slots=True)
class Links:
    """Which settlement (by code) is which row of GeoNames (by its place in the list)."""

    row_of: dict[str, int] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def join(self, code: str, row: int) -> None:
        """Say that they are one place; neither may be joined again."""
        self.row_of[code] = row
        self.taken.add(row)

    def part(self, code: str) -> None:
        """Take a link back."""
        self.taken.discard(self.row_of.pop(code))


def link_settlements(
    settlements: Sequence[Unit],
    rows: Sequence[GeoRow],
    oblast_of_admin1: Mapping[str, str],
    former_names: Mapping[str, Sequence[str]],
) -> dict[str, GeoRow]:
    """Find for each settlement's code its row of GeoNames, where there is one.

    `oblast_of_admin1`: GeoNames' first-level code to the codifier's four letters (UA18).
    `former_names`: a settlement's code to names it bore before.
    """
    candidates = _candidates(settlements, rows, oblast_of_admin1, former_names)
    links = Links()
    _join_cities(settlements, rows, candidates, links)
    _join_sure(candidates, links)
    by_code = {unit.code: unit for unit in settlements}
    _part_outliers(by_code, rows, links)
    _keep_seats(by_code, rows, candidates)
    _join_centres(by_code, rows, candidates, links)
    for _ in range(_ROUNDS):
        if not _join_near(by_code, rows, candidates, links):
            break
    return {code: rows[row] for code, row in links.row_of.items()}


def forms_of(names: Iterable[str]) -> set[str]:
    """Give the folded forms in which GeoNames may hold the names of a settlement."""
    folded = {fold(form) for name in names for form in (name, romanise(name))}
    return folded | {loosened(form) for form in folded}


def loosened(folded: str) -> str:
    """Give one form for the many ways to write a Ukrainian name in Latin letters.

    Yuryivka and Yuriivka, Shyryayeve and Shyriaieve become the same; other scripts stay.
    """
    if not folded.isascii():
        return folded
    loose = folded.replace("kh", "h").translate(_LOOSE)
    return _RUN.sub(r"\1", loose.replace("ie", "e"))


def _candidates(
    settlements: Iterable[Unit],
    rows: Sequence[GeoRow],
    oblast_of_admin1: Mapping[str, str],
    former_names: Mapping[str, Sequence[str]],
) -> dict[str, list[int]]:
    by_name: dict[tuple[str, str], set[int]] = defaultdict(set)
    for position, row in enumerate(rows):
        folded = {fold(name) for name in (row.name, *row.names)}
        for name in folded | {loosened(name) for name in folded}:
            by_name[oblast_of_admin1[row.admin1], name].add(position)
    found: dict[str, list[int]] = {}
    for unit in settlements:

        def named(names: Iterable[str], oblast: str = unit.code[:4]) -> set[int]:
            return {row for form in forms_of(names) for row in by_name.get((oblast, form), ())}

        # A city may share its new name with villages; any other centre is looked for under a
        # former name only when its own is not there.
        former = former_names.get(unit.code, ())
        positions = named([unit.name])
        if unit.category == "M" or not positions:
            positions |= named(former)
        if unit.category != "M":
            positions = {row for row in positions if rows[row].population <= LARGEST_VILLAGE}
        if positions:
            found[unit.code] = sorted(positions)
    return found


def _join_cities(
    settlements: Iterable[Unit],
    rows: Sequence[GeoRow],
    candidates: Mapping[str, list[int]],
    links: Links,
) -> None:
    """A city is the largest of the places that bear its name in its oblast."""
    for unit in settlements:
        if unit.category == "M" and unit.code in candidates:
            free = [row for row in candidates[unit.code] if row not in links.taken]
            if free:
                links.join(unit.code, max(free, key=lambda row: rows[row].population))


def _join_sure(candidates: Mapping[str, list[int]], links: Links) -> None:
    """One settlement, one row, no other of either: the same place."""
    wanted: dict[int, int] = defaultdict(int)
    for rows in candidates.values():
        for row in rows:
            wanted[row] += 1
    for code, rows in candidates.items():
        if code not in links.row_of and len(rows) == 1 and wanted[rows[0]] == 1:
            links.join(code, rows[0])


def _keep_seats(
    by_code: Mapping[str, Unit], rows: Sequence[GeoRow], candidates: dict[str, list[int]]
) -> None:
    """A row without population is listed as an administrative seat: it can only be a centre."""
    seats = {
        row
        for code, positions in candidates.items()
        if by_code[code].is_centre
        for row in positions
        if rows[row].population == 0
    }
    for code, positions in candidates.items():
        if not by_code[code].is_centre:
            candidates[code] = [row for row in positions if row not in seats]


def _join_centres(
    by_code: Mapping[str, Unit],
    rows: Sequence[GeoRow],
    candidates: Mapping[str, list[int]],
    links: Links,
) -> None:
    """A row that one centre may be, and a centre that no other row may be, are the same.

    Nearly every centre is in GeoNames, and only one village in eight.
    """
    raions = _middles(by_code, rows, links, level=1)
    wanted: dict[int, list[str]] = defaultdict(list)
    for code, positions in candidates.items():
        free = [row for row in positions if row not in links.taken]
        if by_code[code].is_centre and code not in links.row_of and len(free) == 1:
            wanted[free[0]].append(code)
    for row, codes in wanted.items():
        raion = raions.get(by_code[codes[0]].parents[1])
        point = (rows[row].lat, rows[row].lon)
        if len(codes) == 1 and raion and distance_km(raion, point) <= CENTRE_KM:
            links.join(codes[0], row)


def _part_outliers(by_code: Mapping[str, Unit], rows: Sequence[GeoRow], links: Links) -> None:
    middles = _middles(by_code, rows, links, level=1)
    for code, row in list(links.row_of.items()):
        middle = middles.get(by_code[code].parents[1])
        if middle and distance_km(middle, (rows[row].lat, rows[row].lon)) > OUTLIER_KM:
            links.part(code)


def _join_near(
    by_code: Mapping[str, Unit],
    rows: Sequence[GeoRow],
    candidates: Mapping[str, list[int]],
    links: Links,
) -> int:
    """Join the nearest first, a place once; give how many were joined."""
    hromadas = _middles(by_code, rows, links, level=2)
    raions = _middles(by_code, rows, links, level=1)
    offers = []
    for code, positions in candidates.items():
        if code in links.row_of:
            continue
        unit = by_code[code]
        bonus = CENTRE_BONUS_KM if unit.is_centre else 0.0
        for row in positions:
            if row not in links.taken:
                point = (rows[row].lat, rows[row].lon)
                cost = _cost(point, hromadas.get(unit.parents[2]), raions.get(unit.parents[1]))
                if cost is not None:
                    offers.append((cost - bonus, code, row))
    joined = 0
    for _, code, row in sorted(offers):
        if code not in links.row_of and row not in links.taken:
            links.join(code, row)
            joined += 1
    return joined


def _cost(point: Point, hromada: Point | None, raion: Point | None) -> float | None:
    """Kilometres that a link must bridge; None when it is too far to be one."""
    if hromada is not None:
        away = distance_km(hromada, point)
        return away if away <= HROMADA_KM else None
    if raion is not None:
        away = distance_km(raion, point)
        # Half of a raion's width is no news; so a link inside a known hromada goes first.
        return HROMADA_KM + away if away <= RAION_KM else None
    return None


def _middles(
    by_code: Mapping[str, Unit], rows: Sequence[GeoRow], links: Links, *, level: int
) -> dict[str, Point]:
    """Median position of the linked settlements of each raion (1) or hromada (2)."""
    points: dict[str, list[Point]] = defaultdict(list)
    for code, row in links.row_of.items():
        points[by_code[code].parents[level]].append((rows[row].lat, rows[row].lon))
    return {code: middle(found) for code, found in points.items()}


def middle(points: Sequence[Point]) -> Point:
    """Give the median latitude and longitude of points (at least one)."""
    return (median(lat for lat, _ in points), median(lon for _, lon in points))
