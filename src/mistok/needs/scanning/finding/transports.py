"""Transports that are to come: a load or a vehicle, a day, and a place in one sentence."""

import re
from collections.abc import Iterator

from mistok.needs.scanning.finding.words import CLOCK, date_in, place_in
from mistok.needs.scanning.findings import Hit
from mistok.needs.scanning.folding import Folded

_LOAD = re.compile(
    r"вантаж|фур[аиу]\b|автобус|машин|мікроавт|конво[йюя]|колон[аи]|тягач|причіп|карет"
    r"|трансформатор|насос|генератор"
    r"|перевізник|експедитор|контейнер|допомог|бус[иі]?\b|truck|lorr(?:y|ies)|cargo|shipment"
    r"|convoy|\bbus(?:es)?\b|fire engine"
    r"|\bvans?\b|consignment|carrier|container|transformer|generator|pumps|\baid\b|ambulances?"
    r"|trailer|lkw|lastwagen"
    r"|hilfsgüter|\w{0,12}transport|ciężarów|konw[oó]j|\bdar(?:y|ami|ów)\b|\bbus(?:em|y)?\b"
    r"|wolontariusz"
    r"|рейс"
)
_WILL = re.compile(
    r"(?<!\w)(?:прибуд(?:е|уть|емо)|прибува(?:є|ють)|виїд(?:е|уть|емо)|виїжджа\w{1,4}"
    r"|вируш(?:ить|ать|имо|ає|ають|аємо)|відправ(?:имо|лять|ить|ляємо)|достав(?:имо|ить|лять)"
    r"|приїд(?:е|уть|емо)|приїжджа\w{1,3}|розвантаж(?:имо|ать|ить)|завантаж(?:имо|ать|ить)"
    r"|очікуємо|надійд(?:е|уть)|приве(?:зе|зуть|земо)|повез(?:е|уть|емо)|вез(?:емо|уть)"
    r"|завез(?:емо|уть)|забер(?:емо|уть)|зустріча(?:ємо|ють)|переда(?:мо|дуть|сть)|пряму(?:є|ють"
    r"|ємо)"
    r"|їд(?:е|уть|емо)|поїд(?:е|уть|емо)|(?:(?:по|при|за)?їха|руха|прямува|вез|чека|виїжджа"
    r"|прибува|відправля|доставля|перетина|пересува|розвантажува|завантажува|передава|приїжджа"
    r"|курсува|вируша)тим(?:е|уть|емо)"
    r"|(?:повин\w{1,3}|ма(?:є|ють|ємо)|плану\w{2,5}|буд(?:е|уть|емо)|готу\w{2,5})\s(?:\w{1,15}\s)?"
    r"(?:прибу|виїх|вируш|приїх|достав|відправ|переда|перетн|розвантаж|заванта|привез"
    r"|забр)\w{1,8})(?!\w)"
)
_WILL_ABROAD = re.compile(
    r"(?:(?<!\w)|(?<=\w)(?='))(?:(?:will|'ll|should|shall|is to|are to|going to|due to|expected to"
    r"|scheduled to|plan to|planning to|want to|hope to|estimation is to)\s(?:then\s|also\s)?"
    r"(?:arrive|leave|depart|reach|deliver|come|set off|set out|drive|travel|head|go|start|cross"
    r"|bring|pick up|hand over|load|unload|be (?:there|\w{2,12}ed|sent|taken|brought))"
    r"|arrives?|arriving|leaves?|leaving|departs?|departing|we expect|is due|are due|eta|hand over"
    r"|there will be (?:a|another) (?:transport|convoy|delivery)|macht sich|machen sich|kommt"
    r"|kommen|trifft|treffen"
    r"|starte[tn]|bringt|bringen|fährt|fahren|wyrusz(?:y|ymy|ą|a|ają)|wyjedzi\w{1,3}"
    r"|dotrze|dotrą|przyjedzi\w{1,3}|pojedzi\w{1,3}|wyjeżdża\w{0,3})(?!\w)"
)
_NOUN = re.compile(
    r"(?<!\w)(?:прибуття|виїзд\w{0,2}|відправлення|доставк\w|розвантаження|завантаження"
    r"|передач[аіу]"
    r"|arrival|departure|dispatch|delivery|unloading|loading|handover|abfahrt|ankunft|entladung"
    r"|odjazd|rozładunek|dostaw[ay])(?!\w)"
)
_PAST = re.compile(
    r"(?<!\w)(?:(?:прибу|приїха|виїха|достав[ия]|відправ[ия]|надійш|переда|отрима|доправ[ия]"
    r"|завез|привез|вируши"
    r"|відбу|ста|розвантажи|забра|прийня|роздали?|розподіли)(?:в|вся|ла|лася|лось|ло|ли|лися|но|то)"
    r"|arrived|left|departed|delivered|went|came|was|were|reached|returned|drove|travell?ed|sent"
    r"|had"
    r"|received|donated|handed|took|brought|startete[n]?|fuhr(?:en)?|kam(?:en)?|war(?:en)?|wurden?"
    r"|wyruszył\w{0,2}|dotarł\w{0,2}|pojechał\w{0,2})(?!\w)"
)
_NEAR = 40
_UNTIL = re.compile(
    r"(?<!\w)(?:до|не пізніше|by|before|until|not later than|bis|spätestens"
    r"|przed)\s(?:\w{1,12}\s)?$"
)
"""A day until which something is needed is no day of a transport."""


def search(folded: Folded) -> Iterator[Hit]:
    """Sentences that tell when a transport is where; what has happened is not found."""
    for pattern in (_WILL, _WILL_ABROAD):
        for found in _apart(pattern, folded.low):
            yield from _dated(folded, found)
    for pattern in (_NOUN, CLOCK):
        for found in _apart(pattern, folded.low):
            if not _PAST.search(folded.low, *folded.sentence(*found.span())):
                yield from _dated(folded, found, moves=pattern is _NOUN)


def _apart(pattern: re.Pattern[str], low: str) -> Iterator[re.Match[str]]:
    """Matches that do not stand so close together that they share all of their sentence."""
    free = 0
    for found in pattern.finditer(low):
        if found.start() >= free:
            free = found.end() + _NEAR
            yield found


def _dated(folded: Folded, found: re.Match[str], *, moves: bool = True) -> Iterator[Hit]:
    """The hit where the sentence also names a load, a day and, unless it `moves`, a place."""
    first, last = folded.sentence(*found.span())
    day = date_in(folded.low, first, last)
    if day is None or not _LOAD.search(folded.low, first, last):
        return
    place = place_in(folded.text, first, last, abroad=True)
    spans = [found.span(), day.span()]
    if place:
        spans.append(place.span())
    elif not moves or _UNTIL.search(folded.low, max(0, day.start() - 24), day.start()):
        return
    why = "transport_time" if place else "transport_day"
    yield Hit(why, min(start for start, _ in spans), max(end for _, end in spans))
