"""Rows of the room tell in a word what they are: in logs, and at /staff/."""

import datetime as dt

import pytest

from mistok.accounts.models import Office
from mistok.needs.models import (
    Addressee,
    Answer,
    AnswerLink,
    Appeal,
    AppealLine,
    Commitment,
    Letter,
    Need,
    Notice,
    NoticeChoice,
    Offer,
    Posting,
    Publication,
    RegisterCount,
    Zone,
)

AT = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
OFFICE = Office(name="Zhytomyr")
NEED = Need(public_id="need_a")
APPEAL = Appeal(public_id="appeal_a")
TO = Addressee(appeal=APPEAL, name="Dortmund")
LETTER = Letter(addressee=TO, number=2)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (NEED, "need_a"),
        (Publication(need=NEED, need_version=3), "need_a 3"),
        (Zone(place="katottg:UA", kind="occupied"), "katottg:UA occupied"),
        (RegisterCount(office=OFFICE, year=2026), "Zhytomyr 2026"),
        (APPEAL, "appeal_a"),
        (AppealLine(appeal=APPEAL, position=4), "appeal_a 4"),
        (TO, "appeal_a Dortmund"),
        (LETTER, "appeal_a Dortmund 2"),
        (Posting(letter=LETTER, queued_at=AT), "appeal_a Dortmund 2 2026-11-23"),
        (Offer(public_id="offer_a"), "offer_a"),
        (Commitment(public_id="commitment_a"), "commitment_a"),
        (Answer(kind="question", at=AT), "question 2026-11-23"),
        (AnswerLink(public_id="link_a"), "link_a"),
        (Notice(kind="need_reply", subject="need_a"), "need_reply need_a"),
        (NoticeChoice(pace="daily"), "daily"),
    ],
    ids=lambda one: type(one).__name__ if not isinstance(one, str) else "",
)
def test_row_says_what_it_is(row, told):
    assert str(row) == told
