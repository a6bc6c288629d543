"""Mentions: the places of a text, step by step.

Persons first, for they are no places; then all names, adjectives and states that the gazetteer
knows; what stands around each; which place each is; whether it is meant as one. A text is read to
its first MOST_CAPITALS capitalised words, so that no text takes for ever.
"""

from dataclasses import dataclass, field, replace

from mistok.reading.model import LANGUAGES, Mention, Text
from mistok.reading.places.accepting import Accepting
from mistok.reading.places.adjectives import Adjectives, unit_of_town
from mistok.reading.places.areas import speaks_of_states
from mistok.reading.places.capitals import Capitals
from mistok.reading.places.choosing import Chooser, Chosen
from mistok.reading.places.clues import Around
from mistok.reading.places.forms import adjective_stem
from mistok.reading.places.guessing import Guesser, Guesses
from mistok.reading.places.leaning import Leaning
from mistok.reading.places.lookup import COUNTRY, DISTRICT, REGION, SETTLEMENT, Gazetteer
from mistok.reading.places.misspelt import Misspelt
from mistok.reading.places.parties import Parties
from mistok.reading.places.passing import Passing
from mistok.reading.places.persons import Persons, persons_in
from mistok.reading.places.spans import Span, Spanner
from mistok.reading.places.states import may_say_state, state_at
from mistok.reading.places.told import NO_CLUES, Clues
from mistok.reading.places.unlisted import unlisted_towns, unlisted_units
from mistok.reading.places.vocabulary import ordinary_words
from mistok.reading.places.wording import Words
from mistok.world import World

MOST_CAPITALS = 20_000
"""How many capitalised words of a text are looked up; what comes after is not read."""


_NAME_KNOWN, _CITY_KNOWN = 0.4, 0.5
_MOST_DULL = 50_000
_STATES = frozenset(("country", "nationality"))
_PARTS = (DISTRICT, SETTLEMENT)


@dataclass(slots=True)
class Memory:
    """What is remembered from text to text of one language; it changes no answer."""

    dull: dict[str, bool] = field(default_factory=dict)
    guesses: Guesses = field(default_factory=Guesses)


class PlaceReader:
    """Finds the places of texts in one world; the same text always gives the same mentions."""

    def __init__(self, world: World) -> None:
        self._gazetteer = Gazetteer(world)
        self._parties = Parties(self._gazetteer)
        self._capitals = Capitals(self._gazetteer)
        self._memories = {lang: Memory() for lang in LANGUAGES}

    def mentions(self, text: Text) -> tuple[Mention, ...]:
        """Give every mention of a place, a country or a nation, in the order of the text."""
        lang = text.lang if text.lang in LANGUAGES else "en"
        memory = self._memories[lang]
        page = _Page(text, lang, self._gazetteer, self._parties, self._capitals, memory)
        return page.mentions()


