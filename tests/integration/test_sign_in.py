"""Signing up and in as people do it: letters over a real mail server, limits, no telling."""

import datetime as dt
import re

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from mistok.accounts.models import User
from mistok.provenance.models import AuditEvent
from signing import OLENA, STRONG, a_person, free_port, is_in, mail_server, sign_in

pytestmark = pytest.mark.django_db
NEW = "another river with two banks"
CODE = re.compile(r"^([A-Z0-9-]{6,9})$", re.MULTILINE)


@pytest.fixture
def letters(settings):
    with mail_server(settings) as mailbox:
        yield mailbox


def page(answer):
    return answer.content.decode()


def verbs():
    return list(AuditEvent.objects.order_by("at").values_list("verb", flat=True))


def sign_up(client, email=OLENA, language="en"):
    return client.post(
        f"/{language}/account/signup/", {"email": email, "password1": STRONG}, follow=True
    )


def test_account_is_made_and_confirmed_by_the_link_of_a_letter(client, letters):
    assert "We have sent you a letter" in page(sign_up(client))
    assert letters[0]["To"] == OLENA
    assert not is_in(client)
    assert OLENA in page(client.get(letters.link()))
    assert client.post(letters.link())["Location"] == "/en/account/"
    assert is_in(client)
    person = User.objects.get()
    assert (person.email, person.is_staff, person.get_all_permissions()) == (OLENA, False, set())


def test_letter_speaks_the_language_of_the_page(client, letters):
    sign_up(client, language="uk")
    assert letters.link().startswith("/uk/account/confirm-email/")


def test_link_confirms_in_another_browser_too_but_lets_nobody_in_there(client, letters):
    sign_up(client)
    elsewhere = Client()
    assert elsewhere.post(letters.link())["Location"] == "/en/account/login/"
    assert not is_in(elsewhere)
    assert sign_in(elsewhere).status_code == 302
    assert is_in(elsewhere)


def test_link_that_has_expired_says_so_and_what_to_do(client, letters, monkeypatch):
    sign_up(client)
    later = timezone.now() + dt.timedelta(days=4)
    monkeypatch.setattr("time.time", later.timestamp)
    text = page(client.get(letters.link()))
    assert "This link is no longer good" in text
    assert "Yes, confirm it" not in text
    assert client.post(letters.link()).status_code == 404


def test_nobody_signs_in_before_the_address_is_confirmed(client, letters):
    sign_up(client)
    elsewhere = Client()
    assert sign_in(elsewhere)["Location"] == "/en/account/confirm-email/"
    assert not is_in(elsewhere)


def test_password_signs_in_and_leaves_a_trace_by_public_id(client, letters):
    person = a_person()
    assert sign_in(client)["Location"] == "/en/account/"
    assert is_in(client)
    event = AuditEvent.objects.get(verb="signed_in")
    assert (event.actor, event.subject) == (person.public_id,) * 2
    assert event.after == {"by": ["password"]}
    client.post("/en/account/logout/")
    assert not is_in(client)
    assert verbs() == ["signed_in", "signed_out"]
    assert OLENA not in str(list(AuditEvent.objects.values()))


def test_signing_out_twice_changes_nothing(client):
    assert client.post("/en/account/logout/")["Location"] == "/en/"
    assert verbs() == []


def test_address_in_capitals_is_the_same_person(client):
    a_person()
    assert sign_in(client, "OLENA@Example.org").status_code == 302


def test_wrong_password_and_unknown_address_read_alike(client):
    a_person()
    texts = [
        re.sub(r'value="[^"]*"', "", page(sign_in(client, email, "a wrong one of some length")))
        for email in (OLENA, "nobody@example.org")
    ]
    assert "do not belong together" in texts[0]
    assert texts[0] == texts[1]
    event = AuditEvent.objects.get()
    assert (event.verb, event.actor) == ("refused_sign_in", "nobody")


def test_mistake_is_bound_to_its_field_and_named_in_the_title(client):
    text = page(client.post("/en/account/login/", {"login": "no address", "password": ""}))
    assert "<title>Error: Sign in" in text
    for name in ("login", "password"):
        tag = re.search(rf'<input id="id_{name}"[^>]*>', text)[0]
        assert 'aria-invalid="true"' in tag
        assert f'aria-describedby="id_{name}-error' in tag
        assert f'id="id_{name}-error"' in text
    assert STRONG not in page(sign_in(client, "no address"))


