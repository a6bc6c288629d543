"""Which goods of a frame are the gift: not the price, not what money is for, not "aid" itself."""

from mistok.reading.aid.cues import buys
from mistok.reading.aid.frames import Frame
from mistok.reading.aid.hints import beside, for_it
from mistok.reading.aid.piece import Piece
from mistok.reading.aid.words import Word

_WEIGHED = ("t", "kg")
_FOR = ("for", "für", "за", "za")


def kept_of(frame: Frame, words: list[Word], lang: str) -> list[Piece]:
    """Goods without those that money is for, and without "aid" beside what it consists of."""
    pieces = frame.pieces
    money = next((p for p in pieces if p.what == "money" and p.quantity is not None), None)
    goods = [p for p in pieces if p.what != "money"]
    bought = any(v.kind != "noun" and buys(lang, v.low) for v in frame.verbs)
    if money is not None and goods and bought:
        return _priced(money, goods, frame, words, lang)
    if money is not None and for_it(words, money, lang):
        return goods
    if money is not None:
        pieces = [
            p
            for p in pieces
            if p.quantity is not None or p.first < money.first or beside(words, money, p)
        ]
    if any("g" not in p.mark for p in pieces):
        pieces = [p for p in pieces if "g" not in p.mark or p.unit in _WEIGHED]
    return pieces


def _priced(
    money: Piece, goods: list[Piece], frame: Frame, words: list[Word], lang: str
) -> list[Piece]:
    """What was bought, without its price; but money that is given to buy things is the gift."""
    before = words[money.first - 1].low if money.first else ""
    later = any(v.place >= money.last and buys(lang, v.low) for v in frame.verbs)
    if later and before not in _FOR:
        return [p for p in frame.pieces if p.first <= money.first]
    return goods
