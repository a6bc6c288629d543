"""Every role against every act, in every situation that changes the answer.

What is expected follows from the tables alone; the policy has to find it in the database.
"""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from factories import BUCHA, DORTMUND, ZHYTOMYR
from mistok.accounts.actors import Actor
from mistok.accounts.once import read_once
from mistok.accounts.permissions import (
    BINDING,
    EVERYBODY,
    OFFICE_ROLES,
    ROLE_PERMISSIONS,
    Permission,
    Role,
    needs_second_factor,
)
from mistok.accounts.policies import can, check_can
from mistok.kernel.errors import NotAllowed
from office_cast import (
    BEFORE,
    KYIV_OBLAST,
    PLACES,
    ZHYTOMYR_OBLAST,
    an_office,
    join,
    person,
    the_cast,
)

pytestmark = pytest.mark.django_db
LATER = timezone.now() + dt.timedelta(days=30)
COORDINATOR = ROLE_PERMISSIONS[Role.COORDINATOR]
each_role = pytest.mark.parametrize("role", OFFICE_ROLES)


@pytest.fixture(autouse=True)
def factor(monkeypatch):
    """Everybody has a second factor, until a test takes it away."""
    has = SimpleNamespace(it=True)
    monkeypatch.setattr("mistok.accounts.mfa.has_second_factor", lambda user: has.it)
    return has


def answer(who, permission, **where):
    """The code of the refusal, whose sentence is whole, or "yes"."""
    refused = "yes"
    try:
        check_can(who, permission, **where)
    except NotAllowed as refusal:
        refused = refusal.code if str(refusal).endswith(".") else "half a sentence"
    return refused


def answers(who, **where):
    """What is answered to every act."""
    with read_once():
        return {permission: answer(who, permission, **where) for permission in Permission}


def row(able, yes="yes", no="not_yours"):
    """What should be answered: `yes` for these acts, `no` for the others, both told by act."""
    told = {}
    for permission in Permission:
        code = yes if permission in able else no
        told[permission] = code(permission) if callable(code) else code
    return told | dict.fromkeys(EVERYBODY, "yes")


def factor_asked(role):
    """What is answered to whom who may, but has no second factor."""
    return lambda one: "second_factor_needed" if needs_second_factor(role, one) else "yes"


@each_role
def test_member_of_a_verified_office(role, factor):
    cast = the_cast()
    user, able = getattr(cast, role), ROLE_PERMISSIONS[role]
    at_home = row(able, no="role_cannot")
    assert answers(user, office=cast.home) == at_home
    assert answers(user, place=PLACES[ZHYTOMYR]) == at_home
    assert answers(Actor(user=user), office=cast.home) == at_home
    for where in ({"office": cast.partner}, {"place": PLACES[DORTMUND]}, {}):
        assert answers(user, **where) == row(())
    factor.it = False
    assert answers(user, office=cast.home) == row(able, factor_asked(role), "role_cannot")


@each_role
@pytest.mark.parametrize(
    ("key", "fields", "code", "reads"),
    [
        (ZHYTOMYR, {"state": "claimed"}, "office_not_verified", True),
        (ZHYTOMYR, {"state": "suspended"}, "office_suspended", True),
        (BUCHA, {"state": "claimed", "contested": True}, "office_contested", False),
        (BUCHA, {"state": "closed"}, "office_closed", False),
        (BUCHA, {"state": "refused"}, "office_refused", False),
    ],
)
def test_member_of_an_office_that_cannot_act(role, key, fields, code, reads):
    user, office = person("member"), an_office(key, **fields)
    join(user, office, role)

    def barred(permission):
        return "yes" if reads and permission not in BINDING else code

    assert answers(user, office=office) == row(ROLE_PERMISSIONS[role], barred, "role_cannot")


@each_role
def test_membership_that_is_over_or_not_begun(role):
    office, was, will = an_office(), person("was"), person("will")
    join(was, office, role, until=timezone.now())
    join(will, office, role, since=LATER)
    able = ROLE_PERMISSIONS[role]
    assert answers(was, office=office) == row(able, "membership_ended")
    assert answers(will, office=office) == row(able, "membership_not_begun")


