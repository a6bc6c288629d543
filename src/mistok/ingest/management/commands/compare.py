"""`mistok compare LEFT RIGHT`: two lists of ties side by side."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mistok.ingest.comparing import command


class Command(BaseCommand):
    """Compare two lists; nothing is merged, and the registry is not changed."""

    help = "Two lists of ties side by side: the same, one-sided, renamed, merged, contradictory."

    def add_arguments(self, parser: CommandParser) -> None:
        """Two lists, what their columns are, labels to measure by."""
        command.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print how many of each class, then precision and recall where labels are given."""
        command.run(options, self.stdout, self.stderr)
