"""What is told of a tie: all public statements whose parties are the same places today.

A source's words stand under the subject that the keys of its own parties give, and stay there.
When places are judged to be one, subjects whose parties have become the same are one tie: it is
read under one of their ids, and the others lead to it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from mistok.kernel.ids import is_place_key
from mistok.provenance.models import Statement
from mistok.provenance.values import TieEvent
from mistok.registry.models import MergedTie, Municipality, Tie, TieParty
from mistok.registry.rows import Places
from mistok.registry.services.places import municipalities, tie_subject

Parties = frozenset[Municipality]


@dataclass(frozen=True, slots=True)
class ToldTie:
    """A tie by its parties, with everything that is said of it."""

    public_id: str
    merged: tuple[str, ...]
    """Other subjects with these parties, which lead to this one."""
    parties: Parties
    said: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """Ties told under some subjects, the places they name, and every subject that was heard."""

    ties: list[ToldTie]
    places: Places
    subjects: frozenset[str]


def told_under(*, subjects: Iterable[str]) -> Telling:
    """The ties told under these subjects and under all others that are one tie with them.

    Of one tie's subjects that of its parties' own keys gives the id, where there is one, else the
    first in order: a rule that does not depend on which merge came first.
    """
    said: dict[str, list[Statement]] = {}
    places: dict[str, Municipality] = {}
    wanted = _with_linked(set(subjects))
    while wanted:
        new = _statements(wanted)
        places |= municipalities(keys=_keys_in(new))
        said |= new
        sets = {_parties(words, places) for words in new.values()}
        wanted = _with_linked(_ids_of(sets)) - said.keys()
    by_parties: dict[Parties, list[str]] = {}
    for subject in sorted(said):
        parties = _parties(said[subject], places)
        if len(parties) > 1 and any(words.prop == "event" for words in said[subject]):
            by_parties.setdefault(parties, []).append(subject)
    ties = [_tie(parties, group, said) for parties, group in by_parties.items()]
    return Telling(ties, places, frozenset(said))


def _tie(parties: Parties, subjects: list[str], said: dict[str, list[Statement]]) -> ToldTie:
    own = tie_subject(place.key for place in parties)
    public_id = own if own in subjects else subjects[0]
    return ToldTie(
        public_id,
        tuple(subject for subject in subjects if subject != public_id),
        parties,
        tuple(words for subject in subjects for words in said[subject]),
    )


def _statements(subjects: set[str]) -> dict[str, list[Statement]]:
    said: dict[str, list[Statement]] = {subject: [] for subject in subjects}
    for statement in Statement.objects.standing().public().about(*subjects):
        said[statement.subject].append(statement)
    return said


def _keys_in(said: dict[str, list[Statement]]) -> set[str]:
    statements = [statement for words in said.values() for statement in words]
    keys = {s.value for s in statements if s.prop == "party"}
    bodies = {TieEvent.from_text(s.value).body for s in statements if s.prop == "event"}
    return keys | {body for body in bodies if is_place_key(body)}


def _parties(said: Iterable[Statement], places: Places) -> Parties:
    return frozenset(places[statement.value] for statement in said if statement.prop == "party")


def _with_linked(ids: set[str]) -> set[str]:
    """These ids and those that the registry has as one tie with any of them."""
    led = MergedTie.objects.filter(public_id__in=ids).values_list("tie__public_id", flat=True)
    ids = ids.union(led)
    merged = MergedTie.objects.filter(tie__public_id__in=ids).values_list("public_id", flat=True)
    return ids.union(merged)


def _ids_of(sets: set[Parties]) -> set[str]:
    """Ties in the registry whose parties are one of these sets."""
    wanted = {frozenset(place.pk for place in parties) for parties in sets}
    rows = {pk for parties in wanted for pk in parties}
    at_hand = Tie.objects.filter(parties__municipality__in=rows)
    seats = TieParty.objects.filter(tie__in=at_hand).values_list("tie__public_id", "municipality")
    found: dict[str, set[int]] = {}
    for public_id, place in seats:
        found.setdefault(public_id, set()).add(place)
    return {public_id for public_id, parties in found.items() if parties in wanted}
