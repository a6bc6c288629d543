"""The whole world: names in any spelling, case and script mean the place that people mean."""

from collections.abc import Iterator

import pytest

from mistok.world import World

pytestmark = pytest.mark.world

# Key, then what is written; the verdict must be "sure".
SURE = """
katottg:UA12060170000091033 = Krywyj Rih | Krzywy Róg | Kryvyi Rih | Кривий Ріг | КРИВИЙ РІГ
katottg:UA80000000000093317 = Kyiv | Київ | Kiev | Kijów | Kуіv | місто Київ | city of Kyiv
katottg:UA65100150000057191 = Kherson | Kherson (city) | Херсон | м. Херсон | Cherson
katottg:UA65000000000030969 = Kherson oblast | Херсонщина | Херсонська область
katottg:UA68000000000099709 = Хмельницька область | Хмельницької області
katottg:UA46000000000026241 = Lviv oblast | Львівська область | Львівщина
katottg:UA32080070000050759 = Бучанська громада | Бучанської громади | Butscha
katottg:UA18040190000029215 = Żytomierz | Schytomyr | Jytomyr | ЖИТОМИР | Житомирська громада
katottg:UA46060250000025047 = Lwiw | Lwów | Львів | Lviv, Ukraine | Lviv (Ukraine)
katottg:UA74100390000073425 = Tschernihiw | Czernihów | Chernihiv | у Чернігові
katottg:UA71080490000022110 = Tscherkassy | Черкаси
katottg:UA73060610000066784 = Czerniowce
katottg:UA05020030000031457 = Winnyzja | Вінниця
katottg:UA21100230000083101 = Użhorod | Uschhorod | Ужгород
katottg:UA63120270000028556 = Charkiw | Charków | Харків | the Ukrainian city of Kharkiv
katottg:UA68020110000071202 = Кам'янець Подільський | Kamianets-Podilskyi
geonames:2967879 = Vitré, Ille-et-Vilaine
geonames:2886242 = Köln | KÖLN
geonames:2911522 = Halle (Saale)
geonames:2925533 = Frankfurt am Main
geonames:2925535 = Frankfurt (Oder)
geonames:2844056 = Rothenburg ob der Tauber
geonames:294097 = Nazareth Illit | Nof HaGalil
iso:DE-BY = Bayern | Bavaria
"""

