"""How many articles a second are read, and who finds the places that they name?

Timed: the whole of `mistok read` on one core (language, sentences, places, dates, ties, aid,
projects), on articles of 3,000 characters in four languages, each different; and what opening
costs. Beside it what one would pick for the places alone, on the same texts in the same run:
geotext, geonames-tagger, and spaCy's blank pipeline with an entity ruler that knows the names of
all places of 5,000 people and more. None of these reads a tie. `found` is the share of the places
named in the corpus (tests/data/corpus_surfaces.csv) that a tool finds at all; `right` the share
that it finds and gives as the place that is meant (a GeoNames id, or a name and country).
Run: python benchmarks/bench_read.py [articles]
"""

import csv
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from readers import CHECKOUT, READERS, there

LENGTH = 3_000
ARTICLES = 400
SURFACES = CHECKOUT / "tests" / "data" / "corpus_surfaces.csv"
OWN = CHECKOUT / "tests" / "data" / "reading"


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES
    documents = corpus()
    if documents is None:
        print("The corpus is not here (MISTOK_SHARED); only documents of our own are read.")
    given = {
        "articles": articles([*(documents or {}).values(), *own()], count),
        "corpus": documents or {},
        "surfaces": surfaces(),
    }
    print(f"{count} articles of {LENGTH:,} characters, one core")
    print(f"{'':36}{'opened':>9}{'articles/s':>12}{'beside':>8}{'found':>8}{'right':>8}{'RSS':>9}")
    first = 0.0
    for name in READERS:
        told = measured(name, given)
        if told is None:
            print(f"{READERS[name].title:36} is not installed: requirements/bench.txt")
            continue
        rate = told["articles_a_second"]
        first = first or rate
        shares = "".join(
            f"{'–' if told[s] is None else f'{told[s]:.0%}':>8}" for s in ("found", "right")
        )
        print(
            f"{READERS[name].title:36}{told['opened']:>7.2f} s{rate:>12,.0f}"
            f"{first / rate:>7.1f}×{shares}{told['rss'] / 2**20:>6.0f} MB"
        )


def corpus() -> dict[str, str] | None:
    """The texts of the corpus by id; None where it is not."""
    path = Path(os.environ.get("MISTOK_SHARED", CHECKOUT.parent / "shared"), "corpus", "dev.jsonl")
    if not path.is_file():
        return None
    lines = path.read_text(encoding="utf-8").splitlines()
    return {told["id"]: told["text"] for told in map(json.loads, filter(None, lines))}


def own() -> list[str]:
    """The texts that were written for this project."""
    return [
        json.loads(line)["text"]
        for path in sorted(OWN.glob("own_*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line
    ]


def articles(texts: list[str], count: int) -> list[str]:
    """So many articles of one length: pieces of the texts, each beginning somewhere else."""
    whole = "\n\n".join(texts)
    while len(whole) < count * 40 + LENGTH:
        whole += "\n\n" + whole
    step = max(1, (len(whole) - LENGTH) // count)
    return [whole[at : at + LENGTH] for at in range(0, count * step, step)]


def surfaces() -> list[dict[str, str]]:
    """The places named in the corpus, with their keys."""
    with SURFACES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def measured(name: str, given: dict[str, Any]) -> dict[str, Any] | None:
    """One reader in a process of its own, on one core; None where it is not installed."""
    if not there(name):
        return None
    script = Path(__file__).resolve().with_name("readers.py")
    begun = time.perf_counter()
    run = subprocess.run(
        [sys.executable, script, name],
        input=json.dumps(given),
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )
    if run.returncode:
        raise SystemExit(f"{name} failed after {time.perf_counter() - begun:.0f} s:\n{run.stderr}")
    told: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return told


if __name__ == "__main__":
    main()
