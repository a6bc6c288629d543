"""A page reads what it knows of a person once; an act reads anew each time."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mistok.accounts.once import once, read_once
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can
from office_cast import the_cast

pytestmark = pytest.mark.django_db


def asked(cast):
    """How many times the database is asked for three rights of one person."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert can(cast.officer, Permission.DO_STEP, office=cast.home)
        assert not can(cast.officer, Permission.SIGN, office=cast.home)
        assert can(cast.officer, Permission.EDIT_PROFILE, office=cast.home)
    return len(queries)


def test_page_asks_once_and_an_act_each_time():
    cast = the_cast()
    each_time = asked(cast)
    with read_once():
        assert asked(cast) == 1
        assert asked(cast) == 0
    assert asked(cast) == each_time > 2


def test_what_is_read_inside_is_forgotten_outside():
    told = iter("abcd")
    with read_once():
        assert [once("x", lambda: next(told)), once("x", lambda: next(told))] == ["a", "a"]
        with read_once():
            assert once("x", lambda: next(told)) == "b"
        assert once("x", lambda: next(told)) == "a"
    assert once("x", lambda: next(told)) == "c"
