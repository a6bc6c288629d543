"""What `mistok evaluate` measures: for each thing its arguments, the measuring, and the telling."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mistok.config import measured, measured_reading, measured_ties
from mistok.config.numbers import positive
from mistok.matching.evaluation.split import SEED
from mistok.world import World

Options = dict[str, Any]
Outcome = tuple[Iterable[str], Iterable[str]]
"""Lines for standard output, and lines for standard error."""


@dataclass(frozen=True, slots=True)
class Evaluated:
    """One thing that is measured: its name, a sentence, its arguments, and the measuring."""

    name: str
    help: str
    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[[World, Options], Outcome]


def _names_arguments(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("file", type=Path, help="CSV or .csv.gz: name,country,lat,lon,other_labels")
    add("--radius", type=measured.kilometres, default=25.0, metavar="KM", help="near enough")
    add("--worst", type=positive, default=50, metavar="N", help="mistakes shown at most")
    add("--sample", type=positive, metavar="N", help="only so many rows, drawn")
    add("--seed", type=int, default=1, metavar="S", help="number that the draw begins with")


def _names(world: World, options: Options) -> Outcome:
    """Ask `find` for every name, with the country and without it."""
    chosen = {name: options[name] for name in ("radius", "worst", "sample", "seed")}
    found, aside = measured.measure_names(world, options["file"], **chosen)
    lines = [measured.as_document(found)] if options["json"] else measured.as_lines(found)
    return lines, [f"{found.file}, line {row.line}: {row.sentence}" for row in aside]


def _ties_arguments(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("file", type=Path, help="CSV or .csv.gz of ties: key_1,key_2, or names and positions")
    add("--train", type=Path, metavar="FILE", help="ties known; default: 80 %% of the file")
    add("--sample", type=positive, metavar="N", help="only so many ties to be found, drawn")
    add("--seed", type=int, default=SEED, metavar="S", help="number that draws begin with")


def _ties(world: World, options: Options) -> Outcome:
    """Ask `match` for each tie from both its ends."""
    chosen = {name: options[name] for name in ("train", "sample", "seed")}
    found, aside = measured_ties.measure_ties(world, options["file"], **chosen)
    as_json, as_table = measured_ties.as_document, measured_ties.as_lines
    return ([as_json(found)] if options["json"] else as_table(found)), aside


def _reading_arguments(parser: ArgumentParser) -> None:
    add = parser.add_argument
    add("file", type=Path, help="JSON lines: id, lang, text, ties, aid, projects")
    add("--worst", type=positive, default=10, metavar="N", help="bad documents shown at most")


def _reading(world: World, options: Options) -> Outcome:
    """Read every document, without looking at its labels first."""
    found, aside = measured_reading.measure_reading(world, options["file"])
    tell = measured_reading.as_lines
    worst = options["worst"]
    lines = [measured_reading.as_document(found, worst)] if options["json"] else tell(found, worst)
    return lines, [f"{found.file}, line {row.line}: {row.sentence}" for row in aside]


EVALUATED = (
    Evaluated(
        "names", "How often find is right, how sure and quick it is.", _names_arguments, _names
    ),
    Evaluated(
        "ties",
        "How often match ranks the true partners of known ties high.",
        _ties_arguments,
        _ties,
    ),
    Evaluated(
        "reading",
        "How much of what documents state is read, and how much is wrong.",
        _reading_arguments,
        _reading,
    ),
)
