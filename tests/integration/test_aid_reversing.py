"""An act is taken back: both stay, counts of people go with it, and the state goes back too."""

import acts_cast
import pytest
from acts_cast import (
    COMMISSION,
    STORE,
    TODAY,
    a_consignment,
    a_declaration,
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
    distribution_table,
    file_report,
    give_back,
    record_loss,
    reverse,
    to_count,
    write_off,
)
from mistok.aid.consignments import clear
from mistok.aid.lifecycle import Account, ActKind, State
from mistok.aid.models import AidAct
from mistok.kernel.errors import Conflict, Invalid, NotAllowed
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
store = acts_cast.store


def back(store, act, **fields):
    told = {
        "actor": store.home.approver,
        "act": act,
        "reason": "The wrong lot was scanned.",
        "key": a_key(),
    }
    reversal = reverse(**told | fields)
    act.consignment.refresh_from_db()
    return reversal


def test_an_issue_is_taken_back_with_the_people_it_counted(store):
    row = in_the_books(store.home, 10)
    first = give_out(store.home, row, to_people(the_lot(row), 4, persons=40))
    give_out(store.home, row, to_people(the_lot(row), 6, persons=60), day=ago(7))
    assert row.state == State.DISTRIBUTED
    reversal = back(store, first)
    row.refresh_from_db()
    assert (reversal.kind, reversal.follows) == (ActKind.REVERSAL, first)
    assert (row.state, row.state_since) == (State.DISTRIBUTING, TODAY)
    assert row.passages.last().note == "The wrong lot was scanned."
    assert lies(the_lot(row), STORE) == 4
    table = distribution_table(row, for_whom="office")
    assert dict(table.persons_by_category) == {"households": 60}
    assert [one.amount for one in table.amounts] == [steps(6)]
    event = AuditEvent.objects.get(verb="reverse_aid_act")
    assert event.after["reversal"] == reversal.public_id


def test_all_that_was_issued_is_taken_back(store):
    row = in_the_books(store.home, 10)
    act = give_out(store.home, row, to_people(the_lot(row), 10))
    back(store, act)
    row.refresh_from_db()
    assert row.state == State.ON_BALANCE
    give_out(store.home, row, to_people(the_lot(row), 10), day=ago(6))
    assert row.state == State.DISTRIBUTED


def test_an_issue_that_changes_no_state(store):
    row = in_the_books(store.home, 10)
    first = give_out(store.home, row, to_people(the_lot(row), 4))
    give_out(store.home, row, to_people(the_lot(row), 2))
    passages = row.passages.count()
    back(store, first)
    row.refresh_from_db()
    assert (row.state, row.passages.count()) == (State.DISTRIBUTING, passages)


def test_an_acceptance_goes_back_with_its_discrepancy_act_and_is_done_anew(store):
    row = sent(store.home, 10)
    act = count(store.home, row, Counted(lot=the_lot(row), received=steps(12)))
    back(store, act)
    row.refresh_from_db()
    lot = the_lot(row)
    assert row.state == State.DISPATCHED
    assert [lies(lot, one) for one in (STORE, Account.IN_TRANSIT)] == [0, 10]
    assert AidAct.objects.filter(kind=ActKind.REVERSAL).count() == 2
    assert [one.moving for one in to_count(row)] == [steps(10)]
    count(store.home, row, Counted(lot=lot, received=steps(9)))
    assert row.state == State.RECEIVED
    sums = ledger.sums(lot.line)
    assert (sums.received, sums.shortage, sums.surplus, sums.adds_up) == (9000, 1000, 0, True)


def test_after_a_new_acceptance_goods_are_valued_anew(store):
    row = sent(store.home, 10)
    act = all_came(store.home, row)
    valued(store.home, row)
    back(store, act)
    row.refresh_from_db()
    assert row.state == State.DISPATCHED
    all_came(store.home, row)
    assert row.state == State.RECEIVED


