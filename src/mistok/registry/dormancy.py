"""How fast asleep a tie is: a score from 0 to 1 with its parts, each told. Pure, without a clock.

D2, section 9: no activity for some months is a warning, can be taken back, and never changes the
state of a tie by itself. The months and weights are design (`data/dormancy.json`).
"""

import calendar
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mistok.kernel.dates import PartialDate


class Level(StrEnum):
    """What the score means for people."""

    AWAKE = "awake"
    QUIET = "quiet"
    ASLEEP = "asleep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Months, weights and levels of the rule; the weights add up to 1."""

    silence: float
    quiet_months: int
    full_months: int
    contacts: float
    channel_months: int
    missed: float
    full_count: int
    days_ahead: int
    warn_after_months: int
    quiet: float
    asleep: float
    standing: str
    source: Mapping[str, str]


def _shipped() -> Thresholds:
    file = resources.files("mistok.registry") / "data" / "dormancy.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    return Thresholds(
        silence=data["silence"]["weight"],
        quiet_months=data["silence"]["quiet_months"],
        full_months=data["silence"]["full_months"],
        contacts=data["contacts"]["weight"],
        channel_months=data["contacts"]["channel_months"],
        missed=data["missed"]["weight"],
        full_count=data["missed"]["full_count"],
        days_ahead=data["anniversary"]["days_ahead"],
        warn_after_months=data["warn_after_months"],
        quiet=data["levels"]["quiet"],
        asleep=data["levels"]["asleep"],
        standing=data["standing"],
        source=data["source"],
    )


SHIPPED = _shipped()


@dataclass(frozen=True, slots=True)
class Contact:
    """How a side can be reached: its verified office, when its channel was last confirmed, a unit.

    `channel_on`: the day of the last check that confirmed its call-back number or official mail;
    `unit`: whether a unit of the municipality is named today as responsible.
    """

    name: str
    verified: bool = False
    channel_on: dt.date | None = None
    unit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Traces:
    """What is known of a tie on a day.

    `last`: the last verified act or fact; `missed`: how many reviews, ends of term and plans
    passed without what should have followed; `began`: the signing, or the first that is known.
    """

    last: PartialDate | None
    sides: Sequence[Contact]
    missed: int = 0
    began: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Anniversary:
    """The next return of the day on which the tie began, as far as that day is known."""

    on: dt.date
    years: int
    days_left: int


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the score: its value from 0 to 1, its weight, and why, in one sentence.

    `details` tell of the contacts of single sides: for the sides and coordinators alone.
    """

    code: str
    value: float
    weight: float
    told: str
    details: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dormancy:
    """The score, its parts, the level it means, months of silence (none: not known)."""

    score: float
    level: Level
    months: int | None
    parts: tuple[Part, ...]
    anniversary: Anniversary | None

    @property
    def warns(self) -> bool:
        """Whether anybody should be told."""
        return self.level is not Level.AWAKE


def dormancy(traces: Traces, today: dt.date, limits: Thresholds = SHIPPED) -> Dormancy:
    """How fast asleep the tie is on a day. A warning only: nobody's state is changed by it."""
    months = silent_months(traces.last, today)
    anniversary = next_anniversary(traces.began, today)
    parts = (
        _silence(traces.last, months, limits),
        _contacts(traces.sides, today, limits),
        _missed(traces.missed, limits),
        _anniversary(anniversary, limits),
    )
    score = round(sum(part.value * part.weight for part in parts), 4)
    return Dormancy(score, _level(score, months, limits), months, parts, anniversary)


def silent_months(last: PartialDate | None, today: dt.date) -> int | None:
    """Whole months since the last day that a date can mean; never overstated, never below zero."""
    if last is None:
        return None
    # Of "after 2022" only the first day is known; everything else is taken as late as it can be.
    day = min(last.earliest if last.bound == ">" else last.latest, today)
    return (today.year - day.year) * 12 + today.month - day.month - (today.day < day.day)


