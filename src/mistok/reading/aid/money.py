"""Money in a stretch of words: given itself, or what goods are worth."""

from dataclasses import replace

from mistok.reading.aid.currencies import currency_at, sign_before
from mistok.reading.aid.goods import Told, goods_at
from mistok.reading.aid.measures import WORTH
from mistok.reading.aid.numerals import Amount
from mistok.reading.aid.piece import Piece, nothing
from mistok.reading.aid.words import Word

_NEAR = 5


def money_at(words: list[Word], amount: Amount, found: list[Piece], lang: str) -> Piece | None:
    """Read a number as money; None when no currency stands beside it.

    "Aid worth 100,000 zloty" is goods counted in money; what has a number already keeps it.
    """
    number = next((n for n in range(amount.first, amount.last) if words[n].number), amount.first)
    before = sign_before(words, number)
    after = currency_at(words, amount.last)
    if (before is None and after is None) or (amount.article and amount.value == 1):
        return None
    code = before[0] if before else after[0] if after else ""
    first = min(amount.first, before[1] if before else amount.first)
    last = after[1] if after else amount.last
    worth = _worth(words, amount, code, (first, last), found, lang)
    return worth or Piece(first, last, "money", amount.value, code, amount.bound)


def _worth(
    words: list[Word],
    amount: Amount,
    code: str,
    span: tuple[int, int],
    found: list[Piece],
    lang: str,
) -> Piece | None:
    """Goods told by their worth; None when the money is given itself."""
    first, last = span
    before = [word.low for word in words[max(0, first - _NEAR) : first]]
    if not any(word.startswith(WORTH[lang]) for word in before):
        return None
    goods = found[-1] if found and first - found[-1].last < _NEAR else None
    if goods is None or goods.what == "money":
        told = _goods_after(words, last, lang)
        if told is None:
            return None
        return Piece(first, told.last, told.goods.what, amount.value, code, amount.bound)
    if goods.quantity is not None and not goods.bare:
        return nothing(first, last)
    found.pop()
    return replace(goods, last=last, quantity=amount.value, unit=code, bound=amount.bound, mark="")


def _goods_after(words: list[Word], last: int, lang: str) -> Told | None:
    for place in range(last, min(last + _NEAR - 1, len(words))):
        told = goods_at(words, place, lang)
        if told is not None:
            return told
    return None
