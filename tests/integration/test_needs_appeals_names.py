"""Municipalities as letters name them: in each language, with their kind, in the right case."""

import pytest

from factories import BUCHA, DORTMUND, GDYNIA, ZHYTOMYR
from mistok.needs.appeals.place_names import language_of, named, person_in
from mistok.papers import LANGUAGES
from mistok.papers.naming import Relation
from mistok.registry.models import Municipality

pytestmark = pytest.mark.django_db
KYIV = "katottg:UA80000000000093317"
BARANIVKA = "katottg:UA18080010000090720"
KHOROSHIV = "katottg:UA18040570000099817"
VILLAGE = "katottg:UA01020010000048857"
CHARLEROI = "geonames:2800481"
TUTTLINGEN = "geonames:2820693"
LE_HAVRE = "geonames:3003796"
GRABOWIEC = "geonames:771590"
COUNTY = "geonames:2856827"
TBILISI = "geonames:611717"


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (
            ZHYTOMYR,
            {
                "uk": "Житомирської міської територіальної громади",
                "en": "of the Zhytomyr hromada",
                "de": "der Hromada Schytomyr",
                "pl": "hromady Żytomierz",
                "fr": "de la hromada de Jytomyr",
            },
        ),
        (KYIV, {"uk": "міста Києва", "pl": "miasta Kijowa"}),
        (BARANIVKA, {"de": "der Hromada Baraniwka", "pl": "hromady Baraniwka"}),
        (DORTMUND, {"uk": "міста Дортмунда", "de": "der Stadt Dortmund"}),
        (GDYNIA, {"uk": "міста Гдині", "pl": "miasta Gdyni"}),
        (LE_HAVRE, {"fr": "de la ville du Havre", "en": "of the City of Le Havre"}),
        (GRABOWIEC, {"pl": "gminy Grabowiec"}),
        (TUTTLINGEN, {"uk": "міста Тутлінгена"}),
        (TBILISI, {"uk": "міста Тбілісі", "en": "of the City of Tbilisi"}),
        (COUNTY, {"de": "Ostalbkreis", "uk": ""}),
    ],
)
def test_place_stands_in_the_case_of_its_language(key, said):
    found = named(key, LANGUAGES)
    told = {lang: found.said(lang, Relation.OF) for lang in said}
    assert told == said


def test_council_of_a_hromada_has_its_name_in_every_language():
    assert {lang: named(ZHYTOMYR, LANGUAGES).authority(lang) for lang in LANGUAGES} == {
        "uk": "Житомирська міська рада",
        "en": "Zhytomyr City Council",
        "de": "Stadtrat Schytomyr",
        "pl": "Rada miasta Żytomierza",
        "fr": "Conseil municipal de la ville de Jytomyr",
    }
    assert named(KHOROSHIV, ("uk", "de")).authority("uk") == "Хорошівська селищна рада"
    assert named(KHOROSHIV, ("uk", "de")).authority("de") == "Siedlungsrat Choroschiw"
    assert named(VILLAGE, ("uk", "en")).authority("en") == "Andriivka Village Council"
    assert named(KYIV, ("uk", "de")).authority("uk") == "Рада міста Києва"


def test_head_of_an_envelope_names_the_office_or_the_place():
    dortmund, bucha = named(DORTMUND, LANGUAGES), named(BUCHA, LANGUAGES)
    assert dortmund.office("de", "", "") == "An die Stadt Dortmund"
    assert dortmund.office("de", "lord_mayor", "f") == (
        "An die Oberbürgermeisterin der Stadt Dortmund"
    )
    assert dortmund.office("fr", "mayor", "m") == "Monsieur le Maire de la ville de Dortmund"
    assert dortmund.office("uk", "mayor", "f") == "Меру міста Дортмунда"
    assert dortmund.office("en", "", "") == "The City of Dortmund"
    assert bucha.office("uk", "hromada_head", "m") == (
        "Голові Бучанської міської територіальної громади"
    )
    county = named(COUNTY, ("de", "uk"), written="Остальбкрайс")
    assert county.office("de", "county_head", "m") == "An den Landrat: Ostalbkreis"
    assert county.office("de", "", "") == "Ostalbkreis"
    assert county.office("uk", "mayor", "") == "Голові району: Остальбкрайс"
    assert named(CHARLEROI, ("uk",)).office("uk", "mayor", "m") == ""


def test_name_of_the_registry_comes_before_that_of_the_gazetteer():
    Municipality.objects.update_or_create(
        key=CHARLEROI,
        defaults={"name": "Charleroi", "country": "BE", "kind": "municipality"}
        | {"labels": {"uk": "Шарлеруа", "fr": ""}},
    )
    found = named(CHARLEROI, ("uk", "fr"), written="інше")
    assert dict(found.names) == {"uk": "Шарлеруа", "fr": "Charleroi"}


def test_person_is_written_in_the_letters_of_the_language():
    given = {"uk": "Юлія Згурська", "pl": "Julia Zgurska"}
    told = {lang: person_in(given, lang) for lang in LANGUAGES}
    assert (told["uk"], told["en"], told["pl"]) == (
        "Юлія Згурська",
        "Yuliia Zghurska",
        "Julia Zgurska",
    )
    assert (told["de"], told["fr"]) == ("Julija Shurska", "Iouliia Zhourska")
    assert person_in({"de": "Max"}, "fr") == ""


@pytest.mark.parametrize(
    ("country", "language"), [("DE", "de"), ("BE", "fr"), ("US", "en"), ("LT", "en"), ("UA", "uk")]
)
def test_letter_is_written_in_a_language_of_the_country_or_in_english(country, language):
    assert language_of(country) == language
