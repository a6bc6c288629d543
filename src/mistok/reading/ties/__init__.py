"""Ties in a text: who with whom, under which label, at which stage, since when.

Sentences become tokens (`cues`), clauses with groups of places (`clauses`), claims about pairs
(`arguments`, `events`, `dating`, `lists`), and all claims about a pair one fact (`merging`).
"""

from mistok.reading.model import Page, TieFact
from mistok.reading.ties.cues import lines_of
from mistok.reading.ties.finding import claims_of
from mistok.reading.ties.merging import facts_of


def ties_in(page: Page) -> tuple[TieFact, ...]:
    """Give the ties that a text states, each with its evidence, in the order of the text.

    The language must be one of `mistok.reading.model.LANGUAGES`. Nothing is looked up outside the
    text: two cities that are partners are no tie if the text does not say so.
    """
    return facts_of(claims_of(lines_of(page), page.text.lang))


__all__ = ["ties_in"]
