"""`mistok remind`: mails on days that are due and on sleeping ties, to be run once a day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from mistok.partnering.procedure.reminders import OFFSETS, due_today, remind
from mistok.partnering.waking import STEP, due_sleeping, quarter_of, warn_of_sleepers


class Command(BaseCommand):
    """Queue what is due, send what is queued."""

    help = "Send reminders of days that are due in procedures and of ties that sleep; safe again."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """How many days ahead, and whether anything is sent at all."""
        parser.add_argument(
            "--days",
            type=int,
            nargs="+",
            default=list(OFFSETS),
            metavar="DAYS",
            help="days before a day that is due; below zero it has passed",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be sent, and send nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what became of the queue."""
        if options["dry_run"]:
            self._tell(options["days"])
            return
        days, ties = remind(offsets=options["days"]), warn_of_sleepers()
        told = (
            f"{name} {getattr(days, name) + getattr(ties, name)}"
            for name in ("queued", "sent", "failed", "dropped")
        )
        self.stdout.write(", ".join(told))

    def _tell(self, days: list[int]) -> None:
        today = timezone.localdate()
        for wanted in due_today(today, days):
            to = " ".join(person.public_id for person in wanted.people) or "nobody"
            self.stdout.write(f"{wanted.step.due_on} {wanted.run} {wanted.step.code} {to}")
        for one in due_sleeping(today):
            to = " ".join(person.public_id for person in one.people)
            self.stdout.write(f"{quarter_of(today)} {one.sleeper.tie} {STEP} {to}")
