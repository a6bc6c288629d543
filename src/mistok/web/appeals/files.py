"""The bytes of a letter, exactly those that were made and signed."""

from io import BytesIO

from django.http import FileResponse

from mistok.needs.appeals import file_of, signature_file
from mistok.needs.models import Letter
from mistok.web.procedure.files import TYPES, sent

SIGNATURE_TYPE = "text/plain; charset=utf-8"


def letter_file(letter: Letter, form: str) -> FileResponse:
    """PDF, DOCX or signature, to be saved under a telling name."""
    appeal = letter.addressee.appeal
    name = f"{appeal.number}-{appeal.year}-{letter.code}.{form}"
    if form == "sig":
        answer = sent(BytesIO(signature_file(letter)), SIGNATURE_TYPE, name)
    else:
        answer = sent(BytesIO(file_of(letter, form)), TYPES[form], name)
    return answer
