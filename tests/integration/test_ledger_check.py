"""`mistok ledger check`: whatever somebody changes by hand is found, at the entry it touches."""

import datetime as dt
import json

import pytest
from django.db import connection, transaction
from django.utils import timezone
from ledger_cast import A, a_consignment, a_lot, move, six_entries, store

from mistok.aid.ledger import (
    chain,
    check,
    looking,
    recounting,
    rereading,
)
from mistok.aid.ledger.checking import SENTENCES
from mistok.aid.models import AidAct, Balance, Chain, Entry, Lot, SignedHead
from open_ledger import tampering, unguarded

pytestmark = pytest.mark.django_db
people = store
ledger = six_entries


def look(sql="", *parameters, then=None):
    """The check after a statement past all guards, which is taken back again."""
    with tampering() as cursor:
        if sql:
            cursor.execute(sql, parameters)
        if then:
            then()
        return check()


def bad(found, number, wrong, *, chain_ok=False, balanced=True):
    """Whether this entry is told as the first bad one, for this."""
    first = found.first_bad
    assert first is not None
    assert (first["number"], first["wrong"]) == (number, wrong), first
    assert first["sentence"] == first["sentence"].rstrip(".") + "."
    assert SENTENCES[wrong] in first["sentence"]
    assert (found.chain_ok, found.balanced) == (chain_ok, balanced)
    return first


def test_sound_ledger_holds(people, ledger):
    found = check()
    assert (found.entries, found.lots, found.first_bad) == (7, 3, None)
    assert found.chain_ok
    assert found.balanced


def test_empty_ledger_holds(people):
    found = check()
    assert (found.entries, found.lots, found.chain_ok, found.balanced) == (0, 0, True, True)


def test_ledger_of_one_office_is_checked_alone(people, ledger):
    assert check(office=people.other.office).entries == 1
    hurt = "UPDATE aid_entry SET amount = 9999 WHERE office_id = %s"
    with transaction.atomic():
        with unguarded() as cursor:
            cursor.execute(hurt, [people.other.office.pk])
        assert check(office=people.office).first_bad is None
        first = check(office=people.other.office).first_bad
        assert (first["office"], first["number"]) == (people.other.office.public_id, 1)
        transaction.set_rollback(True)


def test_progress_is_told_until_the_end(people, ledger):
    told = []
    check(lambda done, total: told.append((done, total)))
    assert told[-1] == (14, 14)
    assert told == sorted(told)


def test_hashes_read_again_are_those_that_were_written(people, ledger):
    for entry in ledger:
        lot, act = chain.lot_hash(entry.lot), chain.act_hash(entry.act)
        assert entry.hash == chain.entry_hash(entry, lot=lot, act=act)


def test_ledger_is_read_in_bounded_memory(people, ledger, monkeypatch):
    monkeypatch.setattr(rereading, "_REMEMBERED", 0)
    monkeypatch.setattr(looking, "PAGE", 2)
    pages = []

    def short_pages(sql, parameters, start):
        for page in looking.pages(sql, parameters, start):
            pages.append(page)
            yield page

    monkeypatch.setattr(rereading, "pages", short_pages)
    monkeypatch.setattr(recounting, "pages", short_pages)
    found = check()
    assert (found.entries, found.lots, found.first_bad) == (7, 3, None)
    assert max(map(len, pages)) == 2
    assert len(pages) > 7


def test_moment_without_a_fraction_is_read_as_it_was_written(people):
    whole = timezone.now().replace(microsecond=0)
    tenth = whole.replace(microsecond=120000)
    lot = a_lot(people)
    for at in (whole, tenth):
        move(lot, A.DONOR, A.STORE, 1, by=people.officer, at=at)
    assert check().first_bad is None


def third_office(people):
    """A third office, which has no ledger."""
    office = type(people.office).objects.get(pk=people.office.pk)
    office.pk, office.public_id, office.place, office.state = None, "office_third", "x", "claimed"
    office.save()
    return office


