"""Mails of letters: bilingual, the addressee's language first (the subject in it alone), with the
PDF attached.
"""

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from mistok.needs.appeals.addresses import answer_address, verify_address
from mistok.needs.appeals.making import file_of
from mistok.needs.appeals.register import register_number
from mistok.needs.models import Letter, Posting
from mistok.papers.wording import day_in_words

TABLE: Final = Path(__file__).parent / "data" / "mails.json"
_BETWEEN: Final = "\n\n" + "_" * 60 + "\n\n"


def mail_of(posting: Posting, token: str = "") -> EmailMessage:
    """The mail of a posting: the letter with the link to answer by, or word of its recall.

    Raises Unavailable (`letter_file_missing`, `letter_file_altered`): what is not the letter that
    was signed is not sent.
    """
    letter = posting.letter
    appeal = letter.addressee.appeal
    recalled = posting.kind == Posting.Kind.RECALL
    languages = tuple(reversed(letter.languages))
    subject = "subject_recalled" if recalled else _subject(letter)
    told = {lang: _told(letter, lang, token) for lang in languages}
    answers_to = appeal.contact_mail or appeal.office.official_email
    mail = EmailMessage(
        subject=_said(subject, languages[0], told[languages[0]]),
        body=_BETWEEN.join(_body(letter, lang, told[lang], recalled=recalled) for lang in languages)
        + "\n",
        to=[posting.to],
        reply_to=[answers_to] if answers_to else None,
        headers={"Message-ID": _message_id(posting)},
    )
    if not recalled:
        name = f"{register_number(appeal).replace('/', '-')}-{letter.code}.pdf"
        mail.attach(name, file_of(letter, "pdf"), "application/pdf")
    return mail


def _subject(letter: Letter) -> str:
    return "subject_corrected" if letter.number > 1 else "subject"


def _body(letter: Letter, language: str, told: Mapping[str, str], *, recalled: bool) -> str:
    parts = [
        str(letter.slots["salutation"][language]),
        _said("recall" if recalled else "letter", language, told),
        _said("sent_by", language, told),
    ]
    if letter.number > 1 and not recalled:
        parts.insert(2, _said("corrected", language, told))
    return "\n\n".join(parts)


def _told(letter: Letter, language: str, token: str) -> dict[str, str]:
    appeal = letter.addressee.appeal
    made = timezone.localdate(letter.made_at)
    until = dt.date.fromisoformat(letter.slots["valid_until"])
    return {
        "number": register_number(appeal),
        "sender": str(letter.slots["sender_name"][language]),
        "date": day_in_words(made, language),
        "until": day_in_words(until, language),
        "answer": answer_address(token),
        "verify": verify_address(letter.code),
        "code": letter.code,
        "reason": appeal.recall_reason,
    }


def _message_id(posting: Posting) -> str:
    """The same for each try, so that a mail that came twice is known as one."""
    host = settings.MISTOK_ADDRESS.partition("//")[2].split(":")[0] or "mistok"
    return f"<{posting.letter.public_id}.{posting.kind}.{posting.pk}@{host}>"


def _said(name: str, language: str, told: Mapping[str, str]) -> str:
    return str(_table()[name][language]).format(**told)


@cache
def _table() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(TABLE.read_text(encoding="utf-8"))
    return found
