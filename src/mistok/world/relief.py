"""Where the sea is and where the mountains are: two grids of bits, read by the build alone.

`data/relief.xz` is made by `benchmarks/make_relief.py`, which tells the sources and the rule.

A cell of the sea (1/24 of a degree, 4.6 km from north to south) is one of which at least half is
sea in the mask of GLOBE (NOAA, 1 km). Lagoons that the mask takes for sea are sea (Szczecin,
Vistula, Lagoa dos Patos, the IJsselmeer); lakes are not, nor is the Caspian Sea, nor are limans
and rivers with their mouths (Mykolaiv, Kherson, Hamburg).

A cell of the mountains (1/12 of a degree, 9.3 km) is one with a mean height of 200 m at least
around which the mean heights of cells (5 by 5 of them in Europe, 37 km from north to south)
differ by 500 m or more; or one with a mean height of 2,500 m. Narrow ranges of little height and
steep coasts (Yalta) are missed, towns right before a range (Bern, Denver) are in.
"""

import lzma
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

FILE = Path(__file__).parent / "data" / "relief.xz"
SOUTH = 60
"""Degrees south to which the grids reach; beyond that nobody lives."""
SEA_CELLS = 24
MOUNTAIN_CELLS = 12
"""Cells to a degree."""

Grid = npt.NDArray[np.bool_]
Degrees = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Relief:
    """Two grids from the North Pole and 180° west on, a row for each parallel."""

    sea: Grid
    mountain: Grid


def read_relief(path: Path = FILE) -> Relief:
    """Read the grids."""
    packed = np.frombuffer(lzma.decompress(path.read_bytes()), np.uint8)
    cells = _shape(SEA_CELLS)[0] * _shape(SEA_CELLS)[1] // 8
    return Relief(
        _unpacked(packed[:cells], _shape(SEA_CELLS)),
        _unpacked(packed[cells:], _shape(MOUNTAIN_CELLS)),
    )


def packed_relief(relief: Relief) -> bytes:
    """Give the contents of the file for the grids: their bits one after the other, compressed."""
    bits = b"".join(_packed(grid) for grid in (relief.sea, relief.mountain))
    return lzma.compress(bits, preset=9 | lzma.PRESET_EXTREME)


def at(grid: Grid, lat: Degrees, lon: Degrees) -> Grid:
    """Say for each point in degrees whether its cell is set; points off the grid are not."""
    rows, columns = grid.shape
    cells = columns / 360
    row = np.floor((90 - lat) * cells).astype(np.int64)
    column = np.floor((lon + 180) * cells).astype(np.int64) % columns
    inside = (row >= 0) & (row < rows)
    found: Grid = inside & grid[np.clip(row, 0, rows - 1), column]
    return found


def shore(sea: Grid) -> tuple[Degrees, Degrees]:
    """Give latitude and longitude of the middle of each cell of sea that has land beside it."""
    land = ~sea
    beside = np.roll(land, 1, axis=1) | np.roll(land, -1, axis=1)
    beside[1:] |= land[:-1]
    beside[:-1] |= land[1:]
    rows, columns = np.nonzero(sea & beside)
    cells = sea.shape[1] / 360
    return 90 - (rows + 0.5) / cells, (columns + 0.5) / cells - 180


def _shape(cells: int) -> tuple[int, int]:
    return (90 + SOUTH) * cells, 360 * cells


def _packed(grid: Grid) -> bytes:
    """A byte for each tile of 4 rows and 2 columns, which compresses better than rows do."""
    rows, columns = grid.shape
    tiles = grid.reshape(rows // 4, 4, columns // 2, 2).transpose(0, 2, 1, 3)
    return np.packbits(tiles).tobytes()


def _unpacked(packed: npt.NDArray[np.uint8], shape: tuple[int, int]) -> Grid:
    rows, columns = shape
    tiles = np.unpackbits(packed).astype(np.bool_).reshape(rows // 4, columns // 2, 4, 2)
    return tiles.transpose(0, 2, 1, 3).reshape(shape)
