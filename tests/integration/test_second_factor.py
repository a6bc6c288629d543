"""Passkeys, apps with codes and recovery codes; who steals a session gets nowhere with it."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client, RequestFactory

from mistok.accounts.actors import Actor
from mistok.accounts.adapter import forget_second_factors
from mistok.accounts.permissions import NEEDS_MFA, Permission, Role, needs_second_factor, roles_with
from mistok.accounts.policies import can, check_can
from mistok.kernel.errors import NotAllowed
from mistok.provenance.models import AuditEvent
from mistok.web.account.browsers import browser_name
from mistok.web.account.middleware import sessions_seen
from office_cast import the_cast
from signing import (
    OLENA,
    STRONG,
    a_person,
    code_of,
    enters,
    is_in,
    mail_server,
    sign_in,
    with_app,
)

pytestmark = pytest.mark.django_db
TOTP = "/en/account/2fa/totp/activate/"
FACTORS = "/en/account/2fa/"
ASKED = "/en/account/reauthenticate/"
STEP = "/en/account/2fa/authenticate/"
CODES = "/en/account/2fa/recovery-codes/"
AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
OPEN = [
    "login/",
    "login/code/",
    "signup/",
    "password/reset/",
    "password/reset/done/",
    "password/reset/key/done/",
    "password/reset/key/1-bad/",
    "confirm-email/",
    "confirm-email/bad/",
    "inactive/",
]
OWN = [
    "",
    "email/",
    "password/change/",
    "reauthenticate/",
    "sessions/",
    "logout/",
    "2fa/",
    "2fa/reauthenticate/",
    "2fa/totp/deactivate/",
    "2fa/recovery-codes/generate/",
    "2fa/webauthn/",
    "2fa/webauthn/add/",
]


@pytest.fixture
def letters(settings, monkeypatch):
    """Letters also of what is told after the transaction, though the test's own never ends."""
    monkeypatch.setattr("django.db.transaction.on_commit", lambda act, **_more: act())
    with mail_server(settings) as mailbox:
        yield mailbox


def page(answer):
    return answer.content.decode()


def shown_again(client, wish):
    """Ask for a page that asks for the password first, and give it."""
    assert client.get(wish)["Location"].startswith(ASKED)
    return client.post(f"{ASKED}?next={wish}", {"password": STRONG})


def set_up(client):
    """An app, from its page to the recovery codes; returns the app's secret and the codes."""
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page(client.get(TOTP)))[1]
    answer = client.post(TOTP, {"code": code_of(secret)}, follow=True)
    return secret, re.findall(r"<code>(\d{8})</code>", page(answer))


def test_app_is_set_up_and_asked_for_at_the_next_sign_in(client, letters):
    a_person()
    sign_in(client)
    assert shown_again(client, TOTP)["Location"] == TOTP
    assert 'src="data:image/svg+xml;base64,' in page(client.get(TOTP))
    assert "This was not accepted" in page(client.post(TOTP, {"code": "000000"}))
    secret, codes = set_up(client)
    assert len(set(codes)) == 10
    assert letters.subjects() == ["A second factor was added to your Mistok account"]

    elsewhere = Client()
    assert sign_in(elsewhere, next="/uk/ties/")["Location"] == STEP
    assert not is_in(elsewhere)
    assert "This was not accepted" in page(elsewhere.post(STEP, {"code": "000000"}))
    assert elsewhere.post(STEP, {"code": code_of(secret)})["Location"] == "/uk/ties/"
    assert is_in(elsewhere)
    assert AuditEvent.objects.get(verb="signed_in", after__by=["password", "mfa"])


def test_code_of_an_app_works_once_and_not_after_its_half_minute(client, monkeypatch):
    with_app(a_person())
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now)
    sign_in(client)
    assert client.post(STEP, {"code": code_of(earlier=2)}).status_code == 200
    assert client.post(STEP, {"code": code_of()}).status_code == 302
    elsewhere = Client()
    sign_in(elsewhere)
    assert "This was not accepted" in page(elsewhere.post(STEP, {"code": code_of()}))
    assert not is_in(elsewhere)


