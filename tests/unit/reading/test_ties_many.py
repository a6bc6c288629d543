"""Ties of more than two places, of places named before, and places that have none."""

import pytest
from tied_pages import page_of

from mistok.reading.ties import ties_in


def pairs(text, lang="en", published=""):
    return {
        tuple(sorted((fact.a.name, fact.b.name)))
        for fact in ties_in(page_of(text, lang, published))
    }


def both(*told):
    return {tuple(sorted(pair.split("-"))) for pair in told}


LISTS = [
    (
        "{Paris|FR}, {Hamburg|DE} and {Madrid|ES} became {Kyiv|UA}'s new sister cities.",
        both("Paris-Kyiv", "Hamburg-Kyiv", "Madrid-Kyiv"),
    ),
    (
        "{Lviv|UA} has three new sister cities, {Paris|FR}, {Hamburg|DE} and {Madrid|ES}.",
        both("Paris-Lviv", "Hamburg-Lviv", "Madrid-Lviv"),
    ),
    (
        "{Gdynia|PL} and {Brno|CZ} are now sister cities of {Odesa|UA}.",
        both("Gdynia-Odesa", "Brno-Odesa"),
    ),
    (
        (
            "{Lublin|PL} twinned with {Rivne|UA}, {Sumy|UA} became a sister city of {Celle|DE}, "
            "and {Linz|AT} established a partnership with {Dnipro|UA}."
        ),
        both("Lublin-Rivne", "Sumy-Celle", "Linz-Dnipro"),
    ),
    (
        "{Kyiv|UA} has signed cooperation agreements with {Lyon|FR}, {Oslo|NO} and {Dublin|IE}.",
        both("Kyiv-Lyon", "Kyiv-Oslo", "Kyiv-Dublin"),
    ),
    (
        "{Lyon|FR}, {Linz|AT} and {Sumy|UA} concluded a trilateral partnership agreement.",
        both("Lyon-Linz", "Lyon-Sumy", "Linz-Sumy"),
    ),
    (
        (
            "{Lyon|FR} and {Linz|AT} have signed partnership agreements with {Sumy|UA} and "
            "{Rivne|UA} respectively."
        ),
        both("Lyon-Sumy", "Linz-Rivne"),
    ),
    (
        (
            "The city of {Kharkiv|UA} severed twinning relations with Russian cities: "
            "{Belgorod|RU}, {Moscow|RU} and {Omsk|RU}."
        ),
        both("Kharkiv-Belgorod", "Kharkiv-Moscow", "Kharkiv-Omsk"),
    ),
    (
        "Sister cities of {Lviv|UA}\n\n- {Freiburg|DE} (1989)\n- {Lublin|PL} (2004)\n- {Nis|RS}",
        both("Lviv-Freiburg", "Lviv-Lublin", "Lviv-Nis"),
    ),
    (
        "{Lviv|UA} receives aid from two sister cities! {Freiburg|DE} and {Lublin|PL} send food.",
        both("Lviv-Freiburg", "Lviv-Lublin"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), LISTS)
def test_each_pair_of_a_list_is_a_tie_of_its_own(text, expected):
    assert pairs(text) == expected


BEFORE = [
    (
        "en",
        (
            "The mayor of {Lviv|UA} visited {Linz|AT} on Monday. The two cities signed a "
            "cooperation agreement."
        ),
        both("Lviv-Linz"),
    ),
    (
        "en",
        "{Linz|AT} sent a bus to {Lviv|UA}. The city has a partnership with {Sumy|UA} as well.",
        both("Linz-Sumy"),
    ),
    ("en", "{Linz|AT} helps {Lviv|UA}. It is a sister city of {Sumy|UA}, too.", both("Linz-Sumy")),
    (
        "en",
        (
            "{Lviv|UA} and {Sumy|UA} have signed a memorandum on partnership. {Linz|AT} is a "
            "partner city of both."
        ),
        both("Lviv-Sumy", "Linz-Lviv", "Linz-Sumy"),
    ),
    (
        "de",
        (
            "Die Stadt {Linz|AT} hilft {Lemberg|UA|city|name|Lviv} mit Bussen. Beide Städte sind "
            "seit 1990 Partnerstädte."
        ),
        both("Linz-Lviv"),
    ),
    (
        "de",
        (
            "Der Gemeinderat von {Linz|AT} tagte am Montag. Er beschloss eine Partnerschaft mit "
            "{Lemberg|UA|city|name|Lviv}."
        ),
        both("Linz-Lviv"),
    ),
    (
        "uk",
        (
            "{Львів|UA|city|name|Lviv} отримав автобуси від {Лінца|AT|city|name|Linz}. Міста є "
            "побратимами з 1990 року."
        ),
        both("Linz-Lviv"),
    ),
    (
        "pl",
        (
            "{Lublin|PL} przekazał {Lwowowi|UA|city|name|Lviv} autobusy. Oba miasta są miastami "
            "partnerskimi."
        ),
        both("Lublin-Lviv"),
    ),
    (
        "uk",
        (
            "Польський {Жагань|PL|city|name|Zagan}, німецький {Тельтов|DE|city|name|Teltow} і "
            "{Хотин|UA|city|name|Khotyn} працюватимуть разом. Міста уклали тристоронню угоду."
        ),
        both("Zagan-Teltow", "Zagan-Khotyn", "Teltow-Khotyn"),
    ),
]


@pytest.mark.parametrize(("lang", "text", "expected"), BEFORE)
def test_parties_may_be_named_before(lang, text, expected):
    assert pairs(text, lang) == expected


NONE = [
    ("en", "{Tallinn|EE} delivered ten buses to {Zhytomyr|UA}."),
    ("en", "The mayor of {Tallinn|EE} visited {Zhytomyr|UA} and met the mayor."),
    (
        "en",
        ("The University of {Vienna|AT} and {Lviv|UA} Polytechnic signed a cooperation agreement."),
    ),
    (
        "en",
        (
            "The ministries of both countries signed a memorandum in {Kyiv|UA} on rebuilding "
            "{Mykolaiv|UA}."
        ),
    ),
    ("en", "{Yokohama|JP} and UNDP signed a cooperation agreement on schools in {Odesa|UA}."),
    ("en", "{Kyiv|UA} and {Warsaw|PL} joined a network of cities."),
    ("en", "{Melitopol|UA} hopes to find a sister city in America soon."),
    ("en", "The council of {Linz|AT} rejected a partnership with {Lviv|UA}."),
    ("en", "{Linz|AT} has no partnership with {Lviv|UA}."),
    ("en", "Sister cities are cities that concluded an agreement. {Linz|AT} is a fine town."),
    ("en", "A train links {Przemysl|PL} with {Odesa|UA}."),
    (
        "de",
        (
            "Der Ausschuss von {Linz|AT} hat sich gegen eine Partnerschaft mit "
            "{Lemberg|UA|city|name|Lviv} ausgesprochen."
        ),
    ),
    (
        "de",
        (
            "Die Universitäten {Wien|AT|city|name|Vienna} und {Lemberg|UA|city|name|Lviv} haben "
            "eine Kooperationsvereinbarung unterzeichnet."
        ),
    ),
    ("de", "{Linz|AT} schickt einen Bus nach {Lemberg|UA|city|name|Lviv}."),
    (
        "uk",
        (
            "Мери {Варшави|PL|city|name|Warsaw} і {Праги|CZ|city|name|Prague} прибули до "
            "{Києва|UA|city|name|Kyiv}."
        ),
    ),
    (
        "uk",
        (
            "Університети {Відня|AT|city|name|Vienna} та {Львова|UA|city|name|Lviv} підписали "
            "угоду про співпрацю."
        ),
    ),
    (
        "pl",
        "Prezydent {Lublina|PL|city|name|Lublin} spotkał mera {Lwowa|UA|city|name|Lviv}.",
    ),
    (
        "pl",
        (
            "Uniwersytety z {Lublina|PL|city|name|Lublin} i {Lwowa|UA|city|name|Lviv} podpisały "
            "umowę o współpracy."
        ),
    ),
]


@pytest.mark.parametrize(("lang", "text"), NONE)
def test_what_is_no_tie_is_not_told_as_one(lang, text):
    assert pairs(text, lang) == set()


def test_venues_and_areas_are_no_parties():
    text = (
        "The agreement was signed in {Tacoma|US}. {Andrychow|PL}, a sister city of {Izium|UA} in "
        "the {Kharkiv region|UA|region}, sent food."
    )
    assert pairs(text) == both("Andrychow-Izium")


def test_an_old_twinning_and_a_new_memorandum_are_two_ties():
    text = (
        "{Yokohama|JP} had a guest from its sister city of {Odesa|UA}. He and the mayor of "
        "{Yokohama|JP} concluded a Memorandum of Understanding on 16 March 2023."
    )
    facts = {(f.kind, f.event, f.date) for f in ties_in(page_of(text))}
    assert facts == {("twinning", "active", ""), ("memorandum", "signed", "2023-03-16")}


def test_a_status_wins_over_the_paper_that_gives_it():
    text = (
        "{Sumy|UA} and {Celle|DE} are sister cities now. The mayors of {Sumy|UA} and {Celle|DE} "
        "signed a memorandum."
    )
    kinds = {(f.kind, f.event) for f in ties_in(page_of("New sister cities\n\n" + text))}
    assert ("twinning", "active") in kinds


def test_a_planned_signature_is_history_and_not_the_stage():
    text = (
        "The council of {Duisburg|DE} approved a solidarity partnership with {Kryvyi Rih|UA} on "
        "9 February 2023. {Duisburg|DE} and {Kryvyi Rih|UA} will sign the solidarity partnership "
        "on 21 February 2023."
    )
    (fact,) = ties_in(page_of(text))
    assert (fact.event, fact.date) == ("approved", "2023-02-09")
    assert [(s.event, s.date, s.planned) for s in fact.history if s.planned] == [
        ("signed", "2023-02-21", True)
    ]


def test_the_date_of_an_older_stage_is_not_that_of_the_event():
    text = "{Sumy|UA} ended its partnership with {Kursk|RU}, which dates from 2001."
    (fact,) = ties_in(page_of(text))
    assert (fact.event, fact.date) == ("severed", "")


def test_the_evidence_is_the_very_wording_with_exact_offsets():
    text = "News.\n\n{Sumy|UA} and {Celle|DE} signed a twinning agreement. Then it rained."
    page = page_of(text)
    (fact,) = ties_in(page)
    assert page.text.text[fact.start : fact.end] == ("Sumy and Celle signed a twinning agreement.")