def test_sign_up_with_a_known_address_reads_as_any_other_and_tells_its_owner(client, letters):
    a_person()
    known = sign_up(client)
    fresh = sign_up(Client(), "taras@example.org")
    assert known.redirect_chain == fresh.redirect_chain
    assert page(known) == page(fresh)
    assert letters.subjects() == [
        "You have an account with Mistok",
        "Confirm your address for Mistok",
    ]
    assert User.objects.filter(email=OLENA).count() == 1


def test_new_password_and_code_tell_nobody_whether_an_account_exists(client, letters):
    a_person()
    for path in ("password/reset/", "login/code/"):
        answers = [
            Client().post(f"/en/account/{path}", {"email": email})
            for email in (OLENA, "nobody@example.org")
        ]
        assert answers[0]["Location"] == answers[1]["Location"]
    assert letters.subjects() == [
        "A new password for Mistok",
        "No account with this address",
        "Your code for Mistok",
        "No account with this address",
    ]


def test_forgotten_password_is_set_by_a_link_that_works_once(client, letters):
    a_person()
    thief = Client()
    sign_in(thief)
    client.post("/en/account/password/reset/", {"email": OLENA})
    link = letters.link()
    form = client.get(link)["Location"]
    client.post(form, {"password1": NEW, "password2": NEW})
    assert letters.subjects()[-1] == "Your Mistok password was changed"
    assert not is_in(thief)
    assert "This link is no longer good" in page(Client().get(link))
    assert sign_in(Client(), password=STRONG).status_code == 200
    assert sign_in(Client(), password=NEW).status_code == 302


def test_code_from_a_letter_signs_in_without_a_password(client, letters):
    a_person(password="")
    client.post("/en/account/login/code/?next=/en/ties/", {"email": OLENA})
    code = CODE.search(letters.text())[1]
    form = "/en/account/login/code/confirm/"
    assert "This code is not right" in page(client.post(form, {"code": "NOTTHIS"}))
    answer = client.post(form, {"code": code.lower(), "next": "/en/ties/"})
    assert answer["Location"] == "/en/ties/"
    assert is_in(client)


def test_code_can_be_mailed_again_and_is_void_after_three_wrong_ones(client, letters):
    a_person()
    client.post("/en/account/login/code/", {"email": OLENA})
    form = "/en/account/login/code/confirm/"
    client.post(form, {"action": "resend"})
    assert len(letters) == 2
    code = CODE.search(letters.text())[1]
    for _attempt in range(3):
        answer = client.post(form, {"code": "NOTTHIS"}, follow=True)
    assert "Too many attempts have failed" in page(answer)
    client.post(form, {"code": code})
    assert not is_in(client)


def test_account_is_locked_for_a_while_after_five_wrong_passwords(client):
    a_person()
    texts = [page(sign_in(client, password=f"wrong number {n}")) for n in range(6)]
    assert "do not belong together" in texts[4]
    assert "Too many attempts have failed" in texts[5]
    assert "Too many attempts have failed" in page(sign_in(client))
    assert not is_in(client)


def test_limit_of_a_page_is_refused_in_a_sentence_with_a_next_step(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"signup": "1/m/ip"}
    client.post("/uk/account/signup/", {"email": "x"})
    answer = client.post("/en/account/signup/", {"email": "x"})
    assert answer.status_code == 429
    assert "There were too many attempts from here. Wait a few minutes" in page(answer)
    assert "/en/places/" in page(answer)


@pytest.mark.parametrize(
    "wish", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"]
)
def test_next_leads_nowhere_outside(client, wish):
    a_person()
    assert sign_in(client, next=wish)["Location"] == "/en/account/"
    assert client.get("/en/account/login/", {"next": wish})["Location"] == "/en/account/"


def test_next_leads_back_to_the_page(client):
    a_person()
    assert "/uk/account/login/?next=/uk/about/" in page(client.get("/uk/about/"))
    assert "?next=" not in page(client.get("/uk/account/login/"))
    assert sign_in(client, next="/uk/ties/?page=2")["Location"] == "/uk/ties/?page=2"


def test_closed_account_signs_nobody_in(client, letters):
    a_person(is_active=False)
    sign_in(client)
    assert not is_in(client)
    client.post("/en/account/login/code/", {"email": OLENA})
    assert CODE.search(letters.text()) is None


