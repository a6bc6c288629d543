"""The flat map of pages without scripts and on paper: degrees to the units of a drawing.

Equirectangular with 45 degrees as the true parallel, so that Europe has its usual shape.
One unit is a tenth of a degree of latitude; the origin is the north-west corner. The drawing
is cut in the Bering Strait, at 169 degrees west, where it cuts no country in two.
"""

import math

NORTH, SOUTH, WEST = 84.0, -58.0, -169.0
UNITS_PER_DEGREE = 10.0
NARROWING = math.cos(math.radians(45.0))
WIDTH = round(360 * UNITS_PER_DEGREE * NARROWING)
HEIGHT = round((NORTH - SOUTH) * UNITS_PER_DEGREE)


def flat(lat: float, lon: float) -> tuple[float, float]:
    """Where a place lies on the drawing: units from the left edge, units from the top."""
    east = lon - WEST + (360.0 if lon < WEST else 0.0)
    return east * UNITS_PER_DEGREE * NARROWING, (NORTH - lat) * UNITS_PER_DEGREE
