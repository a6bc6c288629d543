"""`mistok feeds ACT`: follow news feeds, list them, ask them, leave them."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from tqdm import tqdm

from mistok.accounts.actors import Actor
from mistok.ingest.feeds.checking import check, due, feed_facts
from mistok.ingest.feeds.items import Manners
from mistok.ingest.feeds.services import About, follow, stop
from mistok.ingest.models import Feed
from mistok.kernel.errors import Invalid


class Command(BaseCommand):
    """Follow, list, check, stop."""

    help = "News feeds: add URL, list, check those that are due, stop ID. Items wait for review."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """One act, and what it is about."""
        parser.add_argument("act", choices=("add", "list", "check", "stop"), help="what to do")
        parser.add_argument(
            "what", nargs="?", default="", metavar="URL|ID", help="address to add, or feed to stop"
        )
        parser.add_argument("--title", default="", help="what to call the feed")
        parser.add_argument("--publisher", default="", help="who publishes it")
        parser.add_argument("--country", default="", metavar="CC", help="the publisher's country")
        parser.add_argument("--all", action="store_true", help="check those not due as well")
        parser.add_argument("--json", action="store_true", help="print JSON lines to stdout")

    def handle(self, *args: Any, **options: Any) -> None:
        """Hand over to the act."""
        if options["act"] in ("add", "stop") and not options["what"]:
            raise Invalid("Write the address of the feed, or its id.", code="feed_missing")
        getattr(self, f"_{options['act']}")(options)

    def _add(self, options: dict[str, Any]) -> None:
        about = About(**{name: options[name] for name in ("title", "publisher", "country")})
        feed = follow(actor=Actor.at_the_shell(), url=options["what"], about=about)
        self._tell(feed_facts(feed), options)

    def _stop(self, options: dict[str, Any]) -> None:
        self._tell(feed_facts(stop(actor=Actor.at_the_shell(), feed_id=options["what"])), options)

    def _list(self, options: dict[str, Any]) -> None:
        for feed in Feed.objects.all():
            self._tell(feed_facts(feed), options)

    def _check(self, options: dict[str, Any]) -> None:
        manners, actor = Manners(), Actor.at_the_shell()
        for feed in tqdm(list(due(everything=options["all"])), unit="feed"):
            checked = check(feed, actor=actor, manners=manners)
            if checked is not None:
                self._tell(asdict(checked), options)

    def _tell(self, facts: dict[str, Any], options: dict[str, Any]) -> None:
        plain = "  ".join(f"{name}: {value}" for name, value in facts.items() if value != "")
        self.stdout.write(json.dumps(facts, ensure_ascii=False) if options["json"] else plain)
