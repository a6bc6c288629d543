"""A store's own server, which can be cut off and come back at the same address."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

from serving import MISTOK, PLAIN, _wait_for

from signing import free_port

TESTS = Path(__file__).parents[1]
PEOPLE = Path(__file__).parent / "store_people.py"


class House:
    """A server on a copy of the prepared data; `cut` ends it as a power cut does."""

    def __init__(self, settings, folder):
        self.data = folder / "data"
        self._copy(settings.MISTOK_DATA)
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.settings = {
            "MISTOK_DATA": str(self.data),
            "MISTOK_ADDRESS": self.address,
            "MISTOK_POSTING": "false",
        }
        self.server = None
        self.people = self.ask("put")

    def _copy(self, prepared):
        shutil.copytree(prepared / "keys", self.data / "keys")
        (self.data / "world").symlink_to((prepared / "world").resolve())
        name = "mistok.sqlite3"
        with (
            closing(sqlite3.connect(prepared / name)) as there,
            closing(sqlite3.connect(self.data / name)) as here,
        ):
            there.backup(here)

    def ask(self, what):
        """What `store_people.py` says, read from the database itself."""
        paths = (str(TESTS), os.environ.get("PYTHONPATH", ""))
        more = {
            "DJANGO_SETTINGS_MODULE": "mistok.config.settings",
            "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        }
        environment = os.environ | PLAIN | more | self.settings
        told = subprocess.run(
            [sys.executable, PEOPLE, what], env=environment, check=True, stdout=subprocess.PIPE
        )
        return json.loads(told.stdout.splitlines()[-1])

    def restore(self):
        """The power is back, at the same address."""
        command = [*MISTOK, "serve", "--port", str(self.port)]
        self.server = subprocess.Popen(command, env=os.environ | PLAIN | self.settings)
        _wait_for(f"{self.address}/healthz", self.server)

    def cut(self):
        """No answer any more."""
        if self.server is not None:
            self.server.terminate()
            self.server.wait()
            self.server = None

    def answers(self):
        try:
            urllib.request.urlopen(f"{self.address}/healthz", timeout=2).close()
        except OSError:
            return False
        return True


@contextmanager
def store_house(settings, folder):
    """The house, with the power on."""
    house = House(settings, folder)
    house.restore()
    try:
        yield house
    finally:
        house.cut()
