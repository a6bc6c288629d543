"""The one-time link of a letter, and the same answer from an account: two steps, never twice."""

import datetime as dt
import re

import appeals_cast
import needs_cast
import pytest
from django.core import mail
from django.db import transaction
from hypothesis import HealthCheck, given
from hypothesis import settings as limits
from hypothesis import strategies as st
from needs_cast import TODAY, steps
from web_answers_cast import (
    a_letter,
    a_link,
    a_need,
    checked,
    hidden_of,
    link_url,
    sent,
    text_of,
    titles_of,
    yesterday,
)

from mistok.needs.models import Answer, AnswerLink, Commitment, Need

pytestmark = pytest.mark.django_db
people = needs_cast.needy
WHO = {"name": "Anna Schmidt", "role": "Office of the lord mayor", "word": "received"}
SOON = (TODAY + dt.timedelta(days=30)).isoformat()


@pytest.fixture
def letter(people):
    """A letter that asks for eight generators and three ambulances."""
    return a_letter(people, [a_need(people.home, 8), a_need(people.home, 3, item="ambulance")])


def counts():
    return Answer.objects.count(), Commitment.objects.count()


def test_reading_and_checking_change_nothing(client, letter):
    token = a_link(letter)
    for method in (client.get, client.head):
        answer = method(link_url(token))
        assert answer.status_code == 200
        assert answer["Referrer-Policy"] == "strict-origin"
        assert answer["X-Robots-Tag"] == "noindex"
        assert "no-store" in answer["Cache-Control"]
    checked(client, link_url(token), **WHO | {"line1-how": "full"})
    assert counts() == (0, 0)
    link = AnswerLink.objects.get()
    assert (link.used_at, link.withdrawn_at) == (None, None)


def test_page_tells_the_letter_in_both_languages(client, letter):
    token = a_link(letter)
    for language, word in (("en", "genuine"), ("uk", "+380412481212")):
        answer = client.get(link_url(token, language))
        assert titles_of(answer)[0]
        page = text_of(answer)
        assert "8 Dieselgeneratoren" in page
        assert "7/2026" in page
        assert word in page.lower()
    assert client.get(f"/answer/{token}/").status_code == 302


def test_whole_answer_is_kept_once(client, people, letter):
    token = a_link(letter)
    told = WHO | {
        "line1-how": "part",
        "line1-amount": "2",
        "line1-day": SOON,
        "line1-note": "With trailers.",
        "line2-how": "alternative",
        "line2-amount": "1",
        "line2-instead": "A minibus",
        "question": "Which plug?",
    }
    ready = checked(client, link_url(token), **told)
    first = client.post(link_url(token), ready)
    assert (first.status_code, first.url) == (302, link_url(token))
    part, other = Commitment.objects.order_by("covers", "pk").reverse()
    assert (part.state, part.covers, part.note) == ("made", steps(2), "With trailers.")
    assert (other.state, other.form, other.instead) == ("proposed", "alternative", "A minibus")
    kinds = Answer.objects.values_list("kind", "by_name")
    assert set(kinds) == {
        ("acknowledged", "Anna Schmidt, Office of the lord mayor, Dortmund"),
        ("question", "Anna Schmidt, Office of the lord mayor, Dortmund"),
    }
    again = client.post(link_url(token), ready)
    assert again.status_code == 409
    assert "was used on" in text_of(again)
    assert counts() == (2, 2)
    page = text_of(client.get(link_url(token)))
    assert "Which plug?" in page
    assert "p…@dortmund.example" in page
    assert "post@dortmund.example" not in page


