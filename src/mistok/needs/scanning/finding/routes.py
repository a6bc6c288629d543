"""Routes: crossings of the border, roads and stations on the way, convoys, departures."""

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from mistok.needs.scanning.finding.words import (
    CLOCK,
    NAME,
    PAST,
    UPPER,
    apart,
    date_in,
    name_in,
    place_in,
)
from mistok.needs.scanning.findings import Hit
from mistok.needs.scanning.folding import Folded

_BORDER = re.compile(
    r"пункт\w{0,3} пропуску|(?<!\w)(?:м?апп|кпп)(?!\w)|прикордонн\w{1,3} перех\w{2,3}"
    r"|border crossing(?: point)?"
    r"|crossing point|checkpoint|border post|przejści\w{1,2} graniczn\w{2,3}|grenzübergang\w{0,2}"
)
_NAMED = re.compile(rf"[\s:-]{{0,3}}\"?[{UPPER}][\w'-]{{2,30}}|\s(?:у|в|in|at|bei)\s\"?[{UPPER}]")
_NAME_BEFORE = re.compile(rf"[{UPPER}][\w'-]{{2,30}}\"?\s$")
_CROSSING = re.compile(
    r"кордон|перетн|перетин|черг[аиі]|через\s|пропуск|в'їзд|в'їжд|заход|зайд|заїжд|заїзд|border"
    r"|cross|via\s|through\s|queue|enter|granic"
    r"|grenz|über\s|przez\s"
)
_MOVING = re.compile(
    r"(?<!\w)(?:рухати(?:м\w{1,6}|ся)|їхатим\w{1,3}|їдемо|їде|їдуть|поїде\w{0,2}|везтим\w{1,3}"
    r"|веземо|везуть|повезе\w{0,2}"
    r"|\w{2,16}тим(?:е|уть|емо)|буд(?:е|уть|емо)\s(?:\w{1,12}\s)?\w{2,14}ти(?:ся)?"
    r"|\w{2,14}ти(?:ся)?\s(?:\w{1,12}\s){0,2}буд(?:е|уть|емо)|(?:в'|за|про|ви|об'|пере)їжджа(?:є"
    r"|ють|ємо)"
    r"|стан(?:е|уть|емо)|стоїмо|стоять у|заход(?:ить|ять|имо)|звертаємо|повертаємо|минаємо|рушимо"
    r"|проходитим\w{1,3}|перетн\w{1,3}|перетинатим\w{1,3}|заїде\w{0,2}|пройде|проїде|далі на"
    r"|виїзд|виїде\w{0,2}|вируш(?:ить|ать|ає\w{0,3})"
    r"|will (?:go|drive|cross|travel|pass|come|take|leave|head)|going to (?:drive|cross|go)"
    r"|(?:are|is) (?:travelling|driving|going|coming|crossing)"
    r"|(?:we|they|i)'(?:re|ll|m)|enter(?:s|ing)?|sets? (?:off|out)|driving|then take"
    r"|travel|plan to (?:drive|cross|go)|departure|then via|leaves|crosses|fährt|fahren"
    r"|przekroczy|pojedzie|jedzie|wyruszy|zielort|ziel ist)(?!\w)"
)
_VIA = re.compile(
    rf"(?<!\w)(?i:via|through|через|przez|über|along the|трас\w{{1,3}}|повз|в об'їзд|об'їздом"
    rf"|past|avoiding|bypassing|шосе)\s(?:the\s)?\"?(?:{NAME}|[МНРTHPE]-?\d{{2}})"
)
_ASIDE = r"(?:\s\([^()]{1,12}\))?"
_CHAIN = re.compile(rf"{NAME}{_ASIDE}\s?-\s{NAME}{_ASIDE}\s?-\s{NAME}|{NAME}\s?(?:→|->|>)\s?{NAME}")
_FROM_TO = re.compile(
    rf"[\w\s:-]{{0,30}}?\s(?:from|з|із|зі|від|von|z)\s{NAME}\s(?:to|до|nach|do)\s{NAME}"
)
_BETWEEN = re.compile(
    rf"(?<!\w)(?i:from|з|із|зі|від|von|z)\s(?:міста\s)?{NAME}\s(?:to|до|у|в|nach"
    rf"|do)\s(?:міста\s)?{NAME}"
)
_GOING = re.compile(
    r"(?<!\w)(?:пряму(?:є|ють|ємо)|їд(?:е|уть|емо)|рухаються|рухається|поновлен\w{1,3} руху"
    r"|поїд(?:е|уть|емо)|вируш(?:ає|ають|ить|ать)"
    r"|вез(?:емо|уть)|їхатим\w{1,4}|heading|is going|are going|on (?:its|their) way|will (?:go"
    r"|drive|travel)|fährt|fahren|jedzie|jadą)(?!\w)"
)
_TRAVEL = re.compile(
    r"(?<!\w)(?:(?:ви|за|по|про|при|пере|до|об|під)?'?їд(?:у|е|уть|емо)|(?:ви|за|про|при|пере|до"
    r"|об|під"
    r"|в)'?їжджа(?:ю|є|ють|ємо)|(?:по|за|при|пере|до|від)?вез(?:у|е|уть|емо)|вируш(?:у|ить|ать"
    r"|имо|ає"
    r"|ають|аємо)|руша(?:є|ють|ємо)|пряму(?:є|ють|ємо)|їхатиме\w{0,2}|рухатиме\w{0,4}"
    r"|відправля(?:є|ють|ємо)"
    r"|driv(?:e|es|ing)|travel(?:s|ling|ing)?|head(?:s|ing)?(?= (?:out|for|to|north|south|east"
    r"|west|back))"
    r"|continu(?:e|es|ing) (?:the|our|their|its) journey|(?:make|makes|making) (?:its|their"
    r"|our) way"
    r"|turn(?:ing)? off|overnight stop|journey will|take (?:them|us|it) to|pass(?:es|ing) through"
    r"|fahren|fährt|bringt|jadą|jedzie|jedziemy)(?!\w)"
)
"""People or vehicles on their way, or about to be."""
_TURNING = re.compile(
    r"(?<!\w)(?:звертаємо|звернемо|повертаємо|повернемо|об'їжджаємо|об'їдемо|минаємо|turn off"
    r"|turning off)"
    r"(?!\sуваг)(?!\w)"
)
_VEHICLES = re.compile(
    r"(?<!\w)(?:supplies|boxes|коробк\w{1,3}|генератор\w{0,3}|ліки|медикамент\w{1,2}|vans?"
    r"|vehicles?|4x4s?|бус(?:и|ом|ами|ів)?|пікап\w{0,3})(?!\w)"
)
_ROUTE = re.compile(r"(?<!\w)(?:маршрут\w{0,3}|routes?|itinerary|tras[aąyę]|strecke)(?!\w)")
_MOVED = re.compile(
    r"\s(?:руху|слідування|колон|конво|перевез|доставк|вантаж|пересуван|of the (?:convoy|truck"
    r"|transport|cargo|lorr))"
)
_LOAD = re.compile(
    r"вантаж|колон|конво|фур[аиу]|гуманітарн|допомог|перевез|cargo|convoy|truck|lorr"
    r"|shipment|\baid\b|konw|lkw"
)
_TRAFFIC = re.compile(rf"{_LOAD.pattern}|автобус|\bbus(?:es)?\b|авто\b|\bvans?\b")
_EDGE = re.compile(r"кордон|border|highway|motorway")
_LEISURE = re.compile(
    r"турист|велосипед|пішохід|автобусн|шкільн|тролейбус|маршрутн|пацієнт|освітн|екскурс|стежк"
    r"|паломн|навчальн|tourist|touris|bus|cycl|hiking|school"
    r"|patient|career|legal|pilgrim|tram|walking|cultural"
)
_DEPARTURE = re.compile(
    r"(?<!\w)(?:виїзд\w{0,2}|виїжджа\w{1,4}|виїде\w{0,2}|виїдуть|вируша\w{1,4}|вирушить|вирушать"
    r"|відправлення|старт колони"
    r"|рушаємо|рушимо|стартуємо"
    r"|departure|departs?|leav(?:e|es|ing)|sets? (?:off|out)|setting (?:off|out)|abfahrt|wyjazd"
    r"|odjazd)(?!\w)"
)
_CONVOY = re.compile(
    r"(?<!\w)(?:конво(?:й|ю|я|єм|ї|їв)|колон(?:а|и|ою|у|і)|convoys?|konvois?"
    r"|konw[oó]j\w{0,2})(?!\w)"
)
_COMING = re.compile(
    r"(?<!\w)(?:перетн\w{1,3}|перетинатим\w{1,3}|їхатим\w{1,3}|рухатим\w{1,6}|вируш(?:ить|ать"
    r"|ає\w{0,3})|прибуде|прибудуть|прибуває|виїде\w{0,2}"
    r"|вируша\w{1,3}|руша\w{1,3}|їд(?:е|уть)|заїжджа\w{1,3}|виїжджа\w{1,3}|прямує|стартує|чекаємо"
    r"|зустріча\w{2,4}"
    r"|(?:sets?|setting) (?:off|out)|starts|rolls?|heads|heading|crossing|arriving|leaving"
    r"|буде|супров\w{2,4}|завтра|will|leaves|arrives|crosses|departs|is going|escort|tomorrow"
    r"|tonight|wird|morgen|fährt|przekroczy|wyruszy|jutro"
    r"|przyjedzie|dotrze)(?!\w)"
)
_UNDER_WAY = re.compile(
    r"(?<!\w)(?:(?:вже )?[ув] дорозі|на шляху до|on (?:its|their) way to|en route to"
    r"|unterwegs nach|w drodze do)(?!\w)"
)
_JUST = re.compile(
    r"(?<!\w)(?:вже|щойно|тільки що|оце|якраз)\s(?:\w{1,12}\s)?(?:про|ви|пере|за|мин|об)\w{0,2}"
    r"(?:їхал[аи]|йшли|тнули|нули|їжджа(?:ємо|ють|є))|(?:під|про|до)'?їжджа(?:ємо|ють)"
    r"|(?<!\w)(?:just|already)\s(?:passed|left|crossed|cleared|entered)|(?<!\w)(?:we|they|i)\s"
    r"(?:have\s|'ve\s)?(?:passed|left|crossed)(?=[^.!?\n]{1,40}\sago(?!\w))"
)
"""What has just been passed tells where the transport is now."""


