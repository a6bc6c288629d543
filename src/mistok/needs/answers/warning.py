"""What a giver, and the office that asks, should know before a commitment is made or accepted."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from mistok.accounts.models import Office
from mistok.kernel.errors import Refusal
from mistok.needs.answers.amounts import steps_of
from mistok.needs.answers.entries import CommitmentEntry
from mistok.needs.answers.naming import public_name
from mistok.needs.answers.seasons import season_window
from mistok.needs.answers.suggesting import point_of, told_place
from mistok.needs.items import Amount, convert
from mistok.needs.items import item as item_of
from mistok.needs.lifecycle import COUNTING
from mistok.needs.lines import partner_places, told_amount
from mistok.needs.lines.refusing import reader_language
from mistok.needs.models import Commitment, Need
from mistok.world import distance_km

NEAR_KM = 60
"""A like need within so many kilometres is told: one lorry may serve both."""
MOST_NEAR = 3
DUAL_USE = "dual_use"

SENTENCES = {
    "already_committed": gettext_lazy(
        "%(amount)s of this were already committed to %(place)s by %(who)s."
    ),
    "like_unmet": gettext_lazy(
        "%(place)s, %(km)s km away, needs the same and nobody has committed anything."
    ),
    "after_needed": gettext_lazy("It arrives on %(arrives)s; it is needed by %(day)s."),
    "after_winter": gettext_lazy("It arrives on %(arrives)s, after the winter (%(day)s)."),
    "after_school_year": gettext_lazy(
        "It arrives on %(arrives)s, after the school year (%(day)s)."
    ),
    "shelf_life": gettext_lazy(
        "It can be used for %(months)s months more; at least %(asked)s are asked for."
    ),
    "worn": gettext_lazy("It is worn by %(percent)s %%; at most %(asked)s %% are asked for."),
    "licence": gettext_lazy(
        "“%(what)s” is a dual-use good: sending it abroad may need a licence. Ask your customs "
        "office first."
    ),
    "unit_differs": gettext_lazy(
        "You count in another unit than the need: it counts for %(amount)s."
    ),
    "unit_unclear": gettext_lazy(
        "You count in another unit than the need, and nobody knows how many go into one. Write "
        "the number in the unit of the need."
    ),
}
"""By the code of a warning."""


@dataclass(frozen=True, slots=True)
class Warning:  # noqa: A001 - it is what the field calls it
    """One thing to know before; it forbids nothing. `code` is a key of SENTENCES."""

    code: str
    params: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """In the language that is on."""
        return SENTENCES[self.code] % self.params


def warnings(
    need: Need,
    entry: CommitmentEntry,
    *,
    giver: Office | None = None,
    today: dt.date | None = None,
    near_km: float = NEAR_KM,
) -> tuple[Warning, ...]:
    """Everything to know before committing to a line what `entry` says.

    `giver`: the office that would give; only its own partners' needs are named as unmet near by,
    and what it committed itself is no surprise to it. Without one nothing of other needs is told.
    """
    today = today or timezone.localdate()
    return (
        *_already(need, giver),
        *_unmet(need, giver, near_km),
        *_late(need, entry, today),
        *_quality(need, entry),
        *_licence(need, entry),
        *_unit(need, entry),
    )


def warnings_of(commitment: Commitment, *, today: dt.date | None = None) -> tuple[Warning, ...]:
    """The same of what was entered already, for the office that must accept or decline it."""
    need = commitment.need
    entry = CommitmentEntry(
        instead=commitment.instead,
        instead_item=commitment.instead_item,
        arrives_on=commitment.arrives_on,
        shelf_life_months=commitment.shelf_life_months,
        wear_percent=commitment.wear_percent,
    )
    today = today or timezone.localdate()
    return (
        *_already(need, commitment.giver_office, but=commitment.pk),
        *_late(need, entry, min(today, entry.arrives_on or today)),
        *_quality(need, entry),
        *_licence(need, entry),
    )


def _already(need: Need, giver: Office | None, *, but: int | None = None) -> list[Warning]:
    """What others have committed to the municipality of this or a like thing."""
    rows = Commitment.objects.filter(state__in=COUNTING).exclude(pk__in=[but] if but else [])
    # Who is no partner knows this line alone, and is told of no other.
    if giver is not None and need.place in partner_places([giver.place]):
        rows = rows.filter(need__in=_like(need, [need.place]))
    else:
        rows = rows.filter(need=need)
    rows = rows.select_related("need").order_by("pk")
    if giver is not None:
        rows = rows.exclude(giver_place=giver.place)
    place = told_place(need.place)
    return [
        Warning(
            "already_committed",
            {"who": public_name(row), "amount": told_amount(row.covers, row.unit), "place": place},
        )
        for row in rows
    ]


def _unmet(need: Need, giver: Office | None, near_km: float) -> list[Warning]:
    """Needs of the giver's other partners near by that nobody has met at all, nearest first."""
    here = point_of(need.place)
    if giver is None or here is None:
        return []
    partners = partner_places([giver.place]) - {need.place, giver.place}
    open_ones = _like(need, partners).filter(state="open", committed=0)
    found = set()
    for place in open_ones.values_list("place", flat=True).distinct():
        there = point_of(place)
        if there is not None and (km := distance_km(here, there)) <= near_km:
            found.add((round(km), place))
    return [
        Warning("like_unmet", {"km": km, "place": told_place(place)})
        for km, place in sorted(found)[:MOST_NEAR]
    ]


def _like(need: Need, places: Iterable[str]) -> QuerySet[Need]:
    """Needs of these places for the same thing or one under the same heading; else itself."""
    same = Q(pk=need.pk)
    if need.item:
        same |= Q(item=need.item)
    if need.hs6:
        same |= Q(hs6__startswith=need.hs6[:4], cluster=need.cluster)
    return Need.objects.filter(same, place__in=list(places))


def _late(need: Need, entry: CommitmentEntry, today: dt.date) -> list[Warning]:
    arrives = entry.arrives_on
    if arrives is None:
        return []
    found = []
    if need.needed_by is not None and arrives > need.needed_by:
        found.append(_after("after_needed", arrives, need.needed_by))
    window = season_window(need.season, today)
    if window is not None and arrives > window.last:
        found.append(_after(f"after_{need.season}", arrives, window.last))
    return found


def _after(code: str, arrives: dt.date, day: dt.date) -> Warning:
    return Warning(code, {"arrives": arrives.isoformat(), "day": day.isoformat()})


def _quality(need: Need, entry: CommitmentEntry) -> list[Warning]:
    found = []
    asked, has = need.shelf_life_months, entry.shelf_life_months
    if asked is not None and has is not None and has < asked:
        found.append(Warning("shelf_life", {"months": has, "asked": asked}))
    most, worn = need.wear_percent, entry.wear_percent
    if most is not None and worn is not None and worn > most:
        found.append(Warning("worn", {"percent": worn, "asked": most}))
    return found


def _licence(need: Need, entry: CommitmentEntry) -> list[Warning]:
    given = entry.instead_item or ("" if entry.instead else need.item)
    if not given or DUAL_USE not in item_of(given).flags:
        return []
    return [Warning("licence", {"what": item_of(given).name(reader_language())})]


def _unit(need: Need, entry: CommitmentEntry) -> list[Warning]:
    if entry.number is None or entry.unit in ("", need.unit):
        return []
    try:
        counts = convert(Amount(entry.number, entry.unit), need.unit)
    except Refusal:
        return [Warning("unit_unclear")]
    return [Warning("unit_differs", {"amount": told_amount(steps_of(counts), need.unit)})]
