"""What the public reads of a consignment: generalised, delayed, approved, taken back."""

import datetime as dt
import json

import acts_cast
import pytest
from acts_cast import (
    TODAY,
    a_consignment,
    a_key,
    a_line,
    ago,
    all_came,
    count,
    give_out,
    in_the_books,
    send,
    the_lot,
    to_people,
)
from aid_cast import refuses
from django.utils import timezone
from needs_cast import steps
from seeing_cast import DUE, again, approved, in_store, in_zone

from factories import BUCHA, DORTMUND, KHARKIV, ZHYTOMYR
from mistok.accounts.actors import Actor
from mistok.aid.acts import Counted, DisposalRow, redistribute, write_off
from mistok.aid.ledger import reverse_act
from mistok.aid.models import AidAct, AidPublication, Consignment, Passage
from mistok.aid.seeing import (
    earliest,
    fingerprint,
    may_be_public,
    project,
    public_lines,
    public_trace,
    public_traces,
    publish_aid,
    received_days,
    received_on,
    standing_publication,
    weight_class,
    withdraw_aid,
    would_read,
)
from mistok.aid.seeing.publishing import LONGEST_REASON
from mistok.kernel.errors import Conflict, Invalid, NotAllowed
from mistok.provenance.models import AuditEvent
from office_cast import KYIV_OBLAST, ZHYTOMYR_OBLAST

pytestmark = pytest.mark.django_db
store = acts_cast.store


def test_public_reads_a_projection_of_what_came(store):
    row = in_store(store, {"cluster": "shelter"}, {"cluster": "health", "gross_grams": None})
    give_out(
        store.home,
        row,
        to_people(the_lot(row), 4, category="displaced", persons=40),
        to_people(the_lot(row), 4, category="households", persons=50),
        to_people(the_lot(row, 2), 4, category="health", persons=3),
    )
    told = project(again(row), TODAY)
    assert told == {
        "rules": "2026-11",
        "place": ZHYTOMYR,
        "region": ZHYTOMYR_OBLAST,
        "level": 1,
        "giver": DORTMUND,
        "month": f"{ago(10):%Y-%m}",
        "stage": "received",
        "clusters": ["health", "shelter"],
        "weight": 1_000,
        # The second smallest is hidden with the small one, so that no total gives it away.
        "for": {"displaced": None, "health": None, "households": 50},
    }


def test_stage_never_tells_that_something_lies_in_a_store(store):
    row = in_store(store)
    assert project(row)["stage"] == "received"
    give_out(store.home, row, to_people(the_lot(row), 4))
    assert again(row).state == "distributing"
    assert project(again(row))["stage"] == "received"
    give_out(store.home, row, to_people(the_lot(row), 6))
    assert project(again(row))["stage"] == "distributed"


def dispose(store, act, row, **fields):
    told = {"day": ago(7), "ground": "as agreed", "commission": acts_cast.COMMISSION}
    act(
        actor=store.home.approver,
        consignment=row,
        rows=[DisposalRow(lot=the_lot(row), amount=steps(10))],
        key=a_key(),
        **told | fields,
    )
    return again(row)


def test_what_was_written_off_was_not_distributed(store):
    assert dispose(store, write_off, in_store(store)).state == "distributed"
    row = Consignment.objects.get(state="distributed")
    assert project(row)["stage"] == "received"


@pytest.mark.parametrize(
    "line", [{"cluster": "energy"}, {"cluster": "wash"}, {"end_user": "utilities"}]
)
def test_what_points_to_energy_or_water_is_told_by_oblast(store, line):
    told = project(in_store(store, line))
    assert (told["place"], told["level"]) == (ZHYTOMYR_OBLAST, 3)
    assert told["month"] == f"{ago(10):%Y-%m}"


def test_hromada_in_a_zone_is_told_by_oblast_and_quarter(store):
    row = in_store(store)
    in_zone(ZHYTOMYR, until=ago(10))
    told = project(row, TODAY)
    assert (told["place"], told["level"]) == (ZHYTOMYR_OBLAST, 3)
    assert told["month"] == f"{ago(10).year}-Q{(ago(10).month + 2) // 3}"


@pytest.mark.parametrize(
    ("fields", "told"),
    [({"donor_place": BUCHA}, BUCHA), ({"donor_name": "Somebody"}, ""), ({}, "")],
)
def test_giver_is_a_municipality_or_nobody_that_is_named(store, fields, told):
    assert project(in_store(store, giver=False, **fields))["giver"] == told


def test_giver_in_a_zone_is_told_by_its_oblast(store):
    in_zone(BUCHA)
    assert project(in_store(store, giver=False, donor_place=BUCHA))["giver"] == KYIV_OBLAST


@pytest.mark.parametrize(
    ("grams", "bound"),
    [
        ([None], None),
        ([], None),
        ([99_000, 1_000], 100),
        ([100_001], 1_000),
        ([5_000_000], 5_000),
        ([20_000_000], 20_000),
        ([20_000_001], 0),
    ],
)
def test_weight_is_told_by_its_class(store, grams, bound):
    row = a_consignment(store.home)
    lines = [a_line(row, gross_grams=one) for one in grams]
    assert weight_class(lines) == bound