def test_recovery_code_lets_in_once(client, letters):
    a_person()
    sign_in(client)
    shown_again(client, TOTP)
    _secret, codes = set_up(client)
    for expected in (True, False):
        elsewhere = Client()
        sign_in(elsewhere)
        elsewhere.post(STEP, {"code": codes[0]})
        assert is_in(elsewhere) is expected
    assert "9 codes are left" in page(client.get(FACTORS))
    saved = client.get(f"{CODES}download/")
    assert codes[1] in page(saved)
    assert codes[0] not in page(saved)


def test_new_recovery_codes_end_the_old_ones(client, letters):
    a_person()
    sign_in(client)
    shown_again(client, TOTP)
    _secret, codes = set_up(client)
    assert "The old ones stop working" in page(client.get(f"{CODES}generate/"))
    fresh = re.findall(r"<code>(\d{8})</code>", page(client.post(f"{CODES}generate/", follow=True)))
    assert len(fresh) == 10
    assert not set(codes) & set(fresh)
    assert letters.subjects()[-1] == "New recovery codes for your Mistok account"
    elsewhere = Client()
    sign_in(elsewhere)
    elsewhere.post(STEP, {"code": codes[0]})
    assert not is_in(elsewhere)


def test_codes_cannot_be_guessed_on_and_on(client):
    with_app(a_person())
    sign_in(client)
    texts = [page(client.post(STEP, {"code": f"00000{n}"})) for n in range(6)]
    assert "This was not accepted" in texts[4]
    assert "Too many attempts have failed" in texts[5]
    assert "Too many attempts have failed" in page(client.post(STEP, {"code": code_of()}))
    assert not is_in(client)


def test_mailed_code_does_not_get_around_the_second_factor(client, letters):
    with_app(a_person())
    client.post("/en/account/login/code/", {"email": OLENA})
    code = re.search(r"^([A-Z0-9-]{6,9})$", letters.text(), re.MULTILINE)[1]
    assert client.post("/en/account/login/code/confirm/", {"code": code})["Location"] == STEP
    assert not is_in(client)


def test_new_password_by_letter_does_not_get_around_the_second_factor(client, letters):
    with_app(a_person())
    client.post("/en/account/password/reset/", {"email": OLENA})
    form = client.get(letters.link())["Location"]
    client.post(form, {"password1": "two banks and a ferry", "password2": "two banks and a ferry"})
    assert sign_in(client, password="two banks and a ferry")["Location"] == STEP
    assert not is_in(client)


def test_removing_the_app_asks_again_and_ends_its_recovery_codes(client, letters):
    a_person()
    sign_in(client)
    shown_again(client, TOTP)
    set_up(client)
    assert client.post("/en/account/2fa/totp/deactivate/")["Location"] == FACTORS
    assert not Authenticator.objects.exists()
    assert letters.subjects()[-1] == "A second factor was removed from your Mistok account"


@pytest.mark.parametrize(
    "wish",
    [
        TOTP,
        "/en/account/2fa/webauthn/add/",
        f"{CODES}generate/",
        "/en/account/2fa/totp/deactivate/",
    ],
)
def test_stolen_session_cannot_change_factors(client, wish):
    person = with_app(a_person()) if wish not in (TOTP,) else a_person()
    client.force_login(person)
    for answer in (client.get(wish), client.post(wish, {"code": code_of()})):
        assert answer.status_code == 302
        assert ASKED in answer["Location"]
    assert Authenticator.objects.count() == (wish != TOTP)


