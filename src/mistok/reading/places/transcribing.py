"""Transcribing: how Ukrainian writes down the names of some countries, undone.

By its sound "Пршелоуч" is not Přelouč and "Чжуцзі" not Zhuji, for a letter of theirs is written
with two of ours, or by a table of its own. Each rule only gives one more spelling to look for.
"""

import re

_CYRILLIC = re.compile("[а-яіїєґ]", re.I)
_SOFT_R = re.compile("(?<=[бвгдкптх])р[шж]|р[шж]", re.I)
_CHINESE = (
    ("чж", "zh"), ("цзю", "ju"), ("цзя", "jia"), ("цзє", "jie"), ("цзі", "ji"), ("цз", "z"),
    ("чю", "qu"), ("ця", "qia"), ("ці", "qi"), ("чі", "chi"), ("ч", "ch"), ("сі", "xi"),
    ("ся", "xia"), ("сю", "xu"), ("сє", "xie"), ("ш", "sh"), ("ц", "c"), ("с", "s"), ("ж", "r"),
    ("х", "h"), ("нь", "n"), ("юа", "yua"), ("н(?![аеиіоуюяйєг])", "ng"), ("нг", "ng"),
    ("ю", "yu"), ("я", "ya"), ("є", "ye"), ("й", "i"), ("а", "a"), ("б", "b"), ("в", "w"),
    ("ґ", "g"), ("г", "g"), ("д", "d"), ("е", "e"), ("и", "i"), ("і", "i"), ("к", "k"),
    ("л", "l"), ("м", "m"), ("н", "n"), ("о", "o"), ("п", "p"), ("т", "t"), ("у", "u"),
    ("ф", "f"), ("ь", ""), ("-", ""),
)  # fmt: skip
"""Palladius's table, as Ukrainian has it, to pinyin; longer ones first."""
_CHINESE_PIECE = re.compile("|".join(f"({letters})" for letters, _ in _CHINESE))


def spellings(text: str, country: str | None) -> tuple[str, ...]:
    """Give a name as written, and as the country's own writing would have it, where that differs.

    `country` is an ISO code, or None where the text tells of none.
    """
    if country not in ("CZ", "SK", "CN") or not _CYRILLIC.search(text):
        return (text,)
    if country == "CN":
        latin = _CHINESE_PIECE.sub(_pinyin, text.lower()).capitalize()
        return (latin, text)
    plain = _SOFT_R.sub("р", text)
    return (text,) if plain == text else (text, plain)


def _pinyin(found: re.Match[str]) -> str:
    return _CHINESE[(found.lastindex or 1) - 1][1]
