"""Makes src/mistok/world/data/relief.xz: where the sea is and where the mountains are.

Sources, both read from wheels that are given and not installed with Mistok:
- global-land-mask 1.0.0 (MIT): `globe_combined_mask_compressed.npz`, the cells of NOAA's GLOBE
  (1999, public domain, 30 seconds of arc) without a height, which is the sea.
- pvlib 0.16.1 (BSD-3-Clause): `pvlib/data/Altitude.h5`, mean heights in steps of 28 m, 1/12 of a
  degree, from the terrain tiles of Mapzen: ArcticDEM (DigitalGlobe, Inc., National Science
  Foundation awards 1043681, 1559691, 1542736); Geoscience Australia, © Commonwealth of Australia
  2017; offene Daten Österreichs, DGM Österreich; Canada, Open Government Licence; EU-DEM,
  Copernicus data funded by the European Union; ETOPO1, NOAA; INEGI, Continental relief, 2016;
  Land Information New Zealand, Crown copyright 2011; © Kartverket; © Environment Agency 2015;
  3DEP, GMTED2010 and SRTM, courtesy of the U.S. Geological Survey.

The rule for mountains follows the idea of UNEP-WCMC (Kapos et al. 2000: height and local range of
heights). Its thresholds are those, of 54 tried, that find three quarters of the 85 hromadas that
the state calls mountainous (column `mountain` of ../shared/data/ua_hromadas.csv) with the fewest
others; lower ones find more of them, and towns as flat as Aachen.
Needs h5py and scipy. Run: python benchmarks/make_relief.py GLOBAL_LAND_MASK.whl PVLIB.whl
"""

import io
import sys
import zipfile
from pathlib import Path

import h5py
import numpy as np
import numpy.typing as npt
from scipy.ndimage import maximum_filter1d, minimum_filter1d

from mistok.world.relief import FILE, MOUNTAIN_CELLS, SEA_CELLS, SOUTH, Relief, packed_relief

MASK_CELLS = 120
CELL_KM = 111.2 / MOUNTAIN_CELLS
AROUND_ROWS = 2
AROUND_KM = 14.0
STEP, LOWEST, NO_HEIGHT = 28, -450, 255
FOOT, RANGE, HIGH = 200, 500, 2500


def read(wheel: Path, name: str) -> io.BytesIO:
    """Give a file of a wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return io.BytesIO(archive.read(name))


def sea_cells(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Cells of which at least half is sea."""
    size = MASK_CELLS // SEA_CELLS
    rows, columns = mask.shape[0] // size, mask.shape[1] // size
    wet = mask.reshape(rows, size, columns, size).sum((1, 3), dtype=np.uint8)
    return (wet * 2 >= size * size)[: (90 + SOUTH) * SEA_CELLS]


def mountain_cells(steps: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    """Cells in the mountains, by their mean height and the range of heights around."""
    heights = np.where(steps == NO_HEIGHT, 0, steps.astype(np.int16) * STEP + LOWEST)
    high = (heights >= FOOT) & (ranges(heights) >= RANGE) | (heights >= HIGH)
    return high[: (90 + SOUTH) * MOUNTAIN_CELLS]


def ranges(heights: npt.NDArray[np.int16]) -> npt.NDArray[np.int16]:
    """Highest less lowest cell around each, as many meridians wide as makes up AROUND_KM."""
    rows = len(heights)
    top = maximum_filter1d(heights, 2 * AROUND_ROWS + 1, axis=0)
    low = minimum_filter1d(heights, 2 * AROUND_ROWS + 1, axis=0)
    level = np.cos(np.radians(90 - (np.arange(rows) + 0.5) / MOUNTAIN_CELLS))
    widths = np.clip(np.rint(AROUND_KM / (CELL_KM * np.maximum(level, 0.1))), 1, 40).astype(int)
    found = np.zeros_like(heights)
    for width in np.unique(widths):
        band, size = widths == width, 2 * int(width) + 1
        found[band] = maximum_filter1d(top[band], size, axis=1, mode="wrap")
        found[band] -= minimum_filter1d(low[band], size, axis=1, mode="wrap")
    return found


def main(mask_wheel: Path, height_wheel: Path) -> None:
    """Make the file and say how large it is."""
    name = "global_land_mask/globe_combined_mask_compressed.npz"
    sea = sea_cells(np.load(read(mask_wheel, name))["mask"])
    with h5py.File(read(height_wheel, "pvlib/data/Altitude.h5")) as file:
        mountain = mountain_cells(file["Altitude"][:])
    FILE.write_bytes(packed_relief(Relief(sea, mountain)))
    print(f"{FILE.name}: {FILE.stat().st_size:,} bytes; {sea.mean():.1%} sea, ", end="")
    print(f"{mountain.mean():.1%} mountains")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
