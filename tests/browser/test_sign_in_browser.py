"""Signing up and in with a real browser: letters, a passkey, a phone, and no scripts."""

import re
import uuid

import pytest

from signing import SECRET, STRONG, code_of

MOST_BYTES = 200_000
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
OPEN = ["login/", "login/code/", "signup/", "password/reset/", "password/reset/done/"]
OPEN += ["password/reset/key/1-bad/", "confirm-email/", "confirm-email/bad/"]
OWN = ["", "email/", "password/change/", "reauthenticate/", "sessions/", "2fa/", "logout/"]
PROTECTED = ["2fa/totp/activate/", "2fa/webauthn/add/", "2fa/webauthn/"]
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
"""A device of Chromium's own that confirms at once, as a finger would."""


@pytest.fixture(scope="session")
def letters(site):
    """Read the newest letter to an address: without a mail server letters become files."""
    from django.conf import settings

    def newest(address):
        files = sorted(settings.MISTOK_MAIL_FOLDER.glob("*"), key=lambda one: one.stat().st_mtime)
        texts = [one.read_text() for one in files]
        return [text for text in texts if f"To: {address}" in text][-1]

    return newest


@pytest.fixture
def local(site, visit):
    """Open a page at the machine's name: browsers keep passkeys for names, not for numbers."""

    def opened(path, **options):
        return visit(site.replace("127.0.0.1", "localhost") + path, **options)

    return opened


def sign_up(page, letters):
    """An account with a confirmed address, signed in; returns the address."""
    address = f"olena-{uuid.uuid4().hex[:8]}@example.org"
    page.goto(re.sub(r"(://[^/]+/).*", r"\1en/account/signup/", page.url))
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("Password").fill(STRONG)
    page.get_by_role("button", name="Make the account").click()
    page.goto(re.search(r"http://\S+/confirm-email/\S+", letters(address))[0])
    page.get_by_role("button", name="Yes, confirm it").click()
    page.get_by_role("heading", name="Your account").wait_for()
    return address


def sign_out(page):
    page.locator("details.person summary").click()
    page.locator("details.person").get_by_role("button", name="Sign out").click()
    page.get_by_role("link", name="Sign in").wait_for()


def sign_in(page, address):
    if "/login/" not in page.url:
        page.get_by_role("link", name="Sign in").first.click()
    page.get_by_label("E-mail address").fill(address)
    page.get_by_label("Password").fill(STRONG)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()


def go(page, path):
    page.goto(re.sub(r"(://[^/]+/).*", rf"\1{path}", page.url))


def confirm_it_is_me(page):
    if "/reauthenticate/" in page.url:
        page.get_by_label("Password").fill(STRONG)
        page.get_by_role("button", name="Go on").click()
        page.wait_for_load_state("load")


def set_up_app(page):
    """An app with codes, on the page that shows its secret; its recovery codes are shown next.

    A code that was made at the end of its half minute may come in after it: the next one is good.
    """
    secret = page.locator("code").first.inner_text()
    assert secret != SECRET
    recovery = page.locator(".codes code").first
    for _half_minute in range(2):
        page.get_by_label("Code").fill(code_of(secret))
        with page.expect_navigation():
            page.get_by_role("button", name="Set up the app").click()
        if recovery.is_visible():
            return recovery.inner_text()
    raise AssertionError("two codes in a row were refused")


