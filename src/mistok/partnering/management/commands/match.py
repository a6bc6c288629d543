"""`mistok match KEY`: the best partners with reasons."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from mistok.kernel.errors import Refusal
from mistok.partnering.search import Candidate, find_partners
from mistok.partnering.sentences import sentence


class Command(BaseCommand):
    """Rank foreign partners for a municipality."""

    help = "Best foreign partners of a municipality, with reasons; “-” reads keys from stdin."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """The seeker and what narrows the list."""
        parser.add_argument("key", help="the municipality's key, see `mistok find`; or -")
        parser.add_argument(
            "--country",
            action="append",
            default=[],
            metavar="CC",
            help="only there; repeatable",
        )
        parser.add_argument("--limit", type=int, default=20, help="1 to 200")
        parser.add_argument(
            "--include-tied", action="store_true", help="also places tied with it already"
        )
        parser.add_argument("--json", action="store_true", help="print one JSON document")

    def handle(self, *args: Any, **options: Any) -> None:
        """One list for one key; for “-”, one JSON line a key, in order."""
        narrowed = {
            "countries": options["country"],
            "limit": options["limit"],
            "include_tied": options["include_tied"],
        }
        if options["key"] == "-":
            for line in sys.stdin:
                self.stdout.write(_answer(line.strip(), narrowed))
            return
        candidates = find_partners(key=options["key"], **narrowed)
        if options["json"]:
            self.stdout.write(_json(options["key"], candidates))
            return
        for candidate in candidates:
            self.stdout.write(_lines(candidate))


def _answer(key: str, narrowed: dict[str, Any]) -> str:
    """A line for each key read, so that answers keep their places; a refusal says why."""
    try:
        return _json(key, find_partners(key=key, **narrowed))
    except Refusal as refusal:
        error = {"code": refusal.code, "message": str(refusal)}
        return json.dumps({"key": key, "candidates": [], "error": error}, ensure_ascii=False)


def _json(key: str, candidates: list[Candidate]) -> str:
    document = {"key": key, "candidates": [_as_json(candidate) for candidate in candidates]}
    return json.dumps(document, ensure_ascii=False)


def _as_json(candidate: Candidate) -> dict[str, Any]:
    return {
        "rank": candidate.rank,
        "key": candidate.place.key,
        "name": candidate.place.name,
        "country": candidate.place.country,
        "score": candidate.fit.score,
        "tied": candidate.tied,
        "reasons": [
            {
                "criterion": reason.criterion,
                "value": reason.value,
                "weight": reason.weight,
                "contribution": reason.contribution,
                "sentence": sentence(reason),
            }
            for reason in candidate.fit.reasons
        ],
    }


def _lines(candidate: Candidate) -> str:
    place = candidate.place
    head = (
        f"{candidate.rank:>3}. {place.name} ({place.country})  {candidate.fit.score:.3f}  "
        f"{place.key}"
    )
    told = [f"       {r.contribution:+.3f}  {sentence(r)}" for r in candidate.fit.reasons]
    return "\n".join([head, *told])
