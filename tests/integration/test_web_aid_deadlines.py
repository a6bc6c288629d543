"""The board of days of an office's aid: late first, with a picture, corrected by an act."""

import datetime as dt
import secrets

import pytest
import web_aid_cast as cast
from django.utils import timezone
from web_aid_cast import TODAY, browser, main_of, page, send

from mistok.aid.models import AidDeadline
from mistok.kernel.ids import public_id

pytestmark = pytest.mark.django_db
people = cast.needy


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path):
    settings.MISTOK_DATA = tmp_path


def deadlines(work):
    return f"deadlines/{work.office.public_id}/"


def due(consignment, days, *, rule="R05", **fields):
    """A day that is so many days away."""
    sound = {
        "public_id": public_id("deadline", secrets.token_hex(8)),
        "consignment": consignment,
        "rule": rule,
        "start": TODAY - dt.timedelta(days=60),
        "due_on": TODAY + dt.timedelta(days=days),
        "computed_at": timezone.now(),
    }
    return AidDeadline.objects.create(**sound | fields)


@pytest.fixture
def board(people):
    """One late, one today, one soon, one later, one done."""
    names = {"Late one": -3, "Due one": 0, "Near one": 5, "Far one": 60, "Done one": -10}
    rows = {}
    for title, days in names.items():
        made = cast.coming(people.home, title=title)
        rows[title] = due(made, days, done_on=TODAY if title == "Done one" else None)
    return rows


def test_late_days_come_first_and_tell_what_they_block(people, board):
    told = page(browser(people.home.officer), deadlines(people.home))
    table = told.split("How near", 1)[1]
    order = [table.index(name) for name in ("Late one", "Due one", "Near one", "Far one")]
    assert order == sorted(order)
    assert "3 days late" in told
    assert "due today" in told
    assert "in 5 days" in told
    assert "No new declaration: report for Late one is 3 days late." in told
    assert "Done one" not in told
    assert "1 late, 2 soon, 1 later." in told


def test_done_days_are_shown_when_asked(people, board):
    told = page(browser(people.home.officer), f"{deadlines(people.home)}?done=1")
    assert "Done one" in told


def test_picture_has_a_point_for_each_open_day(people, board):
    client = browser(people.home.officer)
    shown = client.get(f"/en/aid/{deadlines(people.home)}").content.decode()
    picture = shown.split('class="way"')[1].split("</svg>")[0]
    assert picture.count("<circle") == 4
    assert "<title" in picture


def test_office_without_days_is_told_so(people):
    told = page(browser(people.partner.officer), deadlines(people.partner))
    assert "No day of the law runs" in told


def test_day_is_corrected_by_an_act_with_its_reason(people, board):
    client = browser(people.home.approver, factor=True)
    late = board["Late one"]
    path = f"{deadlines(people.home)}?day={late.public_id}"
    assert "Correct the day" in page(client, path)
    answer = send(client, path, "correct", 400, how="told", due_on="", reason="Extended.")
    assert "Write the new day" in main_of(answer)
    later = (TODAY + dt.timedelta(days=4)).isoformat()
    answer = send(client, path, "correct", 400, how="told", due_on=later, reason="")
    assert "Reason: This field is required" in main_of(answer)
    send(client, path, "correct", how="told", due_on=later, reason="Order 7 extends it.")
    made = AidDeadline.objects.get(corrects=late)
    assert made.due_on.isoformat() == later
    told = page(client, deadlines(people.home))
    assert "corrected: Order 7 extends it." in told
    assert "3 days late" not in told
    answer = send(client, path, "correct", 409, how="told", due_on=later, reason="Again.")
    assert "corrected already" in main_of(answer)


def test_day_is_counted_anew_by_the_rule(people, board):
    client = browser(people.home.approver, factor=True)
    far = board["Far one"]
    path = f"{deadlines(people.home)}?day={far.public_id}"
    send(client, path, "correct", how="counted", due_on="", reason="It was typed wrongly.")
    made = AidDeadline.objects.get(corrects=far)
    assert made.due_on == far.start + dt.timedelta(days=90)


def test_nobody_corrects_but_who_approves_with_a_second_factor(people, board):
    path = f"{deadlines(people.home)}?day={board['Late one'].public_id}"
    who = cast.crew(people)
    told = {"how": "counted", "reason": "No."}
    assert "Correct the day" not in page(who.officer, path)
    send(who.officer, path, "correct", 400, **told)
    send(browser(people.home.approver), path, "correct", 403, **told)
    assert not AidDeadline.objects.exclude(corrects=None).exists()


def test_day_of_another_office_is_not_found(people, board):
    client = browser(people.partner.approver, factor=True)
    path = f"{deadlines(people.partner)}?day={board['Late one'].public_id}"
    page(client, path, 404)


@pytest.mark.parametrize("language", ["en", "uk"])
def test_late_days_stand_above_the_desk_and_on_the_page_of_the_consignment(people, board, language):
    client = browser(people.home.officer)
    told = page(client, f"desk/{people.home.office.public_id}/", language=language)
    assert told.index("Late one") < told.index("Far one")
    one = board["Late one"].consignment
    told = page(client, f"{one.public_id}/", language=language)
    assert {"en": "3 days late", "uk": "3 дні"}[language] in told


@pytest.mark.parametrize("language", ["en", "uk"])
def test_board_renders_in_both_languages(people, board, language):
    client = browser(people.home.approver, factor=True)
    assert "Late one" in page(client, deadlines(people.home), language=language)


def test_officer_says_that_what_was_due_is_done(people):
    made = cast.in_books(people.home)
    row = due(made, 4, rule="R08", start=TODAY - dt.timedelta(days=1))
    client = browser(people.home.officer)
    assert f"?day={row.public_id}#act-done" in client.get(
        f"/en/aid/{deadlines(people.home)}"
    ).content.decode().replace("&amp;", "&")
    path = f"{deadlines(people.home)}?day={row.public_id}"
    send(client, path, "done", 400, day=(TODAY + dt.timedelta(days=1)).isoformat())
    send(client, path, "done", day=TODAY.isoformat())
    row.refresh_from_db()
    assert row.done_on == TODAY
    assert "No day of the law runs" in page(client, deadlines(people.home))


def test_report_is_not_ended_by_hand(people, board):
    client = browser(people.home.officer)
    shown = client.get(f"/en/aid/{deadlines(people.home)}").content.decode()
    assert "#act-done" not in shown
    path = f"{deadlines(people.home)}?day={board['Near one'].public_id}"
    answer = send(client, path, "done", 409, day=TODAY.isoformat())
    assert "its own record" in main_of(answer)
