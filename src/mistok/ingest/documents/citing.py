"""A document as a source: who published it, where and when, and the hash of what was read."""

import re
from typing import Final
from urllib.parse import urlsplit

from django.utils.text import slugify

from mistok.ingest.documents.mapping import Ground
from mistok.ingest.models import Document
from mistok.kernel.ids import content_hash
from mistok.provenance.models import Source
from mistok.provenance.services import record_retrieval, register_source

UNNAMED: Final = "unnamed publisher"
TELLING_TITLE: Final = 25
"""Letters from where on a title is hardly borne by two articles of one day."""
_LONGEST_SLUG: Final = 100
_TRUST: Final = {Source.Kind.MUNICIPALITY: 4, Source.Kind.NEWS: 2, Source.Kind.OTHER: 1}
_OFFICIAL: Final = re.compile(
    r"(?:^|[.-])(?:gov|gob|gouv|rada|city|stadt|gmina|um|mairie|comune|rathaus|municipal\w*)"
    r"(?:[.-]|$)|(?:council|miskrada|otg|gromada|hromada)"
)


def cited(document: Document) -> Source:
    """The source that the document is, registered when its first fact is accepted.

    An address that is a source already stays that source. A document that repeats the words of
    another is registered as its copy, so that both count as one.
    """
    if document.source is None:
        document.source = _same_address(document) or _register(document)
        document.save(update_fields=["source"])
        _join_copies(document, document.source)
    return document.source


def ground_of(document: Document) -> Ground:
    """The source, the reading with the hash of the kept copy, and the language of the words."""
    source = cited(document)
    retrieval = record_retrieval(
        source=source,
        at=document.added_at.date(),
        sha256=document.sha256,
        note=f"read by version {document.reader}"[:400],
    )
    return Ground(source, retrieval, document.language)


def _same_address(document: Document) -> Source | None:
    if not document.url:
        return None
    return Source.objects.filter(url=document.url).order_by("pk").first()


def same_title(document: Document) -> Source | None:
    """The source that bears the very same title of the same day, under whatever address.

    A text that was pasted without its address would else count a second time.
    """
    if len(document.title) < TELLING_TITLE:
        return None
    found = Source.objects.filter(title__iexact=document.title)
    if document.published:
        found = found.filter(published__in=("", document.published))
    return found.exclude(pk=document.source_id or 0).order_by("pk").first()


def _repeats(document: Document) -> Source | None:
    """The source whose words it repeats."""
    if document.copy_of is not None:
        return cited(document.copy_of)
    found = same_title(document)
    return found and (found.copy_of or found)


def _join_copies(document: Document, source: Source) -> None:
    """Join sources that stood before: an address of a copy, and copies cited before their original.

    The date of publication tells which of two is the original (`copies.put_in_order`).
    """
    if document.copy_of is None:
        repeating = Source.objects.filter(documents__copy_of=document, copy_of=None)
        repeating.exclude(pk=source.pk).update(copy_of=source)
        return
    original = cited(document.copy_of)
    if source.copy_of is None and original.pk != source.pk and original.copy_of_id != source.pk:
        source.copy_of = original
        source.save(update_fields=["copy_of"])


def _register(document: Document) -> Source:
    kind = kind_of(document.url, document.publisher)
    return register_source(
        slug=slug_of(document),
        title=document.title or document.public_id,
        publisher=document.publisher or host_of(document.url) or UNNAMED,
        url=document.url,
        language=document.language,
        published=document.published,
        kind=kind,
        trust=_TRUST[kind],
        publisher_country=document.publisher_country,
        copy_of=_repeats(document),
    )


def slug_of(document: Document) -> str:
    """Our short name for it: host and path of its address, else the hash of its bytes.

    A piece of the whole address's hash keeps two addresses apart that differ in their end only.
    """
    if not document.url:
        return f"text-{document.sha256[:24]}"
    parts = urlsplit(document.url)
    plain = slugify(f"{host_of(document.url)} {parts.path}".replace("/", " ").replace(".", " "))
    return f"{plain[:_LONGEST_SLUG].strip('-')}-{content_hash(document.url)[:10]}"


def host_of(url: str) -> str:
    """The host of an address without www; empty for none."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def kind_of(url: str, publisher: str) -> Source.Kind:
    """A municipality's own page by the look of its address, else news; without either, other."""
    host = host_of(url)
    if host and _OFFICIAL.search(host):
        return Source.Kind.MUNICIPALITY
    return Source.Kind.NEWS if host or publisher else Source.Kind.OTHER
