"""Who says what a row tells: the list itself, the sources it names by code, or the row's own page.

Sources and readings are written down with the first statement that needs them, once a process.
"""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlsplit

from django.utils.text import slugify
from django.utils.translation import gettext as _

from mistok.ingest.runs import Row
from mistok.ingest.tables.choosing import Choices, Cited
from mistok.ingest.tables.dates import partial_date
from mistok.ingest.tables.headings import Columns
from mistok.kernel.errors import Invalid
from mistok.kernel.ids import content_hash
from mistok.provenance.models import Retrieval, Source
from mistok.provenance.services import record_retrieval, register_source

_LONGEST_SLUG: Final = 100


@dataclass(frozen=True, slots=True)
class Ground:
    """A source with the reading it rests on, and how the choices describe it."""

    source: Source
    retrieval: Retrieval
    cited: Cited
    own: bool
    """Whether the row's details (date, kind, note) are this source's."""


@dataclass(slots=True)
class Sources:
    """Sources of one import, by how they are described."""

    choices: Choices
    sha256: str
    today: dt.date
    kept: str = ""
    """Under which name the copy of the list is kept, if it is."""
    _known: dict[Cited, tuple[Source, Retrieval]] = field(default_factory=dict)

    def cited(self, row: Row, columns: Columns) -> list[Cited]:
        """Whose words a row is, before anything is written down.

        Raises Invalid (`source_missing`, `source_unknown`, `date_malformed`, `url_malformed`).
        """
        codes = _codes(row, columns, self.choices)
        if codes:
            return codes
        own = _own_page(row, columns, self.choices.source)
        cited = own or self.choices.source
        if not (cited.slug or cited.title):
            raise source_missing()
        return [cited]

    def grounds(self, cited: list[Cited]) -> list[Ground]:
        """The sources as they stand in the database, those that are new written down.

        The first of several that tells a detail is the one whose detail it is.
        """
        first = next((one for one in cited if one.tells), None)
        alone = len(cited) == 1
        return [Ground(*self._written(one), one, own=alone or one is first) for one in cited]

    def _written(self, cited: Cited) -> tuple[Source, Retrieval]:
        if cited not in self._known:
            source = _register(cited)
            reading = record_retrieval(source=source, at=self.today, sha256=self.sha256)
            if self.kept and not reading.file:
                Retrieval.objects.filter(pk=reading.pk).update(file=self.kept)
            self._known[cited] = source, reading
        return self._known[cited]


def slug_of(cited: Cited) -> str:
    """Our short name: the one given, else of the page's address, else of publisher and title."""
    if cited.slug:
        return cited.slug
    if cited.url:
        parts = urlsplit(cited.url)
        host = (parts.hostname or "").removeprefix("www.")
        plain = slugify(f"{host} {parts.path}".replace("/", " ").replace(".", " "))
        return f"{plain[:_LONGEST_SLUG].strip('-')}-{content_hash(cited.url)[:10]}"
    plain = slugify(f"{cited.publisher} {cited.title}")[:_LONGEST_SLUG].strip("-") or "list"
    return f"{plain}-{content_hash(cited.publisher, cited.title)[:10]}"


def check_described(choices: Choices, columns: Columns) -> None:
    """Raise Invalid before the first row when nobody could ever be named as the source."""
    cited = choices.source
    if {"sources", "source_url"} & columns.places.keys():
        return
    if cited.slug and not cited.title and not Source.objects.filter(slug=cited.slug).exists():
        raise Invalid(
            _(
                "There is no source “%(slug)s” yet. Give its --title and --publisher too, so that "
                "it can be written down."
            )
            % {"slug": cited.slug[:60]},
            code="source_unknown",
        )
    if not (cited.slug or cited.title):
        raise source_missing()


def source_missing() -> Invalid:
    """The refusal of a list of which nobody knows where it comes from."""
    return Invalid(
        _(
            "Nothing enters the registry without a source. Say where the list comes from: its "
            "title and who published it (--title, --publisher)."
        ),
        code="source_missing",
    )


def _register(cited: Cited) -> Source:
    slug = slug_of(cited)
    known = Source.objects.filter(slug=slug).first()
    if known is None and cited.url and not cited.slug:
        known = Source.objects.filter(url=cited.url).order_by("pk").first()
    if known is not None and (not cited.title or not cited.slug):
        return known
    if not cited.title:
        raise Invalid(
            _("There is no source “%(slug)s”. Describe it in the mapping file.")
            % {"slug": slug[:60]},
            code="source_unknown",
        )
    return register_source(
        slug=slug,
        title=cited.title,
        publisher=cited.publisher or cited.title[:200],
        publisher_country=cited.publisher_country,
        url=cited.url,
        licence=cited.licence,
        published=cited.published,
        language=cited.language,
        kind=cited.source_kind,
        trust=cited.trust,
    )


def _codes(row: Row, columns: Columns, choices: Choices) -> list[Cited]:
    """The sources that the row names by code, each once."""
    if "sources" not in columns.places or not choices.sources:
        return []
    text = cell_of(row, columns, "sources")
    found = list(dict.fromkeys(filter(None, map(str.strip, text.split(choices.separator)))))
    for code in found:
        if code not in choices.sources:
            raise Invalid(
                _("The source “%(code)s” is not described. Add it to the mapping file.")
                % {"code": code[:60]},
                code="source_unknown",
            )
    if not found:
        raise source_missing()
    return [choices.sources[code] for code in found]


def _own_page(row: Row, columns: Columns, whole: Cited) -> Cited | None:
    """The page that the row names as its source; what it does not say is the list's."""
    url = cell_of(row, columns, "source_url")
    title = cell_of(row, columns, "source_title")
    if not (url or title):
        return None
    if url and not url.startswith(("https://", "http://")):
        raise Invalid(
            _(
                "“%(url)s” is not the address of a page. Write it with https:// in front, or "
                "leave the cell empty."
            )
            % {"url": url[:60]},
            code="url_malformed",
        )
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    publisher = cell_of(row, columns, "publisher") or host or whole.publisher
    return replace(
        whole,
        slug="",
        title=title or url[:400],
        publisher=publisher,
        url=url,
        published=partial_date(cell_of(row, columns, "published")) or whole.published,
        language=cell_of(row, columns, "language")[:12] or whole.language,
    )


def cell_of(row: Row, columns: Columns, name: str) -> str:
    """What a row says for a field: its column's cell, else what is told for all rows."""
    column = columns.names.get(name)
    return (row[column] if column is not None else "") or columns.told.get(name, "")