# Every column ---------------------------------------------------------------------------------


def other_value(model, field, row):
    """Something else that the column can hold, and a statement's own form of it."""
    value = getattr(row, field.attname)
    kind = field.get_internal_type()
    if field.is_relation:
        rows = field.related_model._base_manager.exclude(pk=value)
        return rows.order_by("-pk").values_list("pk", flat=True).first()
    if kind == "JSONField":
        return json.dumps([*value, {"more": 1}])
    if kind in ("DateField", "DateTimeField"):
        moved = (value or dt.date(2030, 1, 1)) - dt.timedelta(days=40)
        return (
            connection.ops.adapt_datefield_value(moved)
            if kind == "DateField"
            else (connection.ops.adapt_datetimefield_value(moved))
        )
    if isinstance(value, int) or kind.endswith("IntegerField"):
        return (value or 0) + 1000
    return "x" if value == "" else ("y" if value[0] == "x" else "x") + value[1:]


def columns(model, *left_out):
    return [
        pytest.param(field, id=field.name)
        for field in model._meta.concrete_fields
        if field.name not in ("id", *left_out)
    ]


def tampered(row, field):
    """The check after one column of one row was changed."""
    model = type(row)
    column = connection.ops.quote_name(field.column)
    sql = f"UPDATE {model._meta.db_table} SET {column} = %s WHERE id = %s"
    return look(sql, other_value(model, field, row), row.pk)


@pytest.mark.parametrize("field", columns(Entry, "office", "number"))
def test_every_column_of_an_entry_is_sealed(people, ledger, field):
    a_consignment(people)
    found = tampered(ledger[2], field)
    assert (found.first_bad["number"], found.first_bad["wrong"]) == (3, "entry")
    wanted = "entry_" if field.name != "public_id" else "x"
    assert found.first_bad["entry"].startswith(wanted)
    assert not found.chain_ok


@pytest.mark.parametrize("field", columns(AidAct))
def test_every_column_of_an_act_is_sealed(people, ledger, field):
    a_consignment(people)
    third_office(people)
    bad(tampered(ledger[0].act, field), 1, "entry")
    bad(tampered(ledger[2].act, field), 3, "entry")


@pytest.mark.parametrize("field", columns(Lot))
def test_every_column_of_a_lot_is_sealed(people, ledger, field):
    found = tampered(ledger[4].lot, field)
    assert (found.first_bad["number"], found.first_bad["wrong"]) == (5, "entry")


@pytest.mark.parametrize("field", columns(SignedHead))
def test_every_column_of_a_signed_head_is_sealed(people, ledger, field):
    head = SignedHead.objects.get(office=people.office, length=2)
    number = 1002 if field.name == "length" else 2
    found = tampered(head, field)
    if field.name == "office":
        # It stands beside the other office's own then, which it does not fit.
        assert found.first_bad["office"] == people.other.office.public_id
    bad(found, number, "head")


@pytest.mark.parametrize("field", columns(Chain))
def test_every_column_of_a_chain_is_checked(people, ledger, field):
    row = Chain.objects.get(office=people.office)
    if field.name == "office":
        row = Chain.objects.get(office=people.other.office)
        third = third_office(people)
        sql = "UPDATE aid_chain SET office_id = %s WHERE id = %s"
        bad(look(sql, third.pk, row.pk), 1, "end")
        return
    bad(tampered(row, field), 6, "end")


@pytest.mark.parametrize("field", columns(Balance))
def test_every_column_of_a_balance_is_checked(people, ledger, field):
    row = Balance.objects.get(lot=ledger[5].lot, account="store")
    if field.name == "lot":
        sql = "DELETE FROM aid_balance WHERE lot_id = %s"
        first = bad(look(sql, row.lot_id), 6, "balance", chain_ok=True, balanced=False)
    elif field.name == "category":
        found = look("UPDATE aid_balance SET category = 'health' WHERE id = %s", row.pk)
        first = bad(found, 6, "balance", chain_ok=True, balanced=False)
    else:
        first = bad(tampered(row, field), 6, "balance", chain_ok=True, balanced=False)
    assert first["lot"] == row.lot.public_id


