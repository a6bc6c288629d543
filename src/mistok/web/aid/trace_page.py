"""What the giving office follows of a consignment: states, lines, to whom, papers, photos."""

from collections import defaultdict
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.aid.models import AidFile, AidPaper
from mistok.aid.papers import EVIDENCE, title_of
from mistok.aid.seeing import DonorTrace, donor_trace
from mistok.needs.models.lines import EndUser
from mistok.web.aid.head import head_of
from mistok.web.aid.ledger_rows import COLUMNS, sums_row
from mistok.web.aid.page import Step
from mistok.web.aid.seats import AidSeat
from mistok.web.aid.words import LOOKS, amount_of, line_name, state_word
from mistok.web.needs.words import day_words, steps_text
from mistok.web.offices.words import moment_words


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """A paper with the addresses of its files."""

    title: str
    made: str
    forms: list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachedRow:
    """One category: how many people, and how much of which goods."""

    category: str
    persons: int | None
    households: int | None
    goods: list[str]


def donor(seat: AidSeat) -> HttpResponse:
    """The page of the office that gives."""
    trace = donor_trace(seat.consignment)
    lines = [one.line for one in trace.lines]
    moved = seat.consignment.lines.filter(lots__isnull=False).exists()
    papers = [one for one in trace.papers if one.kind != EVIDENCE]
    packs = [one for one in trace.papers if one.kind == EVIDENCE]
    context = {
        **head_of(seat, "consignment"),
        "life": _life(trace),
        "lines": [(one.position, line_name(one), amount_of(one)) for one in lines],
        "sums": [sums_row(one.line, one.sums) for one in trace.lines] if moved else [],
        "kept": trace.kept,
        "columns": [label for _name, label in COLUMNS],
        "reached": reached_rows(trace),
        "papers": [_paper(seat, one) for one in papers],
        "packs": [_paper(seat, one) for one in packs],
        "photos": [_photo(seat, number, one) for number, one in enumerate(trace.photos, start=1)],
        "given_url": reverse("aid:given", args=[seat.office.public_id]),
    }
    return render(seat.request, "aid/trace.html", context)


def reached_rows(trace: DonorTrace) -> list[ReachedRow]:
    """To whom it went, category by category; settlements are not told."""
    goods: dict[str, list[str]] = defaultdict(list)
    for one in trace.amounts:
        goods[one.category].append(
            f"{line_name(one.line)}: {steps_text(one.amount, one.line.unit)}"
        )
    return [
        ReachedRow(
            category=str(EndUser(one.category).label),
            persons=one.persons,
            households=one.households,
            goods=goods[one.category],
        )
        for one in trace.reached
    ]


def _life(trace: DonorTrace) -> list[Step]:
    """Every state with its day, the oldest first; notes stay with the other office."""
    return [
        Step(
            date=day_words(one.day),
            date_iso=one.day.isoformat(),
            text=f"{state_word(one.state).capitalize()}.",
            tone=LOOKS[one.state][0],
        )
        for one in trace.steps
    ]


def _paper(seat: AidSeat, paper: AidPaper) -> PaperRow:
    views = (("PDF", "paper_pdf", paper.pdf), ("DOCX", "paper_docx", paper.docx))
    return PaperRow(
        title=title_of(paper.kind),
        made=moment_words(paper.made_at),
        forms=[
            (label, _address(view, seat, paper.public_id)) for label, view, file in views if file
        ],
    )


def _photo(seat: AidSeat, number: int, photo: AidFile) -> tuple[str, str]:
    """A photo by its number and what it shows: how the other office called its file stays there."""
    about = f": {line_name(photo.line)}" if photo.line else ""
    label = _("Photo %(number)s") % {"number": number}
    return f"{label}{about}", _address("file", seat, photo.public_id)


def _address(view: str, seat: AidSeat, thing: str) -> str:
    return reverse(f"aid:{view}", args=[seat.consignment.public_id, thing])
