"""What every test with a database needs: the world, static files, and the real registry."""

import io
import json
import socket
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.core.management import base
from django.core.management.color import no_style
from django.db import connection
from django.utils import translation
from feeds_cast import archive, patience  # noqa: F401 - fixtures
from local_site import site  # noqa: F401 - a fixture

from mistok.config.cli import main
from mistok.ingest.starter.run import load_starter
from mistok.partnering import matchers

NAMED = {"municipality": "key", "tie": "public_id", "act": "slug"}
"""What stands for a row that another row points at; an instrument is named by its own content."""


@pytest.fixture(autouse=True)
def no_language_left_over():
    """A page in Ukrainian leaves its language to the thread; the next test starts without."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def no_profiles_left_over():
    """A rolled back profile is no longer there, though its stamp may come again."""
    yield
    matchers._declaring.cache_clear()


@pytest.fixture(scope="session", autouse=True)
def _ready(world, static_files):
    """World and static files before the first page is asked for."""


@pytest.fixture(scope="module")
def starter(django_db_setup, django_db_blocker):
    """The real starter registry for one module of tests; gives the report of its loading.

    Each test still gets its own transaction inside this one.
    """
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        report = _load_again() if _loaded else _load_first()
        # PostgreSQL has not seen these rows yet: it would plan for empty tables, and check the
        # keys of all of them again after each test.
        connection.check_constraints()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield report
        transaction.set_rollback(True)


_loaded = []


def _load_first():
    """Load the starter registry, and keep the rows that it makes for the next module."""
    models = [one for one in apps.get_models(include_auto_created=True) if one._meta.managed]
    before = {one: set(one._base_manager.values_list("pk", flat=True)) for one in models}
    report = load_starter()
    rows = {one: one._base_manager.exclude(pk__in=before[one]) for one in models}
    _loaded.append((report, {one: list(kept) for one, kept in rows.items()}))
    return report


def _load_again():
    """The same rows, put into the tables as they are."""
    report, rows = _loaded[0]
    made = [one for one, kept in rows.items() if kept]
    for one in made:
        one._base_manager.bulk_create(rows[one], batch_size=500)
    with connection.cursor() as cursor:
        for command in connection.ops.sequence_reset_sql(no_style(), made):
            cursor.execute(command)
    return report


@pytest.fixture
def mistok(monkeypatch, capsys):
    """Run one command line in this process: gives exit status, stdout and stderr."""
    # A command closes its connections in the end; here they hold the test's transaction.
    monkeypatch.setattr(base, "connections", SimpleNamespace(close_all=lambda: None))

    def run(*arguments, stdin=""):
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        capsys.readouterr()
        try:
            status = main(list(arguments))
        except SystemExit as stop:
            status = stop.code
        written = capsys.readouterr()
        return SimpleNamespace(status=status, out=written.out, err=written.err)

    return run


def _content(row):
    """The fields of a row without database numbers, those it points at by their names."""
    fields = {}
    for field in row._meta.concrete_fields:
        if field.primary_key:
            continue
        value = getattr(row, field.name)
        if field.is_relation and value is not None:
            name = NAMED.get(value._meta.model_name)
            value = getattr(value, name) if name else _content(value)
        fields[field.name] = value
    return fields


@pytest.fixture
def snapshot():
    """Look at everything that the registry holds, by content."""

    def look():
        found = {}
        for model in apps.get_app_config("registry").get_models():
            related = [f.name for f in model._meta.concrete_fields if f.is_relation]
            rows = model.objects.select_related(*related) if related else model.objects.all()
            texts = (json.dumps(_content(row), sort_keys=True, default=str) for row in rows)
            found[model._meta.model_name] = sorted(texts)
        return found

    return look


@pytest.fixture(scope="session")
def cluster():
    """The address of a scheduler with two workers on this machine, each a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
    dask = Path(sys.executable).with_name("dask")
    worker = ["worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    commands = [["scheduler", "--host", address, "--no-dashboard"], worker, worker]
    with ExitStack() as running:
        folder = running.enter_context(tempfile.TemporaryDirectory())
        for command in commands:
            process = running.enter_context(
                subprocess.Popen([dask, *command], cwd=folder, stderr=subprocess.DEVNULL)
            )
            running.callback(process.kill)
        yield address
