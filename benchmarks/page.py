"""Run the benchmarks and keep what they print in docs/reference/benchmarks.md.

Each benchmark has a section of its own, with the day and the machine of its run. A run of some of
them replaces only their sections; a benchmark that fails leaves its section as it was.
Run: python benchmarks/page.py [NAME…], where find stands for bench_find.py; without names, all.
"""

import ast
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

import psutil

FOLDER = Path(__file__).resolve().parent
PAGE = FOLDER.parent / "docs" / "reference" / "benchmarks.md"
HEAD = """# Benchmarks

<!-- Made by `make bench`. Run it anew, do not edit the numbers. -->

What matters to a user, timed side by side with what one would pick instead. Every table comes \
from one run on one machine, told above it. How to read them:

- **Ratios count.** The machines are shared and noisy, and a time may be twice another day's. What \
stands in one table ran within minutes, on the same data, so that the ratios hold.
- `median` is the middle one of the times, `p95` the time that 19 of 20 stay below.
- `right` is a share of the queries of that line. Two lines with few queries may differ by chance: \
the share of 400 queries is known to within five percentage points, that of 60 to within thirteen.
- Memory is that of a process of its own (RSS). Of a file that is mapped into memory, processes \
share what they have read.

`make bench` makes all tables anew, `make bench ONLY=find` one of them. A benchmark run alone, for \
example `python benchmarks/bench_find.py`, only prints.
"""
SECTION = re.compile(
    r"<!-- begin (?P<name>\w+) -->\n(?P<text>.*?)<!-- end (?P=name) -->", re.DOTALL
)


def main(arguments: list[str], folder: Path = FOLDER, page: Path = PAGE) -> int:
    """Run what is named, or everything; the exit status says whether all went well."""
    scripts = {path.stem.removeprefix("bench_"): path for path in sorted(folder.glob("bench_*.py"))}
    unknown = [name for name in arguments if name not in scripts]
    if unknown:
        there = ", ".join(scripts)
        sys.stderr.write(f"There is no benchmark {unknown[0]}. There are: {there}.\n")
        return 2
    failed = []
    for name in arguments or scripts:
        table = run(scripts[name])
        if table is None:
            failed.append(name)
        else:
            write(page, {name: section(scripts[name], table)}, scripts)
    if failed:
        sys.stderr.write(f"Failed, their sections are as they were: {', '.join(failed)}.\n")
    return 1 if failed else 0


def run(script: Path) -> str | None:
    """What the benchmark printed, shown while it prints; None when it failed."""
    command = [sys.executable, "-u", str(script)]
    lines = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        for line in process.stdout or ():
            sys.stdout.write(line)
            sys.stdout.flush()
            lines.append(line)
    return None if process.returncode else "".join(lines)


def section(script: Path, table: str) -> str:
    """The heading, what is asked, when and where it was run, and the table."""
    question = ast.get_docstring(ast.parse(script.read_text(encoding="utf-8"))) or ""
    # Where the checkout lies is nobody's business.
    table = table.replace(str(FOLDER.parent), ".").strip("\n")
    day = datetime.now(tz=UTC).date().isoformat()
    run_on = f"Run on {day}: {machine()}."
    return f"## {script.name}\n\n{question}\n\n{run_on}\n\n```text\n{table}\n```\n"


def machine() -> str:
    """Processor, cores, memory, Python and system; nothing that tells which machine it is."""
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"{processor()}, {os.cpu_count()} cores, {memory:.0f} GB; "
        f"Python {platform.python_version()}; {system()}"
    )


def processor() -> str:
    """The processor's own name where the system tells it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text(encoding="utf-8").splitlines() if told.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return next(iter(names), platform.processor() or platform.machine())


def system() -> str:
    """The system's name and version."""
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return f"{platform.system()} {platform.release()}"


def write(page: Path, made: Mapping[str, str], names: Iterable[str]) -> None:
    """Put sections into the page; those of benchmarks that are gone are left out."""
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    sections = {found["name"]: found["text"] for found in SECTION.finditer(text)} | dict(made)
    parts = [
        f"\n<!-- begin {name} -->\n{sections[name]}<!-- end {name} -->\n"
        for name in sorted(names)
        if name in sections
    ]
    new = page.with_suffix(".part")
    new.write_text(HEAD + "".join(parts), encoding="utf-8")
    new.replace(page)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
