"""`mistok withdraw STATEMENT --reason …`: take a statement back."""

from typing import Any

from django.core.management.base import CommandParser

from mistok.registry.management.reasoned import ReasonedCommand
from mistok.registry.services import withdraw


class Command(ReasonedCommand):
    """Withdraw a statement; it counts no more, and can still be read with the reason."""

    help = "Withdraw a statement. Never deletes; needs a reason."
    why = "why; kept with it"

    def add_arguments(self, parser: CommandParser) -> None:
        """The statement and why."""
        parser.add_argument("statement", metavar="ID", help="its id, or the beginning of it")
        super().add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Says what is withdrawn."""
        said = withdraw(
            actor=self.actor,
            statement_id=options["statement"],
            reason=options["reason"],
        )
        self.stdout.write(f"Withdrawn: {said.subject} {said.prop} {said.value}")
