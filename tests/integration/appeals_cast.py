"""Letters of appeal for tests: texts in five languages, and the way to each state."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone
from needs_cast import a_need

from factories import DORTMUND
from mistok.needs.appeals import (
    AddresseeEntry,
    AppealEntry,
    LineEntry,
    approve_appeal,
    gaps,
    making,
    send_appeal,
    submit_appeal,
    write_appeal,
)

TODAY = timezone.localdate()
SITUATION = {
    "uk": "Уже п’яту зиму наша громада живе під обстрілами. Лікарні потребують тепла.",
    "en": "Our hromada is living through its fifth winter under attack. Hospitals need warmth.",
    "de": "Unsere Hromada lebt bereits den fünften Winter unter Beschuss. Kliniken brauchen Wärme.",
    "pl": "Nasza hromada już piątą zimę żyje pod ostrzałem. Szpitale potrzebują ciepła.",
    "fr": "Notre hromada vit son cinquième hiver sous les bombes. Les hôpitaux ont froid.",
}
RECIPIENT = {
    "uk": "Житомирська міська рада",
    "en": "Zhytomyr City Council",
    "de": "Stadtrat Schytomyr",
    "pl": "Rada Miejska w Żytomierzu",
    "fr": "Conseil municipal de Jytomyr",
}


def an_entry(**changes) -> AppealEntry:
    """What an office could write; most of it comes from the record."""
    sound = {
        "title": "Winter 2026",
        "words": {"situation": SITUATION, "recipient": RECIPIENT},
        "recipient_code": "13576954",
        "signatory": {"uk": "Іван Петренко"},
        "signatory_office": {"uk": "Міський голова"},
        "valid_until": TODAY + dt.timedelta(days=90),
    }
    return AppealEntry(**sound | changes)


def a_line(work, number=8, amount=None, **fields) -> LineEntry:
    """A line that asks for a need of the office, all of it or an amount."""
    return LineEntry(
        need=a_need(work, number, **fields), amount=None if amount is None else Decimal(amount)
    )


def dortmund(**changes) -> AddresseeEntry:
    """The partner's lord mayor."""
    sound = {"place": DORTMUND, "greeted_as": "lord_mayor", "gender": "m"}
    return AddresseeEntry(**sound | changes)


def a_draft(work, *, entry=None, lines=None, addressees=None):
    """A letter that is being written."""
    return write_appeal(
        actor=work.officer,
        office=work.office,
        entry=entry or an_entry(),
        lines=[a_line(work)] if lines is None else lines,
        addressees=[dortmund()] if addressees is None else addressees,
    )


def submitted(work, **told):
    """A letter before the approver."""
    return submit_appeal(actor=work.officer, appeal=a_draft(work, **told))


def approved(work, **told):
    """A letter with its number."""
    return approve_appeal(actor=work.approver, appeal=submitted(work, **told))


def sent(work, **told):
    """A letter that went out, with what became of it."""
    return send_appeal(actor=work.officer, appeal=approved(work, **told))


@pytest.fixture(autouse=True)
def quick_papers(monkeypatch):
    """Papers that are made in no time, different for each letter; `monkeypatch.undo()` gives back
    the real ones.
    """
    monkeypatch.setattr(making, "to_pdf", lambda paper: b"%PDF-" + repr(paper).encode())
    monkeypatch.setattr(making, "to_docx", lambda paper: b"PK" + repr(paper).encode())
    monkeypatch.setattr(gaps, "to_pdf", lambda paper: b"")
