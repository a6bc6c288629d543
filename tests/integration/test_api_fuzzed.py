"""Whatever a program sends: an answer in one of two shapes, and never an error of ours."""

import json

import needs_cast
import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api_cast import BEDS, coming, counted, gift, in_store, issued, lots_of, the_programs, today
from factories import ZHYTOMYR
from fuzz_values import HOSTILE
from mistok.aid.ledger import check
from mistok.api.problems import PROBLEM

pytestmark = pytest.mark.django_db
people = needs_cast.needy
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.text(max_size=8),
    st.sampled_from([*HOSTILE, "\x00", "9" * 30, "0.0000001", "-0", "2026-13-01", "∞", ""]),
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=6,
)


@pytest.fixture
def sound(client, people):
    """A sound request to every operation that writes, by its name."""
    programs = the_programs(client, people.home)
    which, (lot,) = in_store(programs)
    moving = coming(programs)
    (other,) = lots_of(programs, moving)
    officer, store = programs.officer, programs.store
    opened = officer.did("/consignments", gift())
    entries = f"/consignments/{moving}/entries"
    return {
        "open": (officer, "/consignments", gift()),
        "line": (
            officer,
            f"/consignments/{opened['id']}/lines",
            BEDS,
        ),
        "passage": (
            officer,
            f"/consignments/{which}/passages",
            {"state": "closed", "day": today(), "note": "x", "expected": 1},
        ),
        "acceptance": (store, entries, counted(other, 1, more_to_come=True)),
        "issue": (
            store,
            f"/consignments/{which}/entries",
            issued(lot, 1, settlement=ZHYTOMYR, persons=1),
        ),
        "clearance": (
            officer,
            entries,
            {"kind": "clearance", "declaration": "declaration_x", "day": today()},
        ),
    }


def places(body, path=()):
    """Every place in a body where something may stand."""
    yield path
    if isinstance(body, dict):
        for name, inner in body.items():
            yield from places(inner, (*path, name))
    if isinstance(body, list):
        for number, inner in enumerate(body):
            yield from places(inner, (*path, number))


def put(body, path, value):
    if not path:
        return value
    changed = json.loads(json.dumps(body))
    inner = changed
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return changed


def checked(answer):
    assert answer.status_code < 500, answer.content
    told = answer.json()
    if answer.status_code == 201:
        return
    assert answer["Content-Type"] == PROBLEM
    assert told["code"]
    assert told["message"].strip()


@pytest.mark.parametrize("name", ["open", "line", "passage", "acceptance", "issue", "clearance"])
def test_body_with_anything_in_any_place_is_answered(sound, name):
    program, path, body = sound[name]

    @settings(max_examples=60, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(where=st.sampled_from(list(places(body))), value=JSON, key=st.booleans())
    def sent(where, value, key):
        with transaction.atomic():
            checked(program.post(path, put(body, where, value), "a key" if key else "a-key"))
            checked(program.post(path, put(body, where, value), "a-key"))
            assert check().first_bad is None
            transaction.set_rollback(True)

    sent()


@settings(max_examples=60, suppress_health_check=list(HealthCheck), derandomize=True)
@given(text=st.binary(max_size=40), cursor=st.text(max_size=20), header=st.text(max_size=90))
def test_bytes_cursors_and_headers_of_any_kind_are_answered(sound, text, cursor, header):
    program = sound["issue"][0]
    sign = header.encode("utf-8").decode("latin-1").replace("\r", "").replace("\n", "")
    answer = program.client.post(
        "/api/v1/consignments",
        text,
        content_type="application/json",
        headers=program.headers() | {"Idempotency-Key": sign},
    )
    checked(answer)
    for path in ("/consignments", "/balances"):
        answer = program.get(path, cursor=cursor, limit=header[:5] or 1)
        assert answer.status_code in (200, 400)
    told = {"content_type": "application/json", "headers": {"Authorization": sign}}
    checked(program.client.post("/api/v1/consignments", text, **told))
