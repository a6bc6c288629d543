"""The way through customs: recipient, code, declarations, and what a late report blocks."""

import datetime as dt
from decimal import Decimal

import aid_cast
import pytest
from aid_cast import (
    TODAY,
    WALK,
    S,
    a_consignment,
    a_line_entry,
    a_truck,
    ago,
    amounts,
    an_ambulance,
    as_recipient,
    cleared,
    coded,
    declared,
    in_state,
    refuses,
    sent,
    with_files,
)
from django.utils import timezone

from factories import BUCHA
from mistok.aid.clocks import deadlines_of
from mistok.aid.consignments import (
    NO_TERM,
    change_line,
    code_needed,
    living_code,
    living_lines,
    remove_vehicle,
    term_of,
    warnings,
)
from mistok.aid.models import (
    AidPaper,
    Declaration,
    Recipient,
    UniqueCode,
)
from mistok.kernel.errors import Conflict, Invalid, NotFound
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
people = aid_cast.aid_people
DAY = dt.timedelta(days=1)


def at(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


# The code


def test_a_code_lists_all_lines_and_is_valid_for_ninety_days(people):
    row = a_consignment(people.home, a_line_entry("10", packages=2), a_line_entry("4"))
    code = coded(people.home, row, day=ago(50))
    assert code.valid_until == ago(50) + 90 * DAY
    assert code.rule_version
    assert code.recipient_number == "12345"
    listed = [(one.line.position, one.amount, one.packages) for one in code.lines.all()]
    assert listed == [(1, 10_000, 2), (2, 4000, None)]
    clock = deadlines_of(row).get()
    assert (clock.rule, clock.start, clock.due_on) == ("R03", ago(50), code.valid_until)
    assert row.state == S.CODE_ISSUED


def test_a_code_may_list_a_part(people):
    row = a_consignment(people.home)
    code = coded(people.home, row, lines=amounts(row, 6))
    assert code.lines.get().amount == 6000


def test_a_code_waits_for_its_papers_and_names_them(people):
    row = a_consignment(people.home)
    told = {"value": "HA-1", "issued_on": ago(50)}
    with refuses(Conflict, "papers_missing") as refusal:
        aid_cast.issue_code(actor=people.home.officer, consignment=row, **told)
    assert "the need letter, the donor's offer or donation letter" in str(refusal.value)
    with_files(row, "need_letter", "distribution_plan")
    with refuses(Conflict, "papers_missing") as refusal:
        aid_cast.issue_code(actor=people.home.officer, consignment=row, **told)
    assert refusal.value.details["papers"] == ["donor_offer"]
    AidPaper.objects.create(
        public_id="paper_aaaaaaaaaaaa",
        consignment=row,
        kind="donation_letter",
        number=1,
        languages=["uk", "en"],
        slots={},
        template_version=1,
        readers="both",
        made_by="somebody",
        made_at=timezone.now(),
    )
    assert aid_cast.issue_code(actor=people.home.officer, consignment=row, **told).value == "HA-1"


@pytest.mark.parametrize(
    ("status", "code"),
    [("suspended_no_report", "recipient_suspended"), ("excluded", "recipient_excluded")],
)
def test_only_an_active_recipient_gets_a_code_and_is_warned_before(people, status, code):
    row = a_consignment(people.home)
    as_recipient(people.home, status)
    assert any("it gets no code" in one for one in warnings(row))
    with refuses(Conflict, code):
        coded(people.home, row)
    Recipient.objects.all().delete()
    assert any("no number as recipient" in one for one in warnings(row))
    with refuses(Conflict, "recipient_missing"):
        coded(people.home, row)


def test_missing_papers_are_warned_of_before_the_code(people):
    row = a_consignment(people.home)
    assert any("the distribution plan" in one for one in warnings(row))
    with_files(row)
    assert warnings(row) == []


def test_a_code_is_recorded_once(people):
    coded(people.home, a_consignment(people.home), value="HA-7")
    with refuses(Conflict, "code_known"):
        coded(people.home, a_consignment(people.home), value="HA-7")


@pytest.mark.parametrize(
    ("fields", "kind", "code"),
    [
        ({"value": " "}, Invalid, "text_missing"),
        ({"value": "x" * 61}, Invalid, "text_too_long"),
        ({"day": ago(-1)}, Invalid, "day_to_come"),
        ({"day": ago(61)}, Invalid, "before_last_passage"),
        ({"lines": {}}, Invalid, "no_lines"),
        ({"lines": {"line_aaaaaaaaaaaa": Decimal(1)}}, NotFound, "line_unknown"),
    ],
)
def test_a_code_that_cannot_be_is_refused(people, fields, kind, code):
    row = a_consignment(people.home)
    with refuses(kind, code):
        coded(people.home, row, **fields)
    assert not UniqueCode.objects.exists()


@pytest.mark.parametrize(
    ("number", "kind", "code"),
    [
        ("11", Conflict, "more_than_line"),
        ("0", Invalid, "amount_zero"),
        ("2.5", Invalid, "amount_not_whole"),
    ],
)
def test_amounts_under_a_code_are_exact_and_within_the_line(people, number, kind, code):
    row = a_consignment(people.home)
    with refuses(kind, code):
        coded(people.home, row, lines=amounts(row, number))


def test_an_inequality_needs_its_exact_amount_under_a_code(people):
    more = a_line_entry("5", item="", names={"en": "food"}, cluster="food", unit="tonne", bound=">")
    row = a_consignment(people.home, more)
    with refuses(Conflict, "amount_not_exact"):
        coded(people.home, row)
    assert coded(people.home, row, lines=amounts(row, "5.2")).lines.get().amount == 5200


def test_goods_that_go_another_way_get_no_code(people):
    for fields in ({"regime": "charitable_gift"}, {"abroad": False}):
        row = a_consignment(people.home, **fields)
        with refuses(Conflict, "no_code_needed"):
            coded(people.home, row)
        with refuses(Conflict, "no_code_needed"):
            declared(people.home, row)


def test_a_code_comes_once_to_what_was_accepted(people):
    row = in_state(people.home, a_consignment(people.home), S.DECLARED)
    with refuses(Conflict, "wrong_state"):
        coded(people.home, row, day=ago(30))


def test_each_vehicle_has_its_vin_before_the_code(people):
    row = a_consignment(people.home, a_line_entry("2", item="ambulance"))
    with refuses(Conflict, "vin_missing") as refusal:
        coded(people.home, row)
    assert "2 of them have no VIN" in str(refusal.value)
    two = an_ambulance("WDB90663713R12345", "WDB90663713R12346")
    change_line(actor=people.home.officer, line=living_lines(row)[0], entry=two)
    assert coded(people.home, row).lines.get().amount == 2000


def test_before_the_rule_there_was_no_code(people):
    row = a_consignment(people.home, day=dt.date(2023, 11, 1))
    with refuses(Invalid, "rule_not_in_force"):
        coded(people.home, row, day=dt.date(2023, 11, 30))
    assert not code_needed(row, dt.date(2023, 11, 30))
    assert not code_needed(row, dt.date(2024, 3, 31))
    assert code_needed(row, dt.date(2024, 4, 1))
    assert coded(people.home, row, day=dt.date(2023, 12, 1)).valid_until == dt.date(2024, 2, 29)


# The declaration


def test_one_declaration_for_each_vehicle_and_no_more_than_the_code(people):
    row = in_state(people.home, a_consignment(people.home), S.CODE_ISSUED)
    first = declared(people.home, row, lines=amounts(row, 6), unloading=BUCHA)
    assert (row.state, first.unloading) == (S.DECLARED, BUCHA)
    assert first.valid_until == ago(40) + 30 * DAY
    assert term_of(first) == first.valid_until
    with refuses(Conflict, "vehicle_declared"):
        declared(people.home, row, vehicle=first.vehicle, lines=amounts(row, 1))
    with refuses(Conflict, "more_than_code") as refusal:
        declared(people.home, row, lines=amounts(row, 5))
    assert "4\N{NO-BREAK SPACE}pieces are left" in str(refusal.value)
    second = declared(people.home, row, lines=amounts(row, 4), day=ago(39))
    assert (row.state_since, second.lines.get().amount) == (ago(40), 4000)
    assert deadlines_of(row).filter(rule="R04").count() == 2


def test_what_is_not_under_the_code_is_not_declared(people):
    row = a_consignment(people.home, a_line_entry(), a_line_entry("3"))
    first, second = living_lines(row)
    coded(people.home, row, lines={first.public_id: Decimal(10)})
    with refuses(Conflict, "not_in_code"):
        declared(people.home, row, lines={second.public_id: Decimal(1)})
    with refuses(NotFound, "line_unknown"):
        declared(people.home, row, lines={"line_aaaaaaaaaaaa": Decimal(1)})
    with refuses(Invalid, "no_lines"):
        declared(people.home, row, lines={})


@pytest.mark.parametrize(
    ("fields", "kind", "code"),
    [
        ({"number": " "}, Invalid, "text_missing"),
        ({"day": ago(-1)}, Invalid, "day_to_come"),
        ({"day": ago(51)}, Invalid, "before_last_passage"),
        ({"unloading": "katottg:UA99999999999999999"}, NotFound, "place_unknown"),
        ({"customs_office": "x" * 201}, Invalid, "text_too_long"),
    ],
)
def test_a_declaration_that_cannot_be_is_refused(people, fields, kind, code):
    row = in_state(people.home, a_consignment(people.home), S.CODE_ISSUED)
    with refuses(kind, code):
        declared(people.home, row, **fields)
    assert not Declaration.objects.exists()


def test_a_further_declaration_is_not_from_the_time_before_the_code_or_to_come(people):
    row = in_state(people.home, a_consignment(people.home), S.CODE_ISSUED)
    declared(people.home, row, lines=amounts(row, 6))
    with refuses(Invalid, "before_code"):
        declared(people.home, row, lines=amounts(row, 1), day=ago(51))
    with refuses(Invalid, "day_to_come"):
        declared(people.home, row, lines=amounts(row, 1), day=ago(-1))


def test_the_same_number_is_declared_once(people):
    row = in_state(people.home, a_consignment(people.home), S.CODE_ISSUED)
    declared(people.home, row, number="77", lines=amounts(row, 6))
    with refuses(Conflict, "declaration_known"):
        declared(people.home, row, number="77", lines=amounts(row, 1))


def test_a_vehicle_of_another_consignment_or_taken_out_is_refused(people):
    row = in_state(people.home, a_consignment(people.home), S.CODE_ISSUED)
    other = a_truck(people.home, a_consignment(people.home))
    gone = a_truck(people.home, row)
    gone.driver = "Petro Shevchuk"
    gone.save()
    remove_vehicle(actor=people.home.officer, vehicle=gone)
    assert type(gone).objects.get(pk=gone.pk).driver == ""
    for vehicle in (other, gone):
        with refuses(Conflict, "vehicle_elsewhere"):
            declared(people.home, row, vehicle=vehicle)


@pytest.mark.parametrize(("days", "fits"), [(90, True), (91, False)])
def test_a_declaration_is_made_while_the_code_is_valid(people, days, fits):
    issued = ago(120)
    row = a_consignment(people.home, day=issued)
    coded(people.home, row, day=issued)
    if fits:
        assert declared(people.home, row, day=issued + days * DAY).code == living_code(row)
        return
    with refuses(Conflict, "code_expired"):
        declared(people.home, row, day=issued + days * DAY)


def test_since_the_digital_route_nothing_is_declared_without_a_code(people):
    row = a_consignment(people.home, day=dt.date(2024, 3, 1))
    with refuses(Conflict, "code_missing"):
        declared(people.home, row, day=dt.date(2024, 4, 1))
    paper = declared(people.home, row, day=dt.date(2024, 3, 31))
    assert (paper.code, paper.valid_until) == (None, dt.date(2024, 4, 30))


def test_a_declaration_of_the_old_way_has_no_term_and_keeps_within_the_line(people):
    row = a_consignment(people.home, day=dt.date(2022, 3, 20))
    first = declared(people.home, row, day=dt.date(2022, 3, 24), lines=amounts(row, 6))
    assert (first.code, first.valid_until, first.rule_version) == (None, NO_TERM, "")
    assert term_of(first) is None
    with refuses(Conflict, "more_than_line"):
        declared(people.home, row, day=dt.date(2022, 3, 24), lines=amounts(row, 5))
    declared(people.home, row, day=dt.date(2022, 3, 24), lines=amounts(row, 4))
    clock = deadlines_of(row).filter(rule="R04").first()
    assert clock.due_on is None
    assert "was not in force" in clock.told


def test_an_old_inequality_is_declared_as_it_was_told(people):
    more = a_line_entry("5", item="", names={"en": "food"}, cluster="food", unit="tonne", bound=">")
    row = a_consignment(people.home, more, day=dt.date(2022, 3, 20))
    paper = declared(people.home, row, day=dt.date(2022, 3, 24), lines=amounts(row, 6))
    assert paper.lines.get().amount == 6000
    sent(people.home, row, day=dt.date(2022, 3, 25))
    cleared(people.home, paper, day=dt.date(2022, 3, 27))
    assert row.lines.get().lots.count() == 0


# A late report


def late_report(people, days):
    """An office one of whose reports is so many days late, and another consignment of it."""
    clearing = ago(90 + days)
    late = a_consignment(people.home, day=clearing - 20 * DAY, title="Ambulances from Marseille")
    steps = {"code_issued": 15, "declared": 10, "dispatched": 5, "at_border": 2}
    in_state(
        people.home,
        late,
        S.AT_BORDER,
        **{name: 90 + days + before for name, before in steps.items()},
        export_cleared=90 + days + 3,
    )
    cleared(people.home, late.declarations.get(), day=clearing)
    return late, a_consignment(people.home)


def test_a_late_report_blocks_code_and_declaration_and_says_which(people):
    late, row = late_report(people, 3)
    with_files(row)
    with refuses(Conflict, "report_overdue") as refusal:
        coded(people.home, row, day=TODAY)
    sentence = str(refusal.value)
    said = "No new declaration: report for Ambulances from Marseille is 3 days late."
    assert sentence == f"{said} File the report first."
    assert refusal.value.details == {"consignment": late.public_id, "days": 3}
    assert any("Ambulances from Marseille is 3 days late" in one for one in warnings(row))
    code = coded(people.home, row, day=ago(4))
    with refuses(Conflict, "report_overdue"):
        declared(people.home, row, day=ago(2))
    assert declared(people.home, row, day=ago(3)).code == code
    kept = AuditEvent.objects.filter(verb="refused_issue_code").latest("pk").after["sentence"]
    assert kept == f"No new declaration: report for {late.public_id} is 3 days late."


def test_one_day_late_is_told_as_one_day(people):
    _late, row = late_report(people, 1)
    with refuses(Conflict, "report_overdue") as refusal:
        coded(people.home, row, day=TODAY)
    assert "is 1 day late" in str(refusal.value)


def test_a_report_that_is_filed_lifts_the_block(people):
    late, row = late_report(people, 3)
    in_state(
        people.home, late, S.DISTRIBUTED, received=92, on_balance=91, distributing=10, distributed=9
    )
    aid_cast.file_report(
        actor=people.home.officer, consignment=late, number="1", filed_on=ago(1), final=True
    )
    with refuses(Conflict, "report_overdue"):
        coded(people.home, row, day=ago(2))
    assert coded(people.home, row, day=ago(1)).valid_until == ago(1) + 90 * DAY


def test_walk_days_stand_in_order():
    assert list(WALK.values()) == sorted(WALK.values(), reverse=True)
