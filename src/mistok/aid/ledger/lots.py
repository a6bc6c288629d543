"""Lots: what is counted together, with the short code that stands on its boxes."""

import base64
import datetime as dt
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from mistok.accounts.models import Office
from mistok.aid.models import AidLine, Lot
from mistok.kernel.ids import public_id

_LETTERS: Final = 12
_GROUP: Final = 4
_BYTES: Final = 8
_ALIKE: Final = str.maketrans("018", "OIB")
"""Digits that no label has, as the letters that they were read for."""
_OTHER: Final = re.compile(r"[^A-Z2-7]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Goods of a line that are counted apart; `declared` in thousandths, None by no paper."""

    batch: str = ""
    serial: str = ""
    expires_on: dt.date | None = None
    declared: int | None = None


def make_lots(*, line: AidLine, at: dt.datetime, counted: Sequence[Batch] = ()) -> list[Lot]:
    """All lots of a line, made where they are missing; in the caller's transaction.

    By the line's batches and serial numbers, else one lot for all of it. `counted`: batches that
    were found when the goods came; those that no lot has yet (by batch and serial number) get one,
    and where the line tells no exact amount they are its lots.
    """
    lots = list(line.lots.select_related("office", "line__consignment").order_by("pk"))
    planned = [] if lots or (counted and not line.countable) else _planned(line)
    known = {(lot.batch, lot.serial) for lot in lots}
    known |= {(one.batch, one.serial) for one in planned}
    found = [one for one in counted if (one.batch, one.serial) not in known]
    return [*lots, *(_make(line, one, at) for one in (*planned, *found))]


def lot_with_label(office: Office, text: str) -> Lot | None:
    """The office's lot with the label that was scanned or typed, or None."""
    return Lot.objects.of(office).filter(label=read_label(text)).first()


def read_label(text: str) -> str:
    """What was scanned or typed, as labels are kept (`MFRG-GZDF-MY2W`); "" for what is none."""
    bare = _OTHER.sub("", text[:60].upper().translate(_ALIKE))
    return _grouped(bare) if len(bare) == _LETTERS else ""


def _planned(line: AidLine) -> list[Batch]:
    if not line.lot_details:
        return [Batch(declared=line.amount if line.countable else None)]
    return [_batch(detail, countable=line.countable) for detail in line.lot_details]


def _batch(detail: Mapping[str, Any], *, countable: bool) -> Batch:
    expires = detail.get("expires_on")
    return Batch(
        batch=detail.get("batch", ""),
        serial=detail.get("serial", ""),
        expires_on=dt.date.fromisoformat(expires) if expires else None,
        declared=detail.get("amount") if countable else None,
    )


def _make(line: AidLine, batch: Batch, at: dt.datetime) -> Lot:
    letters = base64.b32encode(secrets.token_bytes(_BYTES)).decode()[:_LETTERS]
    return Lot.objects.create(
        public_id=public_id("lot", secrets.token_hex(16)),
        office=line.consignment.office,
        line=line,
        label=_grouped(letters),
        unit=line.unit,
        declared=batch.declared,
        batch=batch.batch,
        serial=batch.serial,
        expires_on=batch.expires_on,
        made_at=at,
    )


def _grouped(bare: str) -> str:
    return "-".join(bare[place : place + _GROUP] for place in range(0, _LETTERS, _GROUP))