# What is not a column alone -------------------------------------------------------------------


def test_entries_that_are_gone_or_moved_are_missed(people, ledger):
    change = "UPDATE aid_entry SET number = %s WHERE id = %s"
    first = bad(look(change, 99, ledger[1].pk), 2, "missing")
    assert first["entry"] is None
    bad(look(change, -5, ledger[1].pk), -5, "entry")
    gone = look("DELETE FROM aid_entry WHERE id = %s", ledger[1].pk)
    bad(gone, 2, "missing", balanced=False)
    bad(look("DELETE FROM aid_entry WHERE id = %s", ledger[5].pk), 6, "missing", balanced=False)
    found = look("DELETE FROM aid_entry WHERE office_id = %s", people.other.office.pk)
    assert found.first_bad["office"] == people.other.office.public_id
    bad(found, 1, "missing", balanced=False)
    away = "UPDATE aid_entry SET office_id = %s, number = 2 WHERE id = %s"
    found = look(away, people.other.office.pk, ledger[1].pk)
    bad(found, 2, "missing")
    assert found.first_bad["office"] == people.office.public_id


def test_lots_and_acts_that_are_gone_are_missed(people, ledger):
    bad(look("DELETE FROM aid_aidact WHERE id = %s", ledger[0].act_id), 1, "entry")
    bad(look("DELETE FROM aid_lot WHERE id = %s", ledger[4].lot_id), 5, "entry")


def test_shortened_chain_is_betrayed_by_its_signed_head(people, ledger):
    def shorten():
        rows = Chain.objects.filter(office=people.office)
        rows.update(length=5, last=ledger.get(number=5).hash)

    gone = "DELETE FROM aid_entry WHERE id = %s"
    # The act that is still there moved nothing any more, which was not so when it was signed.
    bad(look(gone, ledger[5].pk, then=shorten), 6, "head", balanced=False)

    def with_its_act():
        AidAct.objects.filter(pk=act)._raw_delete("default")
        shorten()

    act = ledger[5].act_id
    bad(look(gone, ledger[5].pk, then=with_its_act), 6, "missing", balanced=False)

    def none_left():
        Chain.objects.filter(office=people.other.office).delete()

    theirs = "DELETE FROM aid_entry WHERE office_id = %s"
    found = look(theirs, people.other.office.pk, then=none_left)
    bad(found, 0, "end", balanced=False)

    def emptied():
        Chain.objects.filter(office=people.other.office).update(length=0, last="0" * 64)

    found = look(theirs, people.other.office.pk, then=emptied)
    bad(found, 1, "head", balanced=False)


def rewrite(entry, **changed):
    """An entry written anew with a hash that fits it."""
    for name, value in changed.items():
        setattr(entry, name, value)
    lot, act = chain.lot_hash(entry.lot), chain.act_hash(entry.act)
    entry.hash = chain.entry_hash(entry, lot=lot, act=act)
    fields = {name: getattr(entry, name) for name in (*changed, "hash")}
    marks = ", ".join(f"{name} = %s" for name in fields)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE aid_entry SET {marks} WHERE id = %s", [*fields.values(), entry.pk])
    return entry.hash


def test_entry_with_a_new_hash_is_betrayed_by_the_next_one(people, ledger):
    bad(look(then=lambda: rewrite(ledger.get(number=4), by="x")), 4, "rewritten")
    bad(look(then=lambda: rewrite(ledger.get(number=1), previous="1" * 64)), 1, "entry")


