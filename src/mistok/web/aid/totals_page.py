"""Aid that everybody may read of: totals with charts, a map, and the traces themselves."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from mistok.aid.seeing import Total, public_traces, totals
from mistok.kernel.errors import Refusal
from mistok.registry.gazetteer import the_world
from mistok.web.aid.public_page import TraceCard
from mistok.web.cards import Choice
from mistok.web.maps import Map, MapPoint, build_map
from mistok.web.needs.cards import span_words
from mistok.web.needs.filters import Filter, place_name
from mistok.web.needs.needs_map import UKRAINE
from mistok.web.needs.words import field_of
from mistok.web.registry.lists import paged
from mistok.web.registry.present import place_url
from mistok.web.words import by_name, lang

Trace = Mapping[str, Any]
MOST_BARS = 12
AT_A_PLACE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One row of a chart: its word, how many, how long its bar is in percent, what it narrows."""

    label: str
    url: str
    count: int
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart that is its own table; `left_out` rows are found by the filter."""

    title: str
    heading: str
    bars: list[Bar]
    left_out: int


@dataclass(frozen=True, slots=True)
class Dimension:
    """What traces are narrowed and counted by: values of a trace, and the words for one."""

    values: Callable[[Trace], Iterable[str]]
    word: Callable[[str], str]


def _giver_word(key: str) -> str:
    return place_name(key) if key else _("giver not named")


DIMENSIONS: Mapping[str, Dimension] = {
    "giver": Dimension(lambda trace: [trace["giver"]], _giver_word),
    "field": Dimension(lambda trace: trace["clusters"], field_of),
    "month": Dimension(lambda trace: [trace["month"]], span_words),
    "region": Dimension(lambda trace: [trace["region"] or trace["place"]], place_name),
}
"""By the name that the address uses."""
NOBODY = "-"
"""What the address says for a giver that is not named."""


def totals_page(request: HttpRequest) -> HttpResponse:
    """The page for everybody; an empty one tells what will stand there."""
    about = _about(request)
    every = public_traces(about=about)
    asked = {name: request.GET.get(name, "").strip()[:60] for name in DIMENSIONS}
    rows = [trace for trace in every if _matches(trace, asked)]
    pager, page = paged(request, rows)
    context = {
        "filters": _filters(every, asked),
        "narrowed": any(asked.values()),
        "about": about and place_name(about),
        "about_key": about,
        "charts": _charts(rows, asked, about),
        "map": _map(rows),
        "traces": [TraceCard(trace) for trace in page],
        "pager": pager,
    }
    return render(request, "aid/totals.html", context)


def aid_of_place(key: str) -> dict[str, Any]:
    """What the page of a place shows: the last traces of aid that it got or gave."""
    traces = public_traces(about=key)
    return {
        "aid_traces": [TraceCard(trace) for trace in traces[:AT_A_PLACE]],
        "aid_url": f"{reverse('aid:totals')}?{urlencode({'about': key})}",
    }


def _about(request: HttpRequest) -> str:
    """The place of which the address asks; empty for none, and for what is none."""
    key = request.GET.get("about", "").strip()[:60]
    try:
        return the_world().get(key).key if key else ""
    except Refusal:
        return ""


def _matches(trace: Trace, asked: Mapping[str, str]) -> bool:
    return all(
        (value if value != NOBODY else "") in DIMENSIONS[name].values(trace)
        for name, value in asked.items()
        if value
    )


def _filters(traces: Sequence[Trace], asked: Mapping[str, str]) -> list[Filter]:
    """Lists to choose from, of what the whole list holds; months with the latest first."""
    labels = (
        ("giver", _("Giver"), _("Any giver")),
        ("field", _("Field of help"), _("Any field")),
        ("month", _("Month"), _("Any month")),
        ("region", _("Oblast"), _("Any oblast")),
    )
    found = []
    for name, label, empty in labels:
        dimension = DIMENSIONS[name]
        held = {value for trace in traces for value in dimension.values(trace)}
        if len(held) > 1 or asked[name]:
            found.append(Filter(name, label, empty, _choices(name, held, asked[name])))
    return found


def _choices(name: str, held: Iterable[str], asked: str) -> list[Choice]:
    word = DIMENSIONS[name].word
    if name == "month":
        named = [(word(value), value) for value in sorted(held, reverse=True)]
    else:
        named = by_name((word(value), value) for value in held)
    return [
        Choice(
            value=value or NOBODY,
            label=label[:1].upper() + label[1:],
            selected=(value or NOBODY) == asked,
        )
        for label, value in named
    ]


def _charts(traces: Sequence[Trace], asked: Mapping[str, str], about: str) -> list[Chart]:
    counted = totals(traces)
    parts = (
        ("giver", _("By giver"), _("Giver"), counted.givers),
        ("field", _("By field of help"), _("Field of help"), counted.clusters),
        ("region", _("By oblast"), _("Oblast"), counted.regions),
        ("month", _("By month"), _("Month"), list(reversed(counted.months))),
    )
    kept = {name: value for name, value in asked.items() if value}
    kept |= {"about": about} if about else {}
    return [_chart(name, title, heading, rows, kept) for name, title, heading, rows in parts]


def _chart(
    name: str, title: str, heading: str, rows: Sequence[Total], kept: Mapping[str, str]
) -> Chart:
    most = max((row.count for row in rows), default=1)
    bars = []
    for row in rows[:MOST_BARS]:
        label = DIMENSIONS[name].word(row.key)
        query = urlencode({**kept, name: row.key or NOBODY})
        bars.append(
            Bar(
                label=label[:1].upper() + label[1:],
                url=f"?{query}",
                count=row.count,
                width=max(round(row.count * 100 / most), 1),
            )
        )
    return Chart(title=title, heading=heading, bars=bars, left_out=max(len(rows) - MOST_BARS, 0))


def _map(traces: Sequence[Trace]) -> Map | None:
    """Where it came to: a point for a hromada or, where no more may be told, an oblast."""
    counts = Counter(str(trace["place"]) for trace in traces)
    places = ((the_world().get(key), count) for key, count in counts.items())
    return build_map(
        id="aid-map",
        title=_("Where aid came"),
        description=_("A point stands for a hromada or, where no more may be told, an oblast."),
        points=[
            MapPoint(
                key=place.key,
                name=place.name_in(lang()),
                lat=place.lat,
                lon=place.lon,
                count=count,
                url=place_url(place.key),
            )
            for place, count in places
            if place.lat is not None and place.lon is not None
        ],
        caption=_("Where aid came"),
        counted=_("Consignments"),
        least=UKRAINE,
    )
