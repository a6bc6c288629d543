"""A commission values what came; the consignment comes into the books when all of it is valued."""

from decimal import Decimal

import acts_cast
import pytest
from acts_cast import (
    COMMISSION,
    a_consignment,
    a_key,
    a_line,
    ago,
    all_came,
    count,
    give_out,
    in_the_books,
    send,
    sent,
    the_lot,
    to_people,
    valued,
)
from needs_cast import steps

from living import refuses
from mistok.aid.acts import Counted, DisposalRow, Valued, unvalued_lines, value, write_off
from mistok.aid.lifecycle import ActKind, State
from mistok.kernel.errors import Conflict, Invalid, NotAllowed

pytestmark = pytest.mark.django_db
store = acts_cast.store


def worth(store, row, values, **fields):
    told = {
        "actor": store.home.approver,
        "consignment": row,
        "day": ago(9),
        "values": values,
        "commission": COMMISSION,
        "key": a_key(),
    }
    return value(**told | fields)


def test_every_line_is_valued_and_the_goods_are_in_the_books(store):
    row = sent(store.home, 10, 4)
    all_came(store.home, row)
    beds, blankets = row.lines.all()
    told = Valued(Decimal("80.50"), "EUR", "invoice", Decimal("48.1234"))
    act = worth(store, row, {beds.public_id: told})
    assert row.state == State.RECEIVED
    assert unvalued_lines(row) == [blankets]
    assert act.rows == [
        {
            "line": beds.public_id,
            "unit_value": "80.50",
            "currency": "EUR",
            "value_basis": "invoice",
            "uah_rate": "48.1234",
            "rate_day": ago(10).isoformat(),
        }
    ]
    beds.refresh_from_db()
    assert (beds.unit_value, beds.uah_rate, beds.rate_day) == (
        Decimal("80.50"),
        Decimal("48.1234"),
        ago(10),
    )
    worth(store, row, {blankets.public_id: (Decimal(5), "UAH", "")}, day=ago(8))
    blankets.refresh_from_db()
    assert (blankets.currency, blankets.value_basis) == ("UAH", "fair_value_commission")
    assert blankets.uah_rate is None
    assert (row.state, row.state_since) == (State.ON_BALANCE, ago(8))


def test_what_never_came_is_not_valued(store):
    row = sent(store.home, 10, 4)
    beds, blankets = row.lines.all()
    count(
        store.home,
        row,
        Counted(line=beds, received=steps(10)),
        Counted(line=blankets, received=0),
    )
    euro = (Decimal(5), "EUR", "")
    refuses("lot_elsewhere", Invalid, lambda: worth(store, row, {blankets.public_id: euro}))
    worth(store, row, {beds.public_id: euro})
    assert row.state == State.ON_BALANCE


def test_a_later_valuation_corrects_and_keeps_the_stored_rate_of_the_same_currency(store):
    row = sent(store.home, 10)
    all_came(store.home, row)
    line = row.lines.get()
    rated = Valued(Decimal(80), "EUR", "", Decimal("48.1"), ago(10))
    worth(store, row, {line.public_id: rated})
    worth(store, row, {line.public_id: (Decimal(70), "EUR", "")}, day=ago(7))
    line.refresh_from_db()
    assert (line.unit_value, line.uah_rate) == (Decimal(70), Decimal("48.1"))
    worth(store, row, {line.public_id: (Decimal(75), "PLN", "")}, day=ago(7))
    line.refresh_from_db()
    assert (line.currency, line.uah_rate, line.rate_day) == ("PLN", None, None)
    assert row.state == State.ON_BALANCE


def test_a_correction_while_goods_are_given_out_changes_no_state(store):
    row = in_the_books(store.home, 10)
    give_out(store.home, row, to_people(the_lot(row), 4))
    valued(store.home, row, day=ago(7), worth=("30", "EUR", "donor_statement"))
    assert row.state == State.DISTRIBUTING
    assert row.lines.get().value_basis == "donor_statement"


