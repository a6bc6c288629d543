"""Unknown names: capitalised words that the gazetteer lacks, where a name is announced."""

from functools import cache

from mistok.reading.places.spans import Span
from mistok.reading.places.vocabulary import cues, ordinary_words
from mistok.reading.places.wording import Words
from mistok.world.finding.nations import nation_of_adjective
from mistok.world.finding.words import unit_words

_NOUN_LANGS = frozenset(("de",))
_SHORTEST_UNKNOWN = 4


@cache
def _announcing(lang: str) -> frozenset[str]:
    """Words after which a name may come; where nouns have capitals, only those that say so."""
    words = cues("partner") | cues("link") | unit_words(lang)
    return words if lang in _NOUN_LANGS else words | cues("locative") | cues("and")


class Unknown:
    """Finds what may be a misspelt name in one text."""

    def __init__(self, words: Words, lang: str) -> None:
        self._words = words
        self._ordinary = ordinary_words(lang)
        self._council, self._titles = cues("council"), cues("title")
        self._announcing = _announcing(lang)

    def is_promising(self, at: int) -> bool:
        """Whether a name may be looked for at a word: what stands before it announces names."""
        words = self._words
        if at == 0 or words.opens(at):
            return False
        before = words.folds[at - 1]
        return before in self._announcing or nation_of_adjective(before) is not None

    def name_at(self, at: int, known: set[int]) -> Span | None:
        """Give the run of capitalised words that begins at a word no name is known of.

        None where it is no name to be looked for: after anything but a unit, a partner or "of".
        """
        words = self._words
        if at == 0 or words.opens(at) or len(words.texts[at]) < _SHORTEST_UNKNOWN:
            return None
        folded = words.folds[at]
        if folded in self._council or folded in self._titles or folded in self._ordinary:
            return None
        return self.run_from(at, known)

    def run_from(self, at: int, known: set[int]) -> Span:
        """Give the run of capitalised words from a word on, with what hyphens join to it."""
        words, last = self._words, at
        while last + 1 < len(words) and last + 1 not in known:
            nxt = last + 1
            if not words.capital[nxt]:
                # Ромійї-сюр-Сен: a small word that hyphens hold on both sides.
                nxt += 1
                if not (words.is_joined(nxt - 1) and words.is_joined(nxt)):
                    break
                if not words.capital[nxt]:
                    break
            elif not (words.follows(nxt) or words.is_joined(nxt)):
                break
            if words.folds[nxt] in self._council or words.folds[nxt] in self._titles:
                break
            last = nxt
        return Span(at, last, (), base=" ".join(words.folds[at : last + 1]))
