"""Which sentences commit somebody to build or mend something for somebody."""

import re
from collections.abc import Iterator

from mistok.reading.aid.context import NOT_HELPED, UKRAINE, Context, Hint
from mistok.reading.aid.currencies import settled
from mistok.reading.aid.groups import Group, groups_in
from mistok.reading.aid.items import ItemFinder
from mistok.reading.aid.piece import Piece
from mistok.reading.aid.words import Line, Lines, Word
from mistok.reading.model import LANGUAGES, Page, Party, ProjectFact
from mistok.reading.projects.cues import commits, doubts, singles, subjects, work_of
from mistok.reading.projects.objects import SORTS, object_of

_MOST_FACTS = 60
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_SKIPPED = frozenset({"furniture", "dateline"})
_BODIES = frozenset(
    """UNDP UNICEF UNHCR USAID GIZ EBRD EIB NEFCO WHO IOM UNOPS WFP JICA KOICA UNESCO ПРООН ЮНІСЕФ
    KfW BMZ""".split()
)


def projects_in(page: Page) -> tuple[ProjectFact, ...]:
    """Give the commitments to build, rebuild, repair or equip that a page states, in its order.

    Each has one who does it and one for whom (parties, or the letters of an organisation), the
    work as an English phrase, an amount where the sentence tells one, and its sentence. Readiness,
    talks and wishes are none. Never raises; a text in another language, or without places, gives
    none.
    """
    lang = page.text.lang
    if lang not in LANGUAGES or not page.mentions:
        return ()
    finder = _Finder(page)
    for number, sentence in enumerate(page.text.sentences):
        if sentence.role in _SKIPPED or len(finder.facts) >= _MOST_FACTS:
            continue
        if _has_work(page.text.text[sentence.start : sentence.end], lang):
            finder.read(number)
    return tuple(finder.kept())


def _has_work(told: str, lang: str) -> bool:
    return any(work_of(lang, word.lower().replace("’", "'")) for word in _WORD.findall(told))


