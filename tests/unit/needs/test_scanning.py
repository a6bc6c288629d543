"""The wartime guard: what it finds, where, how strongly, and what it leaves alone."""

import unicodedata

import pytest

from mistok.needs.scanning import REASONS, Kind, Level, has_danger, scan, sentence_of


def whys(text, *allowed):
    return [finding.why for finding in scan(text, allowed=frozenset(allowed))]


@pytest.mark.parametrize(
    ("text", "why", "excerpt"),
    [
        ("Тут 50.5937, 27.6165.", "decimal_degrees", "50.5937, 27.6165"),
        ("Тут 50,59371; 27,61652 двір", "decimal_degrees", "50,59371; 27,61652"),
        ("Широта: 50.593, тут", "decimal_degrees", "Широта: 50.593"),
        ("Координати 50.59 27.61 двір", "decimal_degrees", "50.59 27.61"),
        ("at 48.85837, 2.29448 now", "decimal_degrees", "48.85837, 2.29448"),
        ("50°35′38″N", "degrees_minutes", "50°35′38″N"),
        ("50°35'38\" 27°37'00\" двір", "degrees_minutes", "50°35'38\" 27°37'00\""),
        ("50 35 38 N 27 37 00 E", "degrees_minutes", "50 35 38 N 27 37 00 E"),
        ("квадрат 36U UA 1234 5678.", "grid_reference", "36U UA 1234 5678"),
        ("X=5604321 Y=6435678", "grid_reference", "X=5604321 Y=6435678"),
        ("код 9GGJ5JWF+V2 тут", "plus_code", "9GGJ5JWF+V2"),
        ("дивись geo:50.45,30.52", "map_link", "geo:50.45,30.52"),
        ("вул. 8 Березня, 21-а.", "address", "вул. 8 Березня, 21-а"),
        ("на Київській вулиці, 8", "address", "Київській вулиці, 8"),
        ("у буд. 45 тепло", "house", "буд. 45"),
        ("школа на вулиці Шевченка", "street", "вулиці Шевченка"),
        ("at Shevchenka Street now", "street", "Shevchenka Street"),
        ("Hafenstraße 5, 44147 Dortmund", "foreign_address", "Hafenstraße 5"),
        ("ul. Soborna 14 w Zwiahlu", "address", "ul. Soborna 14"),
        ("авто АМ1234ВК тут", "plate", "АМ1234ВК"),
        ("lorry DO-AB 1234 here", "plate", "DO-AB 1234"),
        ("plates: M RK 482", "plate", "M RK 482"),
        ("дзвоніть 097 123-45-67", "phone", "097 123-45-67"),
        ("+48 600 123 456", "phone", "+48 600 123 456"),
        ("тел. 3-52-10", "phone", "3-52-10"),
        ("Redaktion: 0177/7059805", "phone", "0177/7059805"),
        ("at 216-664-4236.", "phone", "216-664-4236"),
        ("ми у Малині, підстанція стара", "critical_mention", "підстанція"),
        (
            "насосну станцію першого підйому Донбасводи",
            "critical_object",
            "насосну станцію першого підйому Донбасводи",
        ),
        ("на роту батальйону Азов", "unit_name", "батальйону Азов"),
        ("для в/ч А1234", "unit_number", "в/ч А1234"),
        ("бійці 95-ї бригади", "unit_name", "95-ї бригади"),
        ("112 ОБр ТрО просить", "unit_name", "112 ОБр ТрО"),
        ("батальйон «Звягель»", "unit_name", "батальйон «Звягель»"),
        ("для потреб ЗСУ", "military_body", "для потреб ЗСУ"),
        ("через КПП «Устилуг»", "crossing", "КПП «Устилуг"),
        ("їдемо через пункт пропуску", "route_word", "пункт пропуску"),
        ("маршрут колони відомий", "route", "маршрут колон"),
        ("обговорили маршрут вантажу до вас, маршрут допомоги", "route_word", "маршрут"),
        ("Transport route from Medyka to Lviv", "route", "route from Medyka to Lviv"),
        ("маршрут: Люблін - Рівне - Корець.", "route", "маршрут: Люблін - Рівне - Корець"),
        ("автобуси прямують з Мангуша до Ізюма", "route", "з Мангуша до Ізюма"),
        ("через Ягодин їдемо", "route", "через Ягодин"),
        ("виїзд о 06:00", "departure", "виїзд о 06:00"),
        ("конвой вирушить", "convoy", "конвой вирушить"),
        ("вантаж уже в дорозі", "under_way", "в дорозі"),
        ("фура прибуде 5 грудня", "transport_day", "прибуде 5 грудня"),
        ("позиції ППО тут", "air_defence", "ППО"),
        ("котельня № 3 стоїть", "critical_object", "котельня № 3"),
        ("Курахівська ТЕС", "critical_object", "Курахівська ТЕС"),
        ("ivan.franko@lviv.example", "mail", "ivan.franko@lviv.example"),
        ("пишіть @petrenko_iv", "messenger", "@petrenko_iv"),
        ("1985 р. н., Овруч", "birth_date", "1985 р. н."),
        ("4149 4993 4567 8901 на картку", "bank_card", "4149 4993 4567 8901"),
        ("4111111111111111", "bank_card", "4111111111111111"),
        ("Водій: Петро Іваненко", "driver", "Водій: Петро Іваненко"),
        ("Водієм буде Петро Іваненко", "driver", "Водієм буде Петро Іваненко"),
        ("Piotr Nowak is driving", "driver", "Piotr Nowak is driving"),
        ("It is driven by Olha Kravets.", "driver", "driven by Olha Kravets"),
        (
            "Отримала Галина Петрівна Коваль, лежача.",
            "person_helped",
            "Отримала Галина Петрівна Коваль",
        ),
        ("інстаграм: @dopomoha.tut", "messenger", "@dopomoha.tut"),
        ("Світлані: 067, 445-12-90", "phone", "067, 445-12-90"),
        ("N49 59 12 E36 14 50", "degrees_minutes", "N49 59 12 E36 14 50"),
        ("живе на Лісовій, 7.", "address", "на Лісовій, 7"),
        ("пікап для 72-ї, дякуємо", "unit_name", "для 72-ї"),
        ("the Kraken regiment", "unit_name", "Kraken regiment"),
        ("вантаж лежить у гаражі", "storage_building", "лежить у гаражі"),
        ("сховаємо ліки, ключ від підвалу в нас", "storage_building", "ключ від підвалу"),
        ("підстанція навпроти ринку", "critical_weakness", "підстанція навпроти"),
        ("радар у лісосмузі", "air_defence", "радар"),
        ("щойно перетнули Дубно", "under_way", "щойно перетнули Дубно"),
        ("звертаємо на Сарни", "route", "звертаємо на Сарни"),
        ("then turn off the motorway", "route", "turn off the motorway"),
        ("веземо генератори до Сум", "route_word", "веземо генератори до Сум"),
        ("фура буде тут о п'ятій ранку в Сумах", "transport_time", "о п'ятій ранку в Сумах"),
        ("the truck gets to Sumy by dawn", "transport_time", "to Sumy by dawn"),
        ("колона рушає з Сум у середу", "transport_time", "колона рушає з Сум у середу"),
        ("we set off tomorrow", "transport_day", "set off tomorrow"),
    ],
)
def test_scan_tells_the_passage_and_the_reason(text, why, excerpt):
    told = {finding.why: finding for finding in scan(text)}

    assert why in told
    assert told[why].excerpt == excerpt
    assert text[told[why].start : told[why].end] == told[why].excerpt
    assert (told[why].kind, told[why].level) == REASONS[why][:2]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Рішення № 0671234567",
        "Ціни: 91.000, 190.00000 та 45.500, 30.250",
        "Рахунок UA21 3223 1300 0002 6007 2335 6600 1",
        "Код 0403 10 19 00",
        "з 05.06.2024 10 осіб",
        "телефон 12 500 грн",
        "тел. 2024-2025",
        "телефон № 12345",
        "телефон доступний мешканцям нашої громади щодня 12345",
        "call 12345",
        "tel. 123 456",
        "тел. 2 500",
        "МВ 2024 РР",
        "Аа1234вв",
        "ZZ 9",
        "lorry EN-AB 12",
        "lorry M AB 12 l",
        "plate EN 1789",
        "unit 1234",
        "третя пожежна бригада",
        "наша бригада",
        "3 бригади",
        "бригада швидкої допомоги",
        "КПП механічна, 6 ступенів",
        "партнерство Медики і Рави-Руської",
        "шкільний маршрут, вантаж книжок",
        "виїзд у справах",
        "конвой був торік",
        "Отримувачем є лікарня, директор Петро Іванович Коваль",
        "міський голова Петро Іванович Коваль живе громадою",
        "Степан Андрійович Гринь очолює раду",
        "Допомогли: на Сумщині 5, на Харківщині 3",
        "видаємо довідки до Нового 2026 року",
        "до 15-ї, бо так зручно",
        "курси першої допомоги працюють у школі",
        "книжки лежать у бібліотеці",
        "котельня працює вдень",
        "звертаємо увагу на Закон",
        "звертаємо вранці, далі пішки",
        "щойно перетнули межу",
        "везли генератори до Сум торік",
        "їдемо на екскурсію автобусом до Сум",
        "їдемо на навчання до Сум",
        "їдемо з вантажем додому",
        "вступ у дорозі",
        "наш склад є",
        "наш склад розташований зручно",
        "Підстанція потребує ремонту",
        "паспорт громади затверджено",
        "info@city.example",
        "rada@malyn.gov.ua",
        "1234 5678 9012 3456",
        "площа Ринок",
        "Parkplatz 2",
        "ul. Długa",
        "Rathaus, Friedensplatz 1, 44135 Dortmund",
        "за адресою: див. Додаток 3",
        "Генератор потрібен до 5 грудня, буде привезено, вантаж прибуде до 5 грудня",
        "36U UA 123 4567",
        "на Київській вулиці тепло",
        "рахунок 4234 5678 9012 3457",
        "курси з історії ППО",
        "Вантаж прибув до Малина о 14:00",
        "насоси качають воду щодня з 19:00",
        "рахунок від 0512/003",
        "товар 0504 00 00 00",
        "вузол IC1234MT",
        "рені через кордон 5 травня",
        "туристичний маршрут Овруч - Народичі - Малин",
        f"Львів - Краків - Рівне{' дружать' * 9}. Маршрут є",
        "склад у нас біля України та Польщі",
        "гуманітарний склад біля Червня",
        "прямуємо з Любліна до Рівного",
    ],
)
def test_scan_leaves_harmless_passages(text):
    assert whys(text) == []


