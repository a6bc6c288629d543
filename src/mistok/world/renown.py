"""How widely a place is known, judged by its names: how many there are, and who shares them.

A place that people elsewhere speak of has names in their languages. GeoNames collects them, so
their number tells more than the number of inhabitants does.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from mistok.world.folding import fold
from mistok.world.model import PlaceRecord


def renown(records: Sequence[PlaceRecord]) -> dict[str, npt.NDArray[np.generic]]:
    """Give the columns renown and namesake (see `Columns`) of records in their order."""
    counts, numbers = [], []
    groups: dict[str, int] = {}
    for record in records:
        names = {record.name, record.local_name, *(name for name, _kind in record.names)}
        counts.append(len(names))
        numbers.append(groups.setdefault(fold(record.name), len(groups)))
    return {
        "renown": np.array(counts, np.uint16),
        "namesake": np.array(numbers, np.int32),
    }
