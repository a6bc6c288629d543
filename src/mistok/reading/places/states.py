"""States: countries by name or adjective, and regions by words that need no unit beside them."""

from mistok.reading.places.lookup import ADJECTIVE, COUNTRY, Gazetteer
from mistok.reading.places.spans import Span
from mistok.reading.places.wording import Words
from mistok.world.finding.nations import nation_said, opens_nation
from mistok.world.model import NameKind

_LONGEST = 4
_CAPITALISED = frozenset(("en",))


def state_at(words: Words, at: int, gazetteer: Gazetteer, lang: str) -> Span | None:
    """Give the country, nation or region that a word or phrase says; None for other words.

    Only inflected names, adjectives and everyday names of regions are known here; nominatives
    of countries are names as any other.
    """
    folded = words.folds[at]
    last, said = at, nation_said(folded)
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
    if not capital and (said.sort != "adjective" or lang in _CAPITALISED):
        if folded not in ("russia", "russian", "russians"):
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
