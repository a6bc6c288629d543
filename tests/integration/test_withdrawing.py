"""A name taken back: places of our own are called what sources still call them."""

import pytest

from factories import BUCHA, ORIGIN, TODAY, ZHYTOMYR, a_source, a_support, a_tie
from mistok.kernel.errors import Conflict, NotFound
from mistok.provenance.models import Statement
from mistok.provenance.services import Assertion, observe
from mistok.provenance.vocabulary import COUNTRY, NAME
from mistok.registry.models import Municipality, Tie
from mistok.registry.services import (
    merge_municipalities,
    municipalities,
    provisional_key,
    rebuild,
    withdraw,
)

pytestmark = pytest.mark.django_db
KANE = provisional_key("US", "Kane County")


def said_of_kane(prop, value, lang="", slug="minutes"):
    """One statement about Kane County; gives its id."""
    said = Assertion(source=a_source(slug), subject=KANE, prop=prop, value=value, lang=lang)
    observe(assertions=[said], origin=ORIGIN, seen_at=TODAY)
    return said.id


@pytest.fixture
def kane():
    """Kane County with a name in two languages; gives the ids of its statements by language."""
    return {
        "": said_of_kane(COUNTRY, "US"),
        "en": said_of_kane(NAME, "Kane County", "en"),
        "uk": said_of_kane(NAME, "Округ Кейн", "uk"),
    }


def take_back(statement):
    withdraw(actor="a", statement_id=statement, reason="misread")


def test_withdrawn_name_leaves_the_page_of_the_place(kane, snapshot):
    a_tie(ZHYTOMYR, KANE)
    take_back(kane["en"])
    row = Municipality.objects.get(key=KANE)
    assert (row.name, row.labels) == ("Округ Кейн", {"uk": "Округ Кейн"})
    before = snapshot()
    rebuild()
    assert snapshot() == before


def test_withdrawn_name_gives_way_to_that_of_another_source(kane):
    ids = {said_of_kane(NAME, name, "en", slug=name): name for name in ("Kane", "Cane")}
    municipalities(keys=[KANE])
    for statement in [kane["en"], min(ids)]:
        take_back(statement)
    assert Municipality.objects.get(key=KANE).name == ids[max(ids)]


def test_parties_stand_in_the_order_of_the_names_that_are_left(kane):
    other = provisional_key("US", "Logan")
    for prop, value, lang in ((COUNTRY, "US", ""), (NAME, "Logan", "en")):
        said = Assertion(source=a_source(), subject=other, prop=prop, value=value, lang=lang)
        observe(assertions=[said], origin=ORIGIN, seen_at=TODAY)
    a_tie(KANE, other)

    def names():
        return [party.municipality.name for party in Tie.objects.get().parties.all()]

    assert names() == ["Kane County", "Logan"]
    take_back(kane["en"])
    assert names() == ["Logan", "Округ Кейн"]


@pytest.mark.parametrize("said", ["", "uk"])
@pytest.mark.parametrize("used", [lambda: a_tie(ZHYTOMYR, KANE), lambda: a_support(giver=KANE)])
def test_last_name_or_country_of_a_place_in_use_is_not_withdrawn(kane, said, used, snapshot):
    used()
    take_back(kane["en"])
    before = snapshot()
    with pytest.raises(Conflict) as refused:
        take_back(kane[said])
    assert refused.value.code == "place_in_use"
    assert Statement.objects.get(pk=kane[said]).withdrawn_at is None
    assert snapshot() == before


def test_place_that_nobody_names_or_uses_loses_its_row(kane):
    a_tie(BUCHA, ZHYTOMYR)
    municipalities(keys=[KANE])
    take_back(kane["en"])
    assert Municipality.objects.filter(key=KANE).exists()
    take_back(kane["uk"])
    assert set(Municipality.objects.values_list("key", flat=True)) == {BUCHA, ZHYTOMYR}


def test_place_without_a_row_needs_none_when_its_name_is_withdrawn(kane):
    take_back(kane["en"])
    assert not Municipality.objects.exists()


def test_place_of_which_only_the_country_is_told_is_unknown(kane):
    take_back(kane["en"])
    take_back(kane["uk"])
    with pytest.raises(NotFound) as refused:
        municipalities(keys=[KANE])
    assert refused.value.code == "place_unknown"


def test_merged_place_leads_on_when_its_name_is_withdrawn(kane):
    springfield = "geonames:4250542"
    a_tie(ZHYTOMYR, KANE)
    merge_municipalities(actor="a", keep=springfield, drop=KANE, reason="one place")
    for statement in kane.values():
        take_back(statement)
    assert municipalities(keys=[KANE])[KANE].key == springfield
    assert rebuild()["ties"] == 1


def test_place_into_which_another_was_merged_keeps_its_last_name(kane):
    springfield = "geonames:4250542"
    merge_municipalities(actor="a", keep=KANE, drop=springfield, reason="one place")
    take_back(kane["en"])
    with pytest.raises(Conflict):
        take_back(kane["uk"])
    assert Municipality.objects.get(key=springfield).merged_into.name == "Округ Кейн"