def next_anniversary(began: PartialDate | None, today: dt.date) -> Anniversary | None:
    """The next anniversary from today on; none where not even the month of the beginning is sure.

    Of a month its first day is meant; the 29th of February is kept on the 28th where there is none.
    """
    if began is None or began.month is None or began.bound or began.earliest > today:
        return None
    now = _kept(began, today.year)
    on = now if now >= today and today.year > began.year else _kept(began, today.year + 1)
    return Anniversary(on, on.year - began.year, (on - today).days)


def _kept(began: PartialDate, year: int) -> dt.date:
    month, day = began.month or 1, began.day or 1
    short = (month, day) == (2, 29) and not calendar.isleap(year)
    return dt.date(year, month, 28 if short else day)


def _level(score: float, months: int | None, limits: Thresholds) -> Level:
    if months is not None and months < limits.warn_after_months:
        return Level.AWAKE
    if score >= limits.asleep:
        return Level.ASLEEP
    return Level.QUIET if score >= limits.quiet else Level.AWAKE


def _silence(last: PartialDate | None, months: int | None, limits: Thresholds) -> Part:
    if last is None or months is None:
        told = _("Nothing that happened between the sides bears a date.")
        return Part("silence", 1.0, limits.silence, told)
    span = limits.full_months - limits.quiet_months
    value = min(1.0, max(0.0, (months - limits.quiet_months) / span))
    if months < limits.quiet_months:
        told = _("Something is known of the last %(months)s months.") % {
            "months": limits.quiet_months
        }
    else:
        told = ngettext(
            "Nothing is known here of the last %(years)s year.",
            "Nothing is known here of the last %(years)s years.",
            months // 12,
        ) % {"years": months // 12}
    return Part("silence", value, limits.silence, told)


def _contacts(sides: Sequence[Contact], today: dt.date, limits: Thresholds) -> Part:
    lacking = [(side, _lacking(side, today, limits)) for side in sides]
    missing, all_of = sum(len(lack) for _side, lack in lacking), 3 * len(sides)
    details = tuple(
        f"{side.name}: {'; '.join(lack) if lack else _('reachable')}" for side, lack in lacking
    )
    if not missing:
        told = _("Every side can be reached through a channel that was checked of late.")
    else:
        told = _(
            "Of %(all)s signs that the sides can be reached, %(missing)s are missing: a verified "
            "office, a call-back channel checked within %(months)s months, a responsible unit."
        ) % {"all": all_of, "missing": missing, "months": limits.channel_months}
    return Part("contacts", missing / all_of if all_of else 0.0, limits.contacts, told, details)


def _lacking(side: Contact, today: dt.date, limits: Thresholds) -> list[str]:
    lack = []
    if not side.verified:
        lack.append(_("no verified office"))
    checked = silent_months(_as_partial(side.channel_on), today)
    if checked is None or checked >= limits.channel_months:
        told = _("no call-back channel checked within %(months)s months")
        lack.append(told % {"months": limits.channel_months})
    if not side.unit:
        lack.append(_("no unit named as responsible"))
    return lack


def _as_partial(day: dt.date | None) -> PartialDate | None:
    return PartialDate(day.year, day.month, day.day) if day else None


def _missed(count: int, limits: Thresholds) -> Part:
    told = (
        ngettext(
            "%(count)s review, end of term or plan passed, and nobody told what followed.",
            "%(count)s reviews, ends of term or plans passed, and nobody told what followed.",
            count,
        )
        % {"count": count}
        if count
        else _("No review, end of term or plan was missed.")
    )
    return Part("missed", min(1.0, count / limits.full_count), limits.missed, told)


def _anniversary(coming: Anniversary | None, limits: Thresholds) -> Part:
    """An occasion and no sign of sleep: it is told and weighs nothing."""
    if coming is None:
        return Part(
            "anniversary", 0.0, 0.0, _("The day of the beginning is not known well enough.")
        )
    near = coming.days_left <= limits.days_ahead
    told = ngettext(
        "The next anniversary, after %(years)s year, is %(days)s days ahead.",
        "The next anniversary, after %(years)s years, is %(days)s days ahead.",
        coming.years,
    ) % {"years": coming.years, "days": coming.days_left}
    return Part("anniversary", float(near), 0.0, told)
