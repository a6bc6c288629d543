"""The life of an office: claimed, believed through a second channel, stopped, closed, refused."""

import dataclasses

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from factories import BUCHA, DORTMUND, ZHYTOMYR
from mistok.accounts.actors import Actor
from mistok.accounts.models import Office, OfficeCheck
from mistok.accounts.permissions import Permission, Role
from mistok.accounts.policies import can, check_can
from mistok.accounts.scopes import PlaceScope
from mistok.accounts.selectors import (
    audit_of_office,
    scopes_of,
    verified_office,
    waiting_offices,
)
from mistok.accounts.services import (
    Evidence,
    claim_office,
    close_office,
    decide_claim,
    invite,
    keep_check,
    reinstate_office,
    suspend_office,
)
from mistok.kernel.errors import Conflict, Invalid, NotAllowed
from mistok.provenance.models import AuditEvent
from office_cast import CALL, NUMBER, PLACES, SHELL, an_office, join, person, the_cast

pytestmark = pytest.mark.django_db
LETTER = Evidence(
    kind="official_mail",
    channel="Rada@Zhytomyr-Rada.gov.ua",
    seen="They answered from this address and named the claimant.",
    found_at="Register of local councils, row 1204",
)


@pytest.fixture(autouse=True)
def factor(monkeypatch):
    monkeypatch.setattr("mistok.accounts.mfa.has_second_factor", lambda user: True)


@pytest.fixture
def people():
    return the_cast()


@pytest.fixture
def checker(people):
    return Actor(user=people.coordinator)


def claim(user, key=BUCHA, **told):
    return claim_office(actor=Actor(user=user), place=PLACES[key], name=" Bucha ", **told)


def verbs(subject):
    return list(AuditEvent.objects.filter(subject=subject).values_list("verb", flat=True))[::-1]


def test_claim_makes_an_officer_who_reads_but_binds_nobody(people):
    office = claim(people.stranger, phone_told="+380 4597 29 100", site_told="bucha-rada.gov.ua")
    assert (office.state, office.contested, office.name) == ("claimed", False, "Bucha")
    assert (office.country, office.region) == ("UA", PLACES[BUCHA].region)
    assert (office.told_phone, office.told_site) == ("+380459729100", "https://bucha-rada.gov.ua")
    assert office.callback_phone == office.official_email == office.official_site == ""
    assert can(people.stranger, Permission.READ_WORKING_PAPERS, office=office)
    with pytest.raises(NotAllowed) as refused:
        check_can(people.stranger, Permission.OPEN_PROCEDURE, office=office)
    assert refused.value.code == "office_not_verified"
    event = AuditEvent.objects.get(subject=office.public_id)
    assert (event.actor, event.verb) == (people.stranger.public_id, "claim_office")
    assert event.after == {"place": BUCHA, "contested": False}


@pytest.mark.parametrize(
    ("told", "error", "code"),
    [
        ({"phone_told": "481212"}, Invalid, "phone_invalid"),
        ({"mail_told": "not a mail"}, Invalid, "mail_invalid"),
        ({"mail_told": f"a@{'b' * 250}.ua"}, Invalid, "mail_invalid"),
        ({"site_told": "no site"}, Invalid, "site_invalid"),
        ({"site_told": f"https://a.ua/{'b' * 300}"}, Invalid, "site_invalid"),
        ({"name": " \x00 "}, Invalid, "text_missing"),
        ({"name": "B" * 201}, Invalid, "text_too_long"),
        ({"place": PlaceScope("Bucha", "UA")}, Invalid, "key_malformed"),
        ({"place": PlaceScope(BUCHA, "Ukraine")}, Invalid, "key_malformed"),
        ({"actor": Actor()}, NotAllowed, "sign_in_needed"),
        ({"actor": SHELL}, NotAllowed, "sign_in_needed"),
    ],
)
def test_claim_that_cannot_be_taken_is_refused_and_kept_in_the_audit(people, told, error, code):
    sound = {"actor": Actor(user=people.stranger), "place": PLACES[BUCHA], "name": "Bucha"}
    given = sound | told
    with pytest.raises(error) as refused:
        claim_office(**given)
    assert refused.value.code == code
    assert not Office.objects.of(BUCHA).exists()
    event = AuditEvent.objects.get(verb="refused_claim_office")
    assert (event.subject, event.actor) == (given["place"].key, str(given["actor"]))
    assert event.after["code"] == code


