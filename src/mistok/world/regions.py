"""Which region of ISO 3166-2 GeoNames' first-level codes mean.

GeoNames numbers most countries' regions by the withdrawn FIPS 10-4, ISO has codes of its own,
and no package maps one to the other. So a code is taken as the same where the regions lie in
the same places, else two regions are joined when each is the other's nearest.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from statistics import median

from mistok.world.geometry import distance_km
from mistok.world.model import GeoRow, Point, Subdivision

SAME_KM = 350.0
"""Middle of the places and middle of the area may be so far apart in one region."""
SHARE = 0.8
"""Share of a country's codes that must agree before its codes count as ISO's."""

Areas = Mapping[str, Point]


def regions_of_admin1(
    rows: Iterable[GeoRow], subdivisions: Iterable[Subdivision]
) -> dict[tuple[str, str], str]:
    """Give the ISO 3166-2 code for (country, first-level code of GeoNames), where known."""
    points: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for row in rows:
        points[row.country, row.admin1].append((row.lat, row.lon))
    middles: dict[str, dict[str, Point]] = defaultdict(dict)
    for (country, admin1), found in points.items():
        middles[country][admin1] = (median(p[0] for p in found), median(p[1] for p in found))
    areas = _top_areas(subdivisions)
    joined = {}
    for country, codes in middles.items():
        regions = areas.get(country, {})
        same = _same_codes(country, codes, regions)
        for admin1, code in (same or _mutually_nearest(codes, regions)).items():
            joined[country, admin1] = code
    return joined


def people_of_regions(
    rows: Iterable[GeoRow], region_of: Mapping[tuple[str, str], str]
) -> Counter[str]:
    """Sum up the people of GeoNames' places by region (a rank, parts of cities count twice)."""
    people: Counter[str] = Counter()
    for row in rows:
        code = region_of.get((row.country, row.admin1))
        if code:
            people[code] += row.population
    return people


def _top_areas(subdivisions: Iterable[Subdivision]) -> dict[str, dict[str, Point]]:
    areas: dict[str, dict[str, Point]] = defaultdict(dict)
    for division in subdivisions:
        if division.parent is None and division.lat is not None and division.lon is not None:
            areas[division.code[:2]][division.code] = (division.lat, division.lon)
    return areas


def _same_codes(country: str, codes: Areas, regions: Areas) -> dict[str, str]:
    """Codes that are ISO's own, when nearly all of the country's are and lie right."""
    same = {}
    for admin1, point in codes.items():
        for form in (admin1, admin1.lstrip("0")):
            region = regions.get(f"{country}-{form}")
            if region and distance_km(point, region) <= SAME_KM:
                same[admin1] = f"{country}-{form}"
    return same if len(same) >= SHARE * len(codes) else {}


def _mutually_nearest(codes: Areas, regions: Areas) -> dict[str, str]:
    if not regions:
        return {}
    nearest_region = {
        admin1: min(regions, key=lambda code: distance_km(point, regions[code]))
        for admin1, point in codes.items()
    }
    nearest_code = {
        code: min(codes, key=lambda admin1: distance_km(point, codes[admin1]))
        for code, point in regions.items()
    }
    return {
        admin1: code
        for admin1, code in nearest_region.items()
        if nearest_code[code] == admin1 and distance_km(codes[admin1], regions[code]) <= SAME_KM
    }
