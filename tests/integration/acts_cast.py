"""Who and what is there in tests of acts: a hromada with a store, and consignments on the way."""

import datetime as dt
import secrets
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone
from needs_cast import at_work, steps

from factories import DORTMUND, ZHYTOMYR
from living import a_member
from mistok.aid import ledger
from mistok.aid.acts import Counted, IssueRow, Member, accept, issue, value
from mistok.aid.consignments.dispatching import dispatch
from mistok.aid.lifecycle import Account
from mistok.aid.models import AidLine, Consignment, Declaration, DeclaredLine, Passage, Vehicle

TODAY = timezone.localdate()
COMMISSION = (
    Member(name="Olena Koval", duty="head"),
    Member(name="Ihor Bondar", duty="accountant"),
    Member(name="Nina Shevchuk", duty="storekeeper"),
)
STORE, DAMAGED = Account.STORE, Account.DAMAGED


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def a_key() -> str:
    return secrets.token_hex(8)


def with_store(place: str, name: str):
    work = at_work(place, name)
    work.storekeeper = a_member(work.office, "storekeeper")
    return work


@pytest.fixture(scope="module")
def store(django_db_setup, django_db_blocker, world):
    """`home` receives (officer, approver, storekeeper), `giver` has an office in Dortmund.

    The same for all tests of a module (`store = acts_cast.store`): each takes back what it did.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        home, giver = with_store(ZHYTOMYR, "Zhytomyr"), at_work(DORTMUND, "Dortmund")
        yield SimpleNamespace(home=home, giver=giver)
        transaction.set_rollback(True)


def a_consignment(home, *, state="accepted", day=None, giver=None, **fields) -> Consignment:
    """A consignment as it stands in the database, with its first passage."""
    now, day = timezone.now(), day or ago(30)
    sound = {
        "public_id": f"consignment_{secrets.token_hex(6)}",
        "office": home.office,
        "donor_office": giver.office if giver else None,
        "title": "Beds and blankets",
        "regime": "charitable_gift",
        "abroad": False,
        "state": state,
        "state_since": day,
        "written_by": str(home.officer),
        "written_at": now,
        "changed_at": now,
    }
    row = Consignment.objects.create(**sound | fields)
    Passage.objects.create(consignment=row, after=state, day=day, by=str(home.officer), at=now)
    return row


def a_line(consignment, number=10, *, unit="piece", name="folding bed", **fields) -> AidLine:
    """A line of so many units; `number=None` tells none."""
    sound = {
        "public_id": f"aidline_{secrets.token_hex(6)}",
        "consignment": consignment,
        "position": consignment.lines.count() + 1,
        "names": {"en": name, "uk": "ліжко розкладне"},
        "cluster": "shelter",
        "unit": unit,
        "amount": None if number is None else steps(number),
        "end_user": "households",
    }
    return AidLine.objects.create(**sound | fields)


def a_declaration(consignment, line, number, *, cleared_on=None, created_on=None) -> Declaration:
    """A declaration of one vehicle that names so much of a line."""
    vehicle = Vehicle.objects.create(
        public_id=f"vehicle_{secrets.token_hex(6)}", consignment=consignment, kind="truck"
    )
    row = Declaration.objects.create(
        public_id=f"declaration_{secrets.token_hex(6)}",
        consignment=consignment,
        vehicle=vehicle,
        number=secrets.token_hex(4),
        created_on=created_on or ago(28),
        valid_until=ago(-2),
        cleared_on=cleared_on,
        by="somebody",
        at=timezone.now(),
    )
    DeclaredLine.objects.create(declaration=row, line=line, amount=steps(number))
    return row


def sent(home, *lines, day=None, **fields) -> Consignment:
    """A consignment with lines of these numbers (of pieces), dispatched twenty days ago."""
    row = a_consignment(home, **fields)
    for number in lines:
        a_line(row, number)
    send(home, row, day=day)
    return row


def send(home, consignment, *, day=None) -> None:
    dispatch(actor=home.officer, consignment=consignment, day=day or ago(20), key=a_key())


def the_lot(consignment, position=1):
    """The only lot of a line."""
    return consignment.lines.get(position=position).lots.get()


def count(home, consignment, *counted, day=None, **fields):
    """An acceptance by the storekeeper, ten days ago."""
    told = {
        "actor": home.storekeeper,
        "consignment": consignment,
        "day": day or ago(10),
        "counted": counted,
        "commission": COMMISSION,
        "key": a_key(),
    }
    return accept(**told | fields)


def all_came(home, consignment, **fields):
    """An acceptance of everything that was sent, as it was sent."""
    counted = [
        Counted(lot=lot, received=ledger.balance(lot, Account.IN_TRANSIT))
        for line in consignment.lines.all()
        for lot in line.lots.all()
    ]
    return count(home, consignment, *counted, **fields)


def valued(home, consignment, *, day=None, worth=("25.00", "EUR", ""), **fields):
    """A valuation of everything that came, nine days ago."""
    told = {
        "actor": home.approver,
        "consignment": consignment,
        "day": day or ago(9),
        "values": {
            line.public_id: (Decimal(worth[0]), *worth[1:]) for line in consignment.lines.all()
        },
        "commission": COMMISSION,
        "key": a_key(),
    }
    return value(**told | fields)


def in_the_books(home, *lines, **fields) -> Consignment:
    """A consignment that came whole and is valued."""
    row = sent(home, *lines, **fields)
    all_came(home, row)
    valued(home, row)
    return row


def give_out(home, consignment, *rows, day=None, **fields):
    """An issue by the storekeeper, eight days ago."""
    told = {
        "actor": home.storekeeper,
        "consignment": consignment,
        "day": day or ago(8),
        "rows": rows,
        "key": a_key(),
    }
    return issue(**told | fields)


def to_people(lot, number, *, category="households", settlement=ZHYTOMYR, **counts) -> IssueRow:
    return IssueRow(
        lot=lot, amount=steps(number), category=category, settlement=settlement, **counts
    )


def lies(lot, account) -> int:
    """How many whole units of a lot are in an account."""
    return ledger.balance(lot, account) // 1000
