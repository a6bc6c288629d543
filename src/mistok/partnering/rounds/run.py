"""One round from its file to its pairs: roster, fits, allowed pairs, allocation, reasons."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid
from mistok.kernel.ids import content_hash
from mistok.matching import LATEST
from mistok.matching import allocation as library
from mistok.partnering.matchers import live_ties
from mistok.partnering.rounds.entries import EVERYONE, read_entries
from mistok.partnering.rounds.file import read_lines
from mistok.partnering.rounds.pairing import allowed_pairs
from mistok.partnering.rounds.roster import Participant, Roster, gather

View = npt.NDArray[np.float32]
Fits = Callable[[list[str], list[str]], tuple[View, View]]
"""Keys of seekers and offerers to the fit as each side sees it, both of shape (s, o)."""
Tell = Callable[[str], object]

BEST, STABLE = "best", "stable"
ROUND_RULES = "round-1"
"""Version of what may be a pair and who belongs to a class."""
DECIMALS = 6
"""Of a fit: the library counts in millionths."""
MOST_PAIRS = 40_000_000
"""1,469 hromadas and 20,000 offerers are 29 million pairs; two views of those take 240 MB."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A seeker and an offerer that the round gives to each other."""

    seeker: Participant
    offerer: Participant
    fit: float
    seeker_fit: float
    offerer_fit: float


