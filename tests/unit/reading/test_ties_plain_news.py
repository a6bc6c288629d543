"""Plain wordings of news: pairs in lists, gapping, partners named in the next sentence."""

import pytest
from tied_pages import page_of

from mistok.reading.ties import ties_in


def told(text, lang="en", published="2024-05-16"):
    """The ties of a text as "A-B kind event date"."""
    return {
        " ".join(("-".join(sorted((f.a.name, f.b.name))), f.kind, f.event, f.date or "none"))
        for f in ties_in(page_of(text, lang, published))
    }


EACH_CLAUSE = [
    (
        (
            "{Lyman|UA} and {Westport|US} became sister cities in December 2022, {Sumy|UA} and "
            "{Easton|US} twinned in March 2023, and {Izium|UA} and {Stamford|US} followed in April."
        ),
        {
            "Lyman-Westport twinning signed 2022-12",
            "Easton-Sumy twinning signed 2023-03",
            "Izium-Stamford twinning signed 2023-04",
        },
    ),
    (
        (
            "In March 2023 {Oslo|NO} twinned with {Kyiv|UA}, and in May it signed a memorandum "
            "with {Lviv|UA}."
        ),
        {"Kyiv-Oslo twinning signed 2023-03", "Lviv-Oslo memorandum signed 2023-05"},
    ),
    (
        (
            "On 5 July 2024 {Oslo|NO} and {Kyiv|UA} signed a partnership agreement, and "
            "{Bergen|NO} and {Lviv|UA} signed a memorandum."
        ),
        {"Kyiv-Oslo partner signed 2024-07-05", "Bergen-Lviv memorandum signed 2024-07-05"},
    ),
    (
        (
            "{Jelgava|LV} has suspended its cooperation agreements with two twin cities, "
            "{Magadan|RU} in Russia and {Brest|BY} in Belarus, because their countries attacked."
        ),
        {"Jelgava-Magadan twinning suspended none", "Brest-Jelgava twinning suspended none"},
    ),
    (
        (
            "The sister cities that {Turku|FI} has at present ({Odesa|UA}, {Lyon|FR} and "
            "{Graz|AT}) stay."
        ),
        {
            "Odesa-Turku twinning active none",
            "Lyon-Turku twinning active none",
            "Graz-Turku twinning active none",
        },
    ),
]

PAIRS = [
    (
        "{Lyman|UA} is twinned with {Westport|US}, {Sumy|UA} with {Easton|US} and {Izium|UA} with "
        "{Stamford|US}."
    ),
    (
        "{Lyman|UA} and {Westport|US}, {Sumy|UA} and {Easton|US}, {Izium|UA} and {Stamford|US} are "
        "sister cities."
    ),
    (
        "The sister city pairs are the following: {Lyman|UA} and {Westport|US}, {Sumy|UA} and "
        "{Easton|US}, and {Izium|UA} and {Stamford|US}."
    ),
    (
        "New sister city pairs: {Lyman|UA} – {Westport|US}, {Sumy|UA} – {Easton|US}, {Izium|UA} – "
        "{Stamford|US}."
    ),
    (
        "Three twinning agreements have been signed: between {Lyman|UA} and {Westport|US}, between "
        "{Sumy|UA} and {Easton|US} and between {Izium|UA} and {Stamford|US}."
    ),
]

PARTNERS_AFTER = [
    "{Lviv|UA} has 14 sister cities. Among them are {Lyon|FR}, {Boston|US} and {Graz|AT}.",
    "{Lviv|UA} has 14 sister cities. They include {Lyon|FR}, {Boston|US} and {Graz|AT}.",
    "{Lviv|UA} has 14 sister cities, among them {Lyon|FR}, {Boston|US} and {Graz|AT}.",
    "{Lviv|UA} has two sister cities, {Lyon|FR} and {Boston|US}. {Graz|AT} joined them.",
]

