"""From frames to facts: who is meant where it is not said, when, and how sure all this is."""

from collections.abc import Iterator
from dataclasses import dataclass

from mistok.reading.aid.context import NOT_HELPED, UKRAINE, Context
from mistok.reading.aid.cues import buys
from mistok.reading.aid.currencies import settled
from mistok.reading.aid.frames import Frame, frames_in
from mistok.reading.aid.hints import hint_in, many_of
from mistok.reading.aid.keeping import kept_of
from mistok.reading.aid.piece import Piece
from mistok.reading.aid.words import Line, Lines
from mistok.reading.model import AidFact, DateMention, Item, Mention, Page, Party

_MOST_FACTS = 200
_UKRAINIANS = ("ukraini", "ukraiń", "українц", "ukrainer")


@dataclass(slots=True)
class Draft:
    """A fact in the making; `borrowed` are the mentions that were taken from other sentences."""

    giver: Party | str
    receiver: Party
    pieces: list[Piece]
    status: str
    date: str
    line: Line
    start: int
    end: int
    sure: float


class Drafter:
    """Makes drafts of facts from the sentences of a page, one after the other."""

    def __init__(self, page: Page, lines: Lines) -> None:
        self.page = page
        self.lines = lines
        self.lang = page.text.lang
        self.at = 0
        self.nations: dict[int, list[Mention]] = {}
        for mention in page.mentions:
            if mention.role == "nationality":
                self.nations.setdefault(mention.sentence, []).append(mention)
        self.days: dict[int, list[DateMention]] = {}
        for date in page.dates:
            if date.date is not None:
                self.days.setdefault(date.sentence, []).append(date)
        self.context = Context(page)
        self.drafts: list[Draft] = []
        self.getting: tuple[int, list[Party]] = (-9, [])

    def read(self, number: int) -> None:
        """Add the drafts of a sentence."""
        line = self.lines.line(number)
        self.at = number
        for frame in frames_in(line, self.lang):
            if len(self.drafts) >= _MOST_FACTS:
                return
            self.drafts += self._of(frame, line)

    def _of(self, frame: Frame, line: Line) -> Iterator[Draft]:
        pieces = kept_of(frame, line.words, self.lang)
        if not pieces or self._is_no_help(frame, line):
            return
        givers, receivers, borrowed = self._sides(frame, line, pieces)
        status = self._status(frame, pieces)
        quantified = any(piece.quantity is not None for piece in pieces)
        if status == "promised" and not quantified:
            return
        if status == "total" and not quantified:
            status = "delivered"
        start = min([line.sentence.start, *(m for m in borrowed)])
        for giver in givers:
            for receiver in receivers:
                if not _plausible(giver, receiver, frame) or _nameless(giver, pieces):
                    continue
                sure = self._sure(frame, pieces, status, giver)
                yield Draft(
                    giver,
                    receiver,
                    pieces,
                    status,
                    self._date(frame, line),
                    line,
                    start,
                    line.sentence.end,
                    sure,
                )

    def _is_no_help(self, frame: Frame, line: Line) -> bool:
        if "want" in frame.marks:
            return True
        given = [v for v in frame.verbs if v.kind in ("give", "help", "receive")]
        if given and all(buys(self.lang, v.low) for v in given) and not self._bought_for(frame):
            return True
        words = line.words[frame.first : frame.last]
        people = "refugees" in frame.marks or any(w.low.startswith(_UKRAINIANS) for w in words)
        helped = any(p.country == UKRAINE for p in frame.receivers)
        return people and frame.abroad and not helped

    def _bought_for(self, frame: Frame) -> bool:
        """Whether what was bought is for somebody in Ukraine: a buyer may buy for himself."""
        told = [*frame.receivers, *frame.owners]
        given = bool(self.drafts) and self.drafts[-1].line.number == self.at
        return given or any(p.country == UKRAINE for p in told) or "promised" in frame.marks

    def _sides(
        self, frame: Frame, line: Line, pieces: list[Piece]
    ) -> tuple[list[Party | str], list[Party], list[int]]:
        """Givers and receivers, those that are not said taken from what was said before."""
        givers, receivers = list(frame.givers), list(frame.receivers)
        borrowed: list[int] = []
        heading = line.sentence.role in ("title", "heading")
        if heading and not (frame.own_giver and frame.own_receiver):
            return [], [], []
        if not givers and not receivers and not self._speaks(frame, line, pieces):
            return [], [], []
        position = line.words[frame.last - 1].end
        if receivers and receivers[0].level == "country" and self._told_before(line):
            receivers = self.getting[1]
        if not receivers:
            by = next((g for g in givers if isinstance(g, Party)), None)
            words = line.words[frame.first : frame.last]
            many = many_of(words, self.nations.get(line.number, ())) if by is not None else None
            if frame.owners and frame.owners[0] != by:
                receivers = frame.owners[:1]
            elif many is not None:
                receivers = [many.party]
            else:
                hint = hint_in(frame, line, self.nations.get(line.number, ()))
                found = self.context.receiver(position, line.number, by, hint)
                receivers = self._taken(found, line, borrowed)
        if frame.many_givers:
            self.getting = (line.number, receivers)
            return [], [], []
        if not givers:
            to = receivers[0] if receivers else None
            hint = hint_in(frame, line, self.nations.get(line.number, ()))
            found = self.context.giver(position, line.number, to, hint)
            givers = list(self._taken(found, line, borrowed))
        return givers, receivers, borrowed

    def _told_before(self, line: Line) -> bool:
        """Whether the sentence before said who in this country gets what is told here."""
        number, parties = self.getting
        return number == line.number - 1 and bool(parties)

    def _speaks(self, frame: Frame, line: Line, pieces: list[Piece]) -> bool:
        """Whether a sentence that names nobody says enough: a verb and a number, or two goods.

        A promise needs somebody who makes it, be it "the town"; "the Latvian side" is enough.
        """
        kinds = {verb.kind for verb in frame.verbs}
        told_before = bool(self.drafts) and self.drafts[-1].line.number == line.number - 1
        if kinds == {"include"} and not told_before:
            return False
        kinds |= {"give"} if "include" in kinds else set()
        strong = bool(kinds & {"give", "receive", "arrive", "thank"}) or "total" in frame.marks
        hint = hint_in(frame, line, self.nations.get(line.number, ()))
        if "promised" in frame.marks and not hint.levels:
            return False
        many = any(p.quantity is not None and p.quantity > 1 for p in pieces)
        told = many or len(pieces) > 1 or "promised" in frame.marks or bool(hint.countries)
        return strong and told

    def _taken(self, found: Mention | None, line: Line, borrowed: list[int]) -> list[Party]:
        if found is None:
            return []
        sentence = self.page.text.sentences[found.sentence]
        near = line.number - found.sentence == 1
        if near and sentence.paragraph == line.sentence.paragraph:
            borrowed.append(sentence.start)
        return [found.party]

    def _status(self, frame: Frame, pieces: list[Piece]) -> str:
        if "total" in frame.marks:
            return "total"
        if "promised" in frame.marks and "done" not in frame.marks:
            return "promised"
        return "delivered"

    def _date(self, frame: Frame, line: Line) -> str:
        start, end = line.words[frame.first].start, line.words[frame.last - 1].end
        dates = self.days.get(line.number, [])
        inside = [d for d in dates if start <= d.start < end]
        chosen: DateMention | None = next(iter(inside or dates), None) or self._scene(line)
        return "" if chosen is None or chosen.date is None else str(chosen.date)

    def _scene(self, line: Line) -> DateMention | None:
        """The day that the sentence before tells in the same paragraph."""
        sentences = self.page.text.sentences
        before = self.days.get(line.number - 1, [])
        same = line.number and sentences[line.number - 1].paragraph == line.sentence.paragraph
        days = [d for d in before if d.date is not None and d.date.day is not None]
        return days[0] if same and len(days) == 1 else None

    def _sure(self, frame: Frame, pieces: list[Piece], status: str, giver: Party | str) -> float:
        sure = 0.5
        sure += 0.15 if frame.own_giver else -0.1
        sure += 0.15 if frame.own_receiver else -0.1
        sure += 0.1 if any(p.quantity is not None for p in pieces) else -0.05
        sure += 0.05 if any(v.kind in ("give", "receive") for v in frame.verbs) else -0.05
        sure -= 0.1 if status == "promised" else 0
        sure -= 0.1 if isinstance(giver, str) else 0
        return sure * min(piece.sure for piece in pieces)


