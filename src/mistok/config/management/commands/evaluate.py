"""`mistok evaluate names|ties|reading FILE`: how good the answers are."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from mistok.config import measured_reading, measured_ties
from mistok.config.measured import as_document, as_lines, kilometres, measure_names
from mistok.config.numbers import positive
from mistok.matching.evaluation.split import SEED
from mistok.world import World


class Command(BaseCommand):
    """Measure against what is known to be right; one sub-parser for each thing measured."""

    help = "How good the answers are on labelled data."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """What is measured, and on what."""
        measured = parser.add_subparsers(dest="measured", metavar="WHAT", required=True)
        self.add_names(measured)
        self.add_ties(measured)
        self.add_reading(measured)

    def add_names(self, measured: Any) -> None:
        """The sub-parser of what is measured on names."""
        names = measured.add_parser(
            "names", help="How often find is right, how sure and how quick it is."
        )
        add = names.add_argument
        add("file", type=Path, help="CSV or .csv.gz: name,country,lat,lon,other_labels")
        add("--radius", type=kilometres, default=25.0, metavar="KM", help="near enough to be right")
        add("--worst", type=positive, default=50, metavar="N", help="mistakes shown at most")
        add("--sample", type=positive, metavar="N", help="only so many rows, drawn")
        add("--seed", type=int, default=1, metavar="S", help="number that the draw begins with")
        add("--json", action="store_true", help="print one JSON document")
        names.set_defaults(act=self.names)

    def add_ties(self, measured: Any) -> None:
        """The sub-parser of what is measured on ties."""
        ties = measured.add_parser(
            "ties", help="How often match ranks the true partners of known ties high."
        )
        add = ties.add_argument
        add("file", type=Path, help="CSV or .csv.gz of ties: key_1,key_2, or names and positions")
        add("--train", type=Path, metavar="FILE", help="ties known; default: 80 %% of the file")
        add("--sample", type=positive, metavar="N", help="only so many ties to be found, drawn")
        add("--seed", type=int, default=SEED, metavar="S", help="number that draws begin with")
        add("--json", action="store_true", help="print one JSON document")
        ties.set_defaults(act=self.ties)

    def add_reading(self, measured: Any) -> None:
        """The sub-parser of what is measured on documents."""
        reading = measured.add_parser(
            "reading", help="How much of what documents state is read, and how much is wrong."
        )
        add = reading.add_argument
        add("file", type=Path, help="JSON lines: id, lang, text, ties, aid, projects")
        add("--worst", type=positive, default=10, metavar="N", help="bad documents shown at most")
        add("--json", action="store_true", help="print one JSON document")
        reading.set_defaults(act=self.reading)

    def handle(self, *args: Any, **options: Any) -> None:
        """Hand over to what is measured."""
        options["act"](options)

    def names(self, options: dict[str, Any]) -> None:
        """Ask `find` for every name, with the country and without it."""
        chosen = {name: options[name] for name in ("radius", "worst", "sample", "seed")}
        measured, aside = measure_names(
            World.open(settings.MISTOK_WORLD), options["file"], **chosen
        )
        for row in aside:
            self.stderr.write(f"{measured.file}, line {row.line}: {row.sentence}")
        lines = [as_document(measured)] if options["json"] else as_lines(measured)
        self.stdout.write("\n".join(lines))

    def ties(self, options: dict[str, Any]) -> None:
        """Ask `match` for each tie from both its ends."""
        chosen = {name: options[name] for name in ("train", "sample", "seed")}
        world = World.open(settings.MISTOK_WORLD)
        measured, aside = measured_ties.measure_ties(world, options["file"], **chosen)
        for line in aside:
            self.stderr.write(line)
        as_json, as_table = measured_ties.as_document, measured_ties.as_lines
        lines = [as_json(measured)] if options["json"] else as_table(measured)
        self.stdout.write("\n".join(lines))

    def reading(self, options: dict[str, Any]) -> None:
        """Read every document, without looking at its labels first."""
        world = World.open(settings.MISTOK_WORLD)
        measured, aside = measured_reading.measure_reading(world, options["file"])
        for row in aside:
            self.stderr.write(f"{measured.file}, line {row.line}: {row.sentence}")
        if options["json"]:
            self.stdout.write(measured_reading.as_document(measured, options["worst"]))
        else:
            self.stdout.write("\n".join(measured_reading.as_lines(measured, options["worst"])))
