"""Acts are reversed: once, by somebody who may, as far as the goods are still there."""

import datetime as dt

import pytest
from ledger_cast import TODAY, A, K, a_lot, an_act, move, store

from mistok.aid.ledger import Movement, balances, is_reversed, lot_sums, post, reverse_act
from mistok.aid.models import AidAct, Entry
from mistok.kernel.errors import Refusal
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
people = store
REASON = "Counted again at the warehouse."


def reverse(people, act, **told):
    sound = {"actor": people.approver, "act": act, "reason": REASON, "key": f"back {act.pk}"}
    return reverse_act(**sound | told)


def refused(code, people, act, **told):
    with pytest.raises(Refusal) as caught:
        reverse(people, act, **told)
    assert caught.value.code == code
    assert str(caught.value).endswith(".")


def received(people, number=10):
    lot = a_lot(people)
    act = an_act(lot, K.ACCEPTANCE, by=people.officer)
    missing = 10 - number
    moved = [Movement(lot, A.DONOR, A.STORE, number * 1000)]
    if missing:
        moved.append(Movement(lot, A.DONOR, A.SHORTAGE, missing * 1000))
    post(act=act, movements=moved)
    return lot, act


def test_reversal_turns_every_entry_round_and_names_it(people):
    lot, act = received(people, 7)
    reversal = reverse(people, act)
    assert (reversal.kind, reversal.number, reversal.day) == ("reversal", 1, TODAY)
    assert (reversal.ground, reversal.follows) == (REASON, act)
    assert reversal.by == str(people.approver)
    first, second = Entry.objects.filter(act=act).order_by("number")
    rows = Entry.objects.filter(act=reversal).order_by("number")
    assert [(row.reverses, row.source, row.target, row.amount) for row in rows] == [
        (second, "shortage", "donor", 3000),
        (first, "store", "donor", 7000),
    ]
    assert balances(lot) == {}
    assert is_reversed(act)
    assert not is_reversed(reversal)
    found = lot_sums(lot)
    assert (found.received, found.shortage, found.not_sent) == (0, 0, 10000)
    assert found.adds_up


def test_what_was_reversed_can_be_recorded_anew(people):
    lot, act = received(people, 7)
    reverse(people, act)
    move(lot, A.DONOR, A.STORE, 10, by=people.officer)
    assert lot_sums(lot).received == 10000


def test_issued_goods_come_back_to_the_store_from_their_category(people):
    lot, _act = received(people)
    issue = move(lot, A.STORE, A.ISSUED, 4, by=people.officer, category="schools")
    move(lot, A.STORE, A.ISSUED, 4, by=people.officer, category="health")
    reverse(people, issue)
    assert balances(lot) == {
        (A.DONOR, ""): -10000,
        (A.STORE, ""): 6000,
        (A.ISSUED, "health"): 4000,
    }
    assert lot_sums(lot).issued == 4000


def test_reversal_is_recorded_without_amounts(people):
    _lot, act = received(people)
    reversal = reverse(people, act)
    event = AuditEvent.objects.get(verb="reverse_act")
    assert (event.actor, event.subject) == (str(people.approver), act.public_id)
    assert event.after == {
        "reversal": reversal.public_id,
        "number": f"1/{TODAY.year}",
        "office": people.office.public_id,
    }


def test_same_key_gives_the_same_reversal(people):
    _lot, act = received(people)
    first = reverse(people, act)
    assert reverse(people, act) == first
    assert AidAct.objects.filter(kind="reversal").count() == 1
    refused("key_reused", people, act, reason="Something else.")


def test_act_is_reversed_once(people):
    _lot, act = received(people)
    reverse(people, act)
    refused("already_reversed", people, act, key="another")


def test_reversal_stays(people):
    _lot, act = received(people)
    refused("reversal_stays", people, reverse(people, act))


def test_goods_that_have_gone_further_stay(people):
    lot, act = received(people)
    issue = move(lot, A.STORE, A.ISSUED, 1, by=people.officer)
    refused("not_enough", people, act)
    assert balances(lot)[A.STORE, ""] == 9000
    reverse(people, issue)
    reverse(people, act)
    assert balances(lot) == {}


def test_act_that_moved_nothing_has_nothing_to_reverse(people):
    lot = a_lot(people)
    refused("nothing_to_reverse", people, an_act(lot, K.VALUATION, by=people.approver))


def test_reversal_is_neither_older_than_the_act_nor_to_come(people):
    _lot, act = received(people)
    refused("day_before_act", people, act, day=TODAY - dt.timedelta(days=1))
    refused("day_to_come", people, act, day=TODAY + dt.timedelta(days=1))
    assert reverse(people, act, day=TODAY).day == TODAY


def test_reason_is_needed(people):
    _lot, act = received(people)
    with pytest.raises(Refusal):
        reverse(people, act, reason=" ")


def test_only_the_approver_of_the_office_reverses(people):
    _lot, act = received(people)
    for actor in (people.officer, people.other.approver):
        with pytest.raises(Refusal) as caught:
            reverse(people, act, actor=actor)
        assert caught.value.status == 403
    assert AuditEvent.objects.filter(verb="refused_reverse_act").count() == 2