def test_goods_that_are_all_written_off_are_valued_and_then_nothing_is_left(store):
    row = sent(store.home, 10)
    count(store.home, row, Counted(lot=the_lot(row), received=0, damaged=steps(10)))
    write_off(
        actor=store.home.approver,
        consignment=row,
        day=ago(10),
        rows=[DisposalRow(lot=the_lot(row), amount=steps(10), account="damaged")],
        ground="Wet through, act of the sanitary service.",
        commission=COMMISSION,
        key=a_key(),
    )
    assert row.state == State.RECEIVED
    valued(store.home, row)
    assert row.state == State.DISTRIBUTED
    passed = list(row.passages.values_list("after", flat=True))
    assert passed[-3:] == [State.RECEIVED, State.ON_BALANCE, State.DISTRIBUTED]


def test_while_a_part_is_on_the_way_nothing_is_valued(store):
    row = sent(store.home, 10)
    count(store.home, row, Counted(lot=the_lot(row), received=steps(4), more_to_come=True))
    refuses("still_coming", Conflict, lambda: valued(store.home, row))


def test_before_anything_came_and_after_the_end(store):
    row = a_consignment(store.home)
    a_line(row)
    refuses("wrong_state", Conflict, lambda: valued(store.home, row))
    row.state = State.CLOSED
    row.save()
    refuses("consignment_closed", Conflict, lambda: valued(store.home, row))


def test_a_state_without_an_acceptance_has_nothing_to_value(store):
    row = a_consignment(store.home, state="received")
    a_line(row)
    refuses("nothing_named", Invalid, lambda: valued(store.home, row))
    assert unvalued_lines(row) == []


def test_a_valuation_before_the_acceptance_or_of_nothing(store):
    row = sent(store.home, 10)
    all_came(store.home, row)
    refuses("before_acceptance", Invalid, lambda: valued(store.home, row, day=ago(11)))
    refuses("nothing_named", Invalid, lambda: worth(store, row, {}))
    refuses("commission_too_small", Invalid, lambda: valued(store.home, row, commission=()))


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ((Decimal(0), "EUR", ""), "unit_value_not_positive"),
        ((Decimal("NaN"), "EUR", ""), "unit_value_malformed"),
        ((Decimal("1.234"), "EUR", ""), "unit_value_too_fine"),
        ((Decimal(5), "", ""), "currency_missing"),
        ((Decimal(5), "XYZ", ""), "currency_unknown"),
        ((Decimal(5), "EUR", "guess"), "value_basis_unknown"),
        ((Decimal(5), "UAH", "", Decimal(1)), "rate_without_currency"),
    ],
)
def test_values_that_cannot_be(store, told, code):
    row = sent(store.home, 10)
    all_came(store.home, row)
    line = row.lines.get()
    refuses(code, Invalid, lambda: worth(store, row, {line.public_id: told}))
    line.refresh_from_db()
    assert line.unit_value is None


def test_the_storekeeper_values_nothing(store):
    row = sent(store.home, 10)
    all_came(store.home, row)
    with pytest.raises(NotAllowed):
        valued(store.home, row, actor=store.home.storekeeper)


def test_the_same_valuation_twice(store):
    row = sent(store.home, 10)
    all_came(store.home, row)
    key = a_key()
    act = valued(store.home, row, key=key)
    assert valued(store.home, row, key=key) == act
    refuses(
        "key_reused", Conflict, lambda: valued(store.home, row, key=key, worth=("9", "EUR", ""))
    )
    assert row.acts.filter(kind=ActKind.VALUATION).count() == 1


def test_wagons_of_flour_are_valued_by_the_tonne(store):
    row = a_consignment(store.home)
    line = a_line(row, 5, unit="tonne", bound=">")
    send(store.home, row)
    count(store.home, row, Counted(line=line, received=5400))
    valued(store.home, row)
    assert row.state == State.ON_BALANCE
