"""The process that the server starts beside itself, and how it ends."""

import io
import os
import subprocess
import sys
import time

import pytest

from mistok.config import server, working
from mistok.config.environment import site_address
from mistok.kernel.errors import Invalid

WAITS = (sys.executable, "-c", "import sys; sys.stdin.read()")
DEAF = """
import signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", file=sys.stderr, flush=True)
time.sleep(60)
"""
STUBBORN = (sys.executable, "-c", DEAF)


def test_worker_ends_with_the_server(monkeypatch):
    monkeypatch.setattr(server, "WORKER", WAITS)
    with server.worker_beside(True) as process:
        assert process.poll() is None
    assert process.returncode is not None


def test_worker_that_does_not_listen_is_killed(monkeypatch):
    monkeypatch.setattr(server, "WORKER", STUBBORN)
    monkeypatch.setattr(server, "_PATIENCE", 0.2)
    popen = subprocess.Popen
    monkeypatch.setattr(subprocess, "Popen", lambda *a, **o: popen(*a, **o, stderr=subprocess.PIPE))
    with server.worker_beside(True) as process:
        assert process.stderr.readline() == b"ready\n"
    assert process.returncode == -9
    process.stderr.close()


def test_worker_ends_when_the_server_is_killed():
    process = subprocess.Popen(WAITS, stdin=subprocess.PIPE)
    process.stdin.close()
    assert process.wait(10) == 0


def test_fork_of_the_server_leaves_the_worker_alone(monkeypatch):
    monkeypatch.setattr(server, "WORKER", WAITS)
    own = os.getpid()
    with server.worker_beside(True) as process:
        monkeypatch.setattr(os, "getpid", lambda: own + 1)
    assert process.poll() is None
    process.stdin.close()
    assert process.wait(10) == 0


def test_no_worker_is_started_where_none_is_wanted(monkeypatch):
    monkeypatch.setattr(server, "WORKER", ("no such program",))
    with server.worker_beside(False) as process:
        assert process is None


def test_pause_ends_at_once_when_the_input_is_closed(monkeypatch):
    read, write = os.pipe()
    with os.fdopen(read) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        assert not working._wait(0.01, until_closed=True)
        os.close(write)
        before = time.monotonic()
        assert working._wait(30, until_closed=True)
        assert time.monotonic() - before < 5
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert not working._wait(0, until_closed=False)


@pytest.mark.parametrize(
    "given", ["https://mistok.example/", "http://127.0.0.1:8000", "http://[::1]:8000"]
)
def test_address_of_the_site_is_read(given):
    assert site_address(given) == given.removesuffix("/")


@pytest.mark.parametrize(
    "given", ["mistok.example", "ftp://mistok.example", "https://a b", "https://a/path"]
)
def test_address_that_is_no_site_is_refused(given):
    with pytest.raises(Invalid) as refusal:
        site_address(given)
    assert refusal.value.code == "setting_malformed"
