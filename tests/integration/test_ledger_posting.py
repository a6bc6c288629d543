"""Acts are recorded and goods move: what may be, what is refused, and what stands afterwards."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone
from ledger_cast import NOW, TODAY, A, K, a_consignment, a_line, a_lot, an_act, move, steps, store

from mistok.accounts.auditing import audited
from mistok.aid.ledger import (
    Batch,
    LineSums,
    Movement,
    act_with_key,
    balance,
    balances,
    held,
    hold,
    lot_sums,
    lot_with_label,
    make_lots,
    new_act,
    post,
    read_label,
    sums,
    sums_of,
)
from mistok.aid.models import AidAct, Balance, Chain, Entry, Lot
from mistok.aid.models.ledger import GENESIS
from mistok.kernel.errors import Conflict, Invalid
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
people = store


def refused(code, do, *given, **told):
    """The sentence of the refusal, which must have this code and end as a sentence does."""
    with pytest.raises((Conflict, Invalid)) as caught, transaction.atomic():
        do(*given, **told)
    assert caught.value.code == code
    assert str(caught.value).endswith(".")
    return str(caught.value)


def stored(people, number=10, **fields):
    """A lot that was received whole."""
    lot = a_lot(people, number, **fields)
    move(lot, A.DONOR, A.STORE, number, by=people.officer)
    return lot


# Acts ---------------------------------------------------------------------------------------


def test_acts_are_numbered_by_office_kind_and_year(people):
    lot, other = a_lot(people), a_lot(people.other)
    last_year = dt.date(TODAY.year - 1, 12, 31)
    first = an_act(lot, K.ISSUE, by=people.officer)
    assert (first.number, first.year, str(first)) == (1, TODAY.year, f"issue 1/{TODAY.year}")
    assert an_act(lot, K.ISSUE, by=people.officer).number == 2
    assert an_act(lot, K.LOSS, by=people.officer).number == 1
    assert an_act(other, K.ISSUE, by=people.other.officer).number == 1
    old = an_act(lot, K.ISSUE, by=people.officer, day=last_year)
    assert (old.number, old.year, old.day) == (1, TODAY.year - 1, last_year)


def test_act_keeps_what_it_was_told(people):
    lot = a_lot(people)
    first = an_act(lot, K.ACCEPTANCE, by=people.officer)
    act = an_act(
        lot,
        K.DISCREPANCY,
        by=people.officer,
        settlement="katottg:UA1",
        ground="Two more were found.",
        remarks="Dry.",
        commission=[{"name": "Olena", "duty": "accountant"}],
        rows=({"lot": lot.public_id, "amount": 2000},),
        signed_by="Olena",
        follows=first,
    )
    act = AidAct.objects.get(pk=act.pk)
    assert act.public_id.startswith("act_")
    assert (act.settlement, act.ground, act.remarks, act.signed_by) == (
        "katottg:UA1",
        "Two more were found.",
        "Dry.",
        "Olena",
    )
    assert act.commission == [{"name": "Olena", "duty": "accountant"}]
    assert act.rows == [{"lot": lot.public_id, "amount": 2000}]
    assert (act.follows, act.by) == (first, str(people.officer))


def test_same_key_with_same_body_gives_the_same_act(people):
    lot = a_lot(people)
    told = {"key": "scan-1", "body": {"day": TODAY, "rows": [1, 2]}}
    asked = {"consignment": lot.line.consignment, "kind": K.ISSUE, **told}
    assert act_with_key(**asked) is None
    first = an_act(lot, K.ISSUE, by=people.officer, **told)
    again, fresh = new_act(
        office=lot.office, day=TODAY, by=people.officer, at=timezone.now(), **asked
    )
    assert (again, fresh) == (first, False)
    assert act_with_key(**asked) == first
    assert an_act(lot, K.ISSUE, by=people.officer).number == first.number + 1


def test_same_key_with_other_words_is_refused(people):
    lot = a_lot(people)
    an_act(lot, K.ISSUE, by=people.officer, key="scan-2", body={"amount": 5})
    told = {"by": people.officer, "key": "scan-2"}
    sentence = refused("key_reused", an_act, lot, K.ISSUE, body={"amount": 6}, **told)
    assert f"1/{TODAY.year}" in sentence
    refused("key_reused", an_act, lot, K.LOSS, body={"amount": 5}, **told)
    refused("key_reused", an_act, a_lot(people), K.ISSUE, body={"amount": 5}, **told)


def test_offices_do_not_share_keys(people):
    mine = an_act(a_lot(people), K.ISSUE, by=people.officer, key="1")
    theirs = an_act(a_lot(people.other), K.ISSUE, by=people.other.officer, key="1")
    assert mine != theirs


@pytest.mark.parametrize("key", ["x" * 81, "a\nb"])
def test_unusable_keys_are_refused(people, key):
    refused("key_unusable", an_act, a_lot(people), K.ISSUE, by=people.officer, key=key)


def test_empty_key_is_refused(people):
    asked = {"consignment": a_consignment(people), "kind": K.ISSUE, "key": "", "body": {}}
    refused("key_unusable", act_with_key, **asked)


def test_day_to_come_is_refused_and_today_is_not(people):
    lot = a_lot(people)
    at = dt.datetime(2026, 11, 23, 21, 30, tzinfo=dt.UTC)
    # In Kyiv it is still the 23rd at 23:30.
    day = timezone.localdate(at)
    assert an_act(lot, K.ISSUE, by=people.officer, day=day, at=at).day == day
    tomorrow = day + dt.timedelta(days=1)
    refused("day_to_come", an_act, lot, K.ISSUE, by=people.officer, day=tomorrow, at=at)


def test_clock_that_was_set_back_stops_the_ledger_or_stands_still(people):
    lot, at = a_lot(people), timezone.now()
    move(lot, A.DONOR, A.STORE, 10, by=people.officer, at=at)
    a_bit = an_act(lot, K.ISSUE, by=people.officer, at=at - dt.timedelta(minutes=5))
    assert a_bit.at == at
    far = at - dt.timedelta(minutes=5, seconds=1)
    refused("clock_back", an_act, lot, K.ISSUE, by=people.officer, at=far)


def test_fractions_in_an_act_are_a_mistake_of_the_program(people):
    with pytest.raises(TypeError, match=r"1\.5 in an act"), transaction.atomic():
        an_act(a_lot(people), K.ISSUE, by=people.officer, rows=[{"amount": 1.5}])


# Lots ---------------------------------------------------------------------------------------


def test_line_has_one_lot_or_one_for_each_batch(people):
    consignment = a_consignment(people)
    line = a_line(consignment, 10)
    (lot,) = make_lots(line=line, at=NOW)
    assert (lot.declared, lot.unit, lot.office, lot.batch) == (
        steps(10),
        "piece",
        people.office,
        "",
    )
    details = [
        {"batch": "B1", "serial": "", "expires_on": "2027-05-01", "amount": steps(4)},
        {"batch": "B1", "serial": "S2", "expires_on": "", "amount": steps(6)},
    ]
    first, second = make_lots(line=a_line(consignment, 10, lot_details=details), at=NOW)
    assert (first.batch, first.expires_on, first.declared) == ("B1", dt.date(2027, 5, 1), 4000)
    assert (second.serial, second.expires_on, second.declared) == ("S2", None, 6000)


def test_lots_are_made_once_and_batches_found_at_the_count_are_added(people):
    line = a_line(a_consignment(people), 10)
    lots = make_lots(line=line, at=NOW)
    assert make_lots(line=line, at=NOW) == lots
    found = [Batch(batch="found"), Batch()]
    more = make_lots(line=line, at=NOW, counted=found)
    assert [lot.batch for lot in more] == ["", "found"]
    assert more[1].declared is None
    assert make_lots(line=line, at=NOW, counted=found) == more


def test_batches_found_of_a_line_without_lots_stand_beside_the_planned_ones(people):
    line = a_line(a_consignment(people), 10)
    planned, found = make_lots(line=line, at=NOW, counted=[Batch(serial="VIN", declared=1000)])
    assert (planned.declared, found.serial, found.declared) == (10000, "VIN", 1000)


def test_line_told_as_more_than_has_lots_without_a_declared_amount(people):
    consignment = a_consignment(people)
    (lot,) = make_lots(line=a_line(consignment, 5, bound=">", unit="tonne"), at=NOW)
    assert lot.declared is None
    line = a_line(consignment, None)
    counted = make_lots(line=line, at=NOW, counted=[Batch(batch="1"), Batch(batch="2")])
    assert [(one.batch, one.declared) for one in counted] == [("1", None), ("2", None)]
    details = [{"batch": "B", "amount": 5}]
    (one,) = make_lots(line=a_line(consignment, 5, bound="~", lot_details=details), at=NOW)
    assert (one.batch, one.serial, one.declared) == ("B", "", None)


def test_label_is_read_as_it_is_scanned_or_typed(people):
    lot = a_lot(people)
    assert len(lot.label) == 14
    assert lot.label.count("-") == 2
    assert lot_with_label(people.office, f" {lot.label.lower().replace('-', ' ')}") == lot
    assert lot_with_label(people.other.office, lot.label) is None
    assert lot_with_label(people.office, "no label") is None
    assert read_label("mfrg gzdf-my2w") == "MFRG-GZDF-MY2W"
    assert read_label("0FRG.GZD1-MY28") == "OFRG-GZDI-MY2B"
    assert read_label("MFRG-GZDF") == ""


# Entries ------------------------------------------------------------------------------------


def test_entries_continue_the_chain_and_tell_everything(people):
    lot = a_lot(people)
    act = an_act(lot, K.ACCEPTANCE, by=people.officer, key="first")
    moved = [Movement(lot, A.DONOR, A.STORE, 7000), Movement(lot, A.DONOR, A.SHORTAGE, 3000)]
    before = hold(people.office)
    entries = post(act=act, movements=moved, document="d" * 64)
    first, second = Entry.objects.filter(act=act).order_by("number")
    assert [first, second] == entries
    assert (first.number, second.number) == (before.length + 1, before.length + 2)
    assert (first.previous, second.previous) == (before.last or GENESIS, first.hash)
    assert (first.source, first.target, first.amount) == ("donor", "store", 7000)
    assert (first.day, first.at, first.by) == (TODAY, act.at, str(people.officer))
    assert (first.key, second.key, first.document) == ("first:1", "first:2", "d" * 64)
    chain = Chain.objects.get(office=people.office)
    assert (chain.length, chain.last) == (second.number, second.hash)
    assert balances(lot) == {(A.DONOR, ""): -10000, (A.STORE, ""): 7000, (A.SHORTAGE, ""): 3000}


def test_act_that_posts_twice_goes_on_with_its_keys(people):
    lot = a_lot(people)
    act = an_act(lot, K.ACCEPTANCE, by=people.officer, key="twice")
    post(act=act, movements=[Movement(lot, A.DONOR, A.STORE, 1)])
    (entry,) = post(act=act, movements=[Movement(lot, A.DONOR, A.STORE, 1)])
    assert entry.key == "twice:2"


def test_each_office_has_its_own_chain(people):
    mine, theirs = a_lot(people), a_lot(people.other)
    move(mine, A.DONOR, A.STORE, 1, by=people.officer)
    move(theirs, A.DONOR, A.STORE, 1, by=people.other.officer)
    assert theirs.entries.get().previous == GENESIS
    assert {chain.length for chain in Chain.objects.all()} == {1}


def test_nothing_moves_without_amount(people):
    lot = stored(people)
    act = an_act(lot, K.ISSUE, by=people.officer)
    for amount in (0, -1, 1.5, True, 10**18):
        moved = [Movement(lot, A.STORE, A.ISSUED, amount, "health")]
        assert "generators" in refused("amount_not_positive", post, act=act, movements=moved)


def test_no_more_leaves_an_account_than_is_there(people):
    lot = stored(people)
    move(lot, A.STORE, A.ISSUED, 8, by=people.officer)
    told = {"by": people.officer}
    sentence = refused("not_enough", move, lot, A.STORE, A.ISSUED, 3, **told)
    assert "Only 2" in sentence.replace("\u00a0", " ")
    assert "generators" in sentence
    move(lot, A.STORE, A.LOST, 2, by=people.officer)
    assert "Nothing of" in refused("not_enough", move, lot, A.STORE, A.LOST, 1, **told)
    assert "Nothing of" in refused("not_enough", move, lot, A.CUSTOMS, A.LOST, 1, **told)
    assert balance(lot, A.STORE) == 0


def test_refused_posting_leaves_nothing_behind(people):
    lot = stored(people)
    act = an_act(lot, K.ISSUE, by=people.officer)
    before = (balances(lot), hold(people.office).length, Entry.objects.count())
    moved = [
        Movement(lot, A.STORE, A.ISSUED, 9000, "health"),
        Movement(lot, A.STORE, A.ISSUED, 9000, "schools"),
    ]
    # Caught by the caller, who goes on in her transaction: nothing of it is there either.
    with pytest.raises(Conflict):
        post(act=act, movements=moved)
    assert (balances(lot), hold(people.office).length, Entry.objects.count()) == before


def test_audit_event_of_a_refusal_tells_nothing_of_the_stock(people):
    lot = stored(people)
    for wanted, ask in ((A.ISSUED, A.STORE), (A.STORE, A.DONOR)):
        with pytest.raises(Conflict), audited(people.officer, "issue", "x"):
            move(lot, ask, wanted, 12, by=people.officer)
    for event in AuditEvent.objects.filter(verb="refused_issue"):
        assert "1" not in event.after["sentence"]
        assert "generators" not in event.after["sentence"]


def test_no_more_comes_from_the_giver_than_the_papers_name(people):
    lot = a_lot(people)
    told = {"by": people.officer}
    assert "12" in refused("more_than_declared", move, lot, A.DONOR, A.STORE, 12, **told)
    move(lot, A.DONOR, A.STORE, 10, by=people.officer)
    assert "only 0" in refused("more_than_declared", move, lot, A.DONOR, A.STORE, 1, **told)
    move(lot, A.SURPLUS, A.STORE, 2, by=people.officer)
    move(lot, A.SURPLUS, A.STORE, 3, by=people.officer)
    assert balances(lot) == {(A.DONOR, ""): -10000, (A.SURPLUS, ""): -5000, (A.STORE, ""): 15000}


def test_what_was_told_without_a_number_comes_as_it_is_counted(people):
    lot = a_lot(people, None)
    move(lot, A.DONOR, A.STORE, 7, by=people.officer)
    move(lot, A.DONOR, A.STORE, 4, by=people.officer)
    assert balance(lot, A.DONOR) == -11000


def test_acts_move_goods_only_their_way(people):
    lot = stored(people)
    act = an_act(lot, K.ISSUE, by=people.officer)
    for source, target in ((A.STORE, A.LOST), (A.ISSUED, A.STORE), (A.DONOR, A.ISSUED)):
        moved = [Movement(lot, source, target, 1)]
        refused("movement_unknown", post, act=act, movements=moved)
    back = an_act(lot, K.REVERSAL, by=people.officer)
    moved = [Movement(lot, A.STORE, A.DONOR, 1)]
    refused("movement_unknown", post, act=back, movements=moved)


def test_goods_are_issued_to_a_category_and_nothing_else_is(people):
    lot = stored(people)
    act = an_act(lot, K.ISSUE, by=people.officer)
    for category in ("", "friends"):
        moved = [Movement(lot, A.STORE, A.ISSUED, 1, category)]
        refused("category_wrong", post, act=act, movements=moved)
    loss = an_act(lot, K.LOSS, by=people.officer)
    moved = [Movement(lot, A.STORE, A.LOST, 1, "health")]
    refused("category_wrong", post, act=loss, movements=moved)
    move(lot, A.STORE, A.ISSUED, 2, by=people.officer)
    move(lot, A.STORE, A.ISSUED, 3, by=people.officer, category="schools")
    assert balance(lot, A.ISSUED) == steps(5)
    assert balance(lot, A.ISSUED, "schools") == steps(3)
    assert balance(lot, A.ISSUED, "rescue") == 0


def test_lots_of_others_are_refused(people):
    lot, other = stored(people), stored(people)
    theirs = a_lot(people.other)
    act = an_act(lot, K.ISSUE, by=people.officer)
    for wrong in (theirs, other):
        moved = [Movement(wrong, A.STORE, A.ISSUED, 1, "health")]
        assert wrong.label in refused("lot_elsewhere", post, act=act, movements=moved)


# Reading ------------------------------------------------------------------------------------


def test_sums_tell_what_became_of_a_line(people):
    lot, by = a_lot(people, 20), {"by": people.officer}
    for source, target, number in (
        (A.DONOR, A.IN_TRANSIT, 19),
        (A.IN_TRANSIT, A.SEIZED, 1),
        (A.IN_TRANSIT, A.CUSTOMS, 16),
        (A.CUSTOMS, A.STORE, 11),
        (A.CUSTOMS, A.DAMAGED, 3),
        (A.CUSTOMS, A.SHORTAGE, 1),
        (A.SURPLUS, A.STORE, 2),
        (A.STORE, A.ISSUED, 4),
        (A.STORE, A.REDISTRIBUTED, 1),
        (A.STORE, A.RETURNED, 1),
        (A.DAMAGED, A.WRITTEN_OFF, 2),
        (A.STORE, A.LOST, 1),
    ):
        move(lot, source, target, number, **by)
    found = sums(lot.line)
    assert found == LineSums(
        declared=20000,
        surplus=2000,
        received=13000,
        shortage=1000,
        damaged=3000,
        moving=3000,
        issued=4000,
        redistributed=1000,
        returned=1000,
        written_off=2000,
        lost=1000,
        seized=1000,
        on_hand=6000,
        damaged_left=1000,
        not_sent=1000,
        ended_on_way=1000,
    )
    assert found.adds_up
    assert lot_sums(lot) == found


def test_sums_add_the_lots_of_many_lines(people):
    consignment = a_consignment(people)
    details = [{"serial": name, "amount": 1000} for name in ("A", "B")]
    two, unseen, vague = (
        a_line(consignment, 2, lot_details=details),
        a_line(consignment, 4),
        a_line(consignment, None),
    )
    for lot in make_lots(line=two, at=NOW):
        move(lot, A.DONOR, A.STORE, 1, by=people.officer)
    found = sums_of([two, unseen, vague])
    assert found[two.pk] == LineSums(declared=2000, received=2000, on_hand=2000)
    assert found[unseen.pk] == LineSums(declared=4000, not_sent=4000)
    assert found[vague.pk] == LineSums()
    (lot,) = make_lots(line=vague, at=NOW)
    move(lot, A.DONOR, A.STORE, 3, by=people.officer)
    assert sums(vague) == LineSums(declared=3000, received=3000, on_hand=3000)


def test_store_holds_what_was_received_and_not_issued(people):
    kept, gone = stored(people), stored(people)
    stored(people.other)
    move(gone, A.STORE, A.ISSUED, 10, by=people.officer)
    (row,) = held(people.office)
    assert (row.lot, row.amount) == (kept, 10000)
    assert row.lot.line.consignment.office == people.office


def test_sums_that_do_not_add_up_say_so():
    assert not LineSums(declared=1000).adds_up
    assert not LineSums(declared=1000, received=1000).adds_up


def test_ledger_is_written_once(people):
    lot = stored(people)
    for rows in (Entry.objects, AidAct.objects):
        refused("record_kept", rows.all().delete)
        refused("record_kept", rows.all().update, by="somebody else")
    refused("record_kept", lot.save)
    assert Lot.objects.filter(pk=lot.pk).exists()
    assert Balance.objects.filter(lot=lot).count() == 2
