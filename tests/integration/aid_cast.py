"""Who and what is there in tests of aid: a hromada that receives, a city that gives, consignments.

`a_consignment` writes one through the services, `in_state` walks it on as people do. Days count
back from today by `ago`; every act of a walk has its own day of WALK.
"""

import datetime as dt
import secrets
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from needs_cast import a_need, the_needy

from factories import DORTMUND
from living import a_member
from mistok.aid import ledger
from mistok.aid.acts import Counted, IssueRow, Member, accept, file_report, issue, value
from mistok.aid.consignments import (
    ConsignmentEntry,
    LineEntry,
    LotEntry,
    add_vehicle,
    clear,
    declare,
    dispatch,
    issue_code,
    living_lines,
    open_consignment,
    pass_to,
    set_recipient,
    write_line,
)
from mistok.aid.lifecycle import Account, State
from mistok.aid.models import AidFile, AidLine, Consignment, Declaration, Vehicle
from mistok.needs.answers import CommitmentEntry, commit

TODAY = timezone.localdate()
S = State
COMMISSION = (
    Member(name="Olena Koval", duty="head"),
    Member(name="Ihor Bondar", duty="accountant"),
    Member(name="Nina Shevchuk", duty="storekeeper"),
)
BEGUN = 60
"""So many days ago a consignment of the cast begins."""
WALK = {
    S.ACCEPTED: 55,
    S.CODE_ISSUED: 50,
    S.DECLARED: 40,
    S.DISPATCHED: 35,
    S.EXPORT_CLEARED: 34,
    S.AT_BORDER: 33,
    S.CUSTOMS_CLEARED: 32,
    S.RECEIVED: 30,
    S.ON_BALANCE: 28,
    S.DISTRIBUTING: 25,
    S.DISTRIBUTED: 20,
    S.REPORTED: 15,
    S.CLOSED: 10,
}
"""How many days ago each step of a walk is taken."""
CODE_FILES = ("need_letter", "donor_offer", "distribution_plan")
EXPORT_FILES = ("invoice", "packing_list")


def the_aid_people():
    """Everybody of `needs_cast.the_needy`; the receiving office `home` has a `storekeeper` too.

    `home` is an active recipient in the state's system.
    """
    people = the_needy()
    people.home.storekeeper = a_member(people.home.office, "storekeeper")
    people.home.auditor = a_member(people.home.office, "auditor")
    as_recipient(people.home)
    return people


