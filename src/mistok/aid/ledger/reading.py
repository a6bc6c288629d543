"""What lies where: balances of lots, what an office holds, and what became of a line."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from mistok.accounts.models import Office
from mistok.aid.lifecycle import MOVEMENTS, Account
from mistok.aid.models import AidLine, Balance, Entry, Lot

A = Account
ON_THE_WAY = (A.IN_TRANSIT, A.CUSTOMS)
_BEFORE = (A.DONOR, A.SURPLUS, *ON_THE_WAY)
_FORTH = frozenset[tuple[Account, Account]]().union(*MOVEMENTS.values())

Flows = Counter[tuple[Account, Account]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSums:
    """What became of a line or lot, in thousandths of its unit; reversals are taken off.

    `received` is what was sound, with the surplus. `returned` and `lost` count whatever the goods
    were at; `ended_on_way` is the part of them and of `seized` that never reached the store.
    `on_hand` lies in the store, `damaged_left` is damaged and neither returned nor written off,
    `not_sent` is declared and has not left the giver.
    """

    declared: int = 0
    surplus: int = 0
    received: int = 0
    shortage: int = 0
    damaged: int = 0
    moving: int = 0
    issued: int = 0
    redistributed: int = 0
    returned: int = 0
    written_off: int = 0
    lost: int = 0
    seized: int = 0
    on_hand: int = 0
    damaged_left: int = 0
    not_sent: int = 0
    ended_on_way: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether all that came is accounted for, and all that was received (D4-07)."""
        arrived = self.received + self.damaged
        came = self.not_sent + self.moving + arrived + self.shortage + self.ended_on_way
        gone = self.issued + self.redistributed + self.returned + self.written_off
        gone += self.lost + self.seized
        left = self.on_hand + self.damaged_left
        return self.declared + self.surplus == came and arrived + self.ended_on_way == gone + left


def balances(lot: Lot) -> dict[tuple[Account, str], int]:
    """How much of a lot is where, by account and, for issued goods, category; nothing that is 0."""
    rows = Balance.objects.filter(lot=lot).exclude(amount=0)
    return {(Account(row.account), row.category): row.amount for row in rows}


def balance(lot: Lot, account: Account, category: str = "") -> int:
    """How much of a lot is in an account; of issued goods without a category, all of them."""
    rows = Balance.objects.filter(lot=lot, account=account.value)
    if category:
        rows = rows.filter(category=category)
    return int(rows.aggregate(total=Sum("amount", default=0))["total"])


def held(office: Office) -> QuerySet[Balance]:
    """What lies in the store of an office: balances above zero with lot, line and consignment."""
    rows = Balance.objects.filter(lot__office=office, account=A.STORE.value, amount__gt=0)
    return rows.select_related("lot__line__consignment")


def sums(line: AidLine) -> LineSums:
    """What became of a line."""
    return sums_of([line])[line.pk]


def sums_of(lines: Iterable[AidLine]) -> dict[int, LineSums]:
    """The same for many lines in two queries, by the number of the line."""
    rows = {line.pk: line for line in lines}
    lots: dict[int, list[Lot]] = defaultdict(list)
    for lot in Lot.objects.filter(line__in=list(rows)):
        lots[lot.line_id].append(lot)
    flows = _flows(Entry.objects.filter(lot__line__in=list(rows)))
    return {
        number: _added([_sums(lot, flows[lot.pk]) for lot in lots[number]])
        if number in lots
        else _before(line)
        for number, line in rows.items()
    }


def lot_sums(lot: Lot) -> LineSums:
    """What became of a lot."""
    return _sums(lot, _flows(Entry.objects.filter(lot=lot))[lot.pk])


def _flows(entries: QuerySet[Entry]) -> Mapping[int, Flows]:
    """By lot, how much went from where to where, what came back by a reversal taken off."""
    flows: dict[int, Flows] = defaultdict(Counter)
    grouped = entries.order_by().values_list("lot_id", "source", "target")
    for lot, told_source, told_target, total in grouped.annotate(total=Sum("amount")):
        source, target = Account(told_source), Account(told_target)
        # A reversal alone goes back the way: no act moves goods both to and fro.
        if (source, target) in _FORTH:
            flows[lot][source, target] += total
        else:
            flows[lot][target, source] -= total
    return flows


def _sums(lot: Lot, flows: Flows) -> LineSums:
    def went(sources: Iterable[Account], target: Account) -> int:
        return sum(flows[source, target] for source in sources)

    def lies(account: Account) -> int:
        came = sum(amount for (_source, target), amount in flows.items() if target == account)
        return came - sum(n for (source, _target), n in flows.items() if source == account)

    sent = -lies(A.DONOR)
    declared = sent if lot.declared is None else lot.declared
    return LineSums(
        declared=declared,
        surplus=-lies(A.SURPLUS),
        received=went(_BEFORE, A.STORE),
        shortage=lies(A.SHORTAGE),
        damaged=went(_BEFORE, A.DAMAGED),
        moving=sum(map(lies, ON_THE_WAY)),
        issued=lies(A.ISSUED),
        redistributed=lies(A.REDISTRIBUTED),
        returned=lies(A.RETURNED),
        written_off=lies(A.WRITTEN_OFF),
        lost=lies(A.LOST),
        seized=lies(A.SEIZED),
        on_hand=lies(A.STORE),
        damaged_left=lies(A.DAMAGED),
        not_sent=declared - sent,
        ended_on_way=sum(went(ON_THE_WAY, end) for end in (A.RETURNED, A.LOST, A.SEIZED)),
    )


def _before(line: AidLine) -> LineSums:
    """A line that has no lot yet: declared, as far as it can be counted, and not sent."""
    declared = (line.amount or 0) if line.countable else 0
    return LineSums(declared=declared, not_sent=declared)


def _added(parts: Iterable[LineSums]) -> LineSums:
    totals: Counter[str] = Counter()
    for part in parts:
        totals.update({name: getattr(part, name) for name in LineSums.__dataclass_fields__})
    return LineSums(**totals)
