"""Words for days, months and years in the four languages, and what each of them means.

Months come with the cases they take after a day ("9 lutego") and after "in" ("w lutym"). A phrase
such as "the same year" means an operation: `day:-1` is the day before the text's own date,
`year:0` its year, `same:year` the year told before, `none` a time that is no single date.
"""

from functools import cache

MONTHS = {
    "en": """january jan|february feb|march mar|april apr|may|june jun|july jul|august aug
        |september sept sep|october oct|november nov|december dec""",
    "uk": """січень січня січні|лютий лютого лютому|березень березня березні
        |квітень квітня квітні|травень травня травні|червень червня червні|липень липня липні
        |серпень серпня серпні|вересень вересня вересні|жовтень жовтня жовтні
        |листопад листопада листопаді|грудень грудня грудні""",
    "de": """januar jänner jan|februar feber feb|märz mär mrz|april apr|mai|juni jun|juli jul
        |august aug|september sept sep|oktober okt|november nov|dezember dez""",
    "pl": """styczeń stycznia styczniu|luty lutego lutym|marzec marca marcu
        |kwiecień kwietnia kwietniu|maj maja maju|czerwiec czerwca czerwcu|lipiec lipca lipcu
        |sierpień sierpnia sierpniu|wrzesień września wrześniu
        |październik października październiku|listopad listopada listopadzie
        |grudzień grudnia grudniu""",
}

WEEKDAYS = {
    "en": "monday|tuesday|wednesday|thursday|friday|saturday|sunday",
    "uk": """понеділок понеділка понеділку|вівторок вівторка вівторку|середа середу середи
        |четвер четверга|п'ятниця п'ятницю п'ятниці|субота суботу суботи|неділя неділю неділі""",
    "de": "montag|dienstag|mittwoch|donnerstag|freitag|samstag sonnabend|sonntag",
    "pl": """poniedziałek poniedziałku|wtorek wtorku|środa środę środy|czwartek czwartku
        |piątek piątku|sobota sobotę soboty|niedziela niedzielę niedzieli""",
}

_PARTS_OF_DAY = "abend morgen mittag vormittag nachmittag nacht"

