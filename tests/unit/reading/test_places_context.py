"""Which of several places of one name is meant: what stands beside it, and the rest of the text."""

import pytest
from places_cast import mentions, names

pytestmark = pytest.mark.world


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", "Vincennes, Indiana, twinned with Rubizhne.", "Vincennes US city"),
        ("en", "The French town of Vincennes helped.", "Vincennes FR city"),
        ("en", "SAN JOSE, Calif. — The council met.", ""),
        ("en", "Brest in France sent pumps.", "Brest FR city"),
        ("en", "Brest, Belarus, is a partner no longer.", "Brest BY city"),
        ("en", "Birmingham, Ala., signed.", "Birmingham US city"),
        ("de", "Das polnische Reichenbach hilft.", "Dzierżoniów PL city"),
        ("pl", "słowacki Bardejów", "Bardejov SK city"),
        ("uk", "польський Перемишль", "Przemyśl PL city"),
        ("en", "Toledo (Spain)", "Toledo ES city"),
        ("en", "Toledo, Ohio", "Toledo US city"),
    ],
)
def test_countries_and_states_beside_a_name_choose_the_place(
    lang: str, text: str, expected: str
) -> None:
    assert names(text, lang)[:1] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("lang", "text", "key"),
    [
        ("uk", "Миколаївська громада Львівської області", "katottg:UA46100110000018989"),
        ("en", "Mykolaiv in the Lviv region", "katottg:UA46100110000018989"),
        ("en", "Mykolaiv and Kherson", "katottg:UA48060150000071713"),
        ("pl", "Mikołajów w obwodzie lwowskim", "katottg:UA46100110000018989"),
    ],
)
def test_an_oblast_beside_a_name_chooses_the_town(lang: str, text: str, key: str) -> None:
    assert mentions(text, lang)[0].party.key == key


def test_what_is_said_once_holds_for_the_whole_text() -> None:
    text = "Cambridge signed on Friday. The mayor of Cambridge, Massachusetts, was glad."
    assert names(text, "en")[0] == "Cambridge US city"


def test_a_short_form_means_the_longer_one_given_before() -> None:
    found = names("Brandenburg an der Havel hilft. Der Bürgermeister von Brandenburg dankte.", "de")
    assert found == ["Brandenburg an der Havel DE city"] * 2


def test_big_cities_need_no_help() -> None:
    text = "Paris, Dublin, Vienna, Athens, Valencia, Moscow and Odessa"
    assert [name.split()[-2] for name in names(text, "en")] == "FR IE AT GR ES RU UA".split()


def test_washington_is_the_state_where_a_governor_signs() -> None:
    state = "Gov. Ferguson said that Washington signed. No other state did."
    city = "The city of Washington signed."
    assert names(state, "en") == ["Washington US state"]
    assert names(city, "en") == ["Washington US city"]


def test_a_region_that_only_says_where_a_town_lies_is_passing() -> None:
    found = mentions("Izium in the Kharkiv region and Lviv Oblast", "en")
    assert [(m.party.name, m.role) for m in found] == [
        ("Izium", "name"),
        ("Kharkiv Oblast", "passing"),
        ("Lviv Oblast", "name"),
    ]


def test_certainty_is_low_where_two_places_are_as_likely() -> None:
    sure = {m.party.name: m.sure for m in mentions("Kyiv and Neustadt", "en")}
    assert sure["Kyiv"] > 0.95 > 0.8 > sure.get("Neustadt", 0.5)
