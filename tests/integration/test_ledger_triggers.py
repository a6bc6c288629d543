"""The database itself refuses to change what the ledger keeps."""

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import IntegrityError, connection, transaction
from ledger_cast import A, K, a_lot, an_act, move, store

from mistok.aid.ledger import sign_heads
from mistok.aid.models import AidAct, Entry, Lot, SignedHead
from open_ledger import triggers, unguarded

pytestmark = pytest.mark.django_db
people = store


@pytest.fixture
def entry(people):
    """The first entry of a ledger that has a second one and a signed head."""
    lot = a_lot(people)
    move(lot, A.DONOR, A.STORE, 10, by=people.officer)
    move(lot, A.STORE, A.LOST, 1, by=people.officer)
    sign_heads()
    return Entry.objects.get(lot=lot, number=1)


def by_hand(sql, *parameters):
    """A statement past services and models."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.rowcount


def guards_there():
    """The triggers of the ledger that the database has."""
    asked = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger"
        " WHERE NOT tgisinternal",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor])
        return set(cursor.fetchall())


def test_all_guards_are_there_after_the_last_migration():
    wanted = {(name, table) for name, table, _sql in triggers.guards(connection.vendor)}
    assert guards_there() == wanted
    assert len(wanted) == (9 if connection.vendor == "sqlite" else 13)
    models = (Entry, AidAct, Lot, SignedHead)
    assert set(triggers.KEPT) == {model._meta.db_table for model in models}


@pytest.mark.parametrize("table", triggers.KEPT)
def test_rows_are_neither_changed_nor_deleted_by_hand(entry, table):
    for sql in (f"UPDATE {table} SET office_id = office_id", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError, match="stays as it is"):
            by_hand(sql)


def test_every_column_is_guarded(entry):
    for model in (Entry, AidAct, Lot, SignedHead):
        for field in model._meta.concrete_fields:
            change = "id = -id" if field.primary_key else f'"{field.column}" = NULL'
            with pytest.raises(IntegrityError, match="stays as it is"):
                by_hand(f"UPDATE {model._meta.db_table} SET {change}")


def copied(entry, **changed):
    """Write a copy of an entry past the service."""
    row = Entry.objects.get(pk=entry.pk)
    row.pk, row.public_id, row.key, row.hash = None, "entry_copy", "copy", "e" * 64
    for name, value in changed.items():
        setattr(row, name, value)
    with transaction.atomic():
        Entry.objects.bulk_create([row])
    return row


def test_entry_that_does_not_continue_the_chain_is_refused(people, entry):
    last = Entry.objects.get(number=2)
    for wrong in (
        {"number": 1, "previous": last.hash},
        {"number": 2, "previous": entry.hash},
        {"number": 4, "previous": last.hash},
        {"number": 3, "previous": entry.hash},
        {"number": 3, "previous": "0" * 64},
        {"number": 1, "previous": last.hash, "office": people.other.office},
        {"number": 2, "previous": "0" * 64, "office": people.other.office},
    ):
        with pytest.raises(IntegrityError, match="continue the chain"):
            copied(entry, **wrong)
    assert copied(entry, number=3, previous=last.hash).pk


def test_statement_with_many_entries_is_looked_at_entry_by_entry(people, entry):
    last = Entry.objects.get(number=2)
    rows = [Entry.objects.get(pk=entry.pk) for _number in range(2)]
    for place, row in enumerate(rows):
        row.pk, row.public_id, row.key = None, f"entry_{place}", f"copy {place}"
        row.number, row.hash = 3 + place, str(place) * 64
    rows[0].previous, rows[1].previous = last.hash, "f" * 64
    with pytest.raises(IntegrityError, match="continue the chain"), transaction.atomic():
        Entry.objects.bulk_create(rows)
    rows[1].previous = rows[0].hash
    Entry.objects.bulk_create(rows)


def test_migration_takes_the_guards_off_and_puts_them_on_again(entry):
    before = guards_there()
    with unguarded() as cursor:
        assert guards_there() == set()
        cursor.execute("UPDATE aid_lot SET batch = 'changed'")
    assert Lot.objects.get(pk=entry.lot_id).batch == "changed"
    assert guards_there() == before


def test_what_breaks_without_guards_leaves_them_on(entry):
    before = guards_there()
    with pytest.raises(ZeroDivisionError), transaction.atomic(), unguarded():
        raise ZeroDivisionError
    assert guards_there() == before


def test_flush_of_transactional_tests_empties_the_ledger(entry):
    tables = [model._meta.db_table for model in apps.get_app_config("aid").get_models()]
    if connection.vendor == "postgresql":
        connection.check_constraints()
        with pytest.raises(IntegrityError, match="stays as it is"):
            by_hand(f"TRUNCATE {', '.join(tables)}")
    sql = connection.ops.sql_flush(no_style(), tables, allow_cascade=False)
    connection.ops.execute_sql_flush(sql)
    assert not Entry.objects.exists()
    assert len(guards_there()) >= 9


def test_balance_below_zero_is_refused_by_the_database(entry):
    for account in ("store", "lost"):
        with pytest.raises(IntegrityError):
            by_hand("UPDATE aid_balance SET amount = -1 WHERE account = %s", account)
    assert by_hand("UPDATE aid_balance SET amount = -1 WHERE account = 'donor'") == 1


def test_act_without_movement_is_guarded_too(people):
    an_act(a_lot(people), K.VALUATION, by=people.approver)
    with pytest.raises(IntegrityError):
        by_hand("UPDATE aid_aidact SET remarks = 'cheaper'")
