"""A server of the program beside the tests, on a free port of this machine."""

import os
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import pytest

from signing import free_port

MISTOK = [sys.executable, "-m", "mistok.config.cli"]
PLAIN = {"DATABASE_URL": "", "MISTOK_WORKERS": "1", "MISTOK_THREADS": "4"}


@contextmanager
def serving(**settings):
    """`mistok serve` with these settings; gives its address, which letters name as well."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = os.environ | PLAIN | {"MISTOK_ADDRESS": address} | settings
    with subprocess.Popen([*MISTOK, "serve", "--port", str(port)], env=environment) as server:
        try:
            _wait_for(f"{address}/healthz", server)
            yield address
        finally:
            server.terminate()


def _wait_for(url, server):
    for _attempt in range(600):
        if server.poll() is not None:
            pytest.fail(f"The server ended with status {server.returncode} before it answered.")
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail("The server did not answer within two minutes.")
