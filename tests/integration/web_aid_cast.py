"""Browsers before the pages of aid, and consignments that stand where a test begins."""

import datetime as dt
import html
import re
import secrets
from decimal import Decimal
from types import SimpleNamespace

from django.test import Client
from django.utils import timezone
from needs_cast import at_work, needy, the_needy

from living import a_member
from mistok.aid.acts import Counted, Member, accept, add_file, to_count, value
from mistok.aid.consignments import (
    ConsignmentEntry,
    LineEntry,
    dispatch,
    offer_consignment,
    open_consignment,
    write_line,
)
from mistok.aid.lifecycle import State
from mistok.aid.models import Consignment
from signing import enters

__all__ = ["at_work", "needy", "the_needy"]
TODAY = timezone.localdate()
START = TODAY - dt.timedelta(days=20)
COMMISSION = (
    Member(name="Olha Head", duty="head"),
    Member(name="Ivan Books", duty="accountant"),
    Member(name="Petro Store", duty="member"),
)
ON_THE_SHEET = {"head": "Olha Head", "accountant": "Ivan Books", "members": "Petro Store, driver"}
PDF = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n"


def browser(actor=None, *, factor=False):
    """A browser in which this person has signed in, with her second factor when asked."""
    client = Client()
    if actor is not None and factor:
        enters(client, actor.user)
    elif actor is not None:
        client.force_login(actor.user)
    return client


def text_of(answer):
    """A page as it is read."""
    return html.unescape(answer.content.decode()).replace("\u00a0", " ")


def main_of(answer):
    """Its main part without tags, on one line, and without the reference of a refusal."""
    text = text_of(answer).partition('id="main"')[2].split("<footer")[0]
    plain = " ".join(re.sub(r"<[^>]+>", " ", text).split())
    return re.sub(r"[0-9a-f]{12} · ", "", plain)


def page(client, path, status=200, language="en"):
    """The main part of a page."""
    answer = client.get(f"/{language}/aid/{path}")
    assert answer.status_code == status, text_of(answer)[:3000]
    return main_of(answer)


def key_of(client, path):
    """The key of the first form of a page, as it was shown."""
    shown = client.get(f"/en/aid/{path}").content.decode()
    return re.search(r'name="key" value="(\w+)"', shown)[1]


def send(client, path, act, status=302, /, **fields):
    """Send a form of a page as somebody does who has just opened it; gives the answer."""
    shown = client.get(f"/en/aid/{path}").content.decode()
    version = re.search(r'name="version" value="(\d+)"', shown)
    told = {
        "act": act,
        "key": secrets.token_hex(8),
        "version": version[1] if version else "0",
        **fields,
    }
    answer = client.post(f"/en/aid/{path}", told)
    assert answer.status_code == status, main_of(answer)[:3000]
    return answer


def entry(**told):
    sound = {"title": "Beds from Dortmund", "regime": "humanitarian_aid", "abroad": True}
    return ConsignmentEntry(**sound | told)


def a_line(number=10, **told):
    sound = {
        "names": {"en": "Folding beds", "uk": "Розкладні ліжка"},
        "cluster": "shelter",
        "unit": "piece",
        "number": None if number is None else Decimal(number),
        "end_user": "displaced",
    }
    return LineEntry(**sound | told)


def coming(work, *lines, day=START, **told):
    """A consignment that an office has accepted, with these lines."""
    made = open_consignment(actor=work.officer, office=work.office, entry=entry(**told), day=day)
    for one in lines or (a_line(),):
        write_line(actor=work.officer, consignment=made, entry=one)
    return Consignment.objects.get(pk=made.pk)


def offered(giver, receiver, *lines, **told):
    """A consignment that one office offers to another."""
    made = offer_consignment(
        actor=giver.officer,
        giver=giver.office,
        receiver=receiver.office,
        entry=entry(**told),
        day=START,
    )
    for one in lines or (a_line(),):
        write_line(actor=giver.officer, consignment=made, entry=one)
    return Consignment.objects.get(pk=made.pk)


def inland(work, *lines):
    """Goods from another hromada, on the way: no border, no code."""
    made = coming(work, *lines, regime="municipal_transfer", abroad=False)
    dispatch(actor=work.officer, consignment=made, day=START, key=secrets.token_hex(8))
    return Consignment.objects.get(pk=made.pk)


def received(work, *lines, damaged=0, **sums):
    """The same after a commission has counted it."""
    made = inland(work, *lines)
    counted = [
        Counted(lot=one.lot, received=one.moving - damaged * 1000, damaged=damaged * 1000, **sums)
        for one in to_count(made)
    ]
    accept(
        actor=work.officer,
        consignment=made,
        day=START + dt.timedelta(days=1),
        counted=counted,
        commission=COMMISSION,
        key=secrets.token_hex(8),
    )
    return Consignment.objects.get(pk=made.pk)


def in_books(work, *lines, **told):
    """The same after a commission has valued it."""
    made = received(work, *lines, **told)
    values = {
        one.public_id: (Decimal(100), "EUR", "fair_value_commission") for one in made.lines.all()
    }
    value(
        actor=work.approver,
        consignment=made,
        day=START + dt.timedelta(days=2),
        values=values,
        commission=COMMISSION,
        key=secrets.token_hex(8),
    )
    return Consignment.objects.get(pk=made.pk)


def with_papers(work, consignment, *kinds):
    """Files of these kinds beside a consignment."""
    for kind in kinds:
        add_file(
            actor=work.officer,
            consignment=consignment,
            kind=kind,
            name=f"{kind}.pdf",
            data=PDF + kind.encode(),
        )


def crew(people):
    """Everybody by what she may do, with a client of her own that has come in."""
    storekeeper = a_member(people.home.office, "storekeeper")
    auditor = a_member(people.home.office, "auditor")
    return SimpleNamespace(
        officer=browser(people.home.officer),
        approver=browser(people.home.approver, factor=True),
        storekeeper=browser(storekeeper),
        auditor=browser(auditor),
        partner=browser(people.partner.officer),
        second=browser(people.second.officer),
        coordinator=browser(people.coordinator, factor=True),
        stranger=browser(people.stranger),
        anonymous=browser(),
    )


def state(consignment):
    """Where it stands now."""
    return State(Consignment.objects.get(pk=consignment.pk).state)
