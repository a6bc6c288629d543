"""Kill the server with -9 while eight programs post, and count: nothing lost, nothing twice.

    python tests/crash/kill_and_count.py --kills 50 --database sqlite
    python tests/crash/kill_and_count.py --kills 50 --database postgresql

A fresh database, `mistok serve` on it, programs that issue goods, take goods over and open
consignments through the API. The server's processes are killed at random moments and started
again; a program that got no answer sends the same request with the same key. In the end every
posting that was acknowledged must stand in the ledger exactly once, and no other; every lot must
add up; `mistok ledger check` must find nothing. Exit status: 0 it all holds, 1 it does not.
"""

import argparse
import contextlib
import http.client
import json
import logging
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import uuid
import warnings
from collections import Counter
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parent
sys.path[:0] = [str(TESTS), str(TESTS / "integration")]
MISTOK = [sys.executable, "-m", "mistok.config.cli"]
BOXES = 3
MUCH = 1_000_000
PATIENCE = 15


def lay_ground(folder, database):
    """The environment of the server and of this process; before Django's settings are read."""
    world = ROOT / "build" / "test-world"
    (folder / "data").mkdir()
    (folder / "data" / "world").symlink_to(world)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "mistok.config.settings",
        "DATABASE_URL": "" if database == "sqlite" else database,
        "MISTOK_DATA": str(folder / "data"),
        "MISTOK_HOSTS": "testserver,localhost,127.0.0.1",
        "MISTOK_SECRET_KEY": "of a database that lives for minutes",
        "MISTOK_POSTING": "0",
        "MISTOK_WORKERS": "2",
        "MISTOK_THREADS": "4",
        "MISTOK_LOG": "console",
    }
    for name in ("MISTOK_HTTPS", "MISTOK_DEBUG", "MISTOK_MAIL_HOST", "MISTOK_ADDRESS"):
        os.environ[name] = ""
    import django

    from mistok.world import build

    build(world)
    django.setup()
    logging.disable(logging.INFO)
    warnings.filterwarnings("ignore", "No directory at")  # no page is asked for
    subprocess.run([*MISTOK, "migrate", "--verbosity", "0"], check=True)


def lay_in():
    """An office with goods in its store and goods on their way; what programs need to know."""
    from django.db import connections
    from django.test import Client
    from needs_cast import at_work

    from api_cast import BEDS, coming, in_store, lots_of, the_programs
    from factories import ZHYTOMYR

    programs = the_programs(Client(), at_work(ZHYTOMYR, "Zhytomyr"))
    many = BEDS | {"number": str(MUCH)}
    stored = [in_store(programs, many) for _number in range(BOXES)]
    moving = [coming(programs, many) for _number in range(BOXES)]
    ground = {
        "officer": programs.officer.secret,
        "store": programs.store.secret,
        "stored": [(which, lots[0]) for which, lots in stored],
        "moving": [(which, lots_of(programs, which)[0]) for which in moving],
    }
    connections.close_all()
    return ground


class Server:
    """`mistok serve`, killed and started again on the same port."""

    def __init__(self, log):
        from signing import free_port

        self.port = free_port()
        self.log = log
        self.process = None

    def start(self):
        command = [*MISTOK, "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command, stdout=self.log, stderr=self.log, start_new_session=True
        )
        for _attempt in range(2400):
            if self.process.poll() is not None:
                raise SystemExit(f"The server ended by itself ({self.process.returncode}).")
            if self.answers():
                return
            time.sleep(0.05)
        raise SystemExit("The server did not answer within two minutes.")

    def answers(self):
        asked = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            asked.request("GET", "/healthz")
            return asked.getresponse().status == 200
        except OSError:
            return False
        finally:
            asked.close()

    def kill(self, whole):
        """All of its processes, or one of those that answer; with -9."""
        workers = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        if whole or not workers.split():
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(random.choice(workers.split())), signal.SIGKILL)

    def stop(self):
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)