def _plausible(giver: Party | str, receiver: Party, frame: Frame) -> bool:
    """Nobody gives to himself; help between two places abroad must be said in so many words."""
    if giver == receiver:
        return False
    if not isinstance(giver, Party):
        return True
    arrived = not frame.own_giver and {v.kind for v in frame.verbs} <= {"arrive", "noun"}
    if receiver.level == "country" and arrived:
        return False
    if giver.country in NOT_HELPED and receiver.country == UKRAINE:
        return False
    if giver.country == UKRAINE and giver.level == "country":
        return False
    if giver.country == UKRAINE and not (frame.own_giver and frame.own_receiver):
        return False
    if giver.country == receiver.country:
        return "country" not in (giver.level, receiver.level)
    return frame.addressed or UKRAINE in (giver.country, receiver.country)


def _nameless(giver: Party | str, pieces: list[Piece]) -> bool:
    """Whether no more is told than that others helped: "towns in other countries sent aid"."""
    return (
        isinstance(giver, str)
        and giver.lower().startswith(("other", "communities", "cities", "towns", "many"))
        and all("g" in piece.mark and piece.quantity is None for piece in pieces)
    )


def fact_of(draft: Draft) -> AidFact:
    """The fact of a draft."""
    country = draft.giver.country if isinstance(draft.giver, Party) else draft.receiver.country
    words = draft.line.words
    items = tuple(
        Item(
            piece.what,
            piece.quantity,
            settled(piece.unit, country),
            piece.bound,
            words[piece.first].start,
            words[piece.last - 1].end,
        )
        for piece in draft.pieces
    )
    return AidFact(
        draft.giver,
        draft.receiver,
        items,
        draft.date,
        draft.status,
        draft.start,
        draft.end,
        round(min(max(draft.sure, 0.05), 0.95), 2),
    )
