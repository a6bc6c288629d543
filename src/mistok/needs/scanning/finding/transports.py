"""Transports that are to come: a load or a vehicle, a day, and a place in one sentence."""

import re
from collections.abc import Iterator

from mistok.needs.scanning.finding import routes
from mistok.needs.scanning.finding.words import CLOCK, PAST, apart, date_in, place_in
from mistok.needs.scanning.findings import Hit
from mistok.needs.scanning.folding import Folded

_LOAD = re.compile(
    r"вантаж|фур[аиу]\b|автобус|машин|мікроавт|конво[йюя]|колон[аи]|тягач|причіп|карет"
    r"|трансформатор|насос|генератор"
    r"|перевізник|експедитор|контейнер|допомог|(?<!\w)бус(?:[иіау]|ом|ами|ів)?\b|truck|lorr(?:y"
    r"|ies)|cargo|shipment"
    r"|convoy|\bbus(?:es)?\b|fire engine"
    r"|\bvans?\b|consignment|carrier|container|transformer|generator|pumps|\baid\b|ambulances?"
    r"|trailer|lkw|lastwagen"
    r"|hilfsgüter|\w{0,12}transport|ciężarów|konw[oó]j|\bdar(?:y|ami|ów)\b|\bbus(?:em|y)?\b"
    r"|wolontariusz"
    r"|рейс|поїзд(?!к)|потяг|ешелон|вагон|пікап|спринтер|палет|піддон|pickups?|pallets|sprinter"
    r"|minibus|fire trucks?|wagons?|\btrains?(?=\s(?:\d|with|from|arriv|leav))"
)
_WILL = re.compile(
    r"(?<!\w)(?:прибуд(?:е|уть|емо)|прибува(?:є|ють)|виїд(?:е|уть|емо)|виїжджа\w{1,4}"
    r"|вируш(?:ить|ать|имо|ає|ають|аємо)|відправ(?:имо|лять|ить|ляємо)|достав(?:имо|ить|лять)"
    r"|приїд(?:е|уть|емо)|приїжджа\w{1,3}|розвантаж(?:имо|ать|ить)|завантаж(?:имо|ать|ить)"
    r"|очікуємо|надійд(?:е|уть)|приве(?:зе|зуть|земо)|повез(?:е|уть|емо)|вез(?:емо|уть)"
    r"|завез(?:емо|уть)|забер(?:емо|уть)|зустріча(?:ємо|ють)|переда(?:мо|дуть|сть)|пряму(?:є|ють"
    r"|ємо)"
    r"|(?:ви|за|при|під|про|пере|до)?'?їжджа(?:є|ють|ємо)|(?:за|ви|під|про|пере|до)?'?їд(?:е|уть"
    r"|емо)"
    r"|отрима(?:є|ють|ємо)|стартує\w{0,2}|руша(?:є|ють|ємо)|руш(?:ить|ать|имо)|доставля(?:є|ють"
    r"|ємо)"
    r"|(?:чекаємо|ждемо|зустрічайте)(?!\s(?:на\s)?(?:ваш|відповід|пропозиц|рішен))"
    r"|їд(?:е|уть|емо)|поїд(?:е|уть|емо)|(?:(?:по|при|за)?їха|руха|прямува|вез|чека|виїжджа"
    r"|прибува|відправля|доставля|перетина|пересува|розвантажува|завантажува|передава|приїжджа"
    r"|курсува|вируша)тим(?:е|уть|емо)"
    r"|(?:повин\w{1,3}|ма(?:є|ють|ємо)|плану\w{2,5}|буд(?:е|уть|емо)|готу\w{2,5})\s(?:\w{1,15}\s)?"
    r"(?:прибу|виїх|вируш|приїх|достав|відправ|переда|перетн|розвантаж|заванта|привез"
    r"|забр)\w{1,8})(?!\w)"
)
_WILL_ABROAD = re.compile(
    r"(?:(?<!\w)|(?<=\w)(?='))(?:(?:will|'ll|should|shall|is to|are to|going to|due to|expected to"
    r"|scheduled to|plan to|planning to|want to|hope to|hopes to|estimation is to|ought to"
    r"|expects? to)\s(?:then\s|also\s)?"
    r"(?:arrive|leave|depart|reach|deliver|come|set off|set out|drive|travel|head|go|start|cross"
    r"|bring|pick up|hand over|load|unload|be (?:there|here|in|at|with you"
    r"|\w{2,12}ed|sent|taken|brought)|get (?:in|there|here|to)|roll (?:in|out)|turn up|pull in)"
    r"|(?:is|are|'re|'s) (?:coming|driving|travelling|traveling|bringing|crossing|heading|rolling"
    r"|expected|due)"
    r"|(?:we|they) (?:drive|travel|head|leave|start|cross)"
    r"|sets? (?:off|out)|setting (?:off|out)|rolls? (?:in|out)|expect (?:the|our|a|two|three|them)"
    r"|arrives?|arriving|leaves?|leaving|departs?|departing|we expect|is due|are due|eta|hand over"
    r"|there will be (?:a|another) (?:transport|convoy|delivery)|macht sich|machen sich|kommt"
    r"|kommen|trifft|treffen"
    r"|starte[tn]|bringt|bringen|fährt|fahren|wyrusz(?:y|ymy|ą|a|ają)|wyjedzi\w{1,3}"
    r"|dotrze|dotrą|przyjedzi\w{1,3}|pojedzi\w{1,3}|wyjeżdża\w{0,3})(?!\w)"
)
_NOUN = re.compile(
    r"(?<!\w)(?:прибуття|виїзд\w{0,2}|відправлення|доставк\w|розвантаження|завантаження"
    r"|передач[аіу]|подорож|поїздка|рейс|trip|journey"
    r"|arrival|departure|dispatch|delivery|unloading|loading|handover|abfahrt|ankunft|entladung"
    r"|odjazd|rozładunek|dostaw[ay])(?!\w)"
)
_ON_THE_ROAD = re.compile(r"(?<!\w)(?:set(?:ting)? (?:off|out)|on the road|overnight)(?!\w)")
"""What is said of a journey by road, also where nothing tells what is carried."""
_HANDLING = ("unload", "loading", "розванта", "заванта", "entlad", "rozład")
"""Words that speak of a load by themselves."""
_UNTIL = re.compile(
    r"(?<!\w)(?:до|не пізніше|by|before|until|not later than|bis|spätestens"
    r"|przed)\s(?:\w{1,12}\s)?$"
)
"""A day until which something is needed is no day of a transport."""


