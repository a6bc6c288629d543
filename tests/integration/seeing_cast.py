"""Who and what is there in tests of what others see: consignments that came, papers, photos."""

import datetime as dt
import io

import pytest
from acts_cast import (
    TODAY,
    a_consignment,
    a_key,
    a_line,
    ago,
    all_came,
    send,
    valued,
)
from django.db import transaction
from django.utils import timezone
from needs_cast import the_needy
from PIL import Image

from living import a_member
from mistok.aid.acts import add_file
from mistok.aid.models import AidPaper, Consignment
from mistok.aid.seeing import publish_aid
from mistok.needs.models import Zone

DUE = TODAY + dt.timedelta(days=4)
"""Goods of the cast are accepted ten days ago; the delay of R23 is fourteen days."""
LONG_AGO = 20
"""So many days ago what may be read today was accepted."""


@pytest.fixture(scope="module")
def seers(django_db_setup, django_db_blocker, world):
    """Everybody of `needs_cast.the_needy`; `home` receives, `giver` (Dortmund) gives.

    The same for all tests of a module (`people = seeing_cast.seers`): each takes back what it did.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        people = the_needy()
        people.home.storekeeper = a_member(people.home.office, "storekeeper")
        people.home.auditor = a_member(people.home.office, "auditor")
        people.giver = people.partner
        yield people
        transaction.set_rollback(True)


def in_store(store, *lines, giver=True, came=10, **fields):
    """A consignment from Dortmund that came whole some days ago and is valued."""
    giver = store.giver if giver else None
    row = a_consignment(store.home, giver=giver, day=ago(came + 10), **fields)
    for told in lines or ({},):
        a_line(row, **{"gross_grams": 250_000} | told)
    send(store.home, row, day=ago(came + 10))
    all_came(store.home, row, day=ago(came))
    valued(store.home, row, day=ago(came - 1))
    return again(row)


def public_now(store, *lines, **fields):
    """One that everybody may read of since today."""
    row = in_store(store, *lines, came=LONG_AGO, **fields)
    approved(store, row)
    return row


def again(row):
    return Consignment.objects.get(pk=row.pk)


def approved(store, row, **fields):
    return publish_aid(actor=store.home.approver, consignment=row, **fields)


def in_zone(place, **days):
    return Zone.objects.create(
        place=place, kind="active_hostilities", source="a list", **{"since": ago(400)} | days
    )


def a_paper(row, kind, number=1, **fields):
    sound = {
        "public_id": f"paper_{a_key()}",
        "consignment": row,
        "kind": kind,
        "number": number,
        "languages": ["uk", "en"],
        "slots": {},
        "template_version": 1,
        "readers": "both",
        "pdf": "x.pdf",
        "pdf_sha256": "0" * 64,
        "made_by": "somebody",
        "made_at": timezone.now(),
    }
    return AidPaper.objects.create(**sound | fields)


def a_photo(store, row, **fields):
    told = {"kind": "photo", "name": "photo.png", "key": a_key()} | fields
    return add_file(actor=store.home.officer, consignment=row, data=a_picture(), **told)


def a_picture() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(held, "PNG")
    return held.getvalue()
