"""A document comes in: its bytes are kept, its text is read, its proposals wait for a person."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from textwrap import shorten
from typing import Any, Final

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can, check_can
from mistok.ingest.documents import archive
from mistok.ingest.documents.claims import claim_of
from mistok.ingest.documents.contents import AID, PROJECT, TIE, countries_of
from mistok.ingest.documents.copies import fingerprint, nearest, original_of, put_in_order
from mistok.ingest.documents.reader import reader_version, the_reader
from mistok.ingest.models import Document, Proposal
from mistok.kernel.errors import Invalid
from mistok.kernel.ids import public_id
from mistok.reading.model import Reading, Text
from mistok.registry.outlets import publisher_country

LONGEST_TEXT: Final = 5_000_000
"""Characters of a text that is kept: more than any article, paper or list of a council."""
LONGEST_URL: Final = 1000
BY_HAND: Final = (Document.Origin.PASTED, Document.Origin.UPLOADED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What comes with a text, where its sender or its feed knows better than the text itself."""

    url: str = ""
    title: str = ""
    publisher: str = ""
    publisher_country: str = ""
    published: str = ""


def take_in(
    *,
    actor: Actor,
    text: Text,
    data: bytes,
    origin: str,
    brought: Brought | None = None,
    at: dt.datetime | None = None,
) -> Document:
    """Read a text and keep it with its proposals; the very same bytes of one address once only.

    `data` are the bytes as they came. Whoever sends them again gets the document that is there
    (`known_document` tells before). Raises NotAllowed, Invalid (`text_too_long`, `text_empty`,
    `url_malformed`), Unavailable (`archive_unusable`).
    """
    at, told = at or timezone.now(), _told(text, brought or Brought(), origin)
    text = replace(text, text=text.text.replace("\x00", " "))
    sha256 = archive.hash_of(data)
    number = public_id("document", sha256, told.url)
    found = Document.objects.filter(sha256=sha256, url=told.url).first()
    allowed = can(actor, Permission.SEND_READINGS)
    if found is not None and allowed:
        return found
    # Before the transaction: reading takes its time, and nobody else shall wait for it.
    reading = _read(text) if allowed else None
    fields = _fields(text, told) | {"archived": archive.keep(data)} if allowed else {}
    with audited(actor, "take_in_document", number) as act:
        check_can(actor, Permission.SEND_READINGS)
        assert reading is not None  # noqa: S101 - who may send has had it read
        fields |= {"origin": origin, "public_id": number, "added_by": str(actor), "added_at": at}
        document, new = Document.objects.get_or_create(
            sha256=sha256,
            url=told.url,
            defaults=fields,
        )
        if new:
            put_in_order(document)
            count = propose(document, reading)
            act.done(after={"origin": origin, "language": text.lang, "proposals": count})
    return document


def known_document(*, data: bytes, url: str = "") -> Document | None:
    """The document that these very bytes of this address are already."""
    return Document.objects.filter(sha256=archive.hash_of(data), url=url).first()


def propose(document: Document, reading: Reading) -> int:
    """Write the reading's proposals down; returns how many are open now.

    A claim that the text makes twice is one proposal, of the passage that is surest. What was
    decided of this document before is not proposed again.
    """
    decided = document.proposals.exclude(state__in=("open", "superseded"))
    settled = set(decided.values_list("claim", flat=True))
    first = (document.proposals.aggregate(last=Max("number"))["last"] or 0) + 1
    drafts = [draft for draft in drafts_of(reading) if draft.claim not in settled]
    Proposal.objects.bulk_create(
        (draft.row(document, number) for number, draft in enumerate(drafts, first)), 400
    )
    document.reader = reader_version()
    document.note = " ".join(reading.notes)[:400]
    document.open_proposals = len(drafts)
    document.save(update_fields=["reader", "note", "open_proposals"])
    return len(drafts)


@dataclass(frozen=True, slots=True)
class Draft:
    """One proposal before it is written."""

    what: str
    content: Mapping[str, Any]
    claim: str

    def row(self, document: Document, number: int) -> Proposal:
        """The row of a document under a number."""
        return Proposal(
            public_id=public_id("proposal", document.public_id, str(number)),
            document=document,
            number=number,
            what=self.what,
            content=dict(self.content),
            start=self.content["start"],
            end=self.content["end"],
            confidence=self.content["confidence"],
            claim=self.claim,
            countries=countries_of(self.what, self.content),
        )


def drafts_of(reading: Reading) -> list[Draft]:
    """What a reading proposes, in the order of the text; each claim once."""
    best: dict[str, Draft] = {}
    for what, content in _contents(reading):
        draft = Draft(what, content, claim_of(what, content))
        before = best.get(draft.claim)
        if before is None or content["confidence"] > before.content["confidence"]:
            best[draft.claim] = draft
    return sorted(best.values(), key=lambda draft: (draft.content["start"], draft.what))


def _contents(reading: Reading) -> Iterator[tuple[str, Mapping[str, Any]]]:
    told = reading.as_document()
    for what, name in ((TIE, "ties"), (AID, "aid"), (PROJECT, "projects")):
        yield from ((what, content) for content in told[name])


def _read(text: Text) -> Reading:
    """The reading. Raises Invalid for a text that is not kept."""
    if not text.text.strip():
        raise Invalid(
            _("There are no words in it, so there is nothing to read. Paste the text itself."),
            code="text_empty",
        )
    if len(text.text) > LONGEST_TEXT:
        raise Invalid(
            _("The text is longer than 5 million letters. Send it in parts."), code="text_too_long"
        )
    return the_reader().read(text)


def _told(text: Text, brought: Brought, origin: str) -> Brought:
    """What is known of the document. Raises Invalid (`url_malformed`).

    What a file says of its own address is believed only where we fetched it ourselves: else
    anybody could put words into the mouth of any paper.
    """
    url = brought.url or ("" if origin in BY_HAND else text.url)
    if url and (not url.startswith(("https://", "http://")) or len(url) > LONGEST_URL):
        raise Invalid(
            _("This is not the address of a page. Write it with https:// in front."),
            code="url_malformed",
        )
    title = brought.title or text.title or _first_line(text.text)
    publisher = (brought.publisher or text.publisher)[:200]
    return Brought(
        url=url,
        title=title.replace("\x00", " ")[:400],
        publisher=publisher,
        publisher_country=brought.publisher_country or publisher_country(url, publisher),
        published=brought.published or str(text.published or ""),
    )


def _first_line(text: str) -> str:
    lines = (line.strip() for line in text[:4000].splitlines())
    return shorten(next((line for line in lines if line), ""), 120, placeholder=" …")


def _fields(text: Text, told: Brought) -> dict[str, Any]:
    mark = fingerprint(text.text)
    copy = nearest(text=text.text, mark=mark, language=text.lang, published=told.published)
    return {
        "text": text.text,
        "title": told.title,
        "publisher": told.publisher,
        "publisher_country": told.publisher_country,
        "url": told.url,
        "language": text.lang,
        "published": told.published,
        "fingerprint": mark,
        "copy_of": original_of(copy.document) if copy else None,
    }
