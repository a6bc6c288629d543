"""Telephone numbers, told apart from the many other long numbers of office papers."""

import re
from collections.abc import Iterator

from mistok.needs.scanning.findings import Hit
from mistok.needs.scanning.folding import Folded

_GAP = r"[ .()/-]{0,3}"
_CODES = r"(?:3[1-9]|4[1-8]|5[0-7]|6[1-9]|7[357]|89|9[1-9])"
_HOME = re.compile(
    rf"(?<![\w+])(?<!\d[ .,/-])(?:\+?{_GAP}3{_GAP}8{_GAP}|0038{_GAP}|8{_GAP})?\(?0{_GAP}{_CODES}"
    rf"(?:{_GAP}\d){{7}}(?!\w)"
)
_COUNTRY = (
    r"(?:1|2[07]|3[0-69]|3[57]\d|38[0-9]|4[013-9]|42[013]|5[1-8]|6[0-6]|7|81|82|86|9[0-58]"
    r"|9[679]\d)"
)
_ABROAD = re.compile(
    rf"(?:(?<![\w+])\+\s?|(?<![\w.,/-])00\s?){_COUNTRY}{_GAP}(?:\d{_GAP}){{6,12}}\d(?!\w)"
)
_FORMS = re.compile(
    r"(?<![\w+/.-])(?:\d{3}-\d{3}-\d{4}|\(\d{3}\) \d{3}-\d{4}|0\d{2,4}/\d{6,8})(?![\w/-])"
)
"""Numbers as people write them in America and in Germany."""

_CODE_APART = re.compile(
    rf"(?<![\w+.,-])\(?0{_CODES}\)?\s?[,:;]\s?\d{{3}}[ -]?\d{{2}}[ -]?\d{{2}}(?![\w-])"
)
"""A number whose code stands apart from it."""

_CALLED = re.compile(
    r"(?<!\w)(?:т|тел|моб|ф|tel|kom|mob|ph)\.\s?:?\s?|(?<!\w)(?:телефон(?:ом|у|ний|а)?"
    r"|мобільн(?:ий|ого|ому)"
    r"|факс|телефонуй(?:те)?|дзвон(?:іть|ити|іт)|зателефонуй(?:те)?|наберіть|номер(?:ом)?"
    r"|phone|telephone|tel|mobile|cell|fax|whatsapp|viber|signal|telegram|call|ring|reach\w{0,3}"
    r"|telefon\w{0,3}|handy|unter|rufen|kierowca|zadzwo\w{1,4}|numer|number)(?!\w)"
)
_DIGITS = re.compile(r"\(?\+?\d(?:[ ()./-]{0,3}\d){4,13}(?![\w%])")
_HARD = re.compile(r"т\.|тел|моб|факс|tel|kom\.|mob|phone|cell|fax|whatsapp|viber|signal|handy")
_DATED = re.compile(
    r"\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}(?!\d)|(?:19|20)\d{2}\s?-\s?(?:19|20)?\d{2}(?!\d)"
    r"|(?:19|20)\d{2}[./-]\d{2}(?!\d)"
)
_NUMBERED = re.compile(
    r"(?:(?<!тел\. )(?<!телефону )№|(?<!tel\. )(?<!phone )\b(?:no|nr)\.?|код\w{0,2}|рахун\w{1,3}"
    r"|артикул|єдрпоу|серійн\w{2,3}"
    r"|інвентарн\w{2,3}|hs|уктзед|укт зед|зед|code|serial number|invoice|account|isbn|drucksache"
    r"|позиці\w{1,2}|декларац\w{1,4}|накладн\w{1,3})\s?:?\s?(?:№\s?)?$"
)
_UNIT = re.compile(
    r"\s?(?:грн|шт|євро|euro?|uah|usd|pln|€|\$|осіб|людей|кг|т\b|квт|м²|м2|кв\.|pcs|pieces"
    r"|people|kg|kw|°)"
)
_TARIFF = re.compile(r"\d{4}[ .]\d{2}(?:[ .]\d{2}){1,2}|\d{4}[ .]\d{6}")
_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?: \d{3}){1,2}")


def search(folded: Folded) -> Iterator[Hit]:
    """Numbers that can be called, by their form or by the words before them."""
    low = folded.low
    for pattern in (_HOME, _ABROAD, _FORMS, _CODE_APART):
        for found in pattern.finditer(low):
            if not _other(low, *found.span()):
                yield Hit("phone", *found.span())
    for called in _CALLED.finditer(low):
        found_after = _DIGITS.search(low, called.end(), called.end() + 60)
        if found_after and _is_called(low, called, found_after):
            yield Hit("phone", *found_after.span())


def _other(low: str, start: int, end: int) -> bool:
    """Whether the number is a date, a tariff code, an amount or the number of a paper."""
    number = low[start:end]
    if _DATED.match(number) or _TARIFF.fullmatch(number.strip()):
        return True
    return bool(_UNIT.match(low, end)) or bool(_NUMBERED.search(low[max(0, start - 24) : start]))


def _is_called(low: str, called: re.Match[str], found: re.Match[str]) -> bool:
    between = low[called.end() : found.start()]
    if len(between) > 30 or re.search(r"[\d\n№]|\b(?:no|nr)\b|[.!?]\s", between):
        return False
    number = found[0]
    if _DATED.match(number) or _UNIT.match(low, found.end()):
        return False
    if number.startswith(("+", "0", "(0", "(+")):
        return len(re.sub(r"\D", "", number)) >= 7 and not _other(low, *found.span())
    if not _HARD.match(called[0]):
        return False
    if _THOUSANDS.fullmatch(number) and len(number) < 11:
        return False
    return len(between) <= 12
