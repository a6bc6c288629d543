"""The page of notices: new ones by a word, read one by one or all, and the choice of pace."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from mistok.needs.models import Notice
from mistok.needs.notices import count_unread, mark_read, pace_of, tell
from office_cast import person
from signing import enters

pytestmark = pytest.mark.django_db
PAGE = "/en/notices/"
NOW = timezone.now()


@pytest.fixture
def reader(client):
    reader = person("reader")
    enters(client, reader)
    return reader


def told(reader, what="5 generators", *, at=NOW):
    tell(
        kind="need_question",
        subject="need_abc",
        params={"who": "Dortmund", "what": what},
        people=[reader],
        at=at,
    )
    return Notice.objects.order_by("pk").last()


def page(client, path=PAGE):
    return re.sub(r"\s+", " ", client.get(path).content.decode())


def test_page_is_for_people_who_signed_in(client):
    assert client.get(PAGE).url.startswith("/en/account/login/")
    assert "Notices" not in page(client, "/en/")


@pytest.mark.parametrize("language", ["en", "uk"])
def test_page_without_notices_says_what_will_come(client, reader, language):
    assert client.get(f"/{language}/notices/").status_code == 200
    assert "You have been told of nothing yet." in page(client)
    assert "Nothing is new." in page(client, PAGE + "?show=unread")
    assert "Mark all as read" not in page(client)


def test_notices_stand_by_day_and_new_ones_are_marked_by_a_word(client, reader):
    told(reader, "beds", at=NOW - dt.timedelta(days=400))
    mark_read(person=reader)
    told(reader, "<b>pumps</b>"), told(reader, "buses")
    text = page(client)
    assert text.count("</span>New</span>") == 2
    assert text.count('<section class="part">') == 2
    assert "&lt;b&gt;pumps&lt;/b&gt;" in text
    assert text.index("buses") < text.index("beds")
    assert text.count('href="/en/needs/need_abc/"') == 3
    only = page(client, PAGE + "?show=unread")
    assert "buses" in only
    assert "beds" not in only


def test_count_of_new_ones_stands_on_every_page(client, reader):
    assert " new)" not in page(client, "/en/account/")
    told(reader), told(reader)
    assert "(2 new)" in page(client, "/en/account/")


def test_one_is_marked_as_read_and_the_filter_stays(client, reader):
    first, _second = told(reader), told(reader)
    answer = client.post(PAGE + "?show=unread", {"number": first.pk})
    assert answer.url == PAGE + "?show=unread"
    assert count_unread(reader) == 1
    assert "1 notice is marked as read." in page(client)


def test_notice_of_another_is_not_marked(client, reader):
    others = told(person("somebody-else"))
    assert client.post(PAGE, {"number": others.pk}).status_code == 302
    assert Notice.objects.get().read_at is None
    assert "0 notices are marked as read." in page(client)


def test_all_that_the_page_showed_are_marked_and_no_newer_ones(client, reader):
    told(reader)
    until = re.search(r'name="until" value="([^"]+)"', page(client))[1]
    told(reader, at=timezone.now() + dt.timedelta(hours=1))
    client.post(PAGE, {"until": until.replace("&#x27;", "'")})
    assert count_unread(reader) == 1


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"until": "yesterday"},
        {"until": "2026-13-45T00:00:00+00:00"},
        {"until": "2026-11-23T00:00:00"},
        {"number": "1' OR 1"},
        {"number": "²"},
        {"number": "9" * 20},
        {"pace": "hourly"},
        {"pace": ""},
    ],
)
def test_form_that_was_changed_is_refused_in_a_sentence(client, reader, changed):
    told(reader)
    answer = client.post(PAGE, changed)
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert count_unread(reader) == 1


def test_number_that_no_database_holds_marks_nothing(client, reader):
    assert client.post(PAGE, {"number": "9" * 19}).status_code == 302


def test_pace_is_chosen(client, reader):
    assert re.search(r'value="at_once" checked', page(client))
    assert client.post(PAGE, {"pace": "weekly"}).status_code == 302
    assert pace_of(reader) == "weekly"
    text = page(client)
    assert "From now on you are told: by mail, once a week." in text
    assert re.search(r'value="weekly" checked', text)


def test_long_list_has_pages(client, reader):
    for number in range(51):
        told(reader, f"thing {number}")
    text = page(client)
    assert "thing 50" in text
    assert "thing 0”" not in text
    assert "thing 0”" in page(client, PAGE + "?page=2")
