"""What the page of the waiting list shows: who waits, how long, and the ages as a chart."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mistok.accounts.selectors import scopes_of
from mistok.partnering.models import Seeking
from mistok.partnering.models.rounds import SIDES
from mistok.partnering.policies import Actor, can, check_can_keep_waiting
from mistok.partnering.rounds.lifecycle import Side
from mistok.partnering.rounds.sentences import class_label
from mistok.partnering.rounds.waiting import WaitingRow, waiting_figures, waiting_rows
from mistok.partnering.rounds.waits import Summary
from mistok.registry.gazetteer import the_world
from mistok.web.ages import STEP, AgeBar, bars_of
from mistok.web.cards import Choice, Figure
from mistok.web.partnering.pages import part_of
from mistok.web.partnering.round_present import coordinates
from mistok.web.registry.present import country_name, place_url
from mistok.web.words import grouped, lang

AGES = (
    (30, gettext_lazy("under a month")),
    (91, gettext_lazy("1–3 months")),
    (183, gettext_lazy("3–6 months")),
    (365, gettext_lazy("6–12 months")),
    (730, gettext_lazy("1–2 years")),
    (1_000_000, gettext_lazy("over 2 years")),
)
"""Days below the number, in words."""


def waiting_context(request: HttpRequest) -> dict[str, Any]:
    """The list of one side as of today; names only for coordinators and where it is wished."""
    today, reveal = timezone.localdate(), coordinates(request)
    side = Side.OFFERER if request.GET.get("side") == Side.OFFERER else Side.SEEKER
    inside = frozenset() if reveal else _inside(request)
    rows = waiting_rows(on=today, lang=lang(), side=side, reveal=reveal, inside=inside)
    told = waiting_figures(on=today, side=side)
    pager, shown = part_of(request, rows, "page")
    return {
        "sides": [Choice(value=code, label=str(w), selected=code == side) for code, w in SIDES],
        "seeking": side is Side.SEEKER,
        "figures": _figures(told.all),
        "had_contact": told.all.had_contact,
        "without_contact": told.all.without_contact,
        "classes": [(class_label(name), _cells(one)) for name, one in told.by_class.items()],
        "bars": age_bars([row.age for row in rows]),
        "chart_height": STEP * len(AGES),
        "rows": [_row(row) for row in shown],
        "pager": pager,
        "reveal": reveal,
        "reveal_some": bool(inside),
    }


def _inside(request: HttpRequest) -> frozenset[str]:
    """Who waits in the scope of this coordinator; asked once a region, as scopes are no smaller."""
    actor = Actor(user=request.user)
    if not scopes_of(actor):
        return frozenset()
    regions: dict[tuple[str, str], list[str]] = {}
    for key in set(Seeking.objects.values_list("municipality", flat=True)):
        place = the_world().get(key)
        regions.setdefault((place.country, place.region or place.key), []).append(key)
    mine = (keys for keys in regions.values() if can(check_can_keep_waiting, actor, keys[0]))
    return frozenset(key for keys in mine for key in keys)


def _row(row: WaitingRow) -> dict[str, Any]:
    return {
        "shown": row.shown,
        "url": place_url(row.key) if row.key else "",
        "country": country_name(row.country, lang()) if row.key else "",
        "age": grouped(str(row.age)),
        "classes": ", ".join(class_label(name) for name in row.classes),
        "passed_over": row.passed_over,
    }


def _figures(told: Summary) -> list[Figure]:
    return [
        Figure(value=grouped(str(told.waiting)), label=_("wait for a partner")),
        Figure(value=_days(told.median_age), label=_("days they have waited, median")),
        Figure(value=_days(told.median_days), label=_("days to a first contact, median")),
        Figure(value=_days(told.ninetieth_days), label=_("days within which 90 % had it")),
    ]


def _cells(told: Summary) -> list[str]:
    """Waiting, median age, median and 90th percentile of days to contact, without a contact."""
    return [
        grouped(str(told.waiting)),
        _days(told.median_age),
        _days(told.median_days),
        _days(told.ninetieth_days),
        grouped(str(told.without_contact)),
    ]


def _days(days: float | None) -> str:
    """A dash where nobody is to be counted."""
    return "–" if days is None else grouped(f"{days:.0f}")


def age_bars(ages: Sequence[int]) -> list[AgeBar]:
    """How many have waited how long, as bars of a chart; every span has one, empty or not."""
    edges = [0, *(below for below, _words in AGES)]
    counts = [sum(low <= age < high for age in ages) for low, high in pairwise(edges)]
    return bars_of(counts, [words for _below, words in AGES])
