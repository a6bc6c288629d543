"""What is given: goods and money in a stretch of words, with how much of each.

"15 railway wagons of medicines" is counted in wagons, "30 tons of medical equipment" in tonnes,
"aid worth 100,000 zloty" in money. What is said of a number already told is no item of its own
(corpus README: a breakdown is not recorded apart).
"""

from dataclasses import dataclass, replace

from mistok.reading.aid.currencies import currency_at, sign_before
from mistok.reading.aid.cues import verb_of
from mistok.reading.aid.goods import Told, goods_at
from mistok.reading.aid.measures import MEASURES, VAGUE, WORTH, opens_breakdown, unit_at
from mistok.reading.aid.numerals import Amount, amount_at
from mistok.reading.aid.unnamed import unnamed_at
from mistok.reading.aid.words import Word

_MOST_BETWEEN = 4
"""So many describing words may stand between a number and its goods."""

_MOST_ITEMS = 60
_LINKS = {
    "en": frozenset("of with".split()),
    "uk": frozenset("з із зі".split()),
    "de": frozenset("mit voll voller an".split()),
    "pl": frozenset("z ze".split()),
}
_PART_OF = {
    "en": ("of the", "of these", "of them", "of those", "of its", "of their"),
    "uk": ("з них", "із них", "з цих", "із цих"),
    "de": ("der ", "dieser ", "davon", "von ihnen"),
    "pl": ("z nich", "z tych", "spośród"),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """An item with its words `first` to `last` (excluded); `sure` is lower for unknown goods."""

    first: int
    last: int
    what: str
    quantity: float | None
    unit: str
    bound: str = ""
    mark: str = ""
    sure: float = 1.0
    bare: bool = False


class ItemFinder:
    """Finds the items of one stretch of words."""

    def __init__(self, words: list[Word], lang: str, *, unnamed: bool) -> None:
        self.words = words
        self.lang = lang
        self.unnamed = unnamed

    def pieces(self) -> list[Piece]:
        """All items, in order; what only breaks down an item before it is left out."""
        found: list[Piece] = []
        place = 0
        while place < len(self.words) and len(found) < _MOST_ITEMS:
            if found and self._breaks_down(place, found):
                break
            piece = self._at(place, found)
            if piece is None:
                place += 1
                continue
            if piece.what:
                found.append(piece)
            place = max(piece.last, place + 1)
        return self._each(self._without_headline(found))

    def _without_headline(self, found: list[Piece]) -> list[Piece]:
        """ "Lorries, vans: ten vehicles go …": what stands before the colon is only named twice."""
        colon = next((n for n, word in enumerate(self.words[:20]) if word.text == ":"), 0)
        counted = any(p.first > colon and p.quantity is not None for p in found)
        if not colon or not counted or any(verb_of(self.lang, w.low) for w in self.words[:colon]):
            return found
        return [p for p in found if p.first > colon or p.quantity is not None]

    def _each(self, found: list[Piece]) -> list[Piece]:
        """ "Six of the pupils each received a tablet": six tablets."""
        each = next((n for n, w in enumerate(self.words) if w.low in ("each", "je")), None)
        if each is None or len(found) != 1 or found[0].quantity != 1 or found[0].first < each:
            return found
        for place in range(each):
            amount = amount_at(self.words, place, self.lang)
            if amount is not None and not amount.article:
                return [replace(found[0], quantity=amount.value)]
        return found

    def _breaks_down(self, place: int, found: list[Piece]) -> bool:
        """Whether what follows is only what a number told before consists of."""
        if self.words[place].text == ":":
            last = found[-1]
            return last.quantity is not None and ("g" in last.mark or last.unit in ("t", "kg"))
        return opens_breakdown(self.words, place, self.lang) and self._counted(found)

    def _counted(self, found: list[Piece]) -> bool:
        return any(piece.quantity is not None for piece in found[-3:])

    def _at(self, place: int, found: list[Piece]) -> Piece | None:
        words = self.words
        if words[place].mention is not None:
            return None
        amount = amount_at(words, place, self.lang)
        if amount is not None and _is_part(words, amount.last, self.lang):
            return Piece(place, amount.last, "", None, "")
        if amount is not None:
            counted = self._counted_piece(amount, found)
            if counted is not None:
                return counted
            if not amount.article:
                return Piece(place, amount.last, "", None, "")
        told = goods_at(words, place, self.lang)
        return self._plain(told) if told is not None else None

    def _counted_piece(self, amount: Amount, found: list[Piece]) -> Piece | None:
        money = self._money(amount, found)
        if money is not None:
            return money
        unit = unit_at(self.words, amount.last, self.lang)
        if unit is not None and not amount.article:
            return self._measured(amount, *unit, found)
        for place in range(amount.last, min(amount.last + _MOST_BETWEEN + 1, len(self.words))):
            told = goods_at(self.words, place, self.lang)
            if told is not None:
                return self._with_number(amount, told)
            word = self.words[place]
            if self._stops(word) and not (word.mention and place == amount.last):
                break
        if amount.article or amount.value < 2 or not self.unnamed:
            return None
        named = unnamed_at(self.words, amount.last, self.lang)
        if named is None:
            return None
        what, last = named
        value = amount.value
        return Piece(amount.first, last, what, value, "pcs", amount.bound, sure=0.6)

    def _stops(self, word: Word) -> bool:
        if word.mention is not None or word.number:
            return True
        return word.sign and word.text not in "\"“”„«»'’-"

    def _money(self, amount: Amount, found: list[Piece]) -> Piece | None:
        words = self.words
        before = sign_before(words, amount.first)
        if before is None and amount.first < amount.last and words[amount.first].number:
            before = sign_before(words, amount.first)
        after = currency_at(words, amount.last)
        if before is None and after is None:
            number = next(
                (n for n in range(amount.first, amount.last) if words[n].number), amount.first
            )
            before = sign_before(words, number)
        if before is None and after is None:
            return None
        code = before[0] if before else after[0] if after else ""
        first = min(amount.first, before[1] if before else amount.first)
        last = after[1] if after else amount.last
        if amount.article and amount.value == 1:
            return None
        worth = self._worth(amount, code, (first, last), found)
        return worth or Piece(first, last, "money", amount.value, code, amount.bound)

    def _worth(
        self, amount: Amount, code: str, span: tuple[int, int], found: list[Piece]
    ) -> Piece | None:
        """Goods told by their worth; None when the money is given itself."""
        first, last = span
        before = [word.low for word in self.words[max(0, first - 5) : first]]
        if not any(word.startswith(WORTH[self.lang]) for word in before):
            return None
        goods = found[-1] if found and first - found[-1].last <= 4 else None
        if goods is None or goods.what == "money":
            told = self._goods_after(last)
            if told is None:
                return None
            what = told.goods.what
            return Piece(first, told.last, what, amount.value, code, amount.bound)
        if goods.quantity is not None and not goods.bare:
            return Piece(first, last, "", None, "")
        found.pop()
        return replace(
            goods, last=last, quantity=amount.value, unit=code, bound=amount.bound, mark=""
        )

    def _goods_after(self, last: int) -> Told | None:
        for place in range(last, min(last + 4, len(self.words))):
            told = goods_at(self.words, place, self.lang)
            if told is not None:
                return told
        return None

    def _measured(self, amount: Amount, unit: str, last: int, found: list[Piece]) -> Piece | None:
        """So many tonnes or metres of something."""
        factor, code = MEASURES[unit]
        value = round(amount.value * factor, 3)
        place = last
        for place in range(last, min(last + 5, len(self.words))):
            told = goods_at(self.words, place, self.lang)
            if told is not None:
                what = told.goods.what
                return Piece(amount.first, told.last, what, value, code, amount.bound)
            word = self.words[place]
            if word.low.startswith(VAGUE[self.lang]):
                what = self._vague(found)
                return Piece(amount.first, place + 1, what, value, code, amount.bound)
            if self._stops(word):
                break
        if found and found[-1].quantity is None and amount.first - found[-1].last <= 6:
            goods = found.pop()
            return replace(goods, last=last, quantity=value, unit=code, bound=amount.bound, mark="")
        return Piece(amount.first, last, "", None, "")

    def _vague(self, found: list[Piece]) -> str:
        """ "Five tons of things" are of what was named before them."""
        if found and found[-1].quantity is None:
            return found.pop().what
        return "relief goods" if self.lang == "en" else "humanitarian aid"

    def _with_number(self, amount: Amount, told: Told) -> Piece:
        goods = told.goods
        if "c" in goods.mark:
            return self._container(amount, told)
        if goods.unit != "pcs":
            quantity = None if amount.article else amount.value
            if goods.unit == "m":
                return self._loose(amount, told, quantity)
            unit = "pcs" if quantity is not None else ""
            return Piece(amount.first, told.last, goods.what, quantity, unit, amount.bound)
        return self._loose(amount, told, amount.value)

    def _loose(self, amount: Amount, told: Told, quantity: float | None) -> Piece:
        goods = told.goods
        if amount.article and not told.one and self.lang == "en":
            quantity = None
        return Piece(amount.first, told.last, goods.what, quantity, "pcs", amount.bound, goods.mark)

    def _container(self, amount: Amount, told: Told) -> Piece | None:
        """ "15 wagons of medicines": counted in wagons; "a lorry with food": the food."""
        inside, last = self._inside(told.last)
        if amount.article or amount.value == 1:
            return Piece(amount.first, told.last, "", None, "")
        holder = told.goods.what.removesuffix(" of goods")
        if holder in ("set", "box", "bag") and len(inside) == 1:
            return Piece(
                amount.first, last, f"{holder} of {inside[0]}", amount.value, "pcs", amount.bound
            )
        if not inside:
            return Piece(amount.first, told.last, "", None, "")
        what = f"{holder} of {_listed(inside)}"
        return Piece(amount.first, last, what, amount.value, "pcs", amount.bound)

    def _inside(self, place: int) -> tuple[list[str], int]:
        names: list[str] = []
        last = place
        links = _LINKS[self.lang]
        linked = place < len(self.words) and self.words[place].low in links
        inflected = place < len(self.words) and self.lang != "en"
        if not linked and not (inflected and goods_at(self.words, place, self.lang)):
            return names, last
        place += int(linked)
        while place < len(self.words) and len(names) < 8:
            told = goods_at(self.words, place, self.lang)
            if told is not None:
                names.append(told.goods.what)
                place = last = told.last
                continue
            word = self.words[place]
            joins = word.text == "," or word.low in ("and", "та", "і", "й", "und", "i", "oraz")
            counted = amount_at(self.words, place, self.lang) is not None
            if counted or not (joins or not (word.sign or word.mention)) or place - last > 2:
                break
            place += 1
        return names, last

    def _plain(self, told: Told) -> Piece | None:
        """Goods without a number: one when said in the singular, else nobody knows how many."""
        goods = told.goods
        before = self.words[told.first - 1].low if told.first else ""
        if before in ("no", "keine", "żadnych", "жодних", "without", "ohne", "bez", "без"):
            return Piece(told.first, told.last, "", None, "")
        if "c" in goods.mark:
            return Piece(told.first, told.last, "", None, "")
        if "q" in goods.mark and not (told.one and self.lang in ("uk", "pl")):
            return None
        one = goods.unit == "pcs" and told.one and self.lang in ("uk", "pl")
        if self.lang == "en" and goods.unit == "pcs" and told.one:
            one = before in ("another", "one", "a", "an")
            if not one:
                return None
        quantity = 1.0 if one else None
        unit = goods.unit if goods.unit == "pcs" else ""
        return Piece(told.first, told.last, goods.what, quantity, unit, "", goods.mark, bare=True)


def _is_part(words: list[Word], place: int, lang: str) -> bool:
    """Whether "of the", "der" stand after a number: "seven of the vehicles" are no new ones."""
    told = " ".join(word.low for word in words[place : place + 2])
    return told.startswith(_PART_OF[lang])


def _listed(names: list[str]) -> str:
    if len(names) < 2:
        return names[0] if names else ""
    return f"{', '.join(names[:-1])} and {names[-1]}"
