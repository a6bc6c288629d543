"""Rows of aid tell in a word what they are, stay as they were written, and cannot be nonsense."""

import datetime as dt
import secrets

import aid_cast
import pytest
from aid_cast import (
    TODAY,
    a_consignment,
    a_truck,
    ago,
    as_recipient,
    coded,
    declared,
    in_state,
)
from django.apps import apps
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from mistok.accounts.models import AccessToken, KeptAnswer, Office
from mistok.aid.lifecycle import Account, State
from mistok.aid.models import (
    ActCount,
    AidAct,
    AidDeadline,
    AidFile,
    AidLine,
    AidPaper,
    AidPublication,
    AidReminder,
    AidReport,
    Balance,
    Chain,
    CodeLine,
    Consignment,
    Declaration,
    DeclaredLine,
    Distribution,
    Entry,
    FileReview,
    Lot,
    Passage,
    Recipient,
    SignedHead,
    UniqueCode,
    Vehicle,
)
from mistok.kernel.errors import Conflict
from mistok.provenance.append_only import AppendOnly

pytestmark = pytest.mark.django_db
people = aid_cast.aid_people
DAY = dt.date(2026, 11, 23)
OFFICE = Office(pk=7, name="Zhytomyr")
ROW = Consignment(public_id="consignment_a")
FILE = AidFile(public_id="file_a")
ROWS = [
    (ActCount(office=OFFICE, kind="issue", year=2026), "Zhytomyr issue 2026"),
    (AidAct(kind="issue", number=3, year=2026), "issue 3/2026"),
    (Distribution(settlement="iso:UA-18", category="health", amount=5), "iso:UA-18 health 5"),
    (AidReport(number="12-34"), "12-34"),
    (AidDeadline(rule="R05", due_on=DAY), "R05 2026-11-23"),
    (AidReminder(deadline_id=5, days_before=7), "5 7"),
    (AidPublication(public_id="publication_a"), "publication_a"),
    (ROW, "consignment_a"),
    (AidLine(public_id="line_a"), "line_a"),
    (Passage(consignment=ROW, after="declared", day=DAY), "consignment_a declared 2026-11-23"),
    (Vehicle(public_id="vehicle_a"), "vehicle_a"),
    (Recipient(number="12345"), "12345"),
    (UniqueCode(value="HA-1"), "HA-1"),
    (CodeLine(code_id=3, line_id=4), "3 4"),
    (Declaration(number="D-1"), "D-1"),
    (DeclaredLine(declaration_id=3, line_id=4), "3 4"),
    (AidPaper(kind="packing_list", number=2), "packing_list 2"),
    (FILE, "file_a"),
    (FileReview(file=FILE, shown=True), "file_a True"),
    (Lot(public_id="lot_a"), "lot_a"),
    (Chain(office=OFFICE, length=9), "Zhytomyr 9"),
    (Entry(office=OFFICE, number=9), "7 9"),
    (Balance(lot_id=4, account="store", amount=5), "4 store 5"),
    (SignedHead(office=OFFICE, length=9), "Zhytomyr 9"),
    (AccessToken(public_id="token_a"), "token_a"),
    (KeptAnswer(token_id=4, request="POST /api/v1/acts", status=201), "4 POST /api/v1/acts 201"),
]


@pytest.mark.parametrize(("row", "told"), ROWS, ids=[type(row).__name__ for row, _told in ROWS])
def test_row_says_what_it_is(row, told):
    assert str(row) == told


def test_every_table_of_the_room_says_what_its_rows_are():
    assert {type(row) for row, _told in ROWS} >= set(apps.get_app_config("aid").get_models())


@pytest.fixture
def walked(people):
    """A consignment that has been through everything, with a row in each table that only grows."""
    row = in_state(people.home, a_consignment(people.home), State.REPORTED)
    file = row.files.first()
    FileReview.objects.create(file=file, shown=True, by="somebody", at=timezone.now())
    AidPublication.objects.create(
        public_id=new("publication"),
        consignment=row,
        rules="1",
        not_before=TODAY,
        approved_by="somebody",
        approved_at=timezone.now(),
    )
    a_paper(row)
    SignedHead.objects.create(
        office=people.home.office,
        length=people.home.office.chain.length,
        hash=people.home.office.chain.last,
        at=timezone.now(),
        signature="x",
        key="k",
    )
    return row


def new(prefix):
    return f"{prefix}_{secrets.token_hex(6)}"


def a_paper(row, **fields):
    sound = {
        "public_id": new("paper"),
        "consignment": row,
        "kind": "packing_list",
        "number": 1,
        "languages": ["uk"],
        "slots": {},
        "template_version": 1,
        "readers": "both",
        "pdf": "x.pdf",
        "pdf_sha256": "0" * 64,
        "made_by": "somebody",
        "made_at": timezone.now(),
    }
    return AidPaper.objects.create(**sound | fields)


