"""Things that hold goods: "15 railway wagons of medicines", "a lorry with food", "80 pairs"."""

from mistok.reading.aid.goods import Told, goods_at
from mistok.reading.aid.numerals import Amount, amount_at
from mistok.reading.aid.piece import Piece, nothing
from mistok.reading.aid.words import Word

_MOST_NAMES = 8
_LINKS = {
    "en": frozenset("of with".split()),
    "uk": frozenset("з із зі".split()),
    "de": frozenset("mit voll voller an".split()),
    "pl": frozenset("z ze".split()),
}
_AND = frozenset(", and та і й und i oraz".split())
_SMALL = ("set", "box", "bag", "pair", "kit")


def loaded(words: list[Word], place: int, lang: str) -> bool:
    """Whether goods follow after "with": "five lorries with medicines" are these medicines."""
    if place >= len(words) or words[place].low not in _LINKS[lang]:
        return False
    names, _last = _inside(words, place, lang)
    near = range(place, min(place + 4, len(words)))
    return bool(names) or any(amount_at(words, n, lang) is not None for n in near)


def holder_with(words: list[Word], amount: Amount, told: Told, lang: str) -> Piece:
    """Counted holders with what is in them; one lorry is no item, but its goods are."""
    inside, last = _inside(words, told.last, lang)
    if amount.value == 1 or not inside:
        return nothing(amount.first, told.last)
    holder = told.goods.what.removesuffix(" of goods")
    if holder in _SMALL and len(inside) > 1:
        inside, last = inside[:1], last
    what = f"{holder} of {_listed(inside)}"
    return Piece(amount.first, last, what, amount.value, "pcs", amount.bound)


def _inside(words: list[Word], place: int, lang: str) -> tuple[list[str], int]:
    """The goods after "of" or "with" (in inflected languages also right after), and their end."""
    names: list[str] = []
    last = place
    if place >= len(words):
        return names, last
    linked = words[place].low in _LINKS[lang]
    if not linked and (lang == "en" or goods_at(words, place, lang) is None):
        return names, last
    place += int(linked)
    while place < len(words) and len(names) < _MOST_NAMES:
        told = goods_at(words, place, lang)
        if told is not None:
            names.append(told.goods.what)
            place = last = told.last
            continue
        word = words[place]
        stops = (word.sign or word.mention is not None) and word.text != ","
        if stops or place - last > 2 or amount_at(words, place, lang) is not None:
            break
        if names and word.low not in _AND and place == last:
            break
        place += 1
    return names, last


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return names[0]
    return f"{', '.join(names[:-1])} and {names[-1]}"
