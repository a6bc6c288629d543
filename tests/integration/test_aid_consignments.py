"""A consignment begins, is written, passes from state to state, and ends."""

import datetime as dt

import aid_cast
import pytest
from aid_cast import (
    S,
    a_consignment,
    a_line_entry,
    a_truck,
    ago,
    an_ambulance,
    an_entry,
    coded,
    declared,
    in_state,
    passed,
    refuses,
    sent,
)
from needs_cast import a_need

from factories import BUCHA, DORTMUND, SMOLENSK, ZHYTOMYR
from mistok.aid.clocks import deadlines_of
from mistok.aid.consignments import (
    add_vehicle,
    change_consignment,
    changes_since,
    consignments_of,
    entry_of,
    given_by,
    living_code,
    move,
    open_consignment,
    pass_to,
    readable,
    recipient_of,
    remove_vehicle,
    set_recipient,
    warnings,
    writable,
    write_line,
)
from mistok.aid.lifecycle import State
from mistok.aid.models import Consignment, Passage
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
people = aid_cast.aid_people


def test_the_whole_way_from_the_offer_to_the_closed_files(people):
    row = in_state(people.home, a_consignment(people.home, state=S.OFFERED), S.CLOSED)
    told = list(Passage.objects.filter(consignment=row).values_list("before", "after"))
    order = (
        "offered accepted code_issued declared dispatched export_cleared at_border"
        " customs_cleared received on_balance distributing distributed reported closed"
    ).split()
    assert told == list(zip(["", *order[:-1]], order, strict=True))
    assert row.state_since == ago(10)


@pytest.mark.parametrize("state", list(aid_cast.STEPS))
def test_every_state_of_the_straight_way_can_be_reached(people, state):
    row = in_state(people.home, a_consignment(people.home, state=S.OFFERED), state)
    assert row.state == state
    last = row.passages.latest("pk")
    assert (last.after, last.day, last.by) == (state, row.state_since, last.by)
    assert last.by in {
        str(people.home.officer),
        str(people.home.storekeeper),
        str(people.home.approver),
    }


def test_a_transfer_inside_the_country_passes_no_customs(people):
    row = a_consignment(people.home, regime="municipal_transfer", abroad=False, donor_place=BUCHA)
    assert row.donor_office == people.neighbour.office
    in_state(people.home, row, S.DISPATCHED)
    with refuses(Conflict, "no_border"):
        passed(people.home, row, S.AT_BORDER)
    assert in_state(people.home, row, S.CLOSED).state == S.CLOSED


def test_the_donor_is_an_office_a_place_a_name_or_nobody(people):
    known = a_consignment(people.home)
    assert (known.donor_office, known.donor_place) == (people.partner.office, DORTMUND)
    named = a_consignment(people.home, donor_place="", donor_name="Caritas")
    assert (named.donor_office, named.donor_name) == (None, "Caritas")
    nobody = a_consignment(people.home, donor_place=" ")
    assert (nobody.donor_office, nobody.donor_place, nobody.donor_name) == (None, "", "")


@pytest.mark.parametrize(
    ("fields", "kind", "code"),
    [
        ({"title": " "}, Invalid, "text_missing"),
        ({"title": "x" * 201}, Invalid, "text_too_long"),
        ({"regime": "barter"}, Invalid, "regime_unknown"),
        ({"donor_place": ZHYTOMYR}, Invalid, "donor_is_receiver"),
        ({"donor_place": "geonames:1"}, NotFound, "place_unknown"),
        ({"donor_place": SMOLENSK}, NotAllowed, "donor_barred"),
        ({"series": "need_aaaaaaaaaaaa"}, NotFound, "need_unknown"),
        ({"route": "x" * 401}, Invalid, "text_too_long"),
    ],
)
def test_an_entry_that_cannot_be_is_refused(people, fields, kind, code):
    with refuses(kind, code):
        a_consignment(people.home, **fields)
    assert not Consignment.objects.exists()


