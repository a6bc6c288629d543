"""Which renaming a former name stands for."""

from rapidfuzz.distance import OSA

from mistok.world.finding.query import analyse
from mistok.world.folding import fold
from mistok.world.model import Place, Renaming
from mistok.world.sounding import sound


def renaming_meant(place: Place, text: str) -> Renaming | None:
    """Give the renaming after which the text's name was no longer used; None if unknown."""
    typed = {sound(fold(text)), sound(analyse(text).name)}
    return min(
        place.renamings,
        key=lambda renaming: min(OSA.distance(sound(fold(renaming.former)), one) for one in typed),
        default=None,
    )