def test_change_shows_the_form_as_it_was_filled_in(client, letter):
    token = a_link(letter)
    ready = checked(client, link_url(token), **WHO | {"line1-how": "part", "line1-amount": "3"})
    page = client.post(link_url(token), ready | {"step": "change"}).content.decode()
    assert 'name="line1-amount" value="3"' in page
    assert 'value="Anna Schmidt"' in page


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"line1-how": "part"}, "for how much"),
        ({"line1-how": "part", "line1-amount": "0"}, "amount"),
        ({"line1-how": "part", "line1-amount": "-1"}, "amount"),
        ({"line1-how": "part", "line1-amount": "1e30"}, "amount"),
        ({"line1-how": "part", "line1-amount": "about 5"}, "about"),
        ({"line1-how": "part", "line1-amount": "2 kg"}, "pieces"),
        ({"line1-how": "alternative", "line1-amount": "1"}, "give instead"),
        ({"line1-amount": "1"}, "how you answer"),
        ({"line1-how": "full", "line1-day": "2020-01-01"}, "has passed"),
        ({"line1-how": "full", "line1-day": "soon"}, "no day"),
        ({"line1-how": "everything"}, "cannot be said"),
        ({"word": "refused"}, "why"),
        ({"word": "refused", "reason": "No.", "line1-how": "full"}, "you can help"),
        ({"name": ""}, "required"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(client, letter, wrong, word):
    token = a_link(letter)
    answer = client.post(link_url(token), WHO | {"step": "send"} | wrong)
    assert answer.status_code == 400
    assert word in re.search(r"Not sent.{300}", text_of(answer))[0]
    assert "Error:" in titles_of(answer)[0]
    assert counts() == (0, 0)
    assert AnswerLink.objects.get().used_at is None


def test_dangerous_words_are_refused_and_the_link_stays_good(client, letter):
    token = a_link(letter)
    answer = sent(client, link_url(token), **WHO, question="We unload at 50.25465, 28.65867.")
    assert answer.status_code == 400
    assert "gives away" in text_of(answer)
    assert counts() == (0, 0)
    assert AnswerLink.objects.get().used_at is None


def test_whole_letter_is_refused_with_the_reason(client, letter):
    token = a_link(letter)
    told = WHO | {"word": "refused", "reason": "Our store is empty."}
    assert sent(client, link_url(token), **told).status_code == 302
    refusal = Answer.objects.get(kind="refused")
    assert refusal.text == "Our store is empty."


def test_line_with_which_one_cannot_help_is_told(client, letter):
    token = a_link(letter)
    told = WHO | {"line1-how": "full", "line2-how": "cannot", "line2-note": "We have none."}
    assert sent(client, link_url(token), **told).status_code == 302
    said = Answer.objects.exclude(kind="acknowledged").get().text
    assert "3 Rettungswagen: We have none." in said
    assert Commitment.objects.get().covers == steps(8)
    assert not Answer.objects.filter(kind="refused").exists()


def test_lines_alone_with_which_one_cannot_help_are_a_refusal(client, letter):
    token = a_link(letter)
    assert sent(client, link_url(token), **WHO, **{"line2-how": "cannot"}).status_code == 302
    assert "3 Rettungswagen" in Answer.objects.get(kind="refused").text


def test_more_than_is_open_waits_and_is_told_before(client, letter):
    token = a_link(letter)
    answer = client.post(
        link_url(token), WHO | {"step": "check", "line1-how": "part", "line1-amount": "10"}
    )
    assert "more than is open" in text_of(answer)
    assert client.post(link_url(token), hidden_of(answer) | {"step": "send"}).status_code == 302
    row = Commitment.objects.get()
    assert (row.state, row.surplus) == ("proposed", steps(2))


def test_somebody_else_was_quicker(client, people, letter):
    """In full was eight when it was checked; it does not become a surplus behind one's back."""
    token = a_link(letter)
    ready = checked(client, link_url(token), **WHO | {"line1-how": "full"})
    need = Need.objects.get(item=needs_cast.GENERATOR)
    Need.objects.filter(pk=need.pk).update(still_open=steps(3), committed=steps(5))
    answer = client.post(link_url(token), ready)
    assert answer.status_code == 409
    assert "Only 3 pieces of this need are still open" in text_of(answer)
    assert counts() == (0, 0)


def test_warnings_stand_before_the_last_button(client, letter):
    need = Need.objects.get(item="ambulance")
    Need.objects.filter(pk=need.pk).update(wear_percent=20, shelf_life_months=6)
    late = (need.needed_by + dt.timedelta(days=5)).isoformat()
    told = {"line2-how": "full", "line2-day": late, "line2-wear": "60", "line2-shelf_life": "2"}
    answer = client.post(link_url(a_link(letter)), WHO | {"step": "check"} | told)
    page = text_of(answer)
    for word in ("it is needed by", "worn by 60 %", "2 months more"):
        assert word in page


def test_earlier_commitment_is_taken_back(client, letter):
    sent(client, link_url(a_link(letter)), **WHO | {"line1-how": "full"})
    row = Commitment.objects.get()
    token = a_link(letter)
    page = client.get(link_url(token)).content.decode()
    assert f'name="back-{row.public_id}"' in page
    assert "all of it is committed" in page
    told = WHO | {f"back-{row.public_id}": "The lorry broke down."}
    assert sent(client, link_url(token), **told).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.reason) == ("withdrawn", "The lorry broke down.")


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"used_at": yesterday()}, "was used on"),
        ({"withdrawn_at": yesterday()}, "replaced by a newer one"),
        ({"expires_at": yesterday()}, "was good until"),
    ],
)
def test_link_that_is_over_says_so_and_offers_a_new_one(client, letter, fields, word):
    token = a_link(letter, **fields)
    page = client.get(link_url(token))
    assert page.status_code == 200
    assert word in text_of(page)
    assert "Send a new link" in text_of(page)
    assert "line1-how" not in page.content.decode()
    assert client.post(link_url(token), WHO | {"step": "send"}).status_code == 409
    assert counts() == (0, 0)


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"state": "recalled"}, "It was forged."),
        ({"state": "closed"}, "was closed"),
        ({"valid_until": TODAY - dt.timedelta(days=1)}, "was good until"),
    ],
)
def test_letter_that_is_over_takes_no_answer(client, people, fields, word):
    addressee = a_letter(people, [a_need(people.home)], **fields)
    token = a_link(addressee, expires_at=yesterday() + dt.timedelta(days=9))
    page = client.get(link_url(token))
    assert page.status_code == 200
    assert word in text_of(page)
    assert "Send a new link" not in text_of(page)
    assert client.post(link_url(token), WHO | {"step": "send"}).status_code == 409