@pytest.mark.parametrize("wish", [TOTP, "/en/account/password/set/"])
def test_stolen_session_of_somebody_without_a_password_gets_nowhere_either(client, letters, wish):
    person = a_person(password="")
    client.force_login(person)
    answer = client.get(wish)
    assert answer.status_code == 403
    assert "sign in again with a mailed code" in page(answer)
    assert client.post(wish, {"password1": STRONG, "password2": STRONG}).status_code == 403
    fresh = Client()
    fresh.post("/en/account/login/code/", {"email": OLENA})
    code = re.search(r"^([A-Z0-9-]{6,9})$", letters.text(), re.MULTILINE)[1]
    fresh.post("/en/account/login/code/confirm/", {"code": code})
    assert fresh.get(wish).status_code == 200
    fresh.post("/en/account/password/set/", {"password1": STRONG, "password2": STRONG})
    person.refresh_from_db()
    assert person.check_password(STRONG)
    assert letters.subjects()[-1] == "Your Mistok account has a password now"


def test_wrong_password_does_not_open_the_factors(client):
    a_person()
    sign_in(client)
    assert "This is not your password" in page(client.post(ASKED, {"password": "x"}))
    assert client.get(TOTP).status_code == 302


def test_reauthentication_leads_nowhere_outside(client):
    a_person()
    sign_in(client)
    answer = client.post(f"{ASKED}?next=https://evil.example/", {"password": STRONG})
    assert answer["Location"] == "/en/account/"


def test_sessions_are_listed_and_all_others_end_at_once(client):
    a_person()
    thief = Client(headers={"user-agent": AGENT})
    sign_in(thief)
    sign_in(client)
    text = page(client.get("/en/account/sessions/"))
    assert "Firefox, Linux" in text
    assert text.count("this one") == 1
    answer = client.post("/en/account/sessions/", follow=True)
    assert "All other sessions have ended" in page(answer)
    assert is_in(client)
    assert not is_in(thief)
    assert thief.get("/en/account/").status_code == 302


def test_use_of_a_session_is_noted_every_five_minutes_and_not_on_each_page(
    client, django_assert_num_queries
):
    a_person()
    sign_in(client)
    client.get("/en/about/")
    seen = UserSession.objects.get().last_seen_at
    client.get("/en/about/")
    assert UserSession.objects.get().last_seen_at == seen
    UserSession.objects.update(last_seen_at=seen.replace(year=2020))
    client.get("/en/about/")
    assert UserSession.objects.get().last_seen_at > seen
    client.get("/en/about/", REMOTE_ADDR="192.0.2.7")
    assert UserSession.objects.get().ip == "192.0.2.7"


def test_session_that_was_ended_elsewhere_is_asked_to_sign_in(client):
    a_person()
    sign_in(client)
    UserSession.objects.get().end()
    assert client.get("/uk/account/")["Location"] == "/uk/account/login/?next=/uk/account/"


def in_the_session_of(client, person, act):
    """What `act` answers inside of a request in the session of this client."""
    request = RequestFactory().get("/")
    request.user, request.session = person, client.session
    return sessions_seen(lambda _request: act())(request)


WITH_FACTOR = [
    (role, one) for one in Permission for role in roles_with(one) if needs_second_factor(role, one)
]


@pytest.mark.parametrize(("role", "permission"), WITH_FACTOR)
def test_act_that_needs_a_second_factor_is_refused_in_a_session_that_has_not_shown_it(
    client, role, permission
):
    cast = the_cast()
    person = with_app(getattr(cast, role))
    client.force_login(person)

    def act():
        check_can(Actor(user=person), permission, office=cast.home)
        return "done"

    with pytest.raises(NotAllowed) as refused:
        in_the_session_of(client, person, act)
    assert refused.value.code == "second_factor_not_shown"
    enters(client, person)
    assert in_the_session_of(client, person, act) == "done"
    assert act() == "done"  # and without any session: at the shell, by the clock


def test_every_act_that_needs_a_second_factor_was_tried():
    assert {one for _role, one in WITH_FACTOR} > NEEDS_MFA
    assert {role for role, _one in WITH_FACTOR} == {Role.APPROVER, Role.COORDINATOR}


