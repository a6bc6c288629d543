"""Operations on papers of a consignment: the list, and the files as they were made."""

from typing import Literal

from django.http import FileResponse, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import Router

from mistok.aid.models import AidPaper, Consignment
from mistok.api.aid.answers import PaperPage, PaperTold
from mistok.api.aid.own import own
from mistok.api.pages import Turned, page_of
from mistok.api.shapes import PROBLEMS
from mistok.api.tokens import actor_of, must_show
from mistok.kernel.errors import NotFound, Unavailable

router = Router(tags=["papers"])
FILE_OPERATION = "mistok-api:get_paper_file"


@router.get(
    "/{consignment_id}/papers",
    auth=must_show,
    response={200: PaperPage, **PROBLEMS},
    summary="Papers of a consignment",
)
def list_papers(request: HttpRequest, consignment_id: str, turn: Turned) -> PaperPage:
    """Every version that was made, the newest first, with addresses and checksums of its files."""
    consignment = own(actor_of(request), consignment_id)
    rows = AidPaper.objects.filter(consignment=consignment).select_related("act")
    found, following = page_of(rows, turn)
    return PaperPage(items=[_paper(one, consignment) for one in found], next=following)


@router.get(
    "/{consignment_id}/papers/{paper_id}.{kind}",
    auth=must_show,
    summary="A paper as PDF or DOCX",
    openapi_extra={
        "responses": {
            200: {
                "description": "The file",
                "content": {"application/pdf": {}, "application/octet-stream": {}},
            }
        }
    },
)
def get_paper_file(
    request: HttpRequest, consignment_id: str, paper_id: str, kind: Literal["pdf", "docx"]
) -> FileResponse:
    """The bytes as they were made; their SHA-256 stands in the list of papers."""
    consignment = own(actor_of(request), consignment_id)
    paper = AidPaper.objects.filter(consignment=consignment, public_id=paper_id).first()
    file = getattr(paper, kind, None)
    if paper is None or not file:
        raise NotFound(
            _("This consignment has no such paper. Read the list of its papers."),
            code="paper_unknown",
        )
    try:
        opened = file.open("rb")
    except OSError as error:
        raise Unavailable(
            _(
                "The file of this paper cannot be read. Whoever runs this server: look whether "
                "the data folder is whole, or restore it from a backup."
            ),
            code="paper_missing",
        ) from error
    # The name tells the kind alone: what lies in a folder of downloads is read by others.
    return FileResponse(opened, as_attachment=True, filename=f"{paper.kind}-{paper.number}.{kind}")


def _paper(one: AidPaper, consignment: Consignment) -> PaperTold:
    kinds = {"pdf": one.pdf_sha256, "docx": one.docx_sha256}
    sums = {kind: sha256 for kind, sha256 in kinds.items() if sha256}
    return PaperTold(
        id=one.public_id,
        kind=one.kind,
        number=one.number,
        languages=one.languages,
        act=one.act.public_id if one.act else None,
        readers=one.readers,
        made_at=one.made_at,
        files={
            kind: reverse(FILE_OPERATION, args=[consignment.public_id, one.public_id, kind])
            for kind in sums
        },
        sha256=sums,
    )
