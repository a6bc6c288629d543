"""What came is counted: exactly, too little, too much, damaged, in parts, late, twice."""

import datetime as dt

import acts_cast
import pytest
from acts_cast import (
    COMMISSION,
    DAMAGED,
    STORE,
    a_consignment,
    a_declaration,
    a_key,
    a_line,
    ago,
    all_came,
    count,
    lies,
    send,
    sent,
    the_lot,
    valued,
)
from django.db import OperationalError
from django.utils import timezone
from needs_cast import steps

from factories import BUCHA, DORTMUND, ZHYTOMYR
from living import refuses
from mistok.aid import ledger
from mistok.aid.acts import (
    Counted,
    DisposalRow,
    Member,
    living_acts,
    record_loss,
    to_count,
)
from mistok.aid.consignments.clearing import clear
from mistok.aid.consignments.passing import pass_to
from mistok.aid.lifecycle import Account, ActKind, State
from mistok.aid.models import AidAct, AidLine, Entry, Lot
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, Unavailable
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
store = acts_cast.store


def test_all_that_was_sent_came_and_the_consignment_is_received(store):
    row = sent(store.home, 10, 4)
    act = all_came(store.home, row, settlement=ZHYTOMYR, remarks="Dry.", signed_by="Olena Koval")
    assert row.state == State.RECEIVED
    assert row.state_since == ago(10)
    assert [lies(the_lot(row, at), STORE) for at in (1, 2)] == [10, 4]
    assert (act.number, act.settlement, act.remarks) == (1, ZHYTOMYR, "Dry.")
    assert [member["duty"] for member in act.commission] == ["head", "accountant", "storekeeper"]
    assert not AidAct.objects.filter(kind=ActKind.DISCREPANCY).exists()
    event = AuditEvent.objects.get(verb="record_acceptance")
    assert event.after["act"] == act.public_id
    assert event.after["office"] == store.home.office.public_id


def test_what_is_missing_and_damaged_goes_into_a_discrepancy_act(store):
    row = sent(store.home, 10)
    lot = the_lot(row)
    act = count(store.home, row, Counted(lot=lot, received=steps(6), damaged=steps(1)))
    further = act.followed_by.get()
    assert (further.kind, further.day) == (ActKind.DISCREPANCY, act.day)
    assert further.rows[0]["shortage"] == steps(3)
    assert further.rows[0]["damaged"] == steps(1)
    assert [lies(lot, one) for one in (STORE, DAMAGED, Account.SHORTAGE)] == [6, 1, 3]
    assert ledger.sums(lot.line).adds_up
    assert row.state == State.RECEIVED


def test_more_than_declared_is_a_surplus_by_an_act_of_its_own(store):
    row = sent(store.home, 10)
    lot = the_lot(row)
    act = count(store.home, row, Counted(lot=lot, received=steps(11), damaged=steps(1)))
    further = act.followed_by.get()
    assert [entry.source for entry in further.entries.all()] == [Account.SURPLUS]
    assert [lies(lot, one) for one in (STORE, DAMAGED)] == [11, 1]
    sums = ledger.sums(lot.line)
    assert (sums.surplus, sums.received, sums.adds_up) == (steps(2), steps(11), True)


def test_a_line_can_be_named_instead_of_its_only_lot(store):
    row = sent(store.home, 10)
    count(store.home, row, Counted(line=row.lines.get(), received=steps(10)))
    assert lies(the_lot(row), STORE) == 10


def test_batches_are_told_apart_and_an_unknown_one_is_all_surplus(store):
    row = a_consignment(store.home)
    details = [
        {"batch": "A1", "serial": "", "expires_on": None, "amount": steps(6)},
        {"batch": "B2", "serial": "", "expires_on": "2030-01-31", "amount": steps(4)},
    ]
    line = a_line(row, 10, lot_details=details)
    send(store.home, row)
    refuses(
        "lot_unclear", Invalid, lambda: count(store.home, row, Counted(line=line, received=1000))
    )
    count(
        store.home,
        row,
        Counted(line=line, batch="A1", received=steps(6)),
        Counted(line=line, batch="B2", received=steps(4)),
        Counted(line=line, batch="C3", received=steps(2), expires_on=dt.date(2031, 5, 1)),
    )
    strange = line.lots.get(batch="C3")
    assert (strange.expires_on, lies(strange, STORE)) == (dt.date(2031, 5, 1), 2)
    assert ledger.sums(line).surplus == steps(2)
    assert row.state == State.RECEIVED


