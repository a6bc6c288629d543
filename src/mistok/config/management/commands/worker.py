"""`mistok worker`: sends what waits to be mailed; the server starts one beside itself."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mistok.config.working import Counts, turn, turns
from mistok.kernel.errors import Invalid


class Command(BaseCommand):
    """Letters of appeal, notices, reminders: turn by turn, or one turn."""

    help = "Send what waits: letters of appeal, notices, reminders. Two at once send nothing twice."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """One turn or many, and how the counts are told."""
        parser.add_argument("--once", action="store_true", help="one turn, then stop")
        parser.add_argument(
            "--every", type=float, default=60, metavar="SECONDS", help="pause between two turns"
        )
        parser.add_argument(
            "--json", action="store_true", help="print the counts of each turn to stdout as JSON"
        )
        parser.add_argument(
            "--until-closed",
            action="store_true",
            help="stop when standard input is closed, as it is when the server ends",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """A turn in which nothing happened is told only when it was asked for alone."""
        if not 1 <= options["every"] <= 86400:
            raise Invalid("The pause has 1 to 86400 seconds. Write another.", code="pause_wrong")
        if options["once"]:
            self._tell(turn(), as_json=options["json"])
            return
        for counts in turns(options["every"], until_closed=options["until_closed"]):
            if options["json"] or any(any(one.values()) for one in counts.values()):
                self._tell(counts, as_json=options["json"])

    def _tell(self, counts: Counts, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(counts))
        parts = (
            f"{name}: " + ", ".join(f"{what} {number}" for what, number in one.items())
            for name, one in counts.items()
        )
        self.stderr.write("; ".join(parts))
