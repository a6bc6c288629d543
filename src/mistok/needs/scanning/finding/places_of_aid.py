"""Where aid lies and is handed out, and critical objects that are named with their place."""

import re
from collections.abc import Iterator

from mistok.needs.scanning.finding.words import UPPER, name_in, place_in
from mistok.needs.scanning.findings import Hit
from mistok.needs.scanning.folding import Folded

_STORE = re.compile(
    r"(?<!\w)(?:на (?:\w{3,20} )?склад(?:і|у|ах)?|(?:наш\w{0,2}|гуманітарн\w{1,3}"
    r"|логістичн\w{1,3}|центральн\w{1,3}|медичн\w{1,3}) склад(?:и|у|ом)?"
    r"|склад(?= (?:розташ|знаход|міст|стоїть|працює))|(?:гуманітарн|логістичн|волонтерськ"
    r"|складськ)\w{1,3} хаб(?:у|ом|і|и|ів)?|хаб(?:у|ом|і)? (?:допомоги|громади)|ангар\w{0,2}"
    r"|пункт\w{0,3} (?:видачі|розвантаження|перевантаження|роздачі|збору)"
    r"|розвантаж(?:ення|уват\w{1,3}|имо|уємо)|(?:зберіга\w{2,5}|леж[аи]ть|складу\w{2,5}"
    r"|зберігають)(?= (?:у|в|на|під|біля)\s)"
    r"|warehouses?|depot|(?:humanitarian|aid|logistics?|volunteer|supply|relief"
    r"|distribution) hub|hangar|distribution point|collection point|(?:loading|logistics|lorry"
    r"|supply|transport) base|storage (?:site|facility|place)|(?:stored|kept)(?= (?:in|at|under"
    r"|near|behind)\s)"
    r"|unload(?:ing|s)?|lagerhalle|lagerhaus|magazyn(?:ie|u|em|y)?|(?:zentral)?lager"
    r"|punkt wydawania)(?!\w)"
)
_LIES = re.compile(
    r"(?<!\w)(?:bei|an der) |за адресою|розташован|розміщен|знаходит|міститься|стоїть"
    r"|працює [ув]|біля|поруч"
    r"|за елеватором|приміщенн|околиц|колишн"
    r"|підвал|на базі|під [а-яіїє]|(?<!\w)(?:у|в) (?:сел|м\.|с\.|смт|міст)|located|next to"
    r"|behind|near|in the (?:former|old|village|basement|gym|town)"
    r"|stands|is in|on the (?:edge|outskirts)|outside|(?<!\w)по вул|(?<!\w)(?:at|in) |znajduje"
    r"|przy |befindet|steht|liegt"
    r"|(?<!\w)(?:у|в|на) "
)
_BESIDE = re.compile(
    r"біля|поруч|неподалік|навпроти|за (?=\w{4})|приміщенн|околиц|колишн|на базі|станці|next to"
    r"|behind|near|opposite"
    r"|former|\bold\b|on the (?:edge|outskirts)|beside"
)
_NUMBERED = re.compile(r"(?:№|(?<!\w)no\.|(?<!\w)nr\.?)\s?\d{1,3}")
_STREET = re.compile(r"вул\.|просп|street|(?<!\w)(?:ul\.|ulicy)|straße|str\.")