def test_over_five_tonnes_is_counted_at_the_store(store):
    row = a_consignment(store.home)
    line = a_line(row, 5, unit="tonne", bound=">", name="flour")
    send(store.home, row)
    assert not Lot.objects.exists()
    assert [one.line for one in to_count(row)] == [line]
    act = count(
        store.home, row, Counted(line=line, received=5400, damaged=20, batch="M-7"), day=ago(12)
    )
    lot = line.lots.get()
    assert (lot.batch, ledger.balance(lot, STORE), ledger.balance(lot, DAMAGED)) == (
        "M-7",
        5400,
        20,
    )
    assert ledger.balance(lot, Account.DONOR) == -5420
    assert ledger.sums(line).adds_up
    assert act.followed_by.get().rows[0]["damaged"] == 20
    assert row.state == State.RECEIVED
    assert to_count(row) == []


def test_nothing_came_of_a_line_that_nobody_had_counted(store):
    row = a_consignment(store.home)
    a_line(row, 10)
    vague = a_line(row, None)
    send(store.home, row)
    count(
        store.home,
        row,
        Counted(lot=the_lot(row), received=steps(10)),
        Counted(line=vague, received=0),
    )
    assert row.state == State.RECEIVED
    assert not vague.lots.exists()


def test_more_trucks_of_a_line_that_nobody_had_counted(store):
    row = a_consignment(store.home)
    line = a_line(row, 5, unit="tonne", bound=">")
    send(store.home, row)
    count(store.home, row, Counted(line=line, received=3000, more_to_come=True))
    assert row.state == State.DISPATCHED
    lot = line.lots.get()
    count(store.home, row, Counted(lot=lot, received=2500), day=ago(9))
    assert row.state == State.RECEIVED
    assert ledger.balance(lot, STORE) == 5500


def test_parts_of_a_lot_come_one_after_another(store):
    row = sent(store.home, 10)
    lot = the_lot(row)
    count(store.home, row, Counted(lot=lot, received=steps(4), more_to_come=True))
    assert row.state == State.DISPATCHED
    assert [(one.lot, one.moving) for one in to_count(row)] == [(lot, steps(6))]
    count(store.home, row, Counted(lot=lot, received=steps(3), shortage=steps(1)), day=ago(9))
    assert row.state == State.DISPATCHED
    count(store.home, row, Counted(lot=lot, received=steps(2)), day=ago(8))
    assert (row.state, row.state_since) == (State.RECEIVED, ago(8))
    assert [lies(lot, one) for one in (STORE, Account.SHORTAGE)] == [9, 1]


def test_a_consignment_of_which_all_is_missing_is_lost(store):
    row = sent(store.home, 10)
    count(store.home, row, Counted(lot=the_lot(row), received=0))
    assert row.state == State.LOST


def cleared(store, declaration, day):
    return clear(actor=store.home.officer, declaration=declaration, day=day, key=a_key())


def test_customs_let_go_one_truck_after_another(store):
    row = a_consignment(store.home, regime="humanitarian_aid", abroad=True, state="declared")
    line = a_line(row, 10)
    first, second = a_declaration(row, line, 6), a_declaration(row, line, 4)
    send(store.home, row)
    lot = the_lot(row)
    refused = refuses(
        "not_cleared", Conflict, lambda: count(store.home, row, Counted(lot=lot, received=steps(6)))
    )
    assert "folding bed" in str(refused)
    cleared(store, first, ago(12))
    assert [one.moving for one in to_count(row)] == [steps(6)]
    too_many = Counted(lot=lot, received=steps(7))
    refuses("more_than_cleared", Conflict, lambda: count(store.home, row, too_many))
    six = Counted(lot=lot, received=steps(6))
    refuses("before_clearance", Invalid, lambda: count(store.home, row, six, day=ago(13)))
    count(store.home, row, six, day=ago(12))
    assert row.state == State.DISPATCHED
    cleared(store, second, ago(5))
    row.refresh_from_db()
    assert row.state == State.CUSTOMS_CLEARED
    four = Counted(lot=lot, received=steps(4))
    refuses("before_clearance", Invalid, lambda: count(store.home, row, four, day=ago(6)))
    count(store.home, row, four, day=ago(5))
    assert (row.state, lies(lot, STORE)) == (State.RECEIVED, 10)


