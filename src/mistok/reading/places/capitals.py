"""Capitals: "the Ukrainian capital", "столиця", "Hauptstadt der Ukraine" said for the city."""

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from mistok.reading.model import Mention, Party
from mistok.reading.places.lookup import Gazetteer
from mistok.reading.places.parties import Parties
from mistok.reading.places.wording import Words
from mistok.world import Position, fold

_CAPITAL_WORDS = frozenset(
    map(
        fold,
        "capital столиця столиці столицю столицею столице hauptstadt stolica stolicy stolicę "
        "stolicą".split(),
    )
)
_OF = frozenset(("of", "the", "der", "des", "von"))
_NOT_STATES = frozenset(
    map(
        fold,
        "state regional provincial oblast county district raion share working human world cultural "
        "european культурна культурної обласна світова kulturalna kultury "
        "світу європи культури".split(),
    )
)
_REGIONS = frozenset(
    map(
        fold,
        "oblast oblasts region regions province provinces state states county district raion rayon "
        "voivodeship område bundesland bundeslandes landes gebiet gebiets gebietes oblasts bezirks "
        "landkreises kreises rajons rayons woiwodschaft provinz області край краю регіону району "
        "воєводства провінції округу штату землі обласна громади obwodu regionu województwa "
        "prowincji powiatu landu stanu rejonu hromada community".split(),
    )
)
"""Words for what else has a capital than a country."""
_AREAS = frozenset(("region", "state", "district", "hromada"))
_REACH, _FAR = 5, 40
_SURE, _LIKELY = 0.95, 0.7
_UKRAINE = "UA"


class Capitals:
    """Knows the capital of every country."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._parties = Parties(gazetteer)

    @cached_property
    def _cities(self) -> dict[str, int]:
        """Capitals (positions) by the country's code."""
        columns = self._gazetteer.world.columns
        places = np.flatnonzero(columns.position & int(Position.CAPITAL))
        ordered = sorted(places.tolist(), key=lambda at: float(columns.importance[at]))
        return {columns.country_codes[int(columns.country[at])]: at for at in ordered}

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(map(self._gazetteer.world.key_at, self._cities.values()))

    def mentions(self, words: Words, known: Sequence[Mention]) -> list[Mention]:
        """Find capitals that are called so; `known` are the mentions by name."""
        found = []
        for at, folded in enumerate(words.folds):
            if folded not in _CAPITAL_WORDS or self._is_other(words, at):
                continue
            if mention := self._mention(words, at, known):
                found.append(mention)
        return found

    def _is_other(self, words: Words, at: int) -> bool:
        beside = (at - 1, at + 1)
        if any(0 <= one < len(words) and words.folds[one] in _NOT_STATES for one in beside):
            return True
        for one in range(at + 1, min(at + 1 + _REACH, len(words))):
            # "The capital of Ukraine's Volyn Oblast": words right after it, of one phrase.
            if not words.follows(one):
                return False
            if words.folds[one] in _REGIONS:
                return True
        return False

    def _is_of_region(self, end: int, known: Sequence[Mention], words: Words) -> bool:
        """Whether a region is named right after: "столиця Буковини", "Hauptstadt Bayerns"."""
        return any(
            m.party.level in _AREAS
            and 0 <= m.start - end <= _FAR
            and all(fold(one) in _OF for one in words.source[end : m.start].split())
            for m in known
        )

    def _mention(self, words: Words, at: int, known: Sequence[Mention]) -> Mention | None:
        start, end = words.starts[at], words.ends[at]
        before = [m for m in known if 0 <= start - m.end <= 3 and m.role in _STATES]
        after = [m for m in known if 0 <= m.start - end <= 5 and m.role in _STATES]
        named = [m for m in known if 0 <= m.start - end <= 5 and m.role == "name"]
        if self._is_of_region(end, known, words):
            return None
        if before:
            country, sure, start = before[-1].party.country, _SURE, before[-1].start
        elif after and self._is_owned(words, at, after[0]):
            country, sure, end = after[0].party.country, _SURE, after[0].end
        else:
            country, sure = self._meant(words, at, known), _LIKELY
        place = self._cities.get(country)
        if place is None:
            return None
        party = self._parties.party(place, "city", "", None)
        # "The Ukrainian capital of Kyiv", "Hauptstadt Kiew": named right after, once is enough.
        if any(mention.party.key == party.key for mention in named):
            return None
        if self._is_apposition(party, known, start):
            return None
        return Mention(start, end, words.sentences[at], party, "capital", sure)

    def _is_owned(self, words: Words, at: int, country: Mention) -> bool:
        """Whether the country after is the one of the capital: "столиця України", "of Ukraine"."""
        between = words.source[words.ends[at] : country.start].strip()
        return not between or all(fold(word) in _OF for word in between.split())

    def _meant(self, words: Words, at: int, known: Sequence[Mention]) -> str:
        """The country whose capital a text means that does not say whose."""
        if words.folds[at] == "capital" and (at == 0 or words.folds[at - 1] != "the"):
            return ""
        named = [m.party for m in known if m.party.key in self._keys]
        countries = {party.country for party in named}
        told = {m.party.country for m in known if m.role in _STATES}
        if _UKRAINE in countries or (not countries and told == {_UKRAINE}):
            return _UKRAINE
        return countries.pop() if len(countries) == 1 else ""

    def _is_apposition(self, party: Party, known: Sequence[Mention], start: int) -> bool:
        """ "Kyiv, the capital": the city was named right before."""
        return any(m.party.key == party.key and 0 <= start - m.end <= 6 for m in known)


_STATES = frozenset(("country", "nationality"))
