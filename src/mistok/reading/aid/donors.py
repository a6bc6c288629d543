"""Givers that are no municipality, by their words: "other German towns", "a foundation"."""

from functools import cache

from mistok.reading.aid.parts import Verb
from mistok.reading.aid.words import Word

_BODIES = {
    "en": """foundation association charity fund club company organisation organization society
        unicef undp unhcr caritas rotary redcross church parish firm enterprise corporation ngo
        zoo museum union bank institute initiative cross companies businesses clubs churches
        hospital university firms foundations charities international campaign lions""",
    "uk": """фонд* асоціаці* організаці* клуб* компані* товариств* юнісеф* проон підприємств*
        ротарі карітас благодійник* підприємц* лікарня церква університет""",
    "de": """stiftung* verein* hilfsorganisation* unternehmen* firma caritas rotary *club *verein
        initiative* genossenschaft* *stiftung förderverein* hilfswerk* firmen *klinik *klinikum
        *krankenhaus kirche* kirchengemeinde* lions universität* freundeskreis* *gesellschaft""",
    "pl": """fundacj* stowarzyszen* firm* klub* organizacj* caritas rotary spółk* bank* szpital
        parafi* przedsiębiorc* uniwersytet""",
}
_MANY = {
    "en": ("towns", "cities", "communities", "municipalities", "partners", "donors", "friends"),
    "uk": ("міста", "громади", "партнери", "муніципалітети"),
    "de": ("städte", "gemeinden", "kommunen", "partner", "spender"),
    "pl": ("miasta", "gminy", "samorządy", "partnerzy", "darczyńcy"),
}
_PLURAL = {
    "en": frozenset("cities towns communities municipalities partners friends countries".split()),
    "uk": frozenset("міст громад партнерів друзів побратимів країн міст-побратимів".split()),
    "de": frozenset("städten partnerstädten gemeinden kommunen partnern ländern".split()),
    "pl": frozenset("miast gmin partnerów samorządów przyjaciół krajów".split()),
}
_OTHER = frozenset(
    """other several many some various german polish french italian american dutch swiss austrian
    інші інших німецькі польські кілька кількох andere weitere mehrere deutsche polnische inne
    kilka niemieckie polskie czeskie чеські""".split()
)
_EDGES = frozenset(", ; : . ( ) — – and und а а та i oraz".split())
_AUXILIARY = frozenset(
    "has have had will would is are was were hat haben wird already also".split()
)
_RELATIVE = frozenset("that which who що який яка яке які die das welche które który która".split())
_IN = frozenset("in at from у в з із із aus im w z ze".split())
_JOIN = frozenset("and und sowie та і й i oraz".split())
_OURS = frozenset(
    """their its our his her my your їхня їхній їх його її наша наш нашого ihr ihre unser unsere
    sein seine ich jego jej nasza nasz ця цей this that dieser diese dieses ten ta""".split()
)
_NO_PART = frozenset(
    "the two three four five several die der das zwei drei mehrere dwie trzy два дві три".split()
)
_MOST_WORDS = 8


def unnamed_givers(words: list[Word], first: int, last: int, lang: str) -> bool:
    """Whether several givers are told without names: "from seven sister cities"."""
    leads = {"en": ("from",), "uk": ("від", "з", "із"), "de": ("von", "aus"), "pl": ("od", "z")}
    for place in range(first, last):
        if words[place].low not in leads[lang]:
            continue
        after = words[place + 1 : place + 6]
        for number, word in enumerate(after):
            if word.mention is not None or word.sign:
                break
            if word.low in _PLURAL[lang]:
                follows = after[number + 1 : number + 3]
                return not any(other.mention is not None for other in follows)
    return False


def donor_in(words: list[Word], first: int, last: int, verbs: list[Verb], lang: str) -> str:
    """Give the words for a giver that is no place: the subject of a verb of giving, or ""."""
    for verb in verbs:
        subject = _subject(words, first, verb, lang)
        if subject:
            return _told(subject)
    return ""


def donor_starts(words: list[Word], verbs: list[Verb], lang: str) -> list[int]:
    """Where the subjects begin that are such givers: each opens a clause of its own."""
    places = {word.start: place for place, word in enumerate(words)}
    subjects = [_subject(words, 0, verb, lang) for verb in verbs]
    return [places[subject[0].start] for subject in subjects if subject]


def joins_givers(words: list[Word], first: int, verbs: list[Verb], lang: str) -> str:
    """The donor that stands with a place before one verb: "the city and the Rotary Club sent"."""
    for verb in verbs:
        subject = _subject(words, first, verb, lang)
        place = next((n for n, w in enumerate(words) if subject and w is subject[0]), 0)
        if place > 1 and words[place - 1].low in _JOIN and words[place - 2].mention is not None:
            return _told(subject)
    return ""


def _subject(words: list[Word], first: int, verb: Verb, lang: str) -> list[Word]:
    """The words before an active verb of giving, when they tell a giver that is no place."""
    if verb.kind != "give" or verb.passive:
        return []
    start = verb.place
    while start > first and verb.place - start < _MOST_WORDS:
        before = words[start - 1]
        if before.low in _EDGES or before.text in ".;:":
            break
        start -= 1
    subject = _last_clause(words[start : verb.place])
    while subject and (subject[-1].low in _AUXILIARY or subject[-1].dated):
        subject = subject[:-1]
    if any(word.low in _OURS for word in subject):
        return []
    named = any(word.text == "-" for word in subject)
    of_place = any(word.mention is not None for word in subject) and not any(
        named or word.low in _IN for word in subject
    )
    return subject if subject and not of_place and _is_donor(subject, lang) else []


def _last_clause(subject: list[Word]) -> list[Word]:
    """The subject after "that" or "which": "supplies that a church sent"."""
    for number in range(len(subject) - 1, -1, -1):
        if subject[number].low in _RELATIVE:
            return subject[number + 1 :]
    return subject


def _is_donor(subject: list[Word], lang: str) -> bool:
    lows = [word.low for word in subject]
    if any(low in _MANY[lang] for low in lows):
        return any(low in _OTHER for low in lows)
    exact, stems, tails = _bodies(lang)
    return any(
        low in exact or low.startswith(stems) or (tails and low.endswith(tails)) for low in lows
    )


def _told(subject: list[Word]) -> str:
    while len(subject) > 1 and subject[0].low in _NO_PART:
        subject = subject[1:]
    told = " ".join(word.text for word in subject).replace(" - ", "-")
    return told[0].lower() + told[1:] if subject[0].low in ("a", "an", "other") else told


@cache
def _bodies(lang: str) -> tuple[frozenset[str], tuple[str, ...], tuple[str, ...]]:
    told = _BODIES[lang].split()
    return (
        frozenset(word for word in told if "*" not in word),
        tuple(word[:-1] for word in told if word.endswith("*")) or ("\0",),
        tuple(word[1:] for word in told if word.startswith("*")),
    )