PHRASES = {
    "en": """
        day:0 today|tonight|this morning|this afternoon|this evening|earlier today
        day:-1 yesterday|last night
        day:1 tomorrow
        day:-2 the day before yesterday
        day:2 the day after tomorrow
        year:0 this year|this spring|this summer|this autumn|this fall|this winter
        year:-1 last year|the previous year
        year:1 next year|the coming year
        month:0 this month
        month:-1 last month
        month:1 next month
        same:year the same year|that same year|that year
        same:month the same month|that month
        same:day the same day|that same day|that day
        season:5 last spring|this past spring|in the spring|in spring
        season:8 last summer|this past summer|in the summer|over the summer
        season:11 last autumn|last fall|this past autumn|this past fall|in the autumn|in the fall
        none this week|last week|next week
        none last winter|next spring|next summer|next autumn|next winter""",
    "uk": """
        day:0 сьогодні|цього дня
        day:-1 вчора|учора|напередодні ввечері
        day:1 завтра
        day:-2 позавчора
        day:2 післязавтра
        year:0 цього року|цьогоріч|у цьому році|в цьому році|цієї весни|цього літа|цієї осені
        year:-1 торік|минулого року|минулоріч|у минулому році|в минулому році
        year:1 наступного року|у наступному році|в наступному році
        month:0 цього місяця
        month:-1 минулого місяця
        month:1 наступного місяця
        same:year того ж року|того самого року|тоді ж року|у тому ж році|в тому ж році
        same:month того ж місяця|того самого місяця
        same:day того ж дня|того самого дня|цього ж дня
        season:5 минулої весни|навесні|весною
        season:8 минулого літа|влітку|улітку
        season:11 минулої осені|восени
        year:0 цьогорічної весни|цьогоріч навесні|цьогоріч влітку|цьогоріч восени
        none цього тижня|минулого тижня|наступного тижня""",
    "de": """
        day:0 heute
        day:-1 gestern
        day:1 morgen
        day:-2 vorgestern
        day:2 übermorgen
        year:0 dieses Jahr|in diesem Jahr|dieses Jahres|im laufenden Jahr
        year:-1 letztes Jahr|vergangenes Jahr|im letzten Jahr|im vergangenen Jahr|im Vorjahr
        year:-1 letzten Jahres|vergangenen Jahres
        year:1 nächstes Jahr|im nächsten Jahr|im kommenden Jahr|kommendes Jahr
        month:0 diesen Monat|in diesem Monat
        month:-1 im vergangenen Monat|im letzten Monat|vergangenen Monat|letzten Monat
        month:1 im nächsten Monat|im kommenden Monat
        same:year im selben Jahr|im gleichen Jahr|noch im selben Jahr
        same:month im selben Monat|im gleichen Monat
        same:day am selben Tag|am gleichen Tag
        season:5 im vergangenen Frühjahr|im letzten Frühjahr|im Frühjahr|im Frühling
        season:5 seit dem Frühjahr|seit Frühjahr
        season:8 im vergangenen Sommer|im letzten Sommer|im Sommer|seit dem Sommer|seit Sommer
        season:11 im vergangenen Herbst|im letzten Herbst|im Herbst|seit dem Herbst|seit Herbst
        year:0 in diesem Frühjahr|in diesem Sommer|in diesem Herbst|heuer|dieses Frühjahr
        none diese Woche|in dieser Woche|letzte Woche|vergangene Woche|in der vergangenen Woche
        none nächste Woche|kommende Woche|in der kommenden Woche""",
    "pl": """
        day:0 dziś|dzisiaj|dzisiejszego dnia
        day:-1 wczoraj
        day:1 jutro
        day:-2 przedwczoraj
        day:2 pojutrze
        year:0 w tym roku|tego roku|w bieżącym roku|bieżącego roku
        year:-1 w ubiegłym roku|w zeszłym roku|w minionym roku|ubiegłego roku|zeszłego roku
        year:1 w przyszłym roku|przyszłego roku
        month:0 w tym miesiącu
        month:-1 w ubiegłym miesiącu|w zeszłym miesiącu
        month:1 w przyszłym miesiącu
        same:year w tym samym roku|tego samego roku
        same:month w tym samym miesiącu|tego samego miesiąca
        same:day tego samego dnia
        season:5 ubiegłej wiosny|zeszłej wiosny|wiosną
        season:8 ubiegłego lata|zeszłego lata|latem
        season:11 ubiegłej jesieni|zeszłej jesieni|jesienią
        year:0 tej wiosny|tego lata|tej jesieni
        none w tym tygodniu|w ubiegłym tygodniu|w zeszłym tygodniu|w przyszłym tygodniu""",
}

SMALL_NUMBERS = {
    "en": "one two three four five six seven eight nine ten",
    "uk": "один два три чотири п'ять шість сім вісім дев'ять десять",
    "de": "einem zwei drei vier fünf sechs sieben acht neun zehn",
    "pl": "jeden dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć",
}


@cache
def months_of(lang: str) -> dict[str, int]:
    """Give the words for months in a language, in small letters, with their number from 1."""
    return _numbered(MONTHS[lang], 1)


@cache
def weekdays_of(lang: str) -> dict[str, int]:
    """Give the words for days of the week in a language; Monday is 0."""
    days = _numbered(WEEKDAYS[lang], 0)
    if lang == "de":
        for day, number in list(days.items()):
            days |= {day + part: number for part in _PARTS_OF_DAY.split()}
    return days


@cache
def phrases_of(lang: str) -> dict[str, str]:
    """Give the phrases of a language that tell a date by another, with what each means."""
    meanings: dict[str, str] = {}
    for line in PHRASES[lang].strip().splitlines():
        meaning, _, phrases = line.strip().partition(" ")
        meanings |= {phrase.lower(): meaning for phrase in phrases.split("|")}
    return meanings


@cache
def small_numbers_of(lang: str) -> dict[str, int]:
    """Give the words for one to ten, as in "three days ago"."""
    return {word: n for n, word in enumerate(SMALL_NUMBERS[lang].split(), 1)}


def _numbered(groups: str, first: int) -> dict[str, int]:
    return {
        word: number
        for number, group in enumerate(groups.split("|"), first)
        for word in group.split()
    }
