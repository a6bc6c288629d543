"""Who takes part in a round: the file's entries as places of the world, checked one by one."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from mistok.kernel.errors import Invalid, NotAllowed, NotFound, Refusal
from mistok.partnering.matchers import CLOSED
from mistok.partnering.rounds.entries import EVERYONE, Entries, Entry, Promise
from mistok.partnering.rounds.file import Line, Lines, SetAside
from mistok.partnering.rounds.lifecycle import Side
from mistok.registry.gazetteer import the_world
from mistok.registry.models import Municipality
from mistok.world import Place, Verdict

NEVER_PARTNERED, RURAL = "never_partnered", "rural"
_RURAL_HROMADA = "сільська територіальна громада"
SHOWN = 3
"""Candidates named when a name alone does not say which place is meant."""


@dataclass(frozen=True, slots=True)
class Participant:
    """A municipality of a round on one side; `index` is its position in the world.

    `guessed`: its name was taken though it was only probably this place.
    """

    line: Line
    side: Side
    place: Place
    index: int
    capacity: int
    classes: frozenset[str]
    wishes: frozenset[str]
    excluded_countries: frozenset[str]
    excluded: frozenset[str]
    since: dt.date | None
    named: bool
    guessed: bool

    @property
    def key(self) -> str:
        """The key that stands for the place."""
        return self.place.key


@dataclass(slots=True)
class Roster:
    """Both sides in a lasting order (longest waiting first, then by key), floors, exclusions.

    `aside`: lines not taken; `read_as`: names that were taken and should be looked at.
    The order of the file changes nothing: of two equally fit, who has waited longer comes first.
    """

    seekers: list[Participant] = field(default_factory=list)
    offerers: list[Participant] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    exclusions: list[tuple[str, str]] = field(default_factory=list)
    aside: list[SetAside] = field(default_factory=list)
    read_as: list[SetAside] = field(default_factory=list)


def gather(read: Entries, *, tied: frozenset[int]) -> Roster:
    """Resolve every entry; what cannot take part is set aside with its line and sentence.

    `tied`: positions in the world of municipalities that have a tie in force; a seeker that is
    none of them belongs to the class `never_partnered`.
    """
    lines = read.lines
    merged = _merged()
    taken: dict[tuple[Side, str], Participant] = {}
    for entry in read.entries:
        try:
            one = _participant(entry, merged, tied)
            _check_once(one, taken)
            taken[one.side, one.key] = one
        except Refusal as refusal:
            lines.set_aside(entry.line, refusal)
    roster = Roster(exclusions=_exclusions(lines, merged))
    for one in sorted(
        _one_sided(taken, lines), key=lambda one: (one.since or dt.date.max, one.key)
    ):
        (roster.seekers if one.side is Side.SEEKER else roster.offerers).append(one)
        roster.read_as += [_doubt(one)] if one.guessed else []
    roster.promises = _kept_promises(read, roster.seekers)
    for rows in (lines.aside, roster.read_as):
        rows.sort(key=lambda row: (row.part, row.line))
    roster.aside = lines.aside
    return roster


def _participant(entry: Entry, merged: Mapping[str, str], tied: frozenset[int]) -> Participant:
    place, guessed = _place(entry, merged)
    if place.country in CLOSED:
        raise NotAllowed(
            _("%(name)s lies in an aggressor state, so it takes no part in a round.")
            % {"name": place.name},
            code="aggressor_state",
        )
    if not place.is_municipality:
        raise Invalid(
            _("%(name)s is no municipality. Write the key of one of its municipalities.")
            % {"name": place.name},
            code="not_a_municipality",
        )
    for code in (entry.wishes | entry.excluded_countries).difference(
        the_world().columns.country_codes
    ):
        the_world().country_name(code, "en")
    index = the_world().index(place.key)
    classes = set(entry.classes)
    classes |= {RURAL} if _RURAL_HROMADA in (place.official_name or "") else set()
    classes |= set() if index in tied else {NEVER_PARTNERED}
    return Participant(
        line=entry.line,
        side=entry.side,
        place=place,
        index=index,
        capacity=entry.capacity,
        classes=frozenset(classes if entry.side is Side.SEEKER else ()),
        wishes=entry.wishes,
        excluded_countries=entry.excluded_countries,
        excluded=frozenset(_standing(key, merged).key for key in entry.excluded_keys),
        since=entry.since,
        named=entry.named,
        guessed=guessed,
    )


def _merged() -> dict[str, str]:
    """Keys that lead to another municipality of the registry."""
    rows = Municipality.objects.filter(merged_into__isnull=False)
    return dict(rows.values_list("key", "merged_into__key"))


def _standing(key: str, merged: Mapping[str, str]) -> Place:
    """The place that stands for a key; raises NotFound when the world does not have it."""
    place = the_world().get(merged.get(key, key))
    return the_world().get(merged[place.key]) if place.key in merged else place


def _place(entry: Entry, merged: Mapping[str, str]) -> tuple[Place, bool]:
    """The place, and whether its name left a doubt."""
    if entry.key:
        return _standing(entry.key, merged), False
    answer = the_world().resolve(entry.name, country=entry.country or None)
    if answer.best is not None and answer.verdict in (Verdict.SURE, Verdict.PROBABLY):
        standing = _standing(answer.best.place.key, merged)
        return standing, answer.verdict is Verdict.PROBABLY
    candidates = [match.place for match in answer.matches[:SHOWN]]
    if not candidates:
        raise NotFound(
            _("No place is called “%(name)s”. Check the spelling, or write its key.")
            % {"name": entry.name[:60]},
            code="place_unknown",
        )
    raise Invalid(
        _("“%(name)s” may be %(candidates)s. Write the key of the one that is meant.")
        % {"name": entry.name[:60], "candidates": ", ".join(map(_named, candidates))},
        code="place_ambiguous",
        details={"candidates": [place.key for place in candidates]},
    )


def _named(place: Place) -> str:
    region = the_world().get(place.region).name if place.region else place.country
    return f"{place.name} ({region}: {place.key})"


def _doubt(one: Participant) -> SetAside:
    sentence = _("“%(name)s” was taken for %(place)s. Write the key if another one is meant.")
    told = {"name": one.line["name"][:60], "place": _named(one.place)}
    return SetAside(one.line.number, one.line.part, sentence % told, "place_probable")


def _check_once(one: Participant, taken: Mapping[tuple[Side, str], Participant]) -> None:
    first = taken.get((one.side, one.key))
    if first is not None:
        raise Invalid(
            _("%(name)s stands on this side already, in line %(line)s; that line counts.")
            % {"name": one.place.name, "line": first.line.number},
            code="participant_twice",
        )


def _one_sided(
    taken: Mapping[tuple[Side, str], Participant], lines: Lines
) -> Iterable[Participant]:
    """Those on one side only; nobody can tell which of two opposite lines is meant."""
    for (side, key), one in taken.items():
        other = taken.get((Side.OFFERER if side is Side.SEEKER else Side.SEEKER, key))
        if other is None:
            yield one
            continue
        refusal = Invalid(
            _(
                "%(name)s both seeks and offers in this round (see line %(line)s). Leave the one "
                "line that is meant."
            )
            % {"name": one.place.name, "line": other.line.number},
            code="both_sides",
        )
        lines.set_aside(one.line, refusal)


def _kept_promises(read: Entries, seekers: Iterable[Participant]) -> list[Promise]:
    """Floors that say something; a share of a class without members would promise nothing."""
    classes = {EVERYONE}.union(*(one.classes for one in seekers))
    kept = []
    for promise in read.promises:
        if promise.share is None or promise.name in classes:
            kept.append(promise)
            continue
        refusal = Invalid(
            _("No seeker is of the class “%(name)s”, so a share of it is nothing. Check the word.")
            % {"name": promise.name},
            code="class_empty",
        )
        read.lines.set_aside(promise.line, refusal)
    return kept


def _exclusions(lines: Lines, merged: Mapping[str, str]) -> list[tuple[str, str]]:
    pairs = []
    for line in lines.exclusions:
        try:
            pairs.append([_standing(line[end], merged).key for end in "ab"])
        except Refusal as refusal:
            lines.set_aside(line, refusal)
    return sorted({(min(pair), max(pair)) for pair in pairs})
