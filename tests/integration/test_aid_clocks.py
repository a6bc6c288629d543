"""Days that the law gives: computed once, told on the board, corrected by an act, exported."""

import csv
import datetime as dt
from pathlib import Path

import aid_cast
import pytest
from aid_cast import TODAY, WALK, S, a_consignment, ago, coded, declared, in_state, refuses
from django.utils import translation

from mistok.accounts.models import User
from mistok.aid.clocks import (
    aid_events,
    blocks,
    board,
    correct_deadline,
    deadlines_of,
    end_clocks,
    finish_clock,
    mark_done,
    start_clock,
    title_of,
)
from mistok.aid.consignments import expire, living_code, warnings
from mistok.aid.models import AidDeadline
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, Refusal
from mistok.law.drafting import NewVersion
from mistok.law.selectors import deadline
from mistok.law.services import add_version
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
people = aid_cast.aid_people
DAY = dt.timedelta(days=1)
TABLE = Path(__file__).resolve().parents[1] / "data" / "aid_deadlines.csv"
ROWS = list(csv.DictReader(TABLE.open(encoding="utf-8")))


def by_engine(row):
    try:
        return deadline(row["rule"], dt.date.fromisoformat(row["start"])).due_on.isoformat()
    except Refusal as refusal:
        return refusal.code


def test_the_engine_equals_the_table_made_by_hand():
    hand = {(row["rule"], row["start"]): row["expected"] for row in ROWS}
    assert len(hand) == len(ROWS) >= 60
    assert {(row["rule"], row["start"]): by_engine(row) for row in ROWS} == hand


def test_the_table_speaks_of_every_rule_with_its_first_day_and_leap_years():
    assert {row["rule"] for row in ROWS} == set("R03 R04 R05 R07 R07-M R08 R09".split())
    refused = {row["rule"] for row in ROWS if row["expected"] == "rule_not_in_force"}
    assert refused == set("R03 R04 R05 R07 R07-M R08".split())
    assert all(row["why"] for row in ROWS)


def test_a_kept_day_equals_the_table_too(people):
    row = a_consignment(people.home)
    for told in ROWS:
        kept = start_clock(row, told["rule"], dt.date.fromisoformat(told["start"]))
        if told["expected"] == "rule_not_in_force":
            assert (kept.due_on, kept.rule_version) == (None, "")
            assert "was not in force" in kept.told
        else:
            assert kept.due_on.isoformat() == told["expected"]
            assert kept.rule_version
            assert kept.country == "UA"


def clock(people, rule="R05", start=None, **fields) -> AidDeadline:
    row = fields.pop("consignment", None) or a_consignment(people.home, **fields)
    return start_clock(row, rule, start or ago(80))


def other_version(code, **fields):
    root = User.objects.create_superuser("root@example.org", "a long and quiet bridge")
    sound = {"standing": "unverified", "source_title": "a letter"}
    add_version(root, NewVersion(code=code, **sound | fields))


def test_the_same_event_keeps_one_day_whatever_the_law_says_later(people):
    kept = clock(people)
    other_version("R05", effective_from=ago(90), value=60, unit="calendar")
    assert clock(people, consignment=kept.consignment) == kept
    assert kept.due_on == ago(80) + 90 * DAY
    assert clock(people, start=ago(79)).due_on == ago(79) + 60 * DAY


def test_the_monthly_report_is_due_on_the_day_that_the_rule_names(people):
    kept = clock(people, "R20", dt.date(2026, 2, 3))
    assert kept.due_on == dt.date(2026, 3, 15)
    assert clock(people, "R20", dt.date(2026, 12, 31)).due_on == dt.date(2027, 1, 15)
    other_version("R20", effective_from=dt.date(2027, 1, 1), value=None, unit="none")
    silent = clock(people, "R20", dt.date(2027, 2, 1))
    assert (silent.due_on, silent.told) == (None, "Nobody has told the day.")


def test_a_filed_report_answers_the_monthly_one_too(people):
    kept = clock(people)
    monthly = clock(people, "R20", ago(80), consignment=kept.consignment)
    other = clock(people, "R09", ago(80), consignment=kept.consignment)
    assert finish_clock(kept.consignment, "R05", ago(1)) == 2
    assert finish_clock(kept.consignment, "R05", ago(0)) == 0
    for row, done in ((kept, ago(1)), (monthly, ago(1)), (other, None)):
        row.refresh_from_db()
        assert row.done_on == done
    assert end_clocks(kept.consignment, TODAY) == 1