def test_net_weight_counts_where_no_other_is_told(store):
    assert weight_class([a_line(a_consignment(store.home), net_grams=200_000)]) == 1_000


@pytest.mark.parametrize(
    "line",
    [
        {"restricted": True},
        {"restricted": True, "control_list": "dual_use"},
        {"end_user": "defence"},
        {"item": "thermal_camera"},
    ],
)
def test_lines_that_are_never_public_are_in_no_projection(store, line):
    row = in_store(store, {}, line | {"cluster": "protection"})
    assert [one.position for one in public_lines(row)] == [1]
    assert project(row)["clusters"] == ["shelter"]
    assert not may_be_public(in_store(store, line))


def test_line_that_never_came_or_was_removed_is_not_told(store):
    row = a_consignment(store.home)
    a_line(row, 10), a_line(row, 5, cluster="health")
    a_line(row, 5, cluster="food", removed_at=timezone.now())
    send(store.home, row)
    count(
        store.home,
        row,
        Counted(lot=the_lot(row), received=steps(10)),
        Counted(lot=the_lot(row, 2), received=0),
    )
    assert project(again(row))["clusters"] == ["shelter"]


@pytest.mark.parametrize(
    "fields",
    [
        {"restricted": True},
        {"regime": "military_aid", "restricted": True},
        {"state": "dispatched"},
        {"state": "lost"},
    ],
)
def test_restricted_military_and_what_has_not_come_is_never_public(store, fields):
    row = in_store(store)
    Consignment.objects.filter(pk=row.pk).update(**fields)
    assert not may_be_public(again(row))
    with refuses(Conflict, "aid_never_public"):
        project(again(row))


def test_what_was_closed_and_never_came_is_not_public(store):
    row = a_consignment(store.home, state="closed")
    a_line(row)
    assert received_on(row) is None
    assert not may_be_public(row)
    assert earliest(row) == dt.date.max
    with refuses(Conflict, "aid_never_public"):
        would_read(row)


def test_money_is_public_when_somebody_said_that_it_was_received(store):
    row = a_consignment(store.home, regime="grant_money", state="closed", state_since=ago(3))
    a_line(row, cluster="education", unit="euro")
    assert not may_be_public(row)
    Passage.objects.create(consignment=row, after="received", day=ago(9), by="x", at=timezone.now())
    assert received_on(row) == ago(9)
    assert project(row)["clusters"] == ["education"]


def test_days_of_many_are_those_of_each(store):
    rows = [in_store(store), in_the_books(store.home, 3), a_consignment(store.home)]
    assert received_days(rows) == {rows[0].pk: ago(10), rows[1].pk: ago(10)}
    assert received_days([]) == {}


def test_reversed_acceptance_is_none(store):
    row = a_consignment(store.home)
    a_line(row)
    send(store.home, row)
    act = all_came(store.home, row)
    reverse_act(actor=store.home.approver, act=act, reason="counted wrongly", key=a_key())
    assert received_on(row) is None


def test_approver_publishes_and_the_delay_passes(store):
    row = in_store(store)
    made = approved(store, row, expected=fingerprint(would_read(row)))
    assert made.not_before == earliest(row) == DUE
    assert made.projection == would_read(row)
    assert standing_publication(row) == made
    assert public_trace(row) is None
    assert public_trace(row, DUE - dt.timedelta(days=1)) is None
    assert public_trace(row, DUE) == {"id": row.public_id} | made.projection
    assert public_traces(DUE) == [public_trace(row, DUE)]
    event = AuditEvent.objects.get(verb="publish_aid")
    assert event.after == {
        "publication": made.public_id,
        "office": store.home.office.public_id,
        "rules": "2026-11",
        "withdrawn": False,
    }


def test_approval_after_the_delay_holds_at_once_and_a_later_day_is_kept(store):
    row = in_store(store)
    assert approved(store, row, today=DUE + dt.timedelta(days=9)).not_before > DUE
    later = DUE + dt.timedelta(days=30)
    assert approved(store, row, not_before=later).not_before == later
    # The newer approval ends the older one.
    assert public_traces(later - dt.timedelta(days=1)) == []


def test_nobody_publishes_before_the_delay_and_no_event_tells_the_day(store):
    row = in_store(store)
    with refuses(Invalid, "day_too_early") as caught:
        approved(store, row, not_before=DUE - dt.timedelta(days=1))
    assert str(DUE.year) in str(caught.value)
    assert str(DUE.year) not in json.dumps(AuditEvent.objects.get(verb="refused_publish_aid").after)
    assert not AidPublication.objects.exists()


def test_only_approvers_with_a_second_factor_publish_and_take_back(store):
    row = in_store(store)
    for actor in (store.home.officer, store.home.storekeeper, store.giver.approver, Actor()):
        with refuses(NotAllowed):
            publish_aid(actor=actor, consignment=row)
        with refuses(NotAllowed):
            withdraw_aid(actor=actor, consignment=row, reason="no")


