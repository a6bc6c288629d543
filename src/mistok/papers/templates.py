"""The papers that can be made: the template files under `data/`, checked when they are read."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from mistok.kernel.errors import NotFound, Unavailable
from mistok.papers.checking import problems
from mistok.papers.format import Slot, Template, parse

FOLDER = Path(__file__).parent / "data"


def kinds() -> tuple[str, ...]:
    """The kinds of papers, in alphabetical order."""
    return tuple(sorted(_all()))


def template(kind: str, version: int | None = None) -> Template:
    """One kind of paper in the version asked for, or in its latest.

    Raises NotFound (code `paper_unknown`).
    """
    versions = _all().get(kind, {})
    found = versions.get(max(versions, default=0) if version is None else version)
    if found is None:
        told = f"paper {kind!r}" if version is None else f"version {version} of paper {kind!r}"
        raise NotFound(
            f"There is no {told}. Papers that can be made: {', '.join(kinds())}.",
            code="paper_unknown",
            details={"kind": kind, "version": version},
        )
    return found


def slots_of(kind: str, version: int | None = None) -> tuple[Slot, ...]:
    """What one kind of paper asks for, in the order of a form. Raises as `template` does."""
    return template(kind, version).slots


def load(path: Path) -> Template:
    """The template in one file. Raises Unavailable (code `paper_template_broken`)."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise _broken(path, [f"it is no JSON: {error}"]) from error
    wrong = problems(data, path.name.split(".")[0])
    if wrong:
        raise _broken(path, wrong)
    return parse(data)


@cache
def _all() -> Mapping[str, Mapping[int, Template]]:
    """Every version of every kind; read once a process, since the files are part of the code."""
    found: dict[str, dict[int, Template]] = {}
    for path in sorted(FOLDER.glob("*.json")):
        one = load(path)
        found.setdefault(one.kind, {})[one.version] = one
    return found


def _broken(path: Path, wrong: list[str]) -> Unavailable:
    return Unavailable(
        f"The paper template {path.name} cannot be used: {' '.join(wrong)} Mend the file.",
        code="paper_template_broken",
        details={"file": path.name, "problems": wrong},
    )
