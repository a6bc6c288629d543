"""Who is told what, once; mails at once and as digests over a real server; failures wait."""

import datetime as dt

import pytest

from mistok.accounts.actors import Actor
from mistok.accounts.models import Office, User
from mistok.accounts.permissions import Role
from mistok.kernel.errors import Invalid
from mistok.needs.models import Notice, NoticeChoice
from mistok.needs.notices import (
    Posted,
    choose_pace,
    count_unread,
    mark_read,
    pace_of,
    post_notices,
    posting,
    tell,
    unread,
)
from mistok.needs.notices.letters import MOST_LINES
from mistok.needs.notices.posting import HOME, MOST_TRIES, PAUSES
from office_cast import join, person, the_cast
from signing import free_port, mail_server

pytestmark = pytest.mark.django_db
WHAT = {"en": "5 generators", "uk": "5 генераторів"}
QUESTION = {
    "kind": "need_question",
    "subject": "need_abc",
    "params": {"who": "Dortmund", "what": WHAT},
}
TUESDAY = dt.datetime(2026, 11, 24, 12, tzinfo=HOME)
MORNING = dt.datetime(2026, 11, 25, 6, 10, tzinfo=HOME)
MONDAY = dt.datetime(2026, 11, 30, 6, 10, tzinfo=HOME)


@pytest.fixture
def people():
    return the_cast()


@pytest.fixture
def letters(settings):
    with mail_server(settings) as mailbox:
        yield mailbox


