"""What is built or mended, as an English phrase: "restoration of Irpin Lyceum No. 3".

In English texts these are the words of the text. From other languages the commonest kinds of
buildings are told in English, and anything else as it stands.
"""

from functools import cache
from itertools import pairwise

from mistok.reading.aid.words import Word
from mistok.reading.model import Party

_MOST_WORDS = 9
_ENDS = {
    "en": frozenset(
        """which that who where by with after before during until in at from since while as to
        will is are was were has have using through under when""".split()
    ),
    "uk": frozenset("який яка яке які що де за після у в на до коштом завдяки та".split()),
    "de": frozenset("die das der in mit bis nach durch und im am bei wird werden".split()),
    "pl": frozenset("który która które gdzie w we po za do dzięki i oraz".split()),
}
_BUILDINGS = {
    "uk": """kindergarten дитсад* дитяч* садоч* садок садк*|school школ*|lyceum ліце* гімназі*
        |hospital лікарн* шпитал*|outpatient clinic амбулаторі* поліклінік*|bridge
        міст мосту мости |residential building будин* житл*|shelter укритт*
        сховищ*|water supply network водопост* водогон* водоканал*|infrastructure
        інфраструктур*|heating network тепломереж* котельн* |house of culture
        культур*|road дорог* доріг|university університет*|library бібліотек*
        |rehabilitation centre реабілітац*|gymnasium спортзал*|stadium стадіон*""",
    "de": """kindergarten kindergart* kita kitas|school schule* *schule|gymnasium turnhalle*
        sporthalle* |hospital krankenhaus* klinik* *klinik|bridge brücke*|residential
        building wohnhaus* wohnhäus* wohnung*|shelter schutzraum* schutzräum*
        bunker*|water supply network wasserversorg* wassernetz*|infrastructure
        infrastruktur*|heating network heiz*|road straße*|library
        bibliothek*|rehabilitation centre reha*|playground spielpl*""",
    "pl": """kindergarten przedszkol*|school szkoł* szkół|lyceum lice*|hospital szpital*
        |outpatient clinic przychodni*|bridge most mostu mosty|residential building
        budyn* dom domu domów|shelter schron*|water supply network
        wodoci*|infrastructure infrastruktur* |heating network ciepłow* kotłow*|road
        dróg drog*|library bibliotek*|rehabilitation centre rehabilit*|gymnasium sal*
        gimnastyczn*|playground plac*""",
}


def object_of(words: list[Word], place: int, work: str, lang: str, party: Party) -> str:
    """Tell the work at a word: what is done, and to what; the whole town where no more is told."""
    if lang != "en":
        named = _building(words, place, lang)
        return f"{work} of {named}" if named else f"{work} of {_whole(party)}"
    after = words[place + 1].low if place + 1 < len(words) else ""
    before = words[place - 1] if place else None
    noun = words[place].low.endswith("tion") or words[place].low == "repair"
    if noun and after != "of" and before is not None and before.low in SORTS:
        return f"{before.text} {words[place].low}"
    told = _told(words, place + 1)
    return f"{work} of {told or _whole(party)}"


SORTS = frozenset("city town school hospital housing infrastructure road bridge building".split())
_SKIPPED = frozenset(
    "of out up and reconstruction restoration rebuilding repair renovation".split()
)
_CITY = frozenset("sister twin partner city town region capital ukrainian municipality of".split())


def _told(words: list[Word], place: int) -> str:
    """The words after the verb, up to the end of what they name."""
    while place < len(words) and words[place].low in _SKIPPED and words[place].mention is None:
        place += 1
    named = words[place : place + _MOST_WORDS]
    kept: list[Word] = []
    for number, word in enumerate(named):
        if word.sign and not _belongs(named, number):
            break
        if word.low in _ENDS["en"] and word.mention is None:
            break
        follows = named[number + 1 : number + 4]
        if word.low == "for" and any(w.mention for w in follows):
            break
        if word.low == "and" and any(w.mention for w in follows[:2]):
            break
        kept.append(word)
    while kept and kept[-1].low in ("and", "of", "the", "for", ",", "'", "s", "(", "there"):
        kept.pop()
    plain = [w for w in kept if w.mention is None and not w.sign and w.low not in _CITY]
    if not [w for w in plain if w.low not in ("the", "a", "an", "s")]:
        return ""
    named_after = kept[0].low == "the" and len(kept) > 1 and kept[1].mention is not None
    return _joined(kept[1:] if named_after else kept)


def _belongs(named: list[Word], number: int) -> bool:
    word = named[number]
    before = named[number - 1].low if number else ""
    return word.text in "\"“”„«»'’" or (word.text == "." and before in ("no", "nr", "st"))


def _joined(kept: list[Word]) -> str:
    told = kept[0].text
    for before, word in pairwise(kept):
        told += (" " if word.start > before.end else "") + word.text
    return told


def _building(words: list[Word], place: int, lang: str) -> str:
    for word in words[place + 1 : place + 1 + _MOST_WORDS]:
        if word.text in ",;:":
            break
        found = next((name for name, fits in _table(lang) if fits(word.low)), "")
        if found and word.mention is None:
            return f"the {found}"
    return ""


def _whole(party: Party) -> str:
    if party.level in ("region", "state", "district"):
        return "the region" if party.level != "district" else "the district"
    return "the country" if party.level == "country" else "the city"


class _Fits:
    """Whether a word is one of the words for a building."""

    def __init__(self, told: str) -> None:
        self._stems = tuple(w[:-1] for w in told.split() if w.endswith("*") and w[0] != "*")
        self._tails = tuple(w[1:] for w in told.split() if w.startswith("*"))
        self._whole = frozenset(w for w in told.split() if "*" not in w)

    def __call__(self, low: str) -> bool:
        if low in self._whole or (self._tails and low.endswith(self._tails)):
            return True
        return bool(self._stems) and low.startswith(self._stems)


@cache
def _table(lang: str) -> list[tuple[str, _Fits]]:
    table = []
    for told in _BUILDINGS[lang].split("|"):
        words = told.split()
        names = [w for w in words if w.isascii() and "*" not in w] if lang == "uk" else []
        cut = len(names) if names else _english(words)
        table.append((" ".join(words[:cut]), _Fits(" ".join(words[cut:]))))
    return table


def _english(words: list[str]) -> int:
    """How many words at the beginning are the English name."""
    for size in (3, 2):
        if " ".join(words[:size]) in _LONG_NAMES:
            return size
    return 1


_LONG_NAMES = frozenset(
    """water supply network|residential building|heating network|outpatient clinic
    |rehabilitation centre""".replace("\n    ", "").split("|")
)