def search(folded: Folded) -> Iterator[Hit]:
    """Sentences that tell when a transport is where; what has happened is not found."""
    for pattern in (_WILL, _WILL_ABROAD):
        for found in apart(pattern, folded.low):
            yield from _dated(folded, found)
    for pattern in (_NOUN, CLOCK):
        for found in apart(pattern, folded.low):
            if not PAST.search(folded.low, *folded.sentence(*found.span())):
                yield from _dated(folded, found, moves=pattern is _NOUN)
    for hit in routes.search(folded):
        day = hit.why != "route_word" and date_in(folded.low, *folded.sentence(*hit[1:]))
        if day:
            yield Hit("transport_time", min(hit.start, day.start()), max(hit.end, day.end()))


def _dated(folded: Folded, found: re.Match[str], *, moves: bool = True) -> Iterator[Hit]:
    """The hit where the sentence also names a load, a day and, unless it `moves`, a place."""
    first, last = folded.sentence(*found.span())
    day = date_in(folded.low, first, last)
    if day is None:
        return
    loaded = found[0].startswith(_HANDLING) or _LOAD.search(folded.low, first, last)
    if not (loaded or _ON_THE_ROAD.search(folded.low, first, last)):
        return
    place = place_in(folded.text, first, last, abroad=True)
    spans = [found.span(), day.span()]
    if place:
        spans.append(place.span())
    elif not moves or _UNTIL.search(folded.low, max(0, day.start() - 24), day.start()):
        return
    why = "transport_time" if place else "transport_day"
    yield Hit(why, min(start for start, _ in spans), max(end for _, end in spans))
