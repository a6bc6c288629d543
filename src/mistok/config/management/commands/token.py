"""`mistok token make|list|end`: the tokens by which programs act for an office."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mistok.accounts.models import TOKEN_ROLES
from mistok.config import tokens


class Command(BaseCommand):
    """Make a token and print its secret once, list the tokens of an office, or end one."""

    help = "Tokens by which programs act for an office: make, list, end."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, and with which office or token."""
        acts = parser.add_subparsers(dest="act", required=True, metavar="make|list|end")
        make = acts.add_parser("make", help="make a token; its secret is printed this once")
        make.add_argument("office", help="the office's id (office_…) or its place's key")
        make.add_argument("--role", choices=dict(TOKEN_ROLES), default="storekeeper")
        make.add_argument("--name", required=True, help="what it is for; no name of a person")
        make.add_argument("--days", type=int, default=366, help="for how long, 1 to 366")
        rows = acts.add_parser("list", help="list the tokens of an office, without secrets")
        rows.add_argument("office", help="the office's id (office_…) or its place's key")
        end = acts.add_parser("end", help="end a token; it opens nothing from now on")
        end.add_argument("token", help="the token's id (token_…)")
        end.add_argument("--reason", default="", help="kept with the act")
        for one in (make, rows, end):
            one.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """Hand over to the act; a list is tab-separated."""
        told = ACTS[options["act"]](**options)
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for row in told if isinstance(told, list) else [told]:
            self.stdout.write("\t".join(str(value) for value in row.values()))


ACTS: Mapping[str, Callable[..., Any]] = {
    "make": tokens.make,
    "list": tokens.list_all,
    "end": tokens.end,
}
