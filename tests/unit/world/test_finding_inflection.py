"""From inflected names and adjectives back to the forms that a gazetteer holds."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mistok.world import fold
from mistok.world.finding import inflection
from mistok.world.finding.endings import Ending, endings, genders, name_forms, town_forms
from mistok.world.finding.inflection import adjective_bases, base_forms

UKRAINIAN = """
Кривого Рогу > Кривий Ріг; Кривому Розі > Кривий Ріг; у Бучі > Буча
Кам’янцем-Подільським > Кам’янець-Подільський; Новій Каховці > Нова Каховка
Нової Каховки > Нова Каховка; Нову Каховку > Нова Каховка; Житомирської > Житомирська; Сум > Суми
Лубен > Лубни; Чернівців > Чернівці; Києва > Київ; Львовом > Львів; в Харкові > Харків
Кобеляк > Кобеляки; Прилук > Прилуки; Рівного > Рівне; Рівному > Рівне
Хмельницького > Хмельницький; Бородянки > Бородянка; Бучанської > Бучанська
Житомирського > Житомирський; Хмельницькій > Хмельницька; Черкас > Черкаси; Тернополя > Тернопіль
Ірпеня > Ірпінь; Миколаєві > Миколаїв; Запоріжжі > Запоріжжя; Полтавою > Полтава
Білої Церкви > Біла Церква; Івано-Франківська > Івано-Франківськ
Івано-Франківської > Івано-Франківська; Кропивницькому > Кропивницький; Вінниці > Вінниця
Ужгорода > Ужгород; Дніпра > Дніпро; Умані > Умань; Керчі > Керч; Олешок > Олешки
Гуляйполя > Гуляйполе; Бердянська > Бердянськ; Кременчуці > Кременчук
Гірської Тихої Долини > Гірська Тиха Долина; Бучанської громади > Бучанська громада
Горішніх Плавнів > Горішні Плавні; Житомирського району > Житомирський район
Харкiвської > Харківська; до Звягеля > Звягель; Жовтих Вод > Жовті Води
Степногірська > Степногірськ; Коломиї > Коломия; Стрию > Стрий; Ростова-на-Дону > Ростов-на-Дону
Козельця > Козелець
"""
RUSSIAN = """
Житомира > Житомир; Киева > Киев; Одессы > Одесса; в Харькове > Харьков; Кривого Рога > Кривой Рог
Москвы > Москва; Днепропетровской > Днепропетровская; Белой Церкви > Белая Церковь
Севастополе > Севастополь; Черкасс > Черкассы
"""
POLISH = """
Białegostoku > Białystok; w Białymstoku > Białystok; Bydgoszczy > Bydgoszcz; Gdańska > Gdańsk
Gdańskiem > Gdańsk; Gorzowa Wielkopolskiego > Gorzów Wielkopolski; Katowic > Katowice
Katowicach > Katowice; Kielc > Kielce; Kielcach > Kielce; Krakowa > Kraków; w Krakowie > Kraków
Lublinie > Lublin; Łodzi > Łódź; Olsztyna > Olsztyn; Opolu > Opole; Opola > Opole
Poznania > Poznań; Poznaniu > Poznań; Rzeszowie > Rzeszów; Szczecina > Szczecin; Torunia > Toruń
Warszawy > Warszawa; we Wrocławiu > Wrocław; Zielonej Góry > Zielona Góra
Zielonej Górze > Zielona Góra; do Gdyni > Gdynia; Częstochowie > Częstochowa; Radomia > Radom
Sosnowca > Sosnowiec; Gliwicach > Gliwice; Zabrzu > Zabrze; Bielska-Białej > Bielsko-Biała
Bielsku-Białej > Bielsko-Biała; Bytomiu > Bytom; Rudzie Śląskiej > Ruda Śląska; Tychach > Tychy
Dąbrowy Górniczej > Dąbrowa Górnicza; Płocku > Płock; Włocławka > Włocławek; Tarnowie > Tarnów
Kaliszu > Kalisz; Legnicy > Legnica; Jaworzna > Jaworzno; Jastrzębiu-Zdroju > Jastrzębie-Zdrój
Nowego Sącza > Nowy Sącz; Nowym Sączu > Nowy Sącz; Jeleniej Góry > Jelenia Góra; Siedlec > Siedlce
Piły > Piła; Pile > Piła; Suwałk > Suwałki; Gniezna > Gniezno; Gnieźnie > Gniezno
Ostrowcu Świętokrzyskim > Ostrowiec Świętokrzyski; Zamościu > Zamość; Łomży > Łomża; Żor > Żory
Tarnowskich Gór > Tarnowskie Góry; Mielca > Mielec; Kędzierzyna-Koźla > Kędzierzyn-Koźle
Stalowej Woli > Stalowa Wola; Ostrołęki > Ostrołęka; Ostrołęce > Ostrołęka; Zawierciu > Zawiercie
Krosna > Krosno; Żytomierza > Żytomierz; Lwowem > Lwów; Równego > Równe
Chmielnickim > Chmielnicki; Czerkasach > Czerkasy; żytomierskiego > żytomierski; Łucka > Łuck
Odessie > Odessa; Buczy > Bucza; Iwano-Frankiwsku > Iwano-Frankiwsk
"""
OTHERS = """
Dortmunds > Dortmund; Kiews > Kiew; Frankfurts am Main > Frankfurt am Main
des Landkreises Harz > Landkreis Harz; Bad Kreuznachs > Bad Kreuznach; Zhytomyr's > Zhytomyr
Bucha’s > Bucha; New York's > New York; d'Orléans > Orléans; D’ORLÉANS > Orléans
du Havre > Le Havre; de Lyon > Lyon; des Andelys > Les Andelys; de l'Aigle > L'Aigle
de La Rochelle > La Rochelle; au Mans > Le Mans; v Praze > Praha; Brna > Brno; Plzni > Plzeň
Českých Budějovic > České Budějovice; v Karlových Varech > Karlovy Vary
Hradce Králové > Hradec Králové; Košíc > Košice; Banskej Bystrice > Banská Bystrica
Bratislavou > Bratislava; Vilniaus > Vilnius; Kaune > Kaunas; Šiauliuose > Šiauliai
Klaipėdos > Klaipėda; Rīgas > Rīga; Ventspilī > Ventspils; Cēsu > Cēsis
"""
TOWNS = """
Dortmunder > Dortmund; Schytomyrer > Schytomyr; Münchner > München; Münchener > München
Kölner > Köln; Kieler > Kiel; Bremer > Bremen; Dresdner > Dresden; Hannoveraner > Hannover
Essener > Essen; Bonner > Bonn; Wuppertaler > Wuppertal; Karlsruher > Karlsruhe; Hallenser > Halle
Göttinger > Göttingen; Solinger > Solingen; Jenaer > Jena; Emder > Emden; Zürcher > Zürich
Basler > Basel; Wiener > Wien; Berner > Bern; Kiewer > Kiew; Lemberger > Lemberg
Odessaer > Odessa; Charkiwer > Charkiw; Warschauer > Warschau; Posener > Posen; Prager > Prag
Cottbusser > Cottbus; Berliner > Berlin; Saarbrücker > Saarbrücken; Mühlhäuser > Mühlhausen
Frankfurter > Frankfurt; Lübecker > Lübeck; Trierer > Trier; Aachener > Aachen
Tübinger > Tübingen; Magdeburger > Magdeburg; Bad Homburger > Bad Homburg; Bremischen > Bremen
żytomierski > Żytomierz; żytomierskiego > Żytomierz; krakowską > Kraków; lubelski > Lublin
łódzkie > Łódź; Бучанська > Буча; Бучанської > Буча; Житомирська > Житомир; Харківський > Харків
Криворізька > Кривий Ріг; Новокаховської > Нова Каховка; Білоцерківська > Біла Церква
Вінницькій > Вінниця; Чернівецька > Чернівці; Івано-Франківська > Івано-Франківськ
Згурівська > Згурівка; Горішньоплавнівська > Горішні Плавні; Киевского > Киев; Винницкой > Винница
pražské > Praha; brněnského > Brno; košického > Košice
"""


def pairs(table: str) -> list[tuple[str, str]]:
    """The pairs of a table above: as a text has the name, as a gazetteer has it."""
    cells = [cell.split(">") for line in table.split("\n") for cell in line.split(";") if cell]
    return [(bent.strip(), name.strip()) for bent, name in cells]


@pytest.mark.parametrize(
    ("bent", "name"), pairs(UKRAINIAN) + pairs(RUSSIAN) + pairs(POLISH) + pairs(OTHERS)
)
def test_base_forms_of_a_bent_name_hold_the_name(bent: str, name: str) -> None:
    assert fold(name) in base_forms(bent)


@pytest.mark.parametrize(("adjective", "town"), pairs(TOWNS))
def test_adjective_bases_hold_the_town(adjective: str, town: str) -> None:
    assert fold(town) in adjective_bases(adjective)


@pytest.mark.parametrize(
    ("bent", "name"),
    [
        ("Кривого Рогу", "Кривий Ріг"),
        ("Нової Каховки", "Нова Каховка"),
        ("Житомирської", "Житомирська"),
        ("Лубен", "Лубни"),
        ("Nowego Sącza", "Nowy Sącz"),
        ("Dortmunds", "Dortmund"),
    ],
)
def test_base_forms_put_the_likeliest_first(bent: str, name: str) -> None:
    assert base_forms(bent)[0] == fold(name)
    assert base_forms(bent, limit=1) == [fold(name)]


def test_base_forms_without_the_dictionary_go_by_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    inflection._of_dictionary.cache_clear()
    monkeypatch.setattr(inflection, "_loaded", lambda: None)
    found = [fold(name) in base_forms(bent) for bent, name in pairs(UKRAINIAN)]
    inflection._of_dictionary.cache_clear()
    assert sum(found) >= 0.97 * len(found)


def test_dictionary_is_loaded_once_for_all_threads() -> None:
    inflection._loaded.cache_clear()
    with ThreadPoolExecutor(8) as threads:
        loaded = list(threads.map(lambda _: inflection._dictionary(), range(16)))
    assert inflection._loaded.cache_info().misses == 1
    assert loaded[0].word_is_known("житомир")
    assert all(one is loaded[0] for one in loaded)


@pytest.mark.parametrize("row", endings(), ids=lambda row: f"{row.lang}-{row.ending}-{row.sample}")
def test_every_rule_is_true_of_its_sample(row: Ending) -> None:
    sample, name = fold(row.sample), fold(row.name)
    if row.makes == "name":
        ending = fold(row.ending)
        assert sample.endswith(ending)
        assert sample[: len(sample) - len(ending)] + fold(row.base) == name
        assert name in dict(name_forms(sample, [row.lang]))
        assert name in base_forms(row.sample)
    else:
        assert name in dict(town_forms(sample, [row.lang]))
        assert name in adjective_bases(row.sample)


def test_no_rule_is_given_twice() -> None:
    rules = [
        (row.makes, row.lang, fold(row.ending), fold(row.base) * (row.makes != "parts"))
        for row in endings()
    ]
    assert len(rules) == len(set(rules))
    assert {row.makes for row in endings()} == {"name", "town", "parts"}


@pytest.mark.parametrize(
    ("base", "letters"),
    [
        ("кривии", "m"),
        ("ріг", "m"),
        ("каховка", "f"),
        ("рівне", "np"),
        ("плавні", "p"),
        ("пристань", "mf"),
        ("łodz", "mf"),
        ("bielsko", "n"),
        ("", "mf"),
    ],
)
def test_genders_go_by_the_end_of_the_word(base: str, letters: str) -> None:
    assert genders(base) == letters


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "ʼ",
        "🙂🙃",
        "東京都",
        "Жито" * 2_500,
        "Lwowa " * 2_000,
        "а-" * 90,
        "один два три чотири п’ять шість",
    ],
)
def test_base_forms_of_what_is_no_short_name_are_none_and_quick(text: str) -> None:
    began = time.process_time()
    assert base_forms(text) == []
    assert adjective_bases(text) == []
    assert time.process_time() - began < 0.1


def test_base_forms_of_five_words_come_within_milliseconds() -> None:
    text = "Нижньосірогозькими Білокоровицькими Старокостянтиновими Михайлівськими Ямполями"
    base_forms(text)
    inflection._of_dictionary.cache_clear()
    began = time.process_time()
    assert "нижньосірогозькі білокоровицькі" in base_forms(text)[0]
    # Some 3 ms on an idle machine; a slow one under load gets ten times as long.
    assert time.process_time() - began < 0.03


_LETTERS = st.text(alphabet="абвгґеєиіїйкорсуьяёыàłąóśżceghiostuwyzßüABЖŁ -'’.", max_size=60)


@given(st.one_of(st.text(), _LETTERS), st.integers(min_value=-1, max_value=50))
def test_guesses_are_folded_once_each_and_never_too_many(text: str, limit: int) -> None:
    for guesses, most in (
        (base_forms(text, limit=limit), max(limit, 0)),
        (adjective_bases(text), 40),
    ):
        assert len(guesses) <= most
        assert len(set(guesses)) == len(guesses)
        assert all(guess and fold(guess) == guess for guess in guesses)
        assert fold(text) not in guesses
