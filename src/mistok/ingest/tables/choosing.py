"""The choices of an import: which column is what, which words mean what, who says so.

They come from a mapping file (JSON, kept with the run), from known maps of this project by name
(`twin_edges`), and from the command line or the form, which go first.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Self

from django.utils.translation import gettext as _

from mistok.ingest.tables.headings import FIELDS
from mistok.kernel.dates import PartialDate
from mistok.kernel.errors import Invalid
from mistok.provenance.models import Source
from mistok.provenance.values import EVENTS, TIE_KINDS

MAPS: Final = ("twin_edges",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A source as the choices describe it: the whole list's, or one of several that it names.

    `slug` is our short name of it; a source that we have needs nothing else. `kind` is the kind of
    tie that it lists where a row does not say; `tells` are the fields of the row that are its own
    (of several sources in one row not every one told the date); `as_of` the day it speaks of.
    """

    slug: str = ""
    title: str = ""
    publisher: str = ""
    publisher_country: str = ""
    url: str = ""
    licence: str = ""
    published: str = ""
    language: str = ""
    source_kind: str = Source.Kind.OTHER
    trust: int = 2
    kind: str = ""
    as_of: str = ""
    tells: tuple[str, ...] = ()

    @classmethod
    def read(cls, given: Mapping[str, Any], where: str) -> Self:
        """From a mapping file; raises Invalid (`map_malformed`) for what it cannot mean."""
        try:
            cited = cls(**{**given, "tells": tuple(given.get("tells", ()))})
        except TypeError as error:
            raise malformed(where, str(error).rpartition(")")[2].strip()) from error
        for name in ("published", "as_of"):
            PartialDate.parse_or_none(str(getattr(cited, name)))
        if cited.kind and cited.kind not in TIE_KINDS:
            raise malformed(where, f"kind “{cited.kind}”")
        if cited.source_kind not in Source.Kind.values or cited.trust not in range(1, 6):
            raise malformed(where, f"source_kind “{cited.source_kind}”, trust {cited.trust}")
        return cited


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """Rows that are left out: those with this value in this column, unless told to keep them."""

    column: str
    value: str
    keep: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """Everything that decides what a table's rows become; the same choices, the same import.

    `kinds`, `events` and `labels` are words of this list: what they mean, and how they are shown.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    events: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    label_language: str = ""
    source: Cited = field(default_factory=Cited)
    separator: str = "|"
    sources: Mapping[str, Cited] = field(default_factory=dict)
    left_out: tuple[Left, ...] = ()
    keep: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """What is kept with the run; empty parts are left out."""
        whole = json.loads(json.dumps(asdict(self)))
        return {name: value for name, value in whole.items() if value not in ({}, [], "")}


def choices_of(given: Mapping[str, Any], where: str = "the mapping") -> Choices:
    """Choices from a mapping file's JSON. Raises Invalid (`map_malformed`, `date_malformed`)."""
    try:
        told = dict(given)
        told.pop("about", None)
        choices = Choices(
            **{
                **told,
                "source": Cited.read(told.get("source", {}), where),
                "sources": {
                    code: Cited.read(cited, where)
                    for code, cited in told.get("sources", {}).items()
                },
                "left_out": tuple(Left(**one) for one in told.get("left_out", ())),
                "keep": tuple(told.get("keep", ())),
            }
        )
    except (TypeError, AttributeError, ValueError) as error:
        raise malformed(where, str(error).rpartition(")")[2].strip()) from error
    _check(choices, where)
    return choices


def named_map(name: str) -> dict[str, Any]:
    """A mapping file by its path, or one of this project's by its name.

    Raises Invalid (`map_missing`, `map_malformed`).
    """
    try:
        if name in MAPS:
            text = files(__package__).joinpath("data", f"{name}.json").read_text(encoding="utf-8")
        else:
            text = Path(name).read_text(encoding="utf-8-sig")
        given = json.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid(
            _(
                "There is no mapping file %(name)s that can be read. Give a JSON file, one of "
                "%(known)s, or pairs such as City=a_name."
            )
            % {"name": name[:200], "known": ", ".join(MAPS)},
            code="map_missing",
        ) from error
    except ValueError as error:
        raise malformed(name, str(error)) from error
    if not isinstance(given, dict):
        raise malformed(name, "not an object")
    return given


def with_pairs(given: Mapping[str, Any], pairs: Iterable[str], part: str) -> dict[str, Any]:
    """The choices with `name=value` pairs of the command line in one part of them.

    Raises Invalid (`pair_malformed`).
    """
    merged = dict(given.get(part, {}))
    for pair in pairs:
        name, sign, value = pair.rpartition("=") if part == "columns" else pair.partition("=")
        if not sign or not name.strip():
            raise Invalid(
                _("“%(pair)s” is not understood. Write a name, a sign = and what it is.")
                % {"pair": pair[:80]},
                code="pair_malformed",
            )
        merged[name.strip()] = value.strip()
    return {**given, part: merged}


def _check(choices: Choices, where: str) -> None:
    """What a person may have mistyped in a file."""
    for part in ("columns", "told", "kinds", "events", "labels"):
        if not isinstance(getattr(choices, part), Mapping):
            raise malformed(where, part)
    for name in choices.told:
        if name not in FIELDS:
            raise malformed(where, f"told “{name}”")
    for word, kind in choices.kinds.items():
        if kind not in TIE_KINDS:
            raise malformed(where, f"kinds “{word}”: “{kind}”")
    for word, event in choices.events.items():
        if event not in EVENTS:
            raise malformed(where, f"events “{word}”: “{event}”")


def malformed(where: str, what: str) -> Invalid:
    """The refusal of a mapping that cannot be used."""
    return Invalid(
        _("%(where)s cannot be used as a mapping: %(what)s. See docs/how-to/import-lists.md.")
        % {"where": where[:200], "what": what[:200]},
        code="map_malformed",
    )