def test_a_day_to_come_and_a_state_that_is_not_the_first_are_refused(people):
    with refuses(Invalid, "day_to_come"):
        a_consignment(people.home, day=ago(-1))
    with refuses(Invalid, "state_not_first"):
        a_consignment(people.home, state=S.RECEIVED)


def test_what_came_before_the_list_of_aggressors_may_be_recorded(people):
    row = a_consignment(people.home, donor_place=SMOLENSK, day=dt.date(2014, 5, 1))
    assert row.donor_place == SMOLENSK


def test_a_series_serves_a_standing_need_of_the_receiver(people):
    standing = a_need(people.home, repeat="month")
    row = a_consignment(people.home, series=standing.public_id)
    assert row.series == standing
    assert entry_of(row).series == standing.public_id
    with refuses(Conflict, "need_not_standing"):
        a_consignment(people.home, series=a_need(people.home).public_id)
    with refuses(NotFound, "need_unknown"):
        a_consignment(people.home, series=a_need(people.neighbour, repeat="month").public_id)


def test_military_aid_is_restricted_and_has_no_lines(people):
    row = open_consignment(
        actor=people.home.officer,
        office=people.home.office,
        entry=an_entry(regime="military_aid"),
        day=ago(5),
    )
    assert row.restricted
    with refuses(Conflict, "no_lines_for_military"):
        write_line(actor=people.home.officer, consignment=row, entry=a_line_entry())
    sent(people.home, row, day=ago(4))
    passed(people.home, row, S.RECEIVED, day=ago(3))
    assert not row.lines.exists()


def test_money_comes_without_goods_in_the_ledger(people):
    row = a_consignment(
        people.home,
        a_line_entry("1", item="", names={"en": "schools"}, cluster="education", unit="programme"),
        regime="grant_money",
    )
    sent(people.home, row, day=ago(9))
    assert not row.lines.get().lots.exists()
    for state in (S.RECEIVED, S.ON_BALANCE, S.DISTRIBUTED, S.CLOSED):
        passed(people.home, row, state, day=ago(8))
    assert row.state == S.CLOSED


def test_who_does_not_write_for_the_office_opens_nothing(people):
    for actor in (
        people.home.storekeeper,
        people.home.auditor,
        people.partner.officer,
        people.stranger,
        people.nobody,
    ):
        with refuses(NotAllowed):
            open_consignment(actor=actor, office=people.home.office, entry=an_entry(), day=ago(5))


def test_a_consignment_is_changed_and_tells_which_fields_and_never_what(people):
    row = a_consignment(people.home, carrier="Ivan's lorries")
    change_consignment(
        actor=people.home.officer,
        consignment=row,
        entry=an_entry(title="Beds", route="by the secret ford", restricted=True),
        expected=row.version,
    )
    row.refresh_from_db()
    assert (row.title, row.route, row.carrier, row.restricted) == (
        "Beds",
        "by the secret ford",
        "",
        True,
    )
    event = AuditEvent.objects.get(verb="change_consignment")
    assert event.after["fields"] == ["title", "carrier", "route", "restricted"]
    everything = " ".join(str(one.after) for one in AuditEvent.objects.all())
    assert "ford" not in everything
    assert "Ivan" not in everything


def test_whoever_comes_second_is_told_what_changed(people):
    row = a_consignment(people.home)
    seen = row.version
    change_consignment(
        actor=people.home.officer, consignment=row, entry=an_entry(title="Beds alone")
    )
    write_line(actor=people.home.officer, consignment=row, entry=a_line_entry("3"))
    passed(people.home, row, S.REFUSED)
    with refuses(Conflict, "consignment_changed") as refusal:
        change_consignment(
            actor=people.home.officer, consignment=row, entry=an_entry(), expected=seen
        )
    sentence = str(refusal.value)
    assert "it was changed (Title)" in sentence
    assert "line 2 was written" in sentence
    assert "its state is now “refused”" in sentence
    assert [one["version"] for one in refusal.value.details["changes"]] == [
        seen + 1,
        seen + 2,
        seen + 3,
    ]


