"""Chains read again from the database: numbers, hashes, and what each entry names."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from mistok.aid.ledger.chain import digest
from mistok.aid.ledger.looking import Row, marks, pages, rows
from mistok.aid.lifecycle import MOVEMENTS, ActKind
from mistok.aid.models.ledger import GENESIS

_REMEMBERED: Final = 50_000
"""Lots and acts that are kept in memory for the entries to come."""
# What is asked for twice lets PostgreSQL begin in its index, and not at the first entry again.
_ENTRIES: Final = """
SELECT e.number, e.id, e.public_id, e.lot_id, e.act_id, e.source, e.target, e.category, e.amount,
       e.document, CAST(e.day AS TEXT), CAST(e.at AS TEXT), e."by", e."key", r.public_id,
       e.previous, e.hash, r.lot_id, r.source, r.target, r.category, r.amount
  FROM aid_entry e LEFT JOIN aid_entry r ON r.id = e.reverses_id
 WHERE e.office_id = %(office)s AND e.number >= %(number)s
   AND (e.number, e.id) > (%(number)s, %(id)s)
 ORDER BY e.number, e.id LIMIT %(page)s"""
_LOTS: Final = """
SELECT l.id, l.office_id, l.public_id, o.public_id, n.public_id, l.label, l.unit, l.declared,
       l.batch, l.serial, CAST(l.expires_on AS TEXT), CAST(l.made_at AS TEXT)
  FROM aid_lot l LEFT JOIN accounts_office o ON o.id = l.office_id
       LEFT JOIN aid_aidline n ON n.id = l.line_id
 WHERE l.id IN ({})"""
_ACTS: Final = """
SELECT a.id, a.office_id, a.public_id, o.public_id, c.public_id, a.kind, a.number, a.year,
       CAST(a.day AS TEXT), a.settlement, a.ground, a.remarks, CAST(a.commission AS TEXT),
       a.signed_by, CAST(a.rows AS TEXT), f.public_id, a."key", a.body_hash, a."by",
       CAST(a.at AS TEXT)
  FROM aid_aidact a LEFT JOIN accounts_office o ON o.id = a.office_id
       LEFT JOIN aid_consignment c ON c.id = a.consignment_id
       LEFT JOIN aid_aidact f ON f.id = a.follows_id
 WHERE """
_LISTED: Final = "a.id IN ({})"
_UNMOVED: Final = """a.office_id = %s
   AND NOT EXISTS (SELECT 1 FROM aid_entry e WHERE e.act_id = a.id) ORDER BY a.at, a.id"""

_MOVEMENTS: Final = {kind.value: ways for kind, ways in MOVEMENTS.items()}


class Link(NamedTuple):
    """An entry as the chain has it; `wrong` says what does not hold, empty where all does."""

    number: Any
    public_id: str
    hash: str
    wrong: str


class Named(NamedTuple):
    """A lot or act that entries name."""

    office: int
    public_id: str
    hash: str
    kind: str = ""


@dataclass
class Rows:
    """Lots and acts by number, read when an entry first names them."""

    sql: str
    told: Callable[[Row], Named]
    known: dict[int, Named] = field(default_factory=dict)

    def fetch(self, numbers: Iterable[int]) -> dict[int, Named]:
        """Those with these numbers, as far as they are there."""
        if len(self.known) > _REMEMBERED:
            self.known.clear()
        missing = list({number for number in numbers if number not in self.known})
        if missing:
            for row in rows(self.sql.format(marks(missing)), missing):
                self.known[row[0]] = self.told(row)
        return self.known


def links(office: int, office_id: str, lots: Rows, acts: Rows) -> Iterator[list[Link]]:
    """The entries of an office in the order of their numbers, page by page."""
    last = GENESIS
    expected = 1
    for page in pages(_ENTRIES, {"office": office}, {"number": -(2**62), "id": 0}):
        there = lots.fetch(row[3] for row in page), acts.fetch(row[4] for row in page)
        read = []
        for row in page:
            lot, act = there[0].get(row[3]), there[1].get(row[4])
            wrong = _wrong(row, office, office_id, lot, act)
            read.append(Link(row[0], row[2], row[16], wrong or _place(row, expected, last)))
            expected, last = expected + 1, row[16]
        yield read


def _place(row: Row, expected: int, last: str) -> str:
    """Whether an entry that holds in itself stands where it should."""
    if row[0] != expected:
        return "number"
    return "" if row[15] == last else "previous"


def _wrong(row: Row, office: int, office_id: str, lot: Named | None, act: Named | None) -> str:
    """What does not hold in the entry itself; `row` as `_ENTRIES` has it."""
    if lot is None or act is None or row[16] != _hash(row, office_id, lot, act):
        return "entry"
    if lot.office != office or act.office != office or not _may_move(row, act.kind):
        return "movement"
    return ""


def _hash(row: Row, office_id: str, lot: Named, act: Named) -> str:
    """As `chain.entry_hash` makes it."""
    return digest(
        "entry",
        *(row[2], office_id, row[0], lot.public_id, lot.hash),
        *(row[5], row[6], row[7], row[8], act.public_id, act.hash),
        *(row[9], row[10], moment(row[11]), row[12], row[13], row[14], row[15]),
    )


def _may_move(row: Row, kind: str) -> bool:
    """Whether such an act moves goods so, or turns round just what it reverses."""
    if kind != ActKind.REVERSAL:
        return (row[5], row[6]) in _MOVEMENTS.get(kind, ())
    return bool((row[3], row[6], row[5], row[7], row[8]) == row[17:22])


def all_lots() -> Rows:
    """Lots with their hashes as `chain.lot_hash` makes them."""

    def told(row: Row) -> Named:
        return Named(row[1], row[2], digest("lot", *row[2:11], moment(row[11])))

    return Rows(_LOTS, told)


def all_acts() -> Rows:
    """Acts with their hashes as `chain.act_hash` makes them."""
    return Rows(_ACTS + _LISTED, _act)


def unmoved_acts(office: int) -> list[tuple[str, str]]:
    """When acts that no entry names were recorded, the first one first, and their hashes."""
    return [(moment(row[19]), _act(row).hash) for row in rows(_ACTS + _UNMOVED, [office])]


def _act(row: Row) -> Named:
    columns = [*row[2:12], _json(row[12]), row[13], _json(row[14]), *row[15:19], moment(row[19])]
    return Named(row[1], row[2], digest("act", *columns), row[5])


def moment(text: str | None) -> str:
    """A moment as `chain.moment_text` has it: whole seconds have no fraction in the database."""
    whole, _point, fraction = str(text).removesuffix("+00").partition(".")
    return f"{whole}.{fraction:0<6}"


def _json(text: str | None) -> str | None:
    """JSON as `chain.sorted_json` has it; what is none any more as it is."""
    if text == "[]":
        return text
    try:
        return json.dumps(json.loads(str(text)), sort_keys=True)
    except ValueError:
        return text