def test_the_board_sorts_by_urgency_and_says_what_is_blocked(people):
    late = clock(people, start=ago(93), title="Ambulances from Marseille")
    soon = clock(people, start=ago(80))
    later = clock(people, start=ago(10))
    none = clock(people, "R18", ago(10))
    done = clock(people, "R08", ago(40))
    finish_clock(done.consignment, "R08", ago(30))
    rows = board(people.home.office, TODAY)
    assert [row.deadline for row in rows] == [late, soon, later, none]
    assert [row.state for row in rows] == ["late", "soon", "later", "none"]
    assert [row.days_left for row in rows] == [-3, 10, 80, None]
    assert rows[0].blocks == (
        "No new declaration: report for Ambulances from Marseille is 3 days late."
    )
    assert [row.blocks for row in rows[1:]] == ["", "", ""]
    assert rows[0].title == "report on the distribution of aid"
    assert (rows[0].standing, rows[0].rule) == ("verified", "R05")
    assert "martial law" in rows[3].told
    everything = board(people.home.office, TODAY, with_done=True)
    assert (everything[-1].deadline, everything[-1].state) == (done, "done")
    assert board(people.neighbour.office) == []
    with translation.override("uk"):
        assert board(people.home.office)[0].title == "звіт про розподіл допомоги"


def test_a_term_that_has_only_to_pass_is_never_late(people):
    kept = clock(people, "R21", dt.date(2015, 1, 1))
    row = board(people.home.office)[0]
    assert (row.deadline, row.state, row.standing) == (kept, "done", "unverified")
    assert warnings(kept.consignment) == warnings(a_consignment(people.home))


def test_a_day_without_a_rule_in_force_tells_why_in_the_readers_language(people):
    clock(people, start=dt.date(2022, 5, 1))
    row = board(people.home.office)[0]
    assert (row.state, row.due_on) == ("none", None)
    assert "was not in force" in row.told
    assert row.title == title_of(row.deadline)


@pytest.mark.parametrize(("days", "late"), [(90, []), (91, [1]), (93, [3])])
def test_a_report_blocks_from_the_day_after_its_last(people, days, late):
    clock(people, start=ago(days))
    assert [one.days_late for one in blocks(people.home.office)] == late


def test_blocks_name_each_consignment_once_the_latest_first(people):
    kept = clock(people, start=ago(100))
    clock(people, start=ago(99), consignment=kept.consignment)
    other = clock(people, start=ago(110))
    found = blocks(people.home.office)
    assert [one.consignment for one in found] == [other.consignment, kept.consignment]
    assert [(one.what, one.rule, one.days_late) for one in found] == [
        ("declaration", "R06", 20),
        ("declaration", "R06", 10),
    ]
    finish_clock(kept.consignment, "R05", TODAY)
    assert len(blocks(people.home.office)) == 1
    assert len(blocks(people.home.office, ago(1))) == 2


def test_before_the_rule_nothing_was_blocked(people):
    kept = clock(people)
    AidDeadline.objects.filter(pk=kept.pk).update(due_on=dt.date(2023, 1, 1))
    assert blocks(people.home.office, dt.date(2023, 12, 31)) == []
    assert len(blocks(people.home.office, dt.date(2024, 1, 1))) == 1


def test_a_day_that_is_due_soon_or_over_is_warned_of(people):
    for start, words in (
        (ago(91), "1 day ago"),
        (ago(93), "3 days ago"),
        (ago(90), "is due today"),
        (ago(89), "in 1 day."),
        (ago(80), "in 10 days"),
    ):
        kept = clock(people, start=start, regime="charitable_gift")
        assert any(words in one for one in warnings(kept.consignment)), words
    nobody = clock(people, start=ago(93), donor_place="", regime="loan")
    assert len(warnings(nobody.consignment)) == 1
    far = clock(people, start=ago(70), regime="charitable_gift")
    assert warnings(far.consignment) == []
    ended = aid_cast.passed(people.home, far.consignment, S.REFUSED)
    assert warnings(ended) == []


# Corrections


def corrected(people, kept, **fields):
    told = {"actor": people.home.approver, "deadline": kept, "reason": "The ministry wrote."}
    return correct_deadline(**told | fields)


def test_a_day_is_corrected_by_an_approver_and_both_rows_stay(people):
    kept = clock(people)
    made = corrected(people, kept, due_on=TODAY + 30 * DAY)
    assert (made.corrects, made.due_on, made.rule_version) == (
        kept,
        TODAY + 30 * DAY,
        kept.rule_version,
    )
    assert (made.correction_reason, made.corrected_by) == (
        "The ministry wrote.",
        str(people.home.approver),
    )
    assert [row.deadline for row in board(people.home.office)] == [made]
    assert list(deadlines_of(kept.consignment)) == [made]
    event = AuditEvent.objects.get(verb="correct_deadline")
    assert (event.after["corrects"], event.after["rule"]) == (kept.public_id, "R05")
    with refuses(Conflict, "deadline_corrected"):
        corrected(people, kept, due_on=TODAY)
    assert clock(people, consignment=kept.consignment) == made


