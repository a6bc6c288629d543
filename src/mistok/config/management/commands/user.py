"""`mistok user EMAIL`: let a steward in at /staff/."""

import getpass
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mistok.accounts.services import create_steward


class Command(BaseCommand):
    """Make a steward's account; the password is asked for, or read from stdin."""

    help = "Make a steward's account for /staff/."

    def add_arguments(self, parser: CommandParser) -> None:
        """The person's address."""
        parser.add_argument("email", help="the person's e-mail address")

    def handle(self, *args: Any, **options: Any) -> None:
        """Never takes a password as an argument: those end up in shell histories."""
        if sys.stdin.isatty():
            password = getpass.getpass("Password: ")
        else:
            password = sys.stdin.readline().rstrip("\n")
        person = create_steward(email=options["email"], password=password)
        self.stdout.write(f"{person.email} may sign in at /staff/.")
