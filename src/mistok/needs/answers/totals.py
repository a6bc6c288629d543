"""What a municipality has promised and kept: rows and sums for its council."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from mistok.accounts.models import Office
from mistok.needs.answers.suggesting import told_place
from mistok.needs.items import item as item_of
from mistok.needs.lifecycle import CommitmentState
from mistok.needs.lines import own_words, told_amount
from mistok.needs.lines.refusing import reader_language
from mistok.needs.models import Commitment


@dataclass(frozen=True, slots=True)
class Sum:
    """Amounts of one thing in one unit; thousandths. `promised` counts what was kept too."""

    what: str
    unit: str
    promised: int
    kept: int

    @property
    def promised_words(self) -> str:
        """In the language that is on."""
        return told_amount(self.promised, self.unit)

    @property
    def kept_words(self) -> str:
        """In the language that is on."""
        return told_amount(self.kept, self.unit)


@dataclass(frozen=True, slots=True)
class Totals:
    """How many commitments stand in which state, to whom, and how much of what."""

    states: dict[str, int]
    places: dict[str, int]
    sums: tuple[Sum, ...]


@dataclass(frozen=True, slots=True)
class CommitmentsOf:
    """The commitments of one municipality, newest first, with their totals.

    `totals` count what is promised or kept; what waits, was declined or taken back is in
    `totals.states` alone.
    """

    rows: tuple[Commitment, ...]
    totals: Totals


def commitments_of(office: Office) -> CommitmentsOf:
    """What the municipality of an office gives, by its office and by links in letters to it.

    The caller has asked whether the reader may see it.
    """
    rows = tuple(given_by(office))
    return CommitmentsOf(rows, _totals(rows))


def commitments_to(office: Office) -> CommitmentsOf:
    """What others give to the needs of an office."""
    rows = Commitment.objects.filter(need__office=office)
    rows = rows.exclude(state=CommitmentState.UNCONFIRMED)
    found = tuple(_at_hand(rows))
    return CommitmentsOf(found, _totals(found))


def given_by(office: Office) -> QuerySet[Commitment]:
    """The commitments of a municipality, newest first."""
    own = Q(giver_office=office) | Q(giver_place=office.place)
    return _at_hand(Commitment.objects.filter(own))


def _at_hand(rows: QuerySet[Commitment]) -> QuerySet[Commitment]:
    return rows.select_related(
        "need__office", "offer", "addressee__appeal", "giver_office"
    ).order_by("-made_at", "-pk")


def _totals(rows: tuple[Commitment, ...]) -> Totals:
    states: dict[str, int] = defaultdict(int)
    places: dict[str, int] = defaultdict(int)
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        states[row.state] += 1
        if row.state not in (CommitmentState.MADE, CommitmentState.KEPT):
            continue
        places[row.need.place] += 1
        both = sums[_what(row), row.unit or row.need.unit]
        both[0] += row.covers
        both[1] += row.covers if row.state == CommitmentState.KEPT else 0
    return Totals(
        {state.value: states[state] for state in CommitmentState if states[state]},
        {told_place(place): count for place, count in sorted(places.items())},
        tuple(Sum(what, unit, *both) for (what, unit), both in sorted(sums.items())),
    )


def _what(row: Commitment) -> str:
    """The thing that is given: another than asked where there is one."""
    lang = reader_language()
    if row.instead_item:
        return item_of(row.instead_item).name(lang)
    if row.instead:
        return row.instead
    if row.need.item:
        return item_of(row.need.item).name(lang)
    return own_words(row.need.text, lang)
