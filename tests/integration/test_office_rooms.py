"""The rooms of one office: people, contacts, hand-over, desk, who did what."""

import datetime as dt
import re

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.utils import timezone

from factories import DORTMUND, a_tie
from mistok.accounts.actors import Actor
from mistok.accounts.models import HandOver, Invitation, Office
from mistok.accounts.permissions import Role
from mistok.accounts.services import invite, set_contacts, suspend_office, withdraw_invitation
from mistok.partnering.models import ProcedureRun, RunSide
from mistok.partnering.procedure.selectors import desk
from mistok.partnering.procedure.services import open_run
from mistok.provenance.models import AuditEvent
from mistok.registry.life import life_between
from mistok.registry.services import confirm
from mistok.web.offices.handing_over import written_matters
from mistok.web.offices.matters import open_steps, unspoken
from mistok.web.offices.words import VERBS, verb_words
from office_cast import SHELL
from office_rooms import address, post, signed_in, text_of, the_rooms
from signing import mail_server

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


# People -----------------------------------------------------------------------------------


def test_invitation_goes_by_mail_and_is_accepted_by_its_link(client, people, settings):
    fields = {"email": "Nobody-Special@example.org", "role": "storekeeper"}
    signed_in(client, people.officer)
    with mail_server(settings) as letters:
        answer = post(client, people, PEOPLE, "invite", **fields)
    assert answer.status_code == 302
    assert [letter["To"] for letter in letters] == ["nobody-special@example.org"]
    assert letters.subjects() == ["The office of Zhytomyr invites you to Mistok"]
    assert "storekeeper" in letters.text()
    link = letters.link()
    signed_in(client, people.stranger)
    assert "Join the office" in text_of(client.get(link))
    answer = client.post(link)
    assert (answer.status_code, answer.url) == (302, address(people, "{home}/"))
    assert client.get(answer.url).status_code == 200
    again = client.get(link)
    assert again.status_code == 409
    assert "was used on" in text_of(again)
    assert client.post(link).status_code == 409
    answered = signed_in(client, people.officer).get(address(people, PEOPLE)).context["answered"]
    assert [one["became"] for one in answered] == ["accepted"]


def test_letter_is_in_the_language_of_its_reader(client, people, settings):
    people.stranger.language = "uk"
    people.stranger.save()
    signed_in(client, people.officer)
    settings.MISTOK_MAIL_HOST = "mail.example.org"
    fields = {"email": people.stranger.email, "role": "donor"}
    assert post(client, people, PEOPLE, "invite", **fields).status_code == 302
    assert "/uk/offices/invitation/" in mail.outbox[0].body


def test_letter_that_cannot_leave_shows_the_link_once(client, people, monkeypatch):
    def away(letter):
        raise OSError("no server")

    signed_in(client, people.officer)
    fields = {"email": "new@example.org", "role": "officer"}
    first = post(client, people, PEOPLE, "invite", **fields)
    monkeypatch.setattr("django.core.mail.EmailMessage.send", away)
    second = post(client, people, PEOPLE, "invite", **fields)
    links = [
        re.search(r"<code>\S+(/en/offices/\S+)</code>", text_of(a))[1] for a in (first, second)
    ]
    assert [client.get(link).status_code for link in links] == [409, 200]
    assert "/invitation/" not in text_of(client.get(address(people, PEOPLE)))


@pytest.mark.parametrize(
    ("email", "role", "status"),
    [("nobody", "officer", 400), ("", "officer", 400), ("a@example.org", "approver", 400)],
)
def test_invitation_that_cannot_be_sent_keeps_what_was_typed(client, people, email, role, status):
    signed_in(client, people.officer)
    answer = post(client, people, PEOPLE, "invite", email=email, role=role)
    assert answer.status_code == status
    assert f'value="{email}"' in text_of(answer) or not email
    assert not Invitation.objects.exists()


