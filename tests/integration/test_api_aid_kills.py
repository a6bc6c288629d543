"""The server is killed with -9 in the middle of postings, on a database of its own."""

import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

HARNESS = Path(__file__).resolve().parents[1] / "crash" / "kill_and_count.py"
pytestmark = pytest.mark.django_db


@pytest.fixture
def empty_database():
    """The address of a database that nobody else uses: a file, or one more on this server."""
    if connection.vendor == "sqlite":
        yield "sqlite"
        return
    import psycopg

    told = connection.get_connection_params()
    here = {name: told[name] for name in ("host", "port", "user", "password") if told.get(name)}
    name = f"kills_{secrets.token_hex(4)}"
    with psycopg.connect(**here, dbname="postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            who = f"{here.get('user', '')}:{here.get('password', '')}".rstrip(":")
            where = f"host={here['host']}" if here["host"].startswith("/") else ""
            host = "" if where else f"{here['host']}:{here.get('port', 5432)}"
            yield f"postgresql://{who}@{host}/{name}" + (f"?{where}" if where else "")
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def test_nothing_is_lost_or_done_twice_when_the_server_is_killed(empty_database, world):
    command = [sys.executable, str(HARNESS), "--kills", "3", "--database", empty_database]
    done = subprocess.run(command, capture_output=True, text=True, timeout=500, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-4000:]
    told = dict(line.split("  ", 1) for line in done.stdout.splitlines() if "  " in line)
    assert {name: told[name].strip() for name in ("programs", "wrong")} == {
        "programs": "8",
        "wrong": "0",
    }
    acknowledged = int(told["acknowledged issues"]) + int(told["acknowledged acceptances"])
    assert int(told["entries in the ledger"]) >= acknowledged > 0
