"""Measuring the ranking on known ties: the parts, the bar, and how what came out is told."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from mistok.matching import Model, load_model
from mistok.matching.evaluation.protocol import Group, Metrics, evaluate
from mistok.matching.evaluation.split import Parts, parted
from mistok.matching.evaluation.ties_file import read_ties
from mistok.matching.world_pool import world_pool
from mistok.world import World
from mistok.world.finding.labelled import SetAside

UKRAINE = "UA"
TOLD = 20
"""So many of the lines that cannot be used are told of each file; of the others the number."""

COLUMNS = (
    ("recall@10", "recall_at_10"),
    ("@100", "recall_at_100"),
    ("@1000", "recall_at_1000"),
    ("MRR", "mean_reciprocal_rank"),
    ("median rank", "median_rank"),
    ("in country @10", "country_recall_at_10"),
    ("@100", "country_recall_at_100"),
)
"""What stands over each column of a table, and which metric stands in it."""


@dataclass(frozen=True, slots=True)
class MeasuredTies:
    """On which ties the ranking was measured, and how well it found them.

    `ties` are the usable ones of the file, `known` what the ranking knew of the rest or of the
    other file, `withheld` what it was not told there because it was to find it.
    """

    file: str
    train: str | None
    algorithm: str
    ties: int
    set_aside: int
    train_set_aside: int
    known: int
    withheld: int
    groups: dict[str, Group]


def measure_ties(
    world: World, file: Path, train: Path | None, *, sample: int | None, seed: int
) -> tuple[MeasuredTies, list[str]]:
    """Ask for the ties of a file from both ends, with a bar on stderr.

    What is known are the ties of `train`, or else those of the file that are not kept back. Also
    tells which lines were set aside. Raises what `read_ties` and `parted` raise.
    """
    model = load_model()
    ties, aside = read_ties(file, world)
    known, known_aside = read_ties(train, world) if train else (None, [])
    parts = parted(ties, known, sample=sample, seed=seed)
    measured = MeasuredTies(
        file=file.name,
        train=train.name if train else None,
        algorithm=model.label,
        ties=len(ties),
        set_aside=len(aside),
        train_set_aside=len(known_aside),
        known=len(parts.train),
        withheld=parts.withheld,
        groups=_groups(world, parts, model, seed),
    )
    told = list(_aside(file.name, aside))
    return measured, told + (list(_aside(train.name, known_aside)) if train else [])


def _aside(file: str, rows: list[SetAside]) -> Iterator[str]:
    """One line each for the first, and how many more there are."""
    for row in rows[:TOLD]:
        yield f"{file}, line {row.line}: {row.sentence}"
    if len(rows) > TOLD:
        yield f"{file}: {len(rows) - TOLD:,} more lines were set aside."


def _groups(world: World, parts: Parts, model: Model, seed: int) -> dict[str, Group]:
    ukraine = world.columns.country_codes.index(UKRAINE)
    ends = parts.test.ends.size + parts.recent.ends.size
    with tqdm(desc="ties", unit="end", total=ends, disable=None) as bar:
        pool = world_pool(world.columns)
        return evaluate(pool, parts, model, ukraine=ukraine, seed=seed, asked=bar.update)


def as_document(measured: MeasuredTies) -> str:
    """One JSON document; a group's rankings stand beside its counts."""
    whole: dict[str, Any] = asdict(measured)
    for group in whole["groups"].values():
        group |= group.pop("rankings")
    return json.dumps(whole, ensure_ascii=False)


def as_lines(measured: MeasuredTies) -> Iterator[str]:
    """A line on the files, then a table for each group."""
    yield (
        f"{measured.file}: {measured.ties:,} ties, {measured.set_aside:,} lines set aside; "
        f"{measured.known:,} ties known to {measured.algorithm}"
    )
    if measured.train is not None:
        yield (
            f"{measured.train}: {measured.train_set_aside:,} lines set aside, "
            f"{measured.withheld:,} ties taken out because they are to be found"
        )
    for name, group in measured.groups.items():
        yield ""
        yield f"## {name.replace('_', ' ')}"
        yield (
            f"{group.ties:,} ties, asked for from {group.directions:,} ends, "
            f"{group.ends_without_ties:,} of them without a known tie"
        )
        yield from _table(group)


def _table(group: Group) -> Iterator[str]:
    widths = [max(len(title), 8) + 2 for title, _ in COLUMNS]
    titles = (f"{title:>{width}}" for (title, _), width in zip(COLUMNS, widths, strict=True))
    yield f"{'':<18}" + "".join(titles)
    for name, metrics in group.rankings.items():
        cells = (_cell(metrics, of) for _, of in COLUMNS)
        row = (f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
        yield f"{name.replace('_', ' '):<18}" + "".join(row)


def _cell(metrics: Metrics, name: str) -> str:
    number: float | None = getattr(metrics, name)
    if number is None:
        return "–"
    if name == "median_rank":
        return f"{number:,.1f}"
    return f"{number:.4f}" if name == "mean_reciprocal_rank" else f"{number * 100:.2f} %"
