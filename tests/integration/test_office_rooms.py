"""The rooms of one office: people, contacts, hand-over, desk, who did what."""

import datetime as dt
import re

import pytest
from django.contrib.auth import SESSION_KEY
from django.core import mail
from django.utils import timezone

from factories import DORTMUND, a_tie
from mistok.accounts.actors import Actor
from mistok.accounts.models import HandOver, Invitation
from mistok.accounts.permissions import Role
from mistok.accounts.services import invite
from mistok.partnering.procedure.services import open_run
from mistok.registry.life import life_between
from mistok.registry.services import confirm
from mistok.web.offices.handing_over import written_matters
from mistok.web.offices.matters import unspoken
from office_rooms import address, post, signed_in, text_of, the_rooms
from signing import mail_server, with_app

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


def test_coordinator_replaces_whoever_left_by_the_cards(client, people):
    cards, card = "{home}/handover/", "{home}/handover/{card}/"
    signed_in(client, with_app(people.coordinator))
    refused = client.get(address(people, card))
    assert refused.status_code == 403
    assert "/2fa/reauthenticate/?next=" in text_of(refused)
    signed_in(client, people.coordinator, factor=True)
    rooms = client.get(address(people, "queue/{home}/")).context["rooms"]
    assert address(people, cards) in [url for url, *_told in rooms]
    assert "Write a card" in text_of(client.get(address(people, cards)))
    assert "Ask for the copy" in text_of(client.get(address(people, card)))
    take = {"which": people.card.public_id, "to_person": people.auditor.public_id}
    assert post(client, people, card, "take_over", **take).status_code == 302
    signed_in(client, people.auditor)
    told = client.get(address(people, "{home}/audit/")).context["events"]
    assert [event["act"] for event in told] == [
        "named the successor of a hand-over",
        "read the hand-over cards",
        "read the hand-over cards",
        "tried and was refused: read the hand-over cards",
    ]


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
