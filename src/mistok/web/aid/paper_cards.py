"""Papers of a consignment as pages show them, and their bytes for those who may read them."""

import io
from dataclasses import dataclass
from typing import Literal

from django.http import FileResponse
from django.urls import reverse

from mistok.aid.models import AidPaper
from mistok.aid.models.files import Readers
from mistok.aid.papers import paper_content, papers_for, title_of
from mistok.aid.papers.making import unknown_paper
from mistok.web.aid.seats import AidSeat
from mistok.web.offices.words import moment_words
from mistok.web.procedure.files import TYPES, sent
from mistok.web.words import language_name

Form = Literal["pdf", "docx"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperCard:
    """One version of a paper."""

    kind: str
    title: str
    number: int
    languages: str
    made: str
    internal: bool
    sha256: str
    docx_sha256: str
    pdf_url: str
    docx_url: str


def cards_of(seat: AidSeat, *kinds: str) -> list[PaperCard]:
    """The versions that this person may read, of these kinds or all, the last first."""
    rows = papers_for(seat.actor, seat.consignment).order_by("-pk")
    found = rows.filter(kind__in=kinds) if kinds else rows
    return [_card(one) for one in found]


def paper_file(seat: AidSeat, paper_id: str, form: Form) -> FileResponse:
    """The bytes of a paper, to be saved. Raises NotFound alike for others' and for none."""
    rows = papers_for(seat.actor, seat.consignment)
    paper = rows.filter(public_id=paper_id[:40]).first()
    if paper is None:
        raise unknown_paper()
    # The name on the reader's disk tells the kind alone.
    name = f"{paper.kind}-{paper.number}.{form}"
    return sent(io.BytesIO(paper_content(paper, form)), TYPES[form], name)


def _card(paper: AidPaper) -> PaperCard:
    args = [paper.consignment.public_id, paper.public_id]
    return PaperCard(
        kind=paper.kind,
        title=title_of(paper.kind),
        number=paper.number,
        languages=" + ".join(language_name(code) for code in paper.languages),
        made=moment_words(paper.made_at),
        internal=paper.readers == Readers.INTERNAL,
        sha256=paper.pdf_sha256,
        docx_sha256=paper.docx_sha256,
        pdf_url=reverse("aid:paper_pdf", args=args),
        docx_url=reverse("aid:paper_docx", args=args) if paper.docx else "",
    )
