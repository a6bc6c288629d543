"""The names that follow no rule: `data/exceptions.csv`, read once."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from mistok.papers.naming.forms import Forms, Known

TABLE = Path(__file__).parent / "data" / "exceptions.csv"


def known_in(language: str) -> Known:
    """What the table knows of a name in uk or pl: its forms, or nothing when it has no row."""
    return _table()[language].get


@cache
def _table() -> Mapping[str, Mapping[str, Forms]]:
    found: dict[str, dict[str, Forms]] = {"uk": {}, "pl": {}}
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(line for line in lines if not line.startswith("#")):
            name = row["name"]
            found[row["language"]][name] = (
                row["genitive"] or name,
                row["dative"] or name,
                row["instrumental"] or name,
                row["locative"] or name,
            )
    return found