def test_line_that_was_withdrawn_takes_no_answer(client, letter):
    Need.objects.filter(item="ambulance").update(
        state="withdrawn", still_open=0, withdrawn=steps(3)
    )
    page = client.get(link_url(a_link(letter)))
    assert "it was withdrawn" in text_of(page)
    assert "line2-how" not in page.content.decode()


@pytest.mark.parametrize("token", ["x", "a" * 300, "%F0%9F%9A%9A"])
def test_unknown_link_is_told(client, people, token):
    for url in (f"/en/answer/{token}/", f"/en/answer/confirm/{token}/"):
        assert client.get(url).status_code == 404
        assert client.post(url, WHO).status_code == 404


def test_new_link_goes_to_the_address_of_the_letter_alone(client, settings, letter):
    settings.MISTOK_MAIL_HOST = "mail.example"
    token = a_link(letter, used_at=yesterday())
    for _time in range(3):
        answer = client.post(link_url(token), {"step": "new_link"}, follow=True)
        assert "on its way" in text_of(answer)
    assert {tuple(one.to) for one in mail.outbox} == {("post@dortmund.example",)}
    assert "Look into the mailbox" in text_of(
        client.post(link_url(token), {"step": "new_link"}, follow=True)
    )
    assert token not in mail.outbox[0].body


def test_mail_that_cannot_leave_is_told(client, settings, letter):
    settings.MISTOK_MAIL_HOST = ""
    token = a_link(letter, used_at=yesterday())
    answer = client.post(link_url(token), {"step": "new_link"}, follow=True)
    assert "could not be sent" in text_of(answer)


