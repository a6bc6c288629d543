"""Answers of `mistok find`: JSON for programs, lines for people, a sentence for nothing."""

import json
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from mistok.kernel.errors import NotFound, Refusal
from mistok.world import Match, World
from mistok.world.finding.answers import GUESSED, PROBABLY_SCORE, Resolution, Verdict


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
        f"{people}\t{match.score:.2f}\t{match.matched}{_note(match)}"
    )


def not_there(world: World, name: str, country: str | None, matches: Sequence[Match]) -> bool:
    """Whether no place (of that country) bears the name; what is only like it may be listed."""
    answer = Resolution(tuple(matches))
    if answer.verdict is Verdict.NONE or answer.best is None:
        return True
    unsure = answer.best.matched in GUESSED and answer.verdict is Verdict.ASK
    return unsure and country is not None and bool(_known_elsewhere(world, name, country))


def _known_elsewhere(world: World, name: str, country: str) -> list[Match]:
    """Places of other countries that bear the name."""
    others = world.elsewhere(name, country)
    return [m for m in others if m.score >= PROBABLY_SCORE and m.matched not in GUESSED]


def nothing_found(
    world: World, name: str, country: str | None, perhaps: Sequence[Match]
) -> NotFound:
    """Say that no place has the name, where another country has it, and what was perhaps meant."""
    known = _known_elsewhere(world, name, country) if country else []
    if known:
        return NotFound(
            f"There is no “{name[:60]}” in {country}; elsewhere there is {_listed(known)}.",
            code="name_elsewhere",
        )
    hint = f"did you mean {_listed(perhaps[:3])}?" if perhaps else "check the spelling."
    return NotFound(
        f"There is no municipality by the name “{name[:60]}”; {hint}",
        code="name_unknown",
        details={"perhaps": [match.place.key for match in perhaps]},
    )


def _listed(matches: Sequence[Match]) -> str:
    return ", ".join(f"{m.place.name} ({m.place.country}, {m.place.key})" for m in matches)


def _note(match: Match) -> str:
    if match.part:
        return f": {match.part}"
    renaming = match.renaming
    if renaming is None:
        return ""
    since = f" until {renaming.date}" if renaming.date else ""
    return f": {renaming.former}{since}{'; ' if renaming.act else ''}{renaming.act}"