def test_session_says_nothing_of_what_others_may_do(client):
    cast = the_cast()
    with_app(cast.approver)
    client.force_login(cast.officer)

    def asked():
        return can(cast.approver, Permission.SIGN, office=cast.home)

    assert in_the_session_of(client, cast.officer, asked)


def test_factors_that_are_lost_are_forgotten_at_the_shell(mistok, client):
    person = with_app(a_person())
    assert mistok("user", "nobody@example.org", "--forget-factors").status == 1
    assert "1 second factor" in mistok("user", OLENA, "--forget-factors").out
    assert not Authenticator.objects.exists()
    event = AuditEvent.objects.get(verb="sign_in_factors_forgotten")
    assert (event.subject, event.before) == (person.public_id, {"factors": 1})
    assert event.actor.startswith("shell: ")
    assert sign_in(client)["Location"] == "/en/account/"


def test_recovery_codes_are_no_factor_of_their_own(client):
    person = with_app(a_person())
    Authenticator.objects.create(user=person, type="recovery_codes", data={"seed": "x"})
    assert forget_second_factors(person=person, actor=Actor(shell="olena")) == 1


@pytest.mark.parametrize("language", ["en", "uk"])
def test_pages_need_no_inline_script_or_style(client, language):
    visitor, person = Client(), with_app(a_person())
    client.force_login(person)
    session = client.session
    session["account_authentication_methods"] = [
        {"method": "mfa", "at": time.time(), "reauthenticated": True}
    ]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    for who, paths in ((visitor, OPEN), (client, OWN)):
        for path in paths:
            answer = who.get(f"/{language}/account/{path}")
            assert answer.status_code == 200, path
            assert "unsafe" not in answer["Content-Security-Policy"]
            text = page(answer)
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", text), path
            for attributes in re.findall(r"<script([^>]*)>", text):
                assert "src=" in attributes or "application/json" in attributes
            assert text.count("<h1>") == 1
            assert "mistok.css" in text or "/static/mistok" in text


def test_stewards_door_leads_through_the_one_sign_in_and_asks_for_a_second_factor(client):
    person = a_person(is_staff=True)
    assert (
        client.get("/staff/", follow=True)
        .redirect_chain[-1][0]
        .endswith("/account/login/?next=/staff/")
    )
    sign_in(client, next="/staff/")
    answer = client.get("/staff/", follow=True)
    assert answer.redirect_chain[-1][0] == FACTORS
    assert "Stewards need a second factor" in page(answer)
    with_app(person)
    answer = client.get("/staff/", follow=True)
    assert answer.redirect_chain[-1][0] == "/en/account/2fa/reauthenticate/?next=/staff/"
    answer = client.post(answer.redirect_chain[-1][0], {"code": code_of()})
    assert answer["Location"] == "/staff/"
    assert client.get("/staff/").status_code == 200
    Authenticator.objects.all().delete()
    assert client.get("/staff/").status_code == 302


def test_stewards_door_refuses_others_in_a_sentence_and_leads_nowhere_outside(client):
    enters(client, a_person())
    answer = client.get("/staff/", follow=True)
    assert answer.status_code == 403
    assert "Only stewards of the registry may enter" in page(answer)
    enters(client, a_person("steward@example.org", is_staff=True))
    assert client.get("/staff/login/?next=https://evil.example/")["Location"] == "/staff/"
    assert client.get("/staff/password_change/")["Location"] == "/en/account/password/change/"


@pytest.mark.parametrize(
    ("sign", "name"),
    [
        (AGENT, "Firefox, Linux"),
        ("Mozilla/5.0 (iPhone; like Mac OS X) Version/17 Mobile Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/129.0 Safari/537.36 Edg/129.0", "Edge, Windows"),
        ("curl/8", "a browser that does not say its name"),
        ("", "a browser that does not say its name"),
    ],
)
def test_browser_is_called_as_its_user_knows_it(sign, name):
    assert browser_name(sign) == name
