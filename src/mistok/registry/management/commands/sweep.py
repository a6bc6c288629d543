"""`mistok sweep`: ties with aggressor states, each with state, evidence and the next step."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mistok.kernel.errors import Invalid
from mistok.registry.gazetteer import the_world
from mistok.registry.sweep import AGGRESSOR_STATES, UKRAINIAN, Swept, as_document, states_of, sweep


class Command(BaseCommand):
    """List ties with municipalities of the given states."""

    help = "Ties with aggressor states: state, evidence, what to do next."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which states; by default those of the dated list."""
        default = ",".join(state.country for state in AGGRESSOR_STATES)
        parser.add_argument("--against", default=default, metavar="CC,CC", help="which states")
        parser.add_argument(
            "--side", choices=[UKRAINIAN], default="", help="only ties with a party in Ukraine"
        )
        parser.add_argument("--count", action="store_true", help="print how many in which state")
        parser.add_argument("--json", action="store_true", help="print one JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a tie, or one JSON list, or one line a state."""
        codes = [code.strip().upper() for code in options["against"].split(",") if code.strip()]
        for code in codes:
            if the_world().canonical(f"iso:{code}") is None:
                raise Invalid(
                    f"“{code[:20]}” is not a country's code. Write two letters, for example RU.",
                    code="country_unknown",
                )
        rows = sweep(against=codes, side=options["side"])
        if options["count"]:
            for state, count in states_of(rows):
                self.stdout.write(f"{state}\t{count}")
        elif options["json"]:
            self.stdout.write(json.dumps([as_document(row) for row in rows], ensure_ascii=False))
        else:
            for row in rows:
                self._line(row)

    def _line(self, row: Swept) -> None:
        names = " – ".join(p.municipality.name for p in row.tie.parties.all())
        self.stdout.write(f"{row.tie.state}\t{names}\t{row.tie.until}\t{row.next_step}")
