"""Tells of forged letters: each is found with its words, honest letters have none, none is slow."""

import json
import time
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.accounts.tells import Letter, Marks, digits, number_key, readable, skeleton, tells

MARKS = Marks(
    raions=frozenset({"житомирський", "бердичівський", "богунський", "кам’янський"}),
    latin=frozenset({"zhytomyr", "zhytomyrskyi", "berdychiv", "bohunskyi"}),
    own_raion="житомирський",
    domains=frozenset({"zt-rada.gov.ua"}),
    phone="+380412481212",
    numbers=frozenset({"01-12/345"}),
)
HONEST = """Житомирська міська рада
10014, Житомирська обл., Житомирський район, м. Житомир, майдан ім. С.П. Корольова, 4/2
вих. № 01-12/345 від 3 березня 2026 року
Шановні партнери! Дякуємо за лист. Просимо відповідати на office@zt-rada.gov.ua.
"""


def found(text="", *, sender="", phone="", marks=MARKS):
    return {t.code: t.words for t in tells(Letter(text=text, sender=sender, phone=phone), marks)}


def test_honest_letter_has_no_tell():
    assert found(HONEST, sender="office@zt-rada.gov.ua", phone="+380 (412) 48-12-12") == {}


def test_every_tell_of_the_list_can_be_found_and_is_explained_in_both_languages():
    file = resources.files("mistok.accounts") / "data" / "tells.json"
    listed = {one["code"] for one in json.loads(file.read_text(encoding="utf-8"))["tells"]}
    text = (
        "13104, Житомирська обл., Любарський район\n"
        "13300, Житомирська обл., Бердичівський район, м. Житомир\n"
        "№ 7/7. Терміново: переказ на картку, нікому не кажіть, пишіть у Telegram"
    )
    letter = Letter(
        text=text, sender="a@gmail.com b@zt-rada.com c@berlin.de", phone="+380501112233"
    )
    seen = tells(letter, MARKS)
    without = tells(Letter(text="Hello", sender="mayor@town.org.ua"), Marks())
    assert {t.code for t in (*seen, *without)} == listed
    assert all(set(t.title) == set(t.told) == {"en", "uk"} for t in (*seen, *without))
    levels = [t.level for t in seen]
    assert levels == sorted(levels)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Любарський район", "Любарський район"),
        ("мешканці Любарського району", "Любарського району"),
        ("в Любарському районі", "Любарському районі"),
        ("Любарська районна рада", "Любарська районна"),
        ("Liubar Raion, Ukraine", "Liubar Raion"),
        ("Liubarskyi district", "Liubarskyi district"),
        ("Lyubars'kyi district", "Lyubars'kyi district"),
    ],
)
def test_raion_that_does_not_exist(text, words):
    assert found(f"№ 01-12/345 {text}")["abolished_raion"] == (words,)


@pytest.mark.parametrize(
    "text",
    [
        "Житомирський район",
        "Житомирська районна рада",
        "у Богунському районі міста",
        "Кам'янський район",
        "Камʼянський р-н",
        "Zhytomyr Raion",
        "Zhitomir Raion",
        "Ruhr region",
        "District of Columbia",
    ],
)
def test_raion_that_exists_is_no_tell(text):
    assert "abolished_raion" not in found(f"№ 01-12/345 {text}")


def test_raions_are_not_looked_for_in_letters_from_elsewhere():
    assert "abolished_raion" not in found("Любарський район", marks=Marks(ukrainian=False))


def test_another_raion_counts_in_an_address_only():
    address = "№ 01-12/345\n13300, вул. Миру, Бердичівський район"
    assert found(address)["other_raion"] == ("Бердичівський район",)
    assert found("№ 01-12/345\nМи дружимо з Бердичівським районом") == {}