@pytest.fixture(scope="module")
def aid_people(django_db_setup, django_db_blocker, world):
    """The same for all tests of a module, `people = aid_cast.aid_people`: each test takes back what
    it did in the database; whoever changes one of these objects reads it again.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield the_aid_people()
        transaction.set_rollback(True)


@contextmanager
def refuses(kind, code=""):
    """The block is refused with a full sentence; gives the refusal as `value`."""
    with pytest.raises(kind) as caught:
        yield caught
    assert not code or caught.value.code == code
    assert str(caught.value).endswith((".", "”"))


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def a_key() -> str:
    return secrets.token_hex(8)


def as_recipient(work, status="active"):
    """The office's number and standing in the state's system."""
    return set_recipient(
        actor=work.officer, office=work.office, number="12345", status=status, told_on=ago(100)
    )


def an_entry(**fields) -> ConsignmentEntry:
    """What a form tells of a consignment: humanitarian aid from Dortmund."""
    sound = {"title": "Beds and blankets", "regime": "humanitarian_aid", "donor_place": DORTMUND}
    return ConsignmentEntry(**sound | fields)


def a_line_entry(number="10", **fields) -> LineEntry:
    """What a form tells of a line: ten folding beds."""
    told = None if number is None else Decimal(number)
    return LineEntry(**{"item": "folding_bed", "number": told} | fields)


def an_ambulance(*vins, **fields) -> LineEntry:
    """A line of ambulances with their VINs."""
    lots = tuple(LotEntry(number=Decimal(1), serial=vin) for vin in vins)
    return a_line_entry(len(vins), item="ambulance", lots=lots, end_user="health", **fields)


def a_consignment(work, *lines, state=S.ACCEPTED, day=None, **fields) -> Consignment:
    """A consignment that the receiving office records; entries of lines, or one line of beds."""
    made = open_consignment(
        actor=work.officer,
        office=work.office,
        entry=an_entry(**fields),
        day=day or ago(BEGUN),
        state=state,
    )
    for line in lines or (a_line_entry(),):
        a_line(work, made, line)
    return made


def a_line(work, consignment, entry=None) -> AidLine:
    return write_line(actor=work.officer, consignment=consignment, entry=entry or a_line_entry())


def a_truck(work, consignment, plate="AA 1234 BB") -> Vehicle:
    return add_vehicle(actor=work.officer, consignment=consignment, kind="truck", plate=plate)


def promised(work, giver, number=5, **fields):
    """A promise of an office against a need of another; `entry` fields by their names."""
    entry = CommitmentEntry(**fields.pop("entry", {}))
    need = a_need(work, number, **{"item": "folding_bed"} | fields)
    return commit(actor=giver.officer, giver=giver.office, need=need, entry=entry)


def with_files(consignment, *kinds) -> None:
    """Files of these kinds as they stand in the database; without kinds those of the code."""
    for kind in kinds or CODE_FILES:
        AidFile.objects.create(
            public_id=f"file_{secrets.token_hex(6)}",
            consignment=consignment,
            kind=kind,
            file=f"{kind}.pdf",
            content_type="application/pdf",
            size=1,
            sha256="0" * 64,
            uploaded_by="somebody",
            uploaded_at=timezone.now(),
        )


def amounts(consignment, number=None) -> dict[str, Decimal]:
    """All of every line that tells an amount, or so much of each."""
    return {
        line.public_id: Decimal(number) if number else line.number
        for line in living_lines(consignment)
        if number or line.number is not None
    }


def coded(work, consignment, *, day=None, **fields):
    """Its code, with the papers that it needs."""
    with_files(consignment)
    told = {"value": f"HA-{secrets.token_hex(4)}", "issued_on": day or ago(WALK[S.CODE_ISSUED])}
    return issue_code(actor=work.officer, consignment=consignment, **told | fields)


def declared(work, consignment, *, day=None, vehicle=None, lines=None, **fields) -> Declaration:
    """A declaration of one vehicle, with everything that the lines tell."""
    told = {
        "vehicle": vehicle or a_truck(work, consignment),
        "number": secrets.token_hex(4),
        "created_on": day or ago(WALK[S.DECLARED]),
        "lines": amounts(consignment) if lines is None else lines,
    }
    return declare(actor=work.officer, consignment=consignment, **told | fields)


def sent(work, consignment, *, day=None, **fields) -> Consignment:
    """On its way, with the papers for export."""
    with_files(consignment, *EXPORT_FILES)
    told = {"day": day or ago(WALK[S.DISPATCHED]), "key": a_key()}
    return dispatch(actor=work.officer, consignment=consignment, **told | fields)


def cleared(work, declaration, *, day=None, **fields) -> Declaration:
    told = {"day": day or ago(WALK[S.CUSTOMS_CLEARED]), "key": a_key()}
    return clear(actor=work.officer, declaration=declaration, **told | fields)


def passed(work, consignment, state, *, day=None, **fields) -> Consignment:
    told = {"day": day or ago(WALK.get(state, WALK[S.DISPATCHED])), "note": "as agreed"}
    return pass_to(actor=work.officer, consignment=consignment, state=state, **told | fields)


def in_state(work, consignment, state, **days) -> Consignment:
    """The consignment walked on by services until it is in the state, or as near as it comes.

    `days`: how many days ago a step is taken, by the state's value, where WALK says otherwise.
    """
    for step, act in STEPS.items():
        if consignment.state == state:
            break
        if step in _way(consignment):
            act(work, consignment, ago(days.get(step.value, WALK[step])))
            consignment.refresh_from_db()
    assert consignment.state == state, f"{consignment.state} is as near as it comes"
    return consignment


def _way(consignment) -> frozenset[State]:
    """Steps that lie ahead of the consignment, without those of customs where none is passed."""
    steps = list(STEPS)
    ahead = steps if consignment.state == S.OFFERED else steps[steps.index(consignment.state) + 1 :]
    abroad = consignment.abroad and consignment.regime == "humanitarian_aid"
    skipped = set() if abroad else {S.CODE_ISSUED, S.DECLARED, S.CUSTOMS_CLEARED}
    skipped |= set() if consignment.abroad else {S.EXPORT_CLEARED, S.AT_BORDER}
    skipped |= set() if abroad else {S.REPORTED}
    return frozenset(ahead) - skipped


def _accept(work, consignment, day) -> None:
    lots = [
        (lot, ledger.balance(lot, account))
        for line in living_lines(consignment)
        for lot in line.lots.all()
        for account in (Account.CUSTOMS, Account.IN_TRANSIT)
    ]
    accept(
        actor=work.storekeeper,
        consignment=consignment,
        day=day,
        counted=[Counted(lot=lot, received=amount) for lot, amount in lots if amount],
        commission=COMMISSION,
        key=a_key(),
    )


def _value(work, consignment, day) -> None:
    value(
        actor=work.approver,
        consignment=consignment,
        day=day,
        values={
            line.public_id: (Decimal("25.00"), "UAH", "") for line in living_lines(consignment)
        },
        commission=COMMISSION,
        key=a_key(),
    )


def _issue(work, consignment, day, part=1) -> None:
    """Issue all that lies in the store, or the n-th part of it."""
    rows = [
        IssueRow(lot=lot, amount=held // part, category="households", settlement=work.place)
        for line in living_lines(consignment)
        for lot in line.lots.all()
        if (held := ledger.balance(lot, Account.STORE))
    ]
    issue(actor=work.storekeeper, consignment=consignment, day=day, rows=rows, key=a_key())


def _report(work, consignment, day) -> None:
    file_report(actor=work.officer, consignment=consignment, number="1", filed_on=day, final=True)


def _clear_all(work, consignment, day) -> None:
    for one in consignment.declarations.filter(expired_on=None, cleared_on=None):
        cleared(work, one, day=day)


STEPS = {
    S.ACCEPTED: lambda work, one, day: passed(work, one, S.ACCEPTED, day=day),
    S.CODE_ISSUED: lambda work, one, day: coded(work, one, day=day),
    S.DECLARED: lambda work, one, day: declared(work, one, day=day),
    S.DISPATCHED: lambda work, one, day: sent(work, one, day=day),
    S.EXPORT_CLEARED: lambda work, one, day: passed(work, one, S.EXPORT_CLEARED, day=day),
    S.AT_BORDER: lambda work, one, day: passed(work, one, S.AT_BORDER, day=day),
    S.CUSTOMS_CLEARED: _clear_all,
    S.RECEIVED: _accept,
    S.ON_BALANCE: _value,
    S.DISTRIBUTING: lambda work, one, day: _issue(work, one, day, part=2),
    S.DISTRIBUTED: _issue,
    S.REPORTED: _report,
    S.CLOSED: lambda work, one, day: passed(work, one, S.CLOSED, day=day),
}
"""What people do to bring a consignment into each state, in the order of its life."""
