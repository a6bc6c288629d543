"""`mistok evaluate names|ties|reading FILE`: how good the answers are."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from mistok.config.evaluated import EVALUATED
from mistok.world import World


class Command(BaseCommand):
    """Measure against what is known to be right; one sub-parser for each thing measured."""

    help = "How good the answers are on labelled data."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """What is measured, and on what."""
        parsers = parser.add_subparsers(dest="measured", metavar="WHAT", required=True)
        for one in EVALUATED:
            sub = parsers.add_parser(one.name, help=one.help)
            one.add_arguments(sub)
            sub.add_argument("--json", action="store_true", help="print one JSON document")
            sub.set_defaults(act=one.run)

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure, and tell what was set aside on stderr."""
        lines, aside = options["act"](World.open(settings.MISTOK_WORLD), options)
        for line in aside:
            self.stderr.write(line)
        self.stdout.write("\n".join(lines))
