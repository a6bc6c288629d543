"""Aid over the API: what an office's programs read and write, and what nobody else does."""

import json
import uuid

import needs_cast
import pytest
from aid_cast import a_consignment, ago, as_recipient, in_state

from api_cast import (
    BEDS,
    Program,
    coming,
    counted,
    gift,
    in_store,
    issued,
    lots_of,
    the_programs,
    today,
)
from factories import ZHYTOMYR
from mistok.accounts.models import KeptAnswer, Office
from mistok.aid.ledger import check
from mistok.aid.lifecycle import State
from mistok.aid.models import AidAct, AidLine, Consignment, Entry
from mistok.provenance.models import AuditEvent

pytestmark = pytest.mark.django_db
people = needs_cast.needy
UNKNOWN = "/consignments/consignment_aaaaaaaaaaaa"


@pytest.fixture
def programs(client, people):
    return the_programs(client, people.home)


@pytest.fixture
def others(client, people):
    return the_programs(client, people.neighbour)


def refused(answer, status, code):
    assert (answer.status_code, answer.json().get("code")) == (status, code), answer.content
    return answer.json()


def entries_of(program, which, **query):
    return program.get(f"/consignments/{which}/entries", **query).json()


# Consignments, lines, passages ---------------------------------------------------------------


def test_consignment_is_opened_with_lines_and_read_whole(programs):
    made = programs.officer.did("/consignments", gift(carrier="Own truck", note="Fragile"))
    assert made["state"] == "accepted"
    line = BEDS | {"number": "7.5", "unit": "tonne", "net_kg": "7400.125", "gross_kg": "7500"}
    line |= {"unit_value": "1250.50", "currency": "EUR", "value_basis": "invoice"}
    done = programs.officer.did(f"/consignments/{made['id']}/lines", line)
    assert (done["position"], done["consignment"]["version"]) == (1, made["version"] + 1)
    whole = programs.store.get(f"/consignments/{made['id']}").json()
    assert (whole["carrier"], whole["note"], whole["title"]) == (
        "Own truck",
        "Fragile",
        "Beds from a partner",
    )
    (told,) = whole["lines"]
    assert told["id"] == done["line"]
    assert told["names"] == BEDS["names"]
    assert (told["number"], told["net_kg"], told["gross_kg"]) == ("7.5", "7400.125", "7500")
    assert (told["unit_value"], told["currency"]) == ("1250.5", "EUR")
    assert told["sums"]["declared"] == "7.5"
    assert [one["after"] for one in whole["passages"]] == ["accepted"]
    assert AidLine.objects.get().amount == 7500


def test_line_with_lots_and_odd_quantities(programs):
    which = programs.officer.did("/consignments", gift())["id"]
    lots = [
        {"number": "40", "batch": "A-1", "expires_on": "2030-05-01"},
        {"number": "60", "batch": "A-2"},
    ]
    programs.officer.did(f"/consignments/{which}/lines", BEDS | {"number": "100", "lots": lots})
    over = BEDS | {"number": "5", "unit": "tonne", "bound": ">"}
    programs.officer.did(f"/consignments/{which}/lines", over)
    first, second = programs.store.get(f"/consignments/{which}").json()["lines"]
    assert (second["bound"], second["number"]) == (">", "5")
    programs.officer.did(f"/consignments/{which}/entries", {"kind": "dispatch", "day": today()})
    batches = [(one["batch"], one["declared"]) for one in lots_of(programs, which)]
    assert batches == [("A-1", "40"), ("A-2", "60")]
    assert first["sums"]["declared"] == "100"


def test_list_goes_in_pages_without_gaps_or_doubles(programs, others):
    made = [programs.officer.did("/consignments", gift(title=f"n{n}"))["id"] for n in range(5)]
    others.officer.did("/consignments", gift())
    seen, cursor, turns = [], "", 0
    while cursor is not None:
        page = programs.store.get("/consignments", limit=2, cursor=cursor).json()
        seen += [one["id"] for one in page["items"]]
        # What comes meanwhile does not move what is still to be read.
        programs.officer.did("/consignments", gift(title="later"))
        cursor, turns = page["next"], turns + 1
    assert (seen, turns) == (made[::-1], 3)


def test_passage_takes_a_consignment_on(programs):
    made = programs.officer.did("/consignments", gift(state="offered"))
    path = f"/consignments/{made['id']}/passages"
    body = {"state": "accepted", "day": today(), "note": "yes", "expected": made["version"]}
    told = programs.officer.did(path, body)
    assert told["state"] == "accepted"
    refused(programs.officer.post(path, body), 409, "consignment_changed")
    wrong = {"state": "reported", "day": today()}
    answer = programs.officer.post(path, wrong)
    assert answer.status_code == 409
    refused(programs.officer.post(path, body | {"state": "gone"}), 400, "request_invalid")