def test_a_change_that_left_no_event_is_told_in_general(people):
    row = a_consignment(people.home)
    Consignment.objects.filter(pk=row.pk).update(version=9)
    with refuses(Conflict, "consignment_changed") as refusal:
        passed(people.home, row, S.REFUSED, expected=3)
    assert "something was recorded for it" in str(refusal.value)
    assert changes_since(row, 9) == []


def test_acts_are_told_by_their_kind(people):
    row = in_state(people.home, a_consignment(people.home), S.CUSTOMS_CLEARED)
    seen = row.version
    in_state(people.home, row, S.RECEIVED)
    with refuses(Conflict, "consignment_changed") as refusal:
        passed(people.home, row, S.RETURNED, expected=seen)
    assert "an act was recorded: acceptance act" in str(refusal.value)


def test_regime_and_giver_stay_once_papers_name_them(people):
    row = in_state(people.home, a_consignment(people.home), S.CODE_ISSUED)
    entry = an_entry(regime="charitable_gift")
    with refuses(Conflict, "fixed_by_papers"):
        change_consignment(actor=people.home.officer, consignment=row, entry=entry)
    change_consignment(
        actor=people.home.officer, consignment=row, entry=an_entry(note="Call first")
    )
    assert row.note == "Call first"
    assert row.donor_office == people.partner.office


def test_a_consignment_with_lines_does_not_become_military(people):
    row = a_consignment(people.home)
    with refuses(Conflict, "no_lines_for_military"):
        change_consignment(
            actor=people.home.officer, consignment=row, entry=an_entry(regime="military_aid")
        )


def test_the_giver_may_be_corrected_before_papers_name_it(people):
    row = a_consignment(people.home, donor_place="", donor_name="somebody")
    change_consignment(actor=people.home.officer, consignment=row, entry=an_entry())
    assert row.donor_office == people.partner.office


def test_an_ended_consignment_is_not_changed(people):
    row = passed(people.home, a_consignment(people.home), S.REFUSED)
    with refuses(Conflict, "wrong_state"):
        change_consignment(actor=people.home.officer, consignment=row, entry=an_entry())


def test_a_passage_before_the_former_one_or_to_come_is_refused(people):
    row = in_state(people.home, a_consignment(people.home), S.DISPATCHED)
    with refuses(Invalid, "before_last_passage"):
        passed(people.home, row, S.AT_BORDER, day=ago(36))
    with refuses(Invalid, "day_to_come"):
        passed(people.home, row, S.AT_BORDER, day=ago(-1))
    assert passed(people.home, row, S.AT_BORDER, day=ago(35)).state_since == ago(35)
    with refuses(Invalid, "before_last_passage"):
        move(
            consignment=row,
            state=S.LOST,
            day=ago(40),
            by=people.home.officer,
            at=aid_cast.timezone.now(),
        )


@pytest.mark.parametrize("state", [S.CLOSED, S.OFFERED, S.REPORTED, S.ON_BALANCE])
def test_a_step_that_the_table_does_not_have_is_refused(people, state):
    with refuses(Conflict, "wrong_state"):
        passed(people.home, a_consignment(people.home), state)


@pytest.mark.parametrize(
    ("start", "state"),
    [
        (S.ACCEPTED, S.CODE_ISSUED),
        (S.ACCEPTED, S.DECLARED),
        (S.ACCEPTED, S.DISPATCHED),
        (S.CODE_ISSUED, S.CODE_EXPIRED),
        (S.AT_BORDER, S.DECLARATION_EXPIRED),
        (S.AT_BORDER, S.LOST),
        (S.AT_BORDER, S.SEIZED),
        (S.AT_BORDER, S.RETURNED),
        (S.AT_BORDER, S.CUSTOMS_CLEARED),
        (S.CUSTOMS_CLEARED, S.RECEIVED),
        (S.RECEIVED, S.ON_BALANCE),
        (S.DISTRIBUTED, S.REPORTED),
    ],
)
def test_states_that_have_their_own_record_do_not_come_by_hand(people, start, state):
    row = in_state(people.home, a_consignment(people.home), start)
    with refuses(Conflict, "needs_act"):
        passed(people.home, row, state, day=ago(0))


