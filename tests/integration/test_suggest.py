"""Suggestions under a search box: what they show, whom they put first, what they bear."""

import re
from html.parser import HTMLParser

import pytest

from factories import BUCHA, DORTMUND, GDYNIA, PARDUBICE, PLOCK, ZHYTOMYR, a_source, a_tie
from mistok.web.registry import suggest

pytestmark = pytest.mark.django_db
LVIV = "katottg:UA46060250000025047"
DNIPRO = "katottg:UA12020010000033698"
LANGUAGES = ("en", "uk")
NONSENSE = [
    "",
    " ",
    "\u00a0\u2009",
    "ї" * 10_000,
    "🎉",
    "👩🏽‍🌾" * 20,
    "\x00\x01\x07\x1b\x7f",
    "'; DROP TABLE registry_tie; --",
    "\u202e\u2028\ufeff",
    "qxqzqx",
]


class Options(HTMLParser):
    """The addresses and words of the options, what is announced, and whether all is closed."""

    def __init__(self, text):
        super().__init__()
        self.urls, self.words, self.marked, self.tags, self.said = [], [], [], [], None
        self.feed(text)
        assert self.tags == []

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.tags.append(tag)
        if named.get("role") == "listbox":
            self.said = named["data-said"]
        if named.get("role") == "option":
            self.urls.append(named["href"])
            self.words.append("")

    def handle_endtag(self, tag):
        assert self.tags.pop() == tag

    def handle_data(self, data):
        if self.tags[-1:] == ["mark"]:
            self.marked.append(data)
        if self.words:
            self.words[-1] = " ".join(f"{self.words[-1]}{data}".split(" "))

    def position(self, key):
        """Where the place with this key stands, from 0; None when it is not there."""
        places = [url.split("/")[-2] for url in self.urls]
        return places.index(key) if key in places else None


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """A clock that stands still, so that no minute ends within a test; gives its hand."""
    hand = [0.0]
    monkeypatch.setattr(suggest.time, "monotonic", lambda: hand[0])
    suggest._ties.cache_clear()
    yield hand
    suggest._ties.cache_clear()


@pytest.fixture
def typed(client):
    """Type letters: gives the options."""

    def ask(letters, language="en", **query):
        response = client.get(f"/{language}/places/suggest/", {"q": letters} | query)
        assert response.status_code == 200
        return Options(response.content.decode())

    return ask


def words(option):
    return " ".join(option.split())


def test_suggestion_in_english(typed):
    a_tie(LVIV, DORTMUND)
    found = typed("Lemb")
    assert found.urls[0] == f"/en/places/{LVIV}/"
    assert words(found.words[0]) == (
        "Lviv Львів also Lemberg Lviv Oblast, Ukraine · hromada · 1 tie"
    )
    assert found.marked[0] == "Lemb"
    assert found.said == "8 suggestions. Choose with the up and down arrows."


def test_suggestion_in_ukrainian(typed):
    a_tie(LVIV, DORTMUND)
    found = typed("льв", "uk")
    assert found.urls[0] == f"/uk/places/{LVIV}/"
    assert words(found.words[0]) == "Львів Львівська область, Україна · громада · 1 зв’язок"
    assert found.marked[0] == "Льв"
    assert re.fullmatch(r"\d підказ[а-я]+\. Вибирайте стрілками вгору та вниз\.", found.said)


def test_suggestion_says_that_a_name_is_a_former_one(typed):
    assert "formerly Дніпропетровськ" in words(typed("Дніпропетровс").words[0])
    assert "раніше Дніпропетровськ" in words(typed("Дніпропетровс", "uk").words[0])


def test_suggestion_of_a_town_does_not_say_that_it_is_one(typed):
    found = typed("Dortmun")
    assert words(found.words[found.position(DORTMUND)]).endswith("Germany")


def test_suggestions_are_no_page(client):
    text = client.get("/uk/places/suggest/", {"q": "Львів"}).content.decode()
    assert text.startswith("<ul")
    assert "<html" not in text
    assert len(text) < 6_000


def test_suggestions_are_eight_at_most_and_each_a_place_once(typed):
    found = typed("Нова")
    assert len(found.urls) == len(set(found.urls)) == 8


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("letters", NONSENSE, ids=range(len(NONSENSE)))
def test_letters_that_begin_no_name_give_an_empty_list(typed, letters, language):
    found = typed(letters, language)
    assert found.urls == []
    announced = {"en": "No suggestions.", "uk": "Підказок немає."}[language]
    assert found.said == (announced if letters.strip() else "")


def test_missing_letters_give_an_empty_list(client):
    assert Options(client.get("/en/places/suggest/").content.decode()).urls == []


@pytest.mark.parametrize("letters", ["Lvіv", "ЛЬВ", "Львiв", "  Lviv", "Ľviv", "😀Lv"])
def test_letters_of_another_look_find_the_same(typed, letters):
    assert typed(letters).urls[0] == f"/en/places/{LVIV}/"


