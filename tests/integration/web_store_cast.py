"""A storekeeper's browser before the pages of her store, without a browser."""

import pytest
from django.test import Client

from mistok.aid.models import AidAct
from store_cast import TODAY, a_truck, storekeeper

QUEUE = {"HTTP_ACCEPT": "application/json"}
"""How the queue of a phone asks."""


@pytest.fixture(autouse=True)
def assets(static_files):
    """Pages name their files by hashed names."""


@pytest.fixture
def home(people):
    return people.home


@pytest.fixture
def keeper(home):
    return storekeeper(home)


@pytest.fixture
def phone(keeper):
    return entered(keeper)


@pytest.fixture
def truck(home):
    return a_truck(home)


def entered(actor) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(actor.user)
    return client


def store(work) -> str:
    return f"/en/store/{work.office.public_id}/"


def receive(truck) -> str:
    return f"/en/store/{truck.office.public_id}/receive/{truck.public_id}/"


def issue(work) -> str:
    return f"{store(work)}issue/"


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def acts(kind="acceptance") -> int:
    return AidAct.objects.filter(kind=kind).count()


def given(lot_, key="issue1", **changes) -> dict[str, str]:
    told = {
        "lot": lot_.label,
        "amount": "30",
        "category": "displaced",
        "settlement": lot_.office.place,
        "households": "12",
        "persons": "31",
        "day": TODAY.isoformat(),
        "signed_by": "Petro Store",
        "key": key,
        "act": "record",
    }
    return told | changes