@pytest.fixture(scope="session")
def axe(root):
    return (root / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def violations(page, axe):
    """What axe finds with every part of the page open, and then in the person's menu above it."""
    page.evaluate(axe)
    return [
        f"{page.url} {one['id']}: {node['html'][:200]}"
        for opened, context in (("details:not(.person)", "document"), ("details.person", "'.top'"))
        for one in _found(page, opened, context)
        for node in one["nodes"]
    ]


def _found(page, opened, context):
    page.evaluate(
        "opened => document.querySelectorAll(opened).forEach(one => { one.open = true })", opened
    )
    run = f"rules => axe.run({context}, {{runOnly: {{type: 'tag', values: rules}}}})"
    found = page.evaluate(run, RULES)["violations"]
    page.evaluate("document.querySelectorAll('.person').forEach(one => { one.open = false })")
    return found


def fits(page):
    root = "document.documentElement"
    return page.evaluate(f"{root}.scrollWidth <= {root}.clientWidth")


@pytest.mark.parametrize("scripts", [True, False])
def test_account_is_made_confirmed_and_signed_in_to_on_a_phone(visit, letters, scripts):
    with visit("/en/", width=390, java_script_enabled=scripts) as page:
        address = sign_up(page, letters)
        sign_out(page)
        go(page, "en/account/login/")
        sign_in(page, address)
        page.get_by_role("heading", name="Your account").wait_for()
        assert page.locator("main").get_by_text(address).is_visible()
        assert page.seen["errors"] == []


def test_sign_in_leads_back_to_the_page_it_was_asked_on(visit, letters):
    with visit("/en/") as page:
        address = sign_up(page, letters)
        sign_out(page)
        go(page, "en/about/")
        sign_in(page, address)
        page.wait_for_url(re.compile(r"/en/about/$"))


def test_without_scripts_the_page_says_what_passkeys_need(visit):
    with visit("/en/account/login/", java_script_enabled=False) as page:
        assert page.get_by_text("Passkeys need JavaScript").is_visible()
        assert not page.get_by_role("button", name="Use a passkey").is_visible()
    with visit("/en/account/login/") as page:
        assert not page.get_by_text("Passkeys need JavaScript").is_visible()
        assert page.get_by_role("button", name="Use a passkey").is_visible()


def test_passkey_is_made_signs_in_alone_and_is_the_second_step(local, letters):
    with local("/en/") as page:
        wire = page.context.new_cdp_session(page)
        wire.send("WebAuthn.enable")
        key = wire.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]
        address = sign_up(page, letters)
        go(page, "en/account/2fa/webauthn/add/")
        confirm_it_is_me(page)
        page.locator("#id_name").fill("Office computer")
        page.get_by_role("button", name="Make the passkey").click()
        page.get_by_role("heading", name="Recovery codes").wait_for()
        kept = wire.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]
        assert [one["isResidentCredential"] for one in kept] == [True]
        go(page, "en/account/2fa/webauthn/")
        assert page.get_by_text("Office computer", exact=True).is_visible()

        sign_out(page)
        go(page, "en/account/login/?next=/en/about/")
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url(re.compile(r"/en/about/$"))

        sign_out(page)
        go(page, "en/account/login/")
        sign_in(page, address)
        page.get_by_role("heading", name="The second step").wait_for()
        page.get_by_role("button", name="Use a passkey").click()
        page.get_by_role("heading", name="Your account").wait_for(timeout=10_000)
        assert page.seen["errors"] == []


def test_passkey_that_is_not_there_is_told_in_a_sentence(local):
    with local("/en/account/login/") as page:
        wire = page.context.new_cdp_session(page)
        wire.send("WebAuthn.enable")
        wire.send(
            "WebAuthn.addVirtualAuthenticator",
            {"options": KEY | {"hasUserVerification": False, "isUserVerified": False}},
        )
        page.get_by_role("button", name="Use a passkey").click()
        page.get_by_role("alert").get_by_text("No passkey was used").wait_for(timeout=90_000)
        assert page.get_by_role("button", name="Use a passkey").is_enabled()


def test_app_with_codes_works_without_scripts(visit, letters):
    with visit("/en/", width=390, java_script_enabled=False) as page:
        address = sign_up(page, letters)
        go(page, "en/account/2fa/totp/activate/")
        confirm_it_is_me(page)
        code = set_up_app(page)
        sign_out(page)
        go(page, "en/account/login/")
        sign_in(page, address)
        page.get_by_label("Code").fill(code)
        page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_role("heading", name="Your account").wait_for()


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("en", "light", 1280), ("uk", "dark", 390)]
)
def test_pages_of_signing_in_are_accessible_light_and_fit(visit, axe, language, scheme, width):
    for path in OPEN:
        options = {"color_scheme": scheme, "bypass_csp": True, "reduced_motion": "reduce"}
        with visit(f"/{language}/account/{path}", width=width, **options) as page:
            page.wait_for_load_state("networkidle")
            assert page.seen["bytes"] < MOST_BYTES
            assert page.seen["errors"] == []
            assert page.evaluate("document.documentElement.lang") == language
            assert page.locator("h1").count() == 1
            assert fits(page)
            assert violations(page, axe) == []


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("en", "dark", 1280), ("uk", "light", 390)]
)
def test_pages_of_the_account_are_accessible_and_fit(visit, letters, axe, language, scheme, width):
    options = {"color_scheme": scheme, "bypass_csp": True, "reduced_motion": "reduce"}
    with visit("/en/", width=width, **options) as page:
        sign_up(page, letters)
        go(page, "en/account/2fa/totp/activate/")
        confirm_it_is_me(page)
        for path in [*OWN, *PROTECTED]:
            go(page, f"{language}/account/{path}")
            assert page.evaluate("document.documentElement.lang") == language
            assert page.locator("h1").count() == 1
            assert fits(page)
            assert violations(page, axe) == []
        go(page, "en/account/password/change/")
        page.get_by_role("button", name="Set the password").click()
        page.locator('[aria-invalid="true"]').first.wait_for()
        assert violations(page, axe) == []
