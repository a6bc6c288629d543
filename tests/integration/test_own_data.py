"""Taking one's data away, being erased, ending one's sessions; and the register of it all."""

import datetime as dt
import json

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.auth import get_user
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.http import HttpRequest
from django.utils import timezone, translation

from factories import BUCHA
from mistok.accounts import mfa
from mistok.accounts.actors import Actor
from mistok.accounts.models import Invitation, Office, ResponsibleUnit, User
from mistok.accounts.permissions import Permission
from mistok.accounts.personal_data import personal_fields, purposes
from mistok.accounts.policies import can
from mistok.accounts.reference import personal_data_page
from mistok.accounts.services import (
    claim_office,
    end_sessions,
    erase_person,
    export_own_data,
    hand_over,
    invite,
    keep_check,
    name_responsible,
)
from mistok.accounts.services.erasure import sign_in_rows
from mistok.config.reference import MADE
from mistok.kernel.errors import Conflict, NotAllowed
from mistok.provenance.models import AuditEvent
from office_cast import CALL, PLACES, SHELL, join, person, the_cast

pytestmark = pytest.mark.django_db
TABLES_OF_SIGN_IN = {"account.emailaddress", "mfa.authenticator", "usersessions.usersession"}
NOT_PERSONAL = {"accounts.Office.official_email"}
"""The address of a municipality, not of a person."""


@pytest.fixture(autouse=True)
def factor(monkeypatch):
    monkeypatch.setattr("mistok.accounts.mfa.has_second_factor", lambda user: True)


@pytest.fixture
def people():
    return the_cast()


@pytest.fixture
def busy(people):
    """An officer who has left traces everywhere."""
    user, actor = people.officer, Actor(user=people.officer)
    User.objects.filter(pk=user.pk).update(first_name="Olena", last_name="Kravets", language="uk")
    user.refresh_from_db()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    EmailAddress.objects.create(user=user, email="olena-later@example.org", verified=False)
    for kind, data in (
        ("totp", {"secret": "JBSWY3DP"}),
        ("webauthn", {"name": "Olenas phone", "credential": "C0FFEE"}),
        ("recovery_codes", {"seed": "5EED"}),
    ):
        Authenticator.objects.create(user=user, type=kind, data=data)
    for number in range(2):
        UserSession.objects.create(
            user=user, session_key=f"KEY-{number}", ip="192.0.2.7", user_agent="Olenas browser"
        )
    invite(actor=actor, office=people.home, email="new@example.org", role="auditor")
    invite(actor=SHELL, office=people.home, email=user.email, role="storekeeper")
    hand_over(
        actor=actor, office=people.home, from_person=user, to_person=None, items=[{"title": "a"}]
    )
    for role, since in (("legal", dt.date(2025, 3, 1)), ("press", dt.date(2999, 1, 1))):
        name_responsible(
            actor=actor,
            office=people.home,
            unit="Office",
            role=role,
            person_name="Olena Kravets",
            work_contact="+380412000001",
            person=user,
            since=since,
        )
    claim_office(actor=actor, place=PLACES[BUCHA], name="Bucha", phone_told="+380971112233")
    join(user, people.partner, "auditor", since=timezone.now() + dt.timedelta(days=9))
    return user


def everything_kept():
    """All rows of all tables as one text."""
    tables = set(connection.introspection.table_names())
    kept = [model for model in apps.get_models() if model._meta.db_table in tables]
    return "\n".join(str(row) for model in kept for row in model._base_manager.values())


def test_export_holds_what_is_kept_and_what_was_done(people, busy):
    told = export_own_data(actor=Actor(user=busy))
    assert json.loads(json.dumps(told)) == told
    assert told["person"]["email"] == busy.email
    assert told["person"]["first_name"] == "Olena"
    roles = {(one["role"], one["office__name"]) for one in told["memberships"]}
    assert roles == {("officer", "Zhytomyr"), ("officer", "Bucha"), ("auditor", "Dortmund")}
    assert [one["role"] for one in told["invitations"]] == ["storekeeper"]
    assert [one["role"] for one in told["invitations_made"]] == ["auditor"]
    assert [one["role"] for one in told["responsibilities"]] == ["legal", "press"]
    assert told["claims"][0]["told_phone"] == "+380971112233"
    assert told["hand_over_cards"][0]["items"] == [{"title": "a"}]
    sign_in = told["sign_in"]
    assert set(sign_in) == TABLES_OF_SIGN_IN
    addresses = [one["email"] for one in sign_in["account.emailaddress"]]
    assert addresses == [busy.email, "olena-later@example.org"]
    kinds = [one["type"] for one in sign_in["mfa.authenticator"]]
    assert kinds == ["totp", "webauthn", "recovery_codes"]
    seen = [(one["ip"], one["user_agent"]) for one in sign_in["usersessions.usersession"]]
    assert seen == [("192.0.2.7", "Olenas browser")] * 2
    verbs = {one["verb"] for one in told["audit_events"]}
    assert {"invite", "hand_over", "claim_office", "export_own_data"} <= verbs
    assert {one["actor"] for one in told["audit_events"]} == {busy.public_id}