def test_password_change_ends_the_other_sessions_and_is_told_by_letter(client, letters):
    a_person()
    thief = Client()
    sign_in(thief)
    sign_in(client)
    form = {"oldpassword": STRONG, "password1": NEW, "password2": NEW}
    wrong = client.post("/en/account/password/change/", form | {"oldpassword": "x"})
    assert "not your present password" in page(wrong)
    client.post("/en/account/password/change/", form, headers={"user-agent": "O'Browser & <co>"})
    assert is_in(client)
    assert not is_in(thief)
    assert letters.subjects() == ["Your Mistok password was changed"]
    assert "127.0.0.1" in letters.text()
    assert "O'Browser & <co>" in letters.text()
    assert "sign_in_password_changed" in verbs()


def test_address_changes_when_the_new_one_is_confirmed(client, letters):
    person = a_person()
    sign_in(client)
    path = "/en/account/email/"
    client.post(path, {"email": "new@example.org", "action_add": ""}, follow=True)
    if not letters:  # asked whether it is really her: the form is kept and goes on
        client.post(f"/en/account/reauthenticate/?next={path}", {"password": STRONG})
    person.refresh_from_db()
    assert person.email == OLENA
    assert "new@example.org" in page(client.get(path))
    client.post(letters.link())
    person.refresh_from_db()
    assert person.email == "new@example.org"
    assert (letters[-1]["To"], letters[-1]["Subject"]) == (OLENA, "Your Mistok address was changed")


def test_address_of_another_person_is_not_taken(client, letters):
    a_person()
    other = a_person("taras@example.org")
    sign_in(client)
    client.post("/en/account/email/", {"email": "taras@example.org", "action_add": ""})
    client.post("/en/account/reauthenticate/?next=/en/account/email/", {"password": STRONG})
    assert [letter["To"] for letter in letters] in ([], ["taras@example.org"])
    other.refresh_from_db()
    assert User.objects.get(email=OLENA)


def test_mail_server_that_does_not_answer_is_told_in_a_sentence(client, letters, settings):
    settings.EMAIL_PORT = free_port()
    answer = client.post("/en/account/password/reset/", {"email": OLENA})
    assert answer.status_code == 503
    assert "The letter could not be sent" in page(answer)
    a_person()
    sign_in(client)
    form = {"oldpassword": STRONG, "password1": NEW, "password2": NEW}
    assert client.post("/en/account/password/change/", form).status_code == 302
    assert User.objects.get().check_password(NEW)


@pytest.mark.parametrize("path", ["signup/", "password/reset/", "login/code/"])
def test_page_says_when_letters_cannot_be_sent_and_whom_to_ask(client, settings, path):
    settings.MISTOK_CONTACT = "help@oblast.example"
    text = page(client.get(f"/en/account/{path}"))
    assert "This server cannot send letters yet. Ask help@oblast.example" in text
    settings.MISTOK_MAIL_HOST = "mail.example"
    assert "cannot send letters" not in page(client.get(f"/en/account/{path}"))


def test_without_a_mail_server_letters_become_files_that_only_staff_are_told_of(client, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    folder = settings.MISTOK_MAIL_FOLDER
    known = set(folder.glob("*"))
    sign_up(client, "laptop@example.org")
    (letter,) = set(folder.glob("*")) - known
    assert "/confirm-email/" in letter.read_text()
    assert str(folder) not in page(client.get("/en/account/signup/"))
    steward, other = a_person("steward@example.org", is_staff=True), a_person()
    for person, told in ((steward, True), (other, False)):
        client.force_login(person)
        assert (str(folder) in page(client.get("/en/account/"))) is told


def test_session_lasts_twelve_hours_and_scripts_cannot_read_its_cookie(client):
    a_person()
    cookie = sign_in(client).cookies["sessionid"]
    assert cookie["max-age"] == 12 * 60 * 60
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert django_settings.SESSION_COOKIE_SECURE is django_settings.HTTPS


def test_secrets_of_links_stay_out_of_the_log(client, letters, caplog):
    caplog.set_level("INFO")
    sign_up(client)
    key = letters.link().rstrip("/").rpartition("/")[2]
    client.get(letters.link())
    client.post("/en/account/password/reset/", {"email": OLENA})
    client.get(letters.link())
    assert "/confirm-email/…/" in caplog.text
    assert "/password/reset/key/…/" in caplog.text
    assert key not in caplog.text