GROWING = [
    model for model in apps.get_app_config("aid").get_models() if issubclass(model, AppendOnly)
]
GUARDED = (Entry, AidAct, SignedHead, Lot)
"""Tables that the database guards too."""


def test_what_was_done_is_written_once():
    assert {model.__name__ for model in GROWING} == {
        *("AidAct", "Distribution", "AidReport", "AidPublication", "Passage", "AidPaper"),
        *("AidFile", "FileReview", "Lot", "Entry", "SignedHead"),
    }


def test_row_is_neither_written_again_nor_deleted(walked):
    for model in GROWING:
        one = model.objects.first()
        for act in (one.save, one.delete):
            with pytest.raises(Conflict) as refused:
                act()
            assert refused.value.code == "record_kept", model


@pytest.mark.parametrize("model", [one for one in GROWING if one is not Lot])
def test_rows_are_neither_changed_nor_deleted_together(model):
    for act in (lambda: model.objects.update(pk=1), lambda: model.objects.all().delete()):
        with pytest.raises(Conflict) as refused:
            act()
        assert refused.value.code == "record_kept"


@pytest.mark.parametrize("model", GUARDED)
def test_database_refuses_what_goes_round_the_model(walked, model):
    first = model._base_manager.order_by("pk").first()
    table, key = model._meta.db_table, first.pk
    for statement in (
        f"UPDATE {table} SET office_id = office_id WHERE id = {key}",
        f"DELETE FROM {table} WHERE id = {key}",
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            _execute(statement)
    assert model._base_manager.filter(pk=key).exists()


def _execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def refused_by_database(name, act):
    """The act breaks the constraint of this name, or the columns that SQLite names instead."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        act()
    told = str(caught.value)
    assert name in told or "UNIQUE constraint failed" in told, told
    return told


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"state": "somewhere"}, "consignment_state_known"),
        ({"regime": "trade"}, "consignment_regime_known"),
        ({"regime": "military_aid", "restricted": False}, "consignment_military_is_restricted"),
    ],
)
def test_consignment_cannot_be_nonsense(people, fields, name):
    rows = Consignment.objects.filter(pk=a_consignment(people.home).pk)
    assert name in refused_by_database(name, lambda: rows.update(**fields))


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"amount": 0}, "aid_line_has_something"),
        ({"amount": -1}, "aid_line_has_something"),
        ({"control_list": "military", "restricted": False}, "aid_line_controlled_is_restricted"),
    ],
)
def test_line_cannot_be_nonsense(people, fields, name):
    rows = AidLine.objects.filter(consignment=a_consignment(people.home))
    assert name in refused_by_database(name, lambda: rows.update(**fields))


def test_controlled_line_that_is_never_public_is_kept(people):
    rows = AidLine.objects.filter(consignment=a_consignment(people.home))
    assert rows.update(control_list="military", restricted=True, amount=None) == 1
    line = rows.get()
    assert (line.number, line.countable) == (None, False)


@pytest.mark.parametrize(("bound", "countable"), [("", True), (">", False), ("~", False)])
def test_line_is_counted_by_the_ledger_when_told_exactly(bound, countable):
    line = AidLine(amount=2500, bound=bound)
    assert (str(line.number), line.countable) == ("2.5", countable)


def test_two_lines_do_not_stand_at_one_place(people):
    line = AidLine.objects.get(consignment=a_consignment(people.home))
    line.pk, line.public_id = None, new("line")
    assert "position" in refused_by_database("aid_line_position_once", line.save)


def test_code_belongs_to_one_consignment_and_is_the_only_one(people):
    one, two = a_consignment(people.home), a_consignment(people.home)
    code = coded(people.home, one)
    told = {"public_id": new("code"), "at": timezone.now(), "by": "x", "rule_version": "1"}
    told |= {"issued_on": TODAY, "valid_until": TODAY, "recipient_number": "1"}

    def again(consignment, value):
        UniqueCode.objects.create(consignment=consignment, value=value, **told)

    refused_by_database("unique_code_once", lambda: again(two, code.value))
    refused_by_database("unique_code_one_at_a_time", lambda: again(one, "HA-another"))
    UniqueCode.objects.filter(pk=code.pk).update(ended_on=TODAY)
    again(one, "HA-another")
    assert one.codes.count() == 2


def test_vehicle_has_one_living_declaration_and_each_number_is_once(people):
    row = a_consignment(people.home)
    coded(people.home, row)
    truck = a_truck(people.home, row)
    first = declared(people.home, row, vehicle=truck)

    def again(**fields):
        sound = {"vehicle": truck, "number": "another", "valid_until": TODAY, "by": "x"}
        sound |= {"created_on": TODAY, "at": timezone.now(), "public_id": new("declaration")}
        return Declaration.objects.create(consignment=row, **sound | fields)

    refused_by_database("declaration_one_per_vehicle", again)
    Declaration.objects.filter(pk=first.pk).update(expired_on=TODAY)
    refused_by_database("declaration_number_once", lambda: again(number=first.number))
    assert again().number == "another"


@pytest.mark.parametrize("model", [CodeLine, DeclaredLine])
def test_line_stands_once_under_a_paper_with_something(people, model):
    row = in_state(people.home, a_consignment(people.home), State.DECLARED)
    line = model.objects.get(line__consignment=row)
    nothing = model.objects.filter(pk=line.pk)
    refused_by_database("line_has_something", lambda: nothing.update(amount=0))
    line.pk = None
    refused_by_database("line_once", line.save)


def test_office_is_one_recipient(people):
    one = as_recipient(people.home)
    one.pk = None
    assert "office" in refused_by_database("aid_recipient_office_id_key", one.save)


@pytest.mark.parametrize(
    ("model", "name", "fresh"),
    [
        (ActCount, "act_count_once", {}),
        (AidAct, "act_number_once", {"key": "another"}),
        (AidAct, "act_key_once", {"number": 999}),
        (AidReport, "aid_report_once", {}),
        (AidPaper, "aid_paper_version_once", {}),
        (Balance, "balance_once", {}),
        (Lot, "aid_lot_label_key", {}),
        (SignedHead, "head_signed_once", {}),
        (Chain, "aid_chain_office_id_key", {}),
    ],
)
def test_nothing_is_counted_twice(walked, model, name, fresh):
    row = model._base_manager.order_by("-pk").first()
    row.pk = None
    for field, value in (
        fresh.items() | ({"public_id": new("other")} if _named(model) else {}).items()
    ):
        setattr(row, field, value)
    refused_by_database(name, row.save)


def _named(model):
    return any(field.name == "public_id" for field in model._meta.fields)


def test_file_with_a_key_is_kept_once_and_files_without_one_as_often_as_they_come(walked):
    for key in ("", "", "one"):
        copied(walked.files.first(), key=key).save()
    refused_by_database("aid_file_key_once", copied(walked.files.first(), key="one").save)


def copied(row, **fields):
    row.pk, row.public_id = None, new("file")
    for field, value in fields.items():
        setattr(row, field, value)
    return row


def test_reminder_goes_to_a_person_once(walked):
    told = {"deadline": walked.deadlines.first(), "days_before": 7, "person": "person_a"}
    AidReminder.objects.create(queued_at=timezone.now(), **told)
    refused_by_database(
        "aid_reminder_once",
        lambda: AidReminder.objects.create(queued_at=timezone.now(), **told),
    )


def test_distribution_reaches_somebody_with_something(walked):
    row = Distribution.objects.first()
    row.pk, row.amount = None, 0
    refused_by_database("distribution_has_something", row.save)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"amount": 0}, "entry_moves_something"),
        ({"amount": -5}, "entry_moves_something"),
        ({"target": "donor", "source": "donor"}, "entry_moves_somewhere"),
        ({"key": "of the last"}, "entry_key_once"),
    ],
)
def test_entry_moves_something_somewhere_once(walked, fields, name):
    last = Entry.objects.order_by("-number").first()
    told = {"key": "another"} | fields
    if told["key"] == "of the last":
        told["key"] = last.key
    last.previous, last.hash = last.hash, "f" * 64
    last.pk, last.public_id, last.number = None, new("entry"), last.number + 1
    last.reverses = None
    for field, value in told.items():
        setattr(last, field, value)
    refused_by_database(name, last.save)


def test_only_givers_hold_less_than_nothing(walked):
    rows = Balance.objects.filter(lot__line__consignment=walked)
    store = rows.filter(account=Account.STORE)
    refused_by_database("balance_never_below_zero", lambda: store.update(amount=-1))
    assert rows.get(account=Account.DONOR).amount < 0


def test_what_others_rest_on_is_not_deleted(walked):
    with pytest.raises(ProtectedError):
        walked.delete()


def test_querysets_find_by_office_and_state(people):
    home = people.home
    open_one = a_consignment(home)
    closed = in_state(home, a_consignment(home, day=ago(60)), State.CLOSED)
    Consignment.objects.filter(pk=open_one.pk).update(donor_office=people.second.office)
    mine = Consignment.objects.of(home.office)
    assert set(mine) == {open_one, closed}
    assert list(mine.living()) == [open_one]
    assert list(Consignment.objects.given_by(people.second.office)) == [open_one]
    assert list(Consignment.objects.given_by(people.partner.office)) == [closed]
    assert set(Lot.objects.of(home.office)) == set(Lot.objects.all())
    assert not Lot.objects.of(people.partner.office).exists()
