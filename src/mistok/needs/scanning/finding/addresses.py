"""Street addresses: Ukrainian, English and transliterated, German, Polish."""

import re
from collections.abc import Iterator

from mistok.needs.scanning.finding.words import UPPER, is_place
from mistok.needs.scanning.findings import Hit
from mistok.needs.scanning.folding import Folded

_WORD = rf"[{UPPER}][\w']{{1,40}}(?:-[\w']{{1,40}})?"
_NAME = (
    rf"(?:ім\.?\s)?(?:\d{{1,3}}(?:\s?-\s?[а-яіїєth]{{1,6}}"
    rf"|[а-яіїєth]{{2}})?\s)?(?:[{UPPER}]\.\s?){{0,3}}(?:\"?{_WORD}\"?"
    rf"|ліні[яїю])(?:\s\"?{_WORD}\"?){{0,3}}"
)
_HOUSE = (
    r",?\s{0,2}(?:(?:буд(?:\.|инок|инку)|б\.|д\.|№|N|no\.|No\.|Nr\.?|house|bldg\.?)\s?(?:№\s?)?)?"
    r"\d{1,4}(?:[-/]?[A-Za-zА-Яа-яІі](?!\w)|\s?[-/]\s?[A-Za-zА-Яа-яІі](?!\w)|/\d{1,4})?(?![\w%°]"
    r"|[.,]\d)"
)
_UK_WORD = (
    r"(?<!\w)(?:[Вв]ул(?:\s?\.|(?=\s)|иц[яіюеь]{1,2}|ицею|ицях:?)|[Пп]росп(?:\s?\.|(?=\s)"
    r"|ект\w{0,2})|[Пп]р-т\w?|[Пп]ров(?:\s?\.|(?=\s)|улок|улк\w{1,2})|[Бб]ульв(?:\.|ар\w{0,2})"
    r"|[Бб]ул\.|[Бб]-р\w?|[Пп]л\.|[Пп]лощ[аіуеї]{1,2}|[Шш]осе|[Уу]зв(?:\.|із|оз\w)|[Нн]аб(?:\."
    r"|ережн\w{1,3})|[Тт]уп(?:\.|ик\w?)|[Мм]кр\.?|[Мм]ікрорайон\w?"
    r"|[Мм]айдан\w?|[Пп]роїзд\w?|[Кк]вартал\w?|[Мм]-н)"
)
_UK_BEFORE = re.compile(rf"{_UK_WORD}\s{{0,2}}{_NAME}")
_UK_AFTER = re.compile(
    rf"(?<!\w){_WORD}(?:\s{_WORD})?\s(?:вул(?:\.|иц[яіюе])|просп(?:\.|ект)|площ[аі])"
)
_NUMBER = re.compile(_HOUSE)
_BUILDING = re.compile(
    r"(?<!\w)(?:буд\.\s?(?:№\s?)?|будин(?:ок|ку|ком|ки)\s(?:№\s?|номер\s)|квартир\w\s(?:№\s?)?"
    r"|house no\.?\s|apartment (?:no\.?\s)?|apt\.?\s)"
    r"\d{1,4}(?![\w%]|[.,]\d)"
)
_AT = re.compile(
    r"(?<!\w)(?:за адресою|адреса(?:\s[^:\n.]{0,40})?:|поштова адреса|address(?: is|\s?:"
    r"| of [^:\n.]{0,40}:)|located at|adresse\s?:|adres\s?:|pod adresem)\s?:?\s"
)
_AT_NAME = re.compile(
    rf"(?<!\w){_WORD}(?:\s{_WORD})?,?\s\d{{1,3}}(?:\s?[-/]?\s?[A-Za-zА-Яа-я](?!\w)"
    rf"|/\d{{1,3}})?(?![\w%°]|[.,]\d)"
)
_EN_WORD = (
    r"(?:Street|Avenue|Boulevard|Lane|Road|Square|Alley|Drive|Highway|Ave\.?|Blvd\.?|Str\.?"
    r"|St\.?|Rd\.?|Sq\.)(?!\w)"
)
_EN_AFTER = re.compile(
    rf"(?<!\w)\d{{1,4}}[A-Za-z]?,?\s(?:\d{{1,2}}\s)?(?:[{UPPER}]\.\s?)?{_WORD}(?:"
    rf"\s{_WORD}){{0,3}}\s{_EN_WORD}"
)
_EN_BEFORE = re.compile(rf"(?<!\w)(?:\d{{1,2}}\s)?{_WORD}(?:\s{_WORD}){{0,2}}\s{_EN_WORD}")
_SURE_STREETS = re.compile(r"(?:Street|Avenue|Boulevard|Lane|Ave\.?|Blvd\.?)$")
_LATIN = re.compile(
    rf"(?<!\w)(?:[Vv]ul\.?|[Vv]ulyts\w{{1,3}}|[Pp]rosp\.?|[Pp]rospekt|[Pp]rov\.?|[Pp]rovulok"
    rf"|[Bb]ulv\.?|[Ss]tr\.|[Pp]loshcha)\s{{0,2}}{_NAME}"
)
_GERMAN = re.compile(
    rf"(?<!\w)(?:[{UPPER}][\wäöüß-]{{1,40}}(?:straße|strasse|str\.|weg|platz|allee|gasse"
    rf"|damm|ufer|markt|hof)"
    rf"|[{UPPER}][\wäöüß]{{2,30}}(?:er)?\s(?:Straße|Strasse|Str\.|Platz|Allee|Weg|Ring"
    rf"|Damm))\s\d{{1,4}}\s?[a-z]?(?![\w%]|[.,]\d)"
)
_NO_STREET = re.compile(
    r"(?:park|spiel|arbeits|sport|sitz|stell|steck|schlaf|bau|lager)(?:platz|ring)|bahnhof"
    r"|antrag|vertrag"
)
_POLISH = re.compile(rf"(?<!\w)(?:ul|al|pl|os|plac|aleja|ulic[ay])\.?\s{_NAME}")
_ABROAD = re.compile(
    r"німеччин|польщ|чехі|словаччин|франці|італі|румуні|литв|латві|естоні|великобритан|сша"
    r"|молдов|угорщин"
    r"|germany|poland|czech|slovakia|france|italy|romania|lithuania|latvia|estonia"
    r"|united kingdom|\busa\b|united states|moldova|hungary|austria|deutschland|polska"
    r"|(?<![\d-])\d{2}-\d{3}(?![\d-])|\b(?:d|pl|cz|sk|a|ch|ro|lt|lv|ee)-\d{4,5}\b"
)
_POSTCODE = re.compile(r",\s(?:[A-Z]{1,2}-)?\d{4,5}\s[A-ZÄÖÜŁŚ][a-zäöüßł]")
_HALL = re.compile(
    r"мері[яїює]|ратуш|магістрат|посольств|консульств|stadt\b|rathaus|stadtverwaltung"
    r"|landratsamt|gemeinde|urząd|urzędu|starostw|city hall|town hall"
    r"|city council|\bcity of\b|municipality|mairie|hôtel de ville|embassy|consulate|primăria"
    r"|comune di"
)


