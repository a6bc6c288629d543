"""Points on the map: degrees, grid references, plus codes, links to maps."""

import re
from collections.abc import Iterator

from mistok.needs.scanning.findings import Hit
from mistok.needs.scanning.folding import Folded

_NORTH = r"(?:[NSС]\b|пн\.?\s?ш\.?|пд\.?\s?ш\.?|північної широти|с\.\s?ш\.?)"
_EAST = r"(?:[EWВ]\b|сх\.?\s?д\.?|зх\.?\s?д\.?|східної довготи|в\.\s?д\.?)"
_PAIR = re.compile(
    r"(?<![\d.,])(?:(?P<n0>N)\s?)?(?P<lat>-?\d{1,2}[.,]\d{2,9})(?:\s?(?P<d1>°))?"
    rf"(?:\s?(?P<n>{_NORTH}))?\s{{0,2}}[,;/|]?\s{{0,2}}(?:E\s?)?"
    rf"(?P<lon>-?\d{{1,3}}[.,]\d{{2,9}})(?:\s?(?P<d2>°))?(?:\s?(?P<e>{_EAST}))?(?![.,]?\d)"
)
_ABOUT = re.compile(
    r"коорд|локац|геолок|місцезнах|точк|gps|coord|location|point|position|koordin|współrz|lat|шир"
)
_LABELLED = re.compile(
    r"(?<!\w)(?:lat(?:itude)?|lon(?:g(?:itude)?)?|широт[аиі]|довгот[аиі]|breite|länge|szer\.?"
    r"|dł\.?)"
    r"\.?\s{0,2}[:=]?\s{0,2}-?\d{1,3}[.,]\d{2,9}"
)
_MINUTES = r"\d{1,3}\s?°\s?\d{1,2}(?:[.,]\d{1,5})?\s?'?\s?(?:\d{1,2}(?:[.,]\d{1,4})?\s?(?:\"|'')?)?"
_DMS = re.compile(
    rf"(?<!\d)(?:[NS]\s?)?{_MINUTES}\s?(?:{_NORTH}|{_EAST})|(?<!\w)[NSEW]\s?{_MINUTES}"
)
_DMS_PAIR = re.compile(rf"(?<!\d){_MINUTES}[\s,;]{{1,3}}{_MINUTES}")
_BARE_MINUTES = re.compile(
    r"(?<!\w)(?:[NS]\s?\d{1,2}[\s-]\d{1,2}[.,]\d{2,5}[\s,;]{1,3}[EW]\s?\d{1,3}[\s-]\d{1,2}[.,]"
    r"\d{2,5}"
    r"|[NS]\s?\d{1,2}[\s-]\d{1,2}[\s-]\d{1,2}(?:[.,]\d{1,3})?[\s,;]{1,3}"
    r"[EW]\s?\d{1,3}[\s-]\d{1,2}[\s-]\d{1,2}(?:[.,]\d{1,3})?"
    r"|\d{1,2}[\s-]\d{1,2}[\s-]\d{1,2}(?:[.,]\d{1,3})?\s?[NS][\s,;]{0,3}"
    r"\d{1,3}[\s-]\d{1,2}[\s-]\d{1,2}(?:[.,]\d{1,3})?\s?[EW])(?!\w)"
)
_MGRS = re.compile(
    r"(?<!\w)(\d{1,2})\s?([C-HJ-NP-XТ])\s?[A-HJ-NP-ZА-Я][A-HJ-NP-VА-Я]\s?(\d{2,5})\s?(\d{2,5})"
    r"(?!\w)"
)
_UTM = re.compile(
    r"(?<!\w)3[4-7]\s?[TUТN]?,?\s?(?:E\s?)?\d{6}(?:[.,]\d{1,3})?[\s,;]{1,2}(?:N\s?)?5\d{6}(?!\d)"
    r"|(?<!\w)[XХ]\s?[=:]\s?\d{6,7}[\s,;]{1,3}[YУ]\s?[=:]\s?\d{6,8}(?!\d)"
)
_PLUS_SIGNS = "23456789CFGHJMPQRVWX"
_PLUS = re.compile(
    rf"(?<![\w+])(?:[{_PLUS_SIGNS}]{{8}}"
    rf"|(?=\d{{0,3}}[A-Z])[{_PLUS_SIGNS}]{{4}})\+[{_PLUS_SIGNS}]{{2,3}}"
    r"(?![\w+])"
)
_LINK = re.compile(
    r"(?:https?://)?(?:www\.)?(?:maps\.app\.goo\.gl|goo\.gl/maps|google\.[a-z.]{2,6}/maps"
    r"|maps\.google\.|(?:www\.)?openstreetmap\.org|osm\.(?:org|ms)|umap\.openstreetmap"
    r"|(?:ul\.)?waze\.com|bing\.com/maps|maps\.apple\.com|yandex\.[a-z]{2,3}/maps|visicom\.ua"
    r"|wikimapia\.org|what3words\.com|w3w\.co|mapy\.c[zo]m?|deepstatemap|liveuamap|2gis"
    r"|wego\.here\.com|here\.com|uamap|geohack)[^\s<>\"]{0,300}"
    r"|(?<!\w)geo:-?\d[\d.,-]{3,40}|(?<![\w/:])///[^\W\d_]{2,25}\.[^\W\d_]{2,25}\.[^\W\d_]{2,25}"
)


def search(folded: Folded) -> Iterator[Hit]:
    """Points on the map in any of the ways in which people write them."""
    yield from _decimal(folded)
    for pattern in (_DMS, _DMS_PAIR, _BARE_MINUTES):
        for found in pattern.finditer(folded.text):
            yield Hit("degrees_minutes", *found.span())
    yield from _grids(folded.text)
    for found in _PLUS.finditer(folded.text):
        yield Hit("plus_code", *found.span())
    for found in _LINK.finditer(folded.low):
        yield Hit("map_link", *found.span())


def _decimal(folded: Folded) -> Iterator[Hit]:
    for found in _LABELLED.finditer(folded.low):
        yield Hit("decimal_degrees", *found.span())
    for found in _PAIR.finditer(folded.text):
        if _is_point(found, folded.low[max(0, found.start() - 40) : found.start()]):
            yield Hit("decimal_degrees", *found.span())


def _is_point(found: re.Match[str], before: str) -> bool:
    """Two numbers are a point if they say so, or are exact and lie where Ukraine does."""
    lat, lon = (found[name].replace(",", ".") for name in ("lat", "lon"))
    if abs(float(lat)) > 90 or abs(float(lon)) > 180:
        return False
    if (found["n"] and (found["e"] or found["d2"])) or (found["d1"] and found["d2"]):
        return True
    exact = min(len(lat.partition(".")[2]), len(lon.partition(".")[2]))
    if _ABOUT.search(before):
        return exact >= 2
    home = 44 <= float(lat) <= 52.5 and 22 <= float(lon) <= 40.5
    return exact >= (4 if home else 5)


def _grids(text: str) -> Iterator[Hit]:
    for found in _MGRS.finditer(text):
        zone, digits = int(found[1]), found[3] + found[4]
        home = 34 <= zone <= 37 and found[2] in "TUТ"
        even = len(digits) % 2 == 0
        if even and zone <= 60 and len(digits) >= (4 if home else 8):
            yield Hit("grid_reference", *found.span())
    for found in _UTM.finditer(text):
        yield Hit("grid_reference", *found.span())
