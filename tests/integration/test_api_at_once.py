"""Programs that ask in the same moment: one effect for a key, and never more than is held."""

from types import SimpleNamespace

import pytest
from django.test import Client
from needs_cast import at_work

from api_cast import gift, in_store, issued, the_programs
from factories import ZHYTOMYR
from mistok.accounts.models import KeptAnswer
from mistok.aid.ledger import check
from mistok.aid.lifecycle import Account
from mistok.aid.models import AidAct, Balance, Consignment
from side_by_side import side_by_side

pytestmark = pytest.mark.django_db
HANDS = 8


def a_store():
    programs = the_programs(Client(), at_work(ZHYTOMYR, "Zhytomyr"))
    boxes = [in_store(programs) for _number in range(4)]
    return SimpleNamespace(programs=programs, boxes=boxes)


@pytest.fixture(scope="module")
def at_once(django_db_setup, django_db_blocker, world, static_files, tmp_path_factory):
    folder = tmp_path_factory.mktemp("api-at-once")
    with django_db_blocker.unblock(), side_by_side(a_store, folder) as found:
        yield found


def asks(program, path, body, key):
    """One request over a client of its own: status and answer."""

    def ask():
        answer = program.over(Client()).post(path, body, key)
        return answer.status_code, answer.json()

    return ask


def held(lot, account):
    rows = Balance.objects.filter(lot__public_id=lot["id"], account=account)
    return sum(row.amount for row in rows) // 1000


def test_same_issue_from_many_hands_is_one(at_once):
    which, (lot,) = at_once.people.boxes[0]
    store = at_once.people.programs.store
    body = issued(lot, 7, settlement=ZHYTOMYR)
    ask = asks(store, f"/consignments/{which}/entries", body, "same")
    answers = at_once.do(*[ask] * HANDS)
    assert [status for status, _told in answers] == [201] * HANDS
    assert all(told == answers[0][1] for _status, told in answers)
    assert at_once.one(lambda: held(lot, Account.ISSUED)) == 7
    assert at_once.one(lambda: AidAct.objects.filter(key="same").count()) == 1


def test_many_issue_more_than_there_is_and_it_adds_up(at_once):
    which, (lot,) = at_once.people.boxes[1]
    store = at_once.people.programs.store
    path = f"/consignments/{which}/entries"
    body = issued(lot, 50, settlement=ZHYTOMYR)
    answers = at_once.do(*[asks(store, path, body, f"slip-{n}") for n in range(HANDS)])
    codes = sorted(told.get("code", "done") for _status, told in answers)
    assert codes.count("done") == 2
    assert set(codes) <= {"done", "not_enough"}
    assert at_once.one(lambda: held(lot, Account.ISSUED)) == 100
    assert at_once.one(lambda: held(lot, Account.STORE)) == 20
    checked = at_once.one(check)
    assert (checked.first_bad, checked.chain_ok, checked.balanced) == (None, True, True)
    # What was refused left its key free.
    kept = at_once.one(lambda: set(KeptAnswer.objects.values_list("key", flat=True)))
    assert len([key for key in kept if key.startswith("slip-")]) == 2


def test_of_two_bodies_under_one_key_one_is_done(at_once):
    which, (lot,) = at_once.people.boxes[2]
    store = at_once.people.programs.store
    path = f"/consignments/{which}/entries"
    bodies = [issued(lot, 1 + n % 2, settlement=ZHYTOMYR) for n in range(HANDS)]
    answers = at_once.do(*[asks(store, path, body, "torn") for body in bodies])
    done = [told["act"]["id"] for status, told in answers if status == 201]
    codes = {told["code"] for status, told in answers if status != 201}
    assert (len(done), len(set(done)), codes) == (HANDS // 2, 1, {"key_reused"})
    assert at_once.one(lambda: held(lot, Account.ISSUED)) in (1, 2)


def test_same_consignment_from_many_hands_is_one(at_once):
    officer = at_once.people.programs.officer
    ask = asks(officer, "/consignments", gift(title="Told by many"), "opened")
    answers = at_once.do(*[ask] * HANDS)
    assert [status for status, _told in answers] == [201] * HANDS
    (which,) = {told["id"] for _status, told in answers}
    made = at_once.one(lambda: list(Consignment.objects.filter(title="Told by many")))
    assert [one.public_id for one in made] == [which]


def test_lines_written_at_once_follow_one_another(at_once):
    officer = at_once.people.programs.officer
    which = at_once.one(lambda: asks(officer, "/consignments", gift(), "more-lines")()[1]["id"])
    line = {"names": {"en": "Beds"}, "cluster": "shelter", "unit": "piece", "number": "1"}
    path = f"/consignments/{which}/lines"
    answers = at_once.do(*[asks(officer, path, line, f"line-{n}") for n in range(HANDS)])
    assert [status for status, _told in answers] == [201] * HANDS
    assert sorted(told["position"] for _status, told in answers) == list(range(1, HANDS + 1))
