"""Everything in the ledger is checked again: chains, what entries name, signed heads, balances.

Declared is what was received, missing, damaged, lost or is still moving: every entry takes from one
account what it gives to another, so this holds for a lot when no balance is other than its entries
make it, none is below zero, and no more came from the giver than the papers name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from mistok.accounts.models import Office
from mistok.aid.ledger.heads import Head, heads_of
from mistok.aid.ledger.looking import one_moment, rows
from mistok.aid.ledger.recounting import Miscount, miscounts
from mistok.aid.ledger.rereading import Link, Rows, all_acts, all_lots, links
from mistok.aid.models.ledger import GENESIS

Progress = Callable[[int, int], None]
"""Told again and again how many rows were read, of how many."""

SENTENCES: Final = {
    "entry": "this entry, its lot or its act is not as it was written",
    "movement": "this entry moves goods in a way that its act cannot",
    "missing": "this entry is missing",
    "number": "this entry stands where another should",
    "rewritten": "this entry was written anew, for the next one names another in its place",
    "end": "the end of the chain is kept otherwise than this entry, the last one, has it",
    "head": "the end that was signed with this entry, or an act before it, was changed",
    "below_zero": "this entry takes more than was there",
    "balance": "a balance is kept otherwise than the entries up to this one make it",
}

_COUNT: Final = "SELECT count(*) FROM aid_entry {}"
_CHAINS: Final = """
SELECT a.office_id, o.public_id, c.length, c.last
  FROM (SELECT office_id FROM aid_chain UNION SELECT office_id FROM aid_entry
        UNION SELECT office_id FROM aid_signedhead) a
       LEFT JOIN accounts_office o ON o.id = a.office_id
       LEFT JOIN aid_chain c ON c.office_id = a.office_id {}
 ORDER BY a.office_id"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """How much was read, whether it holds, and the first entry that does not.

    `first_bad`: `office`, `number` in its chain, `entry` (public id, where one is there), `lot`
    (public id, where a sum is wrong), `wrong` as a key of SENTENCES, `sentence`. Never an amount.
    """

    entries: int
    lots: int
    balanced: bool
    chain_ok: bool
    first_bad: dict[str, Any] | None


class _Chain(NamedTuple):
    """A chain as it is kept beside its entries."""

    office: int
    public_id: str
    length: int | None
    last: str | None


def check(progress: Progress | None = None, office: Office | None = None) -> Checked:
    """Read the whole ledger again, or that of one office, as it is at one moment.

    A million entries take less than a minute; nobody who writes has to wait.
    """
    with one_moment():
        return _Check(progress, office).run()


class _Check:
    """One check, with what it has found so far."""

    def __init__(self, progress: Progress | None, office: Office | None) -> None:
        self.told = progress or (lambda _done, _total: None)
        self.office = office.pk if office else None
        self.done = self.entries = self.lots = 0
        self.broken: list[dict[str, Any]] = []
        self.miscounted: list[dict[str, Any]] = []

    def run(self) -> Checked:
        """Chains first, then sums."""
        chosen = [self.office] if self.office else []
        ((self.entries,),) = rows(_COUNT.format("WHERE office_id = %s" if chosen else ""), chosen)
        lots, acts = all_lots(), all_acts()
        for row in rows(_CHAINS.format("WHERE a.office_id = %s" if chosen else ""), chosen):
            self._follow(_Chain(*row), lots, acts)
        self.done = self.entries
        names: dict[int, str] = dict(rows("SELECT id, public_id FROM accounts_office"))
        for some, entries, found in miscounts(self.office):
            self.lots += some
            self._advance(entries)
            self.miscounted += [_miscounted(names, one) for one in found]
        bad = [*self.broken, *self.miscounted]
        return Checked(
            entries=self.entries,
            lots=self.lots,
            balanced=not self.miscounted,
            chain_ok=not self.broken,
            first_bad=bad[0] if bad else None,
        )

    def _follow(self, chain: _Chain, lots: Rows, acts: Rows) -> None:
        """One chain as far as it holds."""
        heads = heads_of(chain.office, chain.public_id)
        prior: Link | None = None
        for page in links(chain.office, chain.public_id, lots, acts):
            self._advance(len(page))
            for link in page:
                bad = _broken(link, prior) or _signed_otherwise(link, heads)
                if bad is not None:
                    self._found(chain, *bad)
                    return
                prior = link
        bad = _end(chain, prior) or _beyond(prior, heads)
        if bad is not None:
            self._found(chain, *bad)

    def _found(self, chain: _Chain, wrong: str, number: Any, entry: str | None) -> None:
        self.broken.append(_told(chain.public_id, number, entry, None, wrong))

    def _advance(self, count: int) -> None:
        self.done += count
        self.told(self.done, 2 * self.entries)


_Bad = tuple[str, Any, str | None]


def _broken(link: Link, prior: Link | None) -> _Bad | None:
    """What does not hold of an entry, and at which one it is told."""
    expected = prior.number + 1 if prior else 1
    if link.wrong == "number" and isinstance(link.number, int) and link.number > expected:
        return "missing", expected, None
    if link.wrong == "previous" and prior:
        # This one holds in itself and names a hash: it is the other that has changed since.
        return "rewritten", prior.number, prior.public_id
    if link.wrong:
        wrong = "entry" if link.wrong == "previous" else link.wrong
        return wrong, link.number, link.public_id
    return None


def _signed_otherwise(link: Link, heads: dict[Any, Head]) -> _Bad | None:
    head = heads.pop(link.number, None)
    if head is None or (head.holds and head.hash == link.hash):
        return None
    return "head", link.number, link.public_id


def _end(chain: _Chain, last: Link | None) -> _Bad | None:
    """Whether the chain ends where its row says."""
    number, told, entry = (last.number, last.hash, last.public_id) if last else (0, GENESIS, None)
    if (chain.length, chain.last) == (number, told):
        return None
    if isinstance(chain.length, int) and chain.length > number and chain.last != told:
        return "missing", number + 1, None
    return "end", number, entry


def _beyond(last: Link | None, heads: dict[Any, Head]) -> _Bad | None:
    """Signed ends behind the last entry: of entries that are gone, or not signed so."""
    for length, head in heads.items():
        if head.holds:
            return "missing", last.number + 1 if last else 1, None
        return "head", length, None
    return None


def _miscounted(offices: dict[int, str], found: Miscount) -> dict[str, Any]:
    return _told(offices.get(found.office, ""), found.number, None, found.lot, found.wrong)


def _told(
    office: str, number: Any, entry: str | None, lot: str | None, wrong: str
) -> dict[str, Any]:
    where = f"Entry {number} of {office}" + (f", lot {lot}" if lot else "")
    return {
        "office": office,
        "number": number,
        "entry": entry,
        "lot": lot,
        "wrong": wrong,
        "sentence": f"{where}: {SENTENCES[wrong]}.",
    }
