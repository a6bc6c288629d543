"""Deadlines worked out by hand, with a calendar on the wall, against the engine."""

import csv
import datetime as dt
from pathlib import Path

import pytest

from mistok.accounts.models import User
from mistok.kernel.deadlines import Unit, due_on
from mistok.kernel.errors import Refusal
from mistok.law.calendars import calendar_of
from mistok.law.drafting import NewVersion
from mistok.law.selectors import deadline
from mistok.law.services import add_version, load_rules

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).resolve().parents[1] / "data" / "deadlines.csv"
ROWS = list(csv.DictReader(TABLE.open(encoding="utf-8")))
ADDED = [
    {"code": "R01", "effective_from": dt.date(2026, 7, 1), "value": 45, "unit": "calendar"},
    {"code": "R01", "effective_from": dt.date(2026, 9, 1), "value": 20, "unit": "working"},
    {"code": "R22", "effective_from": dt.date(2026, 6, 1), "value": 10, "unit": "working"},
    {
        "code": "R02",
        "effective_from": dt.date(2026, 7, 1),
        "value": 10,
        "unit": "calendar",
        "rolls": True,
    },
]
"""Versions that an administrator has added in the table's world, beside those of the program."""


@pytest.fixture
def versions():
    root = User.objects.create_superuser("root@example.org", "a long and quiet bridge")
    load_rules()
    for said in ADDED:
        add_version(root, NewVersion(**said, standing="unverified", source_title="a letter"))


def worked_out(row):
    start = dt.date.fromisoformat(row["start"])
    if row["rule"]:
        return deadline(row["rule"], start, country=row["country"] or None).due_on
    far = dt.date(start.year + 1, 12, 31)
    calendar = calendar_of(row["country"], start, far) if row["country"] else None
    unit, rolls = Unit(row["unit"]), row["rolls"] == "yes"
    return due_on(start, int(row["amount"]), unit, calendar, rolls=rolls)


def answer(row):
    try:
        return worked_out(row).isoformat()
    except Refusal as refusal:
        return refusal.code


def test_engine_equals_the_table_worked_by_hand(versions):
    said = {(row["rule"] or row["unit"], row["start"], row["why"]): answer(row) for row in ROWS}
    hand = {(row["rule"] or row["unit"], row["start"], row["why"]): row["expected"] for row in ROWS}
    assert said == hand


def test_table_is_long_and_says_why():
    assert len(ROWS) >= 90
    assert all(row["why"] for row in ROWS)
    assert len({tuple(row.items()) for row in ROWS}) == len(ROWS)
    assert sum(row["rule"] == "R11" for row in ROWS) >= 10
