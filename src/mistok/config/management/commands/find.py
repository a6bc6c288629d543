"""`mistok find NAME…`: which place is meant."""

import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from mistok.config.found import as_document, as_line, matches_of_line, not_there, nothing_found
from mistok.config.numbers import positive
from mistok.world import World


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
        parser.add_argument("--asker", metavar="CC", help="prefer this country: that of who asks")
        parser.add_argument("--limit", type=positive, default=10, help="at most so many")
        parser.add_argument("--json", action="store_true", help="print one JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        """One list for one name; for “-”, one list a line, in order."""
        world = World.open(settings.MISTOK_WORLD)
        narrowed = {name: options[name] for name in ("kind", "near", "asker", "limit")}
        if options["name"] == ["-"]:
            for line in sys.stdin:
                name, _tab, country = line.rstrip("\n").partition("\t")
                country = country.strip() or options["country"]
                self.stdout.write(as_document(matches_of_line(world, name, country, narrowed)))
            return
        name = " ".join(options["name"])
        matches = world.find(name, country=options["country"], **narrowed)
        if options["json"]:
            self.stdout.write(as_document(matches))
        elif not_there(world, name, options["country"], matches):
            raise nothing_found(world, name, options["country"], matches)
        else:
            for match in matches:
                self.stdout.write(as_line(match))
