"""The templates of procedures, read from the data files beside this module and checked.

`data/1`, `data/2` … are versions of the whole set. A run goes on under the version with which it
began; what was shipped is never changed, but copied into the next version and changed there.
`data/shipped.json` has the hash of every file that was shipped.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from mistok.kernel.errors import Invalid, Unavailable
from mistok.kernel.ids import content_hash
from mistok.partnering.procedure.guards import GUARDS
from mistok.partnering.procedure.outcomes import OUTCOMES
from mistok.partnering.procedure.steps import (
    KIND_GROUPS,
    PHASES,
    STANDINGS,
    Aim,
    Bar,
    Doer,
    DueRule,
    Origin,
    Record,
    Role,
    Step,
    Track,
)
from mistok.provenance.values import EVENTS, TIE_KINDS

GENERAL = "xx"
SHARED = "shared"
DATA = resources.files("mistok.partnering.procedure") / "data"


@dataclass(frozen=True, slots=True)
class Option:
    """A choice that a side makes for its track, such as which body decides first."""

    code: str
    titles: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    default: str
    origin: str


@dataclass(frozen=True, slots=True)
class Template:
    """One data file: the steps of a country's side (or of all sides together) by aim."""

    code: str
    titles: Mapping[str, str]
    languages: tuple[str, ...]
    version: str
    options: tuple[Option, ...]
    steps: Mapping[Aim, tuple[Step, ...]]

    def chosen(self, options: Mapping[str, str]) -> frozenset[str]:
        """The words that hold, with the defaults where nothing was chosen.

        Raises Invalid (code `option_unknown`) for a word that the template does not offer.
        """
        known = {option.code: option for option in self.options}
        for code, word in options.items():
            if code not in known or word not in known[code].words:
                raise Invalid(
                    f"“{code}: {word}” is no choice of the template {self.code}. Choose one of "
                    f"those that its page offers.",
                    code="option_unknown",
                    details={"option": code, "word": word},
                )
        return frozenset(options.get(o.code, o.default) for o in self.options)

    def track(
        self,
        aim: Aim,
        kind: str,
        options: Mapping[str, str] | None = None,
        shared: frozenset[str] = frozenset(),
    ) -> Track:
        """The steps for one aim and kind of tie, by its options and the run's own (`shared`).

        Raises Invalid for a choice that is not offered.
        """
        steps = self.steps[aim]
        chosen = self.chosen(options or {}) | shared
        has = [step for step in steps if _has(step, kind, chosen)]
        return Track(
            self.code,
            self.version,
            tuple(replace(s, optional=s.optional or kind in s.optional_kinds) for s in has),
            tuple(step for step in steps if step not in has),
            chosen,
        )


@cache
def versions() -> tuple[str, ...]:
    """Every version of the templates, the newest last."""
    return tuple(sorted((one.name for one in DATA.iterdir() if one.name.isdigit()), key=int))


@cache
def template(code: str, version: str = "") -> Template:
    """The template of this code: a country's, `xx` for every other country, or `shared`.

    In the version of a run that has begun, else in the newest. Raises Unavailable (code
    `template_version_missing`) for a version that this program does not have.
    """
    version = version or versions()[-1]
    if version not in versions():
        raise Unavailable(
            f"Version {version} of the steps is not part of this program. Install the release "
            f"with which the procedure was begun, or a later one.",
            code="template_version_missing",
            details={"version": version},
        )
    raw = _raw(code, version)
    library = _raw("library", version)
    steps = {aim: _steps(raw["steps"].get(aim, ()), library) for aim in Aim}
    if code not in (GENERAL, SHARED):
        # A country whose way to suspend or end nobody told us of goes the general way.
        general = template(GENERAL, version).steps
        steps = {aim: found or general[aim] for aim, found in steps.items()}
    return Template(
        code=code,
        titles=raw["titles"],
        languages=tuple(raw["languages"]),
        version=version,
        options=tuple(Option(**option) for option in raw.get("options", ())),
        steps=steps,
    )


