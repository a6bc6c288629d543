"""Answers of `mistok find`: JSON for programs, lines for people, a sentence for nothing."""

import json
import sys
from collections.abc import Iterable
from typing import Any

from mistok.kernel.errors import NotFound, Refusal
from mistok.world import Match, World


def matches_of_line(
    world: World, name: str, country: str | None, narrowed: dict[str, Any]
) -> list[Match]:
    """A line that cannot be read gives an empty list, so that lines keep their places."""
    try:
        return world.find(name, country=country, **narrowed)
    except Refusal as refusal:
        sys.stderr.write(f"{refusal}\n")
        return []


def as_document(matches: Iterable[Match]) -> str:
    return json.dumps([match.as_json() for match in matches], ensure_ascii=False)


def as_line(match: Match) -> str:
    place = match.place
    people = f"{place.population:,}" if place.population else "?"
    return (
        f"{place.key}\t{place.name}\t{place.local_name}\t{place.country}\t{place.kind}\t"
        f"{people}\t{match.score:.2f}\t{match.matched}"
    )


def nothing_found(world: World, name: str, country: str | None) -> NotFound:
    others = world.elsewhere(name, country) if country else []
    if others:
        listed = ", ".join(f"{m.place.name} ({m.place.country}, {m.place.key})" for m in others)
        return NotFound(
            f"There is no “{name}” in {country}; elsewhere there is {listed}.",
            code="name_elsewhere",
        )
    return NotFound(
        f"No place is called “{name[:60]}”. Check the spelling, or try the name in the "
        "country's own language.",
        code="name_unknown",
    )