def test_customs_and_a_line_that_nobody_had_counted(store):
    row = a_consignment(store.home, regime="humanitarian_aid", abroad=True, state="declared")
    line = a_line(row, 5, unit="tonne", bound=">")
    first, second = a_declaration(row, line, 3), a_declaration(row, line, 2)
    send(store.home, row)
    some = Counted(line=line, received=3000)
    refuses("not_cleared", Conflict, lambda: count(store.home, row, some))
    cleared(store, first, ago(12))
    refuses("before_clearance", Invalid, lambda: count(store.home, row, some, day=ago(13)))
    count(store.home, row, some, day=ago(12))
    assert row.state == State.DISPATCHED
    cleared(store, second, ago(6))
    row.refresh_from_db()
    count(store.home, row, Counted(line=line, received=2100), day=ago(6))
    assert row.state == State.RECEIVED
    assert ledger.balance(line.lots.get(), STORE) == 5100


def test_a_gift_between_two_customs_is_not_received_yet(store):
    row = sent(store.home, 10, abroad=True)
    pass_to(actor=store.home.officer, consignment=row, state=State.AT_BORDER, day=ago(15))
    refuses("not_cleared", Conflict, lambda: all_came(store.home, row))
    pass_to(actor=store.home.officer, consignment=row, state=State.CUSTOMS_CLEARED, day=ago(11))
    refuses("before_clearance", Invalid, lambda: all_came(store.home, row, day=ago(12)))
    all_came(store.home, row)
    assert row.state == State.RECEIVED


def test_the_rest_is_lost_at_the_border_after_a_truck_has_come(store):
    row = a_consignment(store.home, regime="humanitarian_aid", abroad=True, state="declared")
    line = a_line(row, 10)
    first = a_declaration(row, line, 6)
    a_declaration(row, line, 4)
    send(store.home, row)
    pass_to(actor=store.home.officer, consignment=row, state=State.EXPORT_CLEARED, day=ago(19))
    cleared(store, first, ago(12))
    row.refresh_from_db()
    count(store.home, row, Counted(lot=the_lot(row), received=steps(6)))
    assert row.state == State.EXPORT_CLEARED
    record_loss(
        actor=store.home.approver,
        consignment=row,
        day=ago(3),
        rows=[DisposalRow(lot=the_lot(row), amount=steps(4), account=Account.IN_TRANSIT)],
        ground="The second truck burnt out.",
        key=a_key(),
    )
    passed = list(row.passages.values_list("after", flat=True))[-2:]
    assert passed == [State.CUSTOMS_CLEARED, State.RECEIVED]


def test_before_the_dispatch_nothing_came(store):
    row = sent(store.home, 10)
    refuses("before_dispatch", Invalid, lambda: all_came(store.home, row, day=ago(21)))
    assert Entry.objects.filter(target=STORE).count() == 0


def test_tomorrow_nothing_has_come_yet(store):
    row = sent(store.home, 10)
    refuses("day_to_come", Invalid, lambda: all_came(store.home, row, day=ago(-1)))


def test_the_same_sent_twice_is_counted_once(store):
    row = sent(store.home, 10)
    counted, key = Counted(lot=the_lot(row), received=steps(9)), a_key()
    version = row.version
    act = count(store.home, row, counted, key=key, expected=version)
    valued(store.home, row)
    again = count(store.home, row, counted, key=key, expected=version)
    assert again == act
    assert AidAct.objects.filter(kind=ActKind.ACCEPTANCE).count() == 1
    assert lies(the_lot(row), STORE) == 9
    other = Counted(lot=the_lot(row), received=steps(8))
    refuses("key_reused", Conflict, lambda: count(store.home, row, other, key=key))
    refuses("key_reused", Conflict, lambda: count(store.home, row, counted, key=key, day=ago(9)))


