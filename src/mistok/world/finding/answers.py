"""Answers to "which place is this?": matches, and what may be done with them."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from mistok.world.model import Place, Renaming


@dataclass(frozen=True, slots=True)
class Match:
    """A place that answers a query; `score` from 0 to 1 is how likely it is the one meant.

    `matched` says how: "exact", "former name" (then `renaming` says since when and why),
    "alias", "spelling" (a known transliteration), "inflected", "adjective", "sound" (it sounds
    alike), "typo", "part of"
    (the text named a part of it, `part`), "partial" (some of its words), "prefix" or "key".
    """

    place: Place
    score: float
    matched: str
    part: str = ""
    renaming: Renaming | None = None

    def as_json(self) -> dict[str, Any]:
        """Give the shape that `mistok find --json` prints."""
        place = self.place
        shape: dict[str, Any] = {
            "key": place.key,
            "name": place.name,
            "local_name": place.local_name,
            "country": place.country,
            "kind": place.kind,
            "population": place.population,
            "lat": place.lat,
            "lon": place.lon,
            "score": self.score,
            "matched": self.matched,
        }
        if self.part:
            shape["part"] = self.part
        if self.renaming is not None:
            shape["renamed"] = asdict(self.renaming)
        return shape


class Verdict(StrEnum):
    """What a caller may do with an answer."""

    SURE = "sure"
    PROBABLY = "probably"
    ASK = "ask"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer to "which place is this?": matches, best first, and how sure the first is.

    Only SURE may be taken without a person: its name was found as it stands (or inflected, or
    in another system of spelling) and no other place is nearly as likely. Likeness alone never
    makes sure: a typo is at best PROBABLY. ASK is a list to choose from, NONE says that no place
    has the name; the matches are then what was perhaps meant.
    """

    matches: tuple[Match, ...]

    @property
    def best(self) -> Match | None:
        """The likeliest place."""
        return self.matches[0] if self.matches else None

    @property
    def runner_up(self) -> Match | None:
        """The second likeliest place."""
        return self.matches[1] if len(self.matches) > 1 else None

    @property
    def verdict(self) -> Verdict:
        """How sure the best match is."""
        best = self.best
        if best is None or (best.score < ASK_SCORE and best.matched not in NAMED):
            return Verdict.NONE
        least = INFLECTED_SURE_SCORE if best.matched == "inflected" else SURE_SCORE
        if best.score >= least and best.matched not in GUESSED:
            return Verdict.SURE
        return Verdict.PROBABLY if best.score >= PROBABLY_SCORE else Verdict.ASK


SURE_SCORE, PROBABLY_SCORE, ASK_SCORE = 0.9, 0.6, 0.15
"""Scores from which an answer is sure, probable, or worth asking about."""

INFLECTED_SURE_SCORE = 0.96
"""A rule that undoes a case may also make a name of a misspelt one."""

NAMED = frozenset({"exact", "former name", "alias", "key"})
"""Ways of matching after which nobody may say that no place has the name."""

GUESSED = frozenset({"sound", "typo", "partial", "prefix", "part of"})
"""Ways of matching that never make an answer sure."""
