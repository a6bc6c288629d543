"""What commands have in common by which a person at the shell decides something for good."""

import getpass

from django.core.management.base import BaseCommand, CommandParser


class ReasonedCommand(BaseCommand):
    """An act that is kept with who did it and why."""

    why: str
    """What the reason has to tell; shown as the help of --reason."""

    def add_arguments(self, parser: CommandParser) -> None:
        """The ground, which nobody may leave out."""
        parser.add_argument("--reason", required=True, help=self.why)

    @property
    def actor(self) -> str:
        """Whoever is signed in on this machine, as audit events name them."""
        return f"shell: {getpass.getuser()}"
