"""Whatever is done in whatever order, with retries, reversals and crashes: the goods add up."""

import contextlib
from unittest import mock

import acts_cast
import pytest
from acts_cast import (
    COMMISSION,
    a_consignment,
    a_key,
    a_line,
    ago,
    count,
    give_out,
    send,
    to_people,
    valued,
)
from django.db import transaction
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st
from needs_cast import steps

from factories import BUCHA, ZHYTOMYR
from mistok.aid import ledger
from mistok.aid.acts import (
    Counted,
    DisposalRow,
    distribution_table,
    due_state,
    file_report,
    give_back,
    record_loss,
    record_seizure,
    redistribute,
    reverse,
    write_off,
)
from mistok.aid.lifecycle import SOURCES, Account, ActKind, State
from mistok.aid.models import AidAct, Balance, Lot
from mistok.kernel.errors import Refusal

pytestmark = pytest.mark.django_db
store = acts_cast.store
NUMBER = st.integers(0, 5)
WHICH = st.integers(0, 3)
DAY = st.sampled_from([0, 1, 3, 12])
"""How many days ago; some are too early."""
FROM = st.booleans()
LEFT_FROM = (Account.STORE, Account.DAMAGED, Account.IN_TRANSIT)
LEAVING = st.sampled_from(["redistribute", "give_back", "write_off", "lose", "seize"])
ACTS = st.one_of(
    st.tuples(st.just("count"), WHICH, NUMBER, NUMBER, st.booleans(), DAY),
    st.tuples(st.just("count_rest"), DAY),
    st.tuples(st.just("value"), DAY),
    st.tuples(st.just("issue"), WHICH, NUMBER, WHICH, NUMBER, DAY),
    st.tuples(LEAVING, WHICH, NUMBER, FROM, DAY),
    st.tuples(st.sampled_from(["reverse", "reverse"]), NUMBER),
    st.tuples(st.just("report"), st.booleans(), DAY),
    st.tuples(st.just("again")),
    st.tuples(st.just("crash"), WHICH, NUMBER),
)


FIRST = (
    (),
    (("count", 0, 4, 1, True, 12),),
    (("count", 0, 6, 2, False, 12), ("count_rest", 11), ("value", 10)),
    (("count_rest", 12), ("value", 11), ("issue", 0, 2, 0, 3, 5)),
)
"""How histories begin: on the way, in part, with damage, and in the books."""


class Crash(Exception):
    """The power is cut."""


