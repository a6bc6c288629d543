"""What a sentence says of who is meant without a name: "the region", "the Latvian side"."""

from collections.abc import Sequence

from mistok.reading.aid.context import UKRAINE, Hint
from mistok.reading.aid.frames import Frame
from mistok.reading.aid.piece import Piece
from mistok.reading.aid.words import Line, Word
from mistok.reading.model import Mention

_CITY = frozenset({"city", "hromada"})
_LEVELS = {
    "city": _CITY,
    "town": _CITY,
    "municipality": _CITY,
    "council": _CITY,
    "місто": _CITY,
    "громада": _CITY,
    "stadt": _CITY,
    "gemeinde": _CITY,
    "miasto": _CITY,
    "gmina": _CITY,
    "radni": _CITY,
    "ratusz": _CITY,
    "region": frozenset({"region", "state"}),
    "state": frozenset({"region", "state"}),
    "voivodeship": frozenset({"region"}),
    "province": frozenset({"region"}),
    "land": frozenset({"region", "state"}),
    "bundesland": frozenset({"region", "state"}),
    "landesregierung": frozenset({"region", "state"}),
    "województwo": frozenset({"region"}),
    "регіон": frozenset({"region"}),
    "воєводство": frozenset({"region"}),
    "county": frozenset({"district"}),
    "district": frozenset({"district"}),
    "landkreis": frozenset({"district"}),
    "kreis": frozenset({"district"}),
    "powiat": frozenset({"district"}),
    "повіт": frozenset({"district"}),
}
_OURS = {
    "oblast": frozenset({"region"}),
    "області": frozenset({"region"}),
    "obwodowi": frozenset({"region"}),
    "raion": frozenset({"district"}),
    "району": frozenset({"district"}),
    "rajon": frozenset({"district"}),
    "rejonowi": frozenset({"district"}),
}
_PLUS = frozenset("plus dazu sowie außerdem також oraz ponadto well along besides".split())
_FOR_IT = {
    "en": ("for it", "for them", "for this", "for that"),
    "uk": ("на це", "на неї", "на нього", "на них"),
    "de": ("dafür", "hierfür", "für sie"),
    "pl": ("na nią", "na to", "na niego", "na nie", "na ten cel"),
}


def hint_in(frame: Frame, line: Line, nations: Sequence[Mention]) -> Hint:
    """Levels of nouns without a name, and countries abroad whose people or sides are told.

    `nations` are the mentions of nationalities in the sentence.
    """
    words = line.words[frame.first : frame.last]
    levels: set[str] = set()
    ours: set[str] = set()
    for number, word in enumerate(words):
        follows = words[number + 1 : number + 3]
        named = any(w.mention is not None or w.low == "of" for w in follows[:2])
        if word.mention is None and word.low in _LEVELS and not named:
            levels |= _LEVELS[word.low]
        if word.mention is None and word.low in _OURS and not named:
            ours |= _OURS[word.low]
    start, end = words[0].start, words[-1].end
    countries = {
        m.party.country for m in nations if start <= m.start < end and m.party.country != UKRAINE
    }
    return Hint(frozenset(levels), frozenset(countries), frozenset(ours))


_MANY = """cities towns communities municipalities hospitals regions people schools villages
    partners
    children families firefighters rescuers містам громадам лікарням областям містах
    städt partnerstädt gemeinden kommunen krankenhäuser kliniken partner feuerwehr menschen
    miast miastom
    gmin gminom szpital partner mieszkańc strażak"""
_RECEIVE = tuple(_MANY.split())


def many_of(words: Sequence[Word], nations: Sequence[Mention]) -> Mention | None:
    """The country of "Ukrainian cities", "українським громадам", where no town is named."""
    for nation in nations:
        if nation.party.country != UKRAINE:
            continue
        after = [word.low for word in words if word.start >= nation.end][:2]
        if any(low.startswith(_RECEIVE) for low in after):
            return nation
    return None


def beside(words: list[Word], money: Piece, goods: Piece) -> bool:
    """Whether goods come on top of money: "60,000 euros, plus generators and blankets"."""
    return any(word.low in _PLUS for word in words[money.last : money.last + 3]) and (
        goods.first >= money.last
    )


def for_it(words: list[Word], money: Piece, lang: str) -> bool:
    """Whether money is set aside for goods that were told before: "150,000 kroner for it"."""
    near = words[max(0, money.first - 4) : money.first] + words[money.last : money.last + 8]
    told = " ".join(word.low for word in near)
    return any(f" {phrase} " in f" {told} " for phrase in _FOR_IT[lang])
