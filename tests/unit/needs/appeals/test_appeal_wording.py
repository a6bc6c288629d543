"""Words of letters that nobody writes: ties with dates, end users, phrases that are known."""

import pytest

from mistok.needs.appeals.wording import (
    end_users,
    phrases,
    tie_words,
    translated,
    usual_papers,
)
from mistok.needs.models.lines import EndUser
from mistok.papers import LANGUAGES
from mistok.papers.naming import OFFICES
from mistok.registry.models.ties import Kind


@pytest.mark.parametrize(
    ("language", "day", "month", "year"),
    [
        ("uk", "з 9 липня 2025 року", "з липня 2025 року", "з 2025 року"),
        ("en", "since 9 July 2025", "since July 2025", "since 2025"),
        ("de", "seit dem 9. Juli 2025", "seit Juli 2025", "seit 2025"),
        ("pl", "od 9 lipca 2025 r.", "od lipca 2025 r.", "od 2025 r."),
        ("fr", "depuis le 9 juillet 2025", "depuis juillet 2025", "depuis 2025"),
    ],
)
def test_tie_is_told_as_exactly_as_it_is_known(language, day, month, year):
    told = [
        tie_words("partnership", since, language).replace("\u00a0", " ")
        for since in ("2025-07-09", "2025-07", "2025", "", "~2025", "<2025")
    ]
    bare = phrases()["ties"]["partnership"][language]
    assert told == [f"{bare} {day}", f"{bare} {month}", f"{bare} {year}", bare, bare, bare]


def test_every_kind_of_tie_and_every_end_user_has_its_words():
    assert set(phrases()["ties"]) == {kind.value for kind in Kind}
    assert set(phrases()["end_users"]) == {one.value for one in EndUser} - {EndUser.DEFENCE}
    assert set(phrases()["offices"]) == {"", *OFFICES}


def texts(found):
    """Every text by language inside."""
    if isinstance(found, dict) and set(found) == set(LANGUAGES):
        yield found
    elif isinstance(found, dict):
        for one in found.values():
            yield from texts(one)
    elif isinstance(found, list):
        for one in found:
            yield from texts(one)


def test_every_phrase_stands_in_five_languages_without_a_word_of_another():
    rows = list(texts(phrases()))
    assert len(rows) > 40
    for row in rows:
        for language, text in row.items():
            words = " ".join(text.values()) if isinstance(text, dict) else text
            cyrillic = any("\u0400" <= sign <= "\u04ff" for sign in words.replace("{", ""))
            only_marks = not any(sign.isalpha() for sign in words.replace("{to}", ""))
            assert cyrillic == (language == "uk") or only_marks, row


def test_end_users_are_told_once_each_in_their_order():
    assert [one["en"] for one in end_users(["schools", "health", "schools"])] == [
        "schools and kindergartens",
        "hospitals and health centres",
    ]


def test_certificates_are_asked_for_where_goods_need_them():
    assert len(usual_papers(certificates=True)) == len(usual_papers(certificates=False)) + 1


@pytest.mark.parametrize(
    ("given", "language", "told"),
    [
        ({"uk": "Міський голова"}, "de", "Bürgermeister"),
        ({"uk": "відділ міжнародних зв'язків"}, "en", "Office of International Relations"),
        ({"uk": "Міський голова", "de": "Oberhaupt"}, "de", "Oberhaupt"),
    ],
)
def test_known_phrase_is_translated_and_own_words_stay(given, language, told):
    assert translated(given)[language] == told


def test_phrase_that_is_not_known_stays_untranslated():
    assert translated({"uk": "Хранитель мостів"}) == {"uk": "Хранитель мостів"}
    assert translated({"en": "Mayor"}) == {"en": "Mayor"}
