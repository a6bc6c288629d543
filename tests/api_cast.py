"""Programs of offices in tests of the API: tokens, requests, goods in a store."""

import copy
import json
import uuid
from decimal import Decimal
from types import SimpleNamespace

from django.utils import timezone

from mistok.accounts.services import make_token
from mistok.aid.acts import Valued, value
from mistok.aid.models import Consignment

ROOT = "/api/v1"
COMMISSION = [
    {"name": "Iryna Koval", "duty": "head of the commission"},
    {"name": "Oleh Bondar", "duty": "accountant"},
    {"name": "Petro Lysenko", "duty": "storekeeper"},
]
BEDS = {
    "names": {"en": "Folding beds", "uk": "Розкладачки"},
    "cluster": "shelter",
    "unit": "piece",
    "number": "120",
    "end_user": "displaced",
}


def today():
    return timezone.localdate().isoformat()


class Program:
    """A program with a token of an office, over Django's test client."""

    def __init__(self, client, work, role):
        self.client = client
        made = make_token(actor=work.approver, office=work.office, role=role, name=f"a {role}")
        self.token, self.secret = made

    def over(self, client):
        """The same program over another client, as another of its threads has."""
        found = copy.copy(self)
        found.client = client
        return found

    def headers(self, key=None):
        told = {"Authorization": f"Bearer {self.secret}"}
        return told | ({"Idempotency-Key": key} if key else {})

    def get(self, path, **query):
        return self.client.get(f"{ROOT}{path}", query, headers=self.headers())

    def post(self, path, body, key=None):
        return self.client.post(
            f"{ROOT}{path}",
            json.dumps(body),
            content_type="application/json",
            headers=self.headers(key),
        )

    def did(self, path, body, key=None):
        """What a write that is taken answers."""
        answer = self.post(path, body, key or str(uuid.uuid4()))
        assert answer.status_code == 201, answer.content
        return answer.json()


def the_programs(client, work):
    """An officer's and a storekeeper's program of an office."""
    return SimpleNamespace(
        work=work,
        officer=Program(client, work, "officer"),
        store=Program(client, work, "storekeeper"),
    )


def gift(**more):
    """A gift from a partner inside of the country, which no customs stands before."""
    sound = {"title": "Beds from a partner", "regime": "charitable_gift", "abroad": False}
    return sound | {"day": today()} | more


def coming(programs, *lines, **more):
    """A consignment with lines that has left its giver; gives its public id."""
    opened = programs.officer.did("/consignments", gift(**more))
    path = f"/consignments/{opened['id']}"
    for line in lines or (BEDS,):
        programs.officer.did(f"{path}/lines", line)
    programs.officer.did(f"{path}/entries", {"kind": "dispatch", "day": today()})
    return opened["id"]


def lots_of(programs, consignment):
    return programs.store.get(f"/consignments/{consignment}").json()["lots"]


def counted(lot, received, **more):
    row = {"lot": lot["id"], "unit": lot["unit"], "received": str(received)}
    return {
        "kind": "acceptance",
        "day": today(),
        "commission": COMMISSION,
        "rows": [row | more],
    }


def in_store(programs, *lines):
    """A consignment whose goods are all in the store and in the books; gives id and lots."""
    which = coming(programs, *lines)
    lots = lots_of(programs, which)
    rows = [{"lot": lot["id"], "unit": lot["unit"], "received": lot["declared"]} for lot in lots]
    act = counted(lots[0], 0) | {"rows": rows}
    programs.store.did(f"/consignments/{which}/entries", act)
    consignment = Consignment.objects.get(public_id=which)
    values = {
        line.public_id: Valued(Decimal(100), "UAH", "fair_value_commission")
        for line in consignment.lines.all()
    }
    from mistok.aid.acts import Member

    value(
        actor=programs.work.approver,
        consignment=consignment,
        day=timezone.localdate(),
        values=values,
        commission=[Member(**one) for one in COMMISSION],
        key=str(uuid.uuid4()),
    )
    return which, lots_of(programs, which)


def issued(lot, amount, **more):
    row = {
        "lot": lot["id"],
        "amount": str(amount),
        "unit": lot["unit"],
        "category": "displaced",
        "settlement": "",
    }
    return {"kind": "issue", "day": today(), "rows": [row | more]}