class Client(threading.Thread):
    """A program that posts until it is told to stop, and sends again what was not answered."""

    def __init__(self, number, ground, port, told):
        super().__init__(daemon=True)
        self.random = random.Random(f"{told.seed} {number}")
        self.ground, self.port, self.told = ground, port, told
        self.line = None

    def run(self):
        try:
            while not self.told.stopping.is_set():
                self.post(*self.wish())
        except BaseException as error:  # noqa: BLE001 - told in the end
            self.told.broken.append(f"{type(error).__name__}: {error}")

    def wish(self):
        """What to post next: kind, path, body, token, and how much of which lot moves."""
        from api_cast import counted, gift, issued
        from factories import ZHYTOMYR

        draw, amount = self.random.random(), self.random.randint(1, 5)
        if draw < 0.6:
            which, lot = self.random.choice(self.ground["stored"])
            body = issued(lot, amount, settlement=ZHYTOMYR)
            return "issue", f"/consignments/{which}/entries", body, "store", (lot["id"], amount)
        if draw < 0.9:
            which, lot = self.random.choice(self.ground["moving"])
            body = counted(lot, amount, more_to_come=True)
            return (
                "acceptance",
                f"/consignments/{which}/entries",
                body,
                "store",
                (lot["id"], amount),
            )
        title = f"Told by a program {uuid.uuid4()}"
        return "consignment", "/consignments", gift(title=title), "officer", (title, 1)

    def post(self, kind, path, body, who, moved):
        """Until it is acknowledged; now and then once more after that."""
        key, text, times = str(uuid.uuid4()), json.dumps(body), 0
        while (answer := self.ask(path, text, who, key)) is None:
            times += 1
            time.sleep(self.random.uniform(0.02, 0.3))
        told, done_before = answer
        self.told.acknowledge(kind, key, moved, times, done_before)
        if self.random.random() < 0.1:
            again = self.ask(path, text, who, key)
            if again is not None:
                self.told.replayed += 1
                if again != (told, True):
                    raise AssertionError(f"another answer to {key}: {again} and not {told}")

    def ask(self, path, text, who, key):
        """The answer and whether it was given before; None where the server gave none."""
        headers = {
            "Authorization": f"Bearer {self.ground[who]}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        try:
            if self.line is None:
                self.line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            self.line.request("POST", f"/api/v1{path}", text.encode(), headers)
            answer = self.line.getresponse()
            status, told = answer.status, answer.read()
            done_before = answer.getheader("Idempotent-Replayed") == "true"
        except (OSError, http.client.HTTPException):
            self.hang_up()
            return None
        if status == 503:
            return None
        if status != 201:
            raise AssertionError(f"{status} to {path}: {told.decode()}")
        return json.loads(told), done_before

    def hang_up(self):
        if self.line is not None:
            self.line.close()
        self.line = None


class Told:
    """What was acknowledged, by all programs together."""

    def __init__(self, seed):
        self.seed = seed
        self.stopping = threading.Event()
        self.lock = threading.Lock()
        self.keys = {"issue": {}, "acceptance": {}, "consignment": {}}
        self.again = Counter()
        self.broken = []
        self.replayed = 0

    def acknowledge(self, kind, key, moved, times, done_before):
        with self.lock:
            self.keys[kind][key] = moved
            self.again["again" if times else "first"] += 1
            self.again["done before"] += done_before

    @property
    def count(self):
        return sum(map(len, self.keys.values()))


def storm(server, told, clients, kills):
    """Kill and start again, each time after some postings went through; gives the counts."""
    chance, done = random.Random(told.seed), Counter()
    for one in clients:
        one.start()
    for _number in range(kills):
        enough, patience = told.count + chance.randint(1, 40), time.monotonic() + 60
        while told.count < enough and not told.broken and time.monotonic() < patience:
            time.sleep(0.002)
        time.sleep(chance.uniform(0, 0.2))
        whole = chance.random() < 0.7
        server.kill(whole)
        done["server" if whole else "worker"] += 1
        if whole:
            server.start()
        if told.broken:
            break
    told.stopping.set()
    for one in clients:
        one.join(120)
    if any(one.is_alive() for one in clients):
        told.broken.append("a program still waits for its answer after two minutes")
    return done


def count(told, begun):
    """What stands in the database against what was acknowledged: what is lost, doubled, extra."""
    from django.db.models import Count, Sum

    from mistok.aid.ledger import sums
    from mistok.aid.models import AidAct, AidLine, Consignment, Entry, Lot

    wrong = list(told.broken)
    for kind in ("issue", "acceptance"):
        rows = AidAct.objects.filter(kind=kind, pk__gt=begun)
        keys = Counter(rows.values_list("key", flat=True))
        wrong += [f"{kind} {key} is lost" for key in set(told.keys[kind]) - set(keys)]
        wrong += [
            f"{kind} {key} was never acknowledged" for key in set(keys) - set(told.keys[kind])
        ]
        wrong += [f"{kind} {key} stands twice" for key, times in keys.items() if times > 1]
        moved = Counter()
        for lot, amount in told.keys[kind].values():
            moved[lot] += amount * 1000
        entries = Entry.objects.filter(act__in=rows).values_list("lot__public_id")
        kept = dict(entries.annotate(total=Sum("amount")).order_by())
        wrong += [] if kept == dict(moved) else [f"amounts of {kind} differ: {kept} {moved}"]
    titles = {title for title, _one in told.keys["consignment"].values()}
    opened = Consignment.objects.filter(title__startswith="Told by a program")
    kept = dict(opened.values_list("title").annotate(times=Count("pk")).order_by())
    wrong += [] if kept == dict.fromkeys(titles, 1) else ["consignments differ from those told"]
    lines = AidLine.objects.filter(pk__in=Lot.objects.values("line"))
    wrong += [f"line {one.public_id} does not add up" for one in lines if not sums(one).adds_up]
    return wrong, Entry.objects.count()


def check():
    """What `mistok ledger check` says of every entry, balance and hash."""
    done = subprocess.run(
        [*MISTOK, "ledger", "check", "--json"], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout.strip() or done.stderr.strip()


def show(rows):
    width = max(len(name) for name, _value in rows)
    for name, value in rows:
        sys.stdout.write(f"{name:<{width}}  {value}\n")
    sys.stdout.flush()


def play(folder, database, options):
    """One whole run; gives the exit status."""
    lay_ground(folder, database)
    ground = lay_in()
    from django.db import connection

    from mistok.aid.models import AidAct

    begun = AidAct.objects.order_by("-pk").values_list("pk", flat=True)[0]
    connection.close()
    started, told = time.monotonic(), Told(options.seed)
    with open(folder / "server.log", "w") as log:
        server = Server(log)
        try:
            server.start()
            clients = [Client(n, ground, server.port, told) for n in range(options.clients)]
            kills = storm(server, told, clients, options.kills)
        finally:
            server.stop()
    seconds = time.monotonic() - started
    wrong, entries = count(told, begun)
    status, checked = check()
    wrong += [] if status == 0 else [f"mistok ledger check: {checked}"]
    show(
        [
            ("database", connection.vendor),
            ("programs", options.clients),
            ("kills of the whole server", kills["server"]),
            ("kills of one worker", kills["worker"]),
            ("acknowledged issues", len(told.keys["issue"])),
            ("acknowledged acceptances", len(told.keys["acceptance"])),
            ("acknowledged consignments", len(told.keys["consignment"])),
            ("acknowledged at the first try", told.again["first"]),
            ("acknowledged after sending again", told.again["again"]),
            ("of these done before their answer was lost", told.again["done before"]),
            ("sent once more afterwards, same answer", told.replayed),
            ("entries in the ledger", entries),
            ("ledger check", checked),
            ("seconds", round(seconds)),
            ("seed", options.seed),
            ("wrong", len(wrong)),
        ]
    )
    for line in wrong[:20]:
        sys.stdout.write(f"{line}\n")
    return 1 if wrong else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument(
        "--database", default="sqlite", help="sqlite, postgresql, or the address of an empty one"
    )
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="mistok-crash-"))
    random.seed(options.seed)
    try:
        if options.database != "postgresql":
            return play(folder, options.database, options)
        from suite import postgresql

        with postgresql() as address:
            return play(folder, address, options)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
