"""Names and numbers of military units, told apart from ambulance and repair brigades."""

import re
from collections.abc import Iterator

from mistok.needs.scanning.finding.words import UPPER
from mistok.needs.scanning.findings import Hit
from mistok.needs.scanning.folding import Folded

_NUMBER = re.compile(
    r"(?<!\w)(?:в\s?/\s?ч|вч|військов(?:ій|а|ої|у|ою) частин(?:і|а|и|у|ою)|військової частини"
    r"|military unit|m/u|unit|польова пошта)\s{0,2}(?:№\s?|no\.?\s?)?\"?"
    r"((?:[а-яіa-z]-?\s?)?\d{4}|п\.?п\.?\s?\d{4})\"?(?!\w)"
)
_FORMS = (
    r"бригад(?:а|и|і|у|ою)|батальйон(?:у|ом|і|а)?|дивізіон(?:у|ом|і)?|полк(?:у|ом|ові)?"
    r"|дивізі[яїєю]{1,2}"
    r"|рот(?:а|и|і|у|ою)|взвод(?:у|ом|і)?|армійськ\w{1,4} корпус\w{0,2}|загін|загону|загоном"
    r"|brigades?|battalions?|regiments?|divisions?|compan(?:y|ies)|platoons?|squadrons?|corps"
    r"|\w{0,20}brigade|\w{0,20}bataillon|\w{0,20}regiment|brygad\w{1,2}|batalion\w{0,3}|pułk\w{0,2}"
)
_FORM = re.compile(rf"(?<!\w)(?:{_FORMS})(?!\w)")
_ORDINAL = re.compile(
    r"(?<![\w.,])(?:\d{1,3}\s?-?(?:[а-яіїє]{1,3}|th|st|nd|rd)|\d{1,3}\.|"
    r"перш\w{1,3}|друг\w{1,3}|треть\w{1,3}|четверт\w{1,3}|п'ят\w{1,3}|first|second|third|fourth"
    r"|fifth)\s"
)
_SHORT = re.compile(
    r"(?<![\w.,])(?:\d{1,3}(?:\s?-?[а-яіїє]{1,3})?\s)(?:О?[А-ЯІЄ]{0,5}[Бб]р(?:\s?(?:ТрО|МП|НГУ"
    r"|ОП|ДПСУ))?"
    r"|[оО]?б(?:атальйон)?\s?ТрО|[оО]брТрО|[оО]Бр\s?ТрО|ОШП|ЗРП|ЗРБр|ОАБр|ОШБ|ОМПБ|ОАЕМБ|бТРО"
    r"|ПТрЗ|ДШВ|БрАА)(?!\w)"
)
_MILITARY = re.compile(
    r"механізов|десантн|штурмов|гірсько|танков|артилер|територіальн\w{1,4} оборон|тероборон"
    r"|тро\b|морськ\w{1,4} піхот"
    r"|єгерськ|стрілецьк|аеромобільн|зенітн|розвідувальн|прикордон|збройн|зсу|нгу|нацгвард"
    r"|національн\w{1,4} гвард"
    r"|безпілотн|спецпризнач|добровольч|mechani[sz]ed|air assault|assault|mountain|marine|\btank"
    r"|artillery|airborne"
    r"|jaeger|infantry|territorial defen|armed forces|national guard|border guard|air defen"
    r"|reconnaissance"
    r"|soldier|military|gebirgsjäger|panzer|armee|бійц|військов(?!\w{2,3} адмін)|бійців"
    r"|zmechanizowan|wojsk"
)
_CIVIL = re.compile(
    r"медичн|швидк|екстрен|ремонт|аварійн|пожеж|рятувальн|рятівник|будівельн|виїзн|мобільн"
    r"|лікарськ|ветеринарн|паліатив"
    r"|психолог|волонтер|соціальн|fire\b|ambulance|medical|repair|emergency|rescue|mobile|youth"
    r"|crew|scout|пласт"
    r"|feuerwehr|ratownik|strażac|дитяч|студент|молодіжн|трудов|пошуков"
)
_TITLED = re.compile(rf"\s\"?[{UPPER}][\w' -]{{1,30}}\"")
_CALLED = re.compile(
    r"\s(?!Червон|Товариств|ДСНС|МНС|Лікар|Швидк|Карітас)[А-ЯІЇЄҐ][а-яіїєґ'-]{2,30}(?!\w)"
)
_NAMED_FIRST = re.compile(rf"(?<!\w)([{UPPER}][\w'-]{{2,30}})\s$")
_BODY = re.compile(
    r"(?<!\w)(?:тро|тероборон\w{1,3}|територіальн\w{1,3} оборон\w{1,3}"
    r"|territorial defen[cs]e(?: forces)?"
    r"|(?:для|на потреби)\s(?:потреб\s)?(?:зсу|військов\w{1,3}|бійців|захисників|збройних сил)"
    r"|for (?:the )?(?:military|soldiers|armed forces|army|troops"
    r"|our defenders))(?!\w)(?!\s(?:адміністрац|admin))"
)
_ALONE = re.compile(
    r"(?<!\w)(?:для|із|зі|з|від|до|у|в|хлопцям|хлопців|бійцям|бійців|нашій|наша|передамо|for|to"
    r"|from"
    r"|with|of)\s(?:the\s|our\s)?\d{2,3}-?(?:ої|ої|ї|й|а|ій|ку|ки|ка|ці|th|st|nd|rd)"
    r"(?=[.,;!?)]|\s?$|\s(?:які|що|котрі|просять|просить|воює|воюють|стоїть|стоять|who|which|that"
    r"|they|as"
    r"|on the|at the|and|і|та)(?!\w))"
)
"""A number that stands for a unit whose name everybody knows."""
_AT_WAR = re.compile(
    r"хлоп(?:ц|ч)|бійц|бійці|захисник|воїн|воює|воюють|фронт|позиці|на нулі|передов\w{1,2}(?!\w)"
    r"|дрон"
    r"|тепловіз|турнікет|бронежилет|старлінк|мавік|пікап|напрямк|guys|lads|boys|soldier|defender"
    r"|drone"
    r"|pickup|tourniquet|body armou?r|thermal|night[- ]vision|frontline|front line|starlink"
)
_THREE_WORDS = re.compile(r"(?:(?<!\w)[\w'-]{1,30}\s){1,3}$")
_ARTICLES = frozenset({"the", "our", "their", "this", "every", "new", "fire", "наша", "ця"})