def test_flour_is_counted_anew(store):
    row = a_consignment(store.home)
    line = a_line(row, 5, unit="tonne", bound=">")
    send(store.home, row)
    act = count(store.home, row, Counted(line=line, received=5400))
    back(store, act)
    row.refresh_from_db()
    assert (row.state, [one.line for one in to_count(row)]) == (State.DISPATCHED, [line])
    count(store.home, row, Counted(line=line, received=5300))
    assert (line.lots.count(), ledger.balance(line.lots.get(), STORE)) == (1, 5300)


def test_of_two_acceptances_the_later_goes_back_first(store):
    row = sent(store.home, 10)
    lot = the_lot(row)
    first = count(store.home, row, Counted(lot=lot, received=steps(4), more_to_come=True))
    second = count(store.home, row, Counted(lot=lot, received=steps(6)), day=ago(9))
    refused = refuses("not_enough", Conflict, lambda: back(store, first))
    assert "Reverse them first" in str(refused)
    back(store, second)
    row.refresh_from_db()
    assert row.state == State.DISPATCHED
    back(store, first)
    assert lies(lot, Account.IN_TRANSIT) == 10


def test_an_acceptance_stays_while_its_goods_are_given_out(store):
    row = in_the_books(store.home, 10)
    act = row.acts.get(kind=ActKind.ACCEPTANCE)
    give_out(store.home, row, to_people(the_lot(row), 1))
    refuses("not_enough", Conflict, lambda: back(store, act))
    assert lies(the_lot(row), STORE) == 9


def test_a_discrepancy_act_alone_and_a_reversal_stay(store):
    row = sent(store.home, 10)
    act = count(store.home, row, Counted(lot=the_lot(row), received=steps(12)))
    refuses("follows_another", Conflict, lambda: back(store, act.followed_by.get()))
    reversal = back(store, act)
    refuses("reversal_stays", Conflict, lambda: back(store, reversal))
    refuses("already_reversed", Conflict, lambda: back(store, act))


def test_a_valuation_is_taken_back_by_words(store):
    row = in_the_books(store.home, 10)
    act = row.acts.get(kind=ActKind.VALUATION)
    key = a_key()
    refuses("day_before_act", Invalid, lambda: back(store, act, day=ago(10)))
    refuses("text_missing", Invalid, lambda: back(store, act, reason=" "))
    reversal = back(store, act, key=key, day=ago(3))
    row.refresh_from_db()
    assert (row.state, row.state_since) == (State.RECEIVED, ago(3))
    assert back(store, act, key=key, day=ago(3)) == reversal
    refuses("key_reused", Conflict, lambda: back(store, act, key=key, reason="Other"))
    refuses("already_reversed", Conflict, lambda: back(store, act))
    assert row.acts.filter(kind=ActKind.REVERSAL).count() == 1
    valued(store.home, row)
    assert row.state == State.ON_BALANCE


def test_a_valuation_taken_back_while_goods_are_given_out(store):
    row = in_the_books(store.home, 10)
    give_out(store.home, row, to_people(the_lot(row), 10))
    back(store, row.acts.get(kind=ActKind.VALUATION))
    row.refresh_from_db()
    assert row.state == State.RECEIVED
    valued(store.home, row)
    assert row.state == State.DISTRIBUTED


def test_the_same_reversal_twice_is_one(store):
    row = in_the_books(store.home, 10)
    act, key = give_out(store.home, row, to_people(the_lot(row), 4)), a_key()
    reversal = back(store, act, key=key)
    assert back(store, act, key=key) == reversal
    assert lies(the_lot(row), STORE) == 10


def test_a_dispatch_is_taken_back_and_goods_are_sent_again(store):
    row = sent(store.home, 10)
    act = row.acts.get(kind=ActKind.DISPATCH)
    back(store, act)
    row.refresh_from_db()
    assert row.state == State.ACCEPTED
    assert lies(the_lot(row), Account.IN_TRANSIT) == 0
    send(store.home, row, day=TODAY)
    assert lies(the_lot(row), Account.IN_TRANSIT) == 10
    act = all_came(store.home, row, day=TODAY)
    refuses(
        "not_enough",
        Conflict,
        lambda: back(store, row.acts.filter(kind=ActKind.DISPATCH).last()),
    )
    assert act.day == TODAY