def test_letter_that_went_by_hand_has_no_address(client, letter):
    type(letter).objects.filter(pk=letter.pk).update(email="")
    page = text_of(client.get(link_url(a_link(letter, used_at=yesterday()))))
    assert "no address for a new link" in page


def letter_url(addressee, language="en"):
    return f"/{language}/appeals/{addressee.appeal.public_id}/answer/"


def test_office_answers_from_its_account(client, people, letter):
    client.force_login(people.partner.officer.user)
    url = letter_url(letter)
    for language in ("en", "uk"):
        assert client.get(letter_url(letter, language)).status_code == 200
    told = {"word": "received", "line1-how": "full", "line2-how": "cannot", "question": "When?"}
    assert sent(client, url, **told).status_code == 302
    row = Commitment.objects.get()
    assert (row.giver_office, row.addressee) == (people.partner.office, letter)
    kinds = sorted(Answer.objects.values_list("kind", flat=True))
    assert kinds == ["acknowledged", "question"]
    page = client.get(url).content.decode()
    assert f"/commitments/{row.public_id}/" in page
    assert sent(client, url, word="refused", reason="Not this time.").status_code == 302
    back = {f"back-{row.public_id}": "It was sold."}
    assert sent(client, url, word="received", **back).status_code == 302
    row.refresh_from_db()
    assert row.state == "withdrawn"


def test_of_an_answer_all_is_kept_or_nothing(client, people, letter):
    client.force_login(people.partner.officer.user)
    told = {"word": "received", "line1-how": "full", "line2-how": "full"}
    ready = checked(client, letter_url(letter), **told)
    Need.objects.filter(item="ambulance").update(still_open=steps(1), committed=steps(2))
    answer = client.post(letter_url(letter), ready)
    assert answer.status_code == 409
    assert counts() == (0, 0)


def test_letter_is_answered_by_nobody_else(client, people, letter):
    url = letter_url(letter)
    assert client.get(url).url.startswith("/en/account/login/")
    for other in (people.home.officer, people.second.officer, people.stranger):
        client.force_login(other.user)
        assert client.get(url).status_code == 404
    client.force_login(people.partner.approver.user)
    assert client.get(url).status_code == 403
    assert client.get("/en/appeals/appeal_nothere/answer/").status_code == 404


def test_letter_itself_is_read_without_the_link_that_is_printed_in_it(client, people):
    went = appeals_cast.sent(people.home)
    (letter,) = went.letters
    client.force_login(people.partner.officer.user)
    answer = client.get(letter_url(letter.addressee))
    assert "Kliniken brauchen Wärme" in text_of(answer)
    addresses = re.findall(r"[^\s\"'>]*/answer/[^\s\"'<]*", answer.content.decode())
    assert {one.split("/appeals/")[1] for one in addresses} == {
        f"{letter.addressee.appeal.public_id}/answer/",
        f"{letter.addressee.appeal.public_id}/answer/#main",
    }
    assert "Genuine" in text_of(answer)
    assert client.get(f"/en/verify/{letter.code}/").status_code == 200


STRANGE = st.sampled_from(["", "0", "-1", "1e999", "NaN", "٣", "full", "2026-02-30", "x" * 5000])
FIELDS = ["word", "reason", "question", "name", "line1-open"]
FIELDS += [f"line1-{part}" for part in ("how", "amount", "day", "instead", "note")]


@limits(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.dictionaries(st.sampled_from(FIELDS), STRANGE | st.text(max_size=20)))
def test_form_takes_whatever_is_sent(client, letter, told):
    with transaction.atomic():
        token = a_link(letter)
        for step in ("check", "send"):
            answer = client.post(link_url(token), WHO | told | {"step": step})
            assert answer.status_code in (200, 302, 400, 409)
        transaction.set_rollback(True)


def test_no_log_holds_the_token(client, letter, caplog):
    token = a_link(letter)
    client.get(f"/answer/{token}/", follow=True)
    sent(client, link_url(token), **WHO)
    client.get(f"/en/answer/confirm/{token}/")
    assert "/en/answer/" in caplog.text
    assert token not in caplog.text