def test_typed_markup_stays_text(client):
    text = client.get("/en/places/suggest/", {"q": "<b>"}).content.decode()
    assert Options(text).urls
    assert "<b>" not in text


def test_tied_place_comes_before_greater_ones(typed):
    before = typed("Buc").position(BUCHA)
    for partner in (DORTMUND, GDYNIA, PARDUBICE, PLOCK):
        a_tie(BUCHA, partner, source=a_source(partner.replace(":", "-")))
    suggest._ties.cache_clear()
    found = typed("Buc")
    after = found.position(BUCHA)
    assert after is not None
    assert before is None or after < before
    assert "4 ties" in words(found.words[after])


def test_ties_weigh_by_their_number_up_to_a_limit(monkeypatch, world):
    counts = {BUCHA: 1, ZHYTOMYR: 19, DORTMUND: 400, "place_abcdefgh2345": 9}
    monkeypatch.setattr(suggest, "ties_counts", lambda: counts)
    weights = suggest._ties(0).weights
    bucha, zhytomyr, dortmund = (
        float(weights[world.position(key)]) for key in (BUCHA, ZHYTOMYR, DORTMUND)
    )
    assert 0 < bucha < zhytomyr
    assert zhytomyr == dortmund == pytest.approx(suggest.BOOST)
    assert (weights > 0).sum() == 3


def test_empty_registry_weighs_nothing():
    assert not suggest._ties(0).weights.any()


def test_ties_are_counted_once_a_minute(typed, clock, django_assert_num_queries):
    with django_assert_num_queries(1):
        typed("Zhyt")
        assert "tie" not in typed("Zhytomyr").words[0]
    a_tie(ZHYTOMYR, DORTMUND)
    assert "tie" not in typed("Zhytomyr").words[0]
    clock[0] += suggest.FRESH_SECONDS
    with django_assert_num_queries(1):
        assert "1 tie" in typed("Zhytomyr").words[0]


def test_country_narrows_suggestions_and_an_unknown_one_does_not(typed):
    assert "Germany" in typed("Lemb", country="de").words[0]
    assert {"Germany" in option for option in typed("Lemb", country="DE").words} == {True}
    for unknown in ("ZZ", "x" * 500, "🎉"):
        assert typed("Lemb", country=unknown).urls == typed("Lemb").urls


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_suggestions_are_for_reading_only(client, method):
    assert getattr(client, method)("/en/places/suggest/").status_code == 405


def test_suggestions_are_kept_shortly_by_the_reader_alone(client):
    response = client.get("/en/places/suggest/", {"q": "Lviv"})
    assert response["Cache-Control"] == "private, max-age=60"
    varies = response.headers.get("Vary", "")
    assert "Cookie" not in varies
    assert "Language" not in varies
    assert response["Content-Language"] == "en"
    assert not response.cookies


def test_search_boxes_ask_for_suggestions_and_the_list_of_places_does_not(client):
    for path in ("/en/", "/en/ties/", f"/en/places/{ZHYTOMYR}/", "/en/nowhere/"):
        text = client.get(path).content.decode()
        assert text.count('hx-get="/en/places/suggest/"') == 1, path
        assert 'role="combobox"' not in text
    assert "places/suggest" not in client.get("/en/places/").content.decode()


def test_many_places_of_one_name_are_found_and_not_doubted(client):
    context = client.get("/en/places/", {"q": "Springfield"}).context
    assert len(context["results"]) > 10
    assert context["several"]
    assert not context["perhaps"]
    text = client.get("/uk/places/", {"q": "Springfield"}).content.decode()
    assert "Ця назва може означати кілька місць" in text
    assert "Немає міста" not in text


def test_letters_that_only_begin_names_are_completed(client):
    context = client.get("/en/places/", {"q": "Zhyt"}).context
    assert context["beginning"][0].key == ZHYTOMYR
    assert not context["results"] + context["perhaps"]


def test_name_with_a_slip_is_asked_about(client):
    response = client.get("/uk/places/", {"q": "Дортмунт"})
    assert response.context["perhaps"][0].key == DORTMUND
    assert not response.context["results"]
    text = response.content.decode()
    assert "Немає міста чи громади з назвою «Дортмунт»." in text
    assert "Можливо, ви мали на увазі" in text


@pytest.mark.parametrize(
    ("query", "key", "notes"),
    [
        (
            "Дніпропетровськ",
            DNIPRO,
            {
                "en": "called Дніпропетровськ until 19 May 2016",
                "uk": "назва до 19 травня 2016 — Дніпропетровськ",
            },
        ),
        ("Lemberg", LVIV, {"en": "also called Lemberg", "uk": "інша назва — Lemberg"}),
        ("Dortmund", DORTMUND, {"en": "", "uk": ""}),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_note_tells_how_the_name_stands_to_the_place(client, language, query, key, notes):
    first = client.get(f"/{language}/places/", {"q": query}).context["results"][0]
    assert (first.key, first.note) == (key, notes[language])