@pytest.fixture
def no_server(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_USE_TLS = False


def told(user, count=1, *, at=TUESDAY, pace="", **more):
    """Notices of a person, with her choice of pace."""
    for number in range(count):
        tell(**QUESTION | {"subject": f"need_{number}"} | more, people=[user], at=at)
    if pace:
        choose_pace(person=user, pace=pace)
    return user


def whom():
    return set(Notice.objects.values_list("person__email", flat=True))


def test_people_who_do_the_work_of_an_office_are_told(people):
    assert tell(**QUESTION, offices=[people.home]) == 1
    assert whom() == {"officer@example.org"}
    kept = Notice.objects.get()
    assert (kept.kind, kept.subject, kept.params) == tuple(QUESTION.values())
    assert str(kept) == "need_question need_abc"


def test_approval_is_the_approvers_work(people):
    tell(kind="appeal_submitted", subject="appeal_a", params={"title": "T"}, offices=[people.home])
    assert whom() == {"approver@example.org"}


def test_roles_may_be_named(people):
    roles = [Role.OFFICER, Role.AUDITOR]
    assert tell(**QUESTION, offices=[people.home], roles=roles) == 2
    assert whom() == {"officer@example.org", "auditor@example.org"}


def test_who_did_it_is_not_told_and_nobody_is_told_twice(people):
    second = person("second-officer")
    join(second, people.home, Role.OFFICER)
    both = {"offices": [people.home, people.partner], "people": [people.officer]}
    assert tell(**QUESTION, **both, but=Actor(user=people.officer)) == 2
    assert whom() == {"second-officer@example.org", "partner-officer@example.org"}
    assert tell(**QUESTION, **both, but=people.partner_officer) == 2
    assert tell(**QUESTION, **both, but=Actor.at_the_shell()) == 3


def test_whoever_is_gone_is_told_nothing(people):
    now = dt.datetime.now(dt.UTC)
    User.objects.filter(pk=people.officer.pk).update(is_active=False)
    User.objects.filter(pk=people.donor.pk).update(erased_at=now)
    people.donor.refresh_from_db()
    Office.objects.filter(pk=people.partner.pk).update(state="suspended")
    assert tell(**QUESTION, offices=[people.home, people.partner], people=[people.donor]) == 0
    assert not Notice.objects.exists()


def test_same_thing_is_told_once_where_this_is_asked(people):
    params = {"what": "ліжка", "day": "2026-12-01"}
    due = {"kind": "publication_due", "subject": "need_a", "offices": [people.home], "once": True}
    assert tell(**due, params=params) == 1
    assert tell(**due, params=dict(reversed(params.items()))) == 0
    assert tell(**due, params=params | {"day": "2026-12-02"}) == 1


@pytest.mark.parametrize(
    "wrong", [{"kind": "gossip"}, {"params": {"who": "Dortmund"}}, {"params": {}}]
)
def test_sentence_without_its_words_is_a_mistake_of_the_caller(people, wrong):
    with pytest.raises(ValueError, match="Give"):
        tell(**QUESTION | wrong, offices=[people.home])
    assert not Notice.objects.exists()


def test_reading_marks_ones_own_only(people):
    told(people.officer, 3), told(people.donor)
    hers = list(unread(people.officer).values_list("pk", flat=True))
    others = list(unread(people.donor).values_list("pk", flat=True))
    assert mark_read(person=people.officer, numbers=[hers[0], *others]) == 1
    assert (count_unread(people.officer), count_unread(people.donor)) == (2, 1)
    assert mark_read(person=people.officer, until=TUESDAY - dt.timedelta(minutes=1)) == 0
    assert mark_read(person=people.officer, until=TUESDAY) == 2
    assert mark_read(person=people.officer) == 0


def test_unread_are_counted_with_one_query(people, django_assert_num_queries):
    told(people.officer, 3)
    with django_assert_num_queries(1):
        assert count_unread(people.officer) == 3


def test_pace_is_at_once_until_another_is_chosen(people):
    assert pace_of(people.officer) == "at_once"
    choose_pace(person=people.officer, pace="weekly")
    choose_pace(person=people.officer, pace="daily")
    assert pace_of(people.officer) == "daily"
    assert str(NoticeChoice.objects.get()) == "daily"
    with pytest.raises(Invalid, match="hourly"):
        choose_pace(person=people.officer, pace="hourly")


def test_notice_is_mailed_at_once_in_her_language_with_its_page(people, letters, settings):
    settings.MISTOK_ADDRESS = "https://mistok.example"
    User.objects.filter(pk=people.officer.pk).update(language="uk")
    told(people.officer)
    assert post_notices(TUESDAY) == Posted(sent=1, failed=0, given_up=0)
    assert letters[0]["To"] == people.officer.email
    assert "5 генераторів" in letters.subjects()[0]
    assert "https://mistok.example/uk/needs/need_0/\n" in letters.text()
    assert "https://mistok.example/uk/notices/" in letters.text()
    assert post_notices(TUESDAY) == Posted(0, 0, 0)
    assert len(letters) == 1


def test_what_waits_goes_out_in_one_letter_and_a_long_list_is_cut(people, letters):
    told(people.officer, MOST_LINES + 2)
    assert post_notices(TUESDAY).sent == 1
    assert letters.subjects() == [f"{MOST_LINES + 2} notices from Mistok"]
    assert letters.text().count("/en/needs/need_") == MOST_LINES
    assert "2 more notices are on the page" in letters.text()


def test_subject_is_one_line_whatever_a_place_is_called(people, letters):
    told(people.officer, params={"who": "Dortmund\r\nBcc: all@example.org", "what": "x" * 300})
    assert post_notices(TUESDAY).sent == 1
    assert letters.subjects()[0].strip().startswith("Dortmund Bcc: all@example.org asks")
    assert letters[0]["Bcc"] is None


@pytest.mark.parametrize(("pace", "when"), [("daily", MORNING), ("weekly", MONDAY)])
def test_digest_comes_once_after_its_morning(people, letters, pace, when):
    told(people.officer, 2, pace=pace)
    assert post_notices(TUESDAY + dt.timedelta(hours=9)).sent == 0
    assert post_notices(when - dt.timedelta(minutes=11)).sent == 0
    assert post_notices(when).sent == 1
    told(people.officer, at=when + dt.timedelta(hours=1))
    assert post_notices(when + dt.timedelta(hours=15)).sent == 0
    assert post_notices(when + dt.timedelta(days=7)).sent == 1
    assert letters.subjects()[0] == "2 notices from Mistok"


def test_what_was_read_is_not_in_the_digest(people, letters):
    told(people.officer, 2, pace="daily")
    mark_read(person=people.officer, numbers=[unread(people.officer).first().pk])
    assert post_notices(MORNING).sent == 1
    assert letters.text().count("/en/needs/need_") == 1
    mark_read(person=told(people.officer))
    assert post_notices(MORNING + dt.timedelta(days=1)).sent == 0


def test_who_wants_the_page_only_gets_no_mail_until_she_chooses_otherwise(people, letters):
    told(people.officer, pace="page")
    assert post_notices(MORNING) == Posted(0, 0, 0)
    choose_pace(person=people.officer, pace="at_once")
    assert post_notices(MORNING).sent == 1


@pytest.mark.parametrize("gone", [{"is_active": False}, {"erased_at": TUESDAY}])
def test_mail_to_who_has_gone_since_is_not_sent(people, letters, gone):
    told(people.officer)
    User.objects.filter(pk=people.officer.pk).update(**gone)
    assert post_notices(TUESDAY) == Posted(0, 0, 0)
    assert letters == []


def test_server_that_is_away_is_tried_again_with_growing_pauses(people, no_server, request):
    told(people.officer, 2)
    now = TUESDAY
    for number, pause in enumerate(PAUSES, 1):
        assert post_notices(now) == Posted(sent=0, failed=1, given_up=0)
        row = Notice.objects.first()
        assert (row.tries, row.mailed_at, row.next_try_at) == (number, None, now + pause)
        assert row.failure == "ConnectionRefusedError"
        assert post_notices(now + pause - dt.timedelta(seconds=1)) == Posted(0, 0, 0)
        now += pause
    letters = request.getfixturevalue("letters")
    assert post_notices(now).sent == 1
    assert letters.subjects() == ["2 notices from Mistok"]


def test_mail_is_given_up_in_the_end_and_the_notice_stays_on_the_page(people, no_server):
    told(people.officer)
    Notice.objects.update(tries=MOST_TRIES - 1)
    assert post_notices(TUESDAY) == Posted(sent=0, failed=1, given_up=1)
    assert post_notices(TUESDAY + dt.timedelta(days=30)) == Posted(0, 0, 0)
    assert count_unread(people.officer) == 1


def test_address_that_is_none_holds_up_nobody(people, letters):
    User.objects.filter(pk=told(people.officer).pk).update(email="no address\n@example.org")
    told(people.donor)
    assert post_notices(TUESDAY) == Posted(sent=1, failed=1, given_up=0)
    assert letters[0]["To"] == people.donor.email


def test_notice_that_another_run_has_taken_is_not_sent_again(people, letters, monkeypatch):
    """The other run claims after this one has seen who waits, and before it claims itself."""
    told(people.officer)
    seen = posting._people_waiting

    def overtaken(now):
        for user in list(seen(now)):
            posting._claim(user, now)
            yield user

    monkeypatch.setattr(posting, "_people_waiting", overtaken)
    assert post_notices(TUESDAY) == Posted(0, 0, 0)
    assert letters == []