def test_approver_is_offered_to_those_who_may_and_first_where_there_is_none(client, people):
    offered = {}
    people.approver.memberships.update(office=people.partner)
    for who in ("officer", "coordinator"):
        answer = signed_in(client, getattr(people, who)).get(address(people, PEOPLE))
        offered[who] = [
            code for code, _label in answer.context["forms"]["invite"]["role"].field.choices
        ]
        assert "no approver yet" in text_of(answer)
    assert Role.APPROVER not in offered["officer"]
    assert offered["coordinator"][0] == Role.APPROVER
    people.approver.memberships.update(office=people.home)
    answer = signed_in(client, people.approver).get(address(people, PEOPLE))
    assert answer.context["forms"]["invite"]["role"].field.choices[0][0] == Role.OFFICER
    answer = signed_in(client, people.storekeeper).get(address(people, PEOPLE))
    assert not answer.context["may_invite"]
    assert "Invite somebody" not in text_of(answer)


def test_invitation_is_withdrawn_and_says_so(client, people):
    told = invited(people)
    signed_in(client, people.officer)
    which = told.invitation.public_id
    assert post(client, people, PEOPLE, "withdraw_invitation", which=which).status_code == 302
    answer = client.get(f"/en/offices/invitation/{told.token}/")
    assert answer.status_code == 409
    assert "was withdrawn" in text_of(answer)
    answer = post(client, people, PEOPLE, "withdraw_invitation", which=which)
    assert answer.status_code == 409
    for act in ("withdraw_invitation", "end_membership"):
        assert post(client, people, PEOPLE, act, which="nothing").status_code == 400


def test_invitation_that_is_too_old_unknown_or_for_another(client, people):
    told = invited(people, email="somebody@example.org")
    link = f"/en/offices/invitation/{told.token}/"
    answer = client.get(link)
    assert answer.status_code == 200
    assert f"/en/account/login/?next={link}" in text_of(answer)
    assert answer["X-Robots-Tag"] == "noindex"
    assert "somebody@example.org" not in text_of(answer)
    assert client.post(link).url == f"/en/account/login/?next={link}"
    signed_in(client, people.stranger)
    assert "sent to another address" in text_of(client.get(link))
    assert client.post(link).status_code == 403
    past = timezone.now() - dt.timedelta(days=1)
    Invitation.objects.update(expires_at=past)
    answer = client.get(link)
    assert (answer.status_code, "was good until" in text_of(answer)) == (409, True)
    answered = signed_in(client, people.officer).get(address(people, PEOPLE)).context["answered"]
    assert [one["became"] for one in answered] == ["not answered in time"]
    assert client.get("/en/offices/invitation/guess/").status_code == 404


def test_invitation_to_a_role_without_a_desk_leads_to_the_list(client, people):
    told = invited(people, role="donor")
    signed_in(client, people.stranger)
    assert client.post(f"/en/offices/invitation/{told.token}/").url == "/en/offices/"


def test_membership_and_sessions_end_by_those_who_may(client, people):
    member = people.storekeeper.memberships.get()
    signed_in(client, people.storekeeper)
    stolen = client.cookies["sessionid"].value
    signed_in(client, people.officer)
    for act in ("end_membership", "end_sessions"):
        answer = post(client, people, PEOPLE, act, which=member.public_id)
        assert (answer.status_code, answer.context["mistake"] != "") == (403, True)
    signed_in(client, people.approver, factor=True)
    post(client, people, PEOPLE, "end_sessions", which=member.public_id)
    people.storekeeper.refresh_from_db()
    assert people.storekeeper.session_round == 1
    post(client, people, PEOPLE, "end_membership", which=member.public_id, reason="Left.")
    member.refresh_from_db()
    assert member.until is not None
    answer = client.get(address(people, PEOPLE))
    assert "membership that has ended" in text_of(answer)
    again = post(client, people, PEOPLE, "end_membership", which=member.public_id)
    assert again.status_code == 409
    client.cookies["sessionid"] = stolen
    assert SESSION_KEY not in client.session or client.get("/en/account/").status_code == 302