def test_giver_offers_and_writes_lines_until_it_is_accepted(client, people, programs):
    giver = Program(client, people.partner, "officer")
    home = people.home.office.public_id
    made = giver.did("/consignments", gift(receiver=home, abroad=True))
    assert made["state"] == "offered"
    giver.did(f"/consignments/{made['id']}/lines", BEDS)
    assert Consignment.objects.get().donor_office == people.partner.office
    refused(giver.get(f"/consignments/{made['id']}"), 404, "consignment_unknown")
    body = {"state": "accepted", "day": today()}
    programs.officer.did(f"/consignments/{made['id']}/passages", body)
    answer = giver.post(f"/consignments/{made['id']}/lines", BEDS)
    refused(answer, 404, "consignment_unknown")
    strangers = Program(client, people.second, "officer")
    refused(strangers.post("/consignments", gift(receiver=home)), 403, "no_tie_with_receiver")
    wrong = gift(receiver="office_aaaaaaaaaaaa")
    refused(giver.post("/consignments", wrong), 404, "office_unknown")


# Acts and entries ----------------------------------------------------------------------------


def test_goods_come_in_and_go_out_and_it_adds_up(programs):
    which = coming(programs)
    (lot,) = lots_of(programs, which)
    act = counted(lot, 115, damaged="3")
    done = programs.store.did(f"/consignments/{which}/entries", act)
    moved = {(one["source"], one["target"], one["amount"]) for one in done["act"]["entries"]}
    assert moved == {
        ("in_transit", "store", "115"),
        ("in_transit", "damaged", "3"),
        ("in_transit", "shortage", "2"),
    }
    assert done["act"]["by"] == programs.store.token.public_id
    assert [one["kind"] for one in done["also"]] == ["discrepancy"]
    assert done["consignment"]["state"] == "received"
    (line,) = programs.store.get(f"/consignments/{which}").json()["lines"]
    sums = line["sums"]
    assert (sums["received"], sums["damaged"], sums["shortage"]) == ("115", "3", "2")
    event = AuditEvent.objects.filter(actor=programs.store.token.public_id).last()
    assert event.after["office"] == programs.work.office.public_id


def test_surplus_and_what_was_told_without_a_number(programs):
    which = coming(programs, BEDS, BEDS | {"number": "5", "unit": "tonne", "bound": ">"})
    (lot,) = lots_of(programs, which)
    line = AidLine.objects.get(bound=">")
    act = counted(lot, 121)
    act["rows"].append({"line": line.public_id, "unit": "tonne", "received": "5.25", "batch": "N"})
    done = programs.store.did(f"/consignments/{which}/entries", act)
    moved = {(one["source"], one["target"], one["amount"]) for one in done["act"]["entries"]}
    assert ("in_transit", "store", "120") in moved
    assert {one["amount"] for one in done["also"][0]["entries"]} >= {"1"}
    balances = programs.store.get("/balances", consignment=which).json()["items"]
    stores = {
        (it["unit"], held["amount"])
        for it in balances
        for held in it["balances"]
        if held["account"] == "store"
    }
    assert stores == {("piece", "121"), ("tonne", "5.25")}


def test_issue_is_done_once_however_often_it_is_sent(programs):
    which, (lot,) = in_store(programs)
    path, body = f"/consignments/{which}/entries", issued(lot, 20, settlement=ZHYTOMYR)
    first = programs.store.post(path, body, "slip-1")
    assert first.status_code == 201
    assert "Idempotent-Replayed" not in first
    second = programs.store.post(path, body, "slip-1")
    assert (second.content, second["Idempotent-Replayed"]) == (first.content, "true")
    # Another order of the same names is the same body.
    again = json.loads(json.dumps(body, sort_keys=True))
    assert programs.store.post(path, again, '"slip-1"').json() == first.json()
    refused(programs.store.post(path, issued(lot, 21), "slip-1"), 409, "key_reused")
    assert AidAct.objects.filter(kind="issue").count() == 1
    (told,) = programs.store.get("/balances").json()["items"]
    held = {(one["account"], one["category"]): one["amount"] for one in told["balances"]}
    assert held["store", ""] == "100"
    assert held["issued", "displaced"] == "20"


def test_key_of_an_act_holds_for_every_token_of_the_office(client, programs):
    which, (lot,) = in_store(programs)
    path, body = f"/consignments/{which}/entries", issued(lot, 20, settlement=ZHYTOMYR)
    first = programs.store.did(path, body, "slip-1")
    renewed = Program(client, programs.work, "storekeeper")
    assert renewed.did(path, body, "slip-1")["act"] == first["act"]
    other = issued(lot, 1, settlement=ZHYTOMYR)
    refused(renewed.post(path, other, "slip-1"), 409, "key_reused")
    assert AidAct.objects.filter(kind="issue").count() == 1


