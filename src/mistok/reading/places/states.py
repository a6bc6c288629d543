"""States: countries by name or adjective, and regions by words that need no unit beside them."""

from mistok.reading.places.lookup import ADJECTIVE, COUNTRY, Gazetteer
from mistok.reading.places.spans import Span
from mistok.reading.places.wording import Words
from mistok.world.finding.nations import Said, nation_said, opens_nation
from mistok.world.model import NameKind

_LONGEST = 4
_IN_SMALL_LETTERS = {
    **dict.fromkeys(("russia", "росія", "росіі", "росію", "росією", "рф"), Said("RU", "country")),
    "russian": Said("RU", "adjective"),
}
"""Many in Ukraine write the aggressor without a capital."""
_CAPITALISED = frozenset(("en",))


def may_say_state(folded: str) -> bool:
    """Whether a folded word, or a phrase that begins with it, may say a country or nation."""
    return bool(nation_said(folded) or opens_nation(folded) or folded in _IN_SMALL_LETTERS)


def state_at(words: Words, at: int, gazetteer: Gazetteer, lang: str) -> Span | None:
    """Give the country, nation or region that a word or phrase says; None for other words.

    Only inflected names, adjectives and everyday names of regions are known here; nominatives
    of countries are names as any other.
    """
    folded = words.folds[at]
    last, said = at, nation_said(folded) or _IN_SMALL_LETTERS.get(folded)
    if opens_nation(folded):
        phrase = folded
        for nxt in range(at + 1, min(at + _LONGEST, len(words))):
            if not (words.follows(nxt) or words.is_joined(nxt)):
                break
            phrase += " " + words.folds[nxt]
            longer = nation_said(phrase)
            if longer:
                last, said = nxt, longer
    if said is None:
        return None
    capital = words.capital[at]
    in_small = said.sort == "adjective" and lang not in _CAPITALISED
    if not (capital or in_small or folded in _IN_SMALL_LETTERS):
        return None
    place = gazetteer.world.position(f"iso:{said.code}")
    if place is None:
        return None
    sort = said.sort
    if lang == "pl" and capital and not words.opens(at) and folded.startswith("polsk"):
        sort = "country"  # "z Polską": the noun, which has the adjective's form
    return _span(at, last, gazetteer, place, sort)


def _span(first: int, last: int, gazetteer: Gazetteer, place: int, sort: str) -> Span:
    is_adjective = sort == "adjective"
    option = gazetteer.option(place, ADJECTIVE if is_adjective else NameKind.NAME)
    if option.kind == COUNTRY:
        how = "nationality" if is_adjective else "country"
    else:
        how = "adjective" if is_adjective else "name"
    return Span(first, last, (option,), how=how, closed=True)