def test_approver_approves_only_what_she_saw(store):
    row = in_store(store)
    seen = fingerprint(would_read(row))
    assert 0 <= seen < 10**9
    give_out(store.home, row, to_people(the_lot(row), 10, persons=20))
    with refuses(Conflict, "projection_changed"):
        approved(store, row, expected=seen)
    approved(store, row, expected=fingerprint(would_read(again(row))))


def test_restricted_consignment_is_not_published_by_an_old_page(store):
    row = in_store(store)
    Consignment.objects.filter(pk=row.pk).update(restricted=True)
    with refuses(Conflict, "aid_never_public"):
        approved(store, row)


def test_taking_back_ends_it_at_once(store):
    row = in_store(store)
    approved(store, row)
    made = withdraw_aid(
        actor=store.home.approver, consignment=row, reason="ask olena@example.org first"
    )
    assert (made.withdrawn, made.projection, made.reason) == (True, {}, "ask … first")
    assert standing_publication(row) is None
    assert public_trace(row, DUE) is None
    assert public_traces(DUE) == []
    with refuses(Conflict, "publication_withdrawn"):
        withdraw_aid(actor=store.home.approver, consignment=row, reason="again")
    assert "ask" not in json.dumps(AuditEvent.objects.get(verb="withdraw_aid").after)


def test_taking_back_needs_a_reason(store):
    row = in_store(store)
    with refuses(Conflict, "publication_withdrawn"):
        withdraw_aid(actor=store.home.approver, consignment=row, reason="why")
    approved(store, row)
    with refuses(Invalid, "text_missing"):
        withdraw_aid(actor=store.home.approver, consignment=row, reason=" ")
    with refuses(Invalid, "text_too_long"):
        withdraw_aid(actor=store.home.approver, consignment=row, reason="x" * (LONGEST_REASON + 1))
    assert public_trace(row, DUE)


@pytest.mark.parametrize(
    "change",
    [{"restricted": True}, {"regime": "military_aid", "restricted": True}, {"state": "at_border"}],
)
def test_what_becomes_restricted_is_gone_at_once(store, change):
    row = in_store(store)
    approved(store, row)
    Consignment.objects.filter(pk=row.pk).update(**change)
    assert public_trace(again(row), DUE) is None


def test_line_that_becomes_restricted_takes_the_trace_with_it(store):
    row = in_store(store, {}, {"cluster": "health"})
    approved(store, row)
    assert public_trace(row, DUE)
    row.lines.filter(position=2).update(restricted=True)
    assert public_trace(row, DUE) is None
    approved(store, row)
    assert public_trace(row, DUE)["clusters"] == ["shelter"]
    row.lines.filter(position=1).update(end_user="defence")
    assert public_trace(row, DUE) is None


def test_what_was_accepted_anew_waits_for_a_new_approval(store):
    row = in_store(store)
    approved(store, row, at=timezone.now() - dt.timedelta(days=1))
    assert AidAct.objects.filter(kind="acceptance").count() == 1
    assert public_trace(row, DUE) is None
    approved(store, row)
    assert public_trace(row, DUE)


def test_hromada_that_comes_into_a_zone_is_hidden_until_it_is_approved_anew(store):
    row = in_store(store)
    approved(store, row)
    in_zone(ZHYTOMYR)
    assert public_trace(row, DUE) is None
    approved(store, row)
    assert public_trace(row, DUE)["place"] == ZHYTOMYR_OBLAST


def test_giver_that_comes_into_a_zone_is_hidden_until_it_is_approved_anew(store):
    row = in_store(store, giver=False, donor_place=BUCHA)
    approved(store, row)
    zone = in_zone(KYIV_OBLAST)
    assert public_trace(row, DUE) is None
    approved(store, row)
    assert public_trace(row, DUE)["giver"] == KYIV_OBLAST
    zone.delete()
    in_zone(ZHYTOMYR_OBLAST)
    assert public_trace(row, DUE) is None


def test_traces_of_a_place_are_what_it_got_and_gave(store):
    got, other = in_store(store), in_store(store, giver=False)
    approved(store, got)
    approved(store, other)
    both = {got.public_id, other.public_id}
    for place, expected in {
        ZHYTOMYR: both,
        ZHYTOMYR_OBLAST: both,
        DORTMUND: {got.public_id},
        KHARKIV: set(),
    }.items():
        assert {one["id"] for one in public_traces(DUE, about=place)} == expected
    assert [one["id"] for one in public_traces(DUE)] == sorted(both, reverse=True)


def test_questions_to_the_database_do_not_grow_with_the_traces(
    store, django_assert_max_num_queries
):
    for _number in range(3):
        approved(store, in_store(store))
    with django_assert_max_num_queries(3):
        assert len(public_traces(DUE)) == 3


def test_what_was_passed_on_whole_counts_as_distributed(store):
    row = dispose(store, redistribute, in_store(store), receiver="Bucha")
    assert project(row)["stage"] == "distributed"
