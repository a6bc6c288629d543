"""Maps of ties: every pair of parties is an arc, every party a point."""

from collections import Counter
from collections.abc import Iterable
from itertools import combinations

from django.utils.translation import gettext as _

from mistok.registry.models import Municipality, Tie
from mistok.web.maps import Map, MapArc, MapPoint, build_map
from mistok.web.registry.present import place_url, tie_url
from mistok.web.words import lang, state_badge


def ties_map(
    ties: Iterable[Tie],
    *,
    title: str,
    description: str = "",
    focus: Municipality | None = None,
) -> Map | None:
    """Ties as arcs; parties whose place is not known are on the list beside the map only.

    A tie of many parties is drawn from its first party to the others, and a map about one
    place from that place, so that four parties are three arcs and not six.
    """
    ties = list(ties)
    counts: Counter[str] = Counter()
    rows: dict[str, Municipality] = {}
    arcs = []
    for tie in ties:
        parties = [party.municipality for party in tie.parties.all()]
        counts.update(row.key for row in parties)
        rows |= {row.key: row for row in parties}
        arcs += _arcs(tie, parties, focus)
    return build_map(
        id="ties-map",
        title=title,
        description=description or _("Each arc is a tie between two places."),
        points=[_point(row, counts[row.key]) for row in rows.values() if row.lat is not None],
        arcs=arcs,
        caption=_("Places on this map"),
    )


def _arcs(tie: Tie, parties: list[Municipality], focus: Municipality | None) -> list[MapArc]:
    hub = next((row for row in parties if focus and row.pk == focus.pk), parties[0])
    pairs = [pair for pair in combinations(parties, 2) if hub in pair]
    return [
        MapArc(
            a=one.key,
            b=two.key,
            title=f"{one.name_in(lang())} ⌒ {two.name_in(lang())}",
            url=tie_url(tie.public_id),
            state=state_badge(tie.state).tone,
        )
        for one, two in pairs
    ]


def _point(row: Municipality, count: int) -> MapPoint:
    return MapPoint(
        key=row.key,
        name=row.name_in(lang()),
        lat=row.lat or 0.0,
        lon=row.lon or 0.0,
        count=count,
        url=place_url(row.key),
    )
