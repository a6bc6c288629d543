"""Who is spoken of: the city that "the council" or "its sister city" belongs to, "both cities"."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from mistok.reading.model import Party
from mistok.reading.ties.clauses import Clause, name_of
from mistok.reading.ties.cues import Line

_OWN = frozenset({"name", "adjective", "capital"})
_MOVED = frozenset({"to", "from", "for"})
_TITLES = frozenset({"title", "heading"})
_NEAR = 3
_FIRST, _LAST = 60, 150
_RECENT = 5
_SHORT = 8
"""Sentences back in which "both cities" are looked for."""


@dataclass(slots=True)
class _Seen:
    """A place in a line: which line, and how much it looks like the one who acts."""

    line: int
    party: Party
    weight: float
    paragraph: int = -1


@dataclass(slots=True)
class Scene:
    """The places of a document as they come up, and the pairs told last."""

    seen: list[_Seen] = field(default_factory=list)
    totals: Counter[str] = field(default_factory=Counter)
    titled: set[str] = field(default_factory=set)
    spoken: set[str] = field(default_factory=set)
    """Names that stand elsewhere than in the items of a list."""
    lead: set[str] = field(default_factory=set)
    pairs: list[tuple[int, tuple[Party, ...]]] = field(default_factory=list)
    topics: dict[int, tuple[Party, ...]] = field(default_factory=dict)
    hub: tuple[int, Party] | None = None
    owners: set[str] = field(default_factory=set)
    partners: set[str] = field(default_factory=set)
    home: frozenset[str] = frozenset()
    paragraphs: dict[int, int] = field(default_factory=dict)
    by_line: dict[int, list[Party]] = field(default_factory=dict)

    def told(self, line: int, parties: Sequence[Party]) -> None:
        """Remember that a tie of these parties was told in a line."""
        self.pairs.append((line, tuple(parties)))

    def hub_before(self, line: int) -> Party | None:
        """Whose twin towns were spoken of just before ("one of Chicago's 29 sister cities")."""
        if self.hub is None or not 0 <= line - self.hub[0] <= _NEAR:
            return None
        return self.hub[1]

    def focus(
        self,
        line: int,
        without: Collection[str],
        countries: Collection[str],
        only: str = "",
        levels: Collection[str] = (),
    ) -> tuple[Party | None, float]:
        """The place that is most likely meant, not of `without`, not in `countries`; with a margin.

        `only` asks for a place of one country ("the Ukrainian city"), `levels` prefers some ("the
        district").
        """
        topic = self.topics.get(self.paragraphs.get(line, -1), ())
        single = topic[0] if len(topic) == 1 and name_of(topic[0]) not in without else None
        if single and single.country not in countries and only in ("", single.country):
            return single, 3.0
        scores: dict[str, float] = {}
        parties: dict[str, Party] = {}
        for seen in self._about(line):
            name = name_of(seen.party)
            if name in without or seen.party.country in countries:
                continue
            if only and seen.party.country != only:
                continue
            score = self._score(seen, name, line)
            score += 2.5 * (seen.party.level in levels) if levels else 0.0
            parties.setdefault(name, seen.party)
            scores[name] = max(scores.get(name, 0.0), score)
        if not scores:
            return None, 0.0
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        margin = ranked[0][1] - (ranked[1][1] if len(ranked) > 1 else 0.0)
        return parties[ranked[0][0]], margin

    def _about(self, line: int) -> list[_Seen]:
        """The places that come into question in a line: the first of the document, the last."""
        here = bisect_right(self.seen, line, key=lambda seen: seen.line)
        return self.seen[:_FIRST] + self.seen[max(_FIRST, here - _LAST) : here]

    def _score(self, seen: _Seen, name: str, line: int) -> float:
        distance = line - seen.line
        recency = max(0.0, 3.0 - distance * 0.75) if distance >= 0 else -4.0
        score = seen.weight + recency + min(self.totals[name], 5) * 0.45
        score += 1.5 * (seen.party.country in self.home)
        score += 1.2 * (seen.paragraph == self.paragraphs.get(line, -2))
        score += 1.2 * (name in self.owners) - 1.2 * (name in self.partners - self.owners)
        return score + 2.0 * (name in self.titled) + 0.8 * (name in self.lead)

    def topic_pair(self, line: int) -> tuple[Party, ...]:
        """The two parties that stand alone above a paragraph ("Turku and Lviv.")."""
        topic = self.topics.get(self.paragraphs.get(line, -1), ())
        return topic if len(topic) == 2 else ()

    def last_told(self, line: int) -> tuple[Party, ...]:
        """The parties of the tie told last, not far before a line, if any."""
        for told, parties in reversed(self.pairs):
            if told <= line and line - told <= _RECENT:
                return parties
        return ()

    def last_named(self, line: int, *, three: bool = False) -> tuple[Party, ...]:
        """Two places of different countries (or three) that were named together just before."""
        if three:
            return self._three(line)
        for number in range(line, line - _NEAR, -1):
            parties = tuple(self.by_line.get(number, ()))
            if len(parties) in (2, 3) and len({p.country for p in parties}) > 1:
                return parties
        return ()

    def _three(self, line: int) -> tuple[Party, ...]:
        """The three places named just before, if there are exactly three."""
        found: dict[str, Party] = {}
        for number in range(line, line - _NEAR, -1):
            for party in self.by_line.get(number, ()):
                found.setdefault(name_of(party), party)
            if len(found) > 2:
                break
        return tuple(found.values()) if len(found) == 3 else ()

    def top_two(self, line: int, countries: Sequence[str]) -> tuple[Party, ...]:
        """The two places that are most likely spoken of, of two countries; `countries` are told."""
        first, _ = self.focus(line, (), (), countries[0] if countries else "")
        if first is None:
            return ()
        other = countries[1] if len(countries) > 1 else ""
        second, margin = self.focus(line, {name_of(first)}, {first.country}, other)
        return (first, second) if second is not None and margin >= 1.0 else ()

    def subject(
        self, line: int, without: Collection[str], countries: Collection[str]
    ) -> Party | None:
        """The place with which the sentence before begins: "it" in this one."""
        for seen in self._about(line):
            if seen.line == line and seen.weight > 0.4 and seen.party.country not in countries:
                return None if name_of(seen.party) in without else seen.party
        return None

    def this_and_focus(self, line: int) -> tuple[Party, ...]:
        """The place named last ("this partner city") and whose partner it must be."""
        for number in range(line, line - 2, -1):
            named = self.by_line.get(number, ())
            if named:
                this = named[-1]
                focus, _ = self.focus(line, {name_of(this)}, {this.country})
                return () if focus is None else (this, focus)
        return ()

    def only_two(self, line: int) -> tuple[Party, ...]:
        """The only two places of the document up to a line, when they are of two countries."""
        found: dict[str, Party] = {}
        for seen in self._about(line):
            if seen.line <= line and seen.weight > -1:
                found.setdefault(name_of(seen.party), seen.party)
        parties = tuple(found.values())
        return parties if len(parties) == 2 and parties[0].country != parties[1].country else ()


_HOME = {
    "uk": frozenset({"UA"}),
    "de": frozenset({"DE", "AT", "CH"}),
    "pl": frozenset({"PL"}),
}
"""Where a text of a language is likely to be written: "our town" is there."""


def scene_of(lines: Sequence[Line], clauses: dict[int, list[Clause]], lang: str) -> Scene:
    """Look through a document for the places that act in it."""
    scene = Scene(home=_HOME.get(lang, frozenset()))
    bodies = 0
    for line in lines:
        named = False
        scene.paragraphs[line.number] = line.paragraph
        for clause in clauses[line.number]:
            named |= _look(scene, line, clause)
        _topic(scene, line, clauses[line.number])
        if line.role not in _TITLES and named:
            bodies += 1
            if bodies == 1:
                scene.lead = {name_of(party) for party in scene.by_line.get(line.number, ())}
    return scene


_ALONE = frozenset({"P", "J", "F", "C", "O", "D", ",", ":", "(", ")", "-", "–", "—", "/", "•", "R"})


def _topic(scene: Scene, line: Line, clauses: Sequence[Clause]) -> None:
    """A line that names one or two places and says nothing of them is what follows is about."""
    if line.role in ("title", "item") or len(line.tokens) > _SHORT:
        return
    parties = {name_of(p.party): p.party for c in clauses for p in c.places if p.part != "context"}
    if not 0 < len(parties) < 3 or any(t.tag not in _ALONE for t in line.tokens):
        return
    if len({party.country for party in parties.values()}) != len(parties):
        return
    scene.topics.setdefault(line.paragraph, tuple(parties.values()))


def _look(scene: Scene, line: Line, clause: Clause) -> bool:
    """Take the places of a clause into the scene."""
    for n, place in enumerate(clause.places):
        if place.part == "org":
            continue
        name = name_of(place.party)
        weight = 0.6 * (n == 0) + 0.5 * (place.before == "O")
        weight -= 2.5 * (line.role == "item")
        weight -= 1.8 * (place.lead in ("with", "to"))
        weight += 1.2 * (n == 0 and line.role == "title")
        weight -= (0.3 if place.at < 3 else 1.5) * (place.part == "context") + 0.5 * (
            place.part == "soft"
        )
        scene.seen.append(_Seen(line.number, place.party, weight, line.paragraph))
        scene.totals[name] += 1
        if line.role != "item":
            scene.spoken.add(name)
        after = clause.tokens[place.at + 1 : place.at + 4]
        if any(t.tag == "O" for t in after[:2]) or any(t.names_partner for t in after):
            scene.owners.add(name)
        if place.lead in ("with", "to"):
            scene.partners.add(name)
        if line.role in _TITLES and line.role == "title":
            scene.titled.add(name)
        known = scene.by_line.setdefault(line.number, [])
        named = place.part == "party" or (place.part == "soft" and place.lead in _MOVED)
        if named and name not in map(name_of, known):
            known.append(place.party)
    return bool(clause.places)
