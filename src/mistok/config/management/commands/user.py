"""`mistok user EMAIL`: let a steward in at /staff/, or help one who has lost a second factor.

`mistok user coordinator EMAIL --scope UA` makes somebody with an account a coordinator.
"""

import getpass
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from mistok.accounts.actors import Actor
from mistok.accounts.adapter import confirm_address, forget_second_factors
from mistok.accounts.models import User
from mistok.accounts.scopes import scope_code
from mistok.accounts.services import appoint_coordinator, create_steward
from mistok.kernel.errors import NotFound
from mistok.registry.gazetteer import the_world


class Command(BaseCommand):
    """Make a steward's account; the password is asked for, or read from stdin."""

    help = "Make a steward or a coordinator, or forget somebody's second factors."

    def add_arguments(self, parser: CommandParser) -> None:
        """What the person is to be, and the person's address."""
        parser.add_argument(
            "role",
            nargs="?",
            choices=("steward", "coordinator"),
            default="steward",
            help="a steward's account is made; a coordinator must have an account",
        )
        parser.add_argument("email", help="the person's e-mail address")
        parser.add_argument(
            "--scope",
            default="",
            help="of a coordinator: UA, the key of a region (iso:UA-18, katottg:UA…), or world",
        )
        parser.add_argument(
            "--forget-factors",
            action="store_true",
            help="remove the passkeys, app and recovery codes of somebody who has lost them",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Never takes a password as an argument: those end up in shell histories."""
        act = ACTS["factors" if options["forget_factors"] else options["role"]]
        self.stdout.write(act(**options))


def _forget(*, email: str, **_options: Any) -> str:
    person = _known(email)
    count = forget_second_factors(person=person, actor=Actor.at_the_shell())
    return f"{count} second factors of {person.email} are forgotten."


def _appoint(*, email: str, scope: str, **_options: Any) -> str:
    person, code = _known(email), scope_code(the_world(), scope)
    appoint_coordinator(actor=Actor.at_the_shell(), person=person, scope=code)
    return f"{person.email} coordinates {code}."


@transaction.atomic
def _make(*, email: str, **_options: Any) -> str:
    terminal = sys.stdin.isatty()
    password = getpass.getpass("Password: ") if terminal else sys.stdin.readline().rstrip("\n")
    person = confirm_address(create_steward(email=email, password=password))
    return f"{person.email} may sign in, and set up a second factor to enter /staff/."


def _known(email: str) -> User:
    person = User.objects.filter(email=email.strip().lower()).first()
    if person is None:
        raise NotFound(
            f"There is no account with the address {email}. Check how it is written.",
            code="person_unknown",
        )
    return person


ACTS = {"factors": _forget, "steward": _make, "coordinator": _appoint}
