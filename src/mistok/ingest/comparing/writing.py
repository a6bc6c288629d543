"""A comparison as a table (CSV): every pair with what was found, why, and the verdict."""

import csv
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

COLUMNS = (
    "found",
    "score",
    "left_rows",
    "left",
    "left_said",
    "right_rows",
    "right",
    "right_said",
    "why",
    "verdict",
)


class Out(Protocol):
    """A text file."""

    def write(self, text: str, /) -> object:
        """Write a text."""


def write_csv(out: Out, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows as `as_row` gives them, under their headings."""
    writer = csv.DictWriter(out, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)


def as_row(
    found: str,
    left: Mapping[str, Any] | None,
    right: Mapping[str, Any] | None,
    *,
    why: str,
    score: float | None,
    verdict: str = "",
) -> dict[str, Any]:
    """A pair as one row; entries in the form in which they are kept."""
    return {
        "found": found,
        "score": "" if score is None else f"{score:.3f}",
        "left_rows": _ids(left),
        "left": _tame(parties_of(left)),
        "left_said": _tame(said_of(left)),
        "right_rows": _ids(right),
        "right": _tame(parties_of(right)),
        "right_said": _tame(said_of(right)),
        "why": _tame(why),
        "verdict": verdict,
    }


def parties_of(entry: Mapping[str, Any] | None) -> str:
    """Who is named: "Bucha (UA) – Bergisch Gladbach (DE)"."""
    parties = entry["parties"] if entry else []
    return " – ".join(f"{party['name']} ({party['country']})" for party in parties)


def said_of(entry: Mapping[str, Any] | None) -> str:
    """What is said to have happened: "signed 2023-05 twinning; active"."""
    events = entry["events"] if entry else []
    told = (
        " ".join(filter(None, (one["event"], one["date"] or one["as_of"], _kind(one["kind"]))))
        for one in events
    )
    return "; ".join(dict.fromkeys(told))


def _kind(kind: str) -> str:
    return "" if kind == "unknown" else kind


def _ids(entry: Mapping[str, Any] | None) -> str:
    return _tame(" ".join(entry["rows"])) if entry else ""


def _tame(text: str) -> str:
    """A cell that no spreadsheet program carries out as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
