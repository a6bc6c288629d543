"""Looking up: names that go on, options in order, forms of words, units and nations."""

import pytest
from places_cast import the_world

from mistok.reading.places.forms import adjective_stem, bases
from mistok.reading.places.lookup import COUNTRY, INFLECTED, Gazetteer
from mistok.reading.places.vocabulary import cues, first_names, ordinary_words
from mistok.world.finding.inflection import word_forms
from mistok.world.finding.nations import nation_said, opens_nation
from mistok.world.finding.words import unit_words, words_beside


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer(the_world())


@pytest.mark.world
def test_an_entry_knows_whether_longer_names_go_on(gazetteer: Gazetteer) -> None:
    san = gazetteer.entry("san")
    assert san.goes_on
    assert gazetteer.entry("san jose", san).options[0].country == "US"
    assert not gazetteer.entry("zhytomyr raion qqq").goes_on
    assert gazetteer.options("") == ()


@pytest.mark.world
@pytest.mark.parametrize("name", ["kyiv", "a", "zzzzzz", "щщщ", "san", "0", "київ", "ﬀ"])
def test_spread_finds_what_the_index_finds(name: str) -> None:
    names = the_world().names
    position, low, high = names.spread(name)
    places = names.exact(name)[0].tolist()
    assert (position >= 0) == bool(places)
    if places:
        assert names.places_of(position)[0].tolist() == places
    for at in {low, high - 1}:
        if low < high:
            longer, _low, _high = names.spread(f"{name} ", low, high)
            assert low <= at < high
            assert longer == -1


@pytest.mark.world
def test_options_come_with_the_likeliest_first(gazetteer: Gazetteer) -> None:
    options = gazetteer.options("paris")
    assert [option.points for option in options] == sorted(
        (option.points for option in options), reverse=True
    )
    assert options[0].country == "FR"
    assert gazetteer.options("ukraine")[0].kind == COUNTRY
    bent = options[0].found(INFLECTED)
    assert bent.way == INFLECTED
    assert bent.points < options[0].points


def test_forms_of_words_are_those_of_their_language() -> None:
    assert "харків" in bases("Харкова", "харкова", "uk")
    assert "krakow" in bases("Krakowie", "krakowie", "pl")
    assert bases("Mannheims", "mannheims", "de") == ("mannheim",)
    assert bases("Paris", "paris", "en") == ()
    assert bases("Ulm", "ulm", "pl") == ()
    assert "nowy" in word_forms("Nowemu", ("pl",), limit=6)
    assert "kowel" in word_forms("Kowlem", ("pl",), limit=8)


@pytest.mark.parametrize(
    ("folded", "lang", "stem"),
    [
        ("харківськоі", "uk", "харківськ"),
        ("zakarpackiego", "pl", "zakarpack"),
        ("duisburger", "de", "duisburg"),
        ("zviahelska", "en", "zviahelsk"),
        ("kyiv", "en", ""),
        ("місто", "uk", ""),
    ],
)
def test_stems_of_adjectives(folded: str, lang: str, stem: str) -> None:
    assert adjective_stem(folded, lang) == stem


def test_word_lists_are_folded_and_have_what_they_should() -> None:
    assert {"der", "bad", "essen"} <= ordinary_words("de")
    assert {"мер", "час"} <= ordinary_words("uk")
    assert not {"berlin", "kyiv", "lublin", "львів"} & ordinary_words("fr")
    assert {"віталіи", "stephan"} <= first_names()
    assert "burgermeister" in cues("title")
    for word in ordinary_words("fr") | first_names():
        assert word == word.casefold()


def test_units_and_nations_of_words() -> None:
    assert {"landkreis", "district"} <= unit_words("de")
    assert "landkreis" not in unit_words("uk")
    before, after = words_beside()
    assert {"of", "misto", "місто"} & before
    assert {"region", "область"} <= after
    assert nation_said("украіні") == ("UA", "country")
    assert nation_said("ukrainian") == ("UA", "adjective")
    assert nation_said("calif") is None
    assert opens_nation("western")
    assert not opens_nation("kyiv")
