"""Files and photos that came with goods: checked, stripped of data about places, reviewed."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import Final

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.accounts.auditing import audited
from mistok.accounts.permissions import Permission
from mistok.accounts.policies import can, check_can
from mistok.accounts.services.texts import words
from mistok.aid.acts.contents import DOCX, PDF, PICTURES, XLSX, checked_type
from mistok.aid.acts.full_disk import told_when_full
from mistok.aid.acts.images import LONGEST_SCAN, LONGEST_SIDE, STORED_TYPE, plain_picture
from mistok.aid.acts.refusing import check_open, elsewhere
from mistok.aid.lifecycle import ENDED, State
from mistok.aid.models import AidAct, AidFile, AidLine, Consignment, FileReview
from mistok.kernel.errors import Conflict, Invalid, NotFound, Unavailable
from mistok.kernel.ids import public_id

LONGEST_NAME: Final = 200
LONGEST_REASON: Final = 400
LONGEST_KEY: Final = 80

_K = AidFile.Kind
STOREKEEPERS: Final = frozenset({_K.PHOTO, _K.SCAN, _K.WAYBILL, _K.PACKING})
"""Kinds that whoever receives goods may add: what lies in her hands at the gate."""
GIVERS: Final = frozenset(
    {
        _K.DONOR_OFFER,
        _K.INVOICE,
        _K.PACKING,
        _K.WAYBILL,
        _K.EXPORT,
        _K.LICENCE,
        _K.CERTIFICATE,
        _K.VEHICLE_TITLE,
    }
)
"""Kinds that the office which gives may add."""
OPEN: Final = tuple(state for state in State if state not in ENDED)
_ENDINGS: Final[Mapping[str, str]] = {
    PDF: ".pdf",
    STORED_TYPE: ".jpg",
    DOCX: ".docx",
    XLSX: ".xlsx",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """What is to be stored: its bytes and what is told of them."""

    kind: str
    name: str
    content_type: str
    data: bytes
    sha256: str


def add_file(
    *,
    actor: Actor,
    consignment: Consignment,
    kind: str,
    name: str,
    data: bytes,
    act: AidAct | None = None,
    line: AidLine | None = None,
    key: str = "",
    at: dt.datetime | None = None,
) -> AidFile:
    """Keep a file; of a picture the pixels alone, as JPEG. The same `key` gives the same file.

    A storekeeper adds photos, scans and papers of the load, the giving office its own papers.
    Raises NotAllowed, Conflict (`consignment_closed`, `key_reused`), Invalid (`file_kind_unknown`,
    `photo_needed`, `lot_elsewhere`, what `contents.checked_type` and `images.plain_picture`
    raise), Unavailable (`disk_full`: nothing is kept).
    """
    verb, about = "add_aid_file", consignment.public_id
    shown = PureWindowsPath(words(name, what=_("The name"), most=4000, needed=False)).name
    with told_when_full(), audited(actor, verb, about):
        _check_may_add(actor, consignment, kind)
        told = checked_type(data, shown)
        _check_belongs(consignment, act, line)
    # Pictures take their time, so they are made while nobody waits for the database.
    ready = _ready(kind, told, shown, data)
    with told_when_full(), audited(actor, verb, about) as event:
        held = Consignment.objects.select_for_update().get(pk=consignment.pk)
        row = AidFile(consignment=consignment, act=act, line=line, kind=kind, key=key[:LONGEST_KEY])
        before = _kept_before(row, ready)
        if before is not None:
            return before
        check_open(held, *OPEN)
        row.uploaded_by, row.uploaded_at = str(actor), at or timezone.now()
        _store(row, ready)
        office = consignment.office.public_id
        event.done(after={"office": office, "file": row.public_id, "kind": kind, "size": row.size})
    return row


def review_file(
    *, actor: Actor, file: AidFile, shown: bool, reason: str = "", at: dt.datetime | None = None
) -> FileReview:
    """Decide whether the giver may see a file; the last review counts.

    Raises NotAllowed and Invalid (`text_missing`: what is not shown needs a reason).
    """
    office = file.consignment.office
    with audited(actor, "review_aid_file", file.public_id) as event:
        check_can(actor, Permission.REVIEW_FILE, office=office)
        why = words(reason, what=_("The reason"), most=LONGEST_REASON, needed=not shown)
        row = FileReview.objects.create(
            file=file, shown=shown, reason=why, by=str(actor), at=at or timezone.now()
        )
        event.done(after={"office": office.public_id, "shown": shown})
    return row


def may_be_shown(file: AidFile) -> bool:
    """Whether the last review lets the giver see it; without a review nobody outside does."""
    last = file.reviews.order_by("-pk").first()
    return last is not None and last.shown


def file_content(file: AidFile) -> bytes:
    """The bytes of a file, exactly those that were kept.

    Raises NotFound (`aid_file_missing`) and Unavailable (`aid_file_altered`).
    """
    try:
        with file.file.storage.open(str(file.file.name)) as opened:
            content: bytes = opened.read()
    except FileNotFoundError as error:
        raise NotFound(
            _("This file is not in the storage. Restore it from the backup."),
            code="aid_file_missing",
        ) from error
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise Unavailable(
            _("This file was altered on the disk. Restore it from the backup."),
            code="aid_file_altered",
        )
    return content


def _check_may_add(actor: Actor, consignment: Consignment, kind: str) -> None:
    """Who receives the goods, who writes the consignment, or who gives, each its own kinds."""
    if kind not in AidFile.Kind.values:
        raise Invalid(
            _("This is no kind of file that is kept here. Choose one of the list."),
            code="file_kind_unknown",
        )
    receiver, giver = consignment.office, consignment.donor_office
    if kind in STOREKEEPERS and can(actor, Permission.RECEIVE_GOODS, office=receiver):
        return
    if giver and kind in GIVERS and can(actor, Permission.GIVE_AID, office=giver):
        return
    check_can(actor, Permission.WRITE_CONSIGNMENT, office=receiver)


def _check_belongs(consignment: Consignment, act: AidAct | None, line: AidLine | None) -> None:
    if any(one and one.consignment_id != consignment.pk for one in (act, line)):
        raise elsewhere()


def _ready(kind: str, told: str, name: str, data: bytes) -> _Ready:
    """A picture becomes a plain JPEG, whatever it was; other files stay byte by byte."""
    if kind == AidFile.Kind.PHOTO and told not in PICTURES:
        raise Invalid(
            _("A photo is a JPEG, PNG or WebP picture. Add papers under their own kind."),
            code="photo_needed",
        )
    if told in PICTURES:
        longest = LONGEST_SIDE if kind == AidFile.Kind.PHOTO else LONGEST_SCAN
        data, told = plain_picture(data, longest=longest), STORED_TYPE
    return _Ready(
        kind=kind,
        name=name[-LONGEST_NAME:],
        content_type=told,
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
    )


def _kept_before(row: AidFile, ready: _Ready) -> AidFile | None:
    """The file that came under this key already. Raises Conflict (`key_reused`) for another."""
    if not row.key:
        return None
    before = AidFile.objects.filter(consignment=row.consignment, key=row.key).first()
    if before is None:
        return None
    told = (row.kind, row.act_id, row.line_id, ready.sha256)
    if (before.kind, before.act_id, before.line_id, before.sha256) != told:
        raise Conflict(
            _("Another file was sent under this key already. Send this one under a new key."),
            code="key_reused",
        )
    return before


def _store(row: AidFile, ready: _Ready) -> None:
    """Write the file, then the row; what is half-written goes away again.

    The name of the file on the disk holds nothing but public ids.
    """
    row.public_id = public_id("aidfile", secrets.token_hex(16))
    row.name, row.content_type = ready.name, ready.content_type
    row.size, row.sha256 = len(ready.data), ready.sha256
    path = f"{row.consignment.public_id}/{row.public_id}{_ENDINGS[ready.content_type]}"
    try:
        row.file.save(path, ContentFile(ready.data), save=False)
        row.save()
    except BaseException:
        row.file.storage.delete(path)
        raise
