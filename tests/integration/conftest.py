"""What every test with a database needs: the world, static files, and the real registry."""

import pytest

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
