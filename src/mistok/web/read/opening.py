"""What somebody brings to be read, opened: pasted, uploaded or fetched; and kept for an hour.

For whoever signed in the bytes wait an hour for "send to review"; of anybody else nothing stays.
"""

from dataclasses import asdict, dataclass
from typing import Any, Final

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from mistok.ingest.documents.services import Brought
from mistok.ingest.fetching import fetch
from mistok.ingest.models import Document
from mistok.kernel.errors import Conflict
from mistok.reading.intake import open_bytes, open_text
from mistok.reading.model import Text
from mistok.web.needs import keeping

_SALT: Final = "mistok.read"
Origin = Document.Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What came, and what was told of it."""

    origin: str
    name: str = ""
    content_type: str = ""
    url: str = ""
    publisher: str = ""
    published: str = ""

    @property
    def brought(self) -> Brought:
        """What the sender knows of it."""
        return Brought(url=self.url, publisher=self.publisher, published=self.published)


def came_with(told: dict[str, Any]) -> tuple[Came, bytes]:
    """What a form that holds one of text, file and address brings.

    Raises what fetching an address refuses.
    """
    more = {"publisher": told["publisher"].strip(), "published": told["published"]}
    if told.get("address"):
        return _fetched(told["address"], more)
    if told.get("file"):
        return _uploaded(told["file"], more)
    return Came(origin=Origin.PASTED, **more), told["text"].encode("utf-8", "replace")


def _uploaded(file: "UploadedFile[Any]", more: dict[str, str]) -> tuple[Came, bytes]:
    name, kind = (file.name or "")[:200], (file.content_type or "")[:100]
    return Came(origin=Origin.UPLOADED, name=name, content_type=kind, **more), file.read()


def _fetched(url: str, more: dict[str, str]) -> tuple[Came, bytes]:
    found = fetch(url)
    came = Came(origin=Origin.ADDRESS, url=found.url, content_type=found.content_type, **more)
    return came, found.data


def opened(came: Came, data: bytes) -> Text:
    """The text of it. Raises what the intake refuses: a scan, a bomb, a file that is none."""
    if came.origin == Origin.PASTED:
        return open_text(data.decode("utf-8"), published=came.published, publisher=came.publisher)
    return open_bytes(
        data,
        name=came.name,
        content_type=came.content_type,
        published=came.published,
        url=came.url,
    )


def keep(came: Came, data: bytes, person: str) -> str:
    """Keep the bytes for an hour; gives the token by which the same person sends them on."""
    return signing.dumps({"kept": keeping.keep(data, person), **asdict(came)}, salt=_SALT)


def kept(token: str, person: str) -> tuple[Came, bytes]:
    """What was kept. Raises Conflict (`reading_gone`) for what has expired or is another's."""
    try:
        told = signing.loads(token, salt=_SALT)
        data = keeping.kept(told.pop("kept"), person)
    except (signing.BadSignature, Conflict):
        raise Conflict(
            _("The text was kept for an hour only, and that has passed. Read it again."),
            code="reading_gone",
        ) from None
    return Came(**told), data