class History:
    """One consignment of two lines, and a third that was told with a bound."""

    def __init__(self, home):
        self.home = home
        self.row = a_consignment(home)
        a_line(self.row, 9)
        a_line(self.row, 7)
        self.vague = a_line(self.row, 3, bound=">")
        send(home, self.row)
        self.last = None

    def do(self, act, *told):
        before = self.entries()
        try:
            with transaction.atomic():
                getattr(self, act)(*told)
        except Refusal:
            assert self.entries() == before
        except Crash:
            assert self.entries() == before
        self.row.refresh_from_db()

    def entries(self):
        return self.row.office.entries.count()

    def lot(self, which):
        lots = list(Lot.objects.filter(line__consignment=self.row).order_by("pk"))
        return lots[which % len(lots)]

    def call(self, service, *args, **fields):
        """A service with a key that is kept, for sending the same again."""
        fields.setdefault("key", a_key())
        self.last = lambda: service(*args, **fields)
        return self.last()

    def count(self, which, received, damaged, more, day):
        named = {"line": self.vague} if which == 3 else {"lot": self.lot(which)}
        told = Counted(**named, received=steps(received), damaged=steps(damaged), more_to_come=more)
        self.call(count, self.home, self.row, told, day=ago(day))

    def count_rest(self, day):
        rows = [
            Counted(lot=lot, received=ledger.balance(lot, Account.IN_TRANSIT))
            for lot in Lot.objects.filter(line__consignment=self.row).exclude(line=self.vague)
        ]
        rows.append(Counted(line=self.vague, received=steps(5)))
        self.call(count, self.home, self.row, *rows, day=ago(day))

    def value(self, day):
        self.call(valued, self.home, self.row, day=ago(day))

    def issue(self, which, number, category, persons, day):
        for_whom = ["households", "displaced", "health", "schools"][category]
        place = [ZHYTOMYR, BUCHA][category % 2]
        one = to_people(
            self.lot(which), number, category=for_whom, settlement=place, persons=persons
        )
        self.call(give_out, self.home, self.row, one, day=ago(day))

    def leave(self, service, which, number, where_it_is, day, **further):
        lot, account = self.lot(which), Account.STORE
        if where_it_is:
            held = [account for account, _ in ledger.balances(lot) if account in LEFT_FROM]
            account = held[number % len(held)] if held else account
        one = DisposalRow(lot=lot, amount=steps(number), account=account)
        self.call(
            service,
            actor=self.home.approver,
            consignment=self.row,
            day=ago(day),
            rows=[one],
            ground="Because.",
            **further,
        )

    def redistribute(self, *told):
        self.leave(redistribute, *told, receiver="Bucha hospital")

    def give_back(self, *told):
        self.leave(give_back, *told)

    def write_off(self, *told):
        self.leave(write_off, *told, commission=COMMISSION)

    def lose(self, *told):
        self.leave(record_loss, *told)

    def seize(self, *told):
        self.leave(record_seizure, *told)

    def reverse(self, number):
        acts = list(AidAct.objects.filter(consignment=self.row).order_by("-pk"))
        act = acts[number % len(acts)]
        self.call(reverse, actor=self.home.approver, act=act, reason="Wrong.")

    def report(self, final, day):
        file_report(
            actor=self.home.officer,
            consignment=self.row,
            number=a_key(),
            filed_on=ago(day),
            final=final,
        )

    def again(self):
        """What succeeded is answered once more and done once; what was refused is so again."""
        if self.last is None:
            return
        with contextlib.suppress(Refusal):
            self.last()
            before = self.entries()
            self.last()
            assert self.entries() == before

    def crash(self, which, number):
        """Killed after the posting and before the end of the act: nothing of it is there."""
        post, last = ledger.post, self.last

        def killed(**fields):
            post(**fields)
            raise Crash

        with mock.patch.object(ledger, "post", killed):
            if self.row.state == State.DISPATCHED:
                self.count(which, number, 0, True, 0)
            else:
                self.issue(which, number, 0, 1, 0)
        self.last = last


def check(history):
    """Conservation by lot, nothing below zero, counts that follow the ledger, the right state."""
    row = history.row
    for lot in Lot.objects.filter(line__consignment=row):
        sums = ledger.lot_sums(lot)
        assert sums.adds_up
        gone = sums.issued + sums.redistributed + sums.returned + sums.written_off + sums.lost
        came = sums.received + sums.damaged + sums.ended_on_way
        assert came == gone + sums.seized + sums.on_hand + sums.damaged_left
        assert min(vars_of(sums)) >= 0
    below = Balance.objects.filter(lot__line__consignment=row, amount__lt=0)
    assert not below.exclude(account__in=SOURCES).exists()
    table = distribution_table(row, for_whom="office")
    issued = Balance.objects.filter(lot__line__consignment=row, account=Account.ISSUED)
    assert sum(one.amount for one in table.amounts) == (issued.aggregate(n=Sum("amount"))["n"] or 0)
    assert row.state == due_state(row)
    if row.state == State.ACCEPTED:
        assert not row.acts.filter(kind=ActKind.DISPATCH, followed_by__isnull=True).exists()


def vars_of(sums):
    return [getattr(sums, name) for name in type(sums).__dataclass_fields__]


@settings(max_examples=25)
@given(st.lists(ACTS, min_size=6, max_size=14), st.sampled_from(FIRST))
def test_every_history_of_a_consignment_adds_up(store, acts, first):
    with transaction.atomic():
        history = History(store.home)
        for act, *told in [*first, *acts]:
            history.do(act, *told)
            check(history)
        assert ledger.check(office=store.home.office).first_bad is None
        transaction.set_rollback(True)