def test_two_claims_are_taken_but_nobody_of_them_can_act(people):
    first = claim(people.stranger)
    assert can(people.stranger, Permission.READ_WORKING_PAPERS, office=first)
    second = claim(people.donor, mail_told="office@bucha.example")
    first.refresh_from_db()
    assert (first.contested, second.contested) == (True, True)
    for user, office in ((people.stranger, first), (people.donor, second)):
        with pytest.raises(NotAllowed) as refused:
            check_can(user, Permission.READ_WORKING_PAPERS, office=office)
        assert refused.value.code == "office_contested"
        assert "coordinator" in str(refused.value)
    told = AuditEvent.objects.filter(subject=first.public_id).first()
    assert told.after == {"claimed_too_by": second.public_id, "contested": True}
    assert verbs(first.public_id) == verbs(second.public_id)[:1] * 2 == ["claim_office"] * 2
    assert list(Office.objects.of(BUCHA)) == [first, second]


def test_claim_stops_no_office_that_is_verified(people):
    rival = claim(people.stranger, ZHYTOMYR)
    people.home.refresh_from_db()
    assert (people.home.contested, rival.contested) == (False, True)
    assert can(people.officer, Permission.DO_STEP, office=people.home)
    told = AuditEvent.objects.get(subject=people.home.public_id)
    assert told.after == {"claimed_too_by": rival.public_id, "contested": False}


def test_verifying_one_claim_leaves_the_other_contested_and_refusing_it_ends_the_contest(
    people, checker
):
    first, second = claim(people.stranger), claim(people.donor)
    decide_claim(actor=checker, office=second, verify=True, evidence=CALL)
    first.refresh_from_db()
    assert (first.contested, second.contested, second.state) == (True, False, "verified")
    with pytest.raises(Conflict) as refused:
        decide_claim(actor=checker, office=first, verify=True, evidence=CALL)
    assert refused.value.code == "office_verified_already"
    assert verbs(first.public_id)[-1] == "refused_verify_office"
    assert first.checks.count() == 0
    first.refresh_from_db()
    decide_claim(actor=checker, office=first, verify=False, reason="No such person there.")
    assert (first.state, first.contested) == ("refused", False)
    assert first.ended_at is not None
    assert not first.memberships.current(timezone.now()).exists()


def test_refusing_the_first_claim_clears_the_way_for_the_second(people, checker):
    first, second = claim(people.stranger), claim(people.donor)
    decide_claim(actor=checker, office=first, verify=False, reason="Unknown there.", evidence=None)
    second.refresh_from_db()
    assert second.contested is False
    assert can(people.donor, Permission.READ_WORKING_PAPERS, office=second)


def test_with_three_claims_refusing_one_leaves_the_others_contested(people, checker):
    first, second, third = (claim(who) for who in (people.stranger, people.donor, people.auditor))
    decide_claim(actor=checker, office=first, verify=False, reason="Unknown there.")
    second.refresh_from_db()
    third.refresh_from_db()
    assert second.contested
    assert third.contested


def test_database_itself_holds_one_verified_office_for_a_municipality(people):
    with pytest.raises(IntegrityError), transaction.atomic():
        an_office(ZHYTOMYR, state="suspended")
    assert an_office(ZHYTOMYR, state="claimed").state == "claimed"
    assert verified_office(ZHYTOMYR) == people.home
    assert verified_office(BUCHA) is None


def test_database_itself_refuses_a_verified_office_without_a_channel():
    with pytest.raises(IntegrityError), transaction.atomic():
        an_office(BUCHA, state="verified", callback_phone="")


def test_own_claim_is_not_made_twice(people):
    claim(people.stranger)
    with pytest.raises(Conflict) as refused:
        claim(people.stranger)
    assert refused.value.code == "claimed_already"


def test_claims_of_one_person_that_wait_are_three_at_most(people):
    for number in range(1, 4):
        place = PlaceScope(f"geonames:{number}", "PL", "iso:PL-24")
        claim_office(actor=Actor(user=people.stranger), place=place, name="Somewhere")
    with pytest.raises(Conflict) as refused:
        claim(people.stranger)
    assert refused.value.code == "too_many_claims"


def test_office_is_verified_by_a_call_on_a_number_that_the_coordinator_found(people, checker):
    office = claim(
        people.stranger, phone_told=NUMBER, mail_told="me@gmail.com", site_told="https://my.site"
    )
    at = timezone.now()
    decide_claim(actor=checker, office=office, verify=True, evidence=CALL, at=at)
    assert (office.state, office.callback_phone, office.verified_at) == ("verified", NUMBER, at)
    assert office.official_email == ""
    # The number was confirmed; the address and the site that were told still wait.
    assert (office.told_phone, office.told_email) == ("", "me@gmail.com")
    assert office.told_anew
    check = OfficeCheck.objects.get(office=office)
    assert (check.channel, check.found_at, check.checked_by) == (
        NUMBER,
        CALL.found_at,
        people.coordinator.public_id,
    )
    told = AuditEvent.objects.get(subject=office.public_id, verb="verify_office")
    assert told.before == {"state": "claimed"}
    found = {"check": check.public_id, "kind": "call_back", "outcome": "confirmed"}
    assert told.after == {"state": "verified"} | found
    assert can(people.stranger, Permission.OPEN_PROCEDURE, office=office)


