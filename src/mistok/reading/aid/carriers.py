"""Vehicles that only bring the goods: "a lorry brought 14 hospital beds" gives no lorry."""

from mistok.reading.aid.parts import Verb
from mistok.reading.aid.piece import Piece
from mistok.reading.aid.words import Word

_CARRYING = tuple(
    """brought brings carr deliver transport привез привіз достав вез везе bracht bring
    transportier lud gelad przywi zawi wioz dostarcz""".split()
)
_VEHICLES = tuple("truck lorry van minibus vehicle transporter trailer car tram bus".split())
_LOADED = ("loaded", "laden", "beladen", "завантаж", "wyładowan", "załadowan", "packed", "filled")
_WITH = frozenset("with з із mit z carrying".split())
_PERSONS = tuple(
    """child people refugee evacu passenger students player fans діт люд біжен kind mensch geflücht
    dzie uchodź osob""".split()
)
_BY = frozenset("in by aboard inside mittels busem".split())


def without_carriers(pieces: list[Piece], verbs: list[Verb], words: list[Word]) -> list[Piece]:
    """Leave out vehicles that are the subject of "brought" or stand after "in" or "by"."""
    kept = []
    for piece in pieces:
        if piece.what.endswith(_VEHICLES) and _carries(piece, pieces, verbs, words):
            continue
        kept.append(piece)
    return kept


def _carries(piece: Piece, pieces: list[Piece], verbs: list[Verb], words: list[Word]) -> bool:
    if any(word.low in _BY for word in words[max(0, piece.first - 2) : piece.first]):
        return True
    after = words[piece.last : piece.last + 5]
    if any(word.low.startswith(_LOADED) for word in after):
        return True
    if len(after) > 1 and after[0].low in _WITH:
        return any(word.low.startswith(_PERSONS) for word in after[1:])
    others = [other.first for other in pieces if other.first > piece.last]
    return any(
        verb.low.startswith(_CARRYING)
        and not verb.passive
        and piece.last <= verb.place
        and any(verb.place < first for first in others)
        for verb in verbs
    )
