"""Tokens by which programs act for an office, and the answers kept by their keys."""

import datetime as dt
import json

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from factories import DORTMUND, ZHYTOMYR
from mistok.accounts.actors import Actor
from mistok.accounts.lifecycle import OfficeState
from mistok.accounts.models import AccessToken, KeptAnswer
from mistok.accounts.permissions import BINDING, NEEDS_MFA, ROLE_PERMISSIONS, Permission, Role
from mistok.accounts.policies import can, check_can
from mistok.accounts.services import (
    Answer,
    answer_once,
    end_token,
    export_own_data,
    forget_answers,
    make_token,
    office_token,
    token_of,
    tokens_of,
)
from mistok.accounts.services.tokens import LONGEST_SECRET, MOST_LIVING
from mistok.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from mistok.provenance.models import AuditEvent
from office_cast import PLACES, SHELL, the_cast

pytestmark = pytest.mark.django_db
NOW = timezone.now()
DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def factor(monkeypatch):
    monkeypatch.setattr("mistok.accounts.mfa.has_second_factor", lambda user: True)


@pytest.fixture
def people():
    return the_cast()


def made(people, role="storekeeper", **more):
    sound = {"actor": Actor(user=people.approver), "office": people.home, "name": "Store 1"}
    return make_token(role=role, **sound | more)


def refused(kind, act, *given, **named):
    with pytest.raises(kind) as caught:
        act(*given, **named)
    assert str(caught.value).endswith(".")
    return caught.value.code


def test_secret_is_told_once_and_kept_nowhere(people):
    token, secret = made(people)
    assert secret.startswith("mistok_")
    assert len(secret) == len("mistok_") + 43
    assert secret.startswith(token.prefix)
    assert len(token.prefix) == 13
    row = str(AccessToken.objects.values().get())
    assert secret not in row
    event = AuditEvent.objects.get(verb="make_token")
    assert (event.actor, event.subject) == (people.approver.public_id, people.home.public_id)
    assert event.after["token"] == token.public_id
    assert secret[13:] not in str(AuditEvent.objects.values())
    assert secret != made(people).secret
    assert str(token) == token.public_id


def test_secret_opens_its_own_token_with_the_office(people):
    token, secret = made(people)
    found = office_token(secret)
    assert (found, found.office) == (token, people.home)


@pytest.mark.parametrize(
    "secret", ["", "mistok_", "mistok_" + "A" * 43, "Mistok_x", "mistok_" + "A" * LONGEST_SECRET]
)
def test_other_secrets_open_nothing(people, secret):
    made(people)
    assert refused(NotAllowed, office_token, secret) == "token_unknown"


def test_token_is_good_until_its_day(people):
    token, secret = made(people, good_for=30 * DAY, at=NOW)
    assert office_token(secret, at=NOW + 30 * DAY - dt.timedelta(seconds=1)) == token
    assert refused(NotAllowed, office_token, secret, at=NOW + 30 * DAY) == "token_expired"


def test_use_is_noted_once_a_minute(people):
    token, secret = made(people)

    def noted(at):
        office_token(secret, at=at)
        token.refresh_from_db()
        return token.last_used_at

    assert noted(NOW) == NOW
    assert noted(NOW + dt.timedelta(seconds=59)) == NOW
    later = NOW + dt.timedelta(seconds=60)
    assert noted(later) == later


def test_ended_token_opens_nothing_and_ends_once(people):
    token, secret = made(people)
    approver = Actor(user=people.approver)
    end_token(actor=approver, token=token, reason="The laptop of olena@example.org is lost")
    assert (token.ended_by, token.ended_at is None) == (people.approver.public_id, False)
    assert refused(NotAllowed, office_token, secret) == "token_ended"
    assert refused(Conflict, end_token, actor=approver, token=token) == "token_ended"
    event = AuditEvent.objects.get(verb="end_token")
    assert event.after["reason"] == "The laptop of … is lost"
    assert not can(Actor(token=token), Permission.READ_AID, office=people.home)


@pytest.mark.parametrize("who", ["officer", "storekeeper", "auditor", "coordinator", "stranger"])
def test_only_an_approver_keeps_tokens(people, who):
    token = made(people).token
    actor = Actor(user=getattr(people, who))
    told = {"actor": actor, "office": people.home, "role": "officer", "name": "x"}
    refused(NotAllowed, make_token, **told)
    refused(NotAllowed, end_token, actor=actor, token=token)
    refused(NotAllowed, tokens_of, actor, people.home)
    assert AccessToken.objects.get().ended_at is None


