"""The letter as it will read, for one addressee at a time, and what all of them still lack."""

from collections.abc import Mapping, Sequence
from typing import Any

from mistok.accounts.models import Office
from mistok.kernel.errors import Refusal
from mistok.needs.appeals import Source, gaps_of, preview_of
from mistok.papers import Paper
from mistok.web.appeals.sheet import Sheet, Written
from mistok.web.procedure.preview import PieceView, pieces_of
from mistok.web.refusals import sentence

MOST_TOLD = 30
"""Missing things that the page tells at once."""
OF_ADDRESSEES = frozenset(
    "addressee_office addressee_name addressee_seat salutation closing tie".split()
)


def preview_context(
    office: Office, sheet: Sheet, told: Written, names: Mapping[str, str]
) -> dict[str, Any]:
    """What stands under the form. `names`: of the places, in the reader's language."""
    if not told.lines or not told.addressees:
        return {"letters": [], "missing": [], "pieces": [], "problem": "", "shown": ""}
    sources = [Source(office, told.entry, told.lines, one) for one in told.addressees]
    chosen = next((one for one in sources if one.to.place == sheet.shown), sources[0])
    found: dict[str, Any] = {
        "shown": chosen.to.place,
        "letters": [],
        "missing": [],
        "pieces": [],
        "problem": "",
    }
    try:
        found["letters"] = [
            (one.to.place, names.get(one.to.place, one.to.place), one.language) for one in sources
        ]
        found["missing"] = missing_of(sources)
        found["pieces"] = shown_pieces(preview_of(chosen))
    except Refusal as refusal:
        found["problem"] = sentence(refusal)
    return found


def shown_pieces(paper: Paper) -> list[PieceView]:
    """The pieces of a letter as a page shows it: without the line that only the DOCX has."""
    return [one for one in pieces_of(paper) if one.block != "copy"]


def missing_of(sources: Sequence[Source]) -> list[tuple[str, str]]:
    """Where on the form something is missing, and the sentence; each once."""
    gaps = [gap for source in sources for gap in gaps_of(source)]
    told = dict.fromkeys((_anchor(gap.slot), gap.sentence()) for gap in gaps)
    return list(told)[:MOST_TOLD]


def _anchor(slot: str) -> str:
    if slot in OF_ADDRESSEES:
        return "addressees"
    return "needs" if slot == "needs" else f"part-{slot}"