def test_dangers_are_told_from_warnings():
    danger, warning = scan("Котельня № 3 та вулиця Шевченка")

    assert (danger.level, warning.level) == (Level.DANGER, Level.WARNING)
    assert has_danger([danger, warning])
    assert not has_danger([warning])


@pytest.mark.parametrize("why", REASONS)
def test_every_reason_makes_a_sentence_of_its_excerpt(why):
    sentence = REASONS[why].sentence % {"excerpt": "тут"}

    assert sentence.startswith("“тут” ")
    assert sentence.endswith(".")


def test_sentence_names_the_passage_and_shortens_a_long_one():
    (short,) = scan("097 123\u00a045\u200967")
    (long,) = scan("https://osm.org/" + "a" * 200)

    assert sentence_of(short).startswith("“097 123 45 67” is a telephone number.")
    assert len(long.params["excerpt"]) == 80
    assert long.params["excerpt"].endswith("…")
    assert len(long.excerpt) == 216


@pytest.mark.parametrize(
    ("text", "allowed", "found"),
    [
        ("тел. (04141) 3-52-10", "+380 4141 3 52 10", []),
        ("тел. 3-52-10", "+380 4141 3 52 10", []),
        ("тел. (04141) 3-52-11", "+380 4141 3 52 10", ["phone"]),
        ("вул. Соборна, 1", "вул. Соборна, 1, м. Малин", []),
        ("вул. Соборна, 1", "вул. Соборна, 12", ["address"]),
        ("Golova.Malyn@UKR.net", "golova.malyn@ukr.net", []),
        ("golova.malyn@ukr.net", "lova.malyn@ukr.net", ["private_mail"]),
        ("в/ч А1234", "в/ч А1234", ["unit_number"]),
        ("тел. 3-52-10", "10", ["phone"]),
    ],
)
def test_what_the_office_gives_itself_is_allowed(text, allowed, found):
    assert whys(text, allowed) == found


