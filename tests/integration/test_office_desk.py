"""The desk of an office, its calendar, and what was done in it."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from factories import DORTMUND
from mistok.accounts.actors import Actor
from mistok.accounts.models import Office
from mistok.accounts.services import invite, set_contacts, suspend_office, withdraw_invitation
from mistok.partnering.models import ProcedureRun, RunSide
from mistok.partnering.procedure.selectors import desk
from mistok.partnering.procedure.services import open_run
from mistok.provenance.models import AuditEvent
from mistok.web.offices.matters import open_steps
from mistok.web.offices.words import VERBS, verb_words
from office_cast import SHELL
from office_rooms import address, post, signed_in, text_of, the_rooms

pytestmark = pytest.mark.django_db
PEOPLE, CONTACTS = "{home}/people/", "{home}/contacts/"


@pytest.fixture
def people():
    return the_rooms()


def invited(people, email="nobody-special@example.org", role="storekeeper"):
    officer = Actor(user=people.officer)
    return invite(actor=officer, office=people.home, email=email, role=role)


def a_run(people):
    """A procedure with Dortmund, opened by the officer."""
    officer = Actor(user=people.officer)
    return open_run(actor=officer, office=people.home, kind="solidarity", partners=[DORTMUND])


def test_desk_shows_open_steps_by_day_and_whose_they_are(client, people):
    run = a_run(people)
    RunSide.objects.filter(run=run, place=DORTMUND).update(office="")
    context = signed_in(client, people.officer).get(address(people, "{home}/")).context
    told = [*context["steps"], *context["later"]]
    assert len(told) == len(desk(people.home))
    assert context["steps"]
    assert any("for Dortmund" in matter.about for matter in told)
    assert client.get(context["steps"][0].url).status_code == 200
    assert all(matter.due is None for matter in context["later"])


@pytest.mark.parametrize(
    ("days", "left", "tone"),
    [(-3, "3 days late", "clay"), (0, "due today", "clay"), (14, "in 14 days", "amber"),
     (15, "in 15 days", "slate")],
)  # fmt: skip
def test_step_says_how_near_its_day_is(people, monkeypatch, days, left, tone):
    a_run(people)
    today = timezone.localdate()
    (first, *_rest) = desk(people.home)
    due = first.step.__class__(
        **{name: getattr(first.step, name) for name in first.step.__slots__}
        | {"due_on": today + dt.timedelta(days=days)}
    )
    dated = type(first)(first.run, first.names, due)
    monkeypatch.setattr("mistok.web.offices.matters.desk", lambda office, on: [dated])
    (matter,) = open_steps(people.home, today)
    assert (matter.left, matter.tone, matter.later) == (left, tone, False)
    assert matter.kept()["due"] == matter.due_iso
    assert matter.due_words in matter.line


def test_procedure_that_names_the_municipality_is_shown_to_its_office(client, people):
    run = a_run(people)
    assert ProcedureRun.objects.get() == run
    context = (
        signed_in(client, people.partner_officer)
        .get(f"/en/offices/{people.partner.public_id}/")
        .context
    )
    ((names, url),) = context["invited"]
    assert names == "Zhytomyr – Dortmund"
    assert client.get(url).status_code == 200


def test_calendar_is_read_at_its_address_until_it_is_renewed(client, people):
    signed_in(client, people.storekeeper)
    feeds = []
    for _turn in range(2):
        answer = post(client, people, "{home}/", "renew_feed")
        assert answer.status_code == 200
        feeds.append(re.search(r"<code>http://testserver(\S+\.ics)</code>", text_of(answer))[1])
    client.logout()
    old, new = (client.get(feed) for feed in feeds)
    assert (old.status_code, new.status_code) == (404, 200)
    assert new["Content-Type"] == "text/calendar"
    assert new.content.startswith(b"BEGIN:VCALENDAR")
    signed_in(client, people.stranger)
    assert post(client, people, "{home}/", "renew_feed").status_code == 403


def test_suspended_office_reads_and_is_told_why(client, people):
    suspend_office(actor=SHELL, office=people.home, reason="A doubt.")
    signed_in(client, people.officer)
    assert "is suspended" in text_of(client.get(address(people, "{home}/")))
    answer = post(client, people, PEOPLE, "invite", email="a@example.org", role="officer")
    assert answer.status_code == 403
    assert "is suspended" in answer.context["mistake"]
    events = client.get(address(people, "{home}/audit/")).context["events"]
    assert [event["who"] for event in events][-1] == "shell: tests"


def test_audit_names_colleagues_and_nobody_else(client, people):
    officer = people.officer
    officer.first_name, officer.last_name = "Olena", "Koval"
    officer.save()
    told = invited(people)
    signed_in(client, people.donor)
    client.post(f"/en/offices/invitation/{told.token}/")
    withdraw_invitation(actor=Actor(user=officer), invitation=told.invitation)
    signed_in(client, people.coordinator, factor=True)
    post(client, people, "queue/{home}/", "suspend_office", reason="A doubt.")
    answer = signed_in(client, people.auditor).get(address(people, "{home}/audit/"))
    events = answer.context["events"]
    assert [event["act"] for event in events] == [
        "suspended the office",
        "withdrew an invitation",
        "tried and was refused: accepted an invitation",
        "invited somebody",
    ]
    assert events[1]["who"] == "Olena Koval"
    assert people.coordinator.public_id in events[0]["who"]
    assert people.coordinator.email not in text_of(answer)
    assert events[0]["told"] == ["A doubt."]
    assert events[2]["badge"].code == "refused"


def test_every_act_of_the_rooms_has_its_words(people):
    from mistok.web.offices import claiming, contacts, handing_over, queue
    from mistok.web.offices import desk as desk_room
    from mistok.web.offices import people as people_room

    rooms = (claiming, contacts, desk_room, handing_over, people_room, queue)
    acts = {name for room in rooms for name in room.ACTS} | set(handing_over.CARD_ACTS)
    # The end of sessions is told of the person, not of the office.
    assert acts - set(VERBS) == {"end_sessions"}
    assert verb_words("some_new_verb") == "some new verb"


def test_form_that_names_no_act_is_refused(client, people):
    signed_in(client, people.officer)
    assert post(client, people, PEOPLE, "").status_code == 400
    assert post(client, people, "{home}/audit/", "invite").status_code == 400


def test_stranger_who_posts_is_refused_and_leaves_a_trace(client, people):
    signed_in(client, people.stranger)
    for path, act, fields in (
        (PEOPLE, "invite", {"email": "a@example.org", "role": "officer"}),
        (CONTACTS, "set_contacts", {"phone": "+380412000000", "mail": "", "site": ""}),
        ("queue/{home}/", "close_office", {"reason": "Mine now."}),
    ):
        assert post(client, people, path, act, **fields).status_code == 403
    verbs = AuditEvent.objects.values_list("verb", flat=True)
    assert sorted(verbs) == ["refused_close_office", "refused_invite", "refused_set_contacts"]
    assert Office.objects.get(pk=people.home.pk).state == "verified"


def test_told_contacts_are_shown_as_waiting_on_the_desk(client, people):
    officer = Actor(user=people.officer)
    set_contacts(actor=officer, office=people.home, official_email="new@example.org")
    text = text_of(signed_in(client, people.auditor).get(address(people, "{home}/")))
    assert "new@example.org waits for a check" in text
