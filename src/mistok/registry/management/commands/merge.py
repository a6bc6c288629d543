"""`mistok merge DROP --into KEEP --reason …`: judge two places to be one."""

from typing import Any

from django.core.management.base import CommandParser

from mistok.registry.management.reasoned import ReasonedCommand
from mistok.registry.services import merge_municipalities


class Command(ReasonedCommand):
    """Merge a place into another; its key leads to the other from then on."""

    help = "Judge two places of the registry to be one. Never deletes; needs a reason."
    why = "why they are one; kept for good"

    def add_arguments(self, parser: CommandParser) -> None:
        """Two keys and the ground of the judgement."""
        parser.add_argument("drop", metavar="KEY", help="the place that is the other one")
        parser.add_argument("--into", required=True, metavar="KEY", help="the place that stands")
        super().add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Says which place stands."""
        kept = merge_municipalities(
            actor=self.actor,
            keep=options["into"],
            drop=options["drop"],
            reason=options["reason"],
        )
        self.stdout.write(f"{options['drop']} now leads to {kept.key}, {kept}.")