def search(folded: Folded) -> Iterator[Hit]:
    """What tells which way a transport takes, or that it is about to."""
    yield from _crossings(folded)
    yield from _ways(folded)
    yield from _travels(folded)
    yield from _departures(folded)
    yield from _convoys(folded)


@cache
def crossing_names() -> re.Pattern[str]:
    """The names of Ukraine's crossings to the west, in their inflected forms, small letters."""
    source = files("mistok.needs.scanning") / "data" / "border_crossings.json"
    stems = json.loads(source.read_text(encoding="utf-8"))["stems"]
    return re.compile(rf"(?<!\w)(?:{'|'.join(stems)})(?!\w)")


def _crossings(folded: Folded) -> Iterator[Hit]:
    for found in _BORDER.finditer(folded.low):
        start, end = found.span()
        named = _NAMED.match(folded.text, end)
        before = _NAME_BEFORE.search(folded.text, max(0, start - 34), start)
        if named or before:
            first = before.start() if before else start
            yield Hit("crossing", first, named.end() if named else end)
        elif re.search(
            r"(?:через|via|through)\s(?:the\s)?$", folded.low[max(0, start - 14) : start]
        ):
            yield Hit("route_word", start, end)
    for found in crossing_names().finditer(folded.low):
        if not folded.text[found.start()].isupper():
            continue
        first, last = folded.sentence(*found.span(), reach=80)
        moving = _MOVING.search(folded.low, first, last) or date_in(folded.low, first, last)
        if moving and _CROSSING.search(folded.low, first, last):
            yield Hit("crossing", *found.span())