_KEEPS = (
    r"зберіга(?:ємо|ють|єть?ся|ються|ти|тим\w{1,4})|складу\w{2,6}|склада(?:ємо|ють|ти)|леж[аи]ть"
    r"|розвантаж\w{2,12}|вивантаж\w{2,12}|залиш(?:имо|ити|айте|ають|или)|привоз(?:ити|ьте|ять|имо)"
    r"|привез(?:ти|іть|емо|уть)|звоз(?:ити|имо|ять)|стоїть|стоять|тримаємо|ключ\w{0,2} від"
    r"|kept|keep|stored|storing|sitting|left|leave|unload(?:ing|ed)?|drop(?:ped|ping)?(?: off)?"
    r"|bring"
    r"|розгорну\w{2,5}|облаштува\w{2,5}|працює|розташува\w{2,6}|приноси\w{2,4}"
    r"|stacked|parked|lies?|collect(?:ed)?|pick(?:ed)? up|waiting"
)
_BUILDING = (
    r"(?:спорт)?зал[іуа]|підвал\w{0,3}|погреб\w|гараж\w{0,3}|ангар\w{0,3}|боксі?|школ[іиу]"
    r"|ліце[їйю]\w?"
    r"|гімназі[їюя]|дитсадк\w|садочк\w|садк[уа]|клуб[іу]|амбулаторі[їюя]|лікарн[іюя]|церкв[іуи]"
    r"|храм[іу]"
    r"|депо|пожежн\w{2,3} частин\w|сара[їйю]|елеватор[іуа]|гуртожит\w{2,3}|подвір'[їя]|двор[іа]"
    r"|цех[уі]"
    r"|будинку культури|\w{0,4}театр[іу]|кінотеатр\w|палаці|вокзалі|універмагу?"
    r"|ферм[іиу]|пекарн[іюя]|майстерн[іюя]|бібліоте\w{2}|basement|cellar|gym(?:nasium)?|sports hall"
    r"|garage|hangar|barn|shed|school|lyceum|kindergarten|clinic|dormitory|bakery|factory"
    r"|workshop|yard"
    r"|fire station|town hall|community cent(?:re|er)|culture house|church hall|market hall|silo"
)
_KEPT = re.compile(
    rf"(?<!\w)(?:{_KEEPS})(?!\w)(?:[^.!?\n]|(?<=[ap])\.(?=m)|(?<=\.m)\.){{0,60}}?(?<!\w)(?:у|в|на"
    rf"|під|за|біля|до|in|inside|at|behind|under"
    rf"|near|to)\s(?:[\w'-]{{1,20}}\s){{0,3}}?(?:{_BUILDING})(?!\w)"
    rf"|(?<!\w)ключ\w{{0,2}} від (?:\w{{1,15}}\s)?(?:{_BUILDING})(?!\w)"
)
"""Something is kept, left, unloaded or collected at a kind of building."""
_OF_AID = re.compile(
    r"вантаж|розвант|вивант|гуманітар|(?<!першої )(?<!медичної )(?<!правової )(?<!психологічної )"
    r"(?<!невідкладної )(?<!швидкої )допомог|генератор|палет|піддон|коробк|ящик|ліки|медикамент"
    r"|подарован|отриман|фур[аиу]|від партнер|від побратим|набор|(?<!\w)aid(?!\w)|pallet|box(?:es)?"
    r"|generators?|cargo|supplies|donat|unload|parcels?|everything from|consignment|shipment"
)

_OBJECT = re.compile(
    r"(?<!\w)(?:(?:електро)?підстанці\w{1,3}|котел(?:ень|ьн\w{1,3})|теплоелектроцентрал\w{1,2}"
    r"|(?:тец|тес|гес|аес|гаес|грс|тп|кнс|внс)(?:-\d{1,4})?|пс"
    r"|водозаб(?:ір|ор\w{1,2})|насосн\w{1,3} станці\w{1,2}|насосн[аоуі]\w?(?= (?:у|в|біля)\s)"
    r"|очисн\w{1,3} споруд\w{0,2}|газорозподільн\w{1,3} \w{4,10}|нафтобаз\w{1,2}"
    r"|(?<!зарядна )(?<!зарядної )електростанці\w{1,2}|міст(?= через)|мост(?:у|а|ом|и|ів)"
    r"|аеродром\w{0,2}|летовищ\w{1,2}|вузлов\w{1,3} станці\w{1,2}"
    r"|фільтрувальн\w{1,3} станці\w{1,2}|станці\w{1,2} \w{3,10} підйому|водог(?:ін|он\w{1,3})"
    r"|водонапірн\w{1,3} (?:веж|башт)\w{1,2}|(?:артезіанськ\w{1,3} )?свердловин\w{0,2}"
    r"|дамб\w{1,2}|тягов\w{1,3} підстанці\w{1,2}|компресорн\w{1,3} станці\w{1,2}"
    r"|веж\w{1,2} зв'язку|залізничн\w{1,3} вуз(?:ол|л\w{1,2})|нафтопереробн\w{1,3} завод\w{0,2}|нпз"
    r"|(?:chpp|tpp|hpp|npp|chp)(?:-\d{1,2})?|heating plants?|water towers?|transformer stations?"
    r"|(?:railway|rail) junction|refiner(?:y|ies)|compressor stations?|dams?|reservoirs?"
    r"|communication towers?|artesian wells?"
    r"|(?:electrical )?substations?|boiler (?:house|plant|room)s?|(?:thermal|nuclear"
    r"|hydroelectric|hydro|heat and|combined heat and) power (?:plant|station)s?"
    r"|hydroelectric (?:plant|station)s?|power plants?"
    r"|(?:water |sewage |booster )?pumping stations?|water intakes?"
    r"|(?:waste)?water treatment plants?|treatment plants?|bridges?(?= (?:over|across|in|near))"
    r"|oxygen (?:plant|station)s?|sluices?|control rooms?|gas distribution (?:point|station)s?"
    r"|киснев\w{2,3} (?:станці|завод)\w{0,2}|шлюз\w{0,3}|диспетчерськ\w{1,3}|телевеж\w{1,2}"
    r"|oil depots?|airfields?|umspannwerk\w{0,2}|podstacj\w{1,2})(?!\w)"
)
_DEFENCE = re.compile(
    r"(?<!\w)(?:ппо|протиповітрян\w{1,3} оборон\w{1,2}|зенітн\w{2,4}|рлс|радар\w{0,2}"
    r"|air[- ]defen[cs]e|anti-aircraft|radars?|flugabwehr)(?!\w)"
)
_WEAK = re.compile(
    r"(?<!\w)(?:(?:the )?only one|єдин(?:а|е|ий|у|ої) (?:на|в|у|для)|next to|beside|opposite"
    r"|in the yard"
    r"|on the (?:edge|outskirts) of|adjacent to|впритул до|навпроти|неподалік|поруч (?:з|із)"
    r"|на околиці|на в'їзді)(?!\w)"
)
"""How an object can be found, or that nothing stands in for it."""
_POSITION = re.compile(
    r"позиці|розташ|стоїть|стоять|знаход|батаре|лісосмуг|лісосмуз|посадц|на пагорб|у полі"
    r"|on the hill|in the field"
    r"|treeline|in the woods|position|battery|stationed|located|behind|site"
    r"|stellung"
)
_GENITIVE = re.compile(r"(?:\s[а-яіїєґ']{2,15}){0,3}\s\"?[А-ЯІЇЄҐ][а-яіїєґ'-]{3,40}")
"""A Ukrainian name in the words after an object: names alone have capitals there."""