@pytest.mark.parametrize(
    ("fields", "kind", "code"),
    [
        ({"reason": " ", "due_on": TODAY}, Invalid, "text_missing"),
        ({"reason": "r" * 401, "due_on": TODAY}, Invalid, "text_too_long"),
        ({}, Invalid, "day_missing"),
        ({"due_on": ago(81)}, Invalid, "day_before_start"),
        ({"due_on": ago(80) + 90 * DAY}, Conflict, "deadline_same"),
        ({"recompute": True}, Conflict, "deadline_same"),
    ],
)
def test_a_correction_that_corrects_nothing_is_refused(people, fields, kind, code):
    kept = clock(people)
    with refuses(kind, code):
        corrected(people, kept, **fields)
    assert AidDeadline.objects.count() == 1


def test_only_an_approver_of_the_receiving_office_corrects(people):
    kept = clock(people)
    for actor in (people.home.officer, people.home.storekeeper, people.partner.approver):
        with refuses(NotAllowed):
            corrected(people, kept, due_on=TODAY, actor=actor)


def test_what_is_done_is_not_corrected(people):
    kept = clock(people)
    finish_clock(kept.consignment, "R05", TODAY)
    with refuses(Conflict, "deadline_done"):
        corrected(people, kept, due_on=TODAY)


def test_a_day_is_counted_anew_when_a_rule_was_corrected(people):
    kept = clock(people)
    other_version("R05", effective_from=ago(85), value=60, unit="calendar")
    made = corrected(people, kept, recompute=True)
    assert made.due_on == ago(80) + 60 * DAY
    assert made.rule_version != kept.rule_version


def test_a_rule_that_no_longer_tells_leaves_no_day(people):
    kept = clock(people, "R04")
    other_version("R04", effective_from=ago(85), value=None, unit="calendar")
    made = corrected(people, kept, recompute=True)
    assert made.due_on is None
    assert "is not known" in made.told


def test_code_and_declaration_are_valid_until_the_corrected_day(people):
    row = in_state(people.home, a_consignment(people.home), S.DECLARED)
    code, paper = row.codes.get(), row.declarations.get()
    told = {one.rule: one for one in deadlines_of(row)}
    corrected(people, told["R03"], due_on=TODAY + 99 * DAY)
    made = corrected(people, told["R04"], due_on=TODAY)
    code.refresh_from_db()
    paper.refresh_from_db()
    assert (code.valid_until, paper.valid_until) == (TODAY + 99 * DAY, TODAY)
    assert made.declaration == paper
    assert expire() == 0


def test_a_day_without_a_day_leaves_the_code_as_it_is(people):
    row = in_state(people.home, a_consignment(people.home), S.CODE_ISSUED)
    other_version("R03", effective_from=ago(WALK[S.CODE_ISSUED]), value=None, unit="calendar")
    made = corrected(people, deadlines_of(row).get(), recompute=True)
    assert made.due_on is None
    assert living_code(row).valid_until == ago(50) + 90 * DAY


# Done by hand


def test_copies_that_were_sent_are_marked_as_done(people):
    kept = clock(people, "R08", ago(10))
    done = mark_done(actor=people.home.officer, deadline=kept, day=ago(5))
    assert done.done_on == ago(5)
    assert AuditEvent.objects.get(verb="mark_done").after["rule"] == "R08"
    with refuses(Conflict, "deadline_done"):
        mark_done(actor=people.home.officer, deadline=kept, day=ago(4))


def test_what_has_its_own_record_is_not_marked(people):
    kept = clock(people)
    with refuses(Conflict, "done_by_record"):
        mark_done(actor=people.home.officer, deadline=kept, day=TODAY)
    copies = clock(people, "R08", ago(10))
    with refuses(Invalid, "day_to_come"):
        mark_done(actor=people.home.officer, deadline=copies, day=TODAY + DAY)
    with refuses(Invalid, "day_before_start"):
        mark_done(actor=people.home.officer, deadline=copies, day=ago(11))
    with refuses(NotAllowed):
        mark_done(actor=people.home.storekeeper, deadline=copies, day=TODAY)


# The calendar


def test_the_calendar_tells_rule_and_day_and_nothing_of_what_comes(people):
    row = a_consignment(people.home, title="Canary on the bridge", route="Yahodyn")
    coded(people.home, row)
    paper = declared(people.home, row)
    start_clock(row, "R18", ago(1))
    events = aid_events(people.home.office)
    assert [event["dtstart"].dt for event in events] == [
        paper.valid_until,
        living_code(row).valid_until,
    ]
    text = b"".join(event.to_ical() for event in events).decode()
    assert "import after the declaration" in text
    assert row.public_id in text
    assert "Canary" not in text
    assert "Yahodyn" not in text
    assert b"".join(event.to_ical() for event in aid_events(people.home.office)).decode() == text
    assert aid_events(people.neighbour.office) == []
