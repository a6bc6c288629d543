"""Plates of vehicles and trailers: Ukrainian by their form, others by the words around them."""

import re
from collections.abc import Iterator

from mistok.needs.scanning.findings import Hit
from mistok.needs.scanning.folding import Folded

_LETTERS = "ABCEHIKMOPTXАВСЕНІКМОРТХ"
_UKRAINIAN = re.compile(
    rf"(?<![\w-])([{_LETTERS}{_LETTERS.lower()}]{{2}})([ -]?)(\d{{2}})([ -]?)(\d{{2}})([ -]?)"
    rf"([{_LETTERS}{_LETTERS.lower()}]{{2}})(?![\w-])"
)
_LATIN = str.maketrans("АВСЕНІКМОРТХ", "ABCEHIKMOPTX")
_REGIONS = frozenset(
    "AA KA TT TA AB KB MM OK AC KC CM TC AE KE PP MI AH KH TH MH AI KI TI ME AK KK TK MK AM KM TM"
    " MB AO KO MT MO AP KP TP MP AT KT TO XC AX KX XX EX BA HA XA EA BB HB EE EB BC HC CC EC BE HE"
    " XE XH BH HH OO EH BI HI XI EI BK HK XK EK BM HM XM EM BO HO XO EO BT HT XT ET BX HX OX PX CA"
    " IA OA PA CB IB OB PB CE IE OE PE CH IH OH PH II".split()
)
"""First letters of Ukrainian plates by region (general knowledge, unverified)."""
_VEHICLE = re.compile(
    r"вантажів|фур[аиуг]|тягач|причіп|причеп|напівприч|автобус|автомоб|авто\b|мікроавт|швидк|машин"
    r"|бус\b|пікап|truck|lorry|trailer|\bvan\b|\bbus|vehicle|ambulance|\bcar\b|pickup|driver"
    r"|tractor"
    r"|fire engine|lkw|fahrzeug|feuerwehr|ciężarów|samochód|pojazd|воді[йя]"
)
_PLATE_WORD = re.compile(
    r"(?<!\w)(?:держ(?:авн\w{2,4})?\.?\s?(?:реєстрац\w{2,6}\s)?ном(?:ер\w{0,3}|\.)"
    r"|номерн\w{1,3} знак\w{0,2}"
    r"|д\.?\s?н\.?\s?з\.?|(?:licen[cs]e |number )plates?(?: number)?|plates?(?: number)?"
    r"|kennzeichen|nr rej\.|numer\w{0,4} rejestracyjn\w{2,4}|tablic\w{1,3})(?!\w)"
)
_REGISTERED = re.compile(
    r"(?<!\w)(?:registration(?: number)?|бл[яа]х\w{1,3}|номер(?:и|ах|ами)(?!\w)|реєстрац\w{2,4}"
    r"|reg\.|rejestracj\w{1,2})"
)
_GERMAN = re.compile(r"(?<![\w-])([A-ZÄÖÜ]{1,3})[- ][A-Z]{1,2}[ -]?\d{1,4}[EH]?(?![\w-])")
_TOKEN = re.compile(
    r"(?<![\w-])(?=[A-Z0-9 -]{0,6}\d)[A-ZÄÖÜ]{1,3}[ -]?[A-Z0-9]{2,5}(?:[ -][A-Z0-9]{1,4})?(?![\w-])"
)
_STANDARDS = frozenset(
    "EN ISO DIN IP RAL HS PN DN PE CE EU UN IEC AC DC EUR USD UAH PLN VIN IMO".split()
)


def search(folded: Folded) -> Iterator[Hit]:
    """Plates of Ukraine anywhere; of other countries where vehicles or plates are spoken of."""
    for found in _UKRAINIAN.finditer(folded.text):
        if _is_ukrainian(found, folded.low):
            yield Hit("plate", *found.span())
    for found in _GERMAN.finditer(folded.text):
        near = _around(found.span())
        if found[1] in _STANDARDS or not _VEHICLE.search(folded.low, *near):
            continue
        if "-" in found[0] or _PLATE_WORD.search(folded.low, *near):
            yield Hit("plate", *found.span())
    yield from _named(folded)


def _around(span: tuple[int, int]) -> tuple[int, int]:
    return max(0, span[0] - 60), span[1] + 40


def _is_ukrainian(found: re.Match[str], low: str) -> bool:
    plate = found[0]
    if plate.upper() != plate and (plate.lower() != plate or " " in plate or "-" in plate):
        return False
    if _VEHICLE.search(low, *_around(found.span())) or re.search(
        r"номер|знак|plate", low[max(0, found.start() - 40) : found.start()]
    ):
        return True
    if found[1].upper().translate(_LATIN) not in _REGIONS:
        return False
    spaced = " " in plate or "-" in plate
    return not (spaced and found[3] in ("19", "20"))


def _named(folded: Folded) -> Iterator[Hit]:
    """What follows a word for plates and has letters and digits, whatever the country."""
    words = [found.end() for found in _PLATE_WORD.finditer(folded.low)]
    words += [
        found.end()
        for found in _REGISTERED.finditer(folded.low)
        if _VEHICLE.search(folded.low, max(0, found.start() - 40), found.end())
    ]
    for end in words:
        found_after = _TOKEN.search(folded.text, end, end + 32)
        if found_after and found_after[0].split()[0] not in _STANDARDS:
            yield Hit("plate", *found_after.span())
