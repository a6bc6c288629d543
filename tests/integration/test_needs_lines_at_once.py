"""Several write to one line in the same moment, each over a connection of its own."""

import dataclasses
import sqlite3
import threading
from contextlib import closing
from decimal import Decimal

import pytest
from django.db import connection, connections
from hypothesis import given, settings
from hypothesis import strategies as st
from needs_cast import a_need, at_work, steps

from factories import ZHYTOMYR
from mistok.accounts.actors import Actor
from mistok.accounts.models import Membership, Office, User
from mistok.kernel.errors import Refusal
from mistok.needs.lines import change_need, entry_of, give_back, take, withdraw_need
from mistok.needs.models import Need

WRITERS = 3


def apart(act, *given):
    """What an act gives in a thread of its own, with its own connection."""
    found = []

    def run():
        try:
            found.append((act(*given), None))
        except BaseException as error:  # noqa: BLE001 - told to the test
            found.append((None, error))
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(60)
    (value, error) = found[0]
    if error is not None:
        raise error
    return value


@pytest.fixture(scope="module")
def ground(django_db_setup, django_db_blocker, world, tmp_path_factory):
    """A database that threads share: PostgreSQL as it is, of SQLite a copy in a file."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            path = tmp_path_factory.mktemp("at-once") / "lines.sqlite3"
            with closing(sqlite3.connect(path)) as copy:
                connection.connection.backup(copy)
            patch.setitem(connections.settings["default"], "NAME", str(path))
        work = apart(at_work, ZHYTOMYR, "Zhytomyr")
        yield work
        apart(_leave_nothing, work)


def _leave_nothing(work):
    """PostgreSQL keeps what the threads wrote; the next module begins without it."""
    people = {work.officer.person.pk, work.approver.person.pk, work.office.claimed_by_id}
    with connections["default"].cursor() as cursor:
        cursor.execute("DELETE FROM provenance_auditevent")
        cursor.execute("DELETE FROM mfa_authenticator")
    Need.objects.all().delete()
    Membership.objects.filter(office=work.office).delete()
    Office.objects.filter(pk=work.office.pk).delete()
    User.objects.filter(pk__in=people).delete()


def does(work, need, verb, number):
    """One act of one writer: how much it has committed (or given back, below zero)."""
    actor = Actor(user=User.objects.get(pk=work.officer.person.pk))
    try:
        if verb == "take":
            take(need, number)
            return number
        if verb == "surplus":
            take(need, number, raise_asked_by=number)
            return number
        if verb == "back":
            give_back(need, number)
            return -number
        if verb == "withdraw":
            withdraw_need(actor=actor, need=need, reason="x", amount=number)
        else:
            entry = dataclasses.replace(entry_of(need), number=Decimal(number) / 1000)
            change_need(actor=actor, need=need, entry=entry)
    except Refusal:
        pass
    return 0


def write_at_once(work, need, histories):
    """All writers begin together; gives what they have committed in all, and what broke."""
    start, committed, broken = threading.Barrier(len(histories)), [], []

    def writer(history):
        try:
            own = Need.objects.get(pk=need.pk)
            start.wait(30)
            committed.extend(does(work, own, verb, number) for verb, number in history)
        except BaseException as error:  # noqa: BLE001 - told to the test
            broken.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=writer, args=(history,)) for history in histories]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return sum(committed), broken


ACT = st.tuples(
    st.sampled_from(["take", "take", "back", "surplus", "withdraw", "ask"]),
    st.integers(min_value=1, max_value=6).map(steps),
)


@settings(max_examples=6)
@given(
    histories=st.lists(st.lists(ACT, min_size=2, max_size=5), min_size=WRITERS, max_size=WRITERS)
)
def test_amounts_add_up_whoever_writes_at_once(ground, histories):
    need = apart(a_need, ground, 8)
    committed, broken = write_at_once(ground, need, histories)
    assert broken == []
    found = apart(lambda: Need.objects.get(pk=need.pk))
    assert found.asked == found.still_open + found.committed + found.withdrawn
    assert found.committed == committed
    state = "open" if found.still_open else "committed" if found.committed else "withdrawn"
    assert found.state == state


def test_of_many_who_take_the_last_one_gets_it(ground):
    need = apart(a_need, ground, 1)
    committed, broken = write_at_once(ground, need, [[("take", steps(1))]] * 4)
    assert (committed, broken) == (steps(1), [])
    assert apart(lambda: Need.objects.get(pk=need.pk)).state == "committed"
