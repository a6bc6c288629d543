"""Tracks for a page, an office's desk, its calendar, and reminders that go out once."""

import datetime as dt
import io

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import translation
from icalendar import Calendar

from mistok.kernel.errors import NotAllowed, NotFound
from mistok.partnering.models import Reminder
from mistok.partnering.procedure import reminders, services
from mistok.partnering.procedure.calendar import feed_of, office_of_token
from mistok.partnering.procedure.deadlines import KeptDeadlines
from mistok.partnering.procedure.reminders import due_today, remind
from mistok.partnering.procedure.selectors import desk, invited, rules_of, run_view, takes_part
from procedure_cast import TODAY, a_walk, the_two

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def papers_folder(settings, tmp_path):
    settings.MISTOK_DATA = tmp_path


@pytest.fixture
def people():
    return the_two()


@pytest.fixture
def submitted(people):
    """A run whose draft lies with the ministry since today: an answer is due in thirty days."""
    walk = a_walk(people).to("ministry_order", 1)
    for kind in ("agreement", "covering_letter"):
        walk.paper("ministry_order", 1, kind)
    services.submit(
        actor=people.home.officer,
        office=people.home.office,
        run=walk.run,
        side=1,
        step="ministry_order",
        on=TODAY,
    )
    return walk


def test_law_is_asked_once_for_a_day_that_is_not_kept(people, django_assert_num_queries):
    days = KeptDeadlines(a_walk(people).run)
    first = days("R01", TODAY, "UA")
    with django_assert_num_queries(0):
        assert days("R01", TODAY, "UA") == first
    assert first.on == TODAY + dt.timedelta(days=30)


def test_page_shows_both_tracks_who_is_next_and_what_blocks(people, submitted):
    view = run_view(submitted.run)
    assert [track.name for track in view.tracks] == ["Zhytomyr", "Dortmund"]
    steps = {(step.position, step.code): step for step in view.steps}
    order = steps[1, "ministry_order"]
    assert (order.state, order.due_on) == ("waiting", TODAY + 30 * DAY)
    assert "Ministry" in order.doer
    council = steps[1, "council_decision"]
    assert council.state == "blocked"
    assert any("Approval by the Ministry" in sentence for sentence in council.blocks)
    assert steps[1, "ministry_order"] in view.next_steps
    assert council.standing_word == "verified in its source"
    assert set(rules_of(view)) == {"R01", "R02", "R12", "R17", "R22"}
    with translation.override("uk"):
        titles = {step.title for step in run_view(submitted.run).steps}
    assert "Рада ухвалює рішення" in titles


def test_tracks_stand_in_the_order_of_the_data(people, submitted):
    codes = [step.code for step in run_view(submitted.run).tracks[0].steps]
    assert (
        codes.index("search_mandate") < codes.index("ministry_order") < codes.index("publication")
    )
    assert not any(track.newer_template for track in run_view(submitted.run).tracks)


def test_desk_shows_days_first_and_only_what_concerns_the_office(people, submitted):
    mine = desk(people.home.office)
    assert mine[0].step.code == "ministry_order"
    assert mine[0].names == "Zhytomyr – Dortmund"
    theirs = desk(people.partner.office)
    # The other side does what is its reply on a track: a German council asks for a formal request.
    replies = [item for item in mine if item.step.by_others]
    assert [(item.step.code, item.step.position) for item in replies] == [("formal_request", 2)]
    assert {item.step.position for item in mine if item not in replies} <= {0, 1}
    assert {item.step.position for item in theirs} <= {0, 2}
    assert "formal_request" not in {item.step.code for item in theirs}
    assert takes_part(people.home.office, submitted.run)


def test_office_sees_to_which_runs_it_is_invited(people):
    walk = a_walk(people, joined=False)
    assert list(invited(people.partner.office)) == [walk.run]
    assert not invited(people.home.office).exists()
    assert not takes_part(people.partner.office, walk.run)


def test_rule_that_nobody_has_is_left_out(people, submitted):
    view = run_view(submitted.run)
    assert "R17" not in rules_of(view, dt.date(1900, 1, 1))


def test_calendar_has_due_and_planned_days_and_no_persons(people, submitted):
    services.plan_step(
        actor=people.home.officer,
        office=people.home.office,
        run=submitted.run,
        side=0,
        step="signing",
        on=TODAY + 40 * DAY,
        note="with Ms Private",
    )
    content = feed_of(people.home.office)
    events = Calendar.from_ical(content).walk("VEVENT")
    days = {str(event["summary"]): event["dtstart"].dt for event in events}
    assert days["Planned: Signing (Zhytomyr – Dortmund)"] == TODAY + 40 * DAY
    (due,) = (day for title, day in days.items() if title.startswith("Due: Approval"))
    assert due == TODAY + 30 * DAY
    assert b"Private" not in content
    assert feed_of(people.home.office) == content


