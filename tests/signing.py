"""People who sign in, a real mail server on this machine, and codes of an app, for tests."""

import re
import socket
import time
from contextlib import contextmanager
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from mistok.accounts.adapter import confirm_address
from mistok.accounts.models import User

OLENA = "olena@example.org"
STRONG = "a long and quiet bridge"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
_LINK = re.compile(r"https?://[^/\s]+(/\S+)")


class Mailbox(list):
    """Letters as they came, with `text` and `link` of each."""

    async def handle_DATA(self, server, session, envelope):
        letter = message_from_bytes(envelope.content, policy=policy.default)
        self.append(letter)
        return "250 OK"

    def text(self, number=-1):
        return self[number].get_content().replace("\r\n", "\n")

    def link(self, number=-1):
        return _LINK.search(self.text(number))[1]

    def subjects(self):
        return [letter["Subject"] for letter in self]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def mail_server(settings):
    """A mailbox behind a real SMTP server, which Django's settings name while the block runs."""
    mailbox, port = Mailbox(), free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = settings.MISTOK_MAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    settings.EMAIL_USE_TLS = False
    try:
        yield mailbox
    finally:
        controller.stop()


def a_person(email=OLENA, password=STRONG, **rights):
    """Somebody with a confirmed address; without a password when it is empty."""
    person = User(email=email, **rights)
    if password:
        person.set_password(password)
    else:
        person.set_unusable_password()
    person.save()
    return confirm_address(person)


def with_app(person):
    """The person with an authenticator app that holds SECRET."""
    Authenticator.objects.get_or_create(
        user=person, type=Authenticator.Type.TOTP, defaults={"data": {"secret": SECRET}}
    )
    return person


def code_of(secret=SECRET, *, earlier=0):
    """What the app shows now, or some half minutes earlier (RFC 6238)."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 - earlier))


def sign_in(client, email=OLENA, password=STRONG, **more):
    return client.post("/en/account/login/", {"login": email, "password": password} | more)


def enters(client, person):
    """A session of somebody who has shown a second factor, without the pages in between."""
    client.force_login(with_app(person))
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()


def is_in(client):
    return client.get("/en/account/").status_code == 200
