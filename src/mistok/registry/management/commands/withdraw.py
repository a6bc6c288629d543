"""`mistok withdraw STATEMENT --reason …`: take a statement back."""

import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mistok.registry.services import withdraw


class Command(BaseCommand):
    """Withdraw a statement; it counts no more, and can still be read with the reason."""

    help = "Withdraw a statement. Never deletes; needs a reason."

    def add_arguments(self, parser: CommandParser) -> None:
        """The statement and why."""
        parser.add_argument("statement", metavar="ID", help="its id, or the beginning of it")
        parser.add_argument("--reason", required=True, help="why; kept with it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Says what is withdrawn."""
        said = withdraw(
            actor=f"shell: {getpass.getuser()}",
            statement_id=options["statement"],
            reason=options["reason"],
        )
        self.stdout.write(f"Withdrawn: {said.subject} {said.prop} {said.value}")