def _ways(folded: Folded) -> Iterator[Hit]:
    for found in _ROUTE.finditer(folded.low):
        start, end = found.span()
        if way := _way_told(folded, start, end):
            yield Hit("route", min(start, way.start()), max(end, way.end()))
        elif moved := _MOVED.match(folded.low, end):
            yield Hit("route", start, moved.end())
        else:
            first, last = folded.sentence(start, end, reach=70)
            if _LOAD.search(folded.low, first, last) and not _is_leisure(folded, start, end):
                yield Hit("route_word", start, end)
    for found in _BETWEEN.finditer(folded.text):
        first, last = folded.sentence(*found.span(), reach=80)
        if _GOING.search(folded.low, first, last) and _TRAFFIC.search(folded.low, first, last):
            yield Hit("route", *found.span())
    for found in _VIA.finditer(folded.text):
        first, last = folded.sentence(*found.span(), reach=80)
        if _MOVING.search(folded.low, first, last):
            yield Hit("route", *found.span())


def _travels(folded: Folded) -> Iterator[Hit]:
    """Loads and vehicles that are on their way to a named place, and turns that they take."""
    for found in apart(_TURNING, folded.low):
        last = folded.sentence(*found.span(), reach=60)[1]
        towards = name_in(folded.text, found.end(), last) or _EDGE.search(
            folded.low, found.end(), last
        )
        if towards:
            yield Hit("route", found.start(), towards.end())
    for found in apart(_TRAVEL, folded.low):
        first, last = folded.sentence(*found.span())
        if PAST.search(folded.low, first, last) or _LEISURE.search(folded.low, first, last):
            continue
        place = place_in(folded.text, first, last)
        if place and _carries(folded, first, last):
            start, end = min(found.start(), place.start()), max(found.end(), place.end())
            yield Hit("route_word", start, end)


