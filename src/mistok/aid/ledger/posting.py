"""Entries are written: checked, chained, and counted into balances, all of them or none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F

from mistok.aid.ledger import refusing
from mistok.aid.ledger.chain import act_hash, entry_hash, lot_hash
from mistok.aid.ledger.holding import hold
from mistok.aid.lifecycle import MOVEMENTS, SOURCES, Account, ActKind
from mistok.aid.models import AidAct, Balance, Chain, Entry, Lot
from mistok.kernel.ids import public_id
from mistok.needs.lines.amounts import MOST_STEPS
from mistok.needs.models.lines import EndUser


@dataclass(frozen=True, slots=True)
class Movement:
    """So many thousandths of the lot's unit from one account to another.

    `category`: for whom goods are issued, and empty for every other account.
    """

    lot: Lot
    source: Account
    target: Account
    amount: int
    category: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """A movement as it will stand in the chain; `reverses` the entry that it turns round."""

    movement: Movement
    reverses: Entry | None = None


def post(*, act: AidAct, movements: Sequence[Movement], document: str = "") -> list[Entry]:
    """Move goods by an act, inside the caller's transaction; gives the entries in their order.

    `document`: the SHA-256 of the paper that the act rests on. Raises Invalid (`lot_elsewhere`,
    `movement_unknown`, `amount_not_positive`, `category_wrong`), Conflict (`not_enough` telling
    what is there, `more_than_declared`); then nothing is posted.
    """
    for movement in movements:
        _check(act, movement)
    return write(act, [Turn(movement) for movement in movements], document)


@transaction.atomic
def write(act: AidAct, turns: Sequence[Turn], document: str) -> list[Entry]:
    """Chain checked movements and count them; raises Conflict as `post` does."""
    chain = hold(act.office)
    for turn in turns:
        _take(turn.movement)
        _put(turn.movement)
    entries = list(_chained(chain, act, turns, document))
    Entry.objects.bulk_create(entries)
    Chain.objects.filter(pk=chain.pk).update(length=chain.length, last=chain.last)
    return entries


def _check(act: AidAct, movement: Movement) -> None:
    lot, way = movement.lot, (movement.source, movement.target)
    if lot.office_id != act.office_id or lot.line.consignment_id != act.consignment_id:
        raise refusing.lot_elsewhere(lot)
    if way not in MOVEMENTS[ActKind(act.kind)]:
        raise refusing.movement_unknown(act, *way)
    # Not `isinstance`: True is an int as well, and a number with a point must not slip through.
    if type(movement.amount) is not int or not 0 < movement.amount <= MOST_STEPS:
        raise refusing.amount_impossible(lot)
    known = EndUser.values if movement.target == Account.ISSUED else [""]
    if movement.category not in known:
        raise refusing.category_wrong(lot)


def category_in(account: str, category: str) -> str:
    """What balances of an account are kept by besides the lot: issued goods by category."""
    return category if account == Account.ISSUED else ""


def _take(movement: Movement) -> None:
    """Out of the source, if it holds as much; from the giver as much as the papers name."""
    lot, account, amount = movement.lot, movement.source, movement.amount
    place = {
        "lot": lot,
        "account": account.value,
        "category": category_in(account, movement.category),
    }
    floor = _floor(lot, account)
    rows = Balance.objects.filter(**place)
    if floor is not None:
        rows = rows.filter(amount__gte=floor + amount)
    if rows.update(amount=F("amount") - amount):
        return
    there = Balance.objects.filter(**place).values_list("amount", flat=True).first()
    if there is None and (floor is None or amount <= -floor):
        Balance.objects.create(**place, amount=-amount)
        return
    left = (there or 0) - (floor or 0)
    if account == Account.DONOR:
        raise refusing.more_than_declared(lot, left, amount)
    raise refusing.not_enough(lot, account, left, amount)


def _floor(lot: Lot, account: Account) -> int | None:
    """How low an account may fall: to zero, for sources below it, from the giver to the declared.

    None: as low as it comes, for what is more than declared and what was told without a number.
    """
    if account not in SOURCES:
        return 0
    if account == Account.DONOR and lot.declared is not None:
        return -lot.declared
    return None


def _put(movement: Movement) -> None:
    account = movement.target
    place = {
        "lot": movement.lot,
        "account": account.value,
        "category": category_in(account, movement.category),
    }
    if not Balance.objects.filter(**place).update(amount=F("amount") + movement.amount):
        Balance.objects.create(**place, amount=movement.amount)


def _chained(chain: Chain, act: AidAct, turns: Sequence[Turn], document: str) -> Iterable[Entry]:
    """Entries with numbers and hashes; the chain in memory grows with them."""
    act_told = act_hash(act)
    before = Entry.objects.filter(act=act).count()
    lots: dict[int, str] = {}
    for place, turn in enumerate(turns, before + 1):
        movement, lot = turn.movement, turn.movement.lot
        if lot.pk not in lots:
            lots[lot.pk] = lot_hash(lot)
        key = f"{act.key}:{place}"
        entry = Entry(
            public_id=public_id("entry", act.office.public_id, key),
            office=act.office,
            number=chain.length + 1,
            lot=lot,
            source=movement.source.value,
            target=movement.target.value,
            category=movement.category,
            amount=movement.amount,
            act=act,
            document=document,
            day=act.day,
            at=act.at,
            by=act.by,
            key=key,
            reverses=turn.reverses,
            previous=chain.last,
        )
        entry.hash = entry_hash(entry, lot=lots[lot.pk], act=act_told)
        chain.length, chain.last = entry.number, entry.hash
        yield entry
