"""Goods leave, are cleared by customs declaration by declaration, and papers run out meanwhile."""

import datetime as dt
from decimal import Decimal

import aid_cast
import pytest
from aid_cast import (
    TODAY,
    S,
    a_consignment,
    a_key,
    a_line_entry,
    ago,
    amounts,
    cleared,
    coded,
    declared,
    in_state,
    passed,
    refuses,
    sent,
)
from django.utils import timezone

from mistok.aid import ledger
from mistok.aid.acts import DisposalRow, record_seizure, reverse
from mistok.aid.clocks import deadlines_of
from mistok.aid.consignments import (
    clear,
    expire,
    living_code,
    living_lines,
    warnings,
)
from mistok.aid.lifecycle import Account, ActKind
from mistok.aid.models import (
    AidAct,
    Consignment,
    Declaration,
    Entry,
    Passage,
)
from mistok.kernel.errors import Conflict, Invalid, NotAllowed
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
people = aid_cast.aid_people
DAY = dt.timedelta(days=1)


def at(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def on_the_way(people, *lines, **fields):
    return in_state(people.home, a_consignment(people.home, *lines, **fields), S.AT_BORDER)


def in_account(row, account) -> int:
    lots = [lot for line in living_lines(row) for lot in line.lots.all()]
    return sum(ledger.balance(lot, account) for lot in lots) // 1000


# Dispatch


def test_a_dispatch_makes_lots_of_what_is_told_exactly(people):
    more = a_line_entry("5", item="", names={"en": "food"}, cluster="food", unit="tonne", bound=">")
    lots = [aid_cast.LotEntry(number=Decimal(4), batch="A"), aid_cast.LotEntry(number=Decimal(6))]
    row = a_consignment(people.home, a_line_entry(lots=lots), more, regime="charitable_gift")
    sent(people.home, row, day=ago(9))
    first, second = living_lines(row)
    assert [lot.declared for lot in first.lots.all()] == [4000, 6000]
    assert second.lots.count() == 0
    assert in_account(row, Account.IN_TRANSIT) == 10
    act = AidAct.objects.get(consignment=row)
    assert (act.kind, act.day, act.number) == (ActKind.DISPATCH, ago(9), 1)


def test_the_same_dispatch_sent_twice_is_one(people):
    row = a_consignment(people.home, regime="charitable_gift")
    key = a_key()
    sent(people.home, row, day=ago(9), key=key)
    version = row.version
    assert sent(people.home, row, day=ago(9), key=key, expected=1).version == version
    with refuses(Conflict, "key_reused"):
        sent(people.home, row, day=ago(8), key=key)
    with refuses(Conflict, "wrong_state"):
        sent(people.home, row, day=ago(8))
    assert Entry.objects.filter(office=people.home.office).count() == 1


def test_a_dispatch_waits_for_lines_papers_and_the_declaration(people):
    empty = aid_cast.open_consignment(
        actor=people.home.officer,
        office=people.home.office,
        entry=aid_cast.an_entry(regime="charitable_gift"),
        day=ago(60),
    )
    with refuses(Invalid, "no_lines"):
        sent(people.home, empty)
    row = a_consignment(people.home)
    with refuses(Conflict, "declaration_missing"):
        sent(people.home, row)
    ready = in_state(people.home, a_consignment(people.home), S.DECLARED)
    with refuses(Conflict, "papers_missing") as refusal:
        aid_cast.dispatch(actor=people.home.officer, consignment=ready, day=ago(30), key=a_key())
    assert "the packing list" in str(refusal.value)
    with refuses(Invalid, "day_to_come"):
        sent(people.home, ready, day=ago(-1))
    with refuses(NotAllowed):
        aid_cast.dispatch(
            actor=people.home.storekeeper, consignment=ready, day=ago(30), key=a_key()
        )


def test_in_the_old_days_goods_left_before_anything_was_declared(people):
    row = a_consignment(people.home, day=dt.date(2022, 3, 20))
    sent(people.home, row, day=dt.date(2022, 3, 22))
    passed(people.home, row, S.AT_BORDER, day=dt.date(2022, 3, 23))
    passed(people.home, row, S.CUSTOMS_CLEARED, day=dt.date(2022, 3, 24))
    clock = deadlines_of(row).get(rule="R05")
    assert (clock.start, clock.due_on) == (dt.date(2022, 3, 24), None)


def test_today_nothing_is_cleared_without_a_declaration(people):
    row = on_the_way(people)
    remaining = row.declarations.get()
    Declaration.objects.filter(pk=remaining.pk).update(expired_on=ago(33))
    with refuses(Conflict, "declaration_missing"):
        passed(people.home, row, S.CUSTOMS_CLEARED)


# Clearance


def test_a_clearance_moves_the_goods_to_customs_and_starts_the_report(people):
    row = on_the_way(people)
    row_declared = cleared(people.home, row.declarations.get(), customs_office="Yahodyn")
    row.refresh_from_db()
    assert (row.state, row.state_since) == (S.CUSTOMS_CLEARED, ago(32))
    assert (row_declared.cleared_on, row_declared.customs_office) == (ago(32), "Yahodyn")
    assert in_account(row, Account.CUSTOMS) == 10
    told = {one.rule: one for one in deadlines_of(row)}
    assert told["R03"].done_on == told["R04"].done_on == ago(32)
    assert (told["R05"].due_on, told["R05"].declaration) == (ago(32) + 90 * DAY, row_declared)
    events = " ".join(str(one.after) for one in AuditEvent.objects.all())
    assert "Yahodyn" not in events


def test_a_consignment_is_cleared_when_its_last_declaration_is(people):
    lots = [aid_cast.LotEntry(number=Decimal(5), batch=name) for name in "AB"]
    row = in_state(people.home, a_consignment(people.home, a_line_entry(lots=lots)), S.CODE_ISSUED)
    first = declared(people.home, row, lines=amounts(row, 6))
    second = declared(people.home, row, lines=amounts(row, 4))
    in_state(people.home, row, S.AT_BORDER)
    cleared(people.home, first)
    row.refresh_from_db()
    assert row.state == S.AT_BORDER
    assert in_account(row, Account.CUSTOMS) == 6
    cleared(people.home, second, day=ago(31))
    row.refresh_from_db()
    assert (row.state, row.state_since) == (S.CUSTOMS_CLEARED, ago(31))
    assert in_account(row, Account.IN_TRANSIT) == 0


def test_a_vehicle_that_comes_later_is_declared_and_cleared_after_the_first(people):
    row = in_state(people.home, a_consignment(people.home), S.CODE_ISSUED)
    first = declared(people.home, row, lines=amounts(row, 6))
    in_state(people.home, row, S.AT_BORDER)
    cleared(people.home, first)
    row.refresh_from_db()
    late = declared(people.home, row, lines=amounts(row, 4), day=ago(36))
    assert row.state == S.CUSTOMS_CLEARED
    cleared(people.home, late, day=ago(33))
    row.refresh_from_db()
    assert (row.state_since, in_account(row, Account.CUSTOMS)) == (ago(32), 10)


def test_the_same_clearance_sent_twice_is_one(people):
    row, key = on_the_way(people), a_key()
    first = row.declarations.get()
    cleared(people.home, first, key=key)
    again = cleared(people.home, Declaration.objects.get(), key=key)
    assert again.cleared_on == ago(32)
    assert AidAct.objects.filter(kind=ActKind.CLEARANCE).count() == 1
    with refuses(Conflict, "declaration_cleared"):
        cleared(people.home, first)


@pytest.mark.parametrize(
    ("day", "kind", "code"),
    [
        (ago(-1), Invalid, "day_to_come"),
        (ago(34), Invalid, "before_last_passage"),
    ],
)
def test_a_clearance_on_an_impossible_day_is_refused(people, day, kind, code):
    row = on_the_way(people)
    with refuses(kind, code):
        cleared(people.home, row.declarations.get(), day=day)


def test_a_clearance_before_its_declaration_is_refused(people):
    row = in_state(people.home, a_consignment(people.home), S.CODE_ISSUED)
    first = declared(people.home, row, lines=amounts(row, 6))
    in_state(people.home, row, S.AT_BORDER)
    cleared(people.home, first)
    late = declared(people.home, row, lines=amounts(row, 4), day=ago(30))
    with refuses(Invalid, "before_declaration"):
        cleared(people.home, late, day=ago(31))


@pytest.mark.parametrize(("days", "fits"), [(30, True), (31, False)])
def test_a_declaration_is_good_until_its_last_day(people, days, fits):
    row = on_the_way(people)
    paper = row.declarations.get()
    if fits:
        assert cleared(people.home, paper, day=paper.created_on + days * DAY).cleared_on
        return
    with refuses(Conflict, "declaration_expired"):
        cleared(people.home, paper, day=paper.created_on + days * DAY)


def test_nothing_is_cleared_before_it_is_on_the_way_or_by_somebody_else(people):
    row = in_state(people.home, a_consignment(people.home), S.DECLARED)
    with refuses(Conflict, "wrong_state"):
        cleared(people.home, row.declarations.get())
    with refuses(NotAllowed):
        clear(
            actor=people.partner.officer,
            declaration=row.declarations.get(),
            day=ago(30),
            key=a_key(),
        )


def test_what_was_seized_is_cleared_after_the_seizure_is_reversed(people):
    row = on_the_way(people)
    lot = living_lines(row)[0].lots.get()
    act = record_seizure(
        actor=people.home.approver,
        consignment=row,
        day=ago(33),
        rows=[DisposalRow(lot=lot, amount=10_000, account=Account.IN_TRANSIT)],
        ground="papers of the customs",
        key=a_key(),
    )
    row.refresh_from_db()
    assert row.state == S.SEIZED
    with refuses(Conflict, "goods_still_seized"):
        cleared(people.home, row.declarations.get())
    with refuses(Conflict, "goods_still_seized"):
        passed(people.home, row, S.CUSTOMS_CLEARED, day=ago(32))
    reverse(actor=people.home.approver, act=act, reason="released", key=a_key(), day=ago(32))
    row.refresh_from_db()
    Consignment.objects.filter(pk=row.pk).update(state=S.SEIZED)
    row.refresh_from_db()
    cleared(people.home, row.declarations.get(), day=row.state_since)
    row.refresh_from_db()
    assert (row.state, in_account(row, Account.CUSTOMS)) == (S.CUSTOMS_CLEARED, 10)


# What runs out


def test_a_code_runs_out_the_day_after_its_last(people):
    row = in_state(people.home, a_consignment(people.home), S.CODE_ISSUED)
    last = living_code(row).valid_until
    assert expire(last) == 0
    assert expire(last + DAY, at(last + DAY)) == 1
    assert expire(last + DAY, at(last + DAY)) == 0
    row.refresh_from_db()
    assert (row.state, row.state_since) == (S.CODE_EXPIRED, last + DAY)
    assert living_code(row) is None
    assert row.codes.get().ended_on == last
    assert deadlines_of(row).get().done_on == last + DAY
    assert Passage.objects.latest("pk").by == "shell: expire"
    assert AuditEvent.objects.get(verb="expire_consignment").after["codes"] == 1


def expired_code(people):
    """A consignment whose code ran out a while ago."""
    row = a_consignment(people.home, day=ago(120))
    coded(people.home, row, day=ago(120))
    expire(ago(29), at(ago(29)))
    row.refresh_from_db()
    return row


def test_after_its_code_ran_out_a_consignment_gets_another(people):
    row = expired_code(people)
    assert row.state == S.CODE_EXPIRED
    with refuses(Conflict, "code_expired"):
        declared(people.home, row, day=ago(20))
    aid_cast.a_line(people.home, row, a_line_entry("2"))
    coded(people.home, row, day=ago(20))
    assert declared(people.home, row, day=ago(19)).lines.count() == 2


def test_a_declaration_that_ran_out_at_the_border_needs_a_new_one(people):
    row = on_the_way(people)
    paper = row.declarations.get()
    assert expire() == 1
    row.refresh_from_db()
    paper.refresh_from_db()
    assert (row.state, paper.expired_on) == (S.DECLARATION_EXPIRED, TODAY)
    assert any("ran out before its vehicle was cleared" in one for one in warnings(row))
    again = declared(people.home, row, day=TODAY, vehicle=paper.vehicle)
    assert (row.state, again.lines.get().amount) == (S.DECLARED, 10_000)
    assert not any("ran out before" in one for one in warnings(row))
    sent(people.home, row, day=TODAY)
    assert in_account(row, Account.IN_TRANSIT) == 10
    assert Entry.objects.filter(act__consignment=row).count() == 1


def test_declared_goods_whose_papers_all_ran_out_need_a_new_code(people):
    row = in_state(people.home, a_consignment(people.home), S.DECLARED)
    later = living_code(row).valid_until + DAY
    assert expire(later, at(later)) == 2
    row.refresh_from_db()
    assert row.state == S.CODE_EXPIRED


def test_declared_goods_with_a_living_code_are_declared_again(people):
    row = in_state(people.home, a_consignment(people.home), S.DECLARED)
    assert expire() == 1
    row.refresh_from_db()
    assert row.state == S.DECLARATION_EXPIRED
    code = coded(people.home, row, day=TODAY)
    assert (row.state, living_code(row)) == (S.CODE_ISSUED, code)
    assert row.codes.earliest("pk").ended_on == TODAY


def test_without_a_code_and_after_its_end_nothing_is_declared(people):
    row = in_state(people.home, a_consignment(people.home), S.DECLARED)
    expire()
    later = living_code(row).valid_until + DAY
    expire(later, at(later))
    row.refresh_from_db()
    assert row.state == S.DECLARATION_EXPIRED
    with refuses(Conflict, "code_expired"):
        declared(people.home, row, day=later, today=later, at=at(later))


def test_a_code_that_runs_out_leaves_a_valid_declaration_alone(people):
    row = a_consignment(people.home, day=ago(100))
    coded(people.home, row, day=ago(95))
    declared(people.home, row, day=ago(10))
    assert expire() == 1
    row.refresh_from_db()
    assert row.state == S.DECLARED


def test_a_declaration_that_runs_out_on_the_road_changes_no_state(people):
    row = in_state(people.home, a_consignment(people.home), S.DISPATCHED)
    assert expire() == 1
    row.refresh_from_db()
    assert row.state == S.DISPATCHED


def test_paper_declarations_that_ran_out_are_made_again(people):
    row = a_consignment(people.home, day=dt.date(2024, 1, 10))
    declared(people.home, row, day=dt.date(2024, 1, 10))
    expire(dt.date(2024, 2, 10), at(dt.date(2024, 2, 10)))
    row.refresh_from_db()
    assert row.state == S.DECLARATION_EXPIRED
    declared(people.home, row, day=dt.date(2024, 3, 31))
    assert row.state == S.DECLARED