def test_a_queue_that_waited_too_long_finds_a_closed_consignment(store):
    row = sent(store.home, 10)
    row.state = State.CLOSED
    row.save()
    refused = refuses("consignment_closed", Conflict, lambda: all_came(store.home, row))
    assert "closed" in str(refused)
    assert "Keep" in str(refused)
    assert refused.details == {"state": "closed"}


def test_what_was_received_already_is_not_received_again(store):
    row = sent(store.home, 10)
    all_came(store.home, row)
    refuses("wrong_state", Conflict, lambda: all_came(store.home, row))


def test_two_people_with_the_same_page(store):
    row = sent(store.home, 10)
    stale = row.version - 1
    refuses("consignment_changed", Conflict, lambda: all_came(store.home, row, expected=stale))
    all_came(store.home, row, expected=row.version)
    assert row.state == State.RECEIVED


@pytest.mark.parametrize("who", ["approver", "nobody"])
def test_who_may_not_receive(store, who):
    row = sent(store.home, 10)
    actor = store.home.approver if who == "approver" else store.giver.officer
    with pytest.raises(NotAllowed):
        all_came(store.home, row, actor=actor)
    assert AuditEvent.objects.filter(verb="refused_record_acceptance").exists()


def test_a_commission_is_three_people_of_whom_one_keeps_the_books(store):
    row = sent(store.home, 10)

    def by(*commission):
        return lambda: all_came(store.home, row, commission=commission)

    head, books, keeper = COMMISSION
    refuses("commission_too_small", Invalid, by(head, books))
    twice = Member(name="OLENA KOVAL", duty="member")
    refuses("commission_too_small", Invalid, by(head, books, twice))
    plain = Member(name="Petro Lys", duty="member")
    refuses("accountant_missing", Invalid, by(head, plain, keeper))
    crowd = [Member(name=f"Member {number}", duty="accountant") for number in range(31)]
    refuses("commission_too_large", Invalid, by(*crowd))
    refuses("text_missing", Invalid, by(head, books, Member(name=" ", duty="member")))


def test_lots_and_lines_of_others_are_not_counted(store):
    row, other = sent(store.home, 10), sent(store.home, 5)

    def of(**counted):
        return lambda: count(store.home, row, Counted(received=1000, **counted))

    refuses("lot_elsewhere", Invalid, of(lot=the_lot(other)))
    refuses("lot_elsewhere", Invalid, of(line=other.lines.get()))
    refuses("lot_elsewhere", Invalid, of())
    gone = a_line(row, 3, removed_at=timezone.now())
    refuses("lot_elsewhere", Invalid, of(line=gone))


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"received": -1000}, "amount_impossible"),
        ({"received": 1.5}, "amount_impossible"),
        ({"received": True}, "amount_impossible"),
        ({"received": 10**15}, "amount_impossible"),
        ({"received": 2500}, "amount_not_whole"),
        ({"received": 0, "damaged": steps(11)}, "more_damaged_than_came"),
        ({"received": steps(8), "shortage": steps(3)}, "more_missing_than_came"),
        ({"received": 0, "more_to_come": True}, "nothing_named"),
    ],
)
def test_numbers_that_cannot_be(store, told, code):
    row = sent(store.home, 10)
    refuses(code, Invalid, lambda: count(store.home, row, Counted(lot=the_lot(row), **told)))
    assert lies(the_lot(row), Account.IN_TRANSIT) == 10
    assert row.state == State.DISPATCHED


def test_nothing_can_be_missing_of_what_nobody_had_counted(store):
    row = a_consignment(store.home)
    line = a_line(row, None)
    send(store.home, row)
    short = Counted(line=line, received=1000, shortage=1000)
    refuses("more_missing_than_came", Invalid, lambda: count(store.home, row, short))