# Key, then what is written; the best answer, however sure.
BEST = """
katottg:UA12060170000091033 = Kriwoi Rog | Кривого Рогу | Кривому Розі | Кривой Рог | Kryvyy Rih
katottg:UA12060170000091033 = Rih Kryvyi | Kryvyi-Rih | Kryvyj Rih | Krivoy Rog | Krivoï Rog
katottg:UA18040190000029215 = Житомирської міської територіальної громади | Житомира | Zhytomir
katottg:UA18080150000022496 = Novohrad-Volynskyi | Новоград-Волинський | Звягель | Zviahel
katottg:UA46120130000026331 = Chervonohrad | Шептицький | Sheptytskyi
katottg:UA68000000000099709 = Khmelnytskyi region | Khmelnytskyi Oblast
katottg:UA32080070000050759 = Бучанська | Bucha, Kyiv Oblast | Bucha City Council | Бучу | м.Буча
katottg:UA80000000000093317 = Киев | Kiew | Києва | Києві | Kyïv | ville de Kiev
katottg:UA63120270000028556 = Харьков | Харкова | Kharkov | Харькова | Kharkiv City Council
katottg:UA46060250000025047 = Lemberg | Львова | Львовом | Lwowie | Lvov | Leopolis
katottg:UA12020010000033698 = Dnipropetrovsk | Днепропетровск | Dnepr | Дніпра
katottg:UA23060070000082704 = Запорожье | Saporischschja | Zaporozhye | Zaporiżżia | Запоріжжі
katottg:UA51100270000073549 = Odessa | Odesa | Одесса | Одесі | Odessa, Ukraine
katottg:UA48060150000071713 = Николаев | Mykolajiw | Mykolayiv | Mykolaïv | Миколаєва
katottg:UA05020030000031457 = Vinnitsa | Winnica | Vinnytsya | Вінниці
katottg:UA56060470000086729 = Рівне | Рівного | Równe | Rivne
katottg:UA61040490000035010 = Tarnopol | Ternopil | Тернополя | Тернополі
katottg:UA07080170000013585 = Luzk | Łuck | Луцька | Lutsk
katottg:UA26040190000081578 = Stanislau | Iwano-Frankiwsk | Івано-Франківська | Frankivsk Ivano
katottg:UA14140050000020560 = Мариуполь | Mariupol' | Маріуполя | Marioupol
katottg:UA63040090000021240 = Изюм | Isjum | Ізюма | Izyum
katottg:UA32040010000010116 = Борисполь | Boryspol | Borispol | Борисполя
katottg:UA71060210000032972 = Умань | Умані | Uman
katottg:UA35040210000014072 = Kirowohrad | Кропивницького | Kropyvnytskyi
katottg:UA32020010000093088 = Біла Церква | Білої Церкви | Bila Zerkwa | Biała Cerkiew
katottg:UA65060170000032937 = Нова Каховка | Нової Каховки | Nowa Kachowka | Novaya Kakhovka
katottg:UA32080150000035443 = Irpin | Ірпеня | Ірпінська громада | Irpen
katottg:UA21040150000092428 = Mukachevo | Munkács | Мукачева
katottg:UA32080110000056605 = Гостомель | смт Гостомель | Hostomel
katottg:UA18000000000041385 = Zhytomyr region | Житомирщина | Zhytomyr oblast | Житомирській області
katottg:UA74000000000025378 = Чернігівщина | Чернігівщини | Chernihiv region
katottg:UA32000000000030281 = Kyiv region | Київщина | Київська область
geonames:2657896 = Zuerich | Zürich | Zurich | Stadt Zürich | Цюрих
geonames:2658822 = Sankt Gallen | St. Gallen | St Gallen | Saint Gallen
geonames:3093133 = Lodz | Łódź | Лодзь
geonames:3099434 = Gdansk | Gdańsk | Danzig | Гданськ | Гданська
geonames:3094802 = Krakow | Kraków | Krakau | Краків | Кракова
geonames:3081368 = Wroclaw | Breslau | Вроцлав
geonames:756135 = Warszawa | Warschau | Варшава | Warsaw, Poland | Warszawie
geonames:2867714 = München | Munich | Muenchen | Мюнхен | Мюнхена
geonames:2861650 = Nürnberg | Nuernberg | Nuremberg | Нюрнберг
geonames:2934246 = Düsseldorf | Duesseldorf | Dusseldorf
geonames:2867543 = Münster | Muenster
geonames:2761369 = Wien | Vienna | Відень | Wiedeń
geonames:3067696 = Praha | Prague | Prag | Прага
geonames:3054643 = Budapest | Будапешт
geonames:498817 = St. Petersburg | Saint Petersburg | Sankt Petersburg | Санкт-Петербург
geonames:2980291 = Saint-Etienne | St. Etienne | St-Étienne
geonames:2638785 = St Helens | Saint Helens | St. Helens
geonames:3169070 = Roma | Rome | Рим
geonames:2660646 = Genève | Geneva | Genf
geonames:3068160 = Plzeň | Pilsen
geonames:675810 = Iași | Iasi
geonames:683506 = București | Bucuresti | Bucharest
geonames:792680 = Beograd | Belgrade
geonames:2267057 = Lisboa | Lisbon
geonames:3164603 = Venezia | Venice | Venedig
geonames:1850147 = 東京 | Tokyo | Токіо
iso:US-MS = state of Mississippi | Mississippi
geonames:2886242 = Cologne | Koeln | Кельн
geonames:2911522 = Halle an der Saale
geonames:2925535 = Frankfurt an der Oder
katottg:UA73060610000066784 = Чернівці | Чернівців | Czernowitz
geonames:360630 = القاهرة | Cairo
geonames:281184 = ירושלים | Jerusalem
geonames:264371 = Αθήνα | Athens
"""

# Key, then what is written: the words around the name decide.
WITH_CONTEXT = """
geonames:4250542 = Springfield, IL | Springfield (Illinois) | Springfield, Illinois
geonames:4409896 = Springfield, MO | Springfield, Missouri
geonames:4951788 = Springfield, MA | Springfield, Massachusetts
geonames:4717560 = Paris, Texas | Paris, TX | Paris (Texas) | Paris, Texas, USA
geonames:4717560 = Paris, USA | Paris, US | Paris (USA)
geonames:2653941 = Cambridge, England | Cambridge, UK | Cambridge, United Kingdom
geonames:4931972 = Cambridge, MA | Cambridge, Massachusetts
geonames:4049979 = Birmingham, Alabama | Birmingham, AL | Birmingham, Alabama, USA
geonames:5527554 = Odessa, TX | Odessa, Texas
geonames:2911520 = Halle (Westf.) | Halle (Westfalen)
geonames:6058560 = London, Ontario | London, Canada | London, ON
geonames:2661552 = Bern, CH | Bern (Schweiz)
iso:US-GA = Georgia, USA | Georgia, United States | State of Georgia, USA
katottg:UA46100110000018989 = Миколаїв, Львівська область | Миколаїв (Львівська обл.)
katottg:UA71080130000078619 = Кам’янка, Черкаська область
"""