def test_office_is_verified_by_an_official_address_and_nothing_is_left_to_check(people, checker):
    office = claim(people.stranger, phone_told="")
    decide_claim(actor=checker, office=office, verify=True, evidence=LETTER)
    assert (office.official_email, office.callback_phone) == ("rada@zhytomyr-rada.gov.ua", "")
    assert not office.told_anew
    assert str(office) == "Bucha"
    assert str(office.checks.get()) == "Bucha: official_mail"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"found_at": ""}, "found_at_missing"),
        ({"found_at": "https://www.my.site/contacts"}, "channel_not_independent"),
        ({"found_at": "their page city.example, foot"}, "channel_not_independent"),
        ({"kind": "in_person", "channel": "town hall"}, "second_channel_needed"),
        ({"kind": "document", "channel": "power of attorney"}, "second_channel_needed"),
        ({"outcome": "denied"}, "not_confirmed"),
        ({"outcome": "unreached"}, "not_confirmed"),
        ({"outcome": "perhaps"}, "check_unknown"),
        ({"kind": "pigeon"}, "check_unknown"),
        ({"sha256": "F00D"}, "hash_malformed"),
        ({"channel": ""}, "text_missing"),
        ({"seen": "  "}, "text_missing"),
        ({"channel": "12"}, "phone_invalid"),
    ],
)
def test_evidence_that_does_not_convince_verifies_nothing(people, checker, changes, code):
    office = claim(people.stranger, mail_told="me@city.example", site_told="https://my.site")
    evidence = dataclasses.replace(CALL, **changes)
    with pytest.raises(Invalid) as refused:
        decide_claim(actor=checker, office=office, verify=True, evidence=evidence)
    assert refused.value.code == code
    office.refresh_from_db()
    assert (office.state, office.checks.count()) == ("claimed", 0)
    assert verbs(office.public_id)[-1] == "refused_verify_office"


def test_office_is_not_verified_without_evidence(people, checker):
    office = claim(people.stranger)
    with pytest.raises(Invalid) as refused:
        decide_claim(actor=checker, office=office, verify=True)
    assert refused.value.code == "evidence_missing"


def test_office_is_verified_once(people, checker):
    """And a suspended one comes back by its own act, not by a second check."""
    suspend_office(actor=checker, office=people.home, reason="Doubt.")
    with pytest.raises(Conflict) as refused:
        decide_claim(actor=checker, office=people.home, verify=True, evidence=CALL)
    assert refused.value.code == "office_state"


def test_claim_is_refused_with_a_reason_and_what_was_heard(people, checker):
    office = claim(people.stranger)
    heard = dataclasses.replace(CALL, outcome="denied", seen="Nobody knows this person.")
    with pytest.raises(Invalid) as refused:
        decide_claim(actor=checker, office=office, verify=False, reason=" ", evidence=heard)
    assert refused.value.code == "text_missing"
    reason = "Ask ivan@bucha.example, he denied it."
    decide_claim(actor=checker, office=office, verify=False, reason=reason, evidence=heard)
    check = office.checks.get()
    assert check.outcome == "denied"
    told = AuditEvent.objects.get(subject=office.public_id, verb="refuse_office")
    found = {"check": check.public_id, "kind": "call_back", "outcome": "denied"}
    assert told.after == {"state": "refused", "reason": "Ask … he denied it."} | found


@pytest.mark.parametrize("who", ["elsewhere", "stranger", "officer", "approver", "auditor"])
def test_claim_is_decided_by_nobody_but_a_coordinator_in_scope(people, who):
    office = claim(people.donor)
    with pytest.raises(NotAllowed):
        decide_claim(
            actor=Actor(user=getattr(people, who)), office=office, verify=True, evidence=CALL
        )
    office.refresh_from_db()
    assert office.state == "claimed"