def test_a_refusal_needs_its_reason_and_ends_code_and_clocks(people):
    row = in_state(people.home, a_consignment(people.home), S.CODE_ISSUED)
    with refuses(Invalid, "text_missing"):
        passed(people.home, row, S.REFUSED, note=" ", day=ago(3))
    passed(people.home, row, S.REFUSED, note="the truck broke", day=ago(3))
    assert living_code(row) is None
    assert row.codes.get().ended_on == ago(3)
    assert deadlines_of(row).get().done_on == ago(3)
    assert row.passages.latest("pk").note == "the truck broke"


def test_nothing_is_closed_while_goods_or_a_report_are_owed(people):
    row = in_state(people.home, a_consignment(people.home), S.DISTRIBUTED)
    with refuses(Conflict, "still_due") as refusal:
        passed(people.home, row, S.CLOSED)
    assert "report on the distribution of aid" in str(refusal.value)
    Consignment.objects.filter(pk=row.pk).update(state=S.RECEIVED)
    left = in_state(people.home, a_consignment(people.home), S.RECEIVED)
    Consignment.objects.filter(pk=left.pk).update(state=S.DISTRIBUTED)
    left.refresh_from_db()
    with refuses(Conflict, "goods_left"):
        passed(people.home, left, S.CLOSED)


def test_retention_of_papers_runs_from_the_closing(people):
    row = in_state(people.home, a_consignment(people.home), S.CLOSED)
    kept = deadlines_of(row).get(rule="R21")
    assert (kept.start, kept.done_on) == (ago(10), None)
    assert not deadlines_of(row).filter(done_on=None).exclude(rule="R21").exists()


def test_a_gift_from_abroad_is_cleared_without_a_code(people):
    row = in_state(people.home, a_consignment(people.home, regime="charitable_gift"), S.AT_BORDER)
    passed(people.home, row, S.CUSTOMS_CLEARED)
    assert row.state == S.CUSTOMS_CLEARED
    assert not deadlines_of(row).filter(rule="R05").exists()


def test_readers_of_the_office_find_it_and_nobody_else_does(people):
    row = a_consignment(people.home, state=S.OFFERED)
    for actor in (
        people.home.officer,
        people.home.storekeeper,
        people.home.auditor,
        people.home.approver,
    ):
        assert readable(actor, row.public_id) == row
        assert list(consignments_of(actor, people.home.office)) == [row]
    strangers = (
        people.partner.officer,
        people.neighbour.officer,
        people.coordinator,
        people.stranger,
        people.nobody,
    )
    for actor in strangers:
        with refuses(NotFound, "consignment_unknown"):
            readable(actor, row.public_id)
        with refuses(NotAllowed):
            consignments_of(actor, people.home.office)
    with refuses(NotFound, "consignment_unknown"):
        readable(people.home.officer, "consignment_aaaaaaaaaaaa")


def test_the_giver_lists_what_it_gives_and_writes_while_it_offers(people):
    row = a_consignment(people.home, state=S.OFFERED)
    giver = people.partner.officer
    assert list(given_by(giver, people.partner.office)) == [row]
    with refuses(NotAllowed):
        given_by(giver, people.home.office)
    assert writable(giver, row.public_id) == row
    assert writable(people.home.officer, row.public_id) == row
    passed(people.home, row, S.ACCEPTED)
    for actor, address in (
        (giver, row.public_id),
        (people.neighbour.officer, row.public_id),
        (giver, "consignment_aaaaaaaaaaaa"),
    ):
        with refuses(NotFound, "consignment_unknown"):
            writable(actor, address)
    unknown = a_consignment(people.home, state=S.OFFERED, donor_place="")
    with refuses(NotFound, "consignment_unknown"):
        writable(giver, unknown.public_id)


