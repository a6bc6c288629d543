"""Documents read anew by a newer version of the reader: what was decided stays decided."""

from typing import Final

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.policies import check_can
from mistok.ingest.documents.policies import REVIEW
from mistok.ingest.documents.reader import reader_version, the_reader
from mistok.ingest.documents.taking_in import propose
from mistok.ingest.models import Document, Proposal
from mistok.reading.intake import open_text

AT_ONCE: Final = 20
"""Documents that the worker reads anew in one turn."""
WORKER: Final = Actor(shell="worker")  # noqa: S604 - a name, and no program


def reread(*, actor: Actor, document: Document) -> int:
    """Read a kept text anew; returns how many proposals stand open then.

    Open proposals are superseded by the new ones; a claim that was decided is not proposed again.
    For reviewers of the whole world and the worker. Raises NotAllowed.
    """
    opened = open_text(
        document.text, published=document.published, title=document.title, url=document.url
    )
    # Evidence points into the kept text: a reading of other words could not be shown beside it.
    same = opened.text == document.text
    reading = the_reader().read(opened) if same else None
    with audited(actor, "reread_document", document.public_id) as act:
        check_can(actor, REVIEW)
        held = Document.objects.select_for_update().get(pk=document.pk)
        superseded = 0
        if reading is None:
            held.reader = reader_version()
            held.save(update_fields=["reader"])
        else:
            open_ones = held.proposals.filter(state=Proposal.State.OPEN)
            superseded = open_ones.update(state=Proposal.State.SUPERSEDED)
            propose(held, reading)
        act.done(after={"superseded": superseded, "proposals": held.open_proposals})
    document.refresh_from_db()
    return document.open_proposals


def reread_old(*, limit: int = AT_ONCE) -> int:
    """Read anew what an older reader read and nobody has decided; for the worker, oldest first.

    Returns how many documents were read.
    """
    waiting = Document.objects.filter(open_proposals__gt=0).exclude(reader=reader_version())
    found = list(waiting.order_by("added_at", "pk")[:limit])
    for document in found:
        reread(actor=WORKER, document=document)
    return len(found)