def test_export_holds_neither_secrets_nor_addresses_of_others(busy):
    text = json.dumps(export_own_data(actor=Actor(user=busy)))
    for secret in ("JBSWY3DP", "C0FFEE", "5EED", "KEY-0", "password"):
        assert secret not in text
    assert "new@example.org" not in text


def test_coordinator_takes_the_checks_along(people):
    actor = Actor(user=people.coordinator)
    keep_check(actor=actor, office=people.home, evidence=CALL)
    assert export_own_data(actor=actor)["checks_made"][0]["seen"] == CALL.seen


@pytest.mark.parametrize("actor", [Actor(), SHELL])
def test_nobody_has_no_data_of_their_own(actor):
    with pytest.raises(NotAllowed) as refused:
        export_own_data(actor=actor)
    assert refused.value.code == "sign_in_needed"


def test_erased_person_is_nowhere_to_be_found_and_what_was_done_stays(people, busy):
    before = AuditEvent.objects.filter(actor=busy.public_id).count()
    address, reference = busy.email, busy.public_id
    assert f"'{address}'" in everything_kept()
    erase_person(actor=Actor(user=busy), person=busy)
    kept = everything_kept()
    for trace in (
        address,
        "Olena",
        "Kravets",
        "Olena Kravets",
        "+380412000001",
        "+380971112233",
        "JBSWY3DP",
        "olena-later@example.org",
        "Olenas phone",
        "5EED",
        "192.0.2.7",
        "Olenas browser",
        "KEY-1",
    ):
        assert f"'{trace}'" not in kept
    for rows in sign_in_rows(busy):
        assert not rows.exists()
    assert AuditEvent.objects.filter(actor=reference).count() == before + 1
    event = AuditEvent.objects.get(verb="erase_person")
    assert (event.actor, event.subject, event.after) == (
        reference,
        reference,
        {"memberships_ended": 3},
    )
    row = User.objects.get(public_id=reference)
    assert (row.name, row.is_active, row.has_usable_password()) == (reference, False, False)
    assert not row.memberships.current(timezone.now() + dt.timedelta(days=99)).exists()
    assert row.memberships.count() == 3
    assert Invitation.objects.get(role="storekeeper").withdrawn_at is not None
    assert not ResponsibleUnit.objects.filter(person=row, until=None).exists()
    assert Office.objects.get(place=BUCHA).told_at is None
    assert not can(row, Permission.EXPORT_OWN_DATA)


def test_erasure_ends_the_sessions(client, people):
    client.force_login(people.stranger)
    erase_person(actor=Actor(user=people.stranger), person=people.stranger)
    User.objects.filter(pk=people.stranger.pk).update(is_active=True)
    assert not is_signed_in(client)


def test_person_is_erased_once(people):
    erase_person(actor=SHELL, person=people.stranger)
    with pytest.raises(Conflict) as refused:
        erase_person(actor=SHELL, person=people.stranger)
    assert refused.value.code == "erased_already"


@pytest.mark.parametrize("who", ["approver", "coordinator", "stranger"])
def test_another_is_erased_by_who_coordinates_the_world_only(people, who):
    with pytest.raises(NotAllowed):
        erase_person(actor=Actor(user=getattr(people, who)), person=people.donor)
    people.donor.refresh_from_db()
    assert people.donor.erased_at is None
    assert AuditEvent.objects.get().verb == "refused_erase_person"
    erase_person(actor=Actor(user=people.of_all), person=people.donor)
    assert people.donor.name == people.donor.public_id


def test_closed_account_does_not_erase_itself(people):
    people.stranger.is_active = False
    people.stranger.save()
    with pytest.raises(NotAllowed):
        erase_person(actor=Actor(user=people.stranger), person=people.stranger)