def rewrite_from(people, ledger, number, **changed):
    """A chain written anew from an entry on, as somebody with the program and time would."""
    first = ledger.get(number=number)
    last = rewrite(first, **changed)
    for entry in ledger.filter(number__gt=number):
        last = rewrite(entry, previous=last)
    Chain.objects.filter(office=people.office).update(last=last)


def test_chain_written_anew_is_betrayed_by_its_signed_head(people, ledger):
    bad(look(then=lambda: rewrite_from(people, ledger, 5, by="x")), 6, "head")
    bad(look(then=lambda: rewrite_from(people, ledger, 1, by="x")), 2, "head")


def test_act_that_moved_nothing_is_sealed_by_the_head_after_it(people, ledger):
    act = AidAct.objects.get(kind="valuation")
    rows = json.dumps([{"value": "200.00"}])
    bad(look("UPDATE aid_aidact SET rows = %s WHERE id = %s", rows, act.pk), 6, "head")
    bad(look("DELETE FROM aid_aidact WHERE id = %s", act.pk), 6, "head")


def test_movement_that_its_act_cannot_make_is_found_though_its_hash_fits(people, ledger):
    def wrong(number, **changed):
        return lambda: rewrite(ledger.get(number=number), **changed)

    bad(look(then=wrong(6, target="issued")), 6, "movement", balanced=False)
    bad(look(then=wrong(4, amount=1000)), 4, "movement", balanced=False)

    def of_another_office():
        theirs = Lot.objects.get(office=people.other.office)
        row = ledger.get(number=6)
        row.lot = theirs
        rewrite(row, lot_id=theirs.pk)

    bad(look(then=of_another_office), 6, "movement", balanced=False)


def test_more_than_there_was_is_found_at_the_entry_that_takes_it(people, ledger):
    def too_much():
        SignedHead.objects.all()._raw_delete("default")
        rewrite(ledger.get(number=6), amount=11000)
        Chain.objects.filter(office=people.office).update(last=ledger.get(number=6).hash)

    first = bad(look(then=too_much), 6, "below_zero", chain_ok=True, balanced=False)
    assert first["lot"] == ledger[5].lot.public_id

    def beyond_papers():
        SignedHead.objects.all()._raw_delete("default")
        rewrite_from(people, ledger, 5, amount=12000)

    first = bad(look(then=beyond_papers), 5, "below_zero", chain_ok=True, balanced=False)
    assert first["lot"] == ledger[5].lot.public_id


def test_source_that_was_told_without_a_number_may_give_what_it_likes(people):
    lot = a_lot(people, None)
    move(lot, A.DONOR, A.STORE, 100, by=people.officer)
    move(lot, A.SURPLUS, A.STORE, 100, by=people.officer)
    assert check().balanced


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite alone takes anything as text")
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("aid_entry", "document"),
        ("aid_entry", "at"),
        ("aid_entry", "amount"),
        ("aid_aidact", "rows"),
        ("aid_aidact", "day"),
        ("aid_lot", "declared"),
    ],
)
@pytest.mark.parametrize("value", ["x'ff00'", "CAST(x'41ff42' AS TEXT)", "'abc'", "5.5"])
def test_anything_in_a_column_is_found_and_stops_nobody(people, ledger, table, column, value):
    numbers = {"aid_entry": ledger[2].pk, "aid_aidact": ledger[2].act_id}
    number = numbers.get(table, ledger[2].lot_id)
    found = look(f"UPDATE {table} SET {column} = {value} WHERE id = {number}")
    assert found.first_bad["number"] == (1 if table == "aid_lot" else 3)
    assert found.first_bad["wrong"] == "entry"


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="SQLite alone takes anything as number")
def test_number_that_is_none_is_found(people, ledger):
    bad(look("UPDATE aid_entry SET number = 'abc' WHERE id = %s", ledger[1].pk), 2, "missing")
    last = look("UPDATE aid_entry SET number = 'abc' WHERE id = %s", ledger[5].pk)
    bad(last, "abc", "entry")
