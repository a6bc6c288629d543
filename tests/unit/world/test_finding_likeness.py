"""Likeness alone never makes an answer sure; names of many places are asked about."""

import pytest

from mistok.world import World

pytestmark = pytest.mark.world

# Misspelt names. Those with a 1 are passed over: the sources have them, or a system of spelling.
LIKE = """
Kolm Kassell Kasel Kasssel Kössel Kollm Zhytomri Zytomyr1 Dortmunt Dormund Hambrug Hamburk1 Müncen
Lviw1 Lvyv1 Karkhiv Kharkviv Ternopli Vinnitsya1 Vinnytsja1 Odesssa Warzsaw Warsav Varsovia1 Lubllin
Lubiln Rzeczow Krakov1 Gdanks Gdnask Wroclav1 Poznam Lodzz Bidgoszcz Torunn Budapset Bratislva
Praag1 Brn0 Plzenn Ostarva Liberecc Viennna Salzbrug Insbruck Zurch Gnf Lausane Milanno Torinno
Marseile Bordeuax Lile1 Nantess Rennees Nisse Cherkasi1 Poltva Polava Sumu Rivnee Lutsck Uzhgorrod
Mukachivo1 Krementschug1 Kropivnitsky1 Mykolajiv1 Khersn Mariupl Bakhmt Kramatrosk Slovjansk1 Bucah
Irpn Brovari1 Житомрі Жиомир Чернгів Чернівіц Харкків Одееса Днірпо Вінниия Полтавва Тернопіьл
Миколїв Запоріжя1 Кропивницьий Черкссы1 Хмельницкій1 Ужгоорд Луцкь1 Рівнне Сумми Хесрон
"""
WORDS = [word for word in LIKE.split() if not word.endswith("1")]


def test_there_are_seventy_misspelt_names() -> None:
    assert len(WORDS) >= 70


@pytest.mark.parametrize("name", WORDS)
def test_misspelt_name_is_never_sure(whole_world: World, name: str) -> None:
    assert whole_world.resolve(name).verdict != "sure"


@pytest.mark.parametrize("name", ["Lviw", "Vinnitsya", "Wroclav", "Kropivnitsky", "Tschernigow"])
def test_other_system_of_spelling_is_found(whole_world: World, name: str) -> None:
    answer = whole_world.resolve(name)
    assert answer.best is not None
    assert answer.best.matched in ("spelling", "alias", "sound", "inflected")
    assert answer.verdict in ("sure", "probably")


@pytest.mark.parametrize("name", ["Kolm", "Kassell", "Kasel", "Kasssel", "Kössel", "Dortmunt"])
@pytest.mark.parametrize("country", [None, "DE", "AT"])
def test_trap_of_similar_towns_is_at_best_probable(
    whole_world: World, name: str, country: str | None
) -> None:
    assert whole_world.resolve(name, country=country).verdict != "sure"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Dortmunt", "geonames:2935517"),
        ("Hambrug", "geonames:2911298"),
        ("Kassell", "geonames:2892518"),
        ("Wroclav", "geonames:3081368"),
        ("Lubiln", "geonames:765876"),
        ("Zhytomri", "katottg:UA18040190000029215"),
        ("Kharkviv", "katottg:UA63120270000028556"),
        ("Ternopli", "katottg:UA61040490000035010"),
        ("Kramatrosk", "katottg:UA14120090000098500"),
        ("Харкків", "katottg:UA63120270000028556"),
        ("Чернгів", "katottg:UA74100390000073425"),
        ("Вінниия", "katottg:UA05020030000031457"),
        ("Кропивницьий", "katottg:UA35040210000014072"),
        ("Тернопіьл", "katottg:UA61040490000035010"),
        ("Budapset", "geonames:3054643"),
        ("Bratislva", "geonames:3060972"),
    ],
)
def test_typo_is_forgiven(whole_world: World, name: str, key: str) -> None:
    assert whole_world.find(name)[0].place.key == key


@pytest.mark.parametrize(
    "name", ["Springfield", "San José", "Олександрівка", "Washington", "Newport", "Калинівка"]
)
def test_name_of_many_places_is_a_list_to_choose_from(whole_world: World, name: str) -> None:
    answer = whole_world.resolve(name)
    assert len(answer.matches) > 5
    assert answer.verdict in ("ask", "probably")


@pytest.mark.parametrize(
    ("name", "country"), [("Kyiv", None), ("Київ", None), ("Житомир", None), ("Dortmund", "DE")]
)
def test_plain_name_is_sure(whole_world: World, name: str, country: str | None) -> None:
    assert whole_world.resolve(name, country=country).verdict == "sure"