@cache
def track_of(
    code: str,
    version: str,
    aim: str,
    kind: str,
    options: frozenset[tuple[str, str]] = frozenset(),
    shared: frozenset[str] = frozenset(),
) -> Track:
    """The track of a template, put together once for all runs that go the same way.

    Raises what `template` and `Template.track` raise.
    """
    return template(code, version).track(Aim(aim), kind, dict(options), shared)


def options_key(options: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """Options as `track_of` takes them."""
    return frozenset(options.items())


def country_template(country: str, version: str = "") -> Template:
    """The template of a country's side, or the general one where the country has none."""
    return template(country if country in codes(version) else GENERAL, version)


def changed_since(code: str, version: str) -> bool:
    """Whether a run that began today would have other steps than one of this version."""
    if code not in (SHARED, *codes()):
        return True
    then, now = template(code, version), template(code)
    return (then.steps, then.options) != (now.steps, now.options)


@cache
def codes(version: str = "") -> tuple[str, ...]:
    """The codes of all side templates of a version: countries first, the general one last."""
    folder = DATA / (version or versions()[-1])
    names = {entry.name.removesuffix(".json") for entry in folder.iterdir()}
    return (*sorted(name for name in names if name.isupper()), GENERAL)


def _has(step: Step, kind: str, chosen: frozenset[str]) -> bool:
    fits = not step.kinds or kind in step.kinds
    return fits and (not step.only_if or step.only_if in chosen)


@cache
def _raw(code: str, version: str) -> dict[str, Any]:
    """A file as it is. `library` has steps that several templates use, by code; a template says
    only what is different with it."""
    file = DATA / version / f"{code}.json"
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return content


def fingerprints(version: str) -> dict[str, str]:
    """The hash of each file of a version, blanks and the order of keys aside."""
    return {
        one.name: content_hash(json.dumps(json.loads(one.read_text("utf-8")), sort_keys=True))
        for one in (DATA / version).iterdir()
    }


def _steps(rows: Iterable[dict[str, Any]], library: dict[str, dict[str, Any]]) -> tuple[Step, ...]:
    return tuple(_step({**library.get(row["code"], {}), **row}) for row in rows)


def _step(row: dict[str, Any]) -> Step:
    """A step from its row. Raises ValueError for a word that nothing here understands."""
    found = Step(
        code=row["code"],
        titles=row["titles"],
        phase=row["phase"],
        side=Doer(row.get("side", "own")),
        role=Role(row.get("role", "officer")),
        outside=row.get("outside", ""),
        papers=tuple(row.get("papers", ())),
        after=tuple(row.get("after", ())),
        after_if={word: tuple(found) for word, found in row.get("after_if", {}).items()},
        alternatives=tuple(row.get("alternatives", ())),
        optional=row.get("optional", False),
        optional_kinds=_kinds(row.get("optional_kinds", ())),
        kinds=_kinds(row.get("kinds", ())),
        only_if=row.get("only_if", ""),
        due=DueRule(**row["due"]) if "due" in row else None,
        bars=Bar(**row["bars"]) if "bars" in row else None,
        silence=row.get("silence", ""),
        submitted_first=row.get("submitted_first", False),
        guards=tuple(row.get("guards", ())),
        rules=tuple(row.get("rules", ())),
        outcomes=tuple(row.get("outcomes", ())),
        record=Record(row.get("record", "")),
        event=row.get("event", ""),
        origin=tuple(Origin(**origin) for origin in row.get("origin", ())),
        standing=row["standing"],
    )
    check_words(found)
    return found


def check_words(step: Step) -> None:
    """Raise ValueError for a phase, standing, guard, event … that nothing here understands."""
    unknown = [
        *({step.phase} - set(PHASES)),
        *({step.standing} - set(STANDINGS)),
        *(set(step.guards) - GUARDS.keys()),
        *({step.event} - EVENTS - {""}),
        *((step.kinds | step.optional_kinds) - TIE_KINDS),
        *(set(step.outcomes) - OUTCOMES.keys()),
    ]
    if unknown:
        raise ValueError(f"{step.code}: nothing here understands {', '.join(unknown)}")


def _kinds(words: Iterable[str]) -> frozenset[str]:
    return frozenset().union(*(KIND_GROUPS.get(word, frozenset({word})) for word in words))
