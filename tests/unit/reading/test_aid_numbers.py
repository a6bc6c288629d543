"""Numbers, money and goods as aid is told: words and digits, bounds, units, worth."""

import pytest
from marked_pages import page_of

from mistok.reading.aid import aid_in


def items(text, lang="en"):
    return [
        (item.what, item.quantity, item.unit, item.bound)
        for fact in aid_in(page_of(text, lang))
        for item in fact.items
    ]


GIVES = {
    "en": "{{Munich|DE}} sent {{Kyiv|UA}} {}.",
    "uk": "{{Мюнхен|DE}} передав {{Києву|UA}} {}.",
    "de": "{{München|DE}} hat der Stadt {{Kyjiw|UA}} {} geliefert.",
    "pl": "{{Monachium|DE}} przekazało miastu {{Kijów|UA}} {}.",
}


@pytest.mark.parametrize(
    ("lang", "told", "item"),
    [
        ("en", "12 ambulances", ("ambulance", 12, "pcs", "")),
        ("en", "fourteen diesel buses", ("bus", 14, "pcs", "")),
        ("en", "twenty-five generators", ("generator", 25, "pcs", "")),
        ("en", "a fire engine", ("fire engine", 1, "pcs", "")),
        ("en", "two dozen generators", ("generator", 24, "pcs", "")),
        ("en", "more than 1,200 sleeping bags", ("sleeping bag", 1200, "pcs", ">")),
        ("en", "up to 500 school backpacks", ("school backpack", 500, "pcs", "<")),
        ("en", "some four tonnes of flour", ("flour", 4, "t", "~")),
        ("en", "30 tons of medical equipment", ("medical equipment", 30, "t", "")),
        ("en", "1,200 metres of water pipe", ("water pipe", 1200, "m", "")),
        ("en", "80 pairs of boots", ("pair of boots", 80, "pcs", "")),
        ("en", "$146,000", ("money", 146000, "USD", "")),
        ("en", "2.5 million euros", ("money", 2_500_000, "EUR", "")),
        ("en", "EUR 25,000", ("money", 25000, "EUR", "")),
        ("en", "medicines worth 10,000 pounds", ("medicines", 10000, "GBP", "")),
        ("en", "hundreds of blankets", ("blanket", None, "pcs", "")),
        ("uk", "дев'ять потужних генераторів", ("generator", 9, "pcs", "")),
        ("uk", "пожежний автомобіль", ("fire engine", 1, "pcs", "")),
        ("uk", "3 карети швидкої допомоги", ("ambulance", 3, "pcs", "")),
        ("uk", "понад 100 тис. гривень", ("money", 100_000, "UAH", ">")),
        ("uk", "п'ять тонн продуктів", ("food", 5, "t", "")),
        ("uk", "двадцять п'ять обігрівачів", ("radiator", 25, "pcs", "")),
        ("uk", "200 аптечок", ("first aid kit", 200, "pcs", "")),
        ("de", "zehn Spezialfahrzeuge", ("special vehicle", 10, "pcs", "")),
        ("de", "ein Röntgengerät", ("x-ray machine", 1, "pcs", "")),
        ("de", "fünfundzwanzig Feldbetten", ("camp bed", 25, "pcs", "")),
        ("de", "25.000 Euro", ("money", 25000, "EUR", "")),
        ("de", "8,5 Tonnen Saatkartoffeln", ("seed potatoes", 8.5, "t", "")),
        ("de", "rund 2 Mio. Euro", ("money", 2_000_000, "EUR", "~")),
        ("de", "drei Dieselaggregate", ("generator", 3, "pcs", "")),
        ("pl", "32 agregaty prądotwórcze", ("generator", 32, "pcs", "")),
        ("pl", "karetkę", ("ambulance", 1, "pcs", "")),
        ("pl", "pięć karetek", ("ambulance", 5, "pcs", "")),
        ("pl", "4,5 tony żywności", ("food", 4.5, "t", "")),
        ("pl", "leki o wartości 60 tys. zł", ("medicines", 60000, "PLN", "")),
        ("pl", "ponad milion złotych", ("money", 1_000_000, "PLN", ">")),
    ],
)
def test_an_item_is_told_with_its_number_and_unit(lang, told, item):
    assert items(GIVES[lang].format(told), lang) == [item]


def test_crowns_and_dollars_are_of_the_givers_country():
    assert items("{Randers|DK} gave {Kramatorsk|UA} 2.4 million kroner.")[0][2] == "DKK"
    assert items("{Bodø|NO} gave {Kramatorsk|UA} 2 million kroner.")[0][2] == "NOK"
    assert items("{Toronto|CA} gave {Kramatorsk|UA} 5,000 dollars.")[0][2] == "CAD"
    assert items("{Perth|AU} gave {Kramatorsk|UA} US$5,000.")[0][2] in ("USD", "AUD")


def test_holders_are_counted_and_one_lorry_is_not():
    wagons = "{Munich|DE} provided {Kyiv|UA} with 15 railway wagons of food and medicines."
    assert items(wagons) == [("railway wagon of food and medicines", 15, "pcs", "")]
    lorry = "{Munich|DE} sent {Kyiv|UA} a lorry load of food and blankets."
    assert items(lorry) == [("food", None, "", ""), ("blanket", None, "pcs", "")]
    carrier = "A lorry from {Munich|DE} brought 14 hospital beds to {Kyiv|UA}."
    assert items(carrier) == [("hospital bed", 14, "pcs", "")]


def test_a_breakdown_is_not_told_apart():
    text = "{Munich|DE} gave {Kyiv|UA} 55 vehicles, of which five are ambulances."
    assert items(text) == [("vehicle", 55, "pcs", "")]
    text = "Vans, lorries: ten special vehicles go from {Munich|DE} to {Kyiv|UA}."
    assert items(text) == [("special vehicle", 10, "pcs", "")]
    text = "{Munich|DE} sent {Kyiv|UA} five tons of relief goods: food, clothes and medicines."
    assert items(text) == [("relief goods", 5, "t", "")]


def test_counted_goods_that_no_table_knows_keep_their_words():
    text = "{Bristol|GB} sent {Odesa|UA} 12 theodolites and three generators."
    assert items(text) == [("theodolite", 12, "pcs", ""), ("generator", 3, "pcs", "")]
    assert items("{Bristol|GB} gave {Odesa|UA} shelter to 300 children and 12 families.") == []


def test_money_for_goods_is_one_gift():
    text = "{Halle|DE} gave {Ufa|UA} 25,000 euros for the purchase of radiators."
    assert items(text) == [("money", 25000, "EUR", "")]


def test_each_of_six_got_one():
    text = "{Tallinn|EE} came to {Zhytomyr|UA}. Six of the pupils each received an iPad."
    assert items(text) == [("iPad", 6, "pcs", "")]
