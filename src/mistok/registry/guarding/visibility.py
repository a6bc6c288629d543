"""Who may read what an office tells (facts.md 7.2): official acts everybody, negotiation nobody."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from mistok.provenance.values import TieEvent
from mistok.registry.guarding.zones import near_hostilities, zone_of


class Exposure(StrEnum):
    """The visibility of a statement."""

    PUBLIC = "public"
    INTERNAL = "internal"
    RESTRICTED = "restricted"


OFFICIAL = frozenset(
    """
    search_mandate decided approved signed active extended upgraded not_suspended dormant suspended
    severed expired superseded
    """.split()
)
"""Acts and states that are public by their nature; a review is once a body has ordered it."""


def exposure_of(told: TieEvent, parties: Iterable[str]) -> Exposure:
    """Public for what is official and happened; else internal until both sides agree to show it.

    Near hostilities what is internal is restricted: it stays so even when both agree.
    """
    official = told.event in OFFICIAL or (told.event == "under_review" and bool(told.body))
    if official and not told.planned:
        return Exposure.PUBLIC
    return Exposure.RESTRICTED if near_hostilities(parties) else Exposure.INTERNAL


def without_local_detail(told: TieEvent, parties: Iterable[str]) -> TieEvent:
    """The event without places of meeting, where a party lies near hostilities."""
    if not any(zone_of(key) for key in parties):
        return told
    signatures = tuple(
        {part: text for part, text in signature.items() if part != "place"}
        for signature in told.signatures
    )
    return replace(told, place="", signatures=signatures)
