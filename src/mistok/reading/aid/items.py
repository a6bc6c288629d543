"""What is given: goods and money in a stretch of words, with how much of each.

"15 railway wagons of medicines" is counted in wagons, "30 tons of medical equipment" in tonnes,
"aid worth 100,000 zloty" in money. What is said of a number already told is no item of its own
(corpus README: a breakdown is not recorded apart).
"""

from dataclasses import replace

from mistok.reading.aid.cues import verb_of
from mistok.reading.aid.examples import closes_examples, without_examples
from mistok.reading.aid.goods import Told, goods_at
from mistok.reading.aid.holders import holder_with, loaded
from mistok.reading.aid.measures import MEASURES, VAGUE, is_rating, opens_breakdown, unit_at
from mistok.reading.aid.money import money_at
from mistok.reading.aid.numerals import Amount, amount_at
from mistok.reading.aid.piece import Piece, nothing
from mistok.reading.aid.unnamed import unnamed_at
from mistok.reading.aid.words import Word

_MOST_BETWEEN = 4
"""So many describing words may stand between a number and its goods."""

_MOST_ITEMS = 60
_AND = frozenset("and und sowie та і й i oraz".split())
_FINITE = frozenset("is are was were has have had will".split())
_OTHER = frozenset("one eine einen andere other both beide beiden".split())
_NO_KIND = frozenset(
    """the a an this that its their our his her other new some any necessary needed various
    additional modern and or of for with special municipal technical used all much more urgent
    essential in as
    old such important to by over out up off from at on about into also only""".split()
)
_PART_OF = {
    "en": ("of the", "of these", "of them", "of those", "of its", "of their"),
    "uk": ("з них", "із них", "з цих", "із цих"),
    "de": ("der ", "dieser ", "davon", "von ihnen"),
    "pl": ("z nich", "z tych", "spośród"),
}


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
        found = without_examples(self.words, found, self.lang)
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

    def _numbered(self, place: int) -> bool:
        """Whether a number follows: "the agency funds ten ambulances" gives no funds."""
        return place < len(self.words) and amount_at(self.words, place, self.lang) is not None

    def _breaks_down(self, place: int, found: list[Piece]) -> bool:
        """Whether what follows is only what a number told before consists of."""
        if self.words[place].text == ":":
            last = found[-1]
            return last.quantity is not None and ("g" in last.mark or last.unit in ("t", "kg"))
        if closes_examples(self.words, place, self.lang):
            return False
        return opens_breakdown(self.words, place, self.lang) and self._counted(found)

    def _counted(self, found: list[Piece]) -> bool:
        return any(piece.quantity is not None for piece in found[-3:])

    def _at(self, place: int, found: list[Piece]) -> Piece | None:
        words = self.words
        if words[place].mention is not None:
            return None
        if is_rating(words, place) or (words[place].low in _OTHER and _definite(words, place)):
            return nothing(place, place + 2)
        amount = amount_at(words, place, self.lang)
        if amount is not None and _is_part(words, amount.last, self.lang):
            return nothing(place, amount.last)
        if amount is not None:
            counted = self._counted_piece(amount, found)
            if counted is not None:
                return counted
            if not amount.article:
                return nothing(place, amount.last)
        told = goods_at(words, place, self.lang)
        if told is not None and told.goods.what == "equipment" and self.lang == "en":
            return self._equipment(told)
        return self._plain(told) if told is not None else None

    def _equipment(self, told: Told) -> Piece | None:
        """ "Kitchen equipment" says what it is; "equipment" alone and "new equipment" do not."""
        before = self.words[told.first - 1] if told.first else None
        plain = before is None or before.sign or before.number or before.mention is not None
        if before is None or plain or before.low in _NO_KIND or verb_of("en", before.low):
            return self._plain(told)
        what = f"{before.low} equipment"
        return Piece(told.first - 1, told.last, what, None, "", "", "", bare=True)

    def _counted_piece(self, amount: Amount, found: list[Piece]) -> Piece | None:
        money = money_at(self.words, amount, found, self.lang)
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
            if is_rating(self.words, place):
                continue
            if self._tells(place, amount.last):
                break
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

    def _tells(self, place: int, first: int) -> bool:
        """Whether a verb parts number and goods: "two firms gave canned food"."""
        word = self.words[place]
        if self.lang != "en" or place == first or word.mention is not None:
            return False
        return word.low in _FINITE or verb_of("en", word.low) in ("give", "receive")

    def _stops(self, word: Word) -> bool:
        if word.mention is not None or word.number or word.low in _AND:
            return True
        return word.sign and word.text not in "\"“”„«»'’-"

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
        return nothing(amount.first, last)

    def _vague(self, found: list[Piece]) -> str:
        """ "Five tons of things" are of what was named before them."""
        if found and found[-1].quantity is None:
            return found.pop().what
        return "relief goods" if self.lang == "en" else "humanitarian aid"

    def _with_number(self, amount: Amount, told: Told) -> Piece:
        goods = told.goods
        if goods.what in ("truck", "lorry") and loaded(self.words, told.last, self.lang):
            goods = replace(goods, what="truck of goods", mark="c")
            told = replace(told, goods=goods)
        if "c" in goods.mark:
            return holder_with(self.words, amount, told, self.lang)
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

    def _plain(self, told: Told) -> Piece | None:
        """Goods without a number: one when said in the singular, else nobody knows how many."""
        goods = told.goods
        before = self.words[told.first - 1].low if told.first else ""
        after = self.words[told.last].low if told.last < len(self.words) else ""
        if goods.what == "equipment" and after in ("for", "für", "для", "do", "dla"):
            return Piece(told.first, told.last, goods.what, None, "", bare=True)
        if before in ("no", "keine", "żadnych", "жодних", "without", "ohne", "bez", "без"):
            return nothing(told.first, told.last)
        verb = goods.what == "money" and self._numbered(told.last)
        if "c" in goods.mark or verb:
            return nothing(told.first, told.last)
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


def _definite(words: list[Word], place: int) -> bool:
    """Whether "the one" or "das eine" stand here: one of those that were told."""
    return place > 0 and words[place - 1].low in ("the", "das", "der", "den", "die")


def _is_part(words: list[Word], place: int, lang: str) -> bool:
    """Whether "of the", "der" stand after a number: "seven of the vehicles" are no new ones."""
    told = " ".join(word.low for word in words[place : place + 2])
    return told.startswith(_PART_OF[lang])
