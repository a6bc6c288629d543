"""A comparison: what was found, in numbers and row by row, and a judgement with one click."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final, cast

from django import forms
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.permissions import Permission
from mistok.ingest.comparing.judging import judge_pair, may_judge
from mistok.ingest.comparing.keeping import check_may_compare
from mistok.ingest.comparing.matching import ORDER
from mistok.ingest.comparing.telling import told, unpacked, which
from mistok.ingest.models import ComparedPair, Comparison
from mistok.kernel.errors import NotFound
from mistok.provenance.models import Judgement
from mistok.registry.words import EVENT_LABELS
from mistok.web.acting import Act, Done, Mistake, Told, mistake_context, new_key, perform
from mistok.web.cards import Choice
from mistok.web.needs.act_forms import PlainForm
from mistok.web.offices.words import moment_words
from mistok.web.partnering.pages import part_of
from mistok.web.read.words import who_words
from mistok.web.registry.present import country_name
from mistok.web.words import lang, stated_words

PART: Final = 40
STEP, LONGEST, GAP = 40, 280, 6
"""The chart in its own units: each class with its words above its bar."""
Verdict = Judgement.Verdict
OPEN: Final = "open"


def comparison_of(request: HttpRequest, comparison_id: str) -> Comparison:
    """The comparison, for whoever may compare lists. Raises NotAllowed, NotFound."""
    check_may_compare(Actor(user=request.user))
    found = Comparison.objects.filter(public_id=comparison_id).first()
    if found is None:
        raise NotFound(
            _("There is no comparison with this address. Look for it in the list of them."),
            code="comparison_unknown",
        )
    return found


def compared_page(request: HttpRequest, comparison: Comparison) -> HttpResponse:
    """The page, or the answer to a judgement."""
    page = partial(_page, request, comparison)
    if request.method != "POST":
        return page()
    return perform(request, _acts(request, comparison), page)


def _acts(request: HttpRequest, comparison: Comparison) -> Mapping[str, Act]:
    """The three judgements on the pair that the form names."""
    _verdict, _dash, number = request.POST.get("act", "").partition("-")
    sound = number.isascii() and number.isdigit() and len(number) < 9
    pair = comparison.pairs.filter(number=int(number)).first() if sound else None
    if pair is None:
        return {}
    return {f"{verdict}-{number}": _act(pair, verdict) for verdict in Verdict.values}


def _act(pair: ComparedPair, verdict: str) -> Act:
    def do(told: Told) -> Done:
        judge_pair(actor=told.actor, pair=pair, verdict=verdict, expected=told.expected)
        sentence = _("Row %(number)s is judged: %(verdict)s.")
        goes_to = f"{told.request.get_full_path()}#pair-{pair.number}"
        label = Verdict(verdict).label
        return Done(sentence % {"number": pair.number, "verdict": label}, goes_to)

    return Act(
        title=str(Verdict(verdict).label),
        button=str(Verdict(verdict).label),
        make=PlainForm,
        do=do,
        right=Permission.IMPORT_LISTS,
        office=None,
        subject=pair.comparison.public_id,
        version=pair.version,
    )


def _page(
    request: HttpRequest,
    comparison: Comparison,
    *,
    typed: Mapping[str, forms.Form] | None = None,
    mistake: Mistake | None = None,
) -> HttpResponse:
    found, state = asked(request)
    rows = narrowed(comparison, found, state)
    pager, part = part_of(request, cast("Sequence[ComparedPair]", rows), "page", PART)
    counted = _counts(comparison)
    context = {
        "comparison": comparison,
        "made": moment_words(comparison.made_at),
        "rows": [_row(request, pair) for pair in part],
        "pager": pager,
        "narrowed": bool(found or state),
        "bars": _bars(counted),
        "chart_height": STEP * len(ORDER),
        "classes": _choices([(str(one), which(one)) for one in ORDER], found),
        "states": _choices([(OPEN, _("not judged yet")), *Verdict.choices], state),
        "csv_url": reverse("read:compared_csv", args=[comparison.public_id]),
        **mistake_context(mistake, typed),
    }
    status = mistake.status if mistake else 200
    return render(request, "read/compared.html", context, status=status)


def asked(request: HttpRequest) -> tuple[str, str]:
    """The class and the verdict that the address asks for; unknown words ask for nothing."""
    found, state = request.GET.get("found", ""), request.GET.get("verdict", "")
    return (
        found if found in ComparedPair.Found.values else "",
        state if state in (OPEN, *Verdict.values) else "",
    )


def narrowed(comparison: Comparison, found: str, state: str) -> QuerySet[ComparedPair]:
    """The pairs of a class and a verdict, in the order in which they were found."""
    rows = comparison.pairs.select_related("comparison")
    if found:
        rows = rows.filter(found=found)
    if state == OPEN:
        rows = rows.filter(verdict="").exclude(found__in=["left", "right"])
    elif state:
        rows = rows.filter(verdict=state)
    return rows


def _counts(comparison: Comparison) -> dict[str, int]:
    counted = comparison.pairs.order_by().values_list("found").annotate(count=Count("pk"))
    return dict(counted)


def _choices(pairs: Iterable[tuple[str, Any]], chosen: str) -> list[Choice]:
    return [Choice(value=code, label=str(name), selected=code == chosen) for code, name in pairs]


def _bars(counted: Mapping[str, int]) -> list[dict[str, Any]]:
    most = max([*counted.values(), 1])
    return [
        {
            "label": which(found),
            "count": counted.get(found, 0),
            "line": number * STEP + 14,
            "top": number * STEP + 20,
            "number": number * STEP + 31,
            "length": round(counted.get(found, 0) / most * LONGEST),
            "end": round(counted.get(found, 0) / most * LONGEST) + GAP,
            "url": f"?found={found}",
        }
        for number, found in enumerate(ORDER)
    ]


def _row(request: HttpRequest, pair: ComparedPair) -> dict[str, Any]:
    actor = Actor(user=request.user)
    judged = ""
    if pair.judged_at is not None:
        judged = _("by %(who)s on %(day)s") % {
            "who": who_words(pair.judged_by, str(actor)),
            "day": moment_words(pair.judged_at),
        }
    both = bool(pair.left and pair.right)
    return {
        "number": pair.number,
        "found": which(pair.found),
        "sides": [_side(pair.left), _side(pair.right)],
        "why": told(unpacked(pair.why)),
        "score": f"{pair.score:.0%}" if pair.score is not None and pair.score < 1 else "",
        "verdict": str(Verdict(pair.verdict).label) if pair.verdict else "",
        "judged": judged,
        "version": pair.version,
        "key": new_key(),
        "verdicts": _verdicts(pair) if both and may_judge(actor, pair) else [],
    }


def _verdicts(pair: ComparedPair) -> list[dict[str, Any]]:
    """The buttons; the one that stands already is pressed."""
    return [
        {"act": f"{code}-{pair.number}", "label": label, "pressed": code == pair.verdict}
        for code, label in Verdict.choices
    ]


def _side(entry: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A row of a list in words: who, what happened, and where in the list it stands."""
    if entry is None:
        return None
    return {
        "parties": [
            {"name": party["name"], "country": country_name(party["country"], lang())}
            if party["country"]
            else {"name": party["name"], "country": ""}
            for party in entry["parties"]
        ],
        "said": list(dict.fromkeys(_said(event) for event in entry["events"])),
        "rows": ", ".join(entry["rows"]),
        "source": entry["source"] if entry["source"].startswith(("https://", "http://")) else "",
    }


def _said(event: Mapping[str, str]) -> str:
    label = str(EVENT_LABELS.get(event["event"], event["event"]))
    date = stated_words(event["date"] or event["as_of"])
    return f"{label}, {date}" if date else label