ONE_SENTENCE = [
    ("{Oslo|NO} has sent a fire truck to its twin {Uman|UA}.", "Oslo-Uman twinning active none"),
    (
        "{Boryspil|UA}, a partner of {Turku|FI} since 2011, takes delivery of a bus.",
        "Boryspil-Turku partner active 2011",
    ),
    (
        (
            "{Oslo|NO} sent ten buses to {Sumy|UA}, its sister city since 2015, and {Bergen|NO} "
            "gave generators."
        ),
        "Oslo-Sumy twinning active 2015",
    ),
    (
        "{Bristol|GB} is a sister city of {Sumy|UA}, the capital of {Sumy Oblast|UA|region}.",
        "Bristol-Sumy twinning active none",
    ),
    (
        (
            "The agreement on a partnership between {Sumy|UA} and {Oslo|NO} was signed during a "
            "visit to {Lviv|UA}."
        ),
        "Oslo-Sumy partner signed none",
    ),
    (
        (
            "{Oslo|NO} and {Kyiv|UA} have signed a memorandum of understanding, paving the way "
            "for a sister city relationship."
        ),
        "Kyiv-Oslo memorandum signed none",
    ),
    (
        "Councillors in {Oslo|NO} have agreed to form a friendship link with {Kyiv|UA}.",
        "Kyiv-Oslo friendship approved none",
    ),
    (
        (
            "{Oslo|NO} approves a sister city relationship with {Kyiv|UA}. The council voted "
            "9-0 on 14 May 2024."
        ),
        "Kyiv-Oslo twinning approved 2024-05-14",
    ),
    (
        "{Lviv|UA} suspended its sister city ties with {Omsk|RU} in 2014 and ended them in 2022.",
        "Lviv-Omsk twinning severed 2022",
    ),
    (
        (
            "{Bergen|NO} has sent beds to {Sumy|UA}. The cities signed a partnership agreement "
            "last year."
        ),
        "Bergen-Sumy partner signed 2023",
    ),
    (
        "{Oslo|NO} and {Kyiv|UA} plan to sign a memorandum of cooperation in June.",
        "Kyiv-Oslo memorandum negotiating none",
    ),
    (
        "The agreement makes {Oslo|NO} the 20th sister city of {Kyiv|UA}.",
        "Kyiv-Oslo twinning signed none",
    ),
    (
        "{Bydgoszcz|PL} has parted company with {Slutsk|BY}, its partner city.",
        "Bydgoszcz-Slutsk partner severed none",
    ),
]

ONE_SENTENCE += [
    (
        "Talks about a partnership between {Narvik|NO} and {Sumy|UA} began in January.",
        "Narvik-Sumy partner negotiating 2024-01",
    ),
    (
        "{Brno|CZ} is now a twin city of {Lviv|UA}: the mayors signed the cooperation agreement.",
        "Brno-Lviv twinning signed none",
    ),
    (
        (
            "{Oslo|NO} and {Sumy|UA} are to become sister cities, the council decided on "
            "14 May 2024."
        ),
        "Oslo-Sumy twinning approved 2024-05-14",
    ),
    (
        (
            "{Oslo|NO} Council has agreed to set up a twinning link with {Sumy|UA}. The decision "
            "was taken on 14 May 2024."
        ),
        "Oslo-Sumy twinning approved 2024-05-14",
    ),
]

NOTHING = [
    "{Bergen|NO} has sent beds to {Sumy|UA}. No agreement has been signed.",
    (
        "A map of the partnerships of Ukrainian cities was shown in {Berlin|DE}, {Kyiv|UA} Mayor "
        "Vitali Klitschko said."
    ),
    "{Bergen|NO} has sent beds to {Sumy|UA}, said the mayor of {Oslo|NO}, a partner in it.",
]


@pytest.mark.parametrize(("text", "meant"), EACH_CLAUSE)
def test_every_statement_of_a_sentence_keeps_its_own_parties_and_its_own_date(text, meant):
    assert told(text) == meant


@pytest.mark.parametrize("text", PAIRS)
def test_places_that_are_listed_two_by_two_are_paired_two_by_two(text):
    pairs = {fact.split(" ", 1)[0] for fact in told(text)}
    assert pairs == {"Lyman-Westport", "Easton-Sumy", "Izium-Stamford"}


@pytest.mark.parametrize("text", PARTNERS_AFTER)
def test_partners_that_the_next_words_name_are_those_of_the_city_told_before(text):
    pairs = {fact.split(" ", 1)[0] for fact in told(text)}
    assert pairs == {"Lviv-Lyon", "Boston-Lviv", "Graz-Lviv"}


@pytest.mark.parametrize(("text", "meant"), ONE_SENTENCE)
def test_plain_sentences_give_one_tie_with_its_stage_and_date(text, meant):
    assert told(text) == {meant}


@pytest.mark.parametrize("text", NOTHING)
def test_sentences_that_state_no_tie_give_none(text):
    assert told(text) == set()


def test_minutes_date_their_decisions_by_the_day_of_the_meeting():
    text = (
        "Minutes of the meeting of 22 June 2023\n\nPresent: 21 members.\n\n"
        "The Council in {Stirling|GB} approved a friendship agreement with {Sumy|UA}."
    )
    assert told(text, published="") == {"Stirling-Sumy friendship approved 2023-06-22"}
