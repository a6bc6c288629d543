"""Which pairs of a round may be: by law, by wish, by what is so already. As one array."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from mistok.matching import TieGraph
from mistok.partnering.models import Proposal
from mistok.partnering.rounds.roster import Participant, Roster
from mistok.registry.gazetteer import the_world

Allowed = npt.NDArray[np.bool_]


def allowed_pairs(roster: Roster, ties: TieGraph) -> Allowed:
    """True where seeker s and offerer o may be proposed to each other; shape (s, o).

    Never two of one country, two that are tied already, two that one side or the coordinator
    excludes, a country that one side did not wish for, or a pair that another round proposed.
    """
    seekers, offerers = roster.seekers, roster.offerers
    country = the_world().columns.country
    ours = country[[one.index for one in seekers]]
    theirs = country[[one.index for one in offerers]]
    allowed: Allowed = ours[:, None] != theirs[None, :]
    allowed &= _countries_of(seekers)[:, theirs]
    allowed &= _countries_of(offerers)[:, ours].T
    rows = {one.key: row for row, one in enumerate(seekers)}
    columns = {one.key: column for column, one in enumerate(offerers)}
    _by_keys(allowed, seekers, columns)
    _by_keys(allowed.T, offerers, rows)
    _by_pairs(allowed, rows, columns, [*roster.exclusions, *_spoken_of()])
    _by_ties(allowed, roster, ties)
    return allowed


def _countries_of(participants: Sequence[Participant]) -> Allowed:
    """True where a participant would have a partner from a country; shape (n, countries)."""
    codes = the_world().columns.country_codes
    numbers = {code: number for number, code in enumerate(codes)}
    welcome: Allowed = np.ones((len(participants), len(codes)), dtype=bool)
    for row, one in enumerate(participants):
        if one.wishes:
            welcome[row] = False
            welcome[row, [numbers[code] for code in one.wishes]] = True
        welcome[row, [numbers[code] for code in one.excluded_countries]] = False
    return welcome


def _by_keys(
    allowed: Allowed, participants: Sequence[Participant], others: Mapping[str, int]
) -> None:
    for row, one in enumerate(participants):
        for key in one.excluded & others.keys():
            allowed[row, others[key]] = False


def _by_pairs(
    allowed: Allowed,
    rows: Mapping[str, int],
    columns: Mapping[str, int],
    pairs: Iterable[tuple[str, str]],
) -> None:
    for a, b in pairs:
        for seeker, offerer in ((a, b), (b, a)):
            if seeker in rows and offerer in columns:
                allowed[rows[seeker], columns[offerer]] = False


def _spoken_of() -> list[tuple[str, str]]:
    return list(Proposal.objects.spoken_of().values_list("seeker", "offerer"))


def _by_ties(allowed: Allowed, roster: Roster, ties: TieGraph) -> None:
    columns = {one.index: column for column, one in enumerate(roster.offerers)}
    for row, one in enumerate(roster.seekers):
        tied = [columns[other] for other in ties.neighbours(one.index).tolist() if other in columns]
        allowed[row, tied] = False
