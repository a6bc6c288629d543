"""Names of places in running text: cases, scripts, spellings, and how far a name goes."""

import pytest
from places_cast import mentions, names, told

pytestmark = pytest.mark.world


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Lutsk's partners met in Gdynia.", ["Lutsk UA city", "Gdynia PL city"]),
        ("de", "Kasseler und Bochums Vereine halfen.", ["Kassel DE city", "Bochum DE city"]),
        ("pl", "Delegacja z Tarnowa była w Gnieźnie.", ["Tarnów PL city", "Gniezno PL city"]),
        ("pl", "Stryj pomógł Nowemu Targowi.", ["Stryi UA city", "Nowy Targ PL city"]),
        ("uk", "Делегація Вінниці їздила до Лодзі.", ["Vinnytsia UA city", "Łódź PL city"]),
        (
            "uk",
            "Мерії Білої Церкви та Кривого Рогу.",
            ["Bila Tserkva UA city", "Kryvyi Rih UA city"],
        ),
        ("uk", "Угода з Брно і з Ростовом-на-Дону.", ["Brno CZ city", "Rostov-on-Don RU city"]),
        ("pl", "Umowa z Bielskiem-Białą.", ["Bielsko-Biala PL city"]),
    ],
)
def test_cases_are_undone(lang: str, text: str, expected: list[str]) -> None:
    assert names(text, lang) == expected


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("de", "Köln und Krementschuk", ["Cologne UA", "Kremenchuk UA"]),
        ("en", "Nikolaev and Lvov", ["Mykolaiv UA", "Lviv UA"]),
        ("de", "Die Stadt Tschernigow", ["Chernihiv UA"]),
        ("pl", "Miasto Czerniowce i Tarnopol", ["Chernivtsi UA", "Ternopil UA"]),
        ("de", "Die Stadt Lemberg", ["Lviv UA"]),
        ("uk", "Місто Мюнхен і місто Відень", ["Munich DE", "Vienna AT"]),
    ],
)
def test_foreign_names_mean_the_same_places(lang: str, text: str, expected: list[str]) -> None:
    found = [name.rsplit(" ", 2)[0] for name in names(text, lang)]
    assert found == [name.rsplit(" ", 1)[0] for name in expected]


def test_the_longest_name_is_taken() -> None:
    assert names("Stratford-upon-Avon and Villeneuve-d'Ascq", "en") == [
        "Stratford-upon-Avon GB city",
        "Villeneuve-d'Ascq FR city",
    ]


def test_brackets_belong_to_the_name_when_they_are_a_part_of_it() -> None:
    text = "Frankfurt (Oder) hilft. In Frankfurt freut man sich."
    assert [(text[m.start : m.end], m.party.name) for m in mentions(text, "de")] == [
        ("Frankfurt (Oder)", "Frankfurt (Oder)"),
        ("Frankfurt", "Frankfurt (Oder)"),
    ]


def test_a_pair_with_a_hyphen_is_two_places() -> None:
    assert names("Die Partnerschaft Bochum-Donezk", "de") == ["Bochum DE city", "Donetsk UA city"]


def test_apostrophes_of_every_kind_are_the_same() -> None:
    for mark in "'’ʼ`":
        assert names(f"Місто Куп{mark}янськ", "uk") == ["Kupiansk UA city"]


def test_a_soft_hyphen_parts_no_name() -> None:
    text = "Die Stadt Mann\u00adheim hilft."
    (mention,) = mentions(text, "de")
    assert text[mention.start : mention.end] == "Mann\u00adheim"


def test_a_name_with_a_possessive_ends_before_it() -> None:
    text = "Rivne’s council"
    assert [text[m.start : m.end] for m in mentions(text, "en")] == ["Rivne"]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("de", "Sie kam über die Stadt Schytomir zustande.", "Zhytomyr UA city"),
        ("en", "the city of Ternopill", "Ternopil UA city"),
        ("uk", "угода зі словацькою Сніною", "Snina SK city"),
        ("pl", "miasto partnerskie Drohobicz", "Drohobych UA city"),
    ],
)
def test_misspelt_names_are_found_where_a_town_is_announced(
    lang: str, text: str, expected: str
) -> None:
    assert names(text, lang) == [expected]


def test_a_former_name_is_kept_while_it_was_the_right_one() -> None:
    text = "The city of Yuzhnoukrainsk"
    assert names(text, "en", published="2023-12-04") == ["Yuzhnoukrainsk UA city"]
    assert names(text, "en", published="2026-02-04") == ["Pivdennoukrainsk UA city"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The May Rat said: Bad Hope, Mobile Reading. Council and City."),
        ("de", "Nach dem Essen war der Rat im Bad. Die Halle und der Hof. Bürgermeister. Hilfe."),
        ("uk", "Рада вирішила. Мер підписав. Наша громада. Нове життя. Того дня."),
        ("pl", "Rada Miasta. Nasza gmina. Nowe drogi. Biała zima. Puls powiatu."),
        ("en", "She wrote it on Facebook and Telegram on Monday in March, with Mercedes."),
    ],
)
def test_ordinary_words_are_no_villages(lang: str, text: str) -> None:
    assert names(text, lang) == []


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("de", "Delegationen aus Essen und Halle", ["Essen DE city", "Halle (Saale) DE city"]),
        ("en", "the town of Reading, UK", ["Reading GB city"]),
        ("en", "the city of Mobile, Alabama", ["Mobile US city"]),
        ("uk", "делегація міста Володимира", ["Volodymyr UA city"]),
        ("uk", "місто Бар Вінницької області", ["Bar UA city"]),
    ],
)
def test_ordinary_words_are_towns_where_the_text_says_so(
    lang: str, text: str, expected: list[str]
) -> None:
    assert [name for name in names(text, lang) if "Alabama" not in name][
        : len(expected)
    ] == expected


def test_a_village_alone_is_believed_in_a_list_of_towns() -> None:
    assert "Hirske UA city" in names("from Chortkiv, Hnivan, Hirske and Kupiansk", "en")


def test_furniture_is_left_out_but_for_the_page_head() -> None:
    text = "Stadt Wetzlar\nDie Stadt Bonn hilft.\nFußball: Leipzig siegt"
    roles = ("furniture", "body", "furniture")
    assert told(text, "de", roles=roles) == [
        "Wetzlar = Wetzlar, DE, city, passing",
        "Bonn = Bonn, DE, city, name",
    ]