def search(folded: Folded) -> Iterator[Hit]:
    """Units by number or name; and, as a warning, armed forces as those who need something."""
    for found in _NUMBER.finditer(folded.low):
        if found[0].split()[0] != "unit" or not found[1].isdigit():
            yield Hit("unit_number", *found.span())
    for found in _SHORT.finditer(folded.text):
        yield Hit("unit_name", *found.span())
    for found in _FORM.finditer(folded.low):
        span = _unit(folded, found)
        if span:
            yield Hit("unit_name", *span)
    for found in _ALONE.finditer(folded.low):
        if _AT_WAR.search(folded.low, *folded.sentence(*found.span(), reach=90)):
            yield Hit("unit_name", *found.span())
    for found in _BODY.finditer(folded.low):
        yield Hit("military_body", *found.span())


def _unit(folded: Folded, found: re.Match[str]) -> tuple[int, int] | None:
    """The whole name around a word such as brigade; None where civil people work in it."""
    start, end = found.span()
    low = folded.low
    near = low[max(0, start - 60) : end + 50]
    before = _THREE_WORDS.search(low, max(0, start - 60), start)
    words = before[0] if before else ""
    ordinals = list(_ORDINAL.finditer(low, max(0, start - 60), start))
    adjectives = low[ordinals[-1].end() : start] if ordinals else words
    if _CIVIL.search(adjectives) or _CIVIL.match(low, end + 1):
        return None
    titled = _TITLED.match(folded.text, end)
    called = _CALLED.match(folded.text, end)
    if called and _is_big(found[0]):
        return start, called.end()
    if titled and '"' in titled[0][:3]:
        return start, titled.end()
    military = _MILITARY.search(near)
    if ordinals and (military or _directly(low, ordinals[-1].end(), start)):
        return ordinals[-1].start(), end
    if _MILITARY.search(words) or (military and _is_big(found[0])):
        return start - len(words), end
    named = _NAMED_FIRST.search(folded.text, max(0, start - 34), start)
    # "Kraken regiment", but not "Volunteer brigade" or "Summer company".
    sure = folded.text[start].isupper() or found[0] in ("regiment", "battalion")
    if named and named[1].lower() not in _ARTICLES and sure:
        return named.start(), end
    return None


def _directly(low: str, end: int, start: int) -> bool:
    """Whether at most one word stands between the number and the unit."""
    return low.count(" ", end, start) <= 1 and start - end <= 24


def _is_big(form: str) -> bool:
    """Whether the word rarely means anything but soldiers (a company or a рота may)."""
    return form.startswith(
        ("бригад", "батальйон", "дивізіон", "полк", "brigade", "battalion", "regiment")
    )
