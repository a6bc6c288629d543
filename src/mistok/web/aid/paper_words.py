"""Words that stand alike on several papers of one house: offered again, to be looked at."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from mistok.aid.models import AidPaper
from mistok.aid.papers import KINDS, open_slots, papers_for
from mistok.web.aid.seats import AidSeat

CARRIED: Final = frozenset(
    "receiver receiver_address receiver_code giver_address purpose category acquirer "
    "acquirer_address acquirer_code signatory_office signatory".split()
)
OF_ONE_HOUSE: Final = frozenset({"signatory_office", "signatory"})
"""Who signs for the giver does not sign for the receiver."""
MOST_LOOKED_AT: Final = 20


def carried(seat: AidSeat, kind: str, languages: Sequence[str]) -> dict[str, str]:
    """What the last papers said of the same things, by the names that the service takes.

    Papers of this consignment come first, then those of the office's other ones.
    """
    asked = [slot for slot in open_slots(kind) if slot.name in CARRIED]
    found: dict[str, str] = {}
    for paper in _papers(seat):
        for slot in asked:
            if slot.name in OF_ONE_HOUSE and _of_giver(paper.kind) != _of_giver(kind):
                continue
            for name, text in _told(slot.name, paper.slots.get(slot.name), languages):
                found.setdefault(name, text)
    return found


def _papers(seat: AidSeat) -> list[AidPaper]:
    here = list(papers_for(seat.actor, seat.consignment).order_by("-pk")[:MOST_LOOKED_AT])
    if seat.gives:
        return here
    rows = AidPaper.objects.filter(consignment__office=seat.office, kind__in=list(KINDS))
    others = rows.exclude(consignment=seat.consignment).order_by("-pk")
    # Codes and addresses of the office are the same everywhere; purposes and acquirers are not.
    return here + [_of_office(paper) for paper in others[:MOST_LOOKED_AT]]


def _of_office(paper: AidPaper) -> AidPaper:
    """A paper of another consignment with what it says of the office alone."""
    kept = ("receiver", "receiver_address", "receiver_code", *OF_ONE_HOUSE)
    paper.slots = {name: paper.slots[name] for name in kept if name in paper.slots}
    return paper


def _of_giver(kind: str) -> bool:
    rule = KINDS.get(kind)
    return rule is not None and rule.by_giver


def _told(name: str, value: Any, languages: Sequence[str]) -> list[tuple[str, str]]:
    if isinstance(value, Mapping):
        return [(f"{name}.{lang}", value[lang]) for lang in languages if value.get(lang)]
    return [(name, value)] if isinstance(value, str) and value else []
