"""Who reads which paper of aid, and its bytes exactly as they were made."""

import hashlib
from typing import Literal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can
from mistok.aid.lifecycle import Regime
from mistok.aid.models import AidPaper, Consignment
from mistok.aid.models.files import Readers
from mistok.aid.papers.making import unknown_paper
from mistok.kernel.errors import NotFound, Unavailable


def papers_for(actor: Actor, consignment: Consignment) -> QuerySet[AidPaper]:
    """The versions that this person may read, by kind, the last first; none for others."""
    rows = consignment.papers.select_related("act").order_by("kind", "-number")
    if can(actor, Permission.READ_AID, office=consignment.office):
        return rows
    return rows.filter(readers=Readers.BOTH) if _gives(actor, consignment) else rows.none()


def may_read(actor: Actor, paper: AidPaper) -> bool:
    """Whether this person may read the paper: the receiver all, the giver those for both sides."""
    return papers_for(actor, paper.consignment).filter(pk=paper.pk).exists()


def read_paper(actor: Actor, paper: AidPaper) -> AidPaper:
    """The paper, for who may read it.

    Raises NotFound (`paper_unknown`), the same for what is not there and what is not hers.
    """
    if not may_read(actor, paper):
        raise unknown_paper()
    return paper


def paper_content(paper: AidPaper, form: Literal["pdf", "docx"] = "pdf") -> bytes:
    """The bytes of a paper, exactly those that were made; ask `read_paper` before.

    Raises NotFound (`paper_unknown` for a form that it does not have, `paper_missing`) and
    Unavailable (`paper_altered`).
    """
    file, told = (paper.pdf, paper.pdf_sha256) if form == "pdf" else (paper.docx, paper.docx_sha256)
    if not file:
        raise unknown_paper()
    try:
        with file.storage.open(str(file.name)) as opened:
            content: bytes = opened.read()
    except FileNotFoundError as error:
        raise NotFound(
            _("This paper is not in the storage. Restore it from the backup."),
            code="paper_missing",
        ) from error
    if hashlib.sha256(content).hexdigest() != told:
        raise Unavailable(
            _("This paper was altered on the disk. Restore it from the backup."),
            code="paper_altered",
        )
    return content


def _gives(actor: Actor, consignment: Consignment) -> bool:
    giver = consignment.donor_office
    if giver is None or consignment.regime == Regime.MILITARY:
        return False
    return can(actor, Permission.READ_AID, office=giver)
