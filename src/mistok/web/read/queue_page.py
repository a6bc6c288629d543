"""The reviewers' queue: what waits, how long, narrowed as its reader likes."""

from collections.abc import Sequence
from typing import Any, cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mistok.accounts.actors import Actor
from mistok.accounts.policies import check_can
from mistok.ingest.documents.policies import REVIEW, reviews_anywhere
from mistok.ingest.documents.queue import CONFIDENCES, Asked, age_in_days, ages, waiting
from mistok.ingest.models import Document, Feed, Proposal
from mistok.reading.model import LANGUAGES
from mistok.web.ages import STEP, bars_of
from mistok.web.cards import Choice
from mistok.web.partnering.pages import part_of
from mistok.web.read.words import AGE_WORDS, CONFIDENCE, WHATS
from mistok.web.registry.present import country_name
from mistok.web.words import by_name, grouped, lang, language_name, stated_words


def queue_context(request: HttpRequest) -> dict[str, Any]:
    """The queue of this reviewer. Raises NotAllowed for whoever reviews nowhere."""
    actor = Actor(user=request.user)
    if not reviews_anywhere(actor):
        check_can(actor, REVIEW)
    asked = _asked(request)
    everything, rows = waiting(actor), waiting(actor, asked)
    pager, part = part_of(request, cast("Sequence[Document]", rows), "page")
    counts = ages(rows)
    return {
        "asked": asked,
        "rows": [_row(one) for one in part],
        "pager": pager,
        "total": grouped(str(pager.total)),
        "bars": bars_of(counts, AGE_WORDS),
        "chart_height": STEP * len(AGE_WORDS),
        "countries": _countries(everything, asked.country),
        "languages_asked": _choices(
            [(code, language_name(code)) for code in LANGUAGES], asked.language
        ),
        "whats": _choices([(code, str(name)) for code, name in WHATS.items()], asked.what),
        "confidences": _choices(
            [(code, str(CONFIDENCE[code][0])) for code in CONFIDENCES], asked.confidence
        ),
        "feeds": _choices(
            [(one.public_id, str(one)) for one in Feed.objects.order_by("title")[:200]], asked.feed
        ),
    }


def _asked(request: HttpRequest) -> Asked:
    told = {name: request.GET.get(name, "")[:40] for name in Asked.__dataclass_fields__}
    # A feed goes by its id, which no list of words holds.
    known = {
        "language": set(LANGUAGES),
        "what": set(WHATS),
        "confidence": set(CONFIDENCES),
    }
    return Asked(
        **{
            name: value if name not in known or value in known[name] else ""
            for name, value in told.items()
        }
    )


def _choices(pairs: list[tuple[str, str]], chosen: str) -> list[Choice]:
    return [Choice(value=code, label=name, selected=code == chosen) for code, name in pairs]


def _countries(documents: Any, chosen: str) -> list[Choice]:
    """The countries of whatever waits for this reviewer."""
    told = Proposal.objects.filter(
        document__in=documents.values("pk"), state=Proposal.State.OPEN
    ).values_list("countries", flat=True)
    codes = {code for countries in told for code in countries}
    pairs = by_name((country_name(code, lang()), code) for code in codes)
    return [Choice(value=code, label=name, selected=code == chosen) for name, code in pairs]


def _row(document: Document) -> dict[str, Any]:
    days = age_in_days(document)
    return {
        "title": document.title or document.public_id,
        "url": reverse("read:document", args=[document.public_id]),
        "lang": document.language,
        "publisher": document.publisher,
        "published": stated_words(document.published),
        "language": language_name(document.language) if document.language else "",
        "origin": document.get_origin_display(),
        "count": document.open_here,  # type: ignore[attr-defined]
        "age": ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
        if days
        else _("today"),
        "copy": document.copy_of_id is not None,
    }
