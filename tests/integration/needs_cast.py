"""Who is there in tests of needs: a hromada that asks, a city that gives, others who look on."""

import datetime as dt
import secrets
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.utils import timezone

from factories import BUCHA, DORTMUND, GDYNIA, ZHYTOMYR, a_source, a_tie
from living import an_office
from mistok.accounts.actors import Actor
from mistok.needs.items import item as item_of
from mistok.needs.models import Need
from mistok.needs.models.lines import STEPS_PER_UNIT
from mistok.registry.gazetteer import the_world
from office_cast import join, person

TODAY = timezone.localdate()
GENERATOR = "generator_diesel_75"
AMBULANCE = "ambulance"
BED = "folding_bed"
TEXT = {"en": "Tables for the school canteen", "uk": "Столи для шкільної їдальні"}


def at_work(place: str, name: str = "", **contacts):
    """A verified office (`.office`, `.place`) with `.officer` and `.approver` (second factor)."""
    work = an_office(place, name=name)
    work.office.region = the_world().get(place).region or ""
    work.office.callback_phone = contacts.get("phone", "+380412481212")
    work.office.official_email = contacts.get("email", f"{work.office.public_id}@example.org")
    work.office.save()
    return work


def the_needy():
    """Everybody; actors are ready to be given to services.

    `home` (Zhytomyr) asks, `partner` (Dortmund) is tied to it by `tie` (in force), `second`
    (Gdynia) has an office and no tie, `neighbour` (Bucha) is another hromada; `coordinator` is of
    Ukraine, `elsewhere` of Germany; `stranger` has an account and nothing else; `nobody` has none.
    """
    coordinator, elsewhere = person("coordinator-of-ua"), person("coordinator-of-de")
    join(coordinator, None, "coordinator", "UA")
    join(elsewhere, None, "coordinator", "DE")
    return SimpleNamespace(
        home=at_work(ZHYTOMYR, "Zhytomyr"),
        partner=at_work(DORTMUND, "Dortmund"),
        second=at_work(GDYNIA, "Gdynia"),
        neighbour=at_work(BUCHA, "Bucha"),
        tie=a_tie(ZHYTOMYR, DORTMUND, source=a_source(f"tie-{secrets.token_hex(4)}")),
        coordinator=Actor(user=coordinator),
        elsewhere=Actor(user=elsewhere),
        stranger=Actor(user=person("somebody-else")),
        nobody=Actor(),
    )


@pytest.fixture(scope="module")
def needy(django_db_setup, django_db_blocker, world):
    """The same for all tests of a module, `people = needs_cast.needy`: each test takes back what
    it did in the database; whoever changes one of these objects reads it again.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield the_needy()
        transaction.set_rollback(True)


def tie_with(work, other, **event) -> str:
    """A further tie in force between two offices at work; gives its public id."""
    return a_tie(work.place, other.place, source=a_source(f"tie-{secrets.token_hex(4)}"), **event)


def steps(number) -> int:
    """A number of units as it is kept."""
    return int(Decimal(number) * STEPS_PER_UNIT)


def a_need(work, number=8, *, item=GENERATOR, state="open", **fields) -> Need:
    """A line of an office as it stands in the database; `item=""` makes one of free text."""
    known = item_of(item) if item else None
    asked, committed = steps(number), steps(fields.pop("committed", 0))
    withdrawn = asked if state == "withdrawn" else steps(fields.pop("withdrawn", 0))
    now = timezone.now()
    sound = {
        "public_id": f"need_{secrets.token_hex(6)}",
        "office": work.office,
        "place": work.office.place,
        "country": work.office.country,
        "region": work.office.region,
        "kind": known.kind if known else "goods",
        "item": item,
        "text": {} if known else TEXT,
        "cluster": known.cluster if known else "education",
        "hs6": (known.hs6 or "") if known else "",
        "unit": known.unit if known else "piece",
        "asked": asked,
        "still_open": asked - committed - withdrawn,
        "committed": committed,
        "withdrawn": withdrawn,
        "priority": "urgent",
        "needed_by": TODAY + dt.timedelta(days=60),
        "end_user": "health",
        "restricted": known.restricted if known else False,
        "state": state,
        "written_by": str(work.officer),
        "written_at": now,
        "opened_at": None if state == "draft" else now,
        "changed_at": now,
    }
    return Need.objects.create(**sound | fields)
