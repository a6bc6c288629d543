"""Texts that name no place: never an error but a refusal, never a sure answer."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mistok.kernel.errors import Invalid
from mistok.world import World

pytestmark = pytest.mark.world

PERSONS = """
Angela Merkel|Volodymyr Zelenskyy|Володимир Зеленський|Ivan Petrenko|Іван Петренко|Олена Шевченко
Anna Kowalska|Jan Nowak|Piotr Wiśniewski|Hans Müller|Klaus Schmidt|Marie Dubois|Jean-Pierre Martin
John Smith|Mary Johnson|Giuseppe Verdi|José García|Віталій Кличко|Taras Shevchenko|Тарас Шевченко
Petro Poroshenko|Ганна Мельник|Сергій Бондаренко|Oksana Kovalenko|Ursula von der Leyen
Emmanuel Macron|Donald Tusk|Andrzej Duda|Olaf Scholz|Boris Johnson|Наталія Лисенко|Андрій Садовий
"""
ADDRESSES = [
    "вул. Хрещатик, 22, кв. 5",
    "вулиця Січових Стрільців 15",
    "просп. Перемоги, 37, корп. 2",
    "Hauptstraße 12, 10115",
    "Am Markt 3, Postfach 44",
    "ul. Marszałkowska 10/5",
    "al. Jerozolimskie 54, lok. 3",
    "12 Main Street",
    "221B Baker Street",
    "PO Box 1170, Suite 5",
    "ул. Ленина, 5",
]
NONSENSE = [
    "x",
    "Ж",
    "0",
    "7",
    "🏙️",
    "🏙️🏙️🏙️",
    "asdfghjkl",
    "qwrtzpsdf xkcd",
    "фівапролдж",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "Lorem ipsum dolor sit amet",
    "Kyїv Львow Berлін",
    "'; DROP TABLE places; --",
    "1 OR 1=1",
    '" OR ""="',
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "../../etc/passwd",
    "https://example.org/",
    "a@example.org",
    "+380 44 123 45 67",
    "123456",
    "2024-09-26",
    "%_*",
    "\x00",
    "\x1b[31m",
    "\ud800",
    "\udfff\ud800",
    "\u202e\u202c",
    "\u200f\u200e\u2066",
    "\u202eahcuB\u202c",
    "\ufeff",
    "...",
    "—",
    "()",
    "(),()",
    "N/A",
    "null",
    "undefined",
    "unknown",
    "mayor",
    "the",
    "City Council",
    "міська рада",
]
NO_PLACES = [
    *NONSENSE,
    *ADDRESSES,
    *(name for row in PERSONS.split("\n") for name in row.split("|")),
]
NO_PLACES = [text for text in NO_PLACES if text]


def test_there_are_thirty_persons_and_eleven_addresses() -> None:
    assert len(NO_PLACES) >= len(NONSENSE) + 30 + 11


@pytest.mark.parametrize("text", NO_PLACES, ids=ascii)
def test_text_that_names_no_place_is_never_sure(whole_world: World, text: str) -> None:
    answer = whole_world.resolve(text)
    assert answer.verdict != "sure", answer.best
    scores = [match.score for match in answer.matches]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("letter", "abcdefghijklmnopqrstuvwxyzабвгдежзийклмнопрстуфхцчшщьюяіїєґ")
def test_one_letter_is_never_sure(whole_world: World, letter: str) -> None:
    assert whole_world.resolve(letter).verdict != "sure"


@pytest.mark.parametrize("text", ["", " ", "\t\n", "\u3000", "\u00a0"])
def test_nothing_is_refused(whole_world: World, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        whole_world.resolve(text)
    assert refused.value.code == "query_empty"


@pytest.mark.parametrize("text", ["x" * 10_000, "Київ " * 2_000, "🏙️" * 5_000, "(" * 201])
def test_text_longer_than_every_name_is_refused(whole_world: World, text: str) -> None:
    with pytest.raises(Invalid) as refused:
        whole_world.resolve(text)
    assert refused.value.code == "query_too_long"


@pytest.mark.parametrize(
    "text",
    [
        "\x00\x01Bucha\x07",
        "\u200fBucha\u200f",
        "\u202aBucha\u202c",
        "Bucha\ufeff",
        "B\u200bucha",
        "Bucha\ud800",
        "  Bucha\n",
        "Bu\u00adcha",
    ],
    ids=ascii,
)
def test_signs_that_nobody_sees_do_not_hide_a_name(whole_world: World, text: str) -> None:
    best = whole_world.resolve(text).best
    assert best is not None
    assert best.place.key == "katottg:UA32080070000050759"
    assert best.matched == "exact"


@pytest.mark.parametrize(
    "text", ["(" * 200, ("a, " * 66).strip(), "- " * 99 + "a", "в " * 99 + "в"]
)
def test_long_odd_texts_are_answered(whole_world: World, text: str) -> None:
    assert whole_world.resolve(text).verdict != "sure"


WORDS = st.sampled_from(
    "Bucha Буча Київ Stadt громада of in у в region (Kyiv) – - , ; St. м. обл. Paris TX New 東京"
    " القدس Köln-Porz Rih 2 III ' ’ ь".split()
)


@settings(max_examples=150)
@given(
    text=st.one_of(
        st.text(min_size=1, max_size=200),
        st.text(alphabet="abcdeikorstuvz ", min_size=1, max_size=60),
        st.text(alphabet="абвгдеиіїкорстуь -", min_size=1, max_size=60),
        st.lists(WORDS, min_size=1, max_size=8).map(" ".join),
    ).filter(str.strip),
    country=st.sampled_from([None, "UA", "US", "JP"]),
)
def test_any_text_gives_scores_in_order_that_sum_to_one_at_most(
    whole_world: World, text: str, country: str | None
) -> None:
    found = whole_world.find(text, country=country, limit=1000)
    scores = [match.score for match in found]
    assert scores == sorted(scores, reverse=True)
    # Scores are rounded to four digits, each by half a unit of the last at most.
    assert sum(scores) <= 1.0001 + 0.00005 * len(scores)
    assert all(0.0 <= score <= 1.0 for score in scores)
    keys = [match.place.key for match in found]
    assert len(keys) == len(set(keys))
    assert country is None or {match.place.country for match in found} <= {country}