def test_acts_need_a_key_and_other_writes_may_have_one(programs):
    which = coming(programs)
    (lot,) = lots_of(programs, which)
    answer = programs.store.post(f"/consignments/{which}/entries", counted(lot, 120))
    refused(answer, 400, "key_missing")
    kept = KeptAnswer.objects.count()
    assert programs.officer.post("/consignments", gift()).status_code == 201
    assert KeptAnswer.objects.count() == kept
    key = str(uuid.uuid4())
    first = programs.officer.post("/consignments", gift(title="once"), key)
    assert programs.officer.post("/consignments", gift(title="once"), key).json() == first.json()
    refused(programs.officer.post("/consignments", gift(title="two"), key), 409, "key_reused")
    assert Consignment.objects.filter(title="once").count() == 1


def test_refused_act_leaves_nothing_and_its_key_is_free(programs):
    which, (lot,) = in_store(programs)
    path = f"/consignments/{which}/entries"
    before = Entry.objects.count()
    problem = refused(
        programs.store.post(path, issued(lot, 121, settlement=ZHYTOMYR), "slip"), 409, "not_enough"
    )
    assert "120" in problem["message"]
    assert Entry.objects.count() == before
    assert AuditEvent.objects.filter(verb__startswith="refused_record_issue").exists()
    assert programs.store.did(path, issued(lot, 120, settlement=ZHYTOMYR), "slip")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"amount": "0"}, 400, None),
        ({"amount": "-5"}, 400, None),
        ({"amount": 5}, 400, "request_invalid"),
        ({"amount": "5,5"}, 400, "request_invalid"),
        ({"amount": "1e3"}, 400, "request_invalid"),
        ({"amount": "0.0005"}, 400, "too_many_places"),
        ({"unit": "kg"}, 400, "unit_differs"),
        ({"lot": "lot_aaaaaaaaaaaa"}, 404, "lot_unknown"),
        ({"category": "friends"}, 400, "request_invalid"),
        ({"settlement": "katottg:UA99999999999999999"}, 400, None),
        ({"households": -1}, 400, "request_invalid"),
        ({"name": "Ivan Petrenko"}, 400, "request_invalid"),
    ],
)
def test_issue_that_cannot_be(programs, change, status, code):
    which, (lot,) = in_store(programs)
    body = issued(lot, 5, settlement=ZHYTOMYR)
    body["rows"][0] |= change
    before = Entry.objects.count()
    answer = programs.store.post(f"/consignments/{which}/entries", body, "k")
    assert answer.status_code == status, answer.content
    assert code is None or answer.json()["code"] == code
    assert answer.json()["message"].endswith(".")
    assert Entry.objects.count() == before


def test_lot_of_another_consignment_is_not_known_here(programs):
    which, _lots = in_store(programs)
    _other, (lot,) = in_store(programs)
    body = issued(lot, 5, settlement=ZHYTOMYR)
    refused(programs.store.post(f"/consignments/{which}/entries", body, "k"), 404, "lot_unknown")


@pytest.mark.parametrize("row", [{"line": "line_aaaaaaaaaaaa"}, {}, {"lot": "lot_aaaaaaaaaaaa"}])
def test_count_of_nothing_known(programs, row):
    which = coming(programs)
    (lot,) = lots_of(programs, which)
    act = counted(lot, 1) | {"rows": [{"unit": "piece", "received": "1"} | row]}
    answer = programs.store.post(f"/consignments/{which}/entries", act, "k")
    assert answer.status_code == 404
    assert answer.json()["code"] in ("line_unknown", "lot_unknown")


def test_clearance_names_a_declaration_of_the_consignment(programs):
    which = coming(programs)
    act = {"kind": "clearance", "day": today(), "declaration": "declaration_aaaaaaaaaaaa"}
    answer = programs.officer.post(f"/consignments/{which}/entries", act, "k")
    refused(answer, 404, "declaration_unknown")


def test_clearance_moves_what_a_declaration_names(programs):
    work = programs.work
    as_recipient(work)
    made = in_state(work, a_consignment(work), State.AT_BORDER)
    (declaration,) = programs.store.get(f"/consignments/{made.public_id}").json()["declarations"]
    assert declaration["cleared_on"] is None
    day = ago(32).isoformat()
    body = {"kind": "clearance", "declaration": declaration["id"], "day": day}
    path = f"/consignments/{made.public_id}/entries"
    done = programs.officer.did(path, body | {"customs_office": "Customs of Lviv"})
    assert done["consignment"]["state"] == "customs_cleared"
    moved = [(one["source"], one["target"]) for one in done["act"]["entries"]]
    assert moved == [("in_transit", "customs")]
    (told,) = programs.store.get(f"/consignments/{made.public_id}").json()["declarations"]
    assert told["cleared_on"] == day