def test_calendar_address_is_secret_and_can_be_renewed(people):
    renewing = {"actor": people.home.officer, "office": people.home.office}
    old = services.renew_feed(**renewing)
    assert office_of_token(old) == people.home.office
    new = services.renew_feed(**renewing)
    assert office_of_token(new) == people.home.office
    for token in (old, "", "guess"):
        with pytest.raises(NotFound):
            office_of_token(token)
    with pytest.raises(NotAllowed):
        services.renew_feed(actor=people.stranger, office=people.home.office)


def test_reminder_goes_out_once_in_the_language_of_the_person(people, submitted):
    people.home.officer.user.language = "uk"
    people.home.officer.user.save()
    for number in (30, 16):
        assert remind(TODAY + (30 - number) * DAY).queued == 0
    at = TODAY + 16 * DAY
    first = remind(at)
    # Officer and approver of Zhytomyr; the other side is not concerned.
    assert (first.queued, first.sent, first.failed) == (2, 2, 0)
    assert remind(at).sent == 0
    assert remind(at + DAY).sent == 0
    assert len(mail.outbox) == 2
    bodies = {letter.to[0]: letter for letter in mail.outbox}
    letter = bodies[people.home.officer.user.email]
    assert "Погодження Міністерством" in letter.subject
    assert submitted.run.public_id in letter.body
    assert remind(at + 7 * DAY).sent == 2


def test_missed_days_are_made_up_for_by_one_reminder(people, submitted):
    assert remind(TODAY + 29 * DAY).sent == 2
    assert {r.days_before for r in Reminder.objects.all()} == {1}
    assert remind(TODAY + 35 * DAY).sent == 2
    assert mail.outbox[-1].subject.startswith("Overdue")


def test_failure_of_the_server_leaves_the_reminder_in_the_queue(people, submitted, monkeypatch):
    at = TODAY + 16 * DAY

    def away(self, *args, **fields):
        raise ConnectionRefusedError("no server")

    with monkeypatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", away)
        failed = remind(at)
    assert (failed.sent, failed.failed) == (0, 2)
    row = Reminder.objects.first()
    assert (row.tries, row.failure, row.sent_at) == (1, "ConnectionRefusedError", None)
    assert str(row).startswith("ministry_order")
    assert remind(at).sent == 2


def test_reminder_is_dropped_when_the_step_is_done_or_the_person_gone(people, submitted):
    at = TODAY + 16 * DAY
    for person in (people.home.officer, people.home.approver):
        Reminder.objects.create(
            run=submitted.run,
            position=1,
            step="ministry_order",
            due_on=TODAY + 30 * DAY,
            days_before=20,
            person=person.user.public_id,
            queued_at=submitted.run.opened_at,
        )
    for step, person in (
        ("gone", people.home.officer.user.public_id),
        ("ministry_order", "person_x"),
    ):
        Reminder.objects.create(
            run=submitted.run,
            position=1,
            step=step,
            due_on=TODAY + 30 * DAY,
            days_before=21,
            person=person,
            queued_at=submitted.run.opened_at,
        )
    services.record_approval(
        actor=people.home.officer,
        office=people.home.office,
        run=submitted.run,
        side=1,
        step="ministry_order",
        on=TODAY,
        number="879",
    )
    assert remind(at).dropped == 4
    assert mail.outbox == []


def test_reminder_of_a_closed_run_is_dropped(people, submitted):
    Reminder.objects.create(
        run=submitted.run,
        position=1,
        step="ministry_order",
        due_on=TODAY + 30 * DAY,
        days_before=20,
        person=people.home.officer.user.public_id,
        queued_at=submitted.run.opened_at,
    )
    services.close_run(
        actor=people.home.officer,
        office=people.home.office,
        run=submitted.run,
        on=TODAY,
        reason="Given up.",
    )
    assert remind(TODAY + 10 * DAY).dropped == 1


def test_two_runs_at_once_send_one_letter(people, submitted, monkeypatch):
    monkeypatch.setattr(reminders, "_claim", lambda reminder: False)
    assert remind(TODAY + 16 * DAY).sent == 0


def test_side_without_an_office_is_reminded_through_the_one_that_tells_for_it(people):
    walk = a_walk(people, joined=False).to("draft_resolution", 2)
    step = next(
        s for s in run_view(walk.run).steps if (s.position, s.code) == (2, "draft_resolution")
    )
    told = {person.pk for person in reminders._people(walk.run, step)}
    assert told == {people.home.officer.user.pk, people.home.approver.user.pk}


def test_command_tells_and_sends(people, submitted, monkeypatch):
    at = TODAY + 16 * DAY
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: at)
    told = io.StringIO()
    call_command("remind", "--dry-run", stdout=told)
    assert "ministry_order" in told.getvalue()
    assert mail.outbox == []
    sent = io.StringIO()
    call_command("remind", "--days", "14", stdout=sent)
    assert sent.getvalue() == "queued 2, sent 2, failed 0, dropped 0\n"
    assert list(due_today(at, [1])) == []
