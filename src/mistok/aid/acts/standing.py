"""Where a consignment stands by its acts and its ledger, and what of it is still to be done."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet, Sum

from mistok.aid.acts.entries import ToCount
from mistok.aid.lifecycle import MOVING, WITHOUT_GOODS, Account, ActKind, State
from mistok.aid.models import AidAct, AidLine, Balance, Consignment, DeclaredLine, Entry, Lot

_A, _K, _S = Account, ActKind, State

COMING: Final = (_A.CUSTOMS, _A.IN_TRANSIT)
"""Accounts of goods on the way, in the order in which goods are taken from them."""
ON_HAND: Final = (_A.STORE, _A.DAMAGED)
"""Accounts of goods that lie in the store: as long as there are any, something is to be done."""
_OUT: Final = (_K.ISSUE, _K.REDISTRIBUTION)
_NOTHING_CAME: Final[Mapping[ActKind, State]] = {
    _K.ACCEPTANCE: _S.LOST,
    _K.LOSS: _S.LOST,
    _K.SEIZURE: _S.SEIZED,
    _K.RETURN: _S.RETURNED,
}
"""What becomes of a consignment of which nothing was received, by its last act."""


def living_acts(consignment: Consignment, *kinds: ActKind) -> QuerySet[AidAct]:
    """Acts that stand, of these kinds or of all: neither reversed nor reversals, oldest first."""
    reversals = AidAct.objects.filter(follows=OuterRef("pk"), kind=_K.REVERSAL)
    acts = AidAct.objects.filter(consignment=consignment).exclude(kind=_K.REVERSAL)
    if kinds:
        acts = acts.filter(kind__in=kinds)
    return acts.exclude(Exists(reversals)).order_by("pk")


def amounts(consignment: Consignment) -> Mapping[Account, int]:
    """Only good for asking whether there is anything: amounts of all lots by account."""
    rows = Balance.objects.filter(lot__line__consignment=consignment).values("account")
    summed = rows.annotate(total=Sum("amount")).values_list("account", "total")
    return defaultdict(int, {_A(account): total for account, total in summed})


def to_count(consignment: Consignment) -> list[ToCount]:
    """Lots that can be received now, and lines that were told without an exact number.

    Of a line that customs still hold in part, only what they have let go.
    """
    on_the_way = Balance.objects.filter(lot__line__consignment=consignment, account__in=COMING)
    waiting = _waiting(consignment)
    found: dict[Lot, int] = defaultdict(int)
    for row in on_the_way.filter(amount__gt=0).select_related("lot__line"):
        if row.account == _A.CUSTOMS or row.lot.line_id not in waiting:
            found[row.lot] += row.amount
    rows = [ToCount(line=lot.line, lot=lot, moving=moving) for lot, moving in found.items()]
    rows += [ToCount(line=line) for line in uncounted_lines(consignment)]
    return sorted(rows, key=lambda row: (row.line.position, row.lot.pk if row.lot else 0))


def _waiting(consignment: Consignment) -> set[int]:
    """Numbers of lines that a living declaration names which is not cleared yet."""
    rows = DeclaredLine.objects.filter(
        line__consignment=consignment,
        declaration__expired_on__isnull=True,
        declaration__cleared_on__isnull=True,
    )
    return set(rows.values_list("line_id", flat=True))


def reachable(lot: Lot) -> Mapping[Account, int]:
    """How much of a lot can be received, by the account it comes from.

    While a declaration that names its line waits for customs, only what they have cleared.
    """
    accounts = COMING[:1] if waits_for_customs(lot.line) else COMING
    held = moving(lot)
    return {account: held[account] for account in accounts if held[account]}


def moving(lot: Lot) -> Mapping[Account, int]:
    """How much of a lot is on the way, in transit and cleared by customs."""
    rows = Balance.objects.filter(lot=lot, account__in=COMING).values_list("account", "amount")
    return defaultdict(int, {_A(account): amount for account, amount in rows})


def waits_for_customs(line: AidLine) -> bool:
    """Whether a living declaration that names the line is not cleared yet."""
    return declared_lines(line).filter(declaration__cleared_on__isnull=True).exists()


def declared_lines(line: AidLine) -> QuerySet[DeclaredLine]:
    """What declarations that did not expire say of a line."""
    return DeclaredLine.objects.filter(line=line, declaration__expired_on__isnull=True)


def uncounted_lines(consignment: Consignment) -> list[AidLine]:
    """Lines told without an exact number of which more may come; none where no goods come."""
    if consignment.regime in WITHOUT_GOODS:
        return []
    settled = {
        row["line"]
        for row in told_rows(consignment, *_NOTHING_CAME)
        if row.get("settles_line") is True
    }
    lines = consignment.lines.filter(removed_at__isnull=True).order_by("position")
    return [line for line in lines if not line.countable and line.public_id not in settled]


def told_rows(consignment: Consignment, *kinds: ActKind) -> Iterator[Mapping[str, Any]]:
    """What the acts of these kinds that stand say, row by row."""
    for act in living_acts(consignment, *kinds):
        yield from act.rows


def received_lines(consignment: Consignment) -> set[str]:
    """Public ids of lines of which something came, sound or damaged."""
    rows = told_rows(consignment, _K.ACCEPTANCE)
    return {row["line"] for row in rows if row["received"] or row["damaged"]}


def unvalued_lines(consignment: Consignment) -> list[AidLine]:
    """Lines of which something came and that no commission has valued since the last acceptance."""
    last = living_acts(consignment, _K.ACCEPTANCE).last()
    if last is None:
        return []
    valuations = living_acts(consignment, _K.VALUATION).filter(pk__gt=last.pk)
    valued = {row["line"] for act in valuations for row in act.rows}
    came = received_lines(consignment) - valued
    return list(consignment.lines.filter(public_id__in=came).order_by("position"))


def came_by(lot: Lot, account: Account, until: dt.date) -> int:
    """How much of a lot had come into an account by a day, less all that ever left it.

    What was reversed, and its reversal, do not count: they undo each other.
    """
    standing = Entry.objects.filter(lot=lot, reverses__isnull=True, reversed_by__isnull=True)
    came = standing.filter(target=account, day__lte=until).aggregate(n=Sum("amount"))["n"]
    left = standing.filter(source=account).aggregate(n=Sum("amount"))["n"]
    return (came or 0) - (left or 0)


def due_state(consignment: Consignment) -> State:
    """The state that acts and ledger give a consignment which was sent off.

    It is on the way while anything of it is; received until every line is valued; then in the
    books, being distributed, and distributed when nothing of it lies in the store.
    """
    now = State(consignment.state)
    acts = living_acts(consignment)
    if not acts.exists():
        return before_state(consignment, _S.DISPATCHED) or now
    held = amounts(consignment)
    if any(held[account] for account in COMING) or uncounted_lines(consignment):
        return now if now in MOVING else _last_of(consignment, MOVING) or now
    if not received_lines(consignment):
        last = acts.filter(kind__in=_NOTHING_CAME).last()
        return _NOTHING_CAME[ActKind(last.kind)] if last else now
    on_hand = any(held[account] for account in ON_HAND)
    if unvalued_lines(consignment):
        return _S.RECEIVED if on_hand or _went_elsewhere(consignment) else _S.RETURNED
    if on_hand:
        return _S.DISTRIBUTING if acts.filter(kind__in=_OUT).exists() else _S.ON_BALANCE
    return now if now == _S.REPORTED else _S.DISTRIBUTED


def accepted_on(consignment: Consignment) -> dt.date | None:
    """The day of the latest acceptance that stands."""
    days = living_acts(consignment, _K.ACCEPTANCE).order_by("-day").values_list("day", flat=True)
    return days.first()


def sent_on(consignment: Consignment) -> dt.date | None:
    """The day of the dispatch that stands."""
    last = living_acts(consignment, _K.DISPATCH).last()
    return last.day if last else None


def cleared_on(consignment: Consignment) -> dt.date | None:
    """The day on which a consignment without declarations was cleared by customs.

    The first such passage: a reversal may have brought it there again.
    """
    first = consignment.passages.filter(after=_S.CUSTOMS_CLEARED).order_by("pk").first()
    return first.day if first else None


def _went_elsewhere(consignment: Consignment) -> bool:
    """Whether something that came left otherwise than back to the giver."""
    lost = told_rows(consignment, _K.LOSS)
    used = living_acts(consignment, *_OUT, _K.WRITE_OFF)
    return used.exists() or any(row["from"] in ON_HAND for row in lost)


def before_state(consignment: Consignment, state: State) -> State | None:
    """In which state a consignment was before it last came into another."""
    last = consignment.passages.filter(after=state).order_by("pk").last()
    return State(last.before) if last and last.before else None


def _last_of(consignment: Consignment, states: Iterable[State]) -> State | None:
    """The last of these states that a consignment was in."""
    last = consignment.passages.filter(after__in=states).order_by("pk").last()
    return State(last.after) if last else None
