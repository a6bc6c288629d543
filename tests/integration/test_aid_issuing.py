"""Goods leave the store: to settlements and categories, never more than there is, counted once."""

import acts_cast
import pytest
from acts_cast import (
    STORE,
    a_consignment,
    a_key,
    a_line,
    ago,
    all_came,
    count,
    give_out,
    in_the_books,
    lies,
    send,
    sent,
    the_lot,
    to_people,
    valued,
)
from needs_cast import steps

from factories import BUCHA, DORTMUND, ZHYTOMYR
from living import refuses
from mistok.aid import ledger
from mistok.aid.acts import Counted
from mistok.aid.lifecycle import Account, ActKind, State
from mistok.aid.models import AidAct, Distribution
from mistok.kernel.errors import Conflict, Invalid, NotAllowed
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
store = acts_cast.store


def test_beds_for_households_and_for_a_hospital(store):
    row = in_the_books(store.home, 10)
    lot = the_lot(row)
    act = give_out(
        store.home,
        row,
        to_people(lot, 4, households=2, persons=4),
        to_people(lot, 3, category="health", settlement=BUCHA),
        ground="List of the social service",
    )
    assert row.state == State.DISTRIBUTING
    assert lies(lot, STORE) == 3
    assert ledger.balance(lot, Account.ISSUED, "health") == steps(3)
    told = [(one.settlement, one.category, one.households, one.persons) for one in issued(row)]
    assert told == [(ZHYTOMYR, "households", 2, 4), (BUCHA, "health", None, None)]
    assert act.rows[0]["persons"] == 4
    assert act.ground == "List of the social service"
    event = AuditEvent.objects.get(verb="record_issue")
    assert set(event.after) == {"version", "office", "state", "regime", "act", "number"}


def issued(row):
    return Distribution.objects.filter(act__consignment=row).order_by("pk")


def test_when_nothing_is_left_it_is_distributed(store):
    row = in_the_books(store.home, 10, 2)
    give_out(store.home, row, to_people(the_lot(row), 10), to_people(the_lot(row, 2), 2))
    assert (row.state, row.state_since) == (State.DISTRIBUTED, ago(8))
    one = to_people(the_lot(row), 1)
    refuses("wrong_state", Conflict, lambda: give_out(store.home, row, one))


def test_an_issue_recorded_late_keeps_the_passages_in_order(store):
    row = in_the_books(store.home, 10)
    give_out(store.home, row, to_people(the_lot(row), 4), day=ago(3))
    give_out(store.home, row, to_people(the_lot(row), 6), day=ago(7))
    assert (row.state, row.state_since) == (State.DISTRIBUTED, ago(3))


def test_damaged_goods_still_lie_there(store):
    row = sent(store.home, 10)
    count(store.home, row, Counted(lot=the_lot(row), received=steps(9), damaged=steps(1)))
    valued(store.home, row)
    give_out(store.home, row, to_people(the_lot(row), 9))
    assert row.state == State.DISTRIBUTING


def test_more_than_there_is_cannot_be_issued(store):
    row = in_the_books(store.home, 10)
    lot = the_lot(row)
    refused = refuses(
        "not_enough",
        Conflict,
        lambda: give_out(store.home, row, to_people(lot, 6), to_people(lot, 5)),
    )
    assert "4" in str(refused)
    assert lies(lot, STORE) == 10
    assert not Distribution.objects.exists()
    assert row.state == State.ON_BALANCE


def test_nothing_is_given_out_before_it_was_accepted(store):
    row = sent(store.home, 10)
    count(store.home, row, Counted(lot=the_lot(row), received=steps(4), more_to_come=True))
    all_came(store.home, row, day=ago(6))
    valued(store.home, row, day=ago(6))
    four, five = to_people(the_lot(row), 4), to_people(the_lot(row), 5)
    refuses("before_acceptance", Invalid, lambda: give_out(store.home, row, four, day=ago(11)))
    refuses("before_acceptance", Invalid, lambda: give_out(store.home, row, five, day=ago(8)))
    give_out(store.home, row, four, day=ago(8))
    give_out(store.home, row, five, day=ago(6))
    assert lies(the_lot(row), STORE) == 1


