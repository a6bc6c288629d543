"""Papers and scans of a procedure: their cards, and their bytes for those who may read them."""

from django.http import FileResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from mistok.accounts.models import Office
from mistok.kernel.errors import NotFound
from mistok.partnering.models import PaperVersion, SignedScan
from mistok.partnering.models.procedure.papers import Access
from mistok.partnering.procedure.selectors import papers_for, scans_for
from mistok.partnering.procedure.words import PAPERS
from mistok.web.procedure.cards import PaperCard, ScanCard
from mistok.web.procedure.seats import Seat
from mistok.web.procedure.words import day_words, size_words
from mistok.web.words import language_name

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
ENDINGS = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}


def paper_of(seat: Seat, public_id: str) -> PaperVersion:
    """A paper that this office may read. Raises NotFound alike for others' and for none."""
    found = papers_for(seat.run, seat.own_office).filter(public_id=public_id).first()
    if found is None:
        raise _unknown()
    return found


def scan_of(seat: Seat, public_id: str) -> SignedScan:
    """A scan that this office may read. Raises NotFound alike for others' and for none."""
    found = scans_for(seat.run, seat.own_office).filter(public_id=public_id).first()
    if found is None:
        raise _unknown()
    return found


def _unknown() -> NotFound:
    return NotFound(
        _("There is no paper of yours at this address. See the papers of the procedure."),
        code="paper_unknown",
    )


def paper_file(seat: Seat, public_id: str, form: str) -> FileResponse:
    """The bytes of a paper, to be saved under a telling name."""
    paper = paper_of(seat, public_id)
    file = paper.pdf if form == "pdf" else paper.docx
    return sent(file.open("rb"), TYPES[form], f"{paper.kind}-{paper.number}.{form}")


def scan_file(seat: Seat, public_id: str) -> FileResponse:
    """The bytes of a scan, with the type that its bytes have."""
    scan = scan_of(seat, public_id)
    name = f"{scan.kind}-{scan.signed_on.isoformat()}.{ENDINGS[scan.content_type]}"
    return sent(scan.file.open("rb"), scan.content_type, name)


def sent(file: object, content_type: str, name: str) -> FileResponse:
    """A file to be saved, never shown inside a page and never kept by others on the way."""
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def paper_card(seat: Seat, paper: PaperVersion) -> PaperCard:
    """A version as a page shows it."""
    args = [paper.run.public_id, paper.public_id]
    return PaperCard(
        title=str(PAPERS[paper.kind]),
        number=paper.number,
        languages=" + ".join(language_name(code) for code in paper.languages),
        made_at=day_words(paper.made_at.date()),
        maker=_office_name(paper.office),
        whose=_side_name(seat, paper.position),
        template_version=paper.template_version,
        sha256=paper.pdf_sha256,
        url=reverse("procedure:version", args=args),
        pdf_url=reverse("procedure:paper_pdf", args=args),
        docx_url=reverse("procedure:paper_docx", args=args),
        internal=paper.access == Access.INTERNAL,
    )


def scan_card(seat: Seat, scan: SignedScan) -> ScanCard:
    """A scan as a page shows it."""
    hands = (f"{one.get('person', '')}, {one.get('post', '')}" for one in scan.signatories)
    return ScanCard(
        title=str(PAPERS[scan.kind]),
        signed_on=day_words(scan.signed_on),
        signatories="; ".join(hand.strip(", ") for hand in hands),
        whose=_side_name(seat, scan.position),
        sha256=scan.sha256,
        size=size_words(scan.size),
        url=reverse("procedure:scan", args=[scan.run.public_id, scan.public_id]),
        internal=scan.access == Access.INTERNAL,
    )


def _side_name(seat: Seat, position: int) -> str:
    names = {side.position: side.shown for side in seat.run.sides.all()}
    return names.get(position) or _("all sides together")


def _office_name(public_id: str) -> str:
    office = Office.objects.filter(public_id=public_id).first()
    return office.name if office else ""
