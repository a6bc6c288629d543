"""What a round came to: one JSON document for programs, a table for people."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mistok.partnering.rounds.file import SetAside
from mistok.partnering.rounds.roster import Participant
from mistok.partnering.rounds.run import STABLE, Outcome, Pair, Unserved, figures_of
from mistok.partnering.rounds.sentences import class_label, unserved_sentence


def as_document(outcome: Outcome) -> dict[str, Any]:
    """The shape that `mistok round --json` prints; names are for the coordinator who runs it.

    `seeker_named`, `offerer_named` and `named` tell who may be named in what is published.
    """
    document: dict[str, Any] = {
        "pairs": list(map(_pair, outcome.pairs)),
        "unserved": list(map(_unserved, outcome.unserved)),
    }
    figures = figures_of(outcome.allocation)
    floors = figures.pop("floors")
    document |= figures
    if outcome.other is not None:
        other = figures_of(outcome.other)
        document["stable_variant"] = {
            name: other[name] for name in ("welfare", "blocking_pairs", "floors")
        }
    return document | {
        "floors": floors,
        "set_aside": list(map(_told, outcome.roster.aside)),
        "read_as": list(map(_told, outcome.roster.read_as)),
        "algorithm": outcome.algorithm,
        "input_hash": outcome.input_hash,
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "seeker": pair.seeker.key,
        "seeker_name": pair.seeker.place.name,
        "seeker_named": pair.seeker.named,
        "offerer": pair.offerer.key,
        "offerer_name": pair.offerer.place.name,
        "offerer_named": pair.offerer.named,
        "fit": pair.fit,
        "seeker_fit": pair.seeker_fit,
        "offerer_fit": pair.offerer_fit,
    }


def _unserved(one: Unserved) -> dict[str, Any]:
    return {
        "key": one.seeker.key,
        "name": one.seeker.place.name,
        "named": one.seeker.named,
        "since": one.seeker.since and one.seeker.since.isoformat(),
        "reason": one.reason,
        "sentence": unserved_sentence(one.reason, one.facts),
    }


def _told(row: SetAside) -> dict[str, Any]:
    return {"line": row.line, "where": row.where, "sentence": row.sentence}


def as_lines(outcome: Outcome) -> Iterator[str]:
    """The same for reading: pairs by seeker, who got nobody and why, then the figures."""
    for pair in outcome.pairs:
        yield f"{pair.fit:6.3f}  {_named(pair.seeker)} ⌒ {_named(pair.offerer)}"
    if outcome.unserved:
        yield ""
        yield _("Without a partner:")
    for one in outcome.unserved:
        yield f"        {_named(one.seeker)}: {unserved_sentence(one.reason, one.facts)}"
    yield ""
    yield from _figures(outcome)


def _named(one: Participant) -> str:
    hidden = "" if one.named else " " + _("[not to be named]")
    return f"{one.place.name} ({one.place.country}){hidden} {one.key}"


def _figures(outcome: Outcome) -> Iterator[str]:
    found = outcome.allocation
    yield _(
        "Total fit %(welfare).3f; no round can reach more than %(bound).3f (gap %(gap).2f %%)."
    ) % {
        "welfare": found.welfare,
        "bound": found.upper_bound,
        "gap": 100 * found.gap,
    }
    yield _price(outcome)
    for floor in found.floors:
        yield _("Floor “%(name)s”: %(asked)s asked, %(served)s served.") % {
            "name": class_label(floor.name),
            "asked": floor.asked,
            "served": floor.served,
        }
    yield blocking_sentence(found.blocking_pairs)
    if outcome.other is not None:
        yield _other(outcome)


def _price(outcome: Outcome) -> str:
    price = {"price": 100 * outcome.allocation.price_of_fairness}
    if outcome.variant == STABLE:
        return _("Stability costs %(price).2f %% of the total fit; no floor is promised.") % price
    return _("The floors cost %(price).2f %% of the total fit.") % price


def blocking_sentence(count: int) -> str:
    """How many pairs would rather have each other."""
    if not count:
        return _("No two would rather have each other: the round is stable.")
    return ngettext(
        "%(count)s pair would rather have each other than what the round gives them.",
        "%(count)s pairs would rather have each other than what the round gives them.",
        count,
    ) % {"count": count}


def _other(outcome: Outcome) -> str:
    other = outcome.other
    assert other is not None  # noqa: S101 - asked by the caller
    missed = [
        _("“%(name)s” by %(missing)s") % {"name": class_label(floor.name), "missing": floor.missing}
        for floor in other.floors
        if floor.missing
    ]
    return _(
        "The stable variant (--stable): total fit %(welfare).3f, floors missed: %(missed)s."
    ) % {
        "welfare": other.welfare,
        "missed": ", ".join(missed) or _("none"),
    }
