"""Whatever happens, in whatever order, sent twice, broken off or reversed: the ledger adds up."""

from collections import Counter

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_cast import A, K, a_lot, an_act, store

from mistok.aid.ledger import Movement, balances, check, lot_sums, post, reverse_act, sign_heads
from mistok.aid.lifecycle import MOVEMENTS, SOURCES
from mistok.aid.models import AidAct, Entry
from mistok.kernel.errors import Refusal

pytestmark = pytest.mark.django_db
people = store
WAYS = sorted((kind, *way) for kind, ways in MOVEMENTS.items() for way in ways)
DECLARED = 10_000


class Broken(Exception):
    """The power goes off before the transaction ends."""


class Shelf:
    """What a ledger of two lots should say, reckoned as simply as it can be."""

    def __init__(self, people):
        self.people = people
        first = a_lot(people)
        self.lots = [first, a_lot(people, None, first.line.consignment)]
        self.amounts = Counter()
        self.done = []
        self.reversed = set()

    def act(self, number, kind, moved):
        """Post one act; the same number is the same act sent again."""
        act = an_act(
            self.lots[0], kind, by=self.people.officer, key=f"act {number}", body={"m": moved}
        )
        if Entry.objects.filter(act=act).exists():
            return act
        post(act=act, movements=[self.movement(kind, *one) for one in moved])
        return act

    def movement(self, kind, lot, way, amount, category):
        source, target = way
        return Movement(
            self.lots[lot], source, target, amount, category if target == A.ISSUED else ""
        )

    def after(self, moved, back=False):
        """The amounts afterwards, or None where one of the movements is too much."""
        amounts = self.amounts.copy()
        for lot, (source, target), amount, category in reversed(moved) if back else moved:
            taken, put = (target, source) if back else (source, target)
            amounts[self.place(lot, taken, category)] -= amount
            amounts[self.place(lot, put, category)] += amount
            left = amounts[self.place(lot, taken, category)]
            too_much = left < -DECLARED and (lot, taken) == (0, A.DONOR)
            if too_much or (left < 0 and taken not in SOURCES):
                return None
        return amounts

    def place(self, lot, account, category):
        return lot, account, category if account == A.ISSUED else ""

    def kept(self):
        """The balances that the ledger keeps."""
        return {
            (number, account, category): amount
            for number, lot in enumerate(self.lots)
            for (account, category), amount in balances(lot).items()
        }

    def expected(self):
        return {place: amount for place, amount in self.amounts.items() if amount}


@st.composite
def an_act_to_come(draw):
    """Movements of one kind: receiving is likelier, so that there is something to move."""
    kinds = [K.ACCEPTANCE] * 4 + [K.DISPATCH, K.CLEARANCE, K.DISCREPANCY]
    kind = draw(st.sampled_from([*kinds, *(kind for kind, ways in MOVEMENTS.items() if ways)]))
    movement = st.tuples(
        st.sampled_from([0, 0, 1]),
        st.sampled_from(sorted(MOVEMENTS[kind])),
        st.integers(min_value=1, max_value=6_000),
        st.sampled_from(["health", "schools"]),
    )
    return kind, draw(st.lists(movement, min_size=1, max_size=3))


STEP = st.one_of(
    st.tuples(st.just("post"), an_act_to_come()),
    st.tuples(st.just("post"), an_act_to_come()),
    st.tuples(st.just("break"), an_act_to_come()),
    st.tuples(st.just("retry"), st.integers(0, 30)),
    st.tuples(st.just("other body"), st.integers(0, 30)),
    st.tuples(st.just("reverse"), st.integers(0, 30)),
    st.tuples(st.just("sign"), st.none()),
)


def take(shelf, step, told):
    """One step in the ledger, and the same on the shelf."""
    if step == "sign":
        sign_heads()
    elif step in ("post", "break"):
        enter(shelf, *told, broken=step == "break")
    elif shelf.done:
        number, kind, moved, act = shelf.done[told % len(shelf.done)]
        if step == "retry":
            assert shelf.act(number, kind, moved) == act
        elif step == "other body":
            with pytest.raises(Refusal) as caught, transaction.atomic():
                shelf.act(number, kind, [*moved, *moved])
            assert caught.value.code == "key_reused"
        else:
            turn_back(shelf, number, moved, act)


def enter(shelf, kind, moved, broken):
    number, after = AidAct.objects.count(), shelf.after(moved)
    try:
        with transaction.atomic():
            act = shelf.act(number, kind, moved)
            if broken:
                raise Broken
    except Broken:
        return
    except Refusal as refusal:
        found = refusal.code
    else:
        found = ""
        shelf.amounts = after
        shelf.done.append((number, kind, moved, act))
    assert bool(found) == (after is None)
    assert found in ("", "not_enough", "more_than_declared")


def turn_back(shelf, number, moved, act):
    after = shelf.after(moved, back=True)
    told = {"actor": shelf.people.approver, "act": act, "reason": "Wrong."}
    key = f"back {number} {AidAct.objects.count()}"
    if number in shelf.reversed or after is None:
        with pytest.raises(Refusal) as caught, transaction.atomic():
            reverse_act(key=key, **told)
        wanted = "already_reversed" if number in shelf.reversed else "not_enough"
        assert caught.value.code == wanted
        return
    first = reverse_act(key=key, **told)
    assert reverse_act(key=key, **told) == first
    shelf.reversed.add(number)
    shelf.amounts = after


@settings(max_examples=60)
@given(steps=st.lists(STEP, min_size=3, max_size=25))
def test_ledger_adds_up_after_any_history(people, steps):
    with transaction.atomic():
        shelf = Shelf(people)
        for step, told in steps:
            take(shelf, step, told)
            assert shelf.kept() == shelf.expected()
        for number, lot in enumerate(shelf.lots):
            adds_up(lot_sums(lot), declared=DECLARED if number == 0 else None)
        found = check()
        assert (found.first_bad, found.entries) == (None, Entry.objects.count())
        transaction.set_rollback(True)


def adds_up(found, declared):
    """D4-07 for one lot, and nothing below zero."""
    assert found.adds_up
    values = [getattr(found, name) for name in type(found).__dataclass_fields__]
    assert min(values) >= 0
    if declared is not None:
        assert found.declared == declared
    if not found.ended_on_way:
        came = found.received + found.shortage + found.damaged + found.moving + found.not_sent
        assert found.declared + found.surplus == came
        gone = found.issued + found.redistributed + found.returned + found.written_off
        left = found.on_hand + found.damaged_left
        assert found.received + found.damaged == gone + found.lost + left


@pytest.mark.parametrize("way", WAYS)
def test_no_act_moves_goods_to_and_fro(way):
    # `reading` tells a reversal by its direction.
    _kind, source, target = way
    assert all((target, source) != other[1:] for other in WAYS)