@pytest.mark.parametrize(
    "disguised",
    [
        "097\u200b123\u00ad45\u206067",
        "０９７ １２３ ４５ ６７",
        "٠٩٧ ١٢٣ ٤٥ ٦٧",
        "097\u2011123\u201345\u221267",
        "097   123\t45  67",
        "0 9 7 1 2 3 4 5 6 7",
    ],
)
def test_disguised_numbers_are_found(disguised):
    (finding,) = scan(f"Наш номер {disguised}, чекаємо")

    assert finding.kind is Kind.PHONE
    assert finding.excerpt == disguised


def test_decomposed_and_stressed_letters_are_read_and_spans_stay_true():
    text = unicodedata.normalize("NFD", "Їдьте на вулицю Га́йову, 12, двір")

    (finding,) = scan(text)

    assert finding.why == "address"
    assert unicodedata.normalize("NFC", finding.excerpt) == "вулицю Га́йову, 12"


def test_strange_signs_do_not_break_the_spans():
    text = "\u0301İ²№…\u2028 097 123 45 67 🙂"

    (finding,) = scan(text)

    assert text[finding.start : finding.end] == "097 123 45 67"


def test_overlapping_hits_of_a_kind_are_one_with_the_stronger_reason():
    (finding,) = scan("Отримувач: 112 ОБр ТрО")

    assert (finding.why, finding.excerpt) == ("unit_name", "112 ОБр ТрО")


