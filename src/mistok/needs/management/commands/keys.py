"""`mistok keys`: the keys that letters of appeal are signed with."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.needs.appeals import published_keys, rotate


class Command(BaseCommand):
    """List the published keys; `--rotate` makes a new one for letters from now on."""

    help = "List the keys of letters, or make a new one; older letters stay verifiable."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do."""
        parser.add_argument("--rotate", action="store_true", help="make a new key and use it")
        parser.add_argument("--json", action="store_true", help="one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """A new key is an audit event."""
        if options["rotate"]:
            with audited(Actor.at_the_shell(), "rotate_key", "letters") as act:
                act.done(after={"key": rotate().id})
        rows = [
            {
                "id": key.id,
                "since": key.since.isoformat(),
                "until": key.until.isoformat() if key.until else None,
            }
            for key in published_keys()
        ]
        if options["json"]:
            self.stdout.write(json.dumps({"keys": rows}))
            return
        for row in rows:
            self.stdout.write(f"{row['id']}  {row['since']}  {row['until'] or 'in use'}")
        if not rows:
            self.stderr.write("There is no key yet: the first letter that is sent makes one.")
