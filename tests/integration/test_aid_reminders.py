"""Mails that remind of days: once for each offset, to those who act, and nothing secret in them."""

import datetime as dt
from smtplib import SMTPException

import aid_cast
import pytest
from aid_cast import TODAY, a_consignment, ago
from django.core import mail

from mistok.accounts.models import User
from mistok.aid.clocks import correct_deadline, finish_clock, remind_aid, start_clock
from mistok.aid.clocks.reminders import _send
from mistok.aid.models import AidReminder
from mistok.config.working import HOURLY, JOBS
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
people = aid_cast.aid_people
DAY = dt.timedelta(days=1)


def due_in(people, days, rule="R05", term=90, **fields):
    row = a_consignment(people.home, **fields)
    return start_clock(row, rule, TODAY + (days - term) * DAY)


def addresses(*actors):
    return sorted(actor.user.email for actor in actors)


def test_officer_and_approver_are_reminded_once(people):
    due_in(people, 14, title="Canary of the title", route="Canary of the route")
    assert remind_aid() == remind_aid().__class__(2, 2, 0, 0)
    sent = sorted(one.to[0] for one in mail.outbox)
    assert sent == addresses(people.home.officer, people.home.approver)
    assert remind_aid() == remind_aid().__class__(0, 0, 0, 0)
    text = mail.outbox[0].subject + mail.outbox[0].body
    assert "report on the distribution of aid" in text
    assert "no new declaration can be made" in text
    assert "Canary" not in text
    event = AuditEvent.objects.filter(verb="remind_aid").first()
    assert (event.after["rule"], event.after["days"]) == ("R05", 14)


@pytest.mark.parametrize(
    ("days", "offset"),
    [
        (31, None),
        (30, 30),
        (29, 30),
        (14, 14),
        (8, 14),
        (7, 7),
        (2, 7),
        (1, 1),
        (0, 0),
        (-1, -1),
        (-40, -1),
    ],
)
def test_the_nearest_offset_that_has_come_is_sent(people, days, offset):
    due_in(people, days)
    remind_aid()
    told = set(AidReminder.objects.values_list("days_before", flat=True))
    assert told == ({offset} if offset is not None else set())


def test_the_days_are_configured(people):
    due_in(people, 3)
    assert remind_aid(offsets=(2,)).queued == 0
    assert remind_aid(offsets=(3,)).queued == 2
    assert remind_aid(offsets=()).queued == 0


def test_a_late_report_says_what_is_blocked(people):
    row = due_in(people, -1)
    remind_aid()
    assert mail.outbox[0].subject.startswith("Overdue: report on the distribution of aid")
    late = f"No new declaration: report for {row.consignment.public_id} is 1 day late."
    assert late in mail.outbox[0].body


def test_other_days_block_nothing(people):
    due_in(people, 0, "R03")
    remind_aid()
    assert "No new declaration" not in mail.outbox[0].body
    assert "validity of the unique code" in mail.outbox[0].subject


def test_terms_that_only_pass_and_unknown_days_remind_nobody(people):
    row = a_consignment(people.home)
    start_clock(row, "R21", dt.date(2015, 1, 1))
    start_clock(row, "R18", ago(3))
    assert remind_aid().queued == 0


def test_each_reads_it_in_her_own_language(people):
    User.objects.filter(pk=people.home.officer.user.pk).update(language="uk")
    User.objects.filter(pk=people.home.approver.user.pk).update(language="de")
    due_in(people, 7)
    remind_aid()
    told = {one.to[0]: one.subject for one in mail.outbox}
    assert "звіт про розподіл" in told[people.home.officer.user.email]
    assert "report on the" in told[people.home.approver.user.email]


def test_what_is_done_or_corrected_meanwhile_is_dropped(people, monkeypatch):
    def away(*_told, **_named):
        raise SMTPException("away")

    first, second = due_in(people, 7), due_in(people, 7)
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", away)
        assert remind_aid().failed == 4
    assert AidReminder.objects.filter(tries=1, failure="SMTPException", sent_at=None).count() == 4
    finish_clock(first.consignment, "R05", TODAY)
    correct_deadline(
        actor=people.home.approver, deadline=second, due_on=TODAY + 60 * DAY, reason="A letter."
    )
    counts = remind_aid()
    assert (counts.sent, counts.dropped) == (0, 4)
    assert mail.outbox == []


def test_after_a_failure_it_is_sent_with_the_next_turn(people, monkeypatch):
    def away(*_told, **_named):
        raise OSError("no route")

    due_in(people, 7)
    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", away)
        remind_aid()
    assert remind_aid().sent == 2


def test_whoever_has_left_gets_nothing(people):
    due_in(people, 7)
    remind_aid()
    AidReminder.objects.update(sent_at=None)
    User.objects.filter(pk=people.home.officer.user.pk).update(is_active=False)
    counts = remind_aid()
    assert (counts.sent, counts.dropped) == (1, 1)


def test_of_two_workers_one_sends(people):
    due_in(people, 7)
    remind_aid()
    waiting = AidReminder.objects.first()
    mail.outbox.clear()
    assert _send(waiting) == "dropped"
    assert mail.outbox == []


def test_the_worker_does_both_every_hour(people):
    due_in(people, 7)
    assert {"expired", "aid_reminders"} <= HOURLY
    assert JOBS["expired"]() == {"marked": 0}
    assert JOBS["aid_reminders"]() == {"queued": 2, "sent": 2, "failed": 0, "dropped": 0}
