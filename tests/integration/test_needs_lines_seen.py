"""Who sees which lines: the own office, partners by a living tie, coordinators, nobody else."""

import datetime as dt

import needs_cast
import pytest
from django.utils import timezone
from needs_cast import AMBULANCE, a_need, steps

from factories import DORTMUND, ZHYTOMYR
from mistok.accounts.actors import Actor
from mistok.kernel.errors import NotFound
from mistok.needs.lines import (
    need_shown_to,
    needs_shown_to,
    own_words,
    partner_places,
    untranslated,
    words_of,
)
from mistok.registry.models import Tie
from office_cast import SHELL, ZHYTOMYR_OBLAST, join, person

pytestmark = pytest.mark.django_db
people = needs_cast.needy
STATES = ("draft", "open", "committed", "fulfilled", "withdrawn")
OTHERS = {"open", "committed", "fulfilled"}


@pytest.fixture
def lines(people):
    full = {"committed": 8}
    return {
        state: a_need(
            people.home, state=state, **(full if state in ("committed", "fulfilled") else {})
        )
        for state in STATES
    }


def seen(viewer):
    return {need.state for need in needs_shown_to(viewer)}


def test_the_own_office_sees_all_and_partners_what_is_shown(people, lines):
    assert seen(people.home.officer) == set(STATES)
    assert seen(people.home.approver) == set(STATES)
    assert seen(people.partner.officer) == OTHERS
    for other in (people.second.officer, people.neighbour.officer, people.stranger, people.nobody):
        assert seen(other) == set()


def test_coordinators_see_what_is_shown_in_their_scopes(people, lines):
    assert seen(people.coordinator) == OTHERS
    assert seen(people.elsewhere) == set()
    assert seen(SHELL) == OTHERS
    regional = person("of-zhytomyr")
    join(regional, None, "coordinator", ZHYTOMYR_OBLAST)
    assert seen(Actor(user=regional)) == OTHERS


def test_a_donor_reads_no_drafts_and_who_left_nothing(people, lines):
    donor, gone = person("donor"), person("gone")
    join(donor, people.home.office, "donor")
    join(gone, people.home.office, "officer", until=timezone.now() - dt.timedelta(days=1))
    assert seen(Actor(user=donor)) == set(STATES) - {"draft"}
    assert seen(Actor(user=gone)) == set()
    donor.is_active = False
    assert seen(Actor(user=donor)) == set()


@pytest.mark.parametrize(
    ("fields", "own", "partners"),
    [
        ({"state": "claimed"}, True, False),
        ({"state": "suspended"}, True, False),
        ({"state": "closed"}, False, False),
        ({"contested": True}, False, False),
    ],
)
def test_an_office_that_is_not_verified_sees_nothing_of_partners(
    people, lines, fields, own, partners
):
    need = a_need(people.partner)
    office = people.partner.office
    type(office).objects.filter(pk=office.pk).update(**fields)
    found = set(needs_shown_to(people.partner.officer))
    assert (need in found) == own
    assert bool(found - {need}) == partners


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"state": "dormant"}, True),
        ({"state": "suspended"}, True),
        ({"state": "negotiating"}, False),
        ({"state": "terminated"}, False),
        ({"public": False}, False),
        ({"kind": "network"}, False),
    ],
)
def test_only_a_living_tie_shows(people, lines, fields, shown):
    Tie.objects.filter(public_id=people.tie).update(**fields)
    assert bool(seen(people.partner.officer)) == shown
    assert partner_places([ZHYTOMYR]) == ({DORTMUND} if shown else frozenset())


def test_one_line_is_read_or_not_there(people, lines):
    viewer = people.partner.officer
    assert need_shown_to(viewer, lines["open"].public_id) == lines["open"]
    for address in (lines["draft"].public_id, "need_aaaaaaaaaaaa", "x" * 500):
        with pytest.raises(NotFound) as caught:
            need_shown_to(viewer, address)
        assert caught.value.code == "need_unknown"


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "8\u00a0ambulances, automatic gearbox"),
        ("uk", "8\u00a0автомобілів швидкої допомоги"),
        ("xx", "8\u00a0ambulances, automatic gearbox"),
    ],
)
def test_a_line_in_words(people, lang, told):
    need = a_need(people.home, item=AMBULANCE, specification={"en": "automatic gearbox"})
    assert words_of(need, lang) == told


def test_a_part_of_a_line_in_words(people):
    need = a_need(people.home, item=AMBULANCE, text={"pl": "dla szpitala"})
    assert words_of(need, "pl", steps=steps(1)).endswith(", dla szpitala")
    assert words_of(need, "pl", steps=steps(1)).startswith("1\u00a0")


def test_words_of_the_office_stand_in_the_language_or_say_which_it_is(people):
    need = a_need(people.home, 3, item="")
    assert words_of(need, "uk") == "Столи для шкільної їдальні – 3\u00a0штуки"
    assert words_of(need, "en").startswith("Tables for the school canteen – 3")
    assert words_of(need, "fr").startswith("Tables for the school canteen (anglais) – 3")
    need.text = {"uk": "Столи"}
    assert words_of(need, "pl").startswith("Столи (ukraiński) – 3")
    assert untranslated(need, "pl") == ("text",)
    assert untranslated(need, "uk") == ()
    need.specification = {"en": "wood"}
    assert untranslated(need, "uk") == ("specification",)
    assert own_words({}, "en") == "–"
    assert own_words({"xx": "?"}, "en") == "? (xx)"
