"""`mistok match KEY`: the best partners with reasons."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mistok.partnering.answers import answer, as_document, as_lines
from mistok.partnering.search import find_partners


class Command(BaseCommand):
    """Rank foreign partners for a municipality."""

    help = "Best foreign partners of a municipality, with reasons; “-” reads keys from stdin."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The seeker and what narrows the list."""
        parser.add_argument("key", help="the municipality's key, see `mistok find`; or -")
        parser.add_argument(
            "--country",
            action="append",
            default=[],
            metavar="CC",
            help="only there; repeatable",
        )
        parser.add_argument("--limit", type=int, default=20, help="1 to 200")
        parser.add_argument(
            "--include-tied", action="store_true", help="also places tied with it already"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """One list for one key; for “-”, one JSON line a key, in order."""
        narrowed = {
            "countries": options["country"],
            "limit": options["limit"],
            "include_tied": options["include_tied"],
        }
        if options["key"] == "-":
            for line in sys.stdin:
                self.stdout.write(answer(line.strip(), narrowed))
            return
        candidates = find_partners(key=options["key"], **narrowed)
        if options["json"]:
            self.stdout.write(as_document(options["key"], candidates))
            return
        for candidate in candidates:
            self.stdout.write(as_lines(candidate))
