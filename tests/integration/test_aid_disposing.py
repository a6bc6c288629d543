"""Goods that leave otherwise: passed on, returned, written off, lost, seized, on the way too."""

import acts_cast
import pytest
from acts_cast import (
    COMMISSION,
    DAMAGED,
    STORE,
    TODAY,
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

from living import refuses
from mistok.aid import ledger
from mistok.aid.acts import (
    Counted,
    DisposalRow,
    give_back,
    record_loss,
    record_seizure,
    redistribute,
    request_redistribution,
    to_count,
    write_off,
)
from mistok.aid.lifecycle import Account, State
from mistok.aid.models import AidDeadline
from mistok.kernel.errors import Conflict, Invalid, NotAllowed

pytestmark = pytest.mark.django_db
store = acts_cast.store
IN_TRANSIT = Account.IN_TRANSIT


def of(lot, number, account=STORE):
    return DisposalRow(lot=lot, amount=steps(number), account=account)


def disposed(store, act, row, *rows, **fields):
    told = {
        "actor": store.home.approver,
        "consignment": row,
        "day": ago(7),
        "rows": rows,
        "ground": "Letter 12/03 of the department of health",
        "key": a_key(),
    }
    return act(**told | fields)


def test_beds_are_passed_on_to_a_hospital_of_another_hromada(store):
    row = in_the_books(store.home, 10, regime="humanitarian_aid")
    asked = request_redistribution(actor=store.home.approver, consignment=row, day=ago(8))
    act = disposed(store, redistribute, row, of(the_lot(row), 4), receiver="Bucha hospital")
    assert act.rows[0]["to"] == "Bucha hospital"
    assert lies(the_lot(row), Account.REDISTRIBUTED) == 4
    assert row.state == State.DISTRIBUTING
    asked.refresh_from_db()
    assert (asked.rule, asked.done_on) == ("R07", ago(7))
    copies = AidDeadline.objects.get(rule="R08")
    assert (copies.start, copies.done_on) == (ago(7), None)
    disposed(store, redistribute, row, of(the_lot(row), 6), receiver="Bucha hospital", day=ago(6))
    assert row.state == State.DISTRIBUTED


def test_medical_goods_have_longer_and_gifts_have_no_such_days(store):
    row = in_the_books(store.home, 10)
    asked = request_redistribution(
        actor=store.home.approver, consignment=row, day=ago(8), medical=True, expected=row.version
    )
    assert asked.rule == "R07-M"
    disposed(store, redistribute, row, of(the_lot(row), 4), receiver="Bucha hospital")
    asked.refresh_from_db()
    assert asked.done_on is None
    assert not AidDeadline.objects.filter(rule="R08").exists()


def test_a_request_is_for_goods_in_the_books_and_not_of_tomorrow(store):
    row = sent(store.home, 10)

    def asked(day):
        return lambda: request_redistribution(
            actor=store.home.approver, consignment=row, day=day, today=TODAY
        )

    refuses("still_coming", Conflict, asked(TODAY))
    all_came(store.home, row)
    refuses("not_on_balance", Conflict, asked(TODAY))
    valued(store.home, row)
    refuses("day_to_come", Invalid, asked(ago(-1)))


def test_passing_on_needs_a_receiver_and_another_body_is_another_act(store):
    row = in_the_books(store.home, 10)
    one, key = of(the_lot(row), 1), a_key()
    refuses("text_missing", Invalid, lambda: disposed(store, redistribute, row, one, receiver=" "))
    act = disposed(store, redistribute, row, one, receiver="Bucha hospital", key=key)
    assert disposed(store, redistribute, row, one, receiver="Bucha hospital", key=key) == act
    refuses(
        "key_reused",
        Conflict,
        lambda: disposed(store, redistribute, row, one, receiver="Irpin hospital", key=key),
    )
    assert lies(the_lot(row), Account.REDISTRIBUTED) == 1


def test_what_is_not_valued_is_not_passed_on(store):
    row = sent(store.home, 10)
    all_came(store.home, row)
    one = of(the_lot(row), 1)
    refuses(
        "not_on_balance", Conflict, lambda: disposed(store, redistribute, row, one, receiver="B")
    )


def test_everything_goes_back_to_the_giver(store):
    row = sent(store.home, 10)
    count(store.home, row, Counted(lot=the_lot(row), received=steps(8), damaged=steps(2)))
    disposed(store, give_back, row, of(the_lot(row), 8))
    assert row.state == State.RECEIVED
    disposed(store, give_back, row, of(the_lot(row), 2, DAMAGED))
    assert row.state == State.RETURNED
    assert ledger.sums(row.lines.get()).adds_up


def test_what_is_in_the_books_and_goes_back_is_done_with(store):
    row = in_the_books(store.home, 10)
    disposed(store, give_back, row, of(the_lot(row), 10))
    assert row.state == State.DISTRIBUTED


def test_a_truck_turns_round_at_the_border(store):
    row = sent(store.home, 10)
    disposed(store, give_back, row, of(the_lot(row), 10, IN_TRANSIT))
    assert row.state == State.RETURNED


def test_a_truck_is_lost_and_another_one_seized(store):
    row = sent(store.home, 10)
    disposed(store, record_loss, row, of(the_lot(row), 4, IN_TRANSIT))
    assert row.state == State.DISPATCHED
    disposed(store, record_seizure, row, of(the_lot(row), 6, "in_transit"))
    assert row.state == State.SEIZED


def test_the_rest_is_lost_after_a_part_has_come(store):
    row = sent(store.home, 10)
    count(store.home, row, Counted(lot=the_lot(row), received=steps(4), more_to_come=True))
    disposed(store, record_loss, row, of(the_lot(row), 6, IN_TRANSIT))
    assert row.state == State.RECEIVED


def test_flour_that_nobody_had_weighed_is_lost_on_the_way(store):
    row = a_consignment(store.home)
    line = a_line(row, 5, unit="tonne", bound=">")
    send(store.home, row)
    act = disposed(store, record_loss, row, DisposalRow(line=line))
    assert act.rows == [
        {
            "line": line.public_id,
            "lot": "",
            "unit": "tonne",
            "amount": 0,
            "from": "",
            "settles_line": True,
        }
    ]
    assert not act.entries.exists()
    assert row.state == State.LOST
    assert to_count(row) == []


def test_a_whole_line_is_named_only_while_it_is_to_come_and_nobody_counted_it(store):
    row = a_consignment(store.home)
    line, beds = a_line(row, 5, unit="tonne", bound=">"), a_line(row, 10)
    send(store.home, row)
    whole = DisposalRow(line=line)

    def lost(one, act=record_loss, **fields):
        return lambda: disposed(store, act, row, one, **fields)

    refuses("lot_elsewhere", Invalid, lost(DisposalRow(line=beds)))
    refuses("lot_elsewhere", Invalid, lost(DisposalRow()))
    refuses("lot_elsewhere", Invalid, lost(whole, write_off, commission=COMMISSION))
    count(
        store.home,
        row,
        Counted(line=line, received=5400),
        Counted(lot=the_lot(row, 2), received=steps(10)),
    )
    refuses("lot_elsewhere", Invalid, lost(whole))


def test_mould_in_the_store_is_written_off_by_a_commission(store):
    row = in_the_books(store.home, 10)
    one = of(the_lot(row), 1)
    refuses("commission_too_small", Invalid, lambda: disposed(store, write_off, row, one))
    disposed(store, write_off, row, one, commission=COMMISSION)
    assert (lies(the_lot(row), STORE), row.state) == (9, State.ON_BALANCE)
    disposed(store, record_loss, row, of(the_lot(row), 9))
    assert (lies(the_lot(row), Account.LOST), row.state) == (9, State.DISTRIBUTED)


def test_damaged_goods_are_written_off_last(store):
    row = sent(store.home, 10)
    count(store.home, row, Counted(lot=the_lot(row), received=steps(9), damaged=steps(1)))
    valued(store.home, row)
    give_out(store.home, row, to_people(the_lot(row), 9))
    disposed(store, write_off, row, of(the_lot(row), 1, DAMAGED), commission=COMMISSION)
    assert row.state == State.DISTRIBUTED
    assert ledger.sums(row.lines.get()).adds_up


@pytest.mark.parametrize(
    ("act", "account"),
    [
        (record_seizure, STORE),
        (write_off, IN_TRANSIT),
        (record_loss, DAMAGED),
        (give_back, Account.ISSUED),
        (record_loss, "the moon"),
    ],
)
def test_goods_that_are_not_where_such_an_act_takes_them_from(store, act, account):
    row = sent(store.home, 10)
    one = of(the_lot(row), 1, account)
    refuses("account_wrong", Invalid, lambda: disposed(store, act, row, one, commission=COMMISSION))


def test_days_and_amounts_that_cannot_be(store):
    row = in_the_books(store.home, 10)
    lot = the_lot(row)

    def gone(one, **fields):
        return lambda: disposed(store, give_back, row, one, **fields)

    refuses("before_acceptance", Invalid, gone(of(lot, 1), day=ago(11)))
    refuses("not_enough", Conflict, gone(of(lot, 11)))
    refuses("amount_impossible", Invalid, gone(of(lot, 0)))
    refuses("text_missing", Invalid, gone(of(lot, 1), ground=" "))
    refuses("nothing_named", Invalid, lambda: disposed(store, give_back, row))
    assert lies(lot, STORE) == 10


def test_lost_before_it_was_sent(store):
    row = sent(store.home, 10)
    early = of(the_lot(row), 1, IN_TRANSIT)
    refuses(
        "before_dispatch", Invalid, lambda: disposed(store, record_loss, row, early, day=ago(21))
    )


def test_who_may_not_dispose_and_when_it_is_over(store):
    row = in_the_books(store.home, 10)
    one = of(the_lot(row), 1)
    with pytest.raises(NotAllowed):
        disposed(store, give_back, row, one, actor=store.home.storekeeper)
    disposed(store, give_back, row, of(the_lot(row), 10))
    refuses("wrong_state", Conflict, lambda: disposed(store, give_back, row, one))
    row.state = State.CLOSED
    row.save()
    refuses("consignment_closed", Conflict, lambda: disposed(store, give_back, row, one))