def _carries(folded: Folded, first: int, last: int) -> bool:
    """Whether a load or a vehicle is spoken of."""
    low = folded.low
    return bool(_LOAD.search(low, first, last) or _VEHICLES.search(low, first, last))


def _way_told(folded: Folded, start: int, end: int) -> re.Match[str] | None:
    """The places of a route (from A to B, or A - B - C) beside the word for it."""
    if _is_leisure(folded, start, end):
        return None
    chain = _CHAIN.search(folded.text, max(0, start - 140), end + 140)
    if chain and start - 60 <= chain.end() and chain.start() - end <= 30:
        return chain
    return _FROM_TO.match(folded.text, end)


def _is_leisure(folded: Folded, start: int, end: int) -> bool:
    """Whether it is a route of tourists, pupils or patients, or of a bus by a timetable."""
    return _LEISURE.search(folded.low, max(0, start - 40), end + 20) is not None


def _departures(folded: Folded) -> Iterator[Hit]:
    for found in _DEPARTURE.finditer(folded.low):
        clock = CLOCK.search(folded.low, found.end(), found.end() + 60)
        if clock and clock.start() - found.end() <= 40:
            yield Hit("departure", found.start(), clock.end())


def _convoys(folded: Folded) -> Iterator[Hit]:
    for found in _CONVOY.finditer(folded.low):
        first, last = folded.sentence(*found.span(), reach=80)
        coming = _COMING.search(folded.low, first, last)
        if coming:
            yield Hit("convoy", min(found.start(), coming.start()), max(found.end(), coming.end()))
    for found in _UNDER_WAY.finditer(folded.low):
        first, last = folded.sentence(*found.span(), reach=80)
        if _carries(folded, first, last):
            yield Hit("under_way", *found.span())
    for found in _JUST.finditer(folded.low):
        last = folded.sentence(*found.span(), reach=60)[1]
        if named := name_in(folded.text, found.end(), min(last, found.end() + 40)):
            yield Hit("under_way", found.start(), named.end())
