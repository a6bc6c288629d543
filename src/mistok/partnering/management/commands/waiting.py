"""`mistok waiting ACT`: the waiting list, kept by whoever operates Mistok."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mistok.partnering.policies import Actor
from mistok.partnering.rounds import waiting_acts


class Command(BaseCommand):
    """List who waits, put municipalities on the list, and note how it went on."""

    help = "The waiting list: list, add, contact, again, partnered, leave."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """One act, and what it is about."""
        waiting_acts.add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Hand over to the act."""
        for line in waiting_acts.act(Actor.at_the_shell(), options):
            self.stdout.write(line)
