"""Many storekeepers at one moment, each over a connection of her own: nothing twice or lost."""

import random
from types import SimpleNamespace

import pytest
from django.db import transaction
from ledger_cast import A, K, a_lot, an_act, kind_of, move, steps
from needs_cast import at_work

from factories import BUCHA, ZHYTOMYR
from mistok.aid.ledger import (
    Movement,
    balance,
    balances,
    check,
    hold,
    lot_sums,
    post,
    reverse_act,
    sign_heads,
)
from mistok.aid.models import AidAct, Entry
from mistok.kernel.errors import Refusal
from side_by_side import side_by_side

pytestmark = pytest.mark.django_db
HANDS = 8


@pytest.fixture(scope="module")
def at_once(django_db_setup, django_db_blocker, world, tmp_path_factory):
    """The same people for all tests of this module."""
    folder = tmp_path_factory.mktemp("at-once")
    with django_db_blocker.unblock(), side_by_side(the_people, folder) as found:
        yield found


def the_people():
    return SimpleNamespace(home=at_work(ZHYTOMYR, "Zhytomyr"), other=at_work(BUCHA, "Bucha"))


def issue(people, lot, number, key):
    """One storekeeper issues: the act, however often the same is sent."""
    with transaction.atomic():
        hold(lot.office)
        act = an_act(lot, K.ISSUE, by=people.officer, key=key, body={"number": number})
        if not Entry.objects.filter(act=act).exists():
            moved = [Movement(lot, A.STORE, A.ISSUED, steps(number), "health")]
            post(act=act, movements=moved)
        return act.public_id


def stored(at_once, people, number=10):
    def made():
        with transaction.atomic():
            lot = a_lot(people, number)
            move(lot, A.DONOR, A.STORE, number, by=people.officer)
        return lot

    return at_once.one(made)


def holds(at_once):
    found = at_once.one(check)
    assert found.first_bad is None
    return found


def test_of_many_who_issue_the_last_piece_one_does(at_once):
    people = at_once.people.home
    lot = stored(at_once, people, 3)
    acts = [lambda key=key: issue(people, lot, 1, f"last {key}") for key in range(HANDS)]
    found = at_once.do(*acts)
    assert found.count("not_enough") == HANDS - 3
    assert at_once.one(lambda: balances(lot)) == {
        (A.DONOR, ""): -3000,
        (A.ISSUED, "health"): 3000,
    }
    holds(at_once)


def test_same_scan_sent_many_times_at_once_is_one_act(at_once):
    people = at_once.people.home
    lot = stored(at_once, people)
    found = at_once.do(*[lambda: issue(people, lot, 1, "scan")] * HANDS)
    assert len(set(found)) == 1
    assert at_once.one(lambda: balance(lot, A.STORE)) == 9000
    assert at_once.one(lambda: AidAct.objects.filter(key="scan").count()) == 1


def test_act_is_reversed_once_by_many(at_once):
    people = at_once.people.home
    lot = stored(at_once, people)
    act = at_once.one(lambda: AidAct.objects.get(public_id=issue(people, lot, 4, "wrong")))

    def back(key):
        told = {"actor": people.approver, "act": act, "reason": "Wrong."}
        return reverse_act(key=f"back {key}", **told).public_id

    found = at_once.do(*[lambda key=key: back(key) for key in range(HANDS)])
    assert found.count("already_reversed") == HANDS - 1
    assert at_once.one(lambda: balance(lot, A.STORE)) == 10000
    holds(at_once)


def test_first_act_of_an_office_makes_its_chain_once(at_once):
    people = at_once.people.other

    def first(key):
        with transaction.atomic():
            lot = a_lot(people)
            return move(lot, A.DONOR, A.STORE, 1, by=people.officer, key=f"first {key}").number

    numbers = at_once.do(*[lambda key=key: first(key) for key in range(HANDS)])
    assert sorted(numbers) == list(range(1, HANDS + 1))
    holds(at_once)


def test_head_is_signed_once(at_once):
    at_once.one(sign_heads)
    stored(at_once, at_once.people.home)
    assert sum(at_once.do(*[sign_heads] * 3)) == 1
    holds(at_once)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_random_histories_side_by_side_add_up(at_once, seed):
    people = at_once.people.home
    lots = [stored(at_once, people, 20) for _number in range(2)]

    def history(number):
        dice = random.Random(seed * 100 + number)
        return [turn_of(dice, people, lots, f"{seed} {number} {turn}") for turn in range(8)]

    def watch():
        return [check().first_bad for _turn in range(4)]

    *told, seen = at_once.do(
        *[lambda number=number: history(number) for number in range(HANDS)], watch
    )
    # Whoever checks meanwhile sees one moment, in which everything adds up.
    assert seen == [None] * 4
    acknowledged = sorted(key for keys in told for key in keys if key)
    kept = at_once.one(
        lambda: sorted(
            AidAct.objects.filter(key__startswith=f"{seed} ").values_list("key", flat=True)
        )
    )
    assert kept == acknowledged
    holds(at_once)
    for lot in lots:
        assert at_once.one(lambda lot=lot: lot_sums(lot)).adds_up


WAYS = [
    (A.STORE, A.ISSUED),
    (A.STORE, A.LOST),
    (A.STORE, A.WRITTEN_OFF),
    (A.STORE, A.RETURNED),
    (A.SURPLUS, A.STORE),
]


def turn_of(dice, people, lots, key):
    """One act, perhaps sent twice; gives its key, or nothing where it was refused."""
    lot = dice.choice(lots)
    try:
        if dice.random() < 0.25:
            acts = AidAct.objects.filter(consignment=lot.line.consignment).exclude(kind="reversal")
            act = dice.choice(list(acts))
            reverse_act(actor=people.approver, act=act, reason="Wrong.", key=key)
            return key
        source, target = dice.choice(WAYS)
        number = dice.randint(1, 6)
        for _time in range(dice.randint(1, 2)):
            enter(people, lot, (source, target), number, key)
    except Refusal:
        return ""
    return key


def enter(people, lot, way, number, key):
    with transaction.atomic():
        act = an_act(lot, kind_of(*way), by=people.officer, key=key, body={"number": number})
        if not Entry.objects.filter(act=act).exists():
            category = "health" if way[1] == A.ISSUED else ""
            post(act=act, movements=[Movement(lot, *way, steps(number), category)])
