"""What the office that gives follows of its consignments: traces, and all that it gave."""

import acts_cast
import pytest
from acts_cast import (
    DAMAGED,
    a_consignment,
    a_key,
    a_line,
    ago,
    count,
    give_out,
    send,
    the_lot,
    to_people,
    valued,
)
from aid_cast import refuses
from django.utils import timezone
from needs_cast import steps
from seeing_cast import a_paper, a_photo, again, in_store

from factories import ZHYTOMYR
from mistok.accounts.actors import Actor
from mistok.aid.acts import Counted, review_file
from mistok.aid.ledger import balance, reverse_act
from mistok.aid.models import Consignment
from mistok.aid.seeing import all_given, donor_trace, gives, totals_given
from mistok.kernel.errors import NotAllowed

pytestmark = pytest.mark.django_db
store = acts_cast.store


def test_giver_reads_its_lines_by_category_and_never_where(store):
    row = a_consignment(store.home, giver=store.giver)
    a_line(row, 100)
    a_line(row, 10, restricted=True, control_list="dual_use", name="radio")
    a_line(row, 10)
    send(store.home, row)
    count(
        store.home,
        row,
        Counted(lot=the_lot(row), received=steps(90), damaged=steps(4)),
        Counted(lot=the_lot(row, 2), received=steps(10)),
        Counted(lot=the_lot(row, 3), received=steps(10)),
    )
    valued(store.home, row)
    give_out(
        store.home,
        row,
        to_people(the_lot(row), 30, category="displaced", persons=60, households=20),
        to_people(the_lot(row), 10, category="health", persons=4),
        to_people(the_lot(row), 10, category="households", persons=70),
        to_people(the_lot(row, 2), 2, category="health", persons=40),
    )
    to_defence = give_out(
        store.home, row, to_people(the_lot(row, 3), 2, category="defence", persons=40)
    )
    a_line(row, removed_at=timezone.now())
    trace = donor_trace(again(row))
    # The restricted line and the one of which defence got something stay with the receiver.
    assert [one.line.position for one in trace.lines] == [1]
    assert trace.kept == 2
    sums = trace.lines[0].sums
    assert (sums.declared, sums.received, sums.damaged, sums.shortage, sums.issued) == tuple(
        map(steps, (100, 90, 4, 6, 50))
    )
    told = {one.category: (one.persons, one.households) for one in trace.reached}
    assert told == {
        "displaced": (None, 20),
        "health": (None, None),
        "households": (70, None),
    }
    assert [(one.line.position, one.category, one.amount) for one in trace.amounts] == [
        (1, "displaced", steps(30)),
        (1, "health", steps(10)),
        (1, "households", steps(10)),
    ]
    assert ZHYTOMYR not in repr(trace.reached) + repr(trace.steps)
    assert [one.state for one in trace.steps] == [one.after for one in row.passages.order_by("pk")]
    assert balance(the_lot(row), DAMAGED) == steps(4)
    reverse_act(actor=store.home.approver, act=to_defence, reason="not there", key=a_key())
    assert [one.line.position for one in donor_trace(again(row)).lines] == [1, 3]


def test_giver_reads_papers_for_both_and_photos_that_were_let_pass(store):
    row = in_store(store)
    act = row.acts.filter(kind="acceptance").get()
    a_paper(row, "packing_list")
    last = a_paper(row, "packing_list", 2)
    pack = a_paper(row, "evidence_pack")
    of_act = a_paper(row, "acceptance_act", act=act)
    a_paper(row, "issue_sheet", readers="internal")
    photos = [a_photo(store, row) for _number in range(3)]
    review_file(actor=store.home.approver, file=photos[0], shown=True)
    review_file(actor=store.home.approver, file=photos[1], shown=False, reason="a plate")
    trace = donor_trace(row)
    assert trace.papers == [pack, last, of_act]
    assert trace.photos == [photos[0]]


def test_only_members_of_the_giving_office_give_and_nobody_military(store):
    row = in_store(store)
    assert gives(store.giver.officer, row)
    assert gives(store.giver.approver, row)
    for actor in (store.home.officer, Actor()):
        assert not gives(actor, row)
    assert not gives(store.giver.officer, in_store(store, giver=False))
    Consignment.objects.filter(pk=row.pk).update(regime="military_aid", restricted=True)
    assert not gives(store.giver.officer, again(row))


def test_all_that_an_office_gave_adds_up_by_receiver_field_and_month(store):
    came = in_store(store, {"gross_grams": 250_000}, {"cluster": "health", "net_grams": 50_000})
    coming = a_consignment(store.home, giver=store.giver, state="offered")
    a_line(coming, gross_grams=None)
    for fields in ({"state": "refused"}, {"regime": "military_aid", "restricted": True}):
        a_line(a_consignment(store.home, giver=store.giver, **fields))
    in_store(store, giver=False)
    given = all_given(store.giver.officer, store.giver.office)
    assert [one.consignment for one in given] == [coming, came]
    assert [one.received_on for one in given] == [None, ago(10)]
    assert [one.grams for one in given] == [0, 500_000]
    assert [len(one.lines) for one in given] == [1, 2]
    totals = totals_given(given)
    assert [(one.key, one.count, one.grams) for one in totals.receivers] == [(ZHYTOMYR, 2, 500_000)]
    assert [(one.key, one.count, one.grams) for one in totals.fields] == [
        ("shelter", 2, 250_000),
        ("health", 1, 250_000),
    ]
    assert [(one.key, one.count, one.grams) for one in totals.months] == [
        ("", 1, 0),
        (f"{ago(10):%Y-%m}", 1, 500_000),
    ]


def test_only_members_read_what_their_office_gave(store):
    for actor in (store.home.officer, store.home.approver, Actor()):
        with refuses(NotAllowed):
            all_given(actor, store.giver.office)
    assert all_given(store.giver.approver, store.giver.office) == []


def test_questions_do_not_grow_with_what_was_given(store, django_assert_max_num_queries):
    for _number in range(3):
        in_store(store)
    with django_assert_max_num_queries(9):
        assert len(all_given(store.giver.officer, store.giver.office)) == 3
