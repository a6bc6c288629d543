"""To whom goods went, as the office, the giver and the public read it: small counts are hidden."""

import acts_cast
import pytest
from acts_cast import a_consignment, a_line, all_came, give_out, send, the_lot, to_people, valued
from needs_cast import steps

from factories import BUCHA, ZHYTOMYR
from mistok.aid.acts import distribution_table

pytestmark = pytest.mark.django_db
store = acts_cast.store
KHARKIV = "katottg:UA63120270000028556"


def stocked(store, *lines):
    """A consignment in the books with lines of a thousand each."""
    row = a_consignment(store.home)
    for fields in lines or ({},):
        a_line(row, 1000, **fields)
    send(store.home, row)
    all_came(store.home, row)
    valued(store.home, row)
    return row


def given(store, row, *counts, position=1):
    """Rows of (category, settlement, persons) in one act, ten pieces each."""
    lot = the_lot(row, position)
    rows = [
        to_people(lot, 10, category=category, settlement=settlement, persons=persons)
        for category, settlement, persons in counts
    ]
    return give_out(store.home, row, *rows)


def test_the_office_reads_everything(store):
    row = stocked(store)
    given(store, row, ("households", ZHYTOMYR, 4), ("displaced", BUCHA, 50))
    given(store, row, ("households", BUCHA, 20), ("health", ZHYTOMYR, None))
    table = distribution_table(row, for_whom="office")
    assert table.persons.cells[ZHYTOMYR, "households"] == 4
    assert table.persons.cells[ZHYTOMYR, "displaced"] == 0
    assert table.persons.cells[ZHYTOMYR, "health"] is None
    assert dict(table.persons_by_category) == {"households": 24, "displaced": 50, "health": None}
    assert table.persons.row_totals == {ZHYTOMYR: 4, BUCHA: 70}
    assert table.persons.total == 74
    assert table.households.total is None
    assert dict(table.households_by_category) == dict.fromkeys(table.persons_by_category)
    assert set(table.settlements) == {ZHYTOMYR, BUCHA}
    assert table.categories == ["displaced", "health", "households"]
    told = [(one.category, one.amount) for one in table.amounts]
    assert told == [("displaced", steps(10)), ("health", steps(10)), ("households", steps(20))]


@pytest.mark.parametrize("reader", ["donor", "public"])
def test_a_small_count_cannot_be_reckoned_from_the_others(store, reader):
    row = stocked(store)
    given(
        store,
        row,
        ("households", ZHYTOMYR, 4),
        ("displaced", ZHYTOMYR, 30),
        ("households", BUCHA, 40),
        ("displaced", BUCHA, 50),
    )
    table = distribution_table(row, for_whom=reader)
    persons = table.persons
    assert persons.cells[ZHYTOMYR, "households"] is None
    hidden = [cell for cell, count in persons.cells.items() if count is None]
    # Not the small one alone: its row and its column each hide another, or their totals.
    assert len(hidden) == 4 or None in {
        *persons.row_totals.values(),
        *persons.column_totals.values(),
    }
    assert [one.amount for one in table.amounts] == [steps(20), steps(20)]


def test_one_small_settlement_hides_the_total_too(store):
    row = stocked(store)
    given(store, row, ("households", ZHYTOMYR, 4))
    table = distribution_table(row)
    assert dict(table.persons_by_category) == {"households": None}
    assert table.persons.total is None


def test_counts_of_ten_and_more_are_told(store):
    row = stocked(store)
    given(store, row, ("households", ZHYTOMYR, 10), ("displaced", BUCHA, 12))
    assert dict(distribution_table(row).persons_by_category) == {"households": 10, "displaced": 12}


def test_who_gets_a_bed_and_a_blanket_is_one_person(store):
    row = stocked(store, {"name": "bed"}, {"name": "blanket"})
    beds, blankets = the_lot(row), the_lot(row, 2)
    give_out(
        store.home,
        row,
        to_people(beds, 20, persons=20, households=9),
        to_people(blankets, 10, persons=10, households=4),
        to_people(blankets, 15, persons=15, households=6),
    )
    give_out(store.home, row, to_people(blankets, 30, persons=30))
    table = distribution_table(row, for_whom="office")
    assert dict(table.persons_by_category) == {"households": 55}
    assert dict(table.households_by_category) == {"households": 10}
    some = distribution_table(row, for_whom="office", lines=[beds.line])
    assert dict(some.persons_by_category) == {"households": 20}
    assert [one.line for one in some.amounts] == [beds.line]


def test_what_defence_got_is_told_to_nobody_outside(store):
    row = stocked(store)
    given(store, row, ("defence", ZHYTOMYR, 100), ("health", ZHYTOMYR, 100))
    assert distribution_table(row, for_whom="office").categories == ["defence", "health"]
    for reader in ("donor", "public"):
        table = distribution_table(row, for_whom=reader)
        assert table.categories == ["health"]
        assert [one.category for one in table.amounts] == ["health"]


def test_restricted_lines_are_told_to_the_giver_and_not_to_the_public(store):
    row = stocked(store, {"name": "bed"}, {"name": "radio set", "restricted": True})
    given(store, row, ("rescue", ZHYTOMYR, 100), position=2)
    assert distribution_table(row, for_whom="donor").persons.total == 100
    public = distribution_table(row)
    assert (public.categories, public.amounts, public.persons.total) == ([], [], None)


def test_nothing_was_given_out(store):
    row = stocked(store)
    table = distribution_table(row, for_whom="office")
    assert (table.settlements, table.categories, table.persons.total) == ([], [], None)
