"""Requests and acts at one moment, each over a connection of its own, on both databases.

PostgreSQL holds the rows for real and is cleared in the end. The tests' own SQLite lies in memory,
where a second connection would be turned away: it is copied into a file.
"""

import contextlib
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

from django.apps import apps
from django.db import connection, connections, transaction

from mistok.kernel.errors import Refusal
from open_ledger import unguarded

MODELS = [one for one in apps.get_models(include_auto_created=True) if one._meta.managed]


class SideBySide:
    """People whose rows every connection sees; `do` runs acts that all begin together."""

    def __init__(self, people, file=None):
        self.people = people
        self.file = file

    def do(self, *acts):
        """What each act gives, or the code of its refusal, in their order."""
        barrier = threading.Barrier(len(acts))

        def run(act):
            with self._connected():
                barrier.wait(30)
                try:
                    return act()
                except Refusal as refusal:
                    return refusal.code

        with ThreadPoolExecutor(len(acts)) as hands:
            return list(hands.map(run, acts))

    def one(self, act):
        """The same for one act, and for a look at the rows."""
        (found,) = self.do(act)
        return found

    @contextlib.contextmanager
    def _connected(self):
        here = connections["default"]
        if self.file is not None:
            here.settings_dict = here.settings_dict | {"NAME": self.file}
        try:
            yield
        finally:
            here.close()


@contextlib.contextmanager
def side_by_side(make, folder):
    """What `make` gives, as `people`, with its rows for all; `folder` is for the file of SQLite."""
    if connection.vendor == "sqlite":
        file = str(folder / "side_by_side.sqlite3")
        with transaction.atomic():
            people = make()
            _copy(connection.connection, file)
            transaction.set_rollback(True)
        yield SideBySide(people, file)
        return
    before = {one: set(one._base_manager.values_list("pk", flat=True)) for one in MODELS}
    try:
        yield SideBySide(make())
    finally:
        _clear(before)


def _copy(memory, file):
    """Every table with its rows; indexes, keys and guards too."""
    with contextlib.closing(sqlite3.connect(file)) as copy:
        made = "SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL"
        rows = [row for row in memory.execute(made) if not row[0].startswith("sqlite_")]
        for _name, _kind, sql in sorted(rows, key=lambda row: row[1] != "table"):
            copy.execute(sql)
        for name, kind, _sql in rows:
            if kind == "table":
                found = memory.execute(f'SELECT * FROM "{name}"')
                marks = ",".join("?" for _column in found.description)
                copy.executemany(f'INSERT INTO "{name}" VALUES ({marks})', found)
        copy.commit()


def _clear(before):
    with transaction.atomic(), unguarded() as cursor:
        for model, kept in before.items():
            table = connection.ops.quote_name(model._meta.db_table)
            key = connection.ops.quote_name(model._meta.pk.column)
            cursor.execute(f"DELETE FROM {table} WHERE NOT {key} = ANY(%s)", [list(kept)])
