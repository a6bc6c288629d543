"""Towns named without their state, units the gazetteer lacks, and names in foreign spelling."""

import pytest
from places_cast import mentions, names, told

from mistok.reading.places.transcribing import spellings

pytestmark = pytest.mark.world


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Connecticut has four. Lyman and Westport are sister cities.", "geonames:4845585"),
        ("The government of Manitoba paid. Brandon twinned with Uman.", "geonames:5907896"),
        ("The governor of Oregon came to Salem and Springfield.", "geonames:5754005"),
        ("Durham, N.C., was first. Durham voted on Monday.", "geonames:4464368"),
        ("The city of Brandon, Man., will twin.", "geonames:5907896"),
        ("Columbia, S.C., signed. Charleston and Greenville want to.", "geonames:4580543"),
        ("Ulster County voted. Kingston will be visited.", "geonames:5123477"),
        ("The city of Brandon and Uman are twins.", "geonames:4148757"),
    ],
)
def test_states_and_counties_named_anywhere_choose_their_towns(text: str, expected: str) -> None:
    assert expected in {mention.party.key for mention in mentions(text, "en")}


def test_a_state_is_not_the_town_that_has_its_name() -> None:
    assert names("Governor Wes Moore of Maryland came to Baltimore.", "en") == [
        "Maryland US state",
        "Baltimore US city",
    ]


def test_teasers_of_the_same_site_tell_the_state() -> None:
    text = "The city of Brandon and Uman are twins.\nManitoba weather\nRoads in Manitoba"
    roles = ("body", "furniture", "furniture")
    assert names(text, "en", roles=roles)[0] == "Brandon CA city"


def test_one_stranger_among_towns_of_one_country_is_of_it_too() -> None:
    text = (
        "The United States: Kyiv and Chicago, Chernivtsi and Salt Lake City, Vinnytsia and "
        "Birmingham, Kharkiv and Cincinnati."
    )
    assert "Birmingham US city" in names(text, "en")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The capital of the oblast signed. Ukraine is glad."),
        ("en", "Toruń and the capital of Ukraine's Volyn Oblast signed."),
        ("de", "Die Hauptstadt der Oblast freut sich. In der Ukraine ist Krieg."),
        ("pl", "Stolica obwodu podpisała umowę. Ukraina dziękuje."),
        ("uk", "Столиця області чекає. Україна дякує."),
    ],
)
def test_the_capital_of_an_oblast_is_not_kyiv(lang: str, text: str) -> None:
    assert "Kyiv UA city" not in names(text, lang)


def test_lines_that_open_with_names_in_capitals_tell_of_these_places() -> None:
    digest = "ОДЕСА. Місто поріднилося з Брно.\nМИКОЛАЇВ. Ганновер надіслав техніку."
    assert names(digest, "uk")[0] == "Odesa UA city"
    assert told("HANNOVER. Der Rat stimmte zu.", "de") == ["HANNOVER = Hanover, DE, city, passing"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Der Landkreis Vorpommern-Greifswald dankt. Auch Vorpommern-Greifswald half.",
            ["Vorpommern-Greifswald DE district"] * 2,
        ),
        (
            "Der Landkreis Mecklenburgische Seenplatte hilft.",
            ["Mecklenburgische Seenplatte District DE district"],
        ),
        ("Die Samtgemeinde Weser-Aue hilft.", ["Weser-Aue DE city"]),
        ("Die Verbandsgemeinde Nieder-Olm hilft.", ["Nieder-Olm DE city"]),
        (
            "Die ukrainische Partnerkommune Ripkyne dankt. In Ripkyne ist Krieg.",
            ["Ripkyne UA city"] * 2,
        ),
        ("Die ukrainische Partnerkommune Hilfsgut dankt.", []),
        (
            "Die Gemeinde Brake hilft. Brake und Zamość sind Partner.",
            ["Brake (Unterweser) DE city"],
        ),
    ],
)
def test_units_that_no_gazetteer_has_are_parties_without_a_key(
    text: str, expected: list[str]
) -> None:
    assert names(text, "de")[: len(expected) or None] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("французьке місто Ромійї-сюр-Сен", "Romilly-sur-Seine FR city"),
        ("французький муніципалітет Пон-дю-Шато", "Pont-du-Château FR city"),
        ("Побратимом є Мілфорд Хейвон (Велика Британія).", "Milford Haven GB city"),
        ("чеське місто Пршелоуч", "Přelouč CZ city"),
        ("китайське місто Чжуцзі", "Zhuji CN city"),
        ("угода з округом Ольстер зі штату Нью-Йорк", "Ulster County US district"),
        ("угоду підписала комуна Віктор-Влад Деламаріна", "Victor Vlad Delamarina RO city"),
        ("угода з гміною Добра", "Dobra PL city"),
    ],
)
def test_foreign_names_in_ukrainian_letters(text: str, expected: str) -> None:
    assert names(text, "uk")[0] == expected


def test_a_head_of_a_community_after_its_unit_is_a_person() -> None:
    assert names("голова Тростянецької громади Юрій Бова підписав", "uk") == [
        "Trostianets UA hromada"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Umowę podpisał rejon buczański.", "Bucha Raion UA district"),
        ("Umowę podpisał rejon iwano-frankiwski.", "Ivano-Frankivsk Raion UA district"),
        ("Partnerem jest Powiat Rówieński.", "Rivne Raion UA district"),
        ("Gmina Supraśl podpisała umowę.", "Supraśl PL city"),
        ("Umowa z Żółkwią trwa.", "Zhovkva UA city"),
    ],
)
def test_polish_units_and_cases(text: str, expected: str) -> None:
    assert names(text, "pl") == [expected]


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [
        ("Чжуцзі", "CN", ("Zhuji", "Чжуцзі")),
        ("Ханчжоу", "CN", ("Hangzhou", "Ханчжоу")),
        ("Пршелоуч", "CZ", ("Пршелоуч", "Прелоуч")),
        ("Брно", "CZ", ("Брно",)),
        ("Zhuji", "CN", ("Zhuji",)),
        ("Пршелоуч", None, ("Пршелоуч",)),
    ],
)
def test_spellings_of_a_country(text: str, country: str | None, expected: tuple[str, ...]) -> None:
    assert spellings(text, country) == expected
