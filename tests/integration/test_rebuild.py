"""The registry is a projection: thrown away and made again, what people read is the same."""

import pytest

from factories import DORTMUND, ZHYTOMYR
from living import an_office
from mistok.registry.models import Municipality, Support, Tie, TieFact, TieParty
from mistok.registry.services import (
    agree_to_show,
    merge_municipalities,
    rebuild,
    tie_subject,
)

pytestmark = pytest.mark.django_db


def told_by_an_office():
    """What offices did is in the registry too, and no rebuild may touch it."""
    office = an_office(ZHYTOMYR)
    fact = office.fact(DORTMUND, event="signed")
    office.confirm(DORTMUND, fact=fact.id)
    parties = [ZHYTOMYR, DORTMUND]
    agree_to_show(actor=office.approver, office=office.office, parties=parties)


def merge_two_partners_of(key):
    """Judge two partners of a place to be one, so that their ties with it come together."""
    place = Municipality.objects.get(key=key)
    seats = TieParty.objects.filter(tie__in=Tie.objects.of(place)).exclude(municipality=place)
    partners = {}
    for seat in seats.select_related("municipality").order_by("municipality__key"):
        partners.setdefault(seat.municipality.country, []).append(seat.municipality.key)
    keep, drop, *_others = max(partners.values(), key=len)
    merge_municipalities(actor="a", keep=keep, drop=drop, reason="a test")


def test_rebuild_changes_nothing(starter, snapshot):
    merge_two_partners_of(ZHYTOMYR)
    told_by_an_office()
    before = snapshot()
    assert all(before.values()), "an empty table proves nothing"
    rebuild()
    assert snapshot() == before


def test_rebuild_mends_corrupt_rows(starter, snapshot):
    before = snapshot()
    tie = Tie.objects.get(public_id=tie_subject([ZHYTOMYR, DORTMUND]))
    Tie.objects.filter(pk=tie.pk).update(state="idea", since="1900", kind="network")
    TieFact.objects.filter(tie=tie, event="signed").delete()
    TieParty.objects.filter(tie=tie, municipality__key=DORTMUND).delete()
    Municipality.objects.filter(key=ZHYTOMYR).update(name="Elsewhere", population=1)
    Support.objects.update(value="{}", restricted=False)
    assert snapshot() != before
    rebuild()
    assert snapshot() == before


def test_rebuild_after_a_merge_changes_nothing(starter, snapshot):
    one, two = Municipality.objects.living().filter(country="US").order_by("key")[:2]
    merge_municipalities(actor="a", keep=one.key, drop=two.key, reason="a test")
    before = snapshot()
    rebuild()
    assert snapshot() == before
