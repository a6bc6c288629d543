"""Words and signs that several searchers look for: names, dates, times, places."""

import re
from collections.abc import Iterator

UPPER = "A-ZА-ЯІЇЄҐÄÖÜŁŚŻŹĆŃÓ"
NAME = rf"[{UPPER}][\w'-]{{1,40}}"
"""A word that begins like a name."""

_MONTHS = (
    r"(?:січня|лютого|березня|квітня|травня|червня|липня|серпня|вересня|жовтня|листопада|грудня"
    r"|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
    r"|januar|februar|märz|mai|juni|juli|oktober|dezember"
    r"|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października"
    r"|listopada|grudnia)"
)
_DAYS = (
    r"(?:(?:що)?(?:понеділ(?:ок|ка)|вівтор(?:ок|ка)|серед[уи]|четвер(?:га)?|п'ятниц[юі]|субот[уи]"
    r"|неділ[юі])|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|poniedziałek|wtorek|środę|czwartek|piątek|sobotę|niedzielę)"
)
_SOON = (
    r"(?:завтра|післязавтра|сьогодні|уночі|вночі|tomorrow|tonight|today|heute|heutigen|morgen früh"
    r"|übermorgen|jutro|dzisiaj|dziś|pojutrze)"
)
TIME = r"\d{1,2}[:.]\d{2}(?!\d|[.,]\d)|\d{1,2}\s?(?:(?:am|pm|uhr|год|o'clock)\b|[ap]\.m\.)"
_HOUR_UK = (
    r"(?:перш|друг|трет|четверт|п'ят|шост|сьом|восьм|дев'ят|десят|одинадцят|дванадцят)"
    r"(?:ій|ої|ою|у|ьої|ьою|ю)"
)
_HOUR_EN = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
_FEW = r"(?:\d{1,2}|дві|три|чотири|п'ять|шість|кілька|півтори)"
_SPOKEN = (
    rf"(?:о|об|близько|після|на)\s{_HOUR_UK}(?=\s(?:годин|ранку|вечора|дня|ночі)|[.,;!?]|\s?$)"
    rf"|пів на {_HOUR_UK}|між {_HOUR_UK} (?:і|та|й) {_HOUR_UK}"
    r"|опівдні|опівночі|на світанку|надвечір|пополудні|(?:до|після|по) обід[уі]"
    rf"|(?:через|за)\s(?:{_FEW}\s)?годин[уи]?|години за {_FEW}"
    r"|(?:at|by|around|about|before|after|until|towards)\s(?:about\s)?(?:noon|midday|midnight"
    r"|dawn|dusk|daybreak|lunchtime|sunrise|sunset|nightfall)"
    rf"|(?:at|by|around|about|before|after)\s(?:half past\s)?{_HOUR_EN}\s(?:in the (?:morning"
    r"|afternoon|evening)|at night|o'clock|sharp)"
    r"|in (?:about\s)?(?:half an hour|(?:an|one|two|three|four|five|six|\d{1,2}) hours?)"
)
DATE = re.compile(
    rf"(?<![\w.])(?:\d{{1,2}}[./]\d{{1,2}}(?:[./]\d{{2,4}})?(?![\d%])|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|\d{{1,2}}(?:-?(?:го|th|st|nd|rd)|\.)?\s(?:of\s)?{_MONTHS}|{_MONTHS}\s\d{{1,2}}(?!\d)"
    r"|(?:on|by|until) the \d{1,2}(?:st|nd|rd|th)|\d{1,2}-го(?=\s(?:числа|вранці|ввечері|о\s)"
    r"|[,.;])"
    rf"|{_DAYS}|{_SOON})(?!\w)"
)
"""A day, in small letters: by number, by name, or told from today."""

CLOCK = re.compile(
    rf"(?<!\w)(?:о|об|at|from|um|o|o godz\.|by)\s(?:{TIME})|(?<![\w.,:])\d{{1,2}}:\d{{2}}(?!\d)"
    rf"|(?<!\w)(?:{_SPOKEN})(?!\w)"
)
"""A time of day in small letters: by the clock, in words, by the light, or told from now."""

