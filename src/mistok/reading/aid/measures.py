"""Weights, volumes and lengths, words for worth, and words that open a breakdown."""

from mistok.reading.aid.words import Word

MEASURES = {
    "t": (1.0, "t"),
    "kg": (1.0, "kg"),
    "l": (1.0, "l"),
    "m": (1.0, "m"),
    "km": (1000.0, "m"),
    "m2": (1.0, "m2"),
    "m3": (1.0, "m3"),
    "g": (0.001, "kg"),
    "st": (1.0, "pcs"),
}
_UNITS = {
    "en": """t:ton tons tonne tonnes|kg:kg kilogram kilograms kilogramme kilogrammes kilos kilo
        |l:litre litres liter liters|m:metre metres meter meters m|km:kilometre kilometres
        kilometers km|st:piece pieces units pcs items""",
    "uk": """t:т тонн тонни тонна тонну|kg:кг кілограм кілограмів кілограми|l:л літр літрів літри
        |m:м метр метрів метри|km:км кілометрів кілометри|st:штук шт одиниць одиниці""",
    "de": """t:t tonne tonnen|kg:kg kilo kilogramm|l:l liter litern|m:m meter metern
        |km:km kilometer kilometern|st:stück stk""",
    "pl": """t:t tona tony ton tonę|kg:kg kilogram kilogramów kilogramy|l:l litr litrów litry
        |m:m metr metrów metry|km:km kilometrów|st:sztuk szt sztuki""",
}
_BY_WORD = {
    lang: {
        word: group.partition(":")[0].strip()
        for group in told.split("|")
        for word in group.partition(":")[2].split()
    }
    for lang, told in _UNITS.items()
}

_RATING = frozenset(
    """kw kva mw kwh mwh hp ps amp квт ква мвт вт квтг kwp kilowatt kilowatts megawatt megawatts
    кіловат кіловатів мегават мегаватів вольт""".split()
)


def is_rating(words: list[Word], place: int) -> bool:
    """Whether a number tells how strong a machine is: "a 40 kW generator", "150-kW"."""
    if place + 1 >= len(words) or not words[place].number:
        return False
    after = words[place + 1]
    if after.text in "-‑" and place + 2 < len(words):
        after = words[place + 2]
    return after.low in _RATING or after.text in ("W", "V")


WORTH = {
    "en": ("worth", "value", "valued", "totalling", "amounting"),
    "uk": ("вартіст", "вартост", "варт", "сум"),
    "de": ("wert", "gesamtwert", "höhe"),
    "pl": ("wart", "wartoś", "kwot", "za"),
}
VAGUE = {
    "en": ("things", "goods", "items", "stuff", "aid", "supplies", "cargo", "relief", "material"),
    "uk": ("реч", "вантаж", "допомог", "товар", "гуманітар"),
    "de": ("sachen", "güter", "waren", "hilfe", "material", "dinge"),
    "pl": ("rzecz", "dar", "pomoc", "ładun", "towar"),
}
_BREAKDOWN = {
    "en": (
        "of which",
        "of them",
        "of these",
        "among them",
        "including",
        "in particular",
        "such as",
        "one of which",
    ),
    "uk": (
        "з них",
        "із них",
        "серед них",
        "у тому числі",
        "в тому числі",
        "один з яких",
        "зокрема",
    ),
    "de": ("davon", "darunter", "von denen", "insbesondere", "vor allem"),
    "pl": ("z nich", "z czego", "w tym", "wśród nich", "z których"),
}


def unit_at(words: list[Word], place: int, lang: str) -> tuple[str, int] | None:
    """The unit that is told at a word, and the place after it."""
    if place >= len(words) or words[place].mention is not None:
        return None
    unit = _BY_WORD[lang].get(words[place].low)
    if unit is None:
        return None
    last = place + 1
    if last < len(words) and words[last].text == "." and len(words[place].low) < 4:
        last += int(last + 1 < len(words))
    return unit, last


def opens_breakdown(words: list[Word], place: int, lang: str) -> bool:
    """Whether words such as "of which" stand here: what follows is part of what was told."""
    told = " ".join(word.low for word in words[place : place + 3])
    return any(told == opener or told.startswith(opener + " ") for opener in _BREAKDOWN[lang])