def test_damage_beyond_papers_that_name_nothing(store):
    row = sent(store.home, 10)
    line = row.lines.get()
    strange = Counted(line=line, batch="X", received=0, damaged=1000)
    refused = refuses("more_damaged_than_came", Invalid, lambda: count(store.home, row, strange))
    assert "(0)" in str(refused)
    kept = AuditEvent.objects.get(verb="refused_record_acceptance").after["sentence"]
    assert "(0)" not in kept


def test_a_lot_is_counted_once_in_an_act_and_an_act_counts_something(store):
    row = sent(store.home, 10)
    one = Counted(lot=the_lot(row), received=1000, more_to_come=True)
    refuses("counted_twice", Invalid, lambda: count(store.home, row, one, one))
    refuses("nothing_named", Invalid, lambda: count(store.home, row))


@pytest.mark.parametrize("key", [BUCHA, DORTMUND, "iso:UA", "katottg:UA99999999999999999", "here"])
def test_the_place_of_an_act_is_a_settlement_of_the_country(store, key):
    row = sent(store.home, 10)
    if key == BUCHA:
        assert all_came(store.home, row, settlement=key).settlement == BUCHA
    else:
        refuses("settlement_unknown", Invalid, lambda: all_came(store.home, row, settlement=key))


def test_a_full_disk_keeps_nothing(store, monkeypatch):
    row = sent(store.home, 10)

    def full(*_args, **_fields):
        raise OperationalError("database or disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(ledger, "post", full)
        refuses("disk_full", Unavailable, lambda: all_came(store.home, row))
    assert not AidAct.objects.filter(kind=ActKind.ACCEPTANCE).exists()
    all_came(store.home, row)
    assert lies(the_lot(row), STORE) == 10


@pytest.mark.parametrize("error", [OperationalError("locked"), OSError(2, "no such file")])
def test_other_trouble_of_the_machine_is_not_told_as_a_full_disk(store, monkeypatch, error):
    row = sent(store.home, 10)

    def broken(*_args, **_fields):
        raise error

    monkeypatch.setattr(ledger, "post", broken)
    with pytest.raises(type(error)):
        all_came(store.home, row)


def test_money_brings_no_goods_to_count(store):
    row = a_consignment(store.home, regime="grant_money")
    a_line(row, None)
    send(store.home, row)
    assert to_count(row) == []


def test_living_acts_are_told_by_kind(store):
    row = sent(store.home, 10)
    act = count(store.home, row, Counted(lot=the_lot(row), received=steps(9)))
    kinds = [one.kind for one in living_acts(row)]
    assert kinds == [ActKind.DISPATCH, ActKind.ACCEPTANCE, ActKind.DISCREPANCY]
    assert list(living_acts(row, ActKind.ACCEPTANCE)) == [act]
    assert AidLine.objects.get().names["en"] == "folding bed"


def test_refusals_leave_no_name_of_goods_in_the_audit(store):
    row = a_consignment(store.home, restricted=True)
    line = a_line(row, 10, name="CANARY", names={"en": "CANARY"}, restricted=True)
    a_line(row, None, names={})
    send(store.home, row)
    lot, vague = the_lot(row), row.lines.get(position=2)
    wrong = [
        Counted(lot=lot, received=steps(1), shortage=steps(10)),
        Counted(lot=lot, received=0, damaged=steps(11)),
        Counted(lot=lot, received=-1),
        Counted(lot=lot, received=500),
        Counted(line=vague, received=0, shortage=steps(1)),
    ]
    for one in wrong:
        with pytest.raises(Invalid) as refused:
            count(store.home, row, one)
        assert ("CANARY" if one.lot else vague.public_id) in str(refused.value)
    refuses("before_dispatch", Invalid, lambda: all_came(store.home, row, day=ago(25)))
    place = {"settlement": "CANARY street 5"}
    refuses("settlement_unknown", Invalid, lambda: all_came(store.home, row, **place))
    events = list(AuditEvent.objects.filter(verb="refused_record_acceptance"))
    assert len(events) == len(wrong) + 2
    assert not [event for event in events if "CANARY" in str(event.after)]
    told = {event.after["sentence"] for event in events}
    assert f"{line.public_id}: more_missing_than_came." in told
