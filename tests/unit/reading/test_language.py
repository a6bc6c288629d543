"""Languages: ours told apart from each other and from their neighbours, also in a few words."""

import time

import pytest

from mistok.reading.language import language_of

SHORT = {
    "en": "Today the city council met a delegation from Germany and an agreement was signed.",
    "uk": "Сьогодні в міській раді відбулася зустріч із делегацією з Німеччини, підписали.",
    "de": "Heute fand im Rathaus ein Treffen mit einer Delegation aus Polen statt.",
    "pl": "Dziś w ratuszu odbyło się spotkanie z delegacją z Niemiec i podpisano umowę.",
    "ru": "Сегодня в администрации города состоялась встреча с делегацией из Германии.",
    "be": "Сёння ў гарадскім выканкаме адбылася сустрэча з дэлегацыяй з Нямеччыны.",
    "bg": "Днес в общината се проведе среща с делегация от Германия, на която беше подписано.",
    "cs": "Dnes se na radnici uskutečnilo setkání s delegací z Německa, byla podepsána dohoda.",
    "sk": "Dnes sa na radnici uskutočnilo stretnutie s delegáciou z Nemecka, ktoré bolo dlhé.",
    "fr": "La mairie a reçu une délégation allemande et un accord de jumelage a été signé.",
    "ro": "Astăzi la primărie a avut loc o întâlnire cu o delegație din Germania și Polonia.",
    "hu": "Ma a városházán találkozót tartottak a német küldöttséggel, és aláírták a szerződést.",
    "lt": "Šiandien savivaldybėje įvyko susitikimas su delegacija iš Vokietijos ir tai yra gerai.",
    "nl": "Vandaag ontving het stadhuis een delegatie uit Duitsland en een verdrag is getekend.",
    "sv": "I dag hölls ett möte i stadshuset med en delegation från Tyskland och ett avtal.",
    "hr": "Danas je u gradskoj vijećnici održan sastanak s delegacijom iz Njemačke i grad.",
    "ka": "დღეს ქალაქის მერიაში გაიმართა შეხვედრა გერმანიის დელეგაციასთან.",
    "el": "Σήμερα στο δημαρχείο πραγματοποιήθηκε συνάντηση με αντιπροσωπεία.",
    "hy": "Այսօր քաղաքապետարանում տեղի ունեցավ հանդիպում։",
    "he": "היום התקיימה בעירייה פגישה עם משלחת מגרמניה",
    "ja": "今日、市役所でドイツの代表団との会議が開かれました",
    "ko": "오늘 시청에서 독일 대표단과 회의가 열렸습니다",
}


@pytest.mark.parametrize("lang", SHORT)
def test_a_short_sentence_is_told_from_its_neighbours(lang: str) -> None:
    assert language_of(SHORT[lang]) == lang


@pytest.mark.parametrize("text", ["", "   \n", "12345 --- !!! 2023", "✔️ • 🔹"])
def test_a_text_without_words_has_no_language(text: str) -> None:
    assert language_of(text) == ""


def test_names_alone_have_no_language() -> None:
    assert language_of("Kyiv, Lviv, Odesa, Paris, Berlin. " * 40) == ""


def test_capitals_throughout_are_read_all_the_same() -> None:
    assert language_of("WASHINGTON GETS A SISTER IN UKRAINE AND THE GOVERNOR IS HAPPY") == "en"


def test_a_heading_of_a_few_words_goes_to_a_main_language() -> None:
    assert language_of("Partner cities: Lublin, Poland") == "en"
    assert language_of("Міста-побратими Рівного") == "uk"


def test_names_with_foreign_letters_do_not_change_the_language() -> None:
    text = "The mayors of Łódź, Škofja Loka, Târgoviște and Şişli met in the town of Płock."
    assert language_of(text) == "en"


def test_an_english_article_among_ukrainian_teasers_is_english() -> None:
    article = (
        "The council of Duisburg has approved a partnership with the city of Kryvyi Rih. "
        "It will be signed in the town hall when the mayors meet in spring.\n"
    ) * 3
    teasers = "31 October 2024\nЗемельний банк дозволить побороти корупцію в громадах\n" * 12
    assert language_of(article + teasers) == "en"
    assert language_of("Новини\nСпорт\nКультура\nОголошення\n" * 4 + article) == "en"


def test_a_text_of_a_hundred_letters_takes_less_than_a_millisecond() -> None:
    texts = [SHORT[lang] * 20 for lang in ("en", "uk", "de", "pl")]
    for text in texts:
        language_of(text)
    began = time.perf_counter()
    for _ in range(50):
        for text in texts:
            language_of(text)
    # Ten times the usual, so that a busy machine is no failure.
    assert (time.perf_counter() - began) / 200 < 0.002


def test_two_million_letters_take_no_longer_than_a_page() -> None:
    text = "The city of Kyiv has a partner in the west. " * 45_000
    began = time.perf_counter()
    assert language_of(text) == "en"
    assert time.perf_counter() - began < 0.2
