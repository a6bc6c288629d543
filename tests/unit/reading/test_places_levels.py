"""What a place is: city, community, district, region, state, country, capital."""

import pytest
from places_cast import names, told

pytestmark = pytest.mark.world


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "the Sumy region", "Sumy Oblast UA region"),
        ("en", "Chernihiv Oblast", "Chernihiv Oblast UA region"),
        ("uk", "Рада Полтавської області", "Poltava Oblast UA region"),
        ("uk", "Харківщина приймає гостей", "Kharkiv Oblast UA region"),
        ("uk", "Рівненська обласна рада", "Rivne Oblast UA region"),
        ("uk", "громади Буковини", "Chernivtsi Oblast UA region"),
        ("pl", "obwód wołyński", "Volyn Oblast UA region"),
        ("pl", "w obwodzie charkowskim", "Kharkiv Oblast UA region"),
        ("pl", "województwo lubelskie", "Lublin Voivodeship PL region"),
        ("pl", "Wielkopolska pomaga", "Greater Poland Voivodeship PL region"),
        ("de", "die Oblast Odessa", "Odesa Oblast UA region"),
        ("de", "das Gebiet Schytomyr", "Zhytomyr Oblast UA region"),
        ("de", "Nordrhein-Westfalen und", "North Rhine-Westphalia DE state"),
        ("en", "the state of Iowa", "Iowa US state"),
        ("en", "Emilia-Romagna and", "Emilia-Romagna IT region"),
        ("uk", "штат Міссісіпі", "Mississippi US state"),
    ],
)
def test_regions_and_states(lang: str, text: str, expected: str) -> None:
    assert names(text, lang) == [expected]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("de", "der Landkreis Görlitz", "Görlitz District DE district"),
        ("pl", "powiat mielecki", "Mielec County PL district"),
        ("uk", "Бучанський район", "Bucha Raion UA district"),
        ("en", "Bucha district", "Bucha Raion UA district"),
        ("uk", "голова Сандомирського повіту", "Sandomierz County PL district"),
    ],
)
def test_districts(lang: str, text: str, expected: str) -> None:
    assert names(text, lang) == [expected]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("uk", "Хотинська громада", "Khotyn UA hromada"),
        ("uk", "Тлумацька міська територіальна громада", "Tlumach UA hromada"),
        ("en", "the Snihurivka community", "Snihurivka UA hromada"),
        ("en", "the Chortkiv municipality", "Chortkiv UA hromada"),
        ("en", "Boratynska in Volyn Oblast", "Boratyn UA hromada"),
        ("en", "Andrychów community", "Andrychów PL city"),
        ("en", "the municipality of Dortmund", "Dortmund DE city"),
        ("uk", "місто Хотин", "Khotyn UA city"),
        ("uk", "Хотинський міський голова", "Khotyn UA city"),
        ("pl", "gmina Wielka Nieszawka", "Wielka Nieszawka PL city"),
    ],
)
def test_communities_and_cities(lang: str, text: str, expected: str) -> None:
    assert names(text, lang)[0] == expected


def test_a_community_of_villages_is_one_without_being_called_so() -> None:
    assert names("Muzykivka and Kherson", "en") == ["Muzykivka UA hromada", "Kherson UA city"]


def test_a_place_that_is_called_a_community_is_one_throughout() -> None:
    found = names("Boryspil signed.\nThe Boryspil community is glad.", "en")
    assert found == ["Boryspil UA hromada"] * 2


@pytest.mark.parametrize(
    ("lang", "text", "role", "country"),
    [
        ("en", "Ukraine thanked", "country", "UA"),
        ("uk", "допомогла Україні", "country", "UA"),
        ("pl", "pomoc dla Ukrainy", "country", "UA"),
        ("en", "the UK and", "country", "GB"),
        ("en", "troops of russia", "country", "RU"),
        ("de", "die westukrainische Stadt", "nationality", "UA"),
        ("pl", "z niemieckim miastem", "nationality", "DE"),
        ("uk", "французьке місто", "nationality", "FR"),
    ],
)
def test_countries_and_nations(lang: str, text: str, role: str, country: str) -> None:
    (mention,) = told(text, lang)
    assert mention.endswith(f", {country}, country, {role}")


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "the Ukrainian capital", "Ukrainian capital = Kyiv, UA, city, capital"),
        ("en", "the capital of Latvia", "capital of Latvia = Riga, LV, city, capital"),
        ("uk", "столиця України", "столиця України = Kyiv, UA, city, capital"),
        ("pl", "w stolicy Litwy", "stolicy Litwy = Vilnius, LT, city, capital"),
        (
            "de",
            "in der ukrainischen Hauptstadt",
            "ukrainischen Hauptstadt = Kyiv, UA, city, capital",
        ),
        ("en", "Kyiv hopes. The capital waits.", "capital = Kyiv, UA, city, capital"),
    ],
)
def test_capitals(lang: str, text: str, expected: str) -> None:
    assert expected in told(text, lang)


def test_a_capital_named_beside_it_or_of_nobody_knows_what_is_none() -> None:
    assert not [one for one in told("Kyiv, the capital of Ukraine", "en") if "capital" in one]
    assert told("European Capital of Culture and the state capital", "en") == []
