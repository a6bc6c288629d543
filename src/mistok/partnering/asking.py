"""How a search is asked for on the command line."""

from argparse import ArgumentTypeError
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from mistok.matching import WEIGHTINGS, Profile
from mistok.partnering.profiles.files import profile_of_file
from mistok.partnering.runs import keep_run
from mistok.partnering.search import ALGORITHMS, Candidate, Way, find_partners


def add_arguments(parser: CommandParser) -> None:
    """The seeker, what narrows the list, and how it is weighed."""
    add = parser.add_argument
    add("key", help="the municipality's key, see `mistok find`; or -")
    add("--country", action="append", default=[], metavar="CC", help="only there; repeatable")
    add("--limit", type=int, default=20, help="1 to 200")
    add("--include-tied", action="store_true", help="also places tied with it already")
    add("--profile", type=Path, metavar="FILE", help="what the municipality says of itself")
    add(
        "--weight",
        action="append",
        default=[],
        type=factor,
        metavar="CRITERION=TIMES",
        help="let a criterion count more or less, 0 to 10 times; repeatable",
    )
    add(
        "--weighting",
        choices=WEIGHTINGS,
        default=WEIGHTINGS[0],
        help="ties that lasted, or ties of solidarity since 2022",
    )
    add("--algorithm", choices=ALGORITHMS, default=ALGORITHMS[0], help="older ones stay usable")
    add("--save", action="store_true", help="keep the search and its suggestions")
    add("--dask", metavar="ADDRESS", help="with -: let a Dask cluster work, as tcp://…")
    add("--json", action="store_true", help="print one JSON document")


def factor(text: str) -> tuple[str, float]:
    """A criterion and how many times it is to count, as in `distance=0.5`."""
    name, _, number = text.partition("=")
    try:
        return name.strip(), float(number)
    except ValueError:
        raise ArgumentTypeError(
            f"“{text[:40]}” is no weight; write a criterion, = and a number, as distance=0.5"
        ) from None


def way_of(options: Mapping[str, Any]) -> Way:
    """How to weigh; of a criterion that is weighed twice, the last word counts."""
    factors = tuple(sorted(dict(options["weight"]).items()))
    return Way(options["algorithm"], options["weighting"], factors)


def asked_of(options: Mapping[str, Any]) -> dict[str, Any]:
    """What narrows the list."""
    return {
        "countries": options["country"],
        "limit": options["limit"],
        "include_tied": options["include_tied"],
    }


def search(options: Mapping[str, Any]) -> list[Candidate]:
    """The candidates of one municipality."""
    way = way_of(options)
    return find_partners(
        key=options["key"],
        factors=dict(way.factors),
        weighting=way.weighting,
        algorithm=way.algorithm,
        profile=_profile_of(options),
        **asked_of(options),
    )


def keep(options: Mapping[str, Any], candidates: list[Candidate]) -> str:
    """Write the search down; the sentence says as what."""
    run = keep_run(
        actor="shell",
        key=options["key"],
        way=way_of(options),
        asked=asked_of(options) | {"profile": bool(options["profile"])},
        candidates=candidates,
        profile=_profile_of(options),
    )
    return f"Kept as {run.public_id}."


def _profile_of(options: Mapping[str, Any]) -> Profile | None:
    return profile_of_file(options["profile"]) if options["profile"] else None
