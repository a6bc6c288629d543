"""Letters made for good: code, PDF and DOCX, hashes, signature.

Done outside of transactions, since papers take their time; what is not kept is removed again.
"""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import gettext as _

from mistok.accounts.actors import Actor
from mistok.kernel.errors import NotFound, Unavailable
from mistok.kernel.ids import public_id
from mistok.needs.appeals.addresses import verify_address
from mistok.needs.appeals.codes import new_code
from mistok.needs.appeals.filling import Slots, Source, letter_of
from mistok.needs.appeals.register import register_number
from mistok.needs.appeals.signing import sign, signed_words
from mistok.needs.models import Addressee, Letter
from mistok.papers import to_docx, to_pdf


def make_letter(
    source: Source, addressee: Addressee, slots: Slots, *, actor: Actor, at: dt.datetime
) -> Letter:
    """A letter with its files in the storage, not yet kept in the database.

    `addressee` and its appeal tell number and version. Raises Unavailable and what
    `mistok.papers` raises.
    """
    code = new_code()
    whole = slots | {
        "number": register_number(addressee.appeal),
        "date": timezone.localdate(at).isoformat(),
        "verify_address": verify_address(code),
        "verify_code": code,
    }
    paper = letter_of(source, whole)
    pdf, docx = to_pdf(paper), to_docx(paper)
    letter = Letter(
        public_id=public_id("letter", secrets.token_hex(16)),
        addressee=addressee,
        number=addressee.letters.count() + 1,
        code=code,
        languages=list(source.languages),
        slots=whole,
        template_version=paper.version,
        pdf_sha256=hashlib.sha256(pdf).hexdigest(),
        docx_sha256=hashlib.sha256(docx).hexdigest(),
        made_by=str(actor),
        made_at=at,
    )
    letter.signature, letter.key = sign(signed_words(letter))
    folder = addressee.appeal.public_id
    letter.pdf.save(f"{folder}/{letter.public_id}.pdf", ContentFile(pdf), save=False)
    letter.docx.save(f"{folder}/{letter.public_id}.docx", ContentFile(docx), save=False)
    return letter


@contextmanager
def kept_or_removed(letters: Sequence[Letter]) -> Iterator[None]:
    """Remove the files of these letters when the block fails: nobody was sent them."""
    try:
        yield
    except BaseException:
        for letter in letters:
            for file in (letter.pdf, letter.docx):
                file.storage.delete(str(file.name))
        raise


def file_of(letter: Letter, kind: str) -> bytes:
    """The bytes of a letter as "pdf" or "docx", exactly those that were made.

    Raises NotFound (`letter_file_missing`) and Unavailable (`letter_file_altered`).
    """
    file = letter.pdf if kind == "pdf" else letter.docx
    wanted = letter.pdf_sha256 if kind == "pdf" else letter.docx_sha256
    try:
        with file.storage.open(str(file.name)) as opened:
            content: bytes = opened.read()
    except FileNotFoundError as error:
        raise NotFound(
            _("The file of this letter is not in the storage. Restore it from the backup."),
            code="letter_file_missing",
        ) from error
    if hashlib.sha256(content).hexdigest() != wanted:
        raise Unavailable(
            _("The file of this letter was altered on the disk. Restore it from the backup."),
            code="letter_file_altered",
        )
    return content
