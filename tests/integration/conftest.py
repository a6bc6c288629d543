"""What every test with a database needs: the world, static files, and the real registry."""

import io
import sys
from types import SimpleNamespace

import pytest
from django.core.management import base

from mistok.config.cli import main
from mistok.ingest.starter.run import load_starter


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
        yield load_starter()
        transaction.set_rollback(True)


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
