"""The page where two lists are put side by side, and the comparisons that were made."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.permissions import Permission
from mistok.ingest.comparing.keeping import check_may_compare, keep
from mistok.ingest.comparing.lists import ANSWER, Listed, from_answer, from_registry, from_table
from mistok.ingest.comparing.matching import compare
from mistok.ingest.models import Comparison
from mistok.ingest.tables.choosing import Choices
from mistok.ingest.tables.opening import table_of
from mistok.kernel.errors import Invalid
from mistok.registry.gazetteer import the_world
from mistok.web.acting import Act, Acts, Done, Mistake, Told, mistake_context, perform, shown
from mistok.web.offices.words import moment_words
from mistok.web.partnering.pages import part_of
from mistok.web.read.compare_forms import MOST_BYTES, MOST_ROWS, CompareForm

PART: Final = 30


def start_page(request: HttpRequest) -> HttpResponse:
    """The page, or the answer to its form. Raises NotAllowed for who may bring in no lists."""
    check_may_compare(Actor(user=request.user))
    acts = {
        "compare": Act(
            title=_("Compare"),
            button=_("Compare the lists"),
            make=CompareForm,
            do=_compare,
            right=Permission.IMPORT_LISTS,
            office=None,
            subject="comparison",
        )
    }
    page = partial(_page, request, acts)
    return perform(request, acts, page) if request.method == "POST" else page()


def _page(
    request: HttpRequest,
    acts: Acts,
    *,
    typed: Mapping[str, forms.Form] | None = None,
    mistake: Mistake | None = None,
) -> HttpResponse:
    rows = Comparison.objects.annotate(
        open_pairs=Count(
            "pairs", filter=Q(pairs__verdict="") & ~Q(pairs__found__in=["left", "right"])
        )
    ).order_by("-made_at", "-pk")
    pager, part = part_of(request, cast("Sequence[Comparison]", rows), "page", PART)
    context = {
        "one": shown(request, acts, typed or {}, mistake=mistake)[0],
        "rows": [_row(comparison) for comparison in part],
        "pager": pager,
        **mistake_context(mistake, typed),
    }
    status = mistake.status if mistake else 200
    return render(request, "read/compare_start.html", context, status=status)


def _row(comparison: Comparison) -> dict[str, Any]:
    return {
        "left": comparison.left_name,
        "right": comparison.right_name,
        "url": reverse("read:compared", args=[comparison.public_id]),
        "made": moment_words(comparison.made_at),
        "open": comparison.open_pairs,  # type: ignore[attr-defined]
    }


def _compare(told: Told) -> Done:
    left = _list_of(told.values["left"])
    other = told.values["beside"] == "file"
    right = _list_of(told.values["right"]) if other else from_registry()
    pairs = compare(left.rows, right.rows, the_world())
    kept = keep(actor=told.actor, left=left, right=right, pairs=pairs)
    sentence = _("The lists were compared. Look first at what needs your judgement.")
    if left.left_out or right.left_out:
        sentence = _(
            "The lists were compared, but for %(count)s rows that could not be read. The first: "
            "%(why)s"
        ) % {
            "count": len(left.left_out) + len(right.left_out),
            "why": (*left.left_out, *right.left_out)[0],
        }
    return Done(sentence, reverse("read:compared", args=[kept.public_id]))


def _list_of(file: "UploadedFile[Any]") -> Listed:
    data, name = file.read(), str(file.name)[:200]
    if data.lstrip()[:4].startswith(ANSWER):
        listed = from_answer(data, name=name, retrieved=timezone.localdate())
        if len(listed.rows) > MOST_ROWS:
            raise Invalid(
                _("The list has more than %(most)s rows. Compare it at the shell.")
                % {"most": MOST_ROWS},
                code="table_too_many_rows",
            )
        return listed
    table = table_of(data, name=name, most_rows=MOST_ROWS, most_bytes=MOST_BYTES)
    return from_table(table, Choices())
