"""`mistok round FILE`: seekers to offerers, fairly, with what that costs."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mistok.partnering.policies import Actor
from mistok.partnering.rounds.answers import as_document, as_lines
from mistok.partnering.rounds.keeping import write_whole
from mistok.partnering.rounds.run import BEST, STABLE, run_round
from mistok.partnering.rounds.services import save_round


class Command(BaseCommand):
    """Allocate seekers to offerers with capacities, floors and exclusions."""

    help = "Give seekers to offerers by fit, with capacities and floors; prints what that costs."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and what becomes of the outcome."""
        add = parser.add_argument
        add("file", type=Path, help="CSV or JSON, see docs/reference/round-file.md")
        add("--out", type=Path, metavar="FILE", help="write the JSON document there too")
        add("--stable", action="store_true", help="no two shall rather have each other")
        add("--json", action="store_true", help="print one JSON document")
        add("--save", metavar="TITLE", help="keep it as a draft, to be proposed to both sides")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run, keep where asked, print."""
        variant = STABLE if options["stable"] else BEST
        outcome = run_round(options["file"], variant=variant, tell=self.stderr.write)
        text = json.dumps(as_document(outcome), ensure_ascii=False, allow_nan=False)
        if options["out"]:
            write_whole(options["out"], text + "\n")
        if options["save"] is not None:
            kept = save_round(actor=Actor.at_the_shell(), title=options["save"], outcome=outcome)
            self.stderr.write(f"Kept as the draft {kept.public_id}.")
        for line in [text] if options["json"] else as_lines(outcome):
            self.stdout.write(line)