def is_signed_in(client):
    request = HttpRequest()
    request.session = client.session
    return get_user(request).is_authenticated


@pytest.mark.parametrize("who", ["officer", "approver", "coordinator", "of_all"])
def test_every_session_of_a_person_ends_at_once(client, people, who):
    client.force_login(people.officer)
    assert is_signed_in(client)
    end_sessions(actor=Actor(user=getattr(people, who)), person=people.officer)
    assert not is_signed_in(client)
    assert people.officer.session_round == 1
    client.force_login(people.officer)
    assert is_signed_in(client)
    assert AuditEvent.objects.get().subject == people.officer.public_id


def test_seen_session_is_deleted_too(client, people):
    client.force_login(people.officer)
    client.get("/")
    assert Session.objects.exists()
    end_sessions(actor=Actor(user=people.officer), person=people.officer)
    assert not Session.objects.exists()


@pytest.mark.parametrize("who", ["stranger", "auditor", "partner_officer", "elsewhere"])
def test_sessions_of_another_are_ended_by_nobody_else(client, people, who):
    client.force_login(people.officer)
    with pytest.raises(NotAllowed):
        end_sessions(actor=Actor(user=getattr(people, who)), person=people.officer)
    assert is_signed_in(client)


def test_new_password_ends_the_sessions(client, people):
    client.force_login(people.officer)
    people.officer.set_password("a long and quiet bridge")
    people.officer.save()
    assert not is_signed_in(client)


def test_older_secret_holds_for_the_present_round_only(people, settings):
    user = people.officer
    end_sessions(actor=Actor(user=user), person=user)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    assert list(user.get_session_auth_fallback_hash()) == [user.get_session_auth_hash()]
    of_this_round = user.get_session_auth_hash()
    user.session_round = 0
    assert user.get_session_auth_hash() != of_this_round


def test_name_is_what_colleagues_see():
    user = person("olena")
    assert user.name == "olena@example.org"
    user.first_name, user.last_name = "Olena", "Kravets"
    assert user.name == "Olena Kravets"


def test_people_get_references_by_chance():
    one, other = person("one"), person("other")
    assert one.public_id.startswith("person_")
    assert one.public_id != other.public_id


def test_every_personal_field_is_in_the_register():
    registered = [name for purpose in purposes() for name in purpose.fields]
    assert personal_fields() - set(registered) == set()
    assert len(registered) == len(set(registered))
    for name in registered:
        label, _, field = name.rpartition(".")
        assert apps.get_model(label)._meta.get_field(field)


def test_every_table_of_the_libraries_of_sign_in_is_in_the_register(people):
    registered = {name.rpartition(".")[0].lower() for one in purposes() for name in one.fields}
    tables = {rows.model._meta.label_lower for rows in sign_in_rows(people.officer)}
    assert tables == TABLES_OF_SIGN_IN
    assert tables <= registered


def test_every_field_that_looks_personal_is_marked():
    """An address, or a person: whoever adds one says why it is kept."""
    looking = set()
    for model in apps.get_models():
        if not model.__module__.startswith("mistok."):
            continue
        for field in model._meta.concrete_fields:
            if isinstance(field, models.EmailField) or field.related_model is User:
                looking.add(f"{model._meta.label}.{field.name}")
    assert "accounts.Membership.person" in looking
    assert looking - personal_fields() - NOT_PERSONAL == set()


def test_register_speaks_both_languages_and_stands_in_the_docs(root):
    for purpose in purposes():
        for text in (
            purpose.purpose,
            purpose.legal_ground,
            purpose.retention,
            purpose.consent,
            purpose.transfers,
        ):
            assert set(text) == {"en", "uk"}
            assert all(text.values())
    with translation.override("en"):
        page = personal_data_page(MADE)
    kept = (root / "docs" / "reference" / "personal-data.md").read_text(encoding="utf-8")
    assert kept == page


def test_second_factor_is_asked_of_allauth(people, monkeypatch):
    monkeypatch.undo()
    assert not mfa.has_second_factor(people.officer)
    Authenticator.objects.create(user=people.officer, type="totp", data={"secret": "x"})
    assert mfa.has_second_factor(people.officer)
    monkeypatch.setattr(apps, "is_installed", lambda name: False)
    assert not mfa.has_second_factor(people.officer)