@pytest.mark.parametrize(
    ("scope", "inside"),
    [
        ("world", {ZHYTOMYR, BUCHA, DORTMUND}),
        ("UA", {ZHYTOMYR, BUCHA}),
        ("DE", {DORTMUND}),
        (ZHYTOMYR_OBLAST, {ZHYTOMYR}),
        (KYIV_OBLAST, {BUCHA}),
    ],
)
def test_coordinator_inside_and_outside_of_the_scope(scope, inside, factor):
    user = person("coordinator")
    join(user, None, Role.COORDINATOR, scope)
    offices = {key: an_office(key) for key in PLACES}
    for key, place in PLACES.items():
        expected = row(COORDINATOR, "yes" if key in inside else "outside_scope")
        assert answers(user, place=place) == expected
        assert answers(user, office=offices[key]) == expected
    everywhere = row(COORDINATOR, "yes" if scope == "world" else "outside_scope")
    assert answers(user) == everywhere
    factor.it = False
    for key in inside:
        expected = row(COORDINATOR, factor_asked(Role.COORDINATOR))
        assert answers(user, place=PLACES[key]) == expected


def test_coordinator_who_is_one_no_more():
    user = person("former")
    join(user, None, Role.COORDINATOR, "UA", until=timezone.now())
    assert answers(user, place=PLACES[ZHYTOMYR]) == row(())


def test_stranger_visitor_link_and_closed_accounts():
    cast = the_cast()
    assert answers(cast.stranger, office=cast.home) == row(())
    for visitor in (None, AnonymousUser(), Actor(), Actor(side_key="proposal_x:seeker")):
        assert set(answers(visitor, office=cast.home).values()) == {"sign_in_needed"}
    cast.officer.is_active = False
    cast.approver.erased_at = BEFORE
    for user in (cast.officer, cast.approver):
        assert set(answers(user, office=cast.home).values()) == {"account_closed"}


def test_superuser_and_shell_are_coordinators_of_the_world_and_no_more(factor):
    cast = the_cast()
    root = person("root", is_superuser=True)
    assert answers(root, office=cast.home) == answers(root) == row(COORDINATOR)
    shell = Actor(shell="tests")
    at_the_shell = COORDINATOR | {Permission.KEEP_TOKENS}
    assert answers(shell, office=cast.home) == row(at_the_shell, no="sign_in_needed")
    factor.it = False
    assert answers(root) == row(COORDINATOR, factor_asked(Role.COORDINATOR))
    assert answers(shell) == row(at_the_shell, no="sign_in_needed")


def test_steward_keeps_lists_and_profiles_of_the_world(cast, factor):
    factor.it = False
    kept = {
        Permission.COORDINATE_ROUNDS,
        Permission.KEEP_WAITING_LIST,
        Permission.KEEP_SHORTLIST,
        Permission.ANSWER_ROUND,
        Permission.EDIT_PROFILE,
        Permission.REVIEW_READINGS,
        Permission.KEEP_FEEDS,
        Permission.IMPORT_LISTS,
    }
    assert answers(cast.coordinator) == row(kept)
    assert answers(cast.coordinator, place=PLACES[DORTMUND]) == row(kept)


def test_asking_without_raising_gives_the_same_answer():
    cast = the_cast()
    for role in OFFICE_ROLES:
        user = getattr(cast, role)
        asked = {one: can(user, one, office=cast.home) for one in Permission}
        assert asked == {
            one: said == "yes" for one, said in answers(user, office=cast.home).items()
        }


def test_second_way_counts_where_the_first_is_barred(factor):
    """An officer of a suspended office who also coordinates acts as coordinator."""
    office, user = an_office(state="suspended"), person("both")
    join(user, office, Role.OFFICER)
    assert answer(user, Permission.EDIT_PROFILE, office=office) == "office_suspended"
    join(user, None, Role.COORDINATOR, "UA")
    assert answer(user, Permission.EDIT_PROFILE, office=office) == "yes"
    factor.it = False
    assert answer(user, Permission.EDIT_PROFILE, office=office) == "second_factor_needed"