def test_approver_without_second_factor_keeps_none(people, monkeypatch):
    monkeypatch.setattr("mistok.accounts.mfa.has_second_factor", lambda user: False)
    assert refused(NotAllowed, made, people) == "second_factor_needed"


@pytest.mark.parametrize("role", ["approver", "auditor", "coordinator", ""])
def test_program_is_officer_or_storekeeper(people, role):
    assert refused(Invalid, made, people, role=role) == "token_role_unknown"
    token = made(people).token
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessToken.objects.filter(pk=token.pk).update(role=role)


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_time_of_a_token_has_bounds(people, days):
    assert refused(Invalid, made, people, good_for=days * DAY) == "token_time"
    assert made(people, good_for=DAY).token.is_living(NOW)


def test_token_has_a_name_without_addresses(people):
    assert refused(Invalid, made, people, name=" ") == "text_missing"
    assert made(people, name="for olena@example.org").token.name == "for …"


def test_office_keeps_no_more_than_anybody_remembers(people):
    tokens = [made(people).token for _number in range(MOST_LIVING)]
    assert refused(Conflict, made, people) == "too_many_tokens"
    end_token(actor=Actor(user=people.approver), token=tokens[0])
    assert made(people).token.is_living(timezone.now())


def test_office_that_cannot_act_makes_no_token(people):
    people.home.state = OfficeState.SUSPENDED
    people.home.save()
    refused(NotAllowed, made, people)
    # The shell passes the question of rights, and the office still cannot act.
    assert refused(NotAllowed, made, people, actor=SHELL) == "office_suspended"


def test_list_tells_the_newest_in_use_first(people):
    first, second, third = (made(people, at=NOW - n * DAY).token for n in (3, 2, 1))
    end_token(actor=SHELL, token=third)
    assert tokens_of(SHELL, people.home) == [second, first, third]
    assert token_of(people.home, first.public_id) == first
    assert refused(NotFound, token_of, people.partner, first.public_id) == "token_not_there"


# What a token may ---------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["officer", "storekeeper"])
def test_token_may_what_its_role_may_and_needs_no_second_factor(people, role):
    actor = Actor(token=made(people, role).token)
    expected = ROLE_PERMISSIONS[Role(role)] - NEEDS_MFA
    may = {one for one in Permission if can(actor, one, office=people.home)}
    assert may == expected
    assert may == {one for one in Permission if can(actor, one, place=PLACES[ZHYTOMYR])}
    for where in ({"office": people.partner}, {"place": PLACES[DORTMUND]}, {}):
        assert [one for one in Permission if can(actor, one, **where)] == []


@pytest.mark.parametrize(
    ("role", "permission", "where", "code"),
    [
        ("officer", Permission.DISPOSE_OF_GOODS, "home", "token_without_factor"),
        ("officer", Permission.KEEP_TOKENS, "home", "token_without_factor"),
        ("storekeeper", Permission.WRITE_CONSIGNMENT, "home", "token_role_cannot"),
        ("officer", Permission.CLAIM_OFFICE, "home", "token_role_cannot"),
        ("officer", Permission.READ_AID, "partner", "token_elsewhere"),
    ],
)
def test_token_is_told_why_not(people, role, permission, where, code):
    actor = Actor(token=made(people, role).token)
    office = getattr(people, where)
    assert refused(NotAllowed, check_can, actor, permission, office=office) == code


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"state": "suspended"}, "office_suspended"),
        ({"state": "closed"}, "office_closed"),
        ({"contested": True}, "office_contested"),
    ],
)
def test_token_of_an_office_that_cannot_act_does_not_even_read(people, fields, code):
    token = made(people, "officer").token
    for name, value in fields.items():
        setattr(token.office, name, value)
    for permission in (Permission.READ_AID, Permission.WRITE_CONSIGNMENT):
        actor = Actor(token=token)
        assert refused(NotAllowed, check_can, actor, permission, office=people.home) == code
    assert Permission.READ_AID not in BINDING


