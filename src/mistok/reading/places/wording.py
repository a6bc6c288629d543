"""The words of a text with their offsets, each folded as the gazetteer folds names."""

import re
from itertools import pairwise

from mistok.reading.model import Sentence, Text
from mistok.world import fold

# Apostrophes and soft hyphens stand inside words.
_WORD = re.compile("[^\\W_]+(?:['’ʼ‘`´ʹ′＇\u00ad][^\\W_]+)*")
_OWNED = re.compile("['’ʼ‘`´](?:s|S)$")
_JOINING = frozenset("-‑‐")
_MOST_KNOWN = 60_000

_Known = tuple[str, str, bool, bool]
_known: dict[str, _Known] = {}


def _looked_at(word: str) -> _Known:
    """A word without its possessive 's, folded, whether it has a capital, whether it had the 's."""
    if len(_known) > _MOST_KNOWN:
        _known.clear()
    owned = _OWNED.search(word)
    text = word[: owned.start()] if owned else word
    capital = text[0].isupper() or text[0].istitle()
    known = _known[word] = (text, fold(text), capital, bool(owned))
    return known


def _bounds(sentence: Sentence) -> tuple[int, int]:
    return sentence.start, sentence.end


class Words:
    """The words of a text in columns.

    texts: as written, without a possessive 's; starts, ends: offsets; folds: folded;
    capital: whether the first letter is one; owned: whether a possessive 's was taken off;
    before: what stands between a word and the one before it, in the same sentence (None at the
    start of a sentence); sentences: positions in `Text.sentences`; heads: whether the word stands
    in a page's head, the furniture above the text, which often says whose page it is. All other
    furniture is left out.
    """

    def __init__(self, text: Text) -> None:
        self.source = text.text
        self.texts: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.folds: list[str] = []
        self.capital: list[bool] = []
        self.owned: list[bool] = []
        self.before: list[str | None] = []
        self.sentences: list[int] = []
        self.heads: list[bool] = []
        runs: list[tuple[int, int]] = []
        begun = False
        for number, sentence in enumerate(text.sentences):
            begun = begun or sentence.role != "furniture"
            if sentence.role != "furniture" or not begun:
                found = [run.span() for run in _WORD.finditer(self.source, *_bounds(sentence))]
                runs += found
                self.sentences += [number] * len(found)
                self.heads += [not begun] * len(found)
        self._take(runs)

    def __len__(self) -> int:
        return len(self.texts)

    def _take(self, runs: list[tuple[int, int]]) -> None:
        """Fill the columns for words that stand at these offsets."""
        source, known, sentences = self.source, _known, self.sentences
        written = [source[start:end] for start, end in runs]
        looked = [known.get(word) or _looked_at(word) for word in written]
        self.texts = [one[0] for one in looked]
        self.folds = [one[1] for one in looked]
        self.capital = [one[2] for one in looked]
        self.owned = [one[3] for one in looked]
        self.starts = [start for start, _ in runs]
        self.ends = [start + len(one[0]) for (start, _), one in zip(runs, looked, strict=True)]
        self.before = [
            source[one[1] : two[0]] if here == there else None
            for (one, two), (here, there) in zip(pairwise(runs), pairwise(sentences), strict=True)
        ]
        if runs:
            self.before.insert(0, None)

    def gap(self, at: int) -> str:
        """Give what stands before a word: "" at the start of a sentence, one blank for any."""
        if not 0 < at < len(self.before):
            return ""
        gap = self.before[at]
        if gap is None:
            return "\n"
        return " " if gap.isspace() else gap

    def follows(self, at: int) -> bool:
        """Whether a word stands right after the one before it, with nothing but a blank."""
        gap = self.before[at] if 0 < at < len(self.before) else None
        return gap is not None and (gap == " " or gap.isspace())

    def is_joined(self, at: int) -> bool:
        """Whether a hyphen ties a word to the one before it."""
        return 0 < at < len(self.before) and self.before[at] in _JOINING

    def opens(self, at: int) -> bool:
        """Whether a word is the first of its sentence."""
        return self.before[at] is None
