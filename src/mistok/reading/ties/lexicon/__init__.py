"""Words by which texts speak of ties, one file a language: data, no rules.

A line `= NAME pattern` is a piece that others use as `<NAME>` (`STEMS`: one of these is in every
word for a tie, a quick look before a sentence is read). `[tag]` opens a list of patterns, one a
line; a pattern begins with letters and is tried where a word begins with them. The tags:

- `T:kind:shape` words for a tie: `role` (sister city), `state` (partnership), `paper`
  (agreement), `verb` (twinned); `loose` ones ("partners") count only with help from others;
- `E:base:form` what happens to it: `sign`, `become`, `start`, `end`, `hold`, `renew`; `done`,
  `bare` (done unless something before it says otherwise), `inf`, `fut`, `nom` (a noun);
- `M:..` what colours it: propose, talk, agree, decide, vote (a decision still to come), draft,
  will, passive, wish, cond, neg, reject, doubt, report, since, long, be, is, old, next, new;
- `R:..` words that stand for parties or papers named before; `O` officials and councils; `G`
  bodies that are no authority; `W:..` prepositions; `J` "and"; `F` words that may stand inside a
  list.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
_PIECE = re.compile(r"<([A-Z]+)>")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language: `stems` for the quick look, patterns by their tag."""

    stems: str
    patterns: Mapping[str, tuple[str, ...]]


@cache
def words_of(lang: str) -> Words:
    """Read the words of a language (one of `mistok.reading.model.LANGUAGES`)."""
    pieces: dict[str, str] = {}
    patterns: dict[str, list[str]] = {}
    tag = ""
    for line in (_FOLDER / f"{lang}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("= "):
            _, name, pattern = line.split(" ", 2)
            pieces[name] = pattern
        elif line.startswith("["):
            tag = line.strip("[]")
        elif line and not line.startswith("#"):
            whole = _PIECE.sub(lambda piece: pieces[piece.group(1)], line)
            patterns.setdefault(tag, []).append(whole)
    return Words(pieces["STEMS"], {name: tuple(told) for name, told in patterns.items()})
