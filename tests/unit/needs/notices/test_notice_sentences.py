"""Each kind of notice is a full sentence with its page; digests have their morning."""

import datetime as dt
import re

import pytest
from django.utils import translation

from mistok.accounts.permissions import roles_with
from mistok.needs.models import Notice, NoticeChoice
from mistok.needs.notices import KINDS, page_of, sentence
from mistok.needs.notices.posting import HOME, due_before

Pace = NoticeChoice.Pace
WORDS = {"en": "5 generators", "uk": "5 генераторів"}
VALUES = {"day": "2026-12-01", "number": "7/2026", "what": WORDS}
IN_ISSUE = """need_question need_reply commitment_made commitment_proposed commitment_accepted
commitment_declined commitment_withdrawn commitment_kept appeal_submitted appeal_returned
appeal_approved letter_received letter_failed letter_acknowledged letter_refused letter_recalled
need_withdrawn offer_matches publication_due""".split()


def a_notice(kind, subject="need_abc", **params):
    return Notice(kind=kind, subject=subject, params=params)


def test_every_kind_that_others_tell_is_there():
    assert set(IN_ISSUE) <= set(KINDS)
    assert max(map(len, KINDS)) <= Notice._meta.get_field("kind").max_length


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_full_sentence_of_all_its_params(kind):
    known = KINDS[kind]
    assert set(re.findall(r"%\((\w+)\)s", str(known.sentence))) == set(known.params)
    assert roles_with(known.work)
    with translation.override("en"):
        told = sentence(a_notice(kind, **{name: VALUES.get(name, name) for name in known.params}))
    assert told[0].isupper() or told.startswith("who")
    assert told.endswith(".")
    assert "%" not in told
    assert ("5 generators" in told) == ("what" in known.params)


def test_what_is_needed_is_told_in_the_readers_language():
    told = a_notice("need_question", who="Дортмунд", what=WORDS)
    for language, words in WORDS.items():
        with translation.override(language):
            assert words in sentence(told)


def test_text_that_is_missing_in_a_language_is_told_in_another():
    with translation.override("uk"):
        assert "Tables" in sentence(a_notice("need_question", who="D", what={"en": "Tables"}))
        assert "Tische" in sentence(a_notice("need_question", who="D", what={"de": "Tische"}))
        assert "«…»" in sentence(a_notice("need_question", who="D", what={}))


def test_days_are_written_out():
    due = a_notice("publication_due", what="beds", day="2026-12-01")
    with translation.override("en"):
        assert "1 December 2026" in sentence(due)
    with translation.override("uk"):
        assert "1 грудня 2026" in sentence(due)
    with translation.override("en"):
        assert "soon" in sentence(a_notice("publication_due", what="beds", day="soon"))


def test_notice_of_another_version_is_told_all_the_same():
    assert sentence(a_notice("unheard_of")) == "unheard_of need_abc"
    with translation.override("en"):
        assert sentence(a_notice("letter_received", who="Dortmund")).endswith("appeal ….")


@pytest.mark.parametrize(
    ("subject", "page"),
    [
        ("need_abc", "/uk/needs/need_abc/"),
        ("appeal_abc", "/uk/appeals/appeal_abc/"),
        ("offer_abc", "/uk/offers/offer_abc/"),
        ("commitment_abc", "/uk/commitments/"),
        ("else_abc", "/uk/notices/"),
    ],
)
def test_notice_leads_to_its_page(subject, page):
    with translation.override("uk"):
        assert page_of(a_notice("need_question", subject)) == page


@pytest.mark.parametrize(
    ("pace", "now", "until"),
    [
        (Pace.AT_ONCE, "2026-11-23T05:00", "2026-11-23T05:00"),
        (Pace.DAILY, "2026-11-25T05:59", "2026-11-24T06:00"),
        (Pace.DAILY, "2026-11-25T06:00", "2026-11-25T06:00"),
        (Pace.DAILY, "2026-11-25T23:59", "2026-11-25T06:00"),
        (Pace.WEEKLY, "2026-11-23T05:59", "2026-11-16T06:00"),  # Monday
        (Pace.WEEKLY, "2026-11-23T06:00", "2026-11-23T06:00"),
        (Pace.WEEKLY, "2026-11-29T23:00", "2026-11-23T06:00"),  # Sunday
    ],
)
def test_digest_has_its_morning_in_kyiv(pace, now, until):
    def at(text):
        return dt.datetime.fromisoformat(text).replace(tzinfo=HOME)

    assert due_before(pace, at(now).astimezone(dt.UTC)) == at(until)