_TITLE = re.compile(rf"\s\"[{UPPER}][\w' -]{{1,40}}\"")
_ADJECTIVE = re.compile(rf"(?<!\w)[{UPPER}][\w']{{3,30}}(?:а|у|ої|ій|ою|[a-z])\s$")
_NOT_NAMES = re.compile(
    r"(?:наша|нову?|ця|кожна|для|after|наш|капітальн|реконструкці|модернізаці|резервн|потужн"
    r"|силова|сонячна)"
)


def search(folded: Folded) -> Iterator[Hit]:
    """Stores with their place; critical objects with a name, a number or a place."""
    for found in _STORE.finditer(folded.low):
        end = _lies(folded, found)
        if end:
            yield Hit("storage", found.start(), end)
    for found in _KEPT.finditer(folded.low):
        if _OF_AID.search(folded.low, *folded.sentence(*found.span(), reach=90)):
            yield Hit("storage_building", *found.span())
    for found in _DEFENCE.finditer(folded.low):
        first, last = folded.sentence(*found.span(), reach=60)
        if _POSITION.search(folded.low, first, last):
            yield Hit("air_defence", *found.span())
    for found in _OBJECT.finditer(folded.low):
        span = _placed(folded, found)
        if span:
            yield Hit("critical_object", *span)
        elif place_in(folded.text, *folded.sentence(*found.span(), reach=80)):
            yield Hit("critical_mention", *found.span())
        elif weak := _WEAK.search(folded.low, found.end(), folded.sentence(*found.span())[1]):
            yield Hit("critical_weakness", found.start(), weak.end())


def _lies(folded: Folded, found: re.Match[str]) -> int:
    """Where the words end that say where the store is; 0 where nothing says so."""
    last = folded.sentence(*found.span(), reach=110)[1]
    cue = _LIES.search(folded.low, found.end(), last)
    if cue is None:
        return 0
    for pattern in (_STREET, _NUMBERED):
        if where := pattern.search(folded.low, found.end(), last):
            return where.end()
    place = place_in(folded.text, found.start(), last)
    if place is None and (beside := _BESIDE.search(folded.low, found.end(), last)):
        place = name_in(folded.text, beside.end(), last)
    return place.end() if place else 0


def _placed(folded: Folded, found: re.Match[str]) -> tuple[int, int] | None:
    start, end = found.span()
    last = folded.sentence(start, end, reach=60)[1]
    number = _NUMBERED.match(folded.low, end + 1)
    title = _TITLE.match(folded.text, end)
    if number or title or "-" in found[0]:
        return start, (number or title or found).end()
    before = _ADJECTIVE.search(folded.text, max(0, start - 40), start)
    if before and not _NOT_NAMES.match(before[0].lower()):
        return before.start(), end
    place = place_in(folded.text, end, last)
    if place is None and (named := _GENITIVE.match(folded.text, end)):
        place = named
    return (start, place.end()) if place else None