def test_token_names_itself_in_the_trail_and_is_nobody(people):
    token = made(people, "officer").token
    actor = Actor(token=token)
    assert str(actor) == token.public_id
    assert actor.person is None
    assert refused(NotAllowed, export_own_data, actor=actor) == "token_elsewhere"


def test_person_takes_along_which_tokens_were_hers(people):
    token = made(people).token
    (told,) = export_own_data(actor=Actor(user=people.approver))["tokens"]
    assert (told["public_id"], told["role"]) == (token.public_id, "storekeeper")
    assert export_own_data(actor=Actor(user=people.officer))["tokens"] == []


# Kept answers -------------------------------------------------------------------------------


@pytest.fixture
def token(people):
    return made(people).token


def sent(token, body="one", key="k1", request="POST /x", do=None, **more):
    return answer_once(
        token=token,
        key=key,
        request=request,
        body_hash=body,
        do=do or (lambda: Answer(201, {"id": body})),
        **more,
    )


def test_same_request_gets_the_same_answer_and_is_done_once(token):
    done = []

    def do():
        done.append(1)
        return Answer(201, {"number": len(done)})

    first, second = sent(token, do=do), sent(token, do=do)
    assert (first, second) == (Answer(201, {"number": 1}), Answer(201, {"number": 1}, again=True))
    assert done == [1]
    assert sent(token, key="k2", do=do).body == {"number": 2}
    assert str(KeptAnswer.objects.get(key="k1")) == f"{token.pk} POST /x 201"


@pytest.mark.parametrize("other", [{"body": "two"}, {"request": "POST /y"}])
def test_key_is_good_for_one_request(token, other):
    sent(token)
    assert refused(Conflict, sent, token, **other) == "key_reused"
    assert KeptAnswer.objects.get().answer == {"id": "one"}


def test_two_tokens_may_use_one_key(people, token):
    sent(token)
    assert sent(made(people).token, body="two").body == {"id": "two"}


def test_refused_request_leaves_its_audit_event_and_a_free_key(people, token):
    def do():
        make_token(actor=Actor(token=token), office=people.home, role="officer", name="x")

    assert refused(NotAllowed, sent, token, do=do) == "token_without_factor"
    assert not KeptAnswer.objects.exists()
    event = AuditEvent.objects.get(verb="refused_make_token")
    assert event.actor == token.public_id
    assert sent(token).status == 201


def test_what_breaks_leaves_nothing(token):
    def do():
        AccessToken.objects.filter(pk=token.pk).update(name="changed")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        sent(token, do=do)
    assert not KeptAnswer.objects.exists()
    assert AccessToken.objects.get(pk=token.pk).name == "Store 1"


def test_old_answers_are_forgotten(token):
    sent(token, key="old", at=NOW - 31 * DAY)
    sent(token, key="new", at=NOW)
    assert forget_answers(NOW) == 1
    assert [one.key for one in KeptAnswer.objects.all()] == ["new"]
    assert forget_answers() == 0


# The command --------------------------------------------------------------------------------


def test_command_makes_lists_and_ends(people, mistok):
    done = mistok("token", "make", ZHYTOMYR, "--name", "Store", "--days", "30", "--json")
    told = json.loads(done.out)
    assert office_token(told["secret"]).public_id == told["token"]
    assert told["role"] == "storekeeper"
    listed = mistok("token", "list", people.home.public_id)
    assert told["token"] in listed.out
    assert told["secret"] not in listed.out
    ended = mistok("token", "end", told["token"], "--reason", "gone")
    assert ended.status == 0
    assert json.loads(mistok("token", "list", ZHYTOMYR, "--json").out)[0]["ended"]
    assert AuditEvent.objects.filter(actor__startswith="shell: ", verb="end_token").exists()


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("make", "office_aaaaaaaaaaaa", "--name", "x"), 1),
        (("make", ZHYTOMYR, "--name", "x", "--days", "0"), 1),
        (("end", "token_aaaaaaaaaaaa"), 1),
        (("make", ZHYTOMYR), 2),
        ((), 2),
        (("make", ZHYTOMYR, "--name", "x", "--role", "approver"), 2),
    ],
)
def test_command_refuses_in_one_sentence(people, mistok, arguments, status):
    done = mistok("token", *arguments)
    assert (done.status, done.out) == (status, "")
    assert status == 2 or done.err.count("\n") == 1
