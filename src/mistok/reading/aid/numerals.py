"""Numbers in words and digits, "more than" and "up to", in the four languages."""

import re
from dataclasses import dataclass
from functools import cache

from mistok.reading.aid.words import Word

_UNITS = {
    "en": """1 one a an|2 two|3 three|4 four|5 five|6 six|7 seven|8 eight|9 nine|10 ten
        |11 eleven|12 twelve|13 thirteen|14 fourteen|15 fifteen|16 sixteen|17 seventeen
        |18 eighteen|19 nineteen|20 twenty|30 thirty|40 forty|50 fifty|60 sixty|70 seventy
        |80 eighty|90 ninety""",
    "uk": """1 один одна одне одну одного однієї одним одною|2 два дві двох двома двоє двом
        |3 три трьох трьома троє трьом|4 чотири чотирьох чотирма четверо
        |5 п'ять п'яти п'ятьох п'ятеро
        |6 шість шести шістьох|7 сім семи сімох|8 вісім восьми вісьмох|9 дев'ять дев'яти
        |10 десять десяти|11 одинадцять одинадцяти|12 дванадцять дванадцяти
        |13 тринадцять тринадцяти|14 чотирнадцять чотирнадцяти|15 п'ятнадцять п'ятнадцяти
        |16 шістнадцять шістнадцяти|17 сімнадцять|18 вісімнадцять|19 дев'ятнадцять
        |20 двадцять двадцяти|30 тридцять тридцяти|40 сорок сорока|50 п'ятдесят п'ятдесяти
        |60 шістдесят шістдесяти|70 сімдесят|80 вісімдесят|90 дев'яносто|100 сто ста
        |200 двісті двохсот|300 триста трьохсот|400 чотириста|500 п'ятсот п'ятисот|600 шістсот
        |700 сімсот|800 вісімсот|900 дев'ятсот|1.5 півтори півтора""",
    "de": """1 ein eine einen einem einer eines|2 zwei|3 drei|4 vier|5 fünf|6 sechs|7 sieben
        |8 acht|9 neun|10 zehn|11 elf|12 zwölf|13 dreizehn|14 vierzehn|15 fünfzehn|16 sechzehn
        |17 siebzehn|18 achtzehn|19 neunzehn|20 zwanzig|30 dreißig|40 vierzig|50 fünfzig
        |60 sechzig|70 siebzig|80 achtzig|90 neunzig|100 hundert einhundert|200 zweihundert
        |300 dreihundert|400 vierhundert|500 fünfhundert|1000 eintausend|1.5 anderthalb""",
    "pl": """1 jeden jedna jedno jedną jednego jednej|2 dwa dwie dwóch dwoma dwu
        |3 trzy trzech trzema|4 cztery czterech czterema|5 pięć pięciu pięcioro|6 sześć sześciu
        |7 siedem siedmiu|8 osiem ośmiu|9 dziewięć dziewięciu|10 dziesięć dziesięciu
        |11 jedenaście jedenastu|12 dwanaście dwunastu|13 trzynaście trzynastu
        |14 czternaście czternastu|15 piętnaście piętnastu|16 szesnaście szesnastu
        |17 siedemnaście|18 osiemnaście|19 dziewiętnaście|20 dwadzieścia dwudziestu
        |30 trzydzieści trzydziestu|40 czterdzieści czterdziestu|50 pięćdziesiąt pięćdziesięciu
        |60 sześćdziesiąt|70 siedemdziesiąt|80 osiemdziesiąt|90 dziewięćdziesiąt|100 sto stu
        |200 dwieście dwustu|300 trzysta trzystu|400 czterysta|500 pięćset pięciuset|600 sześćset
        |1.5 półtora półtorej""",
}
_TIMES = {
    "en": "12 dozen|100 hundred|1000 thousand k|1000000 million m mn mln|1000000000 billion bn",
    "uk": """12 дюжина дюжину|1000 тис тисяча тисячі тисяч тисячу
        |1000000 млн мільйон мільйони мільйонів мільйона
        |1000000000 млрд мільярд мільярди мільярда мільярдів""",
    "de": """12 dutzend|100 hundert|1000 tausend tsd|1000000 mio million millionen
        |1000000000 mrd milliarde milliarden""",
    "pl": """12 tuzin|1000 tys tysiąc tysiące tysięcy|1000000 mln milion miliony milionów miliona
        |1000000000 mld miliard miliardy miliardów""",
}
_BOUNDS = {
    "en": "> more than|over|at least|in excess of|upwards of|< up to|almost|nearly|as many as"
    "|just under|less than|~ about|some|around|roughly|approximately|an estimated|close to",
    "uk": "> понад|більше|більше ніж|більш ніж|більш як|щонайменше|не менше|< до|майже|~ близько"
    "|приблизно|орієнтовно|коло",
    "de": "> mehr als|über|mindestens|gut|< bis zu|knapp|fast|beinahe|~ rund|etwa|circa|ca|zirka"
    "|ungefähr",
    "pl": "> ponad|więcej niż|przeszło|co najmniej|powyżej|< do|prawie|niemal|blisko|~ około|ok"
    "|mniej więcej|w przybliżeniu",
}
_ARTICLES = frozenset("a an ein eine einen einem einer eines".split())
_GERMAN = re.compile(
    r"(?:(?P<unit>ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun)und)?"
    r"(?P<ten>zwanzig|dreißig|vierzig|fünfzig|sechzig|siebzig|achtzig|neunzig)"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in a sentence: words `first` to `last` (excluded), its bound ("", ">", "<", "~").

    `article` tells that it is no more than "a" or "ein".
    """

    first: int
    last: int
    value: float
    bound: str = ""
    article: bool = False


def amount_at(words: list[Word], place: int, lang: str) -> Amount | None:
    """Read the number that begins at a word, with "million" and the like; None when none does."""
    word = words[place]
    if not word.number and word.low not in _number_words(lang) and not _may_join(word.low, lang):
        return None
    value, last, article = _value(words, place, lang)
    if value is None:
        return None
    times = _table(_TIMES[lang])
    while last < len(words) and words[last].low in times:
        value *= times[words[last].low]
        last += 1
        article = False
        if last < len(words) and words[last].text == "." and words[last - 1].low in _SHORT:
            last += 1
    bound, first = _bound(words, place, lang)
    return Amount(first, last, round(value, 3), bound, article)


_SHORT = frozenset("тис млн млрд tys mln mld tsd mio mrd".split())


def _value(words: list[Word], place: int, lang: str) -> tuple[float | None, int, bool]:
    word = words[place]
    if word.mention is not None or word.dated:
        return None, place, False
    if word.number:
        return _digits(word.text, lang), place + 1, False
    units = _table(_UNITS[lang])
    value = units.get(word.low)
    if value is None:
        value = _compound(word.low, lang)
    if value is None:
        alone = lang in ("uk", "pl", "de") and word.low in _table(_TIMES[lang])
        return (1.0, place, False) if alone and word.low in _ONE else (None, place, False)
    last = place + 1
    while last < len(words) and words[last].low in units and 1 < units[words[last].low] < value:
        value += units[words[last].low]
        last += 1
    return value, last, word.low in _ARTICLES


_ONE = frozenset(
    """дюжина дюжину тисяча тисячу мільйон мільярд dutzend hundert tausend million milliarde
    tuzin tysiąc milion miliard""".split()
)


def _compound(word: str, lang: str) -> float | None:
    units = _table(_UNITS[lang])
    if lang == "en" and "-" in word:
        parts = word.split("-")
        values = [units.get(part) for part in parts]
        if len(parts) == 2 and values[0] and values[1] and values[0] >= 20 and values[1] < 10:
            return values[0] + values[1]
    if lang == "de" and (found := _GERMAN.fullmatch(word)):
        return units[found["ten"]] + (units[found["unit"]] if found["unit"] else 0)
    return None


def _digits(text: str, lang: str) -> float | None:
    plain = re.sub("[ '’\u00a0\u202f]", "", text)
    if lang == "en":
        plain = plain.replace(",", "") if re.search(r",\d{3}(?!\d)", plain) else plain
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", plain):
        plain = plain.replace(".", "")
    elif re.fullmatch(r"\d{1,3}(?:,\d{3}){2,}", plain):
        plain = plain.replace(",", "")
    try:
        value = float(plain.replace(",", "."))
    except ValueError:
        return None
    return value if value < 1e12 else None


def _bound(words: list[Word], place: int, lang: str) -> tuple[str, int]:
    bounds = _bounds(lang)
    for length in (3, 2, 1):
        first = place - length
        if first >= 0:
            told = " ".join(word.low for word in words[first:place])
            if told in bounds:
                return bounds[told], first
    if lang in ("de", "pl") and place > 1 and words[place - 1].text == ".":
        told = words[place - 2].low
        if told in bounds:
            return bounds[told], place - 2
    return "", place


def _may_join(low: str, lang: str) -> bool:
    """Whether it may be a number of two parts: "twenty-five", "fünfundzwanzig"."""
    return (lang == "en" and "-" in low) or (lang == "de" and low.endswith(("zig", "ßig")))


@cache
def _number_words(lang: str) -> frozenset[str]:
    alone = _ONE & _table(_TIMES[lang]).keys() if lang != "en" else frozenset()
    return frozenset(_table(_UNITS[lang])) | alone


@cache
def _table(told: str) -> dict[str, float]:
    table: dict[str, float] = {}
    for group in told.split("|"):
        number, *names = group.split()
        table |= dict.fromkeys(names, float(number))
    return table


@cache
def _bounds(lang: str) -> dict[str, str]:
    bounds, sign = {}, ""
    for phrase in _BOUNDS[lang].split("|"):
        first, _, rest = phrase.partition(" ")
        sign, phrase = (first, rest) if first in "<>~" else (sign, phrase)
        bounds[phrase] = sign
    return bounds
