"""`mistok match KEY`: the best partners with reasons."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from mistok.partnering import asking
from mistok.partnering.answers import answers, as_document, as_lines
from mistok.partnering.search import narrowed


class Command(BaseCommand):
    """Rank foreign partners for a municipality."""

    help = "Best foreign partners of a municipality, with reasons; “-” reads keys from stdin."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The seeker, what narrows the list, and how it is weighed."""
        asking.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """One list for one key; for “-”, one JSON line a key, in order."""
        if options["key"] == "-":
            self._many(options)
            return
        if options["dask"]:
            raise CommandError("--dask is for many keys at once: give “-” and the keys on stdin.")
        candidates = asking.search(options)
        if options["save"]:
            self.stderr.write(asking.keep(options, candidates))
        if options["json"]:
            self.stdout.write(as_document(options["key"], candidates))
            return
        for candidate in candidates:
            self.stdout.write(as_lines(candidate))

    def _many(self, options: dict[str, Any]) -> None:
        if options["profile"] or options["save"]:
            raise CommandError("--profile and --save are for one municipality, not for “-”.")
        keys = (line.strip() for line in sys.stdin)
        asked = narrowed(**asking.asked_of(options))
        lines = answers(keys, asking.way_of(options), asked, address=options["dask"])
        for line in tqdm(lines, desc="match", unit="municipality", disable=None):
            self.stdout.write(line)