def test_officer_leaves_without_a_second_factor(client, people):
    own = people.officer.memberships.get()
    signed_in(client, people.officer)
    answer = post(client, people, PEOPLE, "end_membership", which=own.public_id)
    assert answer.status_code == 302
    assert client.get(answer.url).status_code == 403


def test_erased_member_is_a_reference(client, people):
    people.auditor.erased_at = timezone.now()
    people.auditor.save()
    text = text_of(signed_in(client, people.officer).get(address(people, PEOPLE)))
    assert people.auditor.public_id in text
    assert people.auditor.email not in text


# Contacts, hand-over ----------------------------------------------------------------------


def test_contacts_are_told_and_wait(client, people):
    signed_in(client, people.officer)
    fields = {"phone": "+380 412 00 00 00", "mail": "", "site": "zt-rada.gov.ua"}
    answer = post(client, people, CONTACTS, "set_contacts", **fields)
    assert answer.status_code == 302
    text = text_of(client.get(answer.url))
    assert "+380412481212" in text
    assert "+380412000000" in text
    people.home.refresh_from_db()
    assert people.home.callback_phone == "+380412481212"
    same = {"phone": people.home.callback_phone, "mail": "", "site": ""}
    answer = client.post(answer.url, {"act": "set_contacts"} | same, follow=True)
    assert "in force already" in text_of(answer)
    answer = post(client, people, CONTACTS, "set_contacts", phone="12", mail="", site="")
    assert (answer.status_code, 'value="12"' in text_of(answer)) == (400, True)


def test_responsible_unit_is_named_replaced_and_ended(client, people):
    signed_in(client, people.officer)
    fields = {"unit": "Law", "role": "legal", "work_contact": "law@example.org", "member": ""}
    for name, since in (("First", "2025-03-01"), ("Second", "2026-03-01")):
        told = fields | {"person_name": name, "since": since}
        assert post(client, people, CONTACTS, "name_responsible", **told).status_code == 302
    context = client.get(address(people, CONTACTS)).context
    assert [one["person"] for one in context["responsible"]] == ["Second"]
    assert [(one["person"], one["until"]) for one in context["before"]] == [
        ("First", "1 March 2026")
    ]
    early = fields | {"person_name": "Third", "since": "2024-01-01"}
    assert post(client, people, CONTACTS, "name_responsible", **early).status_code == 409
    which = context["responsible"][0]["id"]
    assert post(client, people, CONTACTS, "end_responsible", which=which).status_code == 302
    assert client.get(address(people, CONTACTS)).context["responsible"] == []
    for gone in (which, "nothing"):
        answer = post(client, people, CONTACTS, "end_responsible", which=gone)
        assert answer.status_code in (400, 409)


def test_lines_of_a_card_become_matters():
    told = "Ask for the seal 2026-12-01\n\n  Renew the lease \nRoom 2026-13-40\r\n2026-01-01"
    assert written_matters(told) == [
        {"title": "Ask for the seal", "kind": "own", "due": "2026-12-01"},
        {"title": "Renew the lease", "kind": "own"},
        {"title": "Room 2026-13-40", "kind": "own"},
        {"title": "2026-01-01", "kind": "own"},
    ]


