"""Who gave what to whom: verbs, cases, lists, promises, and what is no aid."""

import pytest
from marked_pages import page_of

from mistok.reading.aid import aid_in


def name(party):
    return party if isinstance(party, str) else party.name


def facts(text, lang="en", published=""):
    return [
        (name(f.giver), name(f.receiver), [(i.what, i.quantity) for i in f.items])
        for f in aid_in(page_of(text, lang, published))
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "{Munich|DE} donated three buses to {Kyiv|UA}."),
        ("en", "{Munich|DE} gave {Kyiv|UA} three buses."),
        ("en", "{Kyiv|UA} received three buses from the German city of {Munich|DE}."),
        ("en", "Three buses, donated to {Kyiv|UA} by the mayor of {Munich|DE}, are in use."),
        ("en", "Three buses arrived in {Kyiv|UA} from {Munich|DE}."),
        ("en", "A delivery from {Munich|DE} has reached {Kyiv|UA}: three buses."),
        ("en", "Three buses left {Munich|DE} for {Kyiv|UA}."),
        ("en", "Three buses have been handed over to the residents of {Kyiv|UA} by {Munich|DE}."),
        ("en", "The mayor of {Kyiv|UA} thanked {Munich|DE} for three buses."),
        ("en", "{Kyiv|UA}'s sister city, {Munich|DE}, has sent three buses."),
        ("uk", "{Мюнхен|DE=Munich} передав {Києву|UA=Kyiv} три автобуси."),
        ("uk", "{Київ|UA=Kyiv} отримав від {Мюнхена|DE=Munich} три автобуси."),
        (
            "uk",
            "Три автобуси прибули до {Києва|UA=Kyiv} з німецького міста {Мюнхен|DE=Munich}.",
        ),
        ("uk", "Три автобуси передала {Києву|UA=Kyiv} {Баварія|DE=Munich}."),
        (
            "de",
            "{München|DE=Munich} übergab der Stadt {Kiew|UA=Kyiv} drei Busse.",
        ),
        ("de", "Drei Busse gehen von {München|DE=Munich} nach {Kiew|UA=Kyiv}."),
        (
            "de",
            "Drei Busse wurden von {München|DE=Munich} an {Kiew|UA=Kyiv} geliefert.",
        ),
        (
            "pl",
            "{Monachium|DE=Munich} przekazało {Kijowowi|UA=Kyiv} trzy autobusy.",
        ),
        (
            "pl",
            "{Kijów|UA=Kyiv} otrzymał od {Monachium|DE=Munich} trzy autobusy.",
        ),
        (
            "pl",
            "Z {Monachium|DE=Munich} do {Kijowa|UA=Kyiv} trafiły trzy autobusy.",
        ),
    ],
)
def test_the_giver_and_the_receiver_are_told_by_verb_and_case(lang, text):
    assert facts(text, lang) == [("Munich", "Kyiv", [("bus", 3)])]


def test_a_ukrainian_town_can_give():
    text = "{Дніпро|UA} поділився з {Херсоном|UA} запасами: місто відправило туди 60 балонів."
    assert facts(text, "uk") == [("Дніпро", "Херсоном", [("oxygen cylinder", 60)])]
    text = "{Lviv|UA} sent ten generators to {Valencia|ES} after the flood."
    assert facts(text) == [("Lviv", "Valencia", [("generator", 10)])]


def test_several_givers_and_receivers_each_have_a_fact():
    text = "{Lublin|PL}, {Prague|CZ} and {Silistra|BG} send food and shoes to {Sumy|UA}."
    gifts = [("food", None), ("shoes", None)]
    assert facts(text) == [(g, "Sumy", gifts) for g in ("Lublin", "Prague", "Silistra")]
    text = "{Katowice|PL} sent 25 generators to {Kharkiv|UA} and {Sumy|UA}."
    assert facts(text) == [("Katowice", r, [("generator", 25)]) for r in ("Kharkiv", "Sumy")]


def test_a_sentence_with_two_deliveries_is_cut():
    text = "{Metz|FR} sent two ambulances to {Odesa|UA} and three generators to {Kherson|UA}."
    assert facts(text) == [
        ("Metz", "Odesa", [("ambulance", 2)]),
        ("Metz", "Kherson", [("generator", 3)]),
    ]
    text = (
        "25 генераторів передала {Україні|UA|country|country} {Грузія|GE|country|country}, а 17 "
        "отримала від {Ізраїлю|IL|country|country} {Херсонська область|UA|region}."
    )
    assert facts(text, "uk") == [
        ("Грузія", "Україні", [("generator", 25)]),
        ("Ізраїлю", "Херсонська область", [("generator", 17)]),
    ]
    text = "Die Gemeinde {Sögel|DE} gab {Sumy|UA} einen Bus, die Stadt {Lingen|DE} zwei Pumpen."
    assert facts(text, "de") == [
        ("Sögel", "Sumy", [("bus", 1)]),
        ("Lingen", "Sumy", [("motor pump", 2)]),
    ]