def test_what_was_lost_on_the_way_is_found(store):
    row = sent(store.home, 10)
    act = record_loss(
        actor=store.home.approver,
        consignment=row,
        day=ago(12),
        rows=[DisposalRow(lot=the_lot(row), amount=steps(10), account=Account.IN_TRANSIT)],
        ground="No word from the driver for a week",
        key=a_key(),
    )
    assert row.state == State.LOST
    back(store, act)
    row.refresh_from_db()
    assert row.state == State.DISPATCHED
    all_came(store.home, row)
    assert row.state == State.RECEIVED


def test_after_a_write_off_taken_back_goods_lie_there_again(store):
    row = in_the_books(store.home, 10)
    act = write_off(
        actor=store.home.approver,
        consignment=row,
        day=ago(8),
        rows=[DisposalRow(lot=the_lot(row), amount=steps(10))],
        ground="Mould",
        commission=COMMISSION,
        key=a_key(),
    )
    assert row.state == State.DISTRIBUTED
    file_report(actor=store.home.officer, consignment=row, number="1", filed_on=ago(7), final=True)
    assert row.state == State.REPORTED
    back(store, act)
    row.refresh_from_db()
    assert row.state == State.ON_BALANCE


def test_stolen_and_returned_goods_are_valued_and_reported_too(store):
    row = sent(store.home, 10)
    all_came(store.home, row)
    record_loss(
        actor=store.home.approver,
        consignment=row,
        day=ago(9),
        rows=[DisposalRow(lot=the_lot(row), amount=steps(1))],
        ground="Stolen",
        key=a_key(),
    )
    give_back(
        actor=store.home.approver,
        consignment=row,
        day=ago(9),
        rows=[DisposalRow(lot=the_lot(row), amount=steps(9))],
        ground="Not what was asked for",
        key=a_key(),
    )
    assert row.state == State.RECEIVED
    first = valued(store.home, row)
    assert row.state == State.DISTRIBUTED
    file_report(actor=store.home.officer, consignment=row, number="1", filed_on=ago(7), final=True)
    refuses("wrong_state", Conflict, lambda: valued(store.home, row))
    back(store, first)
    row.refresh_from_db()
    assert row.state == State.RECEIVED


def test_a_corrected_valuation_is_taken_back_after_the_report(store):
    row = in_the_books(store.home, 10)
    wrong = row.acts.get(kind=ActKind.VALUATION)
    valued(store.home, row, worth=("30", "EUR", ""))
    give_out(store.home, row, to_people(the_lot(row), 10))
    file_report(actor=store.home.officer, consignment=row, number="1", filed_on=ago(7), final=True)
    back(store, wrong)
    row.refresh_from_db()
    assert row.state == State.REPORTED


def test_what_customs_said_stays(store):
    row = a_consignment(store.home, regime="humanitarian_aid", abroad=True, state="declared")
    line = a_line(row, 10)
    declaration = a_declaration(row, line, 10)
    send(store.home, row)
    clear(actor=store.home.officer, declaration=declaration, day=ago(12), key=a_key())
    act = row.acts.get(kind=ActKind.CLEARANCE)
    refuses("clearance_stays", Conflict, lambda: back(store, act))


def test_who_may_not_reverse_and_when_it_is_over(store):
    row = in_the_books(store.home, 10)
    act = give_out(store.home, row, to_people(the_lot(row), 4))
    with pytest.raises(NotAllowed):
        back(store, act, actor=store.home.storekeeper)
    refuses("day_to_come", Invalid, lambda: back(store, act, day=ago(-1)))
    refuses("day_before_act", Invalid, lambda: back(store, act, day=ago(9)))
    row.state = State.CLOSED
    row.save()
    act.refresh_from_db()
    refuses("consignment_closed", Conflict, lambda: back(store, act))
    assert lies(the_lot(row), STORE) == 6
