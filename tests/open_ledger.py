"""The guards of the goods ledger taken off: for tests that tamper, and for emptying tables.

The database refuses to change or delete what the ledger keeps (aid/migrations/0002). A test whose
rows are committed for real removes them inside `unguarded`; `let_flush_pass` does the same for
Django's flush, by which transactional tests empty all tables. No program does either.
"""

import importlib
from contextlib import contextmanager
from types import SimpleNamespace

from django.db import connection, transaction
from django.db.backends.base.operations import BaseDatabaseOperations

triggers = importlib.import_module("mistok.aid.migrations.0002_ledger_triggers")


def _editor(cursor):
    """What migrations write with, inside this transaction."""
    return SimpleNamespace(
        connection=connection, execute=lambda sql, params=None: cursor.execute(sql)
    )


@contextmanager
def unguarded():
    """Let this transaction write what it likes into the ledger; the guards are back afterwards."""
    with connection.cursor() as cursor:
        # PostgreSQL changes no table whose keys are still to be checked.
        connection.check_constraints()
        triggers.unguard(None, _editor(cursor))
        try:
            yield cursor
        except BaseException:
            # What broke takes the transaction back, and with it the dropping of the guards.
            transaction.set_rollback(True)
            raise
        connection.check_constraints()
        triggers.guard(None, _editor(cursor))


@contextmanager
def tampering():
    """Nothing at all is refused, keys and checks neither; everything is taken back in the end."""
    with transaction.atomic(), connection.cursor() as cursor:
        connection.check_constraints()
        triggers.unguard(None, _editor(cursor))
        on, off = _UNCHECKED[connection.vendor]
        cursor.execute(on)
        yield cursor
        cursor.execute(off)
        transaction.set_rollback(True)


_UNCHECKED = {
    "sqlite": ("PRAGMA ignore_check_constraints = ON", "PRAGMA ignore_check_constraints = OFF"),
    "postgresql": (
        "SET LOCAL session_replication_role = replica",
        "SET LOCAL session_replication_role = origin",
    ),
}


def let_flush_pass():
    """Django's flush (the end of each transactional test) empties the ledger like other tables."""
    flush = BaseDatabaseOperations.execute_sql_flush

    def execute_sql_flush(self, sql_list):
        with transaction.atomic(), unguarded():
            flush(self, sql_list)

    BaseDatabaseOperations.execute_sql_flush = execute_sql_flush