def test_coordinator_does_not_decide_on_an_own_office(people):
    claimed = claim(people.coordinator)
    joined = claim(people.stranger, DORTMUND)
    join(people.of_all, joined, Role.AUDITOR, until=timezone.now())
    for user, office in ((people.coordinator, claimed), (people.of_all, joined)):
        for act in (
            lambda actor, office: decide_claim(
                actor=actor, office=office, verify=True, evidence=CALL
            ),
            lambda actor, office: keep_check(actor=actor, office=office, evidence=CALL),
        ):
            with pytest.raises(NotAllowed) as refused:
                act(Actor(user=user), office)
            assert refused.value.code == "own_office"
    decide_claim(actor=SHELL, office=claimed, verify=True, evidence=CALL)
    assert claimed.state == "verified"


def test_check_is_kept_without_a_decision(people, checker):
    office = claim(people.stranger)
    paper = Evidence(
        kind="document", channel="Mandate no. 5", seen="Stamp and signature", sha256="a" * 64
    )
    kept = keep_check(actor=checker, office=office, evidence=paper)
    office.refresh_from_db()
    assert (office.state, kept.sha256, kept.outcome) == ("claimed", "a" * 64, "confirmed")
    assert verbs(office.public_id) == ["claim_office", "keep_check"]


def test_suspended_office_reads_and_comes_back(people, checker):
    reason = "Letters from another address came in."
    suspend_office(actor=checker, office=people.home, reason=reason)
    assert people.home.state == "suspended"
    assert can(people.officer, Permission.READ_WORKING_PAPERS, office=people.home)
    assert not can(people.officer, Permission.DO_STEP, office=people.home)
    reinstate_office(actor=checker, office=people.home, reason="It was the new secretary.")
    assert can(people.officer, Permission.DO_STEP, office=people.home)
    assert verbs(people.home.public_id) == ["suspend_office", "reinstate_office"]
    event = AuditEvent.objects.get(verb="suspend_office")
    assert (event.before, event.after) == (
        {"state": "verified"},
        {"state": "suspended", "reason": reason},
    )


def test_claimed_office_is_not_reinstated_past_the_check(people, checker):
    office = claim(people.stranger)
    with pytest.raises(Conflict) as refused:
        reinstate_office(actor=checker, office=office, reason="Looks good.")
    assert refused.value.code == "office_state"
    office.refresh_from_db()
    assert office.state == "claimed"


def test_closed_office_has_no_members_and_no_open_invitations(people, checker):
    asked = invite(
        actor=Actor(user=people.officer), office=people.home, email="a@example.org", role="auditor"
    )
    close_office(actor=checker, office=people.home, reason="The hromada has merged.")
    asked.invitation.refresh_from_db()
    assert asked.invitation.withdrawn_at is not None
    assert not people.home.memberships.current(timezone.now()).exists()
    assert people.home.memberships.count() == 5
    with pytest.raises(Conflict) as refused:
        suspend_office(actor=checker, office=people.home, reason="Too late.")
    assert refused.value.code == "office_ended"
    assert "closed" in str(refused.value)


def test_two_coordinators_at_once_do_not_overwrite_each_other(people, checker):
    stale = Office.objects.get(pk=people.home.pk)
    suspend_office(actor=checker, office=people.home, reason="Doubt.")
    with pytest.raises(Conflict) as refused:
        suspend_office(actor=checker, office=stale, reason="Doubt as well.")
    assert refused.value.code == "office_state"
    assert "suspended now" in str(refused.value)


def test_coordinator_sees_what_waits_inside_the_scope(people):
    bucha = claim(people.stranger)
    abroad = claim(people.donor, DORTMUND)
    Office.objects.filter(pk=people.home.pk).update(told_at=timezone.now())
    seen = {
        who: set(waiting_offices(Actor(user=getattr(people, who))))
        for who in ("coordinator", "elsewhere", "of_all", "officer")
    }
    assert seen == {
        "coordinator": {bucha, people.home},
        "elsewhere": {abroad},
        "of_all": {bucha, people.home, abroad},
        "officer": set(),
    }
    root = person("root", is_superuser=True)
    assert scopes_of(SHELL) == scopes_of(Actor(user=root)) == {"world"}
    assert scopes_of(Actor()) == scopes_of(Actor(user=person("gone", is_active=False))) == set()


def test_audit_of_an_office_is_read_by_who_may(people, checker):
    suspend_office(actor=checker, office=people.home, reason="Doubt.")
    AuditEvent.objects.create(
        at=timezone.now(), actor="x", verb="do_step", after={"office": people.home.public_id}
    )
    AuditEvent.objects.create(at=timezone.now(), actor="x", verb="elsewhere", subject="tie_x")
    seen = audit_of_office(Actor(user=people.auditor), people.home)
    assert [event.verb for event in seen] == ["do_step", "suspend_office"]
    with pytest.raises(NotAllowed):
        audit_of_office(Actor(user=people.storekeeper), people.home)
