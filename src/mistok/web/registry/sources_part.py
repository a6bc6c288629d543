"""Who stands behind a fact, how many of them independently, and what was corrected."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mistok.kernel.ids import is_place_key
from mistok.provenance.independence import independent
from mistok.provenance.models import Correction, Source, Statement
from mistok.provenance.values import TieEvent
from mistok.registry.models import Municipality, Tie
from mistok.registry.outlets import only_through_aggressors
from mistok.web.labels import EVENT_LABELS
from mistok.web.registry.present import source_refs
from mistok.web.words import body_label, kind_label, label_of, lang, stated_words

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Backing:
    """How many sources say it, how many of these independently, and whether aggressors alone."""

    sources: int
    independent: int
    only_aggressors: bool


def backing_of(statements: Iterable[Statement]) -> Backing:
    """What stands behind these statements."""
    sources = {said.source_id: said.source for said in statements}.values()
    return backing(sources)


def backing(sources: Iterable[Source]) -> Backing:
    """What these sources are together."""
    given = list(sources)
    return Backing(len(given), independent(given), only_through_aggressors(given))


def corrections_of_tie(tie: Tie) -> list[dict[str, Any]]:
    """What was corrected of a tie, the latest first, under any id that it has had."""
    subjects = [tie.public_id, *tie.merged.values_list("public_id", flat=True)]
    return correction_rows(Correction.objects.filter(subject__in=subjects))


def correction_rows(corrections: Iterable[Correction]) -> list[dict[str, Any]]:
    """Corrections as pages show them: day, what was said, what stands now, and why.

    Nobody is named. What was never public is not told of, neither is a successor that is not.
    """
    rows = list(corrections)
    wanted = {row.statement for row in rows} | {row.successor for row in rows}
    public = Statement.objects.public().filter(pk__in=wanted).select_related("source")
    said = {one.pk: one for one in public}
    names = names_in(said.values())
    return [_correction(row, said, names) for row in rows if row.statement in said]


def _correction(row: Correction, said: Mapping[str, Statement], names: Names) -> dict[str, Any]:
    fell, successor = said[row.statement], said.get(row.successor)
    return {
        "date": stated_words(row.at.date().isoformat()),
        "date_iso": row.at.date().isoformat(),
        "was": statement_words(fell, names),
        "was_by": source_refs([fell]),
        "now": statement_words(successor, names) if successor else "",
        "now_by": source_refs([successor]) if successor else [],
        "reason": row.reason,
    }


def names_in(statements: Iterable[Statement]) -> dict[str, str]:
    """Names of the places that statements name as parties or as acting bodies."""
    keys = set()
    for said in statements:
        keys.add(TieEvent.from_text(said.value).body if said.prop == "event" else said.value)
    keys = {key for key in keys if is_place_key(key)}
    return {row.key: row.name_in(lang()) for row in Municipality.objects.filter(key__in=keys)}


def statement_words(said: Statement, names: Names) -> str:
    """What a statement says of a tie, in a few words."""
    if said.prop == "event":
        return event_words(TieEvent.from_text(said.value), names)
    if said.prop == "party":
        return _("one party is %(place)s") % {"place": names.get(said.value, said.value)}
    return f"“{said.value}”"


def event_words(event: TieEvent, names: Names) -> str:
    """An event in a few words: what, which kind, when, planned or not, whose act."""
    parts: Sequence[str] = [
        label_of(EVENT_LABELS, event.event),
        kind_label(event.kind),
        stated_words(event.date),
        _("planned") if event.planned else "",
        (names.get(event.body) or body_label(event.body)) if event.body else "",
    ]
    return ", ".join(part for part in parts if part)
