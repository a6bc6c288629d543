"""Whether a letter that somebody holds is genuine: by its code, and by the bytes of its file."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet
from django.utils import timezone

from mistok.accounts.lifecycle import OfficeState
from mistok.needs.appeals.codes import read_code
from mistok.needs.appeals.deciding import lapsed
from mistok.needs.appeals.register import register_number
from mistok.needs.appeals.signing import holds, signed_words
from mistok.needs.lifecycle import AppealState
from mistok.needs.models import Letter


class Standing(StrEnum):
    """What can be said of a letter by its code."""

    GENUINE = "genuine"
    REPLACED = "replaced"
    RECALLED = "recalled"
    EXPIRED = "expired"
    ALTERED = "altered"
    UNKNOWN = "unknown"


class FileStanding(StrEnum):
    """What can be said of a file beside a code.

    WORKING_COPY: the DOCX exactly as we made it, which is signed by nobody; OTHER_LETTER: a genuine
    PDF, but of another letter than the code names.
    """

    GENUINE = "genuine"
    ALTERED = "altered"
    WORKING_COPY = "working_copy"
    OTHER_LETTER = "other_letter"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What /verify/ says of a code; everything but `state` and `code` only where it is known.

    `mistyped`: the code cannot be one, somebody slipped. `callback_phone` and `official_site` were
    checked by a coordinator and belong to the office as it is verified today; they are empty when
    it is not (`office_verified`), and then nobody vouches for who sends. `replaced_at`: when the
    newer version was made, `recalled_at`: when the letter was recalled; `valid_until`: the last
    day. ALTERED means that our own record does not bear its signature any more.
    """

    state: Standing
    code: str
    mistyped: bool = False
    letter: Letter | None = None
    sender: str = ""
    sender_place: str = ""
    addressee: str = ""
    addressee_place: str = ""
    number: str = ""
    version: int = 0
    date: dt.date | None = None
    valid_until: dt.date | None = None
    replaced_at: dt.datetime | None = None
    recalled_at: dt.datetime | None = None
    closed: bool = False
    office_verified: bool = False
    callback_phone: str = ""
    official_site: str = ""
    key: str = ""


def verify(code: str, today: dt.date | None = None) -> Verdict:
    """Say of a code, however it was typed, what became of its letter."""
    read = read_code(code)
    letter = _letters().filter(code=read).first() if read else None
    if letter is None:
        return Verdict(Standing.UNKNOWN, read or " ".join(code[:60].split()), mistyped=not read)
    return _verdict(letter, today or timezone.localdate())


def verify_file(code: str, content: bytes) -> FileStanding:
    """Say whether a file is the PDF of the letter with this code, to the byte."""
    letter = _letters().filter(code=read_code(code)).exclude(code="").first()
    if letter is None:
        return FileStanding.UNKNOWN
    sha256 = hashlib.sha256(content).hexdigest()
    if sha256 == letter.pdf_sha256:
        return FileStanding.GENUINE
    if sha256 == letter.docx_sha256:
        return FileStanding.WORKING_COPY
    other = Letter.objects.filter(pdf_sha256=sha256).exists()
    return FileStanding.OTHER_LETTER if other else FileStanding.ALTERED


def find_by_file(content: bytes) -> Letter | None:
    """The letter whose PDF these bytes are, for whoever has the file and no code."""
    return _letters().filter(pdf_sha256=hashlib.sha256(content).hexdigest()).first()


def standing_of(letter: Letter, today: dt.date | None = None) -> Standing:
    """What /verify/ says of a letter of ours."""
    return _verdict(letter, today or timezone.localdate()).state


def _letters() -> QuerySet[Letter]:
    return Letter.objects.select_related("addressee__appeal__office")


def _verdict(letter: Letter, today: dt.date) -> Verdict:
    addressee = letter.addressee
    appeal = addressee.appeal
    office = appeal.office
    newer = addressee.letters.filter(number__gt=letter.number).order_by("number").first()
    believed = office.state == OfficeState.VERIFIED and not office.contested
    until = letter.slots["valid_until"]
    return Verdict(
        state=_state(letter, newer is not None, today),
        code=letter.code,
        letter=letter,
        sender=str(letter.slots["sender_name"]["uk"]),
        sender_place=office.place,
        addressee=addressee.name,
        addressee_place=addressee.place,
        number=register_number(appeal),
        version=letter.number,
        date=timezone.localdate(letter.made_at),
        valid_until=dt.date.fromisoformat(until),
        replaced_at=newer.made_at if newer else None,
        recalled_at=appeal.recalled_at,
        closed=appeal.state == AppealState.CLOSED,
        office_verified=believed,
        callback_phone=office.callback_phone if believed else "",
        official_site=office.official_site if believed else "",
        key=letter.key,
    )


def _state(letter: Letter, replaced: bool, today: dt.date) -> Standing:
    appeal = letter.addressee.appeal
    if not holds(signed_words(letter), letter.signature, letter.key):
        return Standing.ALTERED
    if appeal.state == AppealState.RECALLED:
        return Standing.RECALLED
    if replaced:
        return Standing.REPLACED
    return Standing.EXPIRED if lapsed(appeal, today) else Standing.GENUINE