class _Finder:
    """Reads sentences with a work in them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.lang = page.text.lang
        self.lines = Lines(page)
        self.context = Context(page)
        self.facts: list[ProjectFact] = []
        self.headings: list[ProjectFact] = []

    def read(self, number: int) -> None:
        line = self.lines.line(number)
        words = line.words
        if not self._commits(words):
            return
        groups = groups_in(line, self.lang)
        heading = line.sentence.role in ("title", "heading")
        for place, work in self._works(words):
            near = [g for g in groups if not _apart(words, g, place)]
            if _smaller(groups) and not _smaller(near) and any(g.country == UKRAINE for g in near):
                # "In reconstructing Ukraine; in particular …": what is particular counts.
                continue
            found = self._facts(line, groups, near, place, work)
            (self.headings if heading else self.facts).extend(found)

    def kept(self) -> Iterator[ProjectFact]:
        """All facts once; a heading only tells what the text does not."""
        seen: set[tuple[object, ...]] = set()
        told = {(fact.by, fact.receiver) for fact in self.facts}
        for fact in [*self.facts, *self.headings]:
            if fact in self.headings and (fact.by, fact.receiver) in told:
                continue
            mark = (fact.by, fact.receiver, fact.what.split(" of ")[-1].lower())
            if mark not in seen:
                seen.add(mark)
                yield fact

    def _commits(self, words: list[Word]) -> bool:
        plain = [w.low for w in words if w.mention is None and not w.sign]
        if not any(commits(self.lang, low) for low in plain):
            return False
        return not any(doubts(self.lang, low) for low in plain)

    def _works(self, words: list[Word]) -> Iterator[tuple[int, str]]:
        """Words that tell a work; of "restoration and reconstruction of" the first."""
        last = -9
        for place, word in enumerate(words):
            if word.mention is not None or word.sign:
                continue
            work = work_of(self.lang, word.low)
            if not work or (self.lang == "en" and not _is_work(words, place)):
                continue
            if self.lang == "de" and word.low == "aufbau" and not word.text[0].isupper():
                continue
            if place - last > 2:
                yield place, work
            last = place

    def _facts(
        self, line: Line, groups: list[Group], near: list[Group], place: int, work: str
    ) -> Iterator[ProjectFact]:
        receivers = self._receivers(line, near, place)
        makers = _abroad(near) or _abroad(groups)
        makers += [w.text for w in line.words if w.text in _BODIES and w.text not in makers]
        makers = makers or self._unsaid(line, groups, place, receivers)
        if not makers or not receivers:
            return
        money = self._money(line.words)
        for maker in makers:
            country = maker.country if isinstance(maker, Party) else ""
            for party in receivers:
                if maker == party:
                    continue
                yield ProjectFact(
                    maker,
                    party,
                    object_of(line.words, place, work, self.lang, party),
                    money.quantity if money else None,
                    settled(money.unit, country) if money else "",
                    line.sentence.start,
                    line.sentence.end,
                    self._sure(groups, maker, party),
                )

    def _receivers(self, line: Line, groups: list[Group], place: int) -> list[Party]:
        """Whose thing it is: places in Ukraine after the work, else before it, else as before."""
        ours = [g for g in groups if g.country == UKRAINE]
        ours = [g for g in ours if any(p.level != "country" for p in g.parties)] or ours
        after = [g for g in ours if g.first > place] or [g for g in ours if g.last <= place]
        parties: list[Party] = []
        for group in after:
            parties += [p for p in group.parties if p.country == UKRAINE and p not in parties]
        smaller = [p for p in parties if p.level != "country"]
        if smaller:
            return smaller if len(after) == 1 else _nearest(after, place)
        if parties:
            found = self.context.receiver(line.sentence.end, line.number, None)
            near = found is not None and line.number - found.sentence <= 1
            return [found.party] if found is not None and near else parties
        found = self.context.receiver(line.sentence.end, line.number, None)
        return [found.party] if found is not None else []

    def _unsaid(
        self, line: Line, groups: list[Group], place: int, receivers: list[Party]
    ) -> list[Party | str]:
        """Who is meant by "the town" or "they": somebody abroad who was named before."""
        if not receivers:
            return []
        said = any(p in group.parties for group in groups for p in receivers)
        named = subjects(self.lang) if said else singles(self.lang)
        if any(word.low in named for word in line.words[: place + 6]):
            found = self.context.giver(line.sentence.start, line.number, receivers[0], Hint())
            return [found.party] if found is not None else []
        return []

    def _money(self, words: list[Word]) -> Piece | None:
        pieces = ItemFinder(words, self.lang, unnamed=False).pieces()
        return next((piece for piece in pieces if piece.what == "money"), None)

    def _sure(self, groups: list[Group], maker: Party | str, party: Party) -> float:
        named = {p for group in groups for p in group.parties}
        sure = 0.5 + (0.15 if maker in named else -0.1) + (0.15 if party in named else -0.1)
        return round(sure - (0.1 if isinstance(maker, str) else 0.0), 2)


def _abroad(groups: list[Group]) -> list[Party | str]:
    """The places abroad that can be the subject."""
    makers: list[Party | str] = []
    for group in groups:
        if group.country == UKRAINE or group.lead in ("at", "none", "to"):
            continue
        abroad = [p for p in group.parties if p.country not in (UKRAINE, *NOT_HELPED)]
        makers += [p for p in abroad if p not in makers]
    return makers


def _smaller(groups: list[Group]) -> bool:
    """Whether a place in Ukraine that is not the country is among them."""
    ours = [p for group in groups for p in group.parties if p.country == UKRAINE]
    return any(party.level != "country" for party in ours)


def _apart(words: list[Word], group: Group, place: int) -> bool:
    """Whether a semicolon stands between a place and a work."""
    first, last = min(group.first, place), max(group.first, place)
    return any(word.text == ";" for word in words[first:last])


def _is_work(words: list[Word], place: int) -> bool:
    """Whether an English word is a work here: "fit out", "to build", not "building" or "a fit"."""
    low = words[place].low
    after = words[place + 1].low if place + 1 < len(words) else ""
    before = words[place - 1].low if place else ""
    if low.endswith("tion") or low in ("repair", "rebuilding"):
        if before in SORTS or work_of("en", before) or after in ("of", "and"):
            return True
        if low == "repair":
            return before in ("to", "will", "help", "shall")
        return after.isalnum() and low == "rebuilding"
    if low in ("fit", "furnish", "furnishes"):
        return after == "out" or low != "fit"
    return not (low in ("build", "builds") and before in ("the", "a"))


def _nearest(groups: list[Group], place: int) -> list[Party]:
    """The places that stand nearest to the work."""
    nearest = min(groups, key=lambda g: abs(g.first - place))
    return [p for p in nearest.parties if p.country == UKRAINE]
