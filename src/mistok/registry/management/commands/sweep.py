"""`mistok sweep`: ties with aggressor states, each with state, evidence and the next step."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mistok.kernel.errors import Invalid
from mistok.registry.gazetteer import the_world
from mistok.registry.sweep import AGGRESSOR_STATES, Swept, sweep


class Command(BaseCommand):
    """List ties with municipalities of the given states."""

    help = "Ties with aggressor states: state, evidence, what to do next."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which states; by default those of the dated list."""
        default = ",".join(state.country for state in AGGRESSOR_STATES)
        parser.add_argument("--against", default=default, metavar="CC,CC", help="which states")
        parser.add_argument("--json", action="store_true", help="print one JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a tie, or one JSON list."""
        codes = [code.strip().upper() for code in options["against"].split(",") if code.strip()]
        for code in codes:
            if the_world().canonical(f"iso:{code}") is None:
                raise Invalid(
                    f"“{code[:20]}” is not a country's code. Write two letters, for example RU.",
                    code="country_unknown",
                )
        rows = sweep(against=codes)
        if options["json"]:
            self.stdout.write(json.dumps([_as_json(row) for row in rows], ensure_ascii=False))
            return
        for row in rows:
            names = " – ".join(p.municipality.name for p in row.tie.parties.all())
            self.stdout.write(f"{row.tie.state}\t{names}\t{row.tie.until}\t{row.next_step}")


def _as_json(row: Swept) -> dict[str, Any]:
    return {
        "tie": row.tie.public_id,
        "parties": [
            {
                "key": p.municipality.key,
                "name": p.municipality.name,
                "country": p.municipality.country,
            }
            for p in row.tie.parties.all()
        ],
        "state": row.tie.state,
        "evidence": [
            {
                "source": said.source.public_id,
                "title": said.source.title,
                "url": said.source.url,
                "statement": said.pk,
            }
            for said in row.evidence
        ],
        "next": row.next_step,
    }
