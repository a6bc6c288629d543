"""Acts are written: once under a key, with the next number of the office's register."""

import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any, Final, NoReturn, TypedDict, Unpack

from django.utils import timezone

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.aid.ledger import refusing
from mistok.aid.ledger.chain import sorted_json
from mistok.aid.ledger.holding import hold
from mistok.aid.lifecycle import ActKind
from mistok.aid.models import ActCount, AidAct, Chain, Consignment, Entry, SignedHead
from mistok.kernel.ids import public_id

LONGEST_KEY: Final = 80
MOST_BACK: Final = dt.timedelta(minutes=5)
"""So far a clock may be set right in between; then the ledger's time stands still and waits."""
_NEXT: Final = dt.timedelta(microseconds=1)

Rows = Sequence[Mapping[str, Any]]


class Told(TypedDict, total=False):
    """What an act may say besides; texts are checked by whoever asks, rows are plain JSON."""

    rows: Rows
    settlement: str
    ground: str
    remarks: str
    commission: Rows
    signed_by: str
    follows: AidAct | None


def act_with_key(
    *, consignment: Consignment, kind: ActKind, key: str, body: Mapping[str, Any]
) -> AidAct | None:
    """The act that the same body gave before under this key, or None.

    `body` is what was sent, the day too: text, whole numbers, Decimal, dates, lists, mappings.
    Raises Invalid (`key_unusable`), Conflict (`key_reused`) where the office used the key for
    something else.
    """
    if not 0 < len(key) <= LONGEST_KEY or not key.isprintable():
        raise refusing.key_unusable()
    act = AidAct.objects.filter(office=consignment.office_id, key=key).order_by("pk").first()
    if act is not None and act.body_hash != _body_hash(consignment, kind, body):
        raise refusing.key_reused(act)
    return act


def new_act(
    *,
    office: Office,
    consignment: Consignment,
    kind: ActKind,
    day: dt.date,
    key: str,
    body: Mapping[str, Any],
    by: Actor,
    at: dt.datetime,
    **told: Unpack[Told],
) -> tuple[AidAct, bool]:
    """Write an act in the caller's transaction; an old one and False where `act_with_key` finds it.

    It is numbered in the register of its day's year. Raises Invalid (`day_to_come`,
    `key_unusable`), Conflict (`key_reused`, `clock_back`).
    """
    chain = hold(office)
    old = act_with_key(consignment=consignment, kind=kind, key=key, body=body)
    if old is not None:
        return old, False
    if day > timezone.localdate(at):
        raise refusing.day_to_come(day)
    steady = _never_back(chain, at)
    act = AidAct.objects.create(
        public_id=public_id("act", secrets.token_hex(16)),
        office=office,
        consignment=consignment,
        kind=kind.value,
        number=_next_number(office, kind, day.year),
        year=day.year,
        day=day,
        **_kept(told),
        key=key,
        body_hash=_body_hash(consignment, kind, body),
        by=str(by),
        at=steady,
    )
    return act, True


def _next_number(office: Office, kind: ActKind, year: int) -> int:
    """Whoever asks holds the chain, so nobody counts beside her; a refusal gives it back."""
    row, _made = ActCount.objects.get_or_create(office=office, kind=kind.value, year=year)
    row.last += 1
    row.save(update_fields=["last"])
    return row.last


def _never_back(chain: Chain, at: dt.datetime) -> dt.datetime:
    """The time of an act: never before the last entry, and after what was signed."""
    entries = Entry.objects.filter(office=chain.office_id, number=chain.length).order_by()
    heads = SignedHead.objects.filter(office=chain.office_id).order_by("-length")
    signed = heads.values_list("at", flat=True).first()
    earliest = [*entries.values_list("at", flat=True), *([signed + _NEXT] if signed else [])]
    latest = max([at, *earliest])
    if latest - at > MOST_BACK:
        raise refusing.clock_back()
    return latest


def _body_hash(consignment: Consignment, kind: ActKind, body: Mapping[str, Any]) -> str:
    told = json.dumps([consignment.public_id, kind.value, body], sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


def _kept(told: Told) -> dict[str, Any]:
    lists = {"rows": told.get("rows", ()), "commission": told.get("commission", ())}
    return {**told, **{name: _exact(rows) for name, rows in lists.items()}}


def _exact(rows: Rows) -> Any:
    """Rows as JSON gives them back; a fraction in them is a mistake of the program."""
    return json.loads(sorted_json(list(rows)), parse_float=_no_fraction)


def _no_fraction(text: str) -> NoReturn:
    raise TypeError(f"{text} in an act: amounts are whole thousandths, money is text.")
