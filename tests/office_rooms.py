"""The cast of tests of the pages of offices, and how it opens them."""

import time

from django.utils import timezone

from factories import BUCHA
from mistok.accounts.models import HandOver
from mistok.kernel.ids import public_id
from office_cast import an_office, the_cast
from signing import enters

CLAIM_PHONE = "+380450000001"


def the_rooms():
    """The cast, a claim to Bucha that waits, and a hand-over card in Zhytomyr."""
    found = the_cast()
    for office in (found.home, found.partner):
        office.public_id = public_id("office", office.place)
        office.save()
    told = {"told_phone": CLAIM_PHONE, "public_id": public_id("office", BUCHA)}
    found.claim = an_office(BUCHA, state="claimed", **told)
    found.card = HandOver.objects.create(
        public_id=public_id("handover", "one"),
        office=found.home,
        from_person=found.officer,
        items=[{"title": "Ask for the copy", "due": "2026-12-04"}],
        written_by=found.officer.public_id,
        at=timezone.now(),
    )
    return found


def address(people, path, language="en"):
    """A page below /offices/; {home}, {claim} and {card} stand for public ids."""
    known = {name: getattr(people, name).public_id for name in ("home", "claim", "card")}
    return f"/{language}/offices/{path.format(**known)}"


def signed_in(client, user, *, factor=False):
    """The client as this person, and nobody before; with a second factor that was shown."""
    client.logout()
    if factor:
        enters(client, user)
    else:
        client.force_login(user)
    return client


def just_signed_in(client, user):
    """The client as a person without a password, who signed in by a mailed code this minute."""
    signed_in(client, user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time()}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return client


def text_of(answer):
    return answer.content.decode()


def post(client, people, path, act, **fields):
    return client.post(address(people, path), {"act": act} | fields)