def test_card_is_written_from_open_matters_printed_and_taken_over(client, people):
    run = a_run(people)
    signed_in(client, people.officer)
    form = client.get(address(people, "{home}/handover/")).context["forms"]["hand_over"]
    first = form.initial["matters"][0]
    assert first.startswith(f"step:{run.public_id}:")
    fields = {
        "from_person": people.officer.public_id,
        "to_person": "",
        "matters": [first],
        "more": "Ask for the seal 2026-12-01",
        "note": "Room <b>12</b>",
    }
    answer = post(client, people, "{home}/handover/", "hand_over", **fields)
    card = HandOver.objects.latest("pk")
    assert answer.url == address(people, "{home}/handover/") + f"{card.public_id}/"
    text = text_of(client.get(answer.url))
    assert "Room &lt;b&gt;12" in text
    assert "1 December 2026" in text
    assert [item.get("subject") for item in card.items] == [run.public_id, None]
    take = {"act": "take_over", "which": card.public_id}
    assert (
        client.post(answer.url, take | {"to_person": people.officer.public_id}).status_code == 400
    )
    chosen = take | {"to_person": people.auditor.public_id}
    assert client.post(answer.url, chosen).status_code == 302
    assert "taken over on" in text_of(client.get(answer.url))
    second = client.post(answer.url, chosen)
    assert second.status_code == 409


def test_card_of_another_office_is_not_found(client, people):
    HandOver.objects.update(office=people.partner)
    signed_in(client, people.officer)
    assert client.get(address(people, "{home}/handover/{card}/")).status_code == 404
    take = {"which": people.card.public_id, "to_person": people.auditor.public_id}
    answer = post(client, people, "{home}/handover/{card}/", "take_over", **take)
    assert answer.status_code == 404


def test_card_keeps_what_was_typed_when_it_cannot_be_written(client, people):
    signed_in(client, people.officer)
    fields = {"from_person": people.officer.public_id, "to_person": people.officer.public_id}
    answer = post(client, people, "{home}/handover/", "hand_over", note="Kept words", **fields)
    assert answer.status_code == 409
    assert "Kept words" in text_of(answer)
    assert HandOver.objects.count() == 1


def test_people_of_a_form_may_be_gone_when_it_comes(client, people, monkeypatch):
    """Between the form's look at the people and the act's, somebody may have been renamed."""
    monkeypatch.setattr("mistok.web.offices.handing_over.member", lambda reference: None)
    signed_in(client, people.officer)
    fields = {"from_person": people.officer.public_id, "to_person": ""}
    assert post(client, people, "{home}/handover/", "hand_over", **fields).status_code == 400
    take = {"which": people.card.public_id, "to_person": people.auditor.public_id}
    assert post(client, people, "{home}/handover/{card}/", "take_over", **take).status_code == 400


def test_card_leads_to_the_ties_that_sleep(client, people):
    a_tie(event="signed", date="2015-05-09", kind="twinning", instrument="agreement")
    signed_in(client, people.officer)
    answer = client.get(address(people, "{home}/"))
    (matter,) = answer.context["sleeping"]
    assert matter.title == "Dortmund"
    ((partner, url, _count),) = answer.context["unspoken"]
    assert (partner, client.get(url).status_code) == ("Dortmund", 200)
    assert "/confirm/" in url
    told = signed_in(client, people.storekeeper).get(address(people, "{home}/")).context
    assert "/confirm/" not in told["unspoken"][0][1]
    signed_in(client, people.officer)
    fields = {"from_person": people.officer.public_id, "matters": [matter.code]}
    answer = post(client, people, "{home}/handover/", "hand_over", **fields)
    assert f"/en/ties/{matter.subject}/" in text_of(client.get(answer.url))
    assert HandOver.objects.latest("pk").items[0]["title"] == "Tie that sleeps: Dortmund"


def test_facts_that_the_office_told_or_confirmed_do_not_wait(client, people):
    a_tie(event="signed", date="2015-05-09", kind="twinning", instrument="agreement")
    a_tie(event="active", date="2016-01-01", kind="twinning")
    told = unspoken(people.home)
    assert [count for *_told, count in told] == [2]
    actor = Actor(user=people.officer)
    parties = [people.home.place, DORTMUND]
    fact = life_between(parties).known.facts[0].id
    confirm(actor=actor, office=people.home, parties=parties, fact=fact, verdict="confirmed")
    assert [count for *_told, count in unspoken(people.home)] == [1]


# Desk, calendar, audit --------------------------------------------------------------------


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