@pytest.mark.parametrize(
    ("sender", "code"),
    [
        ("office@zt-rada.gov.ua", None),
        ("Mayor <mayor@mail.zt-rada.gov.ua>", None),
        ("zhytomyr.rada@gmail.com", "free_mail"),
        ("office@zt-rada.com", "look_alike_domain"),
        ("office@rada.com", "other_domain"),
        ("office@zt-rada-gov.ua", "look_alike_domain"),
        ("office@zt-rada.gov.ua.mail-server.com", "look_alike_domain"),
        ("office@zt-rаda.gov.ua", "look_alike_domain"),
        ("office@xn--zt-rda-hdg.gov.ua", "look_alike_domain"),
        ("office@zt-radа.net", "look_alike_domain"),
        ("office@berlin.de", "other_domain"),
    ],
)
def test_addresses(sender, code):
    assert set(found(sender=sender)) == ({code} if code else set())


def test_address_of_an_unknown_office():
    unknown = Marks()
    assert set(found(sender="a@rada.gov.ua", marks=unknown)) == set()
    assert set(found(sender="a@rada.org", marks=unknown)) == {"not_state_domain"}
    assert set(found(sender="a@rada.org", marks=Marks(ukrainian=False))) == set()


def test_broken_punycode_is_read_as_it_stands():
    assert readable("XN--é.com") == "xn--é.com"


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("Картка 4111 1111 1111 1111", True),
        ("4111-1111-1111-1111", True),
        ("4111 1111 1111 1112", False),
        ("IBAN UA213223130000026007233566001", False),
        ("переказати на його картку", True),
        ("please pay to my personal account", True),
        ("send it to my account", True),
        ("eine Karte der Stadt", False),
    ],
)
def test_money_to_a_card(text, hit):
    assert ("private_card" in found(f"№ 01-12/345 {text}")) is hit


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Допоможіть терміново", "urgency"),
        ("Wir brauchen es dringend", "urgency"),
        ("nous avons besoin d'une réponse urgente", "urgency"),
        ("Prosimy o pilną odpowiedź", "urgency"),
        ("Please tell no one", "secrecy"),
        ("t.me/mayor_of_zt", "messenger"),
    ],
)
def test_words_of_pressure(text, code):
    assert code in found(f"№ 01-12/345 {text}")


def test_numbers_of_letters():
    assert "no_number" in found("Добрий день")
    assert found("№ 99/1 і № 01-12/345") == {}
    assert found("№ 99/1")["unknown_number"] == ("№ 99/1",)
    assert found("№ 99/1", marks=Marks()) == {}
    assert number_key("О1-12 / 345") == number_key("01-12/345")


def test_call_is_compared_with_the_verified_number_alone():
    assert found(phone="0412481212") == {"other_call_number": ("0412481212",)}
    assert found(phone="00380412481212") == {}
    assert found(phone="+380501112233", marks=Marks()) == {}
    assert digits("+380 (412) 48-12-12") == "380412481212"


def test_a_tell_shows_few_words_each_once():
    words = found("№ 01-12/345 " + "терміново ТЕРМІНОВО негайно негайне негайну негайні негайний")
    assert len(words["urgency"]) == 5


def test_skeleton_of_a_domain():
    assert skeleton("ZT-RADA.gov.ua") == skeleton("zt-гаdа.gоv.ua")
    assert skeleton("rnail.com") == skeleton("mail.com")


@pytest.mark.parametrize("sign", ["А", "a", " ", "№", "1 ", "Ab ", "a@", "\n на", "вк", "п'", "."])
def test_long_letters_are_read_fast(sign):
    text = (sign * 20_000)[:20_000]
    begun = time.perf_counter()
    tells(Letter(text=text, sender=text[:254]), MARKS)
    assert time.perf_counter() - begun < 5


@given(st.text(max_size=300), st.text(max_size=60), st.text(max_size=30))
def test_any_text_is_answered(text, sender, phone):
    for tell in tells(Letter(text=text, sender=sender, phone=phone), MARKS):
        assert tell.level in ("alarm", "ask")
