"""Words and signs that several searchers look for: names, dates, times, places."""

import re

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
    r"(?:понеділ(?:ок|ка)|вівтор(?:ок|ка)|серед[уи]|четвер(?:га)?|п'ятниц[юі]|субот[уи]|неділ[юі]"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag"
    r"|poniedziałek|wtorek|środę|czwartek|piątek|sobotę|niedzielę)"
)
_SOON = (
    r"(?:завтра|післязавтра|сьогодні|уночі|вночі|tomorrow|tonight|today|heute|heutigen|morgen früh"
    r"|übermorgen|jutro|dzisiaj|dziś|pojutrze)"
)
TIME = r"\d{1,2}[:.]\d{2}(?!\d|[.,]\d)|\d{1,2}\s?(?:am|pm|uhr|год)\b"
DATE = re.compile(
    rf"(?<![\w.])(?:\d{{1,2}}[./]\d{{1,2}}(?:[./]\d{{2,4}})?(?![\d%])|\d{{4}}-\d{{2}}-\d{{2}}"
    rf"|\d{{1,2}}(?:-?(?:го|th|st|nd|rd)|\.)?\s(?:of\s)?{_MONTHS}|{_MONTHS}\s\d{{1,2}}(?!\d)"
    rf"|{_DAYS}|{_SOON})(?!\w)"
)
"""A day, in small letters: by number, by name, or told from today."""

CLOCK = re.compile(
    rf"(?<!\w)(?:о|об|at|um|o|o godz\.|by)\s(?:{TIME})|(?<![\w.,:])\d{{1,2}}:\d{{2}}(?!\d)"
)
"""A time of day, in small letters."""

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
    r"(?<!\w)(?i:до|з|із|зі|у|в|від|біля|під|поблизу|поруч з|на|at|from|to|in|near|outside"
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


def place_in(text: str, start: int, end: int, *, abroad: bool = False) -> re.Match[str] | None:
    """The first name of a place, after a word such as “to” or “біля”, in part of a text.

    The name of a country is a place only where `abroad`.
    """
    for found in _PLACE.finditer(text, start, end):
        name = found[1].lower()
        if not _NO_PLACE.match(name) and (abroad or not _COUNTRY.match(name)):
            return found
    return None


def name_in(text: str, start: int, end: int) -> re.Match[str] | None:
    """The first word, but no month and no country, that begins like a name."""
    for found in _ANY_NAME.finditer(text, start, end):
        name = found[0].lower()
        if not (_NO_PLACE.match(name) or _COUNTRY.match(name)):
            return found
    return None


def date_in(low: str, start: int, end: int) -> re.Match[str] | None:
    """The first day, else the first time of day, in part of a text in small letters."""
    return DATE.search(low, start, end) or CLOCK.search(low, start, end)