@pytest.mark.parametrize(
    "kind", ["valuation", "redistribution", "return", "write_off", "loss", "seizure", "reversal"]
)
def test_acts_of_an_approver_are_done_by_no_program(programs, kind):
    which = coming(programs)
    body = {"kind": kind, "day": today()}
    answer = programs.officer.post(f"/consignments/{which}/entries", body, "k")
    problem = refused(answer, 403, "token_without_factor")
    assert "second factor" in problem["message"]


@pytest.mark.parametrize("body", [{"kind": "theft"}, {"day": "2026-11-01"}, []])
def test_act_of_no_kind(programs, body):
    which = coming(programs)
    answer = programs.officer.post(f"/consignments/{which}/entries", body, "k")
    refused(answer, 400, "request_invalid")


def test_role_of_a_token_bounds_what_it_does(programs):
    refused(programs.store.post("/consignments", gift()), 403, "token_role_cannot")
    which, (lot,) = in_store(programs)
    body = issued(lot, 5, settlement=ZHYTOMYR)
    answer = programs.officer.post(f"/consignments/{which}/entries", body, "k")
    refused(answer, 403, "token_role_cannot")
    line = programs.store.post(f"/consignments/{which}/lines", BEDS)
    refused(line, 403, "token_role_cannot")


def test_entries_are_read_in_the_order_of_the_chain(programs):
    which, (lot,) = in_store(programs)
    other, _lots = in_store(programs)
    for number in range(4):
        body = issued(lot, number + 1, settlement=ZHYTOMYR)
        programs.store.did(f"/consignments/{which}/entries", body, f"slip-{number}")
    whole = entries_of(programs.store, which)
    numbers = [one["number"] for one in whole["items"]]
    assert numbers == sorted(numbers)
    assert len(numbers) == 6
    assert whole["next"] is None
    first = entries_of(programs.store, which, limit=4)
    rest = entries_of(programs.store, which, limit=4, cursor=first["next"])
    assert [*first["items"], *rest["items"]] == whole["items"]
    kept = Entry.objects.get(public_id=whole["items"][-1]["id"])
    told = whole["items"][-1]
    assert (told["hash"], told["previous"]) == (kept.hash, kept.previous)
    assert told["at"] == kept.at.isoformat().replace("+00:00", "Z")
    answer = programs.store.get(f"/consignments/{other}/entries", cursor=told["id"])
    refused(answer, 400, "cursor_unknown")
    assert check().first_bad is None


# Whose it is ---------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "/entries", "/papers"])
def test_what_is_not_the_offices_own_is_not_there(programs, others, path):
    which = coming(programs)
    theirs = others.officer.get(f"/consignments/{which}{path}")
    nowhere = others.officer.get(f"{UNKNOWN}{path}")
    assert refused(theirs, 404, "consignment_unknown") == refused(
        nowhere, 404, "consignment_unknown"
    )


def test_nothing_of_another_office_is_written(programs, others):
    which, (lot,) = in_store(programs)
    before = Consignment.objects.get(public_id=which).version
    for path, body in (
        ("lines", BEDS),
        ("passages", {"state": "closed", "day": today()}),
        ("entries", issued(lot, 5, settlement=ZHYTOMYR)),
    ):
        for program in (others.officer, others.store):
            answer = program.post(f"/consignments/{which}/{path}", body, "k")
            refused(answer, 404, "consignment_unknown")
    assert Consignment.objects.get(public_id=which).version == before
    assert others.store.get("/balances").json()["items"] == []
    refused(others.store.get("/balances", consignment=which), 404, "consignment_unknown")


def test_office_that_is_suspended_is_told_so(programs):
    which = coming(programs)
    Office.objects.filter(pk=programs.work.office.pk).update(state="suspended")
    for path in ("/consignments", f"/consignments/{which}", "/balances"):
        refused(programs.store.get(path), 403, "office_suspended")
    refused(programs.officer.post("/consignments", gift()), 403, "office_suspended")


@pytest.mark.parametrize("path", ["/entries", "/papers"])
def test_without_a_token_no_entries_and_no_papers(client, programs, path):
    which = coming(programs)
    refused(client.get(f"/api/v1/consignments/{which}{path}"), 401, "token_missing")
    refused(client.get("/api/v1/balances"), 401, "token_missing")
