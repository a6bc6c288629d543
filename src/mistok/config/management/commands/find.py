"""`mistok find NAME…`: which place is meant."""

import json
import sys
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from mistok.kernel.errors import NotFound, Refusal
from mistok.world import Match, World


class Command(BaseCommand):
    """Resolve a name in any language, script and case, or any of a place's keys."""

    help = "Resolve a place's name or key; “-” reads one name a line (TAB country) from stdin."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The words of one name, and what narrows it."""
        parser.add_argument("name", nargs="+", help="the name, in one or several words; or -")
        parser.add_argument("--country", metavar="CC", help="two-letter code, for example UA")
        parser.add_argument("--kind", help="country, region, district, hromada, …")
        parser.add_argument("--near", metavar="KEY", help="prefer what lies near this place")
        parser.add_argument("--limit", type=int, default=10, help="at most so many")
        parser.add_argument("--json", action="store_true", help="print one JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        """One list for one name; for “-”, one list a line, in order."""
        world = World.open(settings.MISTOK_WORLD)
        narrowed = {name: options[name] for name in ("kind", "near", "limit")}
        if options["name"] == ["-"]:
            for line in sys.stdin:
                name, _tab, country = line.rstrip("\n").partition("\t")
                country = country.strip() or options["country"]
                self.stdout.write(_json(_matches(world, name, country, narrowed)))
            return
        name = " ".join(options["name"])
        matches = world.find(name, country=options["country"], **narrowed)
        if options["json"]:
            self.stdout.write(_json(matches))
        elif not matches:
            raise _nothing(world, name, options["country"])
        else:
            for match in matches:
                self.stdout.write(_line(match))


def _matches(world: World, name: str, country: str | None, narrowed: dict[str, Any]) -> list[Match]:
    """A line that cannot be read gives an empty list, so that lines keep their places."""
    try:
        return world.find(name, country=country, **narrowed)
    except Refusal as refusal:
        sys.stderr.write(f"{refusal}\n")
        return []


def _json(matches: Iterable[Match]) -> str:
    return json.dumps([match.as_json() for match in matches], ensure_ascii=False)


def _line(match: Match) -> str:
    place = match.place
    people = f"{place.population:,}" if place.population else "?"
    return (
        f"{place.key}\t{place.name}\t{place.local_name}\t{place.country}\t{place.kind}\t"
        f"{people}\t{match.score:.2f}\t{match.matched}"
    )


def _nothing(world: World, name: str, country: str | None) -> NotFound:
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
