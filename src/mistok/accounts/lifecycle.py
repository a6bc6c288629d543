"""The life of an office as a table; the diagram of docs/explanation/offices.md is made from it."""

from collections.abc import Mapping
from enum import StrEnum


class OfficeState(StrEnum):
    """How far an office is believed."""

    CLAIMED = "claimed"
    VERIFIED = "verified"
    SUSPENDED = "suspended"
    CLOSED = "closed"
    REFUSED = "refused"


OFFICE_TRANSITIONS: Mapping[OfficeState, frozenset[OfficeState]] = {
    OfficeState.CLAIMED: frozenset({OfficeState.VERIFIED, OfficeState.REFUSED}),
    OfficeState.VERIFIED: frozenset({OfficeState.SUSPENDED, OfficeState.CLOSED}),
    OfficeState.SUSPENDED: frozenset({OfficeState.VERIFIED, OfficeState.CLOSED}),
    OfficeState.CLOSED: frozenset(),
    OfficeState.REFUSED: frozenset(),
}

LIVING = (OfficeState.CLAIMED, OfficeState.VERIFIED, OfficeState.SUSPENDED)
"""States in which an office may still come to act."""


def diagram() -> str:
    """The table as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {OfficeState.CLAIMED}"]
    for state, following in OFFICE_TRANSITIONS.items():
        lines += [f"    {state} --> {after}" for after in sorted(following)]
        lines += [] if following else [f"    {state} --> [*]"]
    return "\n".join(lines) + "\n"
