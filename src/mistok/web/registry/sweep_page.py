"""The sweep: ties with aggressor states by side and state, and the drafts that end them."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mistok.kernel.errors import NotFound
from mistok.papers import Paper
from mistok.registry.models import Municipality
from mistok.registry.selectors import public_tie, resolve_place
from mistok.registry.sweep import AGGRESSOR_STATES, UKRAINIAN, Swept, states_of, sweep
from mistok.registry.sweep_papers import FORMS, notice, rendered, resolution
from mistok.web.cards import Choice
from mistok.web.registry.maps import ties_map
from mistok.web.registry.present import country_name, place_card, source_refs, tie_row
from mistok.web.words import by_name, lang, state_badge, stated_words

KNOWN = tuple(state.country for state in AGGRESSOR_STATES)
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
SECONDS = 600
"""How long a draft may be kept by whoever fetched it."""


def sweep_context(request: HttpRequest) -> dict[str, Any]:
    """Ties with the chosen aggressor states; by default with all of the dated list."""
    asked = [code for code in request.GET.getlist("against") if code in KNOWN] or list(KNOWN)
    side = UKRAINIAN if request.GET.get("side") == UKRAINIAN else ""
    rows = sweep(against=asked, side=side)
    return {
        "against": [
            Choice(value=code, label=country_name(code, lang()), selected=code in asked)
            for code in KNOWN
        ],
        "sides": [
            Choice(value="", label=_("Any side"), selected=not side),
            Choice(value=UKRAINIAN, label=_("Ukrainian side"), selected=bool(side)),
        ],
        "grounds": [
            (country_name(state.country, lang()), stated_words(state.since), state.ground)
            for state in AGGRESSOR_STATES
        ],
        "summary": [(state_badge(state), count) for state, count in states_of(rows)],
        "rows": [_row(item) for item in rows],
        "councils": _councils(rows),
        "map": ties_map([item.tie for item in rows], title=_("Ties with aggressor states")),
    }


def council_context(key: str) -> dict[str, Any]:
    """One council and its ties with aggressor states that can be ended, for one act."""
    council = _council(key)
    rows = [item for item in sweep(against=KNOWN) if item.open and council in item.councils]
    if not rows:
        raise NotFound(
            _("No tie of this municipality with Russia or Belarus is known here to be open."),
            code="nothing_to_end",
            details={"key": council.key},
        )
    return {
        "council": place_card(council),
        "rows": [_row(item) for item in rows],
        "action": reverse("registry:sweep_act_file", args=[council.key]),
        "forms": [Choice(value=form, label=form.upper(), selected=form == "pdf") for form in FORMS],
    }


def tie_paper(public_id: str, kind: str, form: str, council: str) -> HttpResponse:
    """The draft of one tie as a file."""
    tie = public_tie(public_id)
    paper = resolution([tie], council) if kind == "resolution" else notice(tie, council)
    return _file(paper, form, f"{kind}-{tie.public_id}")


def act_paper(key: str, ties: list[str], form: str) -> HttpResponse:
    """One draft act that ends the chosen ties of a council, as a file."""
    council = _council(key)
    chosen = [public_tie(public_id) for public_id in dict.fromkeys(ties)]
    return _file(resolution(chosen, council.key), form, f"resolution-{len(chosen)}")


def _file(paper: Paper, form: str, name: str) -> HttpResponse:
    answer = HttpResponse(rendered(paper, form), content_type=TYPES[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    answer["Cache-Control"] = f"public, max-age={SECONDS}"
    return answer


def _council(key: str) -> Municipality:
    """The row of a municipality, by a key that may be an alias. Raises NotFound."""
    _standing, row = resolve_place(key)
    if row is None:
        raise NotFound(
            _("The registry has no tie of this municipality. Look for it by its name."),
            code="place_unknown",
        )
    return row


def _row(item: Swept) -> dict[str, Any]:
    return {
        "id": item.tie.public_id,
        "tie": tie_row(item.tie),
        "evidence": source_refs(item.evidence),
        "next": item.next_step,
        "remaining": ", ".join(row.name_in(lang()) for row in item.remaining),
        "renamed": [
            _("%(name)s was called %(former)s until %(date)s")
            % {
                "name": one.place.name_in(lang()),
                "former": one.renaming.former,
                "date": stated_words(one.renaming.date),
            }
            for one in item.renamed
        ],
        "suspended": item.suspended,
        "review": stated_words(item.review_on),
        "drafts": _drafts(item) if item.open else [],
    }


def _drafts(item: Swept) -> list[dict[str, Any]]:
    """Addresses of the drafts, for each council that can end its part."""
    found = []
    for council in item.councils:
        query = f"?{urlencode({'for': council.key})}" if len(item.councils) > 1 else ""
        files = [
            (
                kind,
                form,
                reverse("registry:sweep_paper", args=[item.tie.public_id, kind, form]) + query,
            )
            for kind in ("resolution", "notice")
            for form in FORMS
        ]
        found.append({"council": council.name_in(lang()), "files": files})
    return found


def _councils(rows: list[Swept]) -> list[dict[str, str]]:
    """Councils with several ties to end, which one act can do."""
    counts = Counter(row for item in rows if item.open for row in item.councils)
    several = {row.key: (row, count) for row, count in counts.items() if count > 1}
    named = by_name((row.name_in(lang()), key) for key, (row, _count) in several.items())
    return [
        {
            "name": name,
            "url": reverse("registry:sweep_act", args=[key]),
            "told": ngettext("%(count)s tie", "%(count)s ties", several[key][1])
            % {"count": several[key][1]},
        }
        for name, key in named
    ]