_BARE = re.compile(
    rf"(?<!\w)(?:на|по|at|to)\s(?!\w{{2,20}}щин[іуи])({_WORD})(?:\s{_WORD})?,?\s\d{{1,3}}"
    r"(?:-?[а-га-дa-e](?!\w)|\s[А-ДA-D](?!\w))?"
    r"(?=[.,;:)!?\n]|\s?$|\s(?:\(|у|в|in|and|під'їзд|кв|поверх|біля|навпроти|на\s)(?!\w)|\s\()"
)
"""A street without the word for it: "на Шевченка, 14"."""
_STAYING = re.compile(
    r"привоз|привез|принос|адрес|штаб|чекаємо|живе|живуть|мешка|прожива|знаход|переїха|переїжджа"
    r"|офіс|зустріч|збираємо|забрати|забира|заїзд|під'їзд|приміщен|видаємо|видача|deliver"
    r"|lives?(?!\w)"
    r"|living|office|meet|address|drop|bring|pick|come to|collect|find us|located|staying|stays"
)


def search(folded: Folded) -> Iterator[Hit]:
    """Streets with houses; streets alone and addresses abroad as warnings."""
    yield from _ukrainian(folded)
    yield from _english(folded)
    yield from _abroad(folded)
    for found in _BUILDING.finditer(folded.low):
        yield Hit("house", *found.span())
    for found in _BARE.finditer(folded.text):
        staying = _STAYING.search(folded.low, *folded.sentence(*found.span(), reach=80))
        if staying and is_place(found[1]):
            yield from _told(folded, *found.span())
    for found in _AT.finditer(folded.low):
        where = _AT_NAME.search(folded.text, found.end(), found.end() + 90)
        if where and "." not in folded.text[found.end() : where.start()].replace("обл.", ""):
            yield from _told(folded, where.start(), where.end())


def _ukrainian(folded: Folded) -> Iterator[Hit]:
    for found in _UK_BEFORE.finditer(folded.text):
        number = _NUMBER.match(folded.text, found.end())
        if number:
            yield from _told(folded, found.start(), number.end())
        elif found[0][:3].lower() in ("вул", "про", "буль", "пр-") and not found[
            0
        ].lower().startswith("проїзд"):
            yield Hit("street", *found.span())
    for found in _UK_AFTER.finditer(folded.text):
        number = _NUMBER.match(folded.text, found.end())
        if number:
            yield from _told(folded, found.start(), number.end())


def _english(folded: Folded) -> Iterator[Hit]:
    for found in _EN_AFTER.finditer(folded.text):
        yield from _told(folded, *found.span())
    for found in _EN_BEFORE.finditer(folded.text):
        number = _NUMBER.match(folded.text, found.end())
        if number:
            yield from _told(folded, found.start(), number.end())
        elif _SURE_STREETS.search(found[0]):
            yield from _told(folded, *found.span(), why="street")
    for found in _LATIN.finditer(folded.text):
        number = _NUMBER.match(folded.text, found.end())
        yield from _told(
            folded, found.start(), (number or found).end(), why="address" if number else "street"
        )


def _abroad(folded: Folded) -> Iterator[Hit]:
    for found in _GERMAN.finditer(folded.text):
        if not _NO_STREET.search(found[0].lower()):
            yield from _told(folded, *found.span())
    for found in _POLISH.finditer(folded.text):
        number = _NUMBER.match(folded.text, found.end())
        if number:
            yield from _told(folded, found.start(), number.end())


def _told(folded: Folded, start: int, end: int, why: str = "address") -> Iterator[Hit]:
    """The hit, weaker where a foreign postcode or country follows, none for a city hall there.

    What stands elsewhere in the letter does not count: it names partner cities all the time.
    """
    last = min(folded.sentence(start, end)[1], end + 60)
    if not (_ABROAD.search(folded.low, end, last) or _POSTCODE.search(folded.text, end, last)):
        yield Hit(why, start, end)
    elif not _HALL.search(folded.low, max(0, start - 90), end):
        yield Hit("foreign_address", start, end)
