"""Lists under a heading: "Our partner cities:" and a line for each of them.

An item may say more of its own: the paper, the year, that the tie is suspended.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from mistok.kernel.dates import PartialDate
from mistok.reading.model import TIE_KINDS, Party
from mistok.reading.ties.claims import Claim
from mistok.reading.ties.clauses import Clause, Place, name_of
from mistok.reading.ties.cues import Token
from mistok.reading.ties.events import happening
from mistok.reading.ties.scene import Scene

MOST = 400
"""Claims that the lists of one document give."""
_LEADING = ("title", "heading")
_SHORT = 5
_LONG = 30
_REACH = 8


@dataclass(slots=True)
class _Head:
    """The words under which a list stands: label, stage, and the parties they name."""

    clause: Clause
    kind: str
    form: str
    event: str
    planned: bool
    parties: list[Party]
    anchor: Party | None = None


@dataclass(slots=True)
class _Item:
    """An item with the lines that go on with it."""

    clauses: list[Clause]
    places: list[Place] = field(default_factory=list)

    @property
    def tokens(self) -> list[Token]:
        """All tokens of the item."""
        return [token for clause in self.clauses for token in clause.tokens]


def claims_of_lists(
    clauses: Sequence[Sequence[Clause]], scene: Scene, told: Collection[int]
) -> list[Claim]:
    """What lists under a heading say; `clauses` are those of each sentence, in order.

    `told` are the sentences that say by themselves who is tied with whom.
    """
    claims: list[Claim] = []
    head: _Head | None = None
    item: _Item | None = None
    for parts in clauses:
        if not parts:
            continue
        line = parts[0].line
        if line.role != "item":
            head, item = _head(parts, head), None
            continue
        if line.number in told:
            item = None
            continue
        if head is None or line.number - head.clause.line.number > MOST:
            continue
        places = _distinct([place for part in parts for place in part.places])
        if places or item is None:
            item = _Item(list(parts), places)
            claims += _claims(head, item, scene)
        else:
            item.clauses += parts
            _go_on(head, item, claims)
        if len(claims) >= MOST:
            break
    return claims


def _head(parts: Sequence[Clause], before: _Head | None) -> _Head | None:
    """The head that holds after a line: a new one, or that before where nothing new is said."""
    line = parts[0].line
    for clause in reversed(parts):
        ties = [n for n in clause.find("T") if clause.tokens[n].form != "verb"]
        if line.role not in _LEADING:
            ties = [n for n in ties if clause.tokens[n].form != "loose"]
        if ties and (line.role in _LEADING or line.tokens[-1].tag == ":"):
            return _new_head(clause, ties)
    if line.role in _LEADING and any(c.has("E", "sign") and c.has("R", "paper") for c in parts):
        return _Head(parts[0], "unknown", "paper", "signed", False, [])
    if before is not None and line.role in _LEADING and len(line.tokens) > _SHORT:
        return before if line.number - before.clause.line.number <= 2 else None
    if before is not None and line.number - before.clause.line.number > _REACH:
        return before if line.role in _LEADING else None
    return before


def _new_head(clause: Clause, ties: Sequence[int]) -> _Head:
    roles = [n for n in ties if clause.tokens[n].form == "role"]
    at = min(roles or ties, key=lambda n: TIE_KINDS.index(clause.tokens[n].sub))
    token, stage = clause.tokens[at], happening(clause, at)
    parties = {name_of(place.party): place.party for place in clause.places}
    event = "" if stage.planned or roles or stage.event == "active" else stage.event
    if clause.has("M", "old"):
        event = "severed"
    kind = token.sub
    return _Head(clause, kind, token.form, event, stage.planned, list(parties.values()))


def _distinct(places: Sequence[Place]) -> list[Place]:
    found: dict[str, Place] = {}
    for place in places:
        if place.part != "context":
            found.setdefault(name_of(place.party), place)
    return list(found.values())


def _claims(head: _Head, item: _Item, scene: Scene) -> list[Claim]:
    """The claim of an item, if it names a party at its beginning."""
    tokens = item.tokens
    if not item.places or len(tokens) > _LONG:
        return []
    first = next(n for n, token in enumerate(tokens) if token.tag == "P")
    words = sum(token.tag in ("x", "X", "M", "E") for token in tokens[:first])
    if words > 2 or any(token.tag == "G" for token in tokens[:first]):
        return []
    pair = _pair(head, item, scene)
    if pair is None:
        return []
    kind, event, date = _own(head, item)
    line = item.clauses[-1].line
    return [
        Claim(
            a=pair[0],
            b=pair[1],
            kind=kind,
            form=head.form,
            event=event,
            line=line.number,
            start=head.clause.line.start,
            end=line.end,
            date=date,
            how="list",
            features={"how:list": 1.0, f"kind:{kind}": 1.0, f"form:{head.form}": 1.0},
        )
    ]


def _go_on(head: _Head, item: _Item, claims: list[Claim]) -> None:
    """A line without a place says more of the item before it."""
    if not claims or claims[-1].end != item.clauses[0].line.end or not item.places:
        return
    claim = claims[-1]
    claim.kind, claim.event, claim.date = _own(head, item)
    claim.end = item.clauses[-1].line.end


def _pair(head: _Head, item: _Item, scene: Scene) -> tuple[Party, Party] | None:
    """Who is paired in an item: the two in it, or the one in it with whom the list belongs to."""
    others = [place.party for place in item.places]
    if len(others) == 2 and others[0].country != others[1].country:
        return others[0], others[1]
    other = others[0]
    if len(head.parties) == 1 and name_of(head.parties[0]) != name_of(other):
        return head.parties[0], other
    pointed = head.clause.has("R", "its", "city") or head.clause.has("O")
    if not (pointed or head.clause.line.role in _LEADING):
        return None
    if head.anchor is None:
        before = item.clauses[0].line.number - 1
        head.anchor, _ = scene.focus(before, {name_of(other)}, ())
    if head.anchor is None or name_of(head.anchor) == name_of(other):
        return None
    if name_of(head.anchor) not in scene.spoken:
        return None  # Whose list it is does not stand in the list alone.
    return head.anchor, other


def _own(head: _Head, item: _Item) -> tuple[str, str, str]:
    """Label, stage and date of an item: its own where it tells them, else those of the head."""
    tokens = item.tokens
    kinds = [t.sub for t in tokens if t.tag == "T" and t.sub != "unknown" and t.form != "loose"]
    if head.form in ("role", "loose") and head.kind in ("twinning", "partner"):
        kinds.append(head.kind)  # A paper in a list of partners is that of the partnership.
    kind = min(kinds, key=TIE_KINDS.index) if kinds else head.kind
    dates = [t.date.date for t in tokens if t.date is not None and t.date.date is not None]
    date = str(dates[-1]) if dates else ""
    for token in tokens:
        if token.is_("E", "end", "hold") and token.form == "done":
            event = "severed" if token.sub == "end" else "suspended"
            return kind, event, "" if any(t.is_("M", "since") for t in tokens) else date
    if any(t.is_("M", "since") for t in tokens):
        return kind, head.event or "active", date
    papers = any(t.tag == "T" and t.form == "paper" for t in tokens)
    signed = any(t.is_("E", "sign", "start", "become") and t.form == "done" for t in tokens)
    led = (papers or any(t.tag == "T" for t in tokens)) and tokens[0].tag == "D"
    if signed or led or (dates and (papers or _day(dates))):
        return kind, head.event or "signed", date
    return kind, head.event or "active", date


def _day(dates: Sequence[PartialDate]) -> bool:
    return dates[-1].day is not None