def test_hits_of_several_kinds_stand_in_the_order_of_the_text():
    text = "Тягач АМ1234ВК їде через КПП «Устилуг», дзвоніть 097 123 45 67."

    findings = scan(text)

    assert [str(f.kind) for f in findings] == ["vehicle_plate", "route", "phone"]
    assert [f.start for f in findings] == sorted(f.start for f in findings)


def test_digits_of_coordinates_and_pages_are_no_telephones():
    assert whys("50.067123456, 27.123456789") == ["decimal_degrees"]
    assert whys("https://zakon.example/show/0671234567") == []


def test_partners_named_elsewhere_do_not_excuse_an_address():
    text = "Дякуємо мерії Любліна (Польща). Вантаж чекаємо на вул. Промисловій, 3."

    assert "address" in whys(text)


@pytest.mark.parametrize(
    "seed",
    [
        "1",
        "50.5, ",
        "тел. ",
        "вул. Аа-",
        "о 6:00 ",
        "вантаж прибуде о 6:00 до А ",
        "95 бригада ",
        "\u0301",
        "\n",
    ],
)
def test_hostile_text_is_read_to_its_end(seed):
    text = (seed * 100_000)[:100_000] + ". Дзвоніть +380 67 123 45 67"

    findings = scan(text)

    assert findings[-1].end == len(text)