def test_who_is_not_said_is_taken_from_the_sentence_before():
    text = "The mayor of {Tallinn|EE} came to {Zhytomyr|UA}. He gave the city 14 buses."
    page = page_of(text)
    (fact,) = aid_in(page)
    assert (name(fact.giver), name(fact.receiver)) == ("Tallinn", "Zhytomyr")
    assert page.text.text[fact.start : fact.end] == page.text.text
    assert fact.confidence < 0.6


def test_the_people_of_a_country_are_a_hint():
    text = (
        "{Riga|LV} and {Oslo|NO} are friends of {Sumy|UA}. He thanked the "
        "{Latvian|LV|country|nationality} side for two buses."
    )
    assert facts(text) == [("Riga", "Sumy", [("bus", 2)])]


def test_givers_that_are_no_towns_keep_their_words():
    text = "Other German towns handed over eight fire engines to {Kyiv|UA}."
    assert facts(text) == [("other German towns", "Kyiv", [("fire engine", 8)])]
    text = "A private foundation has given {Chernihiv|UA} $250,000 for prosthetics."
    assert facts(text) == [("a private foundation", "Chernihiv", [("money", 250000)])]


def test_promised_delivered_and_total_are_told_apart():
    def status(text, lang="en"):
        return [fact.status for fact in aid_in(page_of(text, lang))]

    assert status("{Munich|DE} will send {Kyiv|UA} three buses.") == ["promised"]
    assert status("{Munich|DE} sent {Kyiv|UA} three buses.") == ["delivered"]
    assert status("In total {Munich|DE} has sent {Kyiv|UA} three buses.") == ["total"]
    assert status("{Мюнхен|DE} передасть {Києву|UA} три автобуси.", "uk") == ["promised"]
    assert status("{Мюнхен|DE} передав {Києву|UA} три автобуси.", "uk") == ["delivered"]
    assert status("Загалом {Мюнхен|DE} передав {Києву|UA} три автобуси.", "uk") == ["total"]
    assert status("{Bonn|DE} wird der Stadt {Cherson|UA} drei Busse liefern.", "de") == ["promised"]
    assert status("{Bonn|DE} hat der Stadt {Cherson|UA} drei Busse geliefert.", "de") == [
        "delivered"
    ]
    assert status("{Łódź|PL} przekaże miastu {Lwów|UA} trzy autobusy.", "pl") == ["promised"]
    assert status("Łącznie {Łódź|PL} dała miastu {Lwów|UA} trzy autobusy.", "pl") == ["total"]
    assert status("{Munich|DE} will send {Kyiv|UA} buses.") == []


def test_a_delivery_has_the_date_told_beside_it():
    text = "In March, {Munich|DE} provided {Kyiv|UA} with 15 buses."
    assert [f.date for f in aid_in(page_of(text, "en", "2022-07-04"))] == ["2022-03"]
    assert [f.date for f in aid_in(page_of(text))] == [""]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "{Kyiv|UA} needs 30 generators, said a guest from {Munich|DE}."),
        ("en", "{Kyiv|UA} asked {Munich|DE} for three buses."),
        ("en", "{Munich|DE} has taken in 45,000 refugees from {Kyiv|UA}."),
        (
            "en",
            "Some 227 schools and 24,000 homes were damaged in {Kyiv|UA}, {Munich|DE} heard.",
        ),
        ("en", "{Munich|DE} and {Kyiv|UA} agreed to give each other help."),
        ("en", "The mayors of {Munich|DE} and {Kyiv|UA} signed three agreements."),
        ("en", "{Munich|DE} gave buses to refugees who live in {Munich|DE}."),
        ("en", "{Kyiv|UA} receives humanitarian aid from seven sister cities! {Munich|DE} is one."),
        ("de", "{Hannover|DE} braucht zehn Busse, und {Mykolajiw|UA} fehlen Generatoren."),
        (
            "pl",
            "Do 3000 zł {Łódź|PL} przeznaczy dla Ukraińców, którzy mieszkają w {Łodzi|PL}.",
        ),
        ("uk", "До {Києва|UA} прибули мери {Варшави|PL} та {Праги|CZ}."),
    ],
)
def test_what_is_no_aid_gives_none(lang, text):
    assert facts(text, lang) == []


def test_aid_alone_says_nothing_beside_a_list_of_goods():
    text = (
        "{Odesa|UA} receives humanitarian aid from {Metz|FR}. "
        "{Metz|FR} has sent {Odesa|UA} medicines and two ambulances."
    )
    assert facts(text) == [("Metz", "Odesa", [("medicines", None), ("ambulance", 2)])]
    text = "{Odesa|UA} receives humanitarian aid from {Metz|FR}."
    assert facts(text) == [("Metz", "Odesa", [("humanitarian aid", None)])]


def test_a_heading_only_tells_what_the_text_does_not():
    text = (
        "{Hamburg|DE} hands {Kyiv|UA} three buses\n\n"
        "{Hamburg|DE} has handed over three buses to {Kyiv|UA}. The mayor thanked the guests "
        "and said that the city needs friends like these."
    )
    assert len(facts(text)) == 1


def test_a_page_without_places_or_in_another_language_has_no_aid():
    assert facts("The city gave three buses to the other city.") == []
    assert facts("{Munich|DE} gave {Kyiv|UA} three buses.", "fr") == []