@dataclass(frozen=True, slots=True)
class Unserved:
    """A seeker without a partner; `facts` as the library tells them, places by their keys."""

    seeker: Participant
    reason: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything that a round came to. `other` is the stable variant beside the best one.

    `idle`: offerers with capacity to whom nobody was given.
    """

    roster: Roster
    variant: str
    allocation: library.Allocation
    other: library.Allocation | None
    pairs: list[Pair]
    unserved: list[Unserved]
    idle: list[Participant]
    input_hash: str
    algorithm: str = f"{LATEST}+{ROUND_RULES}"

    def figures(self) -> dict[str, Any]:
        """What is printed of the round as a whole, ready for JSON."""
        return {
            **figures_of(self.allocation),
            "seekers": len(self.roster.seekers),
            "offerers": len(self.roster.offerers),
            "pairs": len(self.pairs),
            "unserved": len(self.unserved),
        }


def figures_of(found: library.Allocation) -> dict[str, Any]:
    """What an allocation is worth, and what became of the floors."""
    return {
        "welfare": found.welfare,
        "upper_bound": found.upper_bound,
        "gap": found.gap,
        "price_of_fairness": found.price_of_fairness,
        "stable": found.stable,
        "blocking_pairs": found.blocking_pairs,
        "floors": [
            {"name": floor.name, "asked": floor.asked, "served": floor.served}
            for floor in found.floors
        ],
    }


def run_round(
    path: Path, *, variant: str = BEST, fits: Fits | None = None, tell: Tell = str
) -> Outcome:
    """Run the round of a file; `tell` hears of progress and of every line that is set aside.

    Raises what `read_lines` raises, Invalid for a round without both sides or with too many
    pairs, and Invalid (code `floor_unreachable`) for a floor that cannot be kept, with the most
    that could be.
    """
    ties = live_ties()
    read = read_entries(read_lines(path))
    roster = gather(read, tied=frozenset(ties.active.tolist()))
    for row in (*roster.aside, *roster.read_as):
        tell(f"{path.name}, {row.where}: {row.sentence}")
    _check_both_sides(roster)
    tell(
        _("%(seekers)s seekers, %(offerers)s offerers.")
        % {"seekers": len(roster.seekers), "offerers": len(roster.offerers)}
    )
    allowed = allowed_pairs(roster, ties)
    problem = _problem(roster, allowed, fits or _fits())
    tell(_("%(pairs)s pairs are allowed; looking for the best.") % {"pairs": int(allowed.sum())})
    return _outcome(roster, problem, variant)


def _fits() -> Fits:
    # Imported when a round is run: the model behind it takes its time to load.
    from mistok.partnering.fits import matrix

    return matrix


def _check_both_sides(roster: Roster) -> None:
    counts = {"seekers": len(roster.seekers), "offerers": len(roster.offerers)}
    if not roster.seekers or not roster.offerers:
        raise Invalid(
            _(
                "The round has %(seekers)s seekers and %(offerers)s offerers that can take part. "
                "It needs at least one of each; see the lines that were set aside."
            )
            % counts,
            code="round_one_sided",
            details=counts,
        )
    if len(roster.seekers) * len(roster.offerers) > MOST_PAIRS:
        raise Invalid(
            _(
                "%(seekers)s seekers and %(offerers)s offerers are too many pairs for one round. "
                "Divide it, for example by oblast."
            )
            % counts,
            code="round_too_large",
            details=counts,
        )


def _problem(roster: Roster, allowed: npt.NDArray[np.bool_], fits: Fits) -> library.Round:
    views = fits([one.key for one in roster.seekers], [one.key for one in roster.offerers])
    possible = allowed & ~np.isnan(views[0]) & ~np.isnan(views[1])
    seeker_view, offerer_view = (np.where(possible, view, np.float32(np.nan)) for view in views)
    return library.Round(
        seeker_view=seeker_view,
        offerer_view=offerer_view,
        seeker_capacity=np.array([one.capacity for one in roster.seekers]),
        offerer_capacity=np.array([one.capacity for one in roster.offerers]),
        floors=_floors(roster),
    )


def _floors(roster: Roster) -> tuple[library.Floor, ...]:
    floors = []
    for promise in roster.promises:
        of_class = [promise.name in (*one.classes, EVERYONE) for one in roster.seekers]
        members = np.array(of_class, dtype=bool)
        if promise.share is not None:
            floors.append(library.Floor.share(promise.name, members, promise.share))
        else:
            floors.append(library.Floor(promise.name, members, promise.at_least or 0))
    return tuple(floors)


def _outcome(roster: Roster, problem: library.Round, variant: str) -> Outcome:
    # The best one first: where a floor cannot be kept, there is nothing to compare.
    found = None if variant == STABLE else library.best(problem)
    stable = library.stable(problem)
    shown = found or stable
    pairs = [_pair(roster, problem, int(s), int(o)) for s, o in shown.pairs]
    given = {pair.offerer.key for pair in pairs}
    return Outcome(
        roster=roster,
        variant=variant,
        allocation=shown,
        other=stable if found else None,
        pairs=pairs,
        unserved=[_unserved(roster, one) for one in shown.unserved],
        idle=[one for one in roster.offerers if one.capacity and one.key not in given],
        input_hash=_hash(roster, problem, variant),
    )


def _pair(roster: Roster, problem: library.Round, s: int, o: int) -> Pair:
    seen, offered = float(problem.seeker_view[s, o]), float(problem.offerer_view[s, o])
    fits = (round(fit, DECIMALS) for fit in ((seen + offered) / 2, seen, offered))
    return Pair(roster.seekers[s], roster.offerers[o], *fits)


def _unserved(roster: Roster, one: library.Unserved) -> Unserved:
    """With places by their keys instead of their numbers in the round."""
    facts = dict(one.facts)
    if "best" in facts:
        facts["best"] = [
            {"offerer": roster.offerers[near["offerer"]].key, "missing": near["missing"]}
            for near in facts["best"]
        ]
    return Unserved(roster.seekers[one.seeker], one.reason, facts)


def _hash(roster: Roster, problem: library.Round, variant: str) -> str:
    """Of everything that the pairs follow from, so that two runs can be told to be one."""
    fits = sha256(np.ascontiguousarray(problem.seeker_view).data)
    fits.update(np.ascontiguousarray(problem.offerer_view).data)
    people = [
        f"{one.side} {one.key} {one.capacity} {';'.join(sorted(one.classes))}"
        for one in (*roster.seekers, *roster.offerers)
    ]
    floors = [f"{floor.name} {floor.at_least}" for floor in problem.floors]
    return content_hash(variant, ROUND_RULES, LATEST, fits.hexdigest(), *people, *floors)