def test_vehicles_come_and_go_until_a_declaration_names_them(people):
    row = in_state(people.home, a_consignment(people.home), S.CODE_ISSUED)
    truck, spare = a_truck(people.home, row), a_truck(people.home, row, plate="CC 1")
    assert truck.plate == "AA 1234 BB"
    declared(people.home, row, vehicle=truck)
    with refuses(Conflict, "vehicle_declared"):
        remove_vehicle(actor=people.home.officer, vehicle=truck)
    remove_vehicle(actor=people.home.officer, vehicle=spare)
    with refuses(Conflict, "vehicle_removed"):
        remove_vehicle(actor=people.home.officer, vehicle=spare)
    events = " ".join(str(one.after) for one in AuditEvent.objects.all())
    assert "AA 1234" not in events


def test_a_vehicle_that_cannot_be_is_refused(people, monkeypatch):
    row = a_consignment(people.home)
    with refuses(Invalid, "vehicle_kind_unknown"):
        add_vehicle(actor=people.home.officer, consignment=row, kind="balloon")
    with refuses(Invalid, "text_too_long"):
        a_truck(people.home, row, plate="x" * 41)
    monkeypatch.setattr("mistok.aid.consignments.vehicles.MOST_VEHICLES", 0)
    with refuses(Invalid, "too_many_vehicles"):
        a_truck(people.home, row)


def test_a_received_consignment_gets_no_vehicles(people):
    row = in_state(people.home, a_consignment(people.home), S.RECEIVED)
    with refuses(Conflict, "wrong_state"):
        a_truck(people.home, row)
    truck = row.vehicles.first()
    with refuses(Conflict, "wrong_state"):
        remove_vehicle(actor=people.home.officer, vehicle=truck)


def test_the_recipients_number_and_standing_are_kept(people):
    office = people.home.office
    told = {"actor": people.home.officer, "office": office, "number": "987", "told_on": ago(1)}
    row = set_recipient(status="suspended_no_report", **told)
    assert (recipient_of(office), row.number, row.status) == (row, "987", "suspended_no_report")
    with refuses(Invalid, "standing_unknown"):
        set_recipient(status="beloved", **told)
    with refuses(Invalid, "text_missing"):
        set_recipient(status="active", **told | {"number": ""})
    with refuses(Invalid, "day_to_come"):
        set_recipient(status="active", **told | {"told_on": ago(-1)})
    with refuses(NotAllowed):
        set_recipient(status="active", **told | {"actor": people.home.storekeeper})
    assert recipient_of(people.neighbour.office) is None


def test_who_may_not_move_moves_nothing(people):
    row = a_consignment(people.home)
    for actor in (
        people.home.storekeeper,
        people.home.auditor,
        people.partner.officer,
        people.neighbour.officer,
        people.nobody,
    ):
        with refuses(NotAllowed):
            pass_to(actor=actor, consignment=row, state=S.REFUSED, day=ago(1), note="no")
    assert State(row.state) == S.ACCEPTED


def test_public_transport_waits_for_the_end_of_martial_law(people):
    bus = an_ambulance("WDB12345678901234")
    row = a_consignment(
        people.home,
        aid_cast.LineEntry(item="city_bus", number=bus.number, lots=bus.lots),
        regime="technical_assistance",
        abroad=False,
    )
    in_state(people.home, row, S.RECEIVED)
    told = {one.rule: one for one in deadlines_of(row)}
    assert sorted(told) == ["R09", "R18"]
    assert told["R09"].due_on == ago(20)
    assert told["R18"].due_on is None
    assert "martial law" in told["R18"].told


def test_after_the_receipt_only_days_are_warned_of(people):
    row = in_state(people.home, a_consignment(people.home, a_line_entry(used=True)), S.RECEIVED)
    told = warnings(row, deadlines_of(row).get(rule="R05").due_on + dt.timedelta(days=1))
    assert any("report on the distribution of aid" in one for one in told)
    assert not any("wear" in one for one in told)


def test_coded_consignment_names_the_code_that_lives(people):
    row = a_consignment(people.home)
    assert living_code(row) is None
    code = coded(people.home, row)
    assert living_code(row) == code
