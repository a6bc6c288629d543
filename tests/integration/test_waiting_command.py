"""`mistok waiting`: from joining to a partner, and what is refused."""

import json

import pytest

from factories import ZHYTOMYR
from mistok.partnering.models import Seeking

pytestmark = pytest.mark.django_db


def joined(mistok, *more):
    return mistok("waiting", "add", ZHYTOMYR, "--since", "2026-01-01", *more).out.strip()


def test_municipality_joins_waits_and_finds_a_partner(mistok):
    entry = joined(mistok, "--class", "rural", "--named")
    rows = json.loads(mistok("waiting", "list", "--json").out)
    assert [(row["public_id"], row["key"], row["classes"]) for row in rows] == [
        (entry, ZHYTOMYR, ["rural"])
    ]
    assert entry in mistok("waiting", "list").out
    contacted = mistok("waiting", "contact", entry, "--on", "2026-02-01")
    assert contacted.out.strip() == f"{entry}  contacted"
    assert mistok("waiting", "again", entry).out.strip() == f"{entry}  waiting"
    assert mistok("waiting", "partnered", entry).out.strip() == f"{entry}  partnered"
    kept = Seeking.objects.get(public_id=entry)
    assert kept.first_contact_on.isoformat() == "2026-02-01"
    assert json.loads(mistok("waiting", "list", "--json").out) == []


def test_municipality_that_offers_itself_may_leave(mistok):
    entry = joined(mistok, "--offers")
    assert Seeking.objects.get(public_id=entry).side == "offerer"
    assert mistok("waiting", "leave", entry).out.strip() == f"{entry}  left"


def test_second_place_on_the_list_is_refused(mistok):
    joined(mistok)
    refused = mistok("waiting", "add", ZHYTOMYR)
    assert refused.status == 1
    assert "waiting list already" in refused.err


def test_unknown_entry_and_bad_day_are_told(mistok):
    refused = mistok("waiting", "leave", "seeking_aaaaaaaaaaaa")
    assert (refused.status, "mistok waiting list" in refused.err) == (1, True)
    usage = mistok("waiting", "add", ZHYTOMYR, "--since", "yesterday")
    assert (usage.status, "2026-11-22" in usage.err) == (2, True)
