"""Lists of the registry: places by name or by ties, ties by filter."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.paginator import Paginator
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from mistok.kernel.errors import Refusal
from mistok.registry.gazetteer import the_world
from mistok.registry.lifecycle import TieState
from mistok.registry.models import Kind, Municipality, Tie
from mistok.registry.selectors import filtered_ties
from mistok.web.cards import Choice, Pager, PlaceCard
from mistok.web.refusals import sentence
from mistok.web.registry.maps import ties_map
from mistok.web.registry.present import (
    country_name,
    place_card,
    tie_row,
)
from mistok.web.words import by_name, kind_label, lang, state_badge, stated_words
from mistok.world import Match, Resolution, Verdict, fold
from mistok.world.finding.answers import ASK_SCORE, GUESSED

if TYPE_CHECKING:
    from django.core.paginator import _SupportsPagination

Row = TypeVar("Row")
PAGE_SIZE = 50
MAP_TIES = 400
PERHAPS = 5
MISSPELT = frozenset({"typo", "partial"})


def places_context(request: HttpRequest) -> dict[str, Any]:
    """Search results for `q`, or the places with ties; a bad query is answered in a sentence."""
    query = request.GET.get("q", "").strip()
    country = request.GET.get("country", "").strip().upper()
    context: dict[str, Any] = {
        "query": query[:200],
        "country": country[:2],
        "countries": country_choices(country),
        "results": [],
        "beginning": [],
        "perhaps": [],
        "several": False,
        "elsewhere": [],
        "refusal": None,
        "municipalities": [],
        "pager": None,
    }
    if not query:
        return context | _browse(request, known_country(country))
    try:
        answer = the_world().resolve(query, country=country or None, limit=20)
        sort, matches = _sorted(answer)
        context[sort] = found_cards(matches, query)
        context["several"] = len(matches) > 1 and answer.verdict in (Verdict.ASK, Verdict.NONE)
        if country and sort != "results":
            others = the_world().elsewhere(query, country)
            context["elsewhere"] = found_cards([m for m in others if m.score >= ASK_SCORE], query)
    except Refusal as refusal:
        context["refusal"] = sentence(refusal)
    return context


def _sorted(answer: Resolution) -> tuple[str, Sequence[Match]]:
    """Places that have the name, else those whose name begins so, else those that are like it.

    However many places share a name, so that each is unlikely to be the one meant, they have it.
    """
    best = answer.best
    if best is None:
        return "perhaps", []
    if best.matched == "prefix":
        return "beginning", [m for m in answer.matches if m.matched == "prefix"]
    likely = answer.verdict is Verdict.PROBABLY and best.matched not in MISSPELT
    if best.matched not in GUESSED or likely:
        return "results", answer.matches
    return "perhaps", answer.matches[:PERHAPS]


def found_cards(matches: Sequence[Match], query: str) -> list[PlaceCard]:
    """Found places with the number of their ties."""
    rows = Municipality.objects.living().with_public_ties()
    counts = dict(
        rows.filter(key__in=[m.place.key for m in matches]).values_list("key", "ties_count")
    )
    return [
        place_card(m.place, ties_count=counts.get(m.place.key, 0), note=_note(m, query))
        for m in matches
    ]


def _note(match: Match, query: str) -> str:
    """How the name that was asked for stands to the place, where that is not plain."""
    if match.part:
        return _("%(part)s is a part of it") % {"part": match.part}
    renaming = match.renaming
    if renaming is not None and renaming.date:
        date = stated_words(renaming.date)
        return _("called %(former)s until %(date)s") % {"former": renaming.former, "date": date}
    if match.matched not in ("former name", "alias"):
        return ""
    asked = fold(query)
    name = next((name for name in match.place.all_names() if fold(name) == asked), "")
    if match.matched == "former name":
        return _("formerly %(name)s") % {"name": name} if name else _("found by a former name")
    return _("also called %(name)s") % {"name": name} if name else _("found by another name")


def _browse(request: HttpRequest, country: str) -> dict[str, Any]:
    rows = Municipality.objects.living().with_public_ties().order_by("-ties_count", "name", "key")
    if country:
        rows = rows.filter(country=country)
    pager, page = paged(request, rows)
    cards = [place_card(row, ties_count=row.ties_count) for row in page]
    return {"municipalities": cards, "pager": pager}


def known_country(text: str) -> str:
    """The country's code in capitals; empty for what is none, and so filters nothing."""
    code = text.strip().upper()
    return code if code in the_world().columns.country_codes else ""


def country_choices(selected: str) -> list[Choice]:
    """Countries that have ties in the registry, by their name in the reader's language."""
    codes = Municipality.objects.living().with_public_ties().values_list("country", flat=True)
    named = by_name((country_name(code, lang()), code) for code in set(codes))
    return [Choice(value=code, label=name, selected=code == selected) for name, code in named]


def ties_context(request: HttpRequest) -> dict[str, Any]:
    """Ties by country, state and kind; a filter that does not exist filters nothing."""
    country = known_country(request.GET.get("country", ""))
    state = request.GET.get("state", "")
    kind = request.GET.get("kind", "")
    state = state if state in {s.value for s in TieState} else ""
    kind = kind if kind in Kind.values else ""
    ties = filtered_ties(country=country, state=state, kind=kind)
    pager, page = paged(request, ties)
    present = set(Tie.objects.public().values_list("state", flat=True))
    kinds = set(Tie.objects.public().values_list("kind", flat=True))
    return {
        "countries": country_choices(country),
        "states": [
            Choice(value=s.value, label=state_badge(s).label, selected=s == state)
            for s in TieState
            if s in present
        ],
        "kinds": [
            Choice(value=k, label=kind_label(k), selected=k == kind)
            for k in Kind.values
            if k in kinds
        ],
        "filtered": bool(country or state or kind),
        "pager": pager,
        "ties": [tie_row(tie) for tie in page],
        "map": ties_map(ties[:MAP_TIES], title=_("Ties on the map")),
    }


def paged(request: HttpRequest, rows: "_SupportsPagination[Row]") -> tuple[Pager, list[Row]]:
    """The asked page of a list or query; a page that does not exist is the nearest that does."""
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))

    def address(number: int) -> str:
        query: QueryDict = request.GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    pager = Pager(
        number=page.number,
        pages=page.paginator.num_pages,
        previous_url=address(page.number - 1) if page.has_previous() else "",
        next_url=address(page.number + 1) if page.has_next() else "",
        total=page.paginator.count,
    )
    return pager, list(page.object_list)