def _rows(table: str) -> Iterator[tuple[str, str]]:
    for line in table.strip().splitlines():
        key, _, queries = line.partition(" = ")
        for query in queries.split(" | "):
            yield query, key


def test_tables_hold_more_than_two_hundred_queries() -> None:
    asked = [query for table in (SURE, BEST, WITH_CONTEXT) for query, _ in _rows(table)]
    assert len(asked) == len(set(asked)) > 200


@pytest.mark.parametrize(("query", "key"), list(_rows(SURE)))
def test_name_that_leaves_no_doubt_is_sure(whole_world: World, query: str, key: str) -> None:
    answer = whole_world.resolve(query)
    assert answer.best is not None
    assert (answer.best.place.key, answer.verdict) == (whole_world.canonical(key), "sure")


@pytest.mark.parametrize(("query", "key"), list(_rows(BEST)))
def test_name_in_any_form_means_the_place(whole_world: World, query: str, key: str) -> None:
    answer = whole_world.resolve(query)
    assert answer.best is not None
    assert answer.best.place.key == key
    assert answer.verdict != "none"


@pytest.mark.parametrize(("query", "key"), list(_rows(WITH_CONTEXT)))
def test_words_around_the_name_decide(whole_world: World, query: str, key: str) -> None:
    answer = whole_world.resolve(query)
    assert answer.best is not None
    assert answer.best.place.key == key


@pytest.mark.parametrize(
    ("query", "verdict"),
    [
        ("Кривого Рогу", ("sure", "probably")),
        ("Киев", ("sure",)),
        ("Днепропетровск", ("sure", "probably")),
        ("Харьков", ("sure", "probably")),
        ("Kriwoi Rog", ("sure", "probably")),
        ("Lemberg", ("probably", "ask")),
        ("Springfield", ("ask",)),
        ("Kasel", ("probably", "ask")),
        ("qwrtzpsdf", ("none",)),
        ("Chervonohrad", ("sure", "probably")),
    ],
)
def test_verdict_where_it_matters(whole_world: World, query: str, verdict: tuple[str, ...]) -> None:
    assert whole_world.resolve(query).verdict in verdict


@pytest.mark.parametrize(
    ("query", "kind", "key"),
    [
        ("Херсон", "city", "katottg:UA65100150000057191"),
        ("Херсон", "region", "katottg:UA65000000000030969"),
        ("Херсон", "raion", "katottg:UA65100000000029736"),
        ("Zhytomyr", "hromada", "katottg:UA18040190000029215"),
        ("Zhytomyr", "oblast", "katottg:UA18000000000041385"),
        ("Zhytomyr", "district", "katottg:UA18040000000058965"),
        ("Salzburg", "city", "geonames:2766824"),
        ("Salzburg", "region", "iso:AT-5"),
        ("New York", "city", "geonames:5128581"),
        ("New York", "state", "iso:US-NY"),
        ("Georgia", "country", "iso:GE"),
        ("Georgia", "state", "iso:US-GA"),
        ("Luxembourg", "country", "iso:LU"),
        ("Luxembourg", "city", "geonames:2960316"),
    ],
)
def test_kind_that_is_asked_for_decides(
    whole_world: World, query: str, kind: str, key: str
) -> None:
    assert whole_world.find(query, kind=kind)[0].place.key == key


@pytest.mark.parametrize(
    ("query", "country", "key"),
    [
        ("Kyiv", "DE", None),
        ("Paris", "US", "geonames:4717560"),
        ("Brest", "BY", "geonames:629634"),
        ("Brest", "FR", "geonames:3030300"),
        ("Halle", "BE", "geonames:2796696"),
        ("Миколаїв", "UA", "katottg:UA48060150000071713"),
        ("Valencia", "VE", "geonames:3625549"),
        ("Córdoba", "AR", "geonames:3860259"),
    ],
)
def test_country_that_is_given_decides(
    whole_world: World, query: str, country: str, key: str | None
) -> None:
    found = whole_world.find(query, country=country)
    assert {match.place.country for match in found} <= {country}
    if key is None:
        assert whole_world.resolve(query, country=country).verdict in ("none", "ask")
    else:
        assert found[0].place.key == key
