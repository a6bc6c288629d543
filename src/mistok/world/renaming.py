"""Renamings: a place is found under its former names, with the day and the act of the change.

The tables `data/renamings_ua.csv` (units of the codifier) and `data/renamings.csv` (places
elsewhere) say of each row whether somebody saw the act.
"""

from collections.abc import Iterable, Mapping

from mistok.world.model import NameKind, PlaceRecord, Renaming
from mistok.world.romanise import romanise
from mistok.world.spellings import foreign_spellings

Row = Mapping[str, str]

_RAION_WORDS = ("район", "Raion", "district")


def rename(record: PlaceRecord, rows: Iterable[Row]) -> None:
    """Let a unit of Ukraine answer to the former names in its rows, and keep when they ended."""
    for row in rows:
        former, names = row["former"], former_names(row)
        record.add(NameKind.FORMER, *names)
        if former:
            record.answer(NameKind.FORMER, romanise(former), *foreign_spellings(former))
        if record.kind == "district":
            words = (f"{name} {word}" for name in names for word in _RAION_WORDS)
            record.answer(NameKind.FORMER, *words)
        record.renamings.append(_renaming(row, former or f"{row['former_hromada']} громада"))


def rename_abroad(records: Iterable[PlaceRecord], rows: Iterable[Row]) -> None:
    """The same for places by their key; a present name that GeoNames lacks is added."""
    by_key: dict[str, list[Row]] = {}
    for row in rows:
        by_key.setdefault(row["key"], []).append(row)
    for record in records:
        for row in by_key.get(record.key, ()):
            record.add(NameKind.NAME, row["name"])
            record.add(NameKind.FORMER, row["former"], *filter(None, row["others"].split("|")))
            record.renamings.append(_renaming(row, row["former"]))


def former_names(row: Row) -> list[str]:
    """Give the names that a row says a unit bore, in both scripts."""
    return [name for name in (row["former"], *row["former_latin"].split("|")) if name]


def _renaming(row: Row, former: str) -> Renaming:
    return Renaming(
        former=former,
        date=row["date"],
        act=row["act"],
        address=row.get("address", ""),
        verified=row["standing"] == "verified",
    )
