"""Ukrainian names as other countries write them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.world.spellings import SYSTEMS, foreign_spellings, russian_form, transliterate

COLUMNS = ("BGN/PCGN", "German", "German, ж as sh", "Polish", "French")
# BGN/PCGN 1965 without apostrophes; Duden; PWN; the French habit.
TABLE = """
Житомир Zhytomyr Schytomyr Shytomyr Żytomyr Jytomyr
Київ Kyyiv Kyjiw Kyjiw Kyjiw Kyïv
Львів Lviv Lwiw Lwiw Lwiw Lviv
Чернівці Chernivtsi Tscherniwzi Tscherniwzi Czerniwci Tchernivtsi
Запоріжжя Zaporizhzhya Saporischschja Saporishshja Zaporiżżia Zaporijjia
Щастя Shchastya Schtschastja Schtschastja Szczastia Chtchastia
Хмельницький Khmelnytskyy Chmelnyzkyj Chmelnyzkyj Chmelnyćkyj Khmelnytskyï
Суми Sumy Sumy Sumy Sumy Soumy
Умань Uman Uman Uman Umań Ouman
Знам’янка Znamyanka Snamjanka Snamjanka Znamianka Znamianka
Гадяч Hadyach Hadjatsch Hadjatsch Hadiacz Hadiatch
Їзюм Yizyum Jisjum Jisjum Jizium Ïzioum
"""
ROWS = [line.split() for line in TABLE.splitlines() if line]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[1])
def test_transliterate_a_town_by_each_system(row: list[str]) -> None:
    name, *written = row
    assert [transliterate(name, system) for system in COLUMNS] == written


def test_systems_are_those_of_the_table() -> None:
    assert tuple(SYSTEMS) == COLUMNS


def test_transliterate_by_an_unknown_system_is_an_error() -> None:
    with pytest.raises(KeyError):
        transliterate("Буча", "Klingon")


@pytest.mark.parametrize(
    ("name", "system", "written"),
    [
        ("Кам’янець-Подільський", "BGN/PCGN", "Kamyanets-Podilskyy"),
        ("Біла Церква", "Polish", "Biła Cerkwa"),
        ("Нова Одеса", "German", "Nowa Odesa"),
        ("Івано-Франківськ", "French", "Ivano-Frankivsk"),
        ("буча", "German", "butscha"),
        ("Буча 2", "German", "Butscha 2"),
        ("", "French", ""),
    ],
)
def test_transliterate_keeps_capitals_blanks_and_hyphens(
    name: str, system: str, written: str
) -> None:
    assert transliterate(name, system) == written


@given(name=st.text(alphabet="абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", max_size=30))
def test_transliterate_leaves_no_letter_of_ukrainian(name: str) -> None:
    for system in COLUMNS:
        assert not re.search("[\u0400-\u04ff]", transliterate(name.replace("ґ", "г"), system))


@pytest.mark.parametrize(
    ("name", "russian"),
    [
        ("Київ", "Киев"),
        ("Харків", "Харков"),
        ("Львів", "Львов"),
        ("Миколаїв", "Миколаев"),
        ("Чернівці", "Черновцы"),
        ("Хмельницький", "Хмельницкий"),
        ("Луцьк", "Луцк"),
        ("Краматорськ", "Краматорск"),
        ("Кривий", "Кривый"),
        ("Соснівка", "Сосновка"),
        ("Рівне", "Ривное"),
        ("Єнакієве", "Енакиеве"),
        ("Новгород-Сіверський", "Новгород-Сиверский"),
        ("Знам’янка", "Знамъянка"),
        ("Їв", "Ив"),  # too short for an ending
        ("", ""),
    ],
)
def test_russian_form_by_letters_and_endings(name: str, russian: str) -> None:
    assert russian_form(name) == russian


@pytest.mark.parametrize(
    ("name", "some"),
    [
        ("Київ", {"Kyyiv", "Kyjiw", "Kyïv", "Киев", "Kiev"}),
        ("Чернігів", {"Tschernihiw", "Czernihiw", "Tchernihiv", "Чернигов", "Chernigov"}),
        ("Ґрушів", {"Грушов", "Grushov"}),
    ],
)
def test_foreign_spellings_hold_all_systems_and_russian(name: str, some: set[str]) -> None:
    assert some <= set(foreign_spellings(name))


@given(name=st.text(alphabet="абвгґдеєжзиіїйклмнопрстуфхцчшщьюя -’", max_size=30))
def test_foreign_spellings_are_each_listed_once_and_not_the_name(name: str) -> None:
    forms = foreign_spellings(name)
    assert len(forms) == len(set(forms)) <= len(COLUMNS) + 2
    assert name not in forms
