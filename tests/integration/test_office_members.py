"""Joining an office by invitation, leaving it, becoming a coordinator."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mistok.accounts.actors import Actor
from mistok.accounts.models import Invitation, Membership
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can
from mistok.accounts.scopes import PlaceScope, place_scope, scope_code
from mistok.accounts.selectors import memberships_of
from mistok.accounts.services import (
    accept_invitation,
    appoint_coordinator,
    close_office,
    end_membership,
    invite,
    suspend_office,
    withdraw_invitation,
)
from mistok.accounts.services.belonging import MOST_A_DAY, MOST_A_DAY_BY_ONE, MOST_OPEN
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.provenance.models import AuditEvent
from office_cast import PLACES, SHELL, ZHYTOMYR_OBLAST, an_office, join, person, the_cast

pytestmark = pytest.mark.django_db
MAIL = "Nobody-Special@example.org"


@pytest.fixture(autouse=True)
def factor(monkeypatch):
    monkeypatch.setattr("mistok.accounts.mfa.has_second_factor", lambda user: True)


@pytest.fixture
def people():
    return the_cast()


@pytest.fixture
def invited(people):
    return invite(
        actor=Actor(user=people.officer), office=people.home, email=MAIL, role="storekeeper"
    )


def accept(people, invited, user=None, **at):
    return accept_invitation(actor=Actor(user=user or people.stranger), token=invited.token, **at)


def refusals():
    events = AuditEvent.objects.filter(verb__startswith="refused_")
    return [(event.verb, event.after["code"]) for event in events]


def test_invitation_is_kept_without_its_token_and_told_without_its_address(people, invited):
    row = Invitation.objects.get()
    assert str(row) == "storekeeper Zhytomyr"
    assert (row.email, row.role) == (MAIL.lower(), "storekeeper")
    assert row.expires_at - row.invited_at == dt.timedelta(days=7)
    assert invited.token not in str(Invitation.objects.values().get())
    event = AuditEvent.objects.get(verb="invite")
    assert (event.actor, event.subject) == (people.officer.public_id, people.home.public_id)
    assert "@" not in str(event.after)


def test_invitation_is_accepted_once(people, invited):
    member = accept(people, invited)
    assert (member.office, member.role, member.person) == (
        people.home,
        "storekeeper",
        people.stranger,
    )
    assert can(people.stranger, Permission.READ_WORKING_PAPERS, office=people.home)
    assert [one.role for one in memberships_of(people.stranger)] == ["storekeeper"]
    with pytest.raises(Conflict) as refused:
        accept(people, invited)
    assert refused.value.code == "invitation_used"
    assert refusals() == [("refused_accept_invitation", "invitation_used")]
    assert people.stranger.memberships.count() == 1


def test_invitation_that_is_used_in_the_same_moment_is_used_once(people, invited, monkeypatch):
    """The look said it was open; the write finds that it is not."""
    monkeypatch.setattr(
        "mistok.accounts.services.belonging._check_open", lambda invitation, at: None
    )
    accept(people, invited)
    with pytest.raises(Conflict) as refused:
        accept(people, invited)
    assert refused.value.code == "invitation_used"


def test_invitation_that_is_too_old(people, invited):
    at = timezone.now() + dt.timedelta(days=7)
    with pytest.raises(Conflict) as refused:
        accept(people, invited, at=at)
    assert refused.value.code == "invitation_expired"
    assert invited.invitation.expires_at.date().isoformat() in str(refused.value)
    assert accept(people, invited, at=at - dt.timedelta(minutes=1)).office == people.home


def test_invitation_that_was_withdrawn(people, invited):
    withdraw_invitation(actor=Actor(user=people.approver), invitation=invited.invitation)
    with pytest.raises(Conflict) as refused:
        accept(people, invited)
    assert refused.value.code == "invitation_withdrawn"
    with pytest.raises(Conflict) as again:
        withdraw_invitation(actor=Actor(user=people.approver), invitation=invited.invitation)
    assert again.value.code == "invitation_not_open"


def test_invitation_of_another_address_names_nobody(people, invited):
    with pytest.raises(NotAllowed) as refused:
        accept(people, invited, user=people.donor)
    assert refused.value.code == "invitation_for_another"
    assert "@" not in str(refused.value)


@pytest.mark.parametrize("actor", [Actor(), SHELL])
def test_invitation_is_accepted_by_people_who_signed_in_only(people, invited, actor):
    with pytest.raises(NotAllowed) as refused:
        accept_invitation(actor=actor, token=invited.token)
    assert refused.value.code == "sign_in_needed"


def test_invitation_that_is_not_known(people):
    with pytest.raises(NotFound) as refused:
        accept_invitation(actor=Actor(user=people.stranger), token="guess")
    assert refused.value.code == "invitation_unknown"
    assert AuditEvent.objects.get().subject == "invitation"


def test_invitation_of_an_office_that_was_suspended_meanwhile(people, invited):
    suspend_office(actor=SHELL, office=people.home, reason="Doubt.")
    with pytest.raises(NotAllowed) as refused:
        accept(people, invited)
    assert refused.value.code == "office_suspended"


def test_invitation_to_a_role_that_one_has(people):
    asked = invite(
        actor=Actor(user=people.officer),
        office=people.home,
        email=people.auditor.email,
        role="auditor",
    )
    with pytest.raises(Conflict) as refused:
        accept(people, asked, user=people.auditor)
    assert refused.value.code == "member_already"
    asked.invitation.refresh_from_db()
    assert asked.invitation.accepted_at is None


def test_inviting_again_makes_the_older_link_void(people, invited):
    newer = invite(
        actor=Actor(user=people.officer), office=people.home, email=MAIL, role="storekeeper"
    )
    with pytest.raises(Conflict) as refused:
        accept(people, invited)
    assert refused.value.code == "invitation_withdrawn"
    assert accept(people, newer).role == "storekeeper"


@pytest.mark.parametrize(
    ("who", "role", "code"),
    [
        ("officer", "approver", "role_cannot"),
        ("auditor", "officer", "role_cannot"),
        ("stranger", "officer", "not_yours"),
        ("partner_officer", "officer", "not_yours"),
        ("elsewhere", "officer", "outside_scope"),
        ("approver", "approver", None),
        ("coordinator", "approver", None),
        ("officer", "officer", None),
    ],
)
def test_approver_is_invited_by_approvers_and_coordinators_only(people, who, role, code):
    actor = Actor(user=getattr(people, who))
    if code is None:
        asked = invite(actor=actor, office=people.home, email=MAIL, role=role)
        assert accept(people, asked).role == role
        return
    with pytest.raises(NotAllowed) as refused:
        invite(actor=actor, office=people.home, email=MAIL, role=role)
    assert refused.value.code == code
    assert refusals() == [("refused_invite", code)]


@pytest.mark.parametrize("role", ["coordinator", "mayor", ""])
def test_invitation_to_a_role_that_no_office_has(people, role):
    with pytest.raises(Invalid) as refused:
        invite(actor=SHELL, office=people.home, email=MAIL, role=role)
    assert refused.value.code == "role_unknown"


@pytest.mark.parametrize(("email", "code"), [("", "text_missing"), ("nobody", "mail_invalid")])
def test_invitation_to_no_address(people, email, code):
    with pytest.raises(Invalid) as refused:
        invite(actor=SHELL, office=people.home, email=email, role="officer")
    assert refused.value.code == code


def test_coordinator_invites_into_verified_offices_only(people):
    office = an_office("katottg:UA32080070000050759", state="claimed")
    with pytest.raises(NotAllowed) as refused:
        invite(actor=SHELL, office=office, email=MAIL, role="approver")
    assert refused.value.code == "office_not_verified"


def test_open_invitations_of_an_office_are_limited(people):
    begun = timezone.now()
    for number in reversed(range(MOST_OPEN)):
        email, at = f"{number}@example.org", begun - dt.timedelta(hours=2 * number)
        invite(actor=SHELL, office=people.home, email=email, role="auditor", at=at)
    with pytest.raises(Conflict) as refused:
        invite(actor=SHELL, office=people.home, email=MAIL, role="auditor")
    assert refused.value.code == "too_many_invitations"
    later = timezone.now() + dt.timedelta(days=8)
    assert invite(actor=SHELL, office=people.home, email=MAIL, role="auditor", at=later)


def test_invitations_of_an_office_in_a_day_are_limited_however_many_are_withdrawn(people):
    now, actor = timezone.now(), Actor(user=people.officer)
    asked = {"actor": actor, "office": people.home, "role": "auditor"}
    for number in range(MOST_A_DAY):
        made = invite(**asked, email=f"{number}@example.org", at=now)
        withdraw_invitation(actor=actor, invitation=made.invitation)
    for someone in (actor, Actor(user=people.coordinator)):
        with pytest.raises(Conflict) as refused:
            invite(**asked | {"actor": someone}, email=MAIL, at=now + dt.timedelta(hours=23))
        assert refused.value.code == "too_many_invitations_today"
        assert "tomorrow" in str(refused.value)
    assert refusals() == [("refused_invite", "too_many_invitations_today")] * 2
    assert not Invitation.objects.filter(email=MAIL).exists()
    assert invite(**asked, email=MAIL, at=now + dt.timedelta(hours=24))


def test_invitations_of_one_person_in_a_day_are_limited_over_all_offices(people):
    now = timezone.now()
    Invitation.objects.bulk_create(
        Invitation(
            public_id=f"invitation_{number}",
            office=people.partner,
            role="auditor",
            token_hash=str(number),
            invited_by=people.coordinator.public_id,
            invited_at=now,
            expires_at=now,
        )
        for number in range(MOST_A_DAY_BY_ONE)
    )
    asked = {"office": people.home, "email": MAIL, "role": "approver", "at": now}
    with pytest.raises(Conflict) as refused:
        invite(actor=Actor(user=people.coordinator), **asked)
    assert refused.value.code == "too_many_invitations_today"
    assert invite(actor=Actor(user=people.of_all), **asked)


def test_membership_ends_by_oneself_by_an_approver_and_by_a_coordinator(people):
    for user, ends in (
        (people.donor, people.donor),
        (people.auditor, people.approver),
        (people.officer, people.coordinator),
    ):
        member = user.memberships.get()
        end_membership(actor=Actor(user=ends), membership=member, reason="Left. Mail a@b.ua.")
        assert member.until is not None
        assert not can(user, Permission.READ_WORKING_PAPERS, office=people.home)
    assert people.home.memberships.count() == 5
    reasons = {one.after["reason"] for one in AuditEvent.objects.filter(verb="end_membership")}
    assert reasons == {"Left. Mail …"}


def test_membership_ends_once_and_not_before_it_began(people):
    member = people.donor.memberships.get()
    actor = Actor(user=people.donor)
    end_membership(actor=actor, membership=member, at=member.since - dt.timedelta(days=9))
    assert member.until == member.since
    with pytest.raises(Conflict) as refused:
        end_membership(actor=actor, membership=member)
    assert refused.value.code == "membership_ended"
    assert AuditEvent.objects.get(verb="end_membership").after["role"] == "donor"


@pytest.mark.parametrize("who", ["officer", "stranger", "partner_officer", "elsewhere"])
def test_membership_of_another_is_ended_by_nobody_else(people, who):
    with pytest.raises(NotAllowed):
        end_membership(
            actor=Actor(user=getattr(people, who)), membership=people.auditor.memberships.get()
        )
    assert refusals()[0][0] == "refused_end_membership"


def test_person_comes_back_as_another_row(people):
    member = people.donor.memberships.get()
    end_membership(actor=Actor(user=people.donor), membership=member)
    asked = invite(actor=SHELL, office=people.home, email=people.donor.email, role="donor")
    again = accept(people, asked, user=people.donor)
    rows = list(people.donor.memberships.values_list("until", flat=True))
    assert rows == [member.until, None]
    assert str(again) == "donor Zhytomyr"


def test_coordinator_is_appointed_and_dismissed_by_who_coordinates_the_world(people):
    of_all = Actor(user=people.of_all)
    member = appoint_coordinator(actor=of_all, person=people.stranger, scope=ZHYTOMYR_OBLAST)
    assert str(member) == f"coordinator {ZHYTOMYR_OBLAST}"
    assert can(people.stranger, Permission.VERIFY_OFFICE, office=people.home)
    with pytest.raises(Conflict):
        appoint_coordinator(actor=of_all, person=people.stranger, scope=ZHYTOMYR_OBLAST)
    with pytest.raises(NotAllowed):
        appoint_coordinator(
            actor=Actor(user=people.coordinator), person=people.stranger, scope="UA"
        )
    with pytest.raises(NotAllowed):
        end_membership(actor=Actor(user=people.coordinator), membership=member)
    end_membership(actor=of_all, membership=member)
    assert not can(people.stranger, Permission.VERIFY_OFFICE, office=people.home)


def test_coordinator_of_no_place_is_refused(people):
    with pytest.raises(Invalid) as refused:
        appoint_coordinator(actor=SHELL, person=people.stranger, scope="Ukraine")
    assert refused.value.code == "scope_unknown"


@pytest.mark.parametrize(
    ("role", "scope", "with_office"),
    [("coordinator", "", False), ("officer", "", False), ("coordinator", "UA", True)],
)
def test_database_itself_parts_offices_and_scopes(people, role, scope, with_office):
    with pytest.raises(IntegrityError), transaction.atomic():
        join(people.stranger, people.home if with_office else None, role, scope)


@pytest.mark.world
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("world", "world"),
        ("UA", "UA"),
        ("ua ", "UA"),
        ("iso:UA", "UA"),
        ("iso:UA-18", ZHYTOMYR_OBLAST),
        (ZHYTOMYR_OBLAST, ZHYTOMYR_OBLAST),
        ("iso:DE-NW", "iso:DE-NW"),
        ("katottg:UA80000000000093317", "katottg:UA80000000000093317"),
    ],
)
def test_scope_is_read_in_every_way_people_write_it(world, text, code):
    assert scope_code(world, text) == code


@pytest.mark.world
def test_scope_of_a_hromada_is_refused_and_that_of_a_place_follows_the_gazetteer(world):
    key = "katottg:UA18040190000029215"
    with pytest.raises(Invalid) as refused:
        scope_code(world, key)
    assert refused.value.code == "scope_unknown"
    assert place_scope(world, "geonames:686967") == PLACES[key]
    kyiv = place_scope(world, "geonames:703448")
    assert kyiv == PlaceScope("katottg:UA80000000000093317", "UA", "")
    assert kyiv.scopes == {"world", "UA", kyiv.key}
    oblast = place_scope(world, "iso:UA-18")
    assert (oblast.key, oblast.region) == (ZHYTOMYR_OBLAST, ZHYTOMYR_OBLAST)


def test_closing_ends_memberships_of_today_only(people):
    member = join(person("left"), people.home, "auditor", until=timezone.now())
    close_office(actor=SHELL, office=people.home, reason="Merged.")
    assert Membership.objects.get(pk=member.pk).until == member.until


def test_coordinator_command_makes_one(mistok, people):
    made = mistok("user", "coordinator", people.stranger.email, "--scope", "iso:UA-18")
    assert (made.status, made.out.strip()) == (
        0,
        f"{people.stranger.email} coordinates {ZHYTOMYR_OBLAST}.",
    )
    member = people.stranger.memberships.get()
    assert (member.role, member.scope) == ("coordinator", ZHYTOMYR_OBLAST)
    event = AuditEvent.objects.get(verb="appoint_coordinator")
    assert event.actor.startswith("shell: ")


@pytest.mark.parametrize(
    ("email", "scope", "told"),
    [
        ("nobody-special@example.org", "", "not the key of a place"),
        ("nobody-special@example.org", "geonames:2935517", "neither a country nor a region"),
        ("unknown@example.org", "UA", "no account"),
    ],
)
def test_coordinator_command_refuses(mistok, people, email, scope, told):
    answer = mistok("user", "coordinator", email, "--scope", scope)
    assert answer.status == 1
    assert told in answer.err
    assert not people.stranger.memberships.exists()
