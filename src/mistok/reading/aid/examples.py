"""Goods that are only named as examples: "10 vehicles, ambulances and vans among them"."""

from mistok.reading.aid.piece import Piece
from mistok.reading.aid.words import Word

_AMONG = {
    "en": ("among them", "among these", "among others", "amongst them", "included"),
    "uk": ("серед них", "в тому числі", "у тому числі", "зокрема"),
    "de": ("darunter", "davon", "unter anderem"),
    "pl": ("wśród nich", "między innymi", "w tym"),
}
_FIRST = frozenset(told.split()[0] for several in _AMONG.values() for told in several)
_VAGUE = ("vehicle", "equipment", "special vehicle", "special machinery", "humanitarian aid")
_ENDS = frozenset(", ; . )".split())


def without_examples(words: list[Word], pieces: list[Piece], lang: str) -> list[Piece]:
    """Leave out what stands between a counted kind of goods and "among them", and after
    "two special vehicles:" leave out the two when their parts are counted.
    """
    if not pieces:
        return pieces
    for place in range(pieces[0].last, len(words)):
        if closes_examples(words, place, lang):
            pieces = _unlisted(words, pieces, place)
    return _parts_for_whole(words, pieces)


def closes_examples(words: list[Word], place: int, lang: str) -> bool:
    """Whether "among them" stands here at the end of what it speaks of."""
    low = words[place].low
    if low not in _FIRST:
        return False
    for size in (1, 2):
        told = " ".join(word.low for word in words[place : place + size])
        after = words[place + size].low if place + size < len(words) else "."
        if told in _AMONG[lang] and after in _ENDS:
            return True
    return False


def _unlisted(words: list[Word], pieces: list[Piece], place: int) -> list[Piece]:
    bare = [p for p in pieces if p.last <= place and (p.quantity is None or p.bare)]
    whole = [p for p in pieces if p.last <= place and p not in bare]
    if not whole or not bare:
        return pieces
    listed = [p for p in bare if p.first > whole[-1].last]
    opens = words[whole[-1].last].text == "," and listed and listed[-1].last >= place - 1
    return [p for p in pieces if p not in listed] if opens else pieces


def _parts_for_whole(words: list[Word], pieces: list[Piece]) -> list[Piece]:
    """ "Two special vehicles: a fire engine and an ambulance" are these two."""
    for number, piece in enumerate(pieces):
        after = pieces[number + 1 :]
        counts = [p.quantity or 0.0 for p in after]
        if piece.what not in _VAGUE or len(after) < 2 or sum(counts) != piece.quantity:
            continue
        between = words[piece.last : after[0].first]
        if all(counts) and any(w.text in ":–—(" for w in between):
            return [*pieces[:number], *after]
    return pieces
