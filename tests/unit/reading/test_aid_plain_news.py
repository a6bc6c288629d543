"""Aid as plain news tells it: clubs that give, prices, examples, sellers, speakers, whole lands."""

import pytest
from marked_pages import page_of

from mistok.reading.aid import aid_in


def name(party):
    return party if isinstance(party, str) else party.name


def lines(text, lang="en", published=""):
    return [
        (name(fact.giver), name(fact.receiver), item.what, item.quantity)
        for fact in aid_in(page_of(text, lang, published))
        for item in fact.items
    ]


def test_each_giver_of_a_sentence_gives_its_own_things():
    told = lines(
        "Other things will go to {Uman|UA}. The neurology hospital is giving diapers, two meat "
        "companies are giving canned food, and the City of {Metz|FR} is buying kitchen equipment."
    )
    assert told == [
        ("neurology hospital", "Uman", "diapers", None),
        ("meat companies", "Uman", "canned food", None),
        ("Metz", "Uman", "kitchen equipment", None),
    ]


def test_a_club_that_gives_together_with_the_town_is_a_giver_too():
    told = lines("{Metz|FR} and the Lorraine Rotary Club sent two buses to {Uman|UA}.")
    assert [giver for giver, *_rest in told] == ["Metz", "Lorraine Rotary Club"]


def test_the_strength_of_a_generator_is_not_their_number():
    told = lines("{Metz|FR} delivered a 40Kw generator to {Uman|UA}.")
    assert told == [("Metz", "Uman", "generator", 1)]


def test_examples_before_among_them_are_part_of_the_number():
    told = lines(
        "{Metz|FR} has sent {Uman|UA} 10 vehicles, ambulances and vans among them, as well as "
        "fire extinguishers."
    )
    assert [(what, count) for *_sides, what, count in told] == [
        ("vehicle", 10),
        ("fire extinguisher", None),
    ]


def test_two_special_vehicles_are_the_two_that_are_named():
    told = lines(
        "Two special vehicles from {Metz|FR} have arrived in {Uman|UA}: a Scania fire truck and "
        "an ambulance."
    )
    assert [(what, count) for *_sides, what, count in told] == [("fire truck", 1), ("ambulance", 1)]


def test_what_equipment_includes_replaces_it():
    told = lines("{Metz|FR} handed over equipment to {Uman|UA}. It includes ten minibuses.")
    assert told == [("Metz", "Uman", "minibus", 10)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "{Metz|FR} bought three buses for its own school. It is a twin of {Uman|UA}."),
        ("en", "{Russia|RU|country|country} sent three buses to {Uman|UA}."),
        ("en", "Three buses have gone to {Ukraine|UA|country|country}. {Metz|FR} is a town."),
        ("de", "Aus der {Ukraine|UA|country|country} kamen 200 Menschen, die drei Busse bekamen."),
    ],
)
def test_what_is_no_gift_to_a_town(lang, text):
    assert lines(text, lang) == []


def test_who_sells_gives_nothing_and_a_price_is_no_gift():
    told = lines(
        "{Metz|FR} kaufte für {Uman|UA} ein Feuerwehrauto für 14.000 Euro von {Toul|FR}.", "de"
    )
    assert {(giver, what) for giver, _to, what, _count in told} == {("Metz", "fire engine")}


def test_money_that_is_raised_to_buy_things_is_the_gift():
    told = lines("{Metz|FR} raised $30,000 to buy medical supplies for {Uman|UA}.")
    assert told == [("Metz", "Uman", "money", 30000)]


def test_who_only_tells_of_it_does_not_give():
    told = lines(
        "Мер {Львова|UA=Lviv} повідомив, що {Фрайбург|DE=Freiburg} передав 20 генераторів.", "uk"
    )
    assert told == [("Freiburg", "Lviv", "generator", 20)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "{Metz|FR} schickte drei Busse in die {Ukraine|UA|country|country}."),
        ("uk", "{Мец|FR=Metz} надіслав три автобуси в {Україну|UA|country|country=Ukraine}."),
        ("pl", "{Metz|FR} wysłało trzy autobusy na {Ukrainę|UA|country|country=Ukraine}."),
        (
            "en",
            "{Metz|FR} gave three buses to {Ukrainian|UA|country|nationality=Ukraine} cities.",
        ),
    ],
)
def test_the_whole_country_gets(lang, text):
    assert lines(text, lang) == [("Metz", "Ukraine", "bus", 3)]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Drei Busse hat der {Landkreis Metz|DE|district=Metz} an {Uman|UA} übergeben."),
        ("de", "{Metz|DE} brachte drei Busse nach {Uman|UA} südlich von {Kiew|UA=Kyiv}."),
        ("de", "Der Rat von {Metz|DE} übergab seinen Kollegen aus {Uman|UA} drei Busse."),
        ("pl", "Strażacy z {Uman|UA} otrzymali od {Metz|FR} trzy autobusy."),
    ],
)
def test_articles_directions_and_people_from_there(lang, text):
    assert lines(text, lang) == [("Metz", "Uman", "bus", 3)]


def test_givers_without_a_verb_of_their_own():
    told = lines("{Riga|LV} gave {Kyiv|UA} 11 buses, {Oulu|FI} four ambulances.")
    assert told == [("Riga", "Kyiv", "bus", 11), ("Oulu", "Kyiv", "ambulance", 4)]


def test_lorries_with_goods_are_no_lorries():
    told = lines("{Metz|FR} sent a truck with 500 blankets to {Uman|UA}.")
    assert told == [("Metz", "Uman", "blanket", 500)]
