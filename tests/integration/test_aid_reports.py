"""Reports on presence and distribution are kept once, and end the days of the law."""

import acts_cast
import pytest
from acts_cast import (
    ago,
    all_came,
    count,
    give_out,
    in_the_books,
    sent,
    the_lot,
    to_people,
)
from needs_cast import steps

from factories import ZHYTOMYR
from living import refuses
from mistok.aid.acts import Counted, file_report, report_rows
from mistok.aid.clocks import start_clock
from mistok.aid.lifecycle import State
from mistok.aid.models import AidReport
from mistok.kernel.errors import Conflict, Invalid, NotAllowed

pytestmark = pytest.mark.django_db
store = acts_cast.store


def filed(store, row, number="77/2026", *, day=None, final=False, **fields):
    told = {
        "actor": store.home.officer,
        "consignment": row,
        "number": number,
        "filed_on": day or ago(5),
        "final": final,
    }
    return file_report(**told | fields)


def test_an_interim_report_tells_what_is_there_and_ends_the_days_of_the_law(store):
    row = in_the_books(store.home, 10)
    clock = start_clock(row, "R05", ago(11))
    give_out(store.home, row, to_people(the_lot(row), 4, households=2, persons=5))
    report = filed(store, row)
    clock.refresh_from_db()
    assert clock.done_on == ago(5)
    assert row.state == State.DISTRIBUTING
    line = report.rows[0]
    assert (line["received"], line["issued"], line["on_hand"]) == (steps(10), steps(4), steps(6))
    assert line["given"] == [
        {
            "day": ago(8).isoformat(),
            "settlement": ZHYTOMYR,
            "category": "households",
            "amount": steps(4),
            "households": 2,
            "persons": 5,
        }
    ]


def test_the_last_report_closes_the_distribution(store):
    row = in_the_books(store.home, 10)
    refuses("not_all_distributed", Conflict, lambda: filed(store, row, final=True))
    give_out(store.home, row, to_people(the_lot(row), 10))
    filed(store, row, final=True, expected=row.version)
    assert (row.state, row.state_since) == (State.REPORTED, ago(5))
    filed(store, row, "78/2026", final=True, day=ago(4))
    assert row.state == State.REPORTED
    assert AidReport.objects.count() == 2


def test_the_same_report_twice_is_kept_once(store):
    row = in_the_books(store.home, 10)
    first = filed(store, row, rows=[{"line": 1}])
    assert filed(store, row, rows=[{"line": 1}], expected=1) == first
    assert filed(store, row) == first
    refuses("report_number_taken", Conflict, lambda: filed(store, row, day=ago(4)))
    refuses("report_number_taken", Conflict, lambda: filed(store, row, rows=[{"line": 2}]))
    assert AidReport.objects.count() == 1


def test_a_report_while_the_second_truck_is_on_the_way(store):
    row = sent(store.home, 10)
    refuses("before_acceptance", Invalid, lambda: filed(store, row))
    count(store.home, row, Counted(lot=the_lot(row), received=steps(4), more_to_come=True))
    filed(store, row)
    assert report_rows(row)[0]["received"] == steps(4)
    refuses("not_all_distributed", Conflict, lambda: filed(store, row, "78", final=True))


def test_days_and_numbers_of_reports(store):
    row = sent(store.home, 10)
    all_came(store.home, row)
    refuses("before_acceptance", Invalid, lambda: filed(store, row, day=ago(11)))
    refuses("day_to_come", Invalid, lambda: filed(store, row, day=ago(-1)))
    refuses("text_missing", Invalid, lambda: filed(store, row, " "))
    refuses("consignment_changed", Conflict, lambda: filed(store, row, expected=1))


def test_who_files_no_report_and_when_it_is_over(store):
    row = sent(store.home, 10)
    all_came(store.home, row)
    with pytest.raises(NotAllowed):
        filed(store, row, actor=store.home.storekeeper)
    row.state = State.CLOSED
    row.save()
    refuses("consignment_closed", Conflict, lambda: filed(store, row))
    row.state = State.ACCEPTED
    row.save()
    refuses("wrong_state", Conflict, lambda: filed(store, row))
