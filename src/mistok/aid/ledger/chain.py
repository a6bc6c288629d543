"""What a hash in the ledger is over: every stored column of an entry, its lot and its act.

Each row is written as one JSON list of its columns, the same on every database: days as
`2026-11-23`, moments in UTC as `2026-11-23 10:00:00.000000`, JSON with sorted keys, other rows by
their public ids. Only the database's own numbers stay out. An entry holds the hashes of its lot, of
its act, and of the entry before it, so a change of any of them is found at the entry that names it.
No name of a person is in it but the act's commission and signature; people are told by references.
"""

import datetime as dt
import hashlib
import json
from typing import Any, Final

from mistok.aid.models import AidAct, Entry, Lot

VERSION: Final = 1
"""Told in each list, so that a later form does not make older hashes wrong."""


def digest(kind: str, *columns: object) -> str:
    """SHA-256 of the columns of a row, hexadecimal; a number and its digits as text differ."""
    # What a database should not hold here (bytes in a text) must give another hash, not an error.
    told = json.dumps([kind, VERSION, *columns], separators=(",", ":"), default=repr)
    return hashlib.sha256(told.encode()).hexdigest()


def lot_hash(lot: Lot) -> str:
    """The hash of a lot, from its row in memory; `rereading` makes the same from the database."""
    return digest(
        "lot",
        lot.public_id,
        lot.office.public_id,
        lot.line.public_id,
        lot.label,
        lot.unit,
        lot.declared,
        lot.batch,
        lot.serial,
        day_text(lot.expires_on),
        moment_text(lot.made_at),
    )


def act_hash(act: AidAct) -> str:
    """The hash of an act with everything that it says."""
    return digest(
        "act",
        act.public_id,
        act.office.public_id,
        act.consignment.public_id,
        act.kind,
        act.number,
        act.year,
        day_text(act.day),
        act.settlement,
        act.ground,
        act.remarks,
        sorted_json(act.commission),
        act.signed_by,
        sorted_json(act.rows),
        act.follows.public_id if act.follows else None,
        act.key,
        act.body_hash,
        act.by,
        moment_text(act.at),
    )


def entry_hash(entry: Entry, *, lot: str, act: str) -> str:
    """The hash of an entry that names a lot and an act with these hashes."""
    return digest(
        "entry",
        entry.public_id,
        entry.office.public_id,
        entry.number,
        entry.lot.public_id,
        lot,
        entry.source,
        entry.target,
        entry.category,
        entry.amount,
        entry.act.public_id,
        act,
        entry.document,
        day_text(entry.day),
        moment_text(entry.at),
        entry.by,
        entry.key,
        entry.reverses.public_id if entry.reverses else None,
        entry.previous,
    )


def day_text(day: dt.date | None) -> str | None:
    """A day as it is hashed."""
    return day.isoformat() if day else None


def moment_text(at: dt.datetime) -> str:
    """A moment as it is hashed."""
    return f"{at.astimezone(dt.UTC):%Y-%m-%d %H:%M:%S.%f}"


def sorted_json(value: Any) -> str:
    """JSON as it is hashed: PostgreSQL keeps no order of keys."""
    return json.dumps(value, sort_keys=True)