def test_goods_that_are_not_valued_are_not_given_out(store):
    row = sent(store.home, 10, 5)
    one = to_people(the_lot(row), 1)
    refuses("still_coming", Conflict, lambda: give_out(store.home, row, one))
    all_came(store.home, row)
    refused = refuses("not_on_balance", Conflict, lambda: give_out(store.home, row, one))
    assert refused.details == {"lines": 2}


def test_a_queue_of_issues_for_a_consignment_that_was_closed(store):
    row = in_the_books(store.home, 10)
    row.state = State.CLOSED
    row.save()
    one = to_people(the_lot(row), 1)
    refuses("consignment_closed", Conflict, lambda: give_out(store.home, row, one))


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"number": 0}, "amount_impossible"),
        ({"number": -1}, "amount_impossible"),
        ({"number": 1, "category": "the mayor"}, "category_wrong"),
        ({"number": 1, "category": ""}, "category_wrong"),
        ({"number": 1, "settlement": ""}, "settlement_missing"),
        ({"number": 1, "settlement": DORTMUND}, "settlement_unknown"),
        ({"number": 1, "settlement": "katottg:UA18000000000041385"}, "settlement_unknown"),
        ({"number": 1, "households": 5, "persons": 4}, "count_impossible"),
        ({"number": 1, "persons": -1}, "count_impossible"),
        ({"number": 1, "households": 10_000_001}, "count_impossible"),
    ],
)
def test_rows_that_cannot_be(store, told, code):
    row = in_the_books(store.home, 10)
    wrong = to_people(the_lot(row), **told)
    refuses(code, Invalid, lambda: give_out(store.home, row, wrong))
    assert lies(the_lot(row), STORE) == 10
    assert not AidAct.objects.filter(kind=ActKind.ISSUE).exists()


def test_an_issue_of_nothing_and_of_the_goods_of_others(store):
    row, other = in_the_books(store.home, 10), in_the_books(store.home, 5)
    refuses("nothing_named", Invalid, lambda: give_out(store.home, row))
    theirs = to_people(the_lot(other), 1)
    refuses("lot_elsewhere", Invalid, lambda: give_out(store.home, row, theirs))


def test_a_double_scan_issues_once(store):
    row = in_the_books(store.home, 10)
    one, key = to_people(the_lot(row), 10, persons=20), a_key()
    act = give_out(store.home, row, one, key=key)
    assert give_out(store.home, row, one, key=key) == act
    assert (lies(the_lot(row), STORE), issued(row).count()) == (0, 1)
    other = to_people(the_lot(row), 10, persons=21)
    refuses("key_reused", Conflict, lambda: give_out(store.home, row, other, key=key))


def test_who_may_not_issue(store):
    row = in_the_books(store.home, 10)
    one = to_people(the_lot(row), 1)
    with pytest.raises(NotAllowed):
        give_out(store.home, row, one, actor=store.home.officer)


def test_half_a_tonne_can_be_given_out_and_half_a_bed_cannot(store):
    row = a_consignment(store.home)
    line = a_line(row, 5, unit="tonne", bound=">")
    a_line(row, 4)
    send(store.home, row)
    count(
        store.home,
        row,
        Counted(line=line, received=5400),
        Counted(lot=the_lot(row, 2), received=steps(4)),
    )
    valued(store.home, row)
    give_out(store.home, row, to_people(the_lot(row), "0.5"))
    assert ledger.balance(the_lot(row), STORE) == 4900
    half = to_people(the_lot(row, 2), "0.5")
    refuses("amount_not_whole", Invalid, lambda: give_out(store.home, row, half))
