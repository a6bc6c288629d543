"""The waiting list as it is read: rows with ages and passed-over counts, and its figures."""

import datetime as dt
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass

from mistok.partnering.models import PassedOver, Seeking
from mistok.partnering.rounds.anonymous import description
from mistok.partnering.rounds.lifecycle import PUBLISHED, Side, Wait
from mistok.partnering.rounds.waits import Spell, Summary, by_class, summary
from mistok.registry.gazetteer import the_world


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """A place on the waiting list as it may be shown; without a name, `key` is empty.

    `age`: days since it began to wait. `passed_over`: published rounds in which it got nobody.
    """

    public_id: str
    side: Side
    shown: str
    key: str
    country: str
    age: int
    classes: tuple[str, ...]
    passed_over: int
    state: Wait


@dataclass(frozen=True, slots=True)
class WaitingFigures:
    """The list in figures, all together and by class, as of a day."""

    on: dt.date
    all: Summary
    by_class: dict[str, Summary]


def waiting_rows(
    *,
    on: dt.date,
    lang: str,
    side: Side | None = None,
    reveal: bool = False,
    inside: Container[str] = (),
) -> list[WaitingRow]:
    """Who waited on a day, longest first.

    Those that do not wish to be named are described by kind, size and oblast; `reveal` names
    them all, `inside` those with these keys: for coordinators of the world, or of a part of it.
    """
    entries = [entry for entry in _entries(side) if _spell(entry).waits(on)]
    passed = passed_over_counts(on=on, keys=[entry.municipality for entry in entries])
    return [
        _row(entry, on, lang, reveal or entry.municipality in inside, passed) for entry in entries
    ]


def waiting_figures(*, on: dt.date, side: Side | None = None) -> WaitingFigures:
    """Counts, median age, and days to first contact, as of a day."""
    spells = [_spell(entry) for entry in _entries(side)]
    return WaitingFigures(on, summary(spells, on), by_class(spells, on))


def passed_over_counts(*, on: dt.date, keys: Iterable[str]) -> Counter[tuple[str, str]]:
    """In how many published rounds made up to a day each of these got nobody, by key and side."""
    rows = PassedOver.objects.filter(round__state__in=PUBLISHED, round__made_at__date__lte=on)
    wanted = set(keys)
    pairs = rows.values_list("municipality", "side")
    return Counter(pair for pair in pairs if pair[0] in wanted)


def _entries(side: Side | None) -> list[Seeking]:
    found = Seeking.objects.order_by("since", "public_id")
    return list(found if side is None else found.filter(side=side))


def _spell(entry: Seeking) -> Spell:
    return Spell(
        entry.since,
        Wait(entry.state),
        frozenset(entry.classes),
        entry.first_contact_on,
        entry.ended_on,
    )


def _row(
    entry: Seeking, on: dt.date, lang: str, reveal: bool, passed: Counter[tuple[str, str]]
) -> WaitingRow:
    place = the_world().get(entry.municipality)
    named = entry.named or reveal
    return WaitingRow(
        public_id=entry.public_id,
        side=Side(entry.side),
        shown=place.name_in(lang) if named else description(place, lang),
        key=place.key if named else "",
        country=place.country,
        age=(on - entry.since).days,
        classes=tuple(entry.classes),
        passed_over=passed[entry.municipality, entry.side],
        state=Wait(entry.state),
    )
