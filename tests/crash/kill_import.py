"""Kill an import with -9 again and again, and compare with one that nobody disturbed.

    python tests/crash/kill_import.py --kills 5 --rows 4000 --database sqlite
    python tests/crash/kill_import.py --kills 5 --rows 4000 --database postgresql

The first rows of twin_edges.csv.gz are brought in by `mistok ingest table` in a process that is
killed at random moments and started again until it has ended; then once more, which must take
nothing. Another, undisturbed import into a fresh SQLite database must have given the very same
statements, ties, rows set aside and counts. Exit status: 0 they are the same, 1 they are not.
"""

import argparse
import gzip
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
ROOT = TESTS.parent
sys.path[:0] = [str(TESTS)]
MISTOK = [sys.executable, "-m", "mistok.config.cli"]
CONTENT = """
import hashlib, json
from mistok.ingest.models import ImportRun, SetAsideRow
from mistok.provenance.models import Source, Statement
from mistok.registry.models import Tie, TieFact, TieParty
def told(rows, *names):
    lines = sorted(json.dumps(row, sort_keys=True, default=str) for row in rows.values_list(*names))
    return [len(lines), hashlib.sha256(chr(10).join(lines).encode()).hexdigest()]
print(json.dumps({
    "statements": told(Statement.objects, "pk", "subject", "value", "locator", "source__slug"),
    "sources": told(Source.objects, "slug", "title"),
    "ties": told(Tie.objects, "public_id", "state", "kind", "since", "sources_count"),
    "parties": told(TieParty.objects, "tie__public_id", "municipality__key", "position"),
    "facts": told(TieFact.objects, "tie__public_id", "value", "statements"),
    "set aside": told(SetAsideRow.objects, "line", "code", "sentence"),
    "runs": told(ImportRun.objects, "mark", "state", "rows", "done", "taken", "known", "refused"),
}))
"""


def main(arguments=None):
    """Disturbed and undisturbed, side by side."""
    asked = parsed(arguments)
    source = Path(os.environ.get("MISTOK_SHARED") or ROOT.parent / "shared")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        table = folder / "cut.csv"
        with gzip.open(source / "data" / "twin_edges.csv.gz", "rt", encoding="utf-8") as lines:
            table.write_text("".join(islice(lines, asked.rows + 1)), encoding="utf-8")
        address = ""
        if asked.database == "postgresql":
            from suite import postgresql

            address = stack.enter_context(postgresql())
        calm, disturbed = ground(folder / "calm", ""), ground(folder / "disturbed", address)
        whole, start = timed(calm, table), timed(calm, table)
        pause = (whole - start) / (asked.kills + 1)
        kills = killed(disturbed, table, asked.kills, (start, pause), random.Random(asked.seed))
        bring_in(disturbed, table)
        again = json.loads(bring_in(disturbed, table))
        same = content(calm) == content(disturbed)
        report = {"kills": kills, "same": same, "taken again": again["taken"]}
        told = report | {"calm": content(calm), "disturbed": content(disturbed)}
        sys.stdout.write(json.dumps(told, indent=1) + "\n")
    return 0 if same and again["unchanged"] and not again["taken"] else 1


def parsed(arguments):
    """How often, on how many rows, in which database."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--rows", type=int, default=4000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=8)
    return parser.parse_args(arguments)


def ground(folder, address):
    """A data folder of its own with the world of the tests, and a migrated database."""
    folder.mkdir()
    (folder / "world").symlink_to(ROOT / "build" / "test-world")
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "mistok.config.settings",
        "DATABASE_URL": address,
        "MISTOK_DATA": str(folder),
        "MISTOK_SECRET_KEY": "of a database that lives for minutes",
    }
    run(environment, "migrate", "--verbosity", "0")
    return environment


def run(environment, *arguments):
    """What a command prints."""
    done = subprocess.run(
        [*MISTOK, *arguments], env=environment, check=True, capture_output=True, text=True
    )
    return done.stdout


def bring_in(environment, table):
    """One import that nobody disturbs."""
    return run(environment, "ingest", "table", str(table), "--map", "twin_edges", "--json")


def timed(environment, table):
    """How long it takes; a second time only the start of the program."""
    begun = time.monotonic()
    bring_in(environment, table)
    return time.monotonic() - begun


def killed(environment, table, kills, times, dice):
    """Start and kill, each time a while after the start of the program; how often it hit."""
    start, pause = times
    hit = 0
    command = [*MISTOK, "ingest", "table", str(table), "--map", "twin_edges"]
    for _number in range(kills):
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(start + dice.uniform(0.2, 1.6) * pause)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            hit += 1
    return hit


def content(environment):
    """Everything that must be the same, counted and hashed."""
    return json.loads(run(environment, "shell", "--no-imports", "-c", CONTENT))


if __name__ == "__main__":
    raise SystemExit(main())