class _Page:
    """One text on its way through the steps."""

    def __init__(
        self,
        text: Text,
        lang: str,
        gazetteer: Gazetteer,
        parties: Parties,
        capitals: Capitals,
        memory: Memory,
    ) -> None:
        self._text, self._lang = text, lang
        self._gazetteer, self._parties, self._capitals = gazetteer, parties, capitals
        self._memory = memory
        self._words = Words(text)
        self._read_to = 0

    def mentions(self) -> tuple[Mention, ...]:
        words, lang = self._words, self._lang
        persons = persons_in(words, self._gazetteer, lang)
        spans = self._spans(persons)
        around = Around(words, persons, {span.first: span for span in spans}, self._gazetteer, lang)
        clues = [NO_CLUES if span.how in _STATES else around.clues(span) for span in spans]
        misspelt = Misspelt(words, lang, around, Guesser(self._gazetteer, self._memory.guesses))
        misspelt.add(spans, clues, persons, self._read_to)
        chooser = Chooser(self._gazetteer, lang, of_states=speaks_of_states(words))
        leaning = Leaning(self._text, words, spans, clues, self._gazetteer)
        chosen = chooser.choose(spans, clues, leaning)
        taken = Accepting(words, persons, lang, chooser).accept(spans, clues, chosen)
        passing = Passing(words)
        self._mark_standing(spans, clues, chosen, chooser)
        found = [
            self._mention(span, clue, choice, passing)
            for span, clue, choice, is_taken in zip(spans, clues, chosen, taken, strict=True)
            if is_taken and choice is not None
        ]
        found = _one_level(found)
        found += self._capitals.mentions(words, found)
        found = _with_unlisted(
            found, unlisted_units(words, found, lang), unlisted_towns(words, misspelt.lacking)
        )
        return tuple(sorted(found, key=lambda mention: (mention.start, mention.end)))

    def _spans(self, persons: Persons) -> list[Span]:
        """All names that may be places, none over another."""
        words, lang = self._words, self._lang
        spanner = Spanner(self._gazetteer, lang)
        adjectives = Adjectives(self._gazetteer, lang, ordinary_words(lang))
        found: list[Span] = []
        at, capitals, size, capital = 0, 0, len(words), words.capital
        dull, folds, before = self._memory.dull, words.folds, words.before
        while at < size and capitals < MOST_CAPITALS:
            if not capital[at]:
                plain = at + 1 == size or before[at + 1] == " "
                if (plain and dull.get(folds[at])) or self._is_dull(at):
                    at += 1
                    continue
            if at in persons.words:
                at += 1
                continue
            capitals += capital[at]
            span = self._span(at, spanner, adjectives, found[-1] if found else None)
            if span is None:
                at += 1
            else:
                if found and found[-1].last >= span.first:
                    span.first = found[-1].last + 1
                found.append(span)
                at = span.last + 1
        self._read_to = at
        return found

    def _is_dull(self, at: int) -> bool:
        """Whether a word is no adjective and no nation; most are remembered."""
        words, dull = self._words, self._memory.dull
        if words.is_joined(at + 1):
            return False
        folded = words.folds[at]
        known = dull.get(folded)
        if known is None:
            if len(dull) > _MOST_DULL:
                dull.clear()
            is_adjective = bool(adjective_stem(folded, self._lang))
            known = dull[folded] = not (is_adjective or may_say_state(folded))
        return known

    def _span(
        self, at: int, spanner: Spanner, adjectives: Adjectives, beside: Span | None
    ) -> Span | None:
        words = self._words
        if self._is_dull(at):
            return spanner.at(words, at) if words.capital[at] else None
        state = state_at(words, at, self._gazetteer, self._lang)
        is_nation = state is not None and state.options[0].kind == COUNTRY
        adjective = None if is_nation else adjectives.at(words, at, beside)
        if adjective is not None and adjective.level:
            return adjective
        name = spanner.at(words, at) if words.capital[at] else None
        if state is not None:
            if name is None or name.last <= max(at, state.last):
                return state
            return name if name.options[0].importance >= _NAME_KNOWN else state
        if adjective is None or name is None:
            return name or adjective
        top = name.options[0]
        weak = name.ordinary or top.importance < _CITY_KNOWN or top.kind in _PARTS
        return adjective if weak and name.last <= adjective.last else name

    def _mark_standing(
        self,
        spans: list[Span],
        clues: list[Clues],
        chosen: list[Chosen | None],
        chooser: Chooser,
    ) -> None:
        """A region that only says where a town lies is no party: "Izium in the Kharkiv region"."""
        areas = {span.first: at for at, span in enumerate(spans)}
        for clue, choice in zip(clues, chosen, strict=True):
            area = areas.get(clue.standing)
            of_area = None if area is None else chosen[area]
            if choice is None or area is None or of_area is None:
                continue
            place, other = choice.option.place, of_area.option
            if (
                other.kind != COUNTRY
                and place != other.place
                and chooser.lies_in(place, other.place)
            ):
                spans[area].notes.add("standing")

    def _mention(self, span: Span, clue: Clues, choice: Chosen, passing: Passing) -> Mention:
        words, option = self._words, choice.option
        told = span.level or (clue.levels[0] if clue.levels else "")
        if span.level == "hromada" and option.country != "UA":
            told = "city"
        place, last = option.place, span.last
        if told in ("region", "state", "district") and option.kind not in (REGION, DISTRICT):
            unit = None if option.kind == COUNTRY else unit_of_town(self._gazetteer, place, told)
            place = place if unit is None else unit
        extends = span.how == "name" and option.kind != COUNTRY
        if extends and clue.unit_end > last and words.ends[clue.unit_end] - words.ends[last] < 40:
            last = clue.unit_end
        start, end = words.starts[span.first], words.ends[last]
        surface = words.source[start : words.ends[span.last]]
        party = self._parties.party(place, told, surface, self._text.published)
        if told in ("region", "district") and party.level == "city" and clue.is_kind:
            name = f"{party.name} {'Region' if told == 'region' else 'District'}"
            party = self._parties.unknown(name, party.country, told)
        role = span.how
        if role == "name" and option.kind == COUNTRY:
            role = "country"
        if role in ("name", "adjective") and (
            "standing" in span.notes or words.heads[span.first] or passing.is_passing(span)
        ):
            role = "passing"
        if words.source[end : end + 1] == ")" and "(" in words.source[start:end]:
            end += 1
        return Mention(start, end, words.sentences[span.first], party, role, round(choice.sure, 3))


def _with_unlisted(found: list[Mention], *more: list[Mention]) -> list[Mention]:
    """The mentions and those of places without a key, which win over what they cover."""
    for new in more:
        if new:
            found = [m for m in found if not any(n.start < m.end and m.start < n.end for n in new)]
            found += new
    return found


def _one_level(found: list[Mention]) -> list[Mention]:
    """A place that the text calls a community is one wherever it is named."""
    communities = {m.party.key for m in found if m.party.level == "hromada"}
    return [
        replace(m, party=replace(m.party, level="hromada"))
        if m.party.key in communities and m.party.level == "city"
        else m
        for m in found
    ]
