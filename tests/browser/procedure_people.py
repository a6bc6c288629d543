"""Put two verified offices with one person each into the server's data; prints their addresses.

Run by itself, with the server's own settings: `python procedure_people.py KEY KEY`. Each person
is officer and approver, as in a small town, and has an app with codes.
"""

import json
import secrets
import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402 - the settings come first

from mistok.accounts.models import Membership, Office  # noqa: E402
from mistok.kernel.ids import public_id  # noqa: E402
from mistok.registry.life import party_of  # noqa: E402
from signing import a_person, with_app  # noqa: E402


def seat(key):
    """An office with its person; gives her address."""
    party = party_of(key)
    person = with_app(a_person(f"{secrets.token_hex(4)}@example.org"))
    now = timezone.now()
    office = Office.objects.create(
        public_id=public_id("office", key),
        place=party.key,
        country=party.country,
        name=f"Office of {party.name}",
        state="verified",
        official_email="office@example.org",
        claimed_by=person,
        claimed_at=now,
        verified_at=now,
    )
    for role in ("officer", "approver"):
        own_id = public_id("member", office.public_id, role)
        Membership.objects.create(
            public_id=own_id, person=person, office=office, role=role, since=now
        )
    return person.email


json.dump([seat(key) for key in sys.argv[1:]], sys.stdout)
