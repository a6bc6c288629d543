"""A paper that was made goes into the storage and gets its row: the next version, never changed."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile

from mistok.accounts.actors import Actor
from mistok.aid.models import AidAct, AidPaper, Consignment
from mistok.aid.models.files import Readers
from mistok.kernel.ids import public_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A paper ready to be stored; `docx` is empty for papers that are a PDF alone."""

    kind: str
    languages: Sequence[str]
    slots: Mapping[str, Any]
    version: int
    readers: Readers
    pdf: bytes
    docx: bytes = b""
    act: AidAct | None = None


def store(consignment: Consignment, made: Made, actor: Actor, at: dt.datetime) -> AidPaper:
    """Keep it as the next version of its kind, inside the caller's transaction.

    Names of files hold public ids alone; what is half-written goes away again.
    """
    # Two at once must not get one number.
    held = Consignment.objects.select_for_update().get(pk=consignment.pk)
    last = held.papers.filter(kind=made.kind).order_by("-number").first()
    row = AidPaper(
        public_id=public_id("aidpaper", secrets.token_hex(16)),
        consignment=held,
        act=made.act,
        kind=made.kind,
        number=last.number + 1 if last else 1,
        languages=list(made.languages),
        slots=dict(made.slots),
        template_version=made.version,
        readers=made.readers,
        pdf_sha256=hashlib.sha256(made.pdf).hexdigest(),
        docx_sha256=hashlib.sha256(made.docx).hexdigest() if made.docx else "",
        made_by=str(actor),
        made_at=at,
    )
    path = f"{held.public_id}/{row.public_id}"
    try:
        row.pdf.save(f"{path}.pdf", ContentFile(made.pdf), save=False)
        if made.docx:
            row.docx.save(f"{path}.docx", ContentFile(made.docx), save=False)
        row.save()
    except BaseException:
        for ending in ("pdf", "docx"):
            row.pdf.storage.delete(f"{path}.{ending}")
        raise
    return row