PAST = re.compile(
    r"(?<!\w)(?:(?:прибу|приїха|виїха|достав[ия]|відправ[ия]|надійш|переда|отрима|доправ[ия]"
    r"|завез|привез|вируши"
    r"|відбу|ста|розвантажи|забра|прийня|роздали?|розподіли)(?:в|вся|ла|лася|лось|ло|ли|лися|но|то)"
    r"|arrived|left|departed|delivered|went|came|was|were|reached|returned|drove|travell?ed|sent"
    r"|had"
    r"|received|donated|handed|took|brought|startete[n]?|fuhr(?:en)?|kam(?:en)?|war(?:en)?|wurden?"
    r"|wyruszył\w{0,2}|dotarł\w{0,2}|pojechał\w{0,2})(?!\w)"
)
"""What has happened and can no longer be hit, in small letters."""

_NO_PLACE = re.compile(
    rf"(?:(?:{_MONTHS}|{_DAYS})(?!\w)|(?:січ|берез|квіт|трав|черв|лип|серп|верес|жовт"
    rf"|груд)(?:ень|ня|ні|нем)(?!\w)"
    r"|лют(?:ий|ого|ому)(?!\w)|листопад[аі]?(?!\w)"
    r"|internet|starlink|закон|law\b|рішен|цнап|дснс|єс\b|eu\b|нато|nato)"
)
_COUNTRY = re.compile(
    r"україн|європ|польщ|німеч|франц|італ|чех|словач|румун|литв|латв|естон|велик(?:ої|ій) британ"
    r"|ital|ukrain|europ|german|poland|polish|polsk|franc|czech|slovak|romania|lithuania|latvia"
    r"|estonia|united|deutschland|polen"
)
_PLACE = re.compile(
    r"(?<!\w)(?i:до|з|із|зі|у|в|від|біля|під|поблизу|поруч з|повз|на|at|from|to|in|near|outside"
    r"|за(?=\s(?:сел|міст|селищ|смт|хут|с\.|м\.))|next to|beside|opposite|past|beyond"
    r"|reach(?:es)?|leaves?|leaving|over|across|(?:outskirts|edge|suburbs?|centre|center|north"
    r"|south"
    r"|east|west|end) of|(?:off|leave|leaving|depart|bound|heading|headed|head|start)"
    r"(?:\s\w{1,15}){0,4}\sfor|околиц[іею]|передмісті|р\.|річку"
    r"|nach|aus|bei|von|do|ze|w|koło)\s(?:the\s)?(?:former\s)?"
    r"(?:(?:міст|сел|селищ|смт|м|с|громад)(?:[аіуо]|ом|\.)?\s?"
    r"|(?:village|town|city|hromada)\sof\s)?"
    rf"\"?([{UPPER}][\w'-]{{2,40}})"
)
_ANY_NAME = re.compile(rf"(?<!\w){NAME}")


_NEAR = 40


def apart(pattern: re.Pattern[str], low: str) -> Iterator[re.Match[str]]:
    """Matches that do not stand so close together that they share all of their sentence."""
    free = 0
    for found in pattern.finditer(low):
        if found.start() >= free:
            free = found.end() + _NEAR
            yield found


def place_in(text: str, start: int, end: int, *, abroad: bool = False) -> re.Match[str] | None:
    """The first name of a place, after a word such as “to” or “біля”, in part of a text.

    The name of a country is a place only where `abroad`.
    """
    for found in _PLACE.finditer(text, start, end):
        name = found[1].lower()
        if not _NO_PLACE.match(name) and (abroad or not _COUNTRY.match(name)):
            return found
    return None


def is_place(name: str) -> bool:
    """Whether a word that begins like a name is neither a month, a day nor a country."""
    low = name.lower()
    return not (_NO_PLACE.match(low) or _COUNTRY.match(low))


def name_in(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first word, but no month and no country, that begins like a name."""
    for found in _ANY_NAME.finditer(text, start, end):
        if is_place(found[0]):
            return found
    return None


def date_in(low: str, start: int, end: int) -> re.Match[str] | None:
    """The first day, else the first time of day, in part of a text in small letters."""
    return DATE.search(low, start, end) or CLOCK.search(low, start, end)
